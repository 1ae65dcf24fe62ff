"""Caps and refunds, event by event, and what they leave of each offer. Pure: no clock, no database.

Knows no Tallybook. Each hangs on the other: a cap cuts what later purchases of the month earn, and what is
refunded within the month makes room again. So a month cannot be told from its sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import NamedTuple

ALL_RULES = ""
"""Stands for all rules together, where a cap is counted."""


class Offer(NamedTuple):
    """What a rule gives for a basket, but for caps. `weights` say in what proportion its lines share it.

    Of lines with equal remainders, those that come first in the weights get more.
    """

    rule: str
    points: int
    weights: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Bought:
    """A basket of a household in a local month, and the offers for it in the order in which they apply.

    Months are whatever tells them apart.
    """

    household: str
    month: Hashable
    basket: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A fraction of a line went back in a local month; None is all that is left of the line."""

    household: str
    month: Hashable
    basket: str
    refund: str
    line: int
    fraction: Fraction | None


class Change(NamedTuple):
    """What an event did to the points that a household has of those earned in a month."""

    household: str
    earned_in: Hashable
    points: int


@dataclass(slots=True)
class _Given:
    """What a rule gave for a basket, by line, and how much of it was taken back."""

    rule: str
    shares: Mapping[int, int]
    taken: int = 0


@dataclass(slots=True)
class _Order:
    """A basket that was bought, what it earned, and what fraction of each line went back."""

    month: Hashable
    given: list[_Given] = field(default_factory=list)
    gone: dict[int, Fraction] = field(default_factory=lambda: defaultdict(Fraction))


@dataclass(slots=True)
class Played:
    """What came of the events so far. `caps` are points a household and month, by rule.

    `rewards` are points by basket and rule, `taken` those that went back by refund and rule; none is zero.
    `changes` has one for each event, in order.
    """

    caps: Mapping[str, int]
    rewards: dict[tuple[str, str], int] = field(default_factory=dict)
    taken: dict[tuple[str, str], int] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    _used: dict[tuple[str, Hashable, str], int] = field(default_factory=lambda: defaultdict(int))
    _orders: dict[str, _Order] = field(default_factory=dict)

    def buy(self, bought: Bought) -> None:
        """Give what the offers come to under the caps."""
        order = self._orders[bought.basket] = _Order(bought.month)
        for offer in bought.offers:
            points = self._cut(offer, bought)
            if points:
                self._use(bought, offer.rule, points)
                self.rewards[bought.basket, offer.rule] = points
                order.given.append(_Given(offer.rule, apportioned(points, offer.weights)))
        total = sum(self.rewards[bought.basket, given.rule] for given in order.given)
        self.changes.append(Change(bought.household, bought.month, total))

    def give_back(self, back: GivenBack) -> None:
        """Take back what is due for all that went back so far, rounded down, less what was taken."""
        order = self._orders[back.basket]
        order.gone[back.line] = (
            Fraction(1) if back.fraction is None else order.gone[back.line] + back.fraction
        )
        total = 0
        for given in order.given:
            due = sum(given.shares.get(line, 0) * fraction for line, fraction in order.gone.items())
            points = floor(due) - given.taken
            if points:
                self.taken[back.refund, given.rule] = points
                given.taken += points
                total += points
                if back.month == order.month:
                    self._use(back, given.rule, -points)
        self.changes.append(Change(back.household, order.month, -total))

    def _cut(self, offer: Offer, bought: Bought) -> int:
        """What the caps leave of an offer, the rule's own and that of all rules together."""
        places = [(bought.household, bought.month, rule) for rule in (offer.rule, ALL_RULES)]
        room = [self.caps[place[-1]] - self._used[place] for place in places if place[-1] in self.caps]
        return min([offer.points, *room])

    def _use(self, event: Bought | GivenBack, rule: str, points: int) -> None:
        for each in (rule, ALL_RULES):
            self._used[event.household, event.month, each] += points


def play(events: Iterable[Bought | GivenBack], caps: Mapping[str, int]) -> Played:
    """Go through all events in the order of time."""
    played = Played(caps)
    for event in events:
        if isinstance(event, Bought):
            played.buy(event)
        else:
            played.give_back(event)
    return played


def apportioned(points: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Whole points by line, in proportion to weights; the largest remainders go up, the first of equals."""
    total = sum(weights.values())
    shares = {line: points * weight // total for line, weight in weights.items()}
    left = points - sum(shares.values())
    by_remainder = sorted(weights, key=lambda line: -(points * weights[line] % total))
    for line in by_remainder[:left]:
        shares[line] += 1
    return shares
