"""What tasks come to, from nothing but the facts that survive: slow, and written for itself.

Whether an event counts is asked in its place, of the facts before it; what it counts, of all its refunds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from tallybook.programs.program import Program
from tallybook.programs.rules import Period
from tallybook.programs.tasks import CountGoal, DistinctGoal, Of, QuantityGoal, SpendGoal, SumGoal, Task

from tests.growth.telling import Claim, Event, Fact, Refund, holds, in_order


@dataclass
class Done:
    """What was done in one task: how far in which period, and the periods in which it was completed."""

    progress: dict[date, int] = field(default_factory=dict)
    completed: list[date] = field(default_factory=list)


class Surviving:
    """The facts of a story, and what they come to at any place of it."""

    def __init__(self, program: Program, facts: Sequence[Fact]) -> None:
        self.program = program
        self.facts = in_order(facts)
        self._counting: dict[tuple[str, int], bool] = {}

    def done(self, code: str, until: int | None = None) -> Done:
        """What was done in a task by the facts before a place."""
        until = len(self.facts) if until is None else until
        task = self.program.tasks.by_code[code]
        counted: dict[date, list[Counter[str]]] = {}
        for place, fact in enumerate(self.facts[:until]):
            if isinstance(fact, Event) and self._counts(task, place):
                since = first_day(task.period, fact.at.astimezone(self.program.zone).date())
                refunds = self._refunds(fact, until) if task.take_back else []
                counted.setdefault(since, []).append(worth(task, fact, refunds))
        progress = {since: _sum(task, worths) for since, worths in sorted(counted.items())}
        return Done(progress, list(_completions(task, progress)))

    def given(self, code: str) -> list[date]:
        """The periods for which a task has given its rewards: claimed ones as long as they stand since."""
        task = self.program.tasks.by_code[code]
        standing = self.done(code).completed
        return [since for since in standing if not task.by_member or self._claimed(code, since)]

    def _claimed(self, code: str, since: date) -> bool:
        stands = [since in self.done(code, until).completed for until in range(len(self.facts) + 1)]
        return any(
            isinstance(fact, Claim) and (fact.task, fact.since) == (code, since) and all(stands[place:])
            for place, fact in enumerate(self.facts)
        )

    def _counts(self, task: Task, place: int) -> bool:
        if (task.code, place) not in self._counting:
            event = self.facts[place]
            assert isinstance(event, Event)
            self._counting[task.code, place] = (
                event.name == task.event
                and (task.condition is None or holds(task.condition, event))
                and all(self.done(each, place).completed for each in task.after)
            )
        return self._counting[task.code, place]

    def _refunds(self, order: Event, until: int) -> list[Refund]:
        return [fact for fact in self.facts[:until] if isinstance(fact, Refund) and fact.order == order.key]


def first_day(period: Period, day: date) -> date:
    """The first day of the period that a day is in."""
    match period:
        case Period.DAY:
            return day
        case Period.WEEK:
            return day - timedelta(days=day.isoweekday() - 1)
        case Period.MONTH:
            return date(day.year, day.month, 1)
        case Period.YEAR:
            return date(day.year, 1, 1)
        case _:
            return date.min


def worth(task: Task, event: Event, refunds: Sequence[Refund]) -> Counter[str]:
    """What an event counts after its refunds: by value, or under no name."""
    if any(refund.whole for refund in refunds):
        return Counter()
    rest = 1 - Fraction(sum(refund.hundredths for refund in refunds), 100)
    pieces = {
        line: line.quantity - sum(refund.pieces.get(line.line_id, 0) for refund in refunds)
        for line in event.lines
        if task.lines is None or line.category in task.lines.categories
    }
    if event.lines and (not rest or not any(pieces.values())):
        return Counter()
    match task.goal:
        case CountGoal():
            return Counter([""])
        case QuantityGoal():
            return Counter({"": sum(pieces.values())})
        case SpendGoal():
            spend = sum(Fraction(line.spend * left, line.quantity) for line, left in pieces.items())
            return Counter({"": ceil(spend * rest)})
        case SumGoal(attribute=name):
            return Counter({"": max(0, int(event.attributes[name]))})
        case DistinctGoal(of=Of.CATEGORY):
            return Counter({line.category for line, left in pieces.items() if left and line.category})
        case DistinctGoal(attribute=name):
            return Counter([str(event.attributes[name])])
    raise AssertionError(task.goal)


def _sum(task: Task, worths: Sequence[Counter[str]]) -> int:
    whole = sum(worths, Counter[str]())
    return len(whole) if isinstance(task.goal, DistinctGoal) else whole[""]


def _completions(task: Task, progress: dict[date, int]) -> Any:
    """The last periods of streaks, which begin one after the other."""
    reached = [since for since, amount in progress.items() if amount >= task.goal.reach]
    row: list[date] = []
    times = 0
    for since in reached:
        row = [*row, since] if row and _is_next(task.period, row[-1], since) else [since]
        if len(row) == task.streak:
            row, times = [], times + 1
            if task.most_times is None or times <= task.most_times:
                yield since


def _is_next(period: Period, one: date, other: date) -> bool:
    """Whether no period lies between two."""
    days = [one + timedelta(days=each) for each in range((other - one).days + 1)]
    starts = sorted({first_day(period, each) for each in days})
    return bisect_left(starts, other) == 1
