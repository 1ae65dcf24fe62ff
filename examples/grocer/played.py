"""Caps, refunds, tiers and tasks, event by event: what they leave of offers. Pure: no clock, no database.

Knows no Tallybook. Each hangs on the other: a cap cuts what later purchases of the month earn, what is
refunded within the month makes room again, and a tier that was reached multiplies what comes after it. So a
month cannot be told from its sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor
from typing import NamedTuple

from examples.grocer.grown import GIVES, GROWTH, Completed, Household, Standing
from examples.grocer.purse import Month

ALL_RULES = ""
"""Stands for all rules that give points together, where a cap is counted."""


class Offer(NamedTuple):
    """What a rule gives for a basket, but for caps. `weights` say in what proportion its lines share it.

    Of lines with equal remainders, those that come first in the weights get more. `tier` is the one whose
    members have it, empty for everybody.
    """

    rule: str
    points: int
    weights: Mapping[int, int]
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Bought:
    """A basket of a household on a local day, and the offers for it in the order in which they apply.

    `departments` has those of its lines, empty where there is none.
    """

    household: str
    day: date
    basket: str
    offers: tuple[Offer, ...]
    departments: Mapping[int, str] = field(default_factory=lambda: {1: ""})


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A fraction of a line went back on a local day; None is all that is left of the line."""

    household: str
    day: date
    basket: str
    refund: str
    line: int
    fraction: Fraction | None


class Change(NamedTuple):
    """What an event did to a household's points: so many of those earned in a month, step by step."""

    household: str
    steps: tuple[tuple[Month, int], ...]


@dataclass(slots=True)
class _Given:
    """What a rule gave for a basket, by line, and how much of it was taken back."""

    rule: str
    shares: Mapping[int, int]
    taken: int = 0


@dataclass(slots=True)
class _Order:
    """A basket that was bought, what it earned, and what fraction of each line went back."""

    month: Month
    given: list[_Given] = field(default_factory=list)
    gone: dict[int, Fraction] = field(default_factory=lambda: defaultdict(Fraction))


@dataclass(slots=True)
class Played:
    """What came of the events so far. `caps` are points a household and month, by rule.

    `rewards` are points by basket and rule, `taken` those that went back by refund and rule, and `gifts` what
    tasks gave, or took back, by event and what for; none is zero. `changes` has one for each event, in order.
    `standings` are those of all households at the end of each day in `days`.
    """

    caps: Mapping[str, int]
    days: Sequence[date] = ()
    rewards: dict[tuple[str, str], int] = field(default_factory=dict)
    taken: dict[tuple[str, str], int] = field(default_factory=dict)
    gifts: dict[tuple[str, str], int] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    households: dict[str, Household] = field(default_factory=lambda: defaultdict(Household))
    standings: dict[date, dict[str, Standing]] = field(default_factory=dict)
    _used: dict[tuple[str, Month, str], int] = field(default_factory=lambda: defaultdict(int))
    _orders: dict[str, _Order] = field(default_factory=dict)

    def pass_time(self, today: date) -> None:
        """Write down where households stood on the days that are over by a day."""
        for day in self.days[len(self.standings) :]:
            if day >= today:
                return
            for household in self.households.values():
                household.pass_time(day)
            self.standings[day] = {name: each.standing(day) for name, each in self.households.items()}

    def buy(self, bought: Bought) -> None:
        """Give what the offers come to under the caps, and go on with tasks and tiers."""
        household = self.households[bought.household]
        household.pass_time(bought.day)
        month = _month(bought.day)
        order = self._orders[bought.basket] = _Order(month)
        sums = {True: 0, False: 0}
        for offer in bought.offers:
            points = self._cut(offer, bought) if offer.tier in ("", household.tier) else 0
            if points:
                self._use(bought, offer.rule, points)
                self.rewards[bought.basket, offer.rule] = points
                order.given.append(_Given(offer.rule, apportioned(points, offer.weights)))
                sums[offer.rule == GROWTH] += points
        before = household.completed
        household.buy(bought.basket, bought.day, sums[True], bought.departments)
        steps = [(month, sums[False]), *self._gifts(bought.basket, household, before)]
        self.changes.append(Change(bought.household, tuple(steps)))

    def give_back(self, back: GivenBack) -> None:
        """Take back what is due for all that went back so far, rounded down, less what was taken."""
        household = self.households[back.household]
        household.pass_time(back.day)
        order = self._orders[back.basket]
        order.gone[back.line] = (
            Fraction(1) if back.fraction is None else order.gone[back.line] + back.fraction
        )
        sums = {True: 0, False: 0}
        for given in order.given:
            due = sum(given.shares.get(line, 0) * fraction for line, fraction in order.gone.items())
            points = floor(due) - given.taken
            if points:
                self.taken[back.refund, given.rule] = points
                given.taken += points
                sums[given.rule == GROWTH] += points
                if _month(back.day) == order.month:
                    self._use(back, given.rule, -points)
        before = household.completed
        gone = back.line if order.gone[back.line] == 1 else None
        household.give_back(back.basket, back.day, sums[True], gone)
        steps = [(order.month, -sums[False]), *self._gifts(back.refund, household, before)]
        self.changes.append(Change(back.household, tuple(steps)))

    def _gifts(
        self, event: str, household: Household, before: Mapping[Completed, date]
    ) -> Iterator[tuple[Month, int]]:
        """What tasks give and take because of an event, in the order of tasks and of their times."""
        now = household.completed
        for each in sorted(before.keys() ^ now.keys()):
            points = GIVES[each.task] if each in now else -GIVES[each.task]
            self.gifts[event, f"task/{each.task}/{each.since}"] = points
            yield _month(now[each] if each in now else before[each]), points

    def _cut(self, offer: Offer, bought: Bought) -> int:
        """What the caps leave of an offer, the rule's own and that of all rules together."""
        places = [(bought.household, _month(bought.day), rule) for rule in _capped_as(offer.rule)]
        room = [self.caps[place[-1]] - self._used[place] for place in places if place[-1] in self.caps]
        return min([offer.points, *room])

    def _use(self, event: Bought | GivenBack, rule: str, points: int) -> None:
        for each in _capped_as(rule):
            self._used[event.household, _month(event.day), each] += points


def _capped_as(rule: str) -> Sequence[str]:
    """The caps that what a rule gives is counted under."""
    return (rule,) if rule == GROWTH else (rule, ALL_RULES)


def _month(day: date) -> Month:
    return day.year, day.month


def play(events: Iterable[Bought | GivenBack], caps: Mapping[str, int], days: Sequence[date] = ()) -> Played:
    """Go through all events in the order of time, and through all days on which standings are wanted."""
    played = Played(caps, days)
    for event in events:
        played.pass_time(event.day)
        if isinstance(event, Bought):
            played.buy(event)
        else:
            played.give_back(event)
    played.pass_time(date.max)
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
