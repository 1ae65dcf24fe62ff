"""Referrals as the ledger runs on them: compiled, immutable. Pure: no clock, no database.

Amounts of units are in smallest steps, money in minor units. Rates are exact.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.programs.rewards import Reward
from tallybook.programs.rounding import Rounding
from tallybook.programs.rules import Period


@dataclass(frozen=True, slots=True)
class ReferrerCap:
    """A referrer is rewarded for at most so many newcomers in a period."""

    period: Period
    newcomers: int


@dataclass(frozen=True, slots=True)
class Commission:
    """What each order of a newcomer brings: `rates` are steps for so many minor units, by level.

    The first level is whoever brought the newcomer, and the second, where there is one, whoever brought
    those; no revision before had more of them than `levels`. `months` is how long after the binding orders
    bring anything; None is for ever.
    """

    unit: str
    fund: str
    currency: str
    rates: tuple[tuple[int, int], ...]
    rounding: Rounding
    levels: int = 1
    vesting_days: int | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Referrals:
    """What it takes to be a newcomer, and what a newcomer's first purchase brings to both.

    It counts if at least `minimum` of `currency` is left of it when the return window is over; any purchase
    does where the currency is empty. `bind_within_days` counts from the local day of enrolment; None is
    without bounds.
    """

    return_window_days: int
    bind_within_days: int | None = None
    may_have_bought: bool = False
    minimum: int = 0
    currency: str = ""
    newcomer: tuple[Reward, ...] = ()
    referrer: tuple[Reward, ...] = ()
    caps: tuple[ReferrerCap, ...] = ()
    commission: Commission | None = None
