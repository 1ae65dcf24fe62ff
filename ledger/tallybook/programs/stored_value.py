"""Stored value as the ledger runs on it: compiled, immutable. Pure: no clock, no database.

Amounts are in the smallest step of the unit, which is the minor unit of its currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class SpendFirst(StrEnum):
    """Which fund is spent first."""

    BONUS_FIRST = "bonus_first"
    PRINCIPAL_FIRST = "principal_first"
    PROPORTIONAL = "proportional"  # both, in proportion to what is available of each


class BonusPolicy(StrEnum):
    """What becomes of the bonus that a top-up brought, when principal of it is paid back."""

    FORFEITED = "forfeited"  # all that is left of it goes
    IN_PROPORTION = "in_proportion"  # as large a part of it goes as of what was paid


@dataclass(frozen=True, slots=True)
class Plan:
    """What a top-up brings on top: the last of `steps` (paid at least, bonus) that it reaches.

    `most_times` is how often a member may have it, and `budget` what it gives to all members together; None
    is without bounds.
    """

    code: str
    steps: tuple[tuple[int, int], ...]
    first_only: bool = False
    most_times: int | None = None
    budget: int | None = None

    def bonus_for(self, paid: int) -> int:
        """The bonus for an amount; 0 below the first step."""
        return max((bonus for least, bonus in self.steps if paid >= least), default=0)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so much at once, and so much in a local day; None is without bounds."""

    at_once: int | None = None
    a_day: int | None = None

    @property
    def is_none(self) -> bool:
        """Whether anything may be moved."""
        return self.at_once is None and self.a_day is None


UNLIMITED: Final = Limit()


@dataclass(frozen=True, slots=True)
class StoredValue:
    """The rules of one unit of money.

    An unconfirmed top-up lapses after `confirm_seconds`, an unconfirmed payout is taken back after
    `payout_seconds`. `named_most` and `unnamed_most` bound what members known and not known by name may have;
    None is without bounds. `reactivation` tells whether principal that has lapsed can be had again.
    """

    unit: str
    currency: str
    spend_first: SpendFirst
    plans: Mapping[str, Plan]
    bonus_policy: BonusPolicy
    confirm_seconds: int
    payout_seconds: int
    top_up: Limit = UNLIMITED
    spend: Limit = UNLIMITED
    payout: Limit = UNLIMITED
    named_most: int | None = None
    unnamed_most: int | None = None
    reactivation: bool = False
    pools: frozenset[str] = field(init=False, repr=False, compare=False)
    """The pools of all plans that have a budget."""

    def __post_init__(self) -> None:
        pools = (plan_pool(self.unit, code) for code, plan in self.plans.items() if plan.budget is not None)
        object.__setattr__(self, "pools", frozenset(pools))


def plan_pool(unit: str, plan: str) -> str:
    """The pool that the budget of a top-up plan is."""
    return f"top_up/{unit}/{plan}"
