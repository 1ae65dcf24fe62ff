"""What members have as long as they are of a tier, compiled and immutable. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from tallybook.programs.rewards import Reward
from tallybook.programs.rules import Period


@dataclass(frozen=True, slots=True)
class Quota:
    """At most so many uses in a period."""

    most: int
    period: Period


@dataclass(frozen=True, slots=True)
class Grant:
    """What is given in every period: when it begins, or when the member comes to have the benefit."""

    every: Period
    rewards: tuple[Reward, ...]


@dataclass(frozen=True, slots=True)
class Benefits:
    """What a member has.

    `multipliers` are of what purchases earn, by unit: rules are made of them. `quotas` are by name, and
    `entitlements` mean something to the shop alone.
    """

    multipliers: Mapping[str, Fraction] = field(default_factory=dict)
    discount_basis_points: int = 0
    quotas: Mapping[str, Quota] = field(default_factory=dict)
    grants: tuple[Grant, ...] = ()
    entitlements: tuple[str, ...] = ()


NO_BENEFITS: Final = Benefits()
