"""Ladders of tiers as the ledger runs on them: compiled, immutable. Pure: no clock, no database.

Amounts of units are in smallest steps, and days are local days of the program's time zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from tallybook.programs.benefits import NO_BENEFITS, Benefits
from tallybook.programs.expiry import NEVER, ExpiryRule, after_days, after_months
from tallybook.programs.rewards import Reward

NO_TIER: Final = ""
"""What a member has below the first tier."""


class Downgrade(StrEnum):
    """How far a member falls who does not keep a tier."""

    TO_EARNED = "to_earned"  # to the highest tier below that is kept or reached with what there is
    ONE_STEP = "one_step"  # to the tier below


class RefundPolicy(StrEnum):
    """What it does to a tier when a refund takes units back that it was reached or kept with."""

    AT_ONCE = "at_once"  # it goes at once, where what is left would not have sufficed
    AT_REVIEW = "at_review"  # it is reviewed in its time, without those units
    NEVER = "never"  # it is kept as if nothing had gone back; nothing higher is reached with it


# --- how long a tier is held -------------------------------------------------------------------------------


class Validity(Protocol):
    """How long a tier is held before it is reviewed."""

    def reached(self, day: date) -> date:
        """The last day of a tier that is reached on a day, or NEVER."""

    def renewed(self, anchor: date, until: date, day: date) -> date:
        """The last day, not before `day`, of a tier that was held until a day and is kept.

        `anchor` is the day on which it was reached, or fallen to.
        """

    def lowered(self, day: date) -> date:
        """The last day of a tier that a member falls to on a day."""


@dataclass(frozen=True, slots=True)
class Forever:
    """A tier is never reviewed."""

    def reached(self, day: date) -> date:
        return NEVER

    def renewed(self, anchor: date, until: date, day: date) -> date:
        return NEVER

    def lowered(self, day: date) -> date:
        return NEVER


@dataclass(frozen=True, slots=True)
class ForDays:
    """A tier is held for so many days after the day it is reached, and as many again when it is kept."""

    days: int

    def reached(self, day: date) -> date:
        return after_days(day, self.days)

    def renewed(self, anchor: date, until: date, day: date) -> date:
        periods = max(1, -(-(day - until).days // self.days))
        return after_days(until, periods * self.days)

    def lowered(self, day: date) -> date:
        return self.reached(day)


@dataclass(frozen=True, slots=True)
class ForMonths:
    """A tier is held for so many months, always to the day of the month on which it was reached.

    Where a month is too short for that day, to its last.
    """

    months: int

    def reached(self, day: date) -> date:
        return after_months(day, self.months)

    def renewed(self, anchor: date, until: date, day: date) -> date:
        months = (until.year - anchor.year) * 12 + until.month - anchor.month
        last = until
        while last <= until or last < day:
            months += self.months
            last = after_months(anchor, months)
        return last

    def lowered(self, day: date) -> date:
        return self.reached(day)


@dataclass(frozen=True, slots=True)
class ToEnd:
    """A tier is held to the end of the month, quarter or year that lies so many months after it is reached.

    When it is kept, to the end of the next; and so is what a member falls to.
    """

    first: ExpiryRule
    next: ExpiryRule

    def reached(self, day: date) -> date:
        return self.first(day)

    def renewed(self, anchor: date, until: date, day: date) -> date:
        return self.next(day)

    def lowered(self, day: date) -> date:
        return self.next(day)


# --- tiers -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a tier: so many steps of every unit, and every task done."""

    units: Mapping[str, int] = field(default_factory=dict)
    tasks: frozenset[str] = frozenset()

    def is_met(self, counts: Mapping[str, int], tasks: Set[str]) -> bool:
        """Whether these units and tasks suffice."""
        return all(counts.get(unit, 0) >= steps for unit, steps in self.units.items()) and self.tasks <= tasks


Ways = tuple[Way, ...]
"""Several ways, any of which is enough. None at all asks nothing."""


