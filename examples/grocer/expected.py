"""What a book should hold, and how what it does hold differs from that. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from examples.grocer.grown import GROWTH, Standing

K = TypeVar("K", str, date, tuple[str, str])

MONTH_ENDS = [date(2017 + month // 12, month % 12 + 1, 1) - timedelta(days=1) for month in range(1, 19)]
"""Of the year, and of the half year after it."""

THRESHOLD = 500
"""Points that a household redeems each time it holds them."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a household holds: what it can spend, the lots of that by their last day, and what it owes."""

    available: int
    lots: Mapping[date, int]
    arrears: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """A year, computed without the book."""

    rewards: Mapping[tuple[str, str], int]
    """Points by basket and rule; none is zero."""
    taken: Mapping[tuple[str, str], int]
    """Points that a refund took back of what a rule gave, by refund and rule; none is zero."""
    gifts: Mapping[tuple[str, str], int]
    """Points that tasks gave, or took back, by event and what for; none is zero."""
    lots: Mapping[str, Mapping[date, int]]
    """What is left of what each household earned, by its last day; no lot is empty."""
    arrears: Mapping[str, int]
    """What households owe, those that do."""
    growth: Mapping[str, Mapping[date, int]]
    """What each household has of growth by its last day; no lot is empty."""
    standings: Mapping[date, Mapping[str, Standing]]
    """Where each household stood at the end of each month, if it was there by then."""
    reviews: Mapping[str, Sequence[date]]
    """The days on which each household was looked at a tier whose time was over."""
    redemptions: int
    events: int
    """Purchases and refunds together."""

    @property
    def issued(self) -> int:
        """Points given and not taken back, over all households."""
        return _points(self.rewards) - _points(self.taken) + sum(self.gifts.values())

    @property
    def redeemed(self) -> int:
        """Points spent, over all households."""
        return self.redemptions * THRESHOLD

    @property
    def entries(self) -> int:
        """Lines of the journal: one for each enrollment, event and redemption."""
        return len(self.lots) + self.events + self.redemptions

    def of_time(self, today: date) -> int:
        """Lines of the journal that time has led to by a day, once all of it is recorded.

        One for each day on which anything of a household has lapsed, and one for each look at a tier.
        """
        lapsed = {
            (household, day)
            for lots in (self.lots, self.growth)
            for household, days in lots.items()
            for day in days
            if day < today
        }
        return len(lapsed) + sum(day <= today for days in self.reviews.values() for day in days)

    def holdings(self, today: date) -> dict[str, Holding]:
        """What each household holds on a day, when what could be spent until the day before has lapsed."""
        found = {}
        for household, lots in self.lots.items():
            current = {day: amount for day, amount in lots.items() if day >= today}
            found[household] = Holding(sum(current.values()), current, self.arrears.get(household, 0))
        return found

    def accounts(self, today: date) -> dict[str, int]:
        """The trial balance of a day on which what has lapsed is recorded; accounts at zero are left out."""
        left = sum(sum(lots.values()) for lots in self.lots.values())
        available = sum(holding.available for holding in self.holdings(today).values())
        sums = {
            "issued": -self.issued,
            "redeemed": self.redeemed,
            "available": available,
            "arrears": -sum(self.arrears.values()),
            "expired": left - available,
        }
        return {account: amount for account, amount in sums.items() if amount}

    def growth_accounts(self, today: date) -> dict[str, int]:
        """The same of growth, which is not spent."""
        lots = [(day, units) for lots in self.growth.values() for day, units in lots.items()]
        sums = {
            "issued": -sum(units for _, units in lots),
            "available": sum(units for day, units in lots if day >= today),
            "expired": sum(units for day, units in lots if day < today),
        }
        return {account: amount for account, amount in sums.items() if amount}

    def standing(self, household: str, day: date) -> Standing:
        """Where a household stood at the end of a month."""
        return self.standings[day].get(household, Standing())


def _points(by_rule: Mapping[tuple[str, str], int]) -> int:
    return sum(points for (_, rule), points in by_rule.items() if rule != GROWTH)


def holding_differences(expected: Mapping[str, Holding], found: Mapping[str, Holding]) -> Iterator[str]:
    """Each household that is not as expected, and in what."""
    nothing = Holding(0, {})
    for household in sorted(expected.keys() | found.keys()):
        if household not in found:
            yield f"household {household} is not in the book"
        elif household not in expected:
            yield f"household {household} is in the book alone"
        here, there = found.get(household, nothing), expected.get(household, nothing)
        if here.available != there.available:
            yield f"household {household} has {here.available} available, expected {there.available}"
        if here.arrears != there.arrears:
            yield f"household {household} owes {here.arrears}, expected {there.arrears}"
        for day, mine, theirs in _unequal(here.lots, there.lots):
            yield f"household {household} has {mine} until {day}, expected {theirs}"


def amount_differences(
    kind: str, expected: Mapping[tuple[str, str], int], found: Mapping[tuple[str, str], int]
) -> Iterator[str]:
    """Each event of a kind for which a rule gave, or gives back, other than expected."""
    for (event, rule), mine, theirs in _unequal(found, expected):
        yield f"{kind} {event}: {mine} by {rule}, expected {theirs}"


def standing_differences(
    expected: Mapping[str, Standing], found: Mapping[str, Standing], day: date
) -> Iterator[str]:
    """Each household that did not stand at the end of a day where it should, and in what."""
    for household in sorted(expected.keys() | found.keys()):
        here, there = found.get(household, Standing()), expected.get(household, Standing())
        for what, mine, theirs in zip(Standing._fields, here, there, strict=True):
            if mine != theirs:
                yield f"household {household} on {day}: {what} {mine!r}, expected {theirs!r}"


def account_differences(expected: Mapping[str, int], found: Mapping[str, int]) -> Iterator[str]:
    """Each account that is not as expected, and whether they sum to zero."""
    for account, mine, theirs in _unequal(found, expected):
        yield f"account {account} is {mine}, expected {theirs}"
    if sum(found.values()):
        yield f"the accounts sum to {sum(found.values())}, not to zero"


def _unequal(found: Mapping[K, int], expected: Mapping[K, int]) -> Iterator[tuple[K, int, int]]:
    for key in sorted(found.keys() | expected.keys()):
        if found.get(key, 0) != expected.get(key, 0):
            yield key, found.get(key, 0), expected.get(key, 0)
