"""Plans of paid membership as the ledger runs on them: compiled, immutable. Pure: no clock, no database.

Money is in minor units.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tallybook.programs.benefits import NO_BENEFITS, Benefits


class RefundKind(StrEnum):
    """What of a term's price is paid back when a membership is refunded."""

    PRORATED = "prorated"  # what its days to come are of it, rounded down
    FULL_WITHIN = "full_within"  # all of it for some days after it was bought, and then nothing
    NONE = "none"  # nothing


@dataclass(frozen=True, slots=True)
class MembershipPlan:
    """A membership that can be bought, for `months` or, where that is 0, for `days`.

    For `grace_days` after the end its benefits go on, for whoever has not called it off. `full_days` is how
    long all of a price is paid back, of kind `full_within`.
    """

    code: str
    display_name: str
    price: int
    currency: str
    days: int
    months: int
    grace_days: int = 0
    refund: RefundKind = RefundKind.PRORATED
    full_days: int = 0
    upgrades_to: frozenset[str] = frozenset()
    benefits: Benefits = NO_BENEFITS
