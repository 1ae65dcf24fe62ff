"""What a book should hold, and how what it does hold differs from that. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

K = TypeVar("K", str, date)

THRESHOLD = 500
"""Points that a household redeems each time it holds them."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a household holds: what it can spend, and the lots of that by their last day."""

    available: int
    lots: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class Expected:
    """A year, computed without the book."""

    lots: Mapping[str, Mapping[date, int]]
    """What is left of what each household earned, by its last day; no lot is empty."""
    awards: int
    redemptions: int
    issued: int

    @property
    def redeemed(self) -> int:
        """Points spent, over all households."""
        return self.redemptions * THRESHOLD

    @property
    def entries(self) -> int:
        """Lines of the journal: one for each enrollment, award and redemption."""
        return len(self.lots) + self.awards + self.redemptions

    def lapses(self, today: date) -> int:
        """How many lots have lapsed by a day, each of which is a line of the journal once it is recorded."""
        return sum(day < today for lots in self.lots.values() for day in lots)

    def holdings(self, today: date) -> dict[str, Holding]:
        """What each household holds on a day, when what could be spent until the day before has lapsed."""
        found = {}
        for household, lots in self.lots.items():
            current = {day: amount for day, amount in lots.items() if day >= today}
            found[household] = Holding(sum(current.values()), current)
        return found

    def accounts(self, today: date) -> dict[str, int]:
        """The trial balance of a day on which what has lapsed is recorded; accounts at zero are left out."""
        left = sum(sum(lots.values()) for lots in self.lots.values())
        available = sum(holding.available for holding in self.holdings(today).values())
        sums = {
            "issued": -self.issued,
            "redeemed": self.redeemed,
            "available": available,
            "expired": left - available,
        }
        return {account: amount for account, amount in sums.items() if amount}


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
        for day, mine, theirs in _unequal(here.lots, there.lots):
            yield f"household {household} has {mine} until {day}, expected {theirs}"


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