def met(ways: Ways, counts: Mapping[str, int], tasks: Set[str]) -> bool:
    """Whether units and tasks suffice for any of the ways."""
    return not ways or any(way.is_met(counts, tasks) for way in ways)


@dataclass(frozen=True, slots=True)
class Tier:
    """A step of a ladder: reached by any of the ways in `entry`, kept by any in `keep`.

    `rewards` are given on reaching it from below: once in a member's life, or with `rewards_again` each time.
    """

    code: str
    display_name: str
    entry: Ways
    keep: Ways
    benefits: Benefits = NO_BENEFITS
    rewards: tuple[Reward, ...] = ()
    rewards_again: bool = False

    @property
    def asks_nothing(self) -> bool:
        """Whether everybody has it, who has no higher one: it is never reviewed."""
        return not self.entry

    def is_kept(self, counts: Mapping[str, int], tasks: Set[str]) -> bool:
        """Whether units and tasks suffice to keep it. Who would reach it anew keeps it too."""
        return met(self.keep, counts, tasks) or met(self.entry, counts, tasks)


NOTHING: Final = Tier(NO_TIER, "", (), ())
"""Below the first tier."""


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """Tiers, the lowest first. `rolling` are units that lapse so long after they were earned.

    `is_main` says whether `member.tier` means this ladder. Ranks begin with 0, below the first tier.
    """

    code: str
    display_name: str
    tiers: tuple[Tier, ...]
    validity: Validity
    grace_days: int
    downgrade: Downgrade
    refunds: RefundPolicy
    rolling: frozenset[str] = frozenset()
    is_main: bool = True
    ranks: Mapping[str, int] = field(init=False, repr=False)
    units: frozenset[str] = field(init=False, repr=False)
    """The units that any way asks for."""
    has_grants: bool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ranks = {NO_TIER: 0} | {tier.code: rank for rank, tier in enumerate(self.tiers, start=1)}
        ways = [way for tier in self.tiers for way in (*tier.entry, *tier.keep)]
        object.__setattr__(self, "ranks", ranks)
        object.__setattr__(self, "units", frozenset(unit for way in ways for unit in way.units))
        object.__setattr__(self, "has_grants", any(tier.benefits.grants for tier in self.tiers))

    def at(self, rank: int) -> Tier:
        """The tier of a rank."""
        return self.tiers[rank - 1] if rank else NOTHING

    def tier(self, code: str) -> Tier:
        """A tier by its code."""
        return self.at(self.ranks[code])

    def reached(self, counts: Mapping[str, int], tasks: Set[str], above: int = 0) -> int:
        """The rank of the highest tier above another that units and tasks suffice to reach, or that other."""
        return max(above, self.reached_up_to(counts, tasks, len(self.tiers), above))

    def reached_up_to(self, counts: Mapping[str, int], tasks: Set[str], up_to: int, above: int = 0) -> int:
        """The same of those up to a rank; 0 for none."""
        for rank in range(up_to, above, -1):
            if met(self.tiers[rank - 1].entry, counts, tasks):
                return rank
        return 0

    def kept(self, counts: Mapping[str, int], tasks: Set[str], up_to: int) -> int:
        """The rank of the highest tier, not above `up_to`, that units and tasks suffice to keep, or 0."""
        for rank in range(up_to, 0, -1):
            if self.tiers[rank - 1].is_kept(counts, tasks):
                return rank
        return 0


def main_of(ladders: Iterable[Ladder]) -> Ladder | None:
    """The ladder that `member.tier` means."""
    return next((ladder for ladder in ladders if ladder.is_main), None)


def tiers_in(ladders: Mapping[str, Ladder], noted: Mapping[str, str]) -> dict[str, str]:
    """The tiers somebody has, by ladder: those that are noted, empty for none. Where nothing is noted of a
    ladder, it is the tier that asks nothing.
    """
    found = {}
    for code, ladder in ladders.items():
        lowest = ladder.tiers[0]
        tier = noted.get(code, lowest.code if lowest.asks_nothing else NO_TIER)
        if tier:
            found[code] = tier
    return found
