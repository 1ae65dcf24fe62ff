"""A member's story of tasks, told as a ledger tells it: late facts anew from the beginning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import msgspec
from tallybook.growth.completions import Given
from tallybook.growth.happenings import NOTHING, Happening, HappeningLine, Left, LineLeft
from tallybook.growth.task_state import Counted, TasksState, reaches_back, trimmed
from tallybook.growth.tasks import Step, after_claim, after_event, after_refund
from tallybook.programs.conditions import Condition
from tallybook.programs.program import Program

from tests.programs.documents import program

UNITS = {
    "points": {"kind": "redeemable", "expiry": {"kind": "end_of_year"}},
    "stars": {"kind": "redeemable", "expiry": {"kind": "after_months", "months": 12}},
}
EVENTS: dict[str, Any] = {
    "checkin": {},
    "walk": {"attributes": {"steps": "number"}},
    "help": {"attributes": {"who": "text"}},
}
GIFT = [{"kind": "units", "unit": "points", "units": 50}]


def tasks(zone: str = "UTC", **sections: Any) -> Program:
    """A program with these tasks."""
    return program(timezone=zone, units=UNITS, events=EVENTS, tasks=sections)


@dataclass(frozen=True)
class Event:
    """A fact: something that a member did. A purchase has lines."""

    key: str
    at: datetime
    name: str = "purchase"
    lines: tuple[HappeningLine, ...] = ()
    attributes: Mapping[str, str | int | bool] = field(default_factory=dict)
    store: str = ""


@dataclass(frozen=True)
class Refund:
    """A fact: pieces of lines went back, and so many hundredths of what no line gave back; or all."""

    key: str
    at: datetime
    order: str
    pieces: Mapping[str, int] = field(default_factory=dict)
    hundredths: int = 0
    whole: bool = False


@dataclass(frozen=True)
class Claim:
    """A fact: a member asked for the rewards of a task completed in a period."""

    key: str
    at: datetime
    task: str
    since: date


Fact = Event | Refund | Claim


def happening(event: Event, of: Program) -> Happening:
    """What tasks see of an event."""
    return Happening(
        event=event.name,
        at=event.at,
        local=event.at.astimezone(of.zone),
        currency="USD" if event.lines else "",
        lines=event.lines,
        store=event.store,
        attributes=event.attributes,
    )


def left_of(order: Event, refunds: Iterable[Refund]) -> Left:
    """What refunds leave of an order."""
    pieces: Counter[str] = Counter()
    rest = Fraction(1)
    for refund in refunds:
        if refund.whole:
            return NOTHING
        pieces.update(refund.pieces)
        rest -= Fraction(refund.hundredths, 100)
    lines = {
        line.line_id: LineLeft(
            line.quantity - pieces[line.line_id],
            Fraction(line.quantity - pieces[line.line_id], line.quantity) * rest,
        )
        for line in order.lines
    }
    return Left(lines=lines)


class Telling:
    """A story that goes on. What each fact gave is kept with it, as the ledger keeps it with an entry.

    A fact is told by the program there is at its moment: `later` are those that take the place of the first.
    """

    def __init__(self, of: Program, later: Mapping[datetime, Program] = {}) -> None:
        self.program = of
        self._later = later
        self.state = TasksState()
        self.told: list[Fact] = []
        self.counted: dict[str, tuple[Counted, ...]] = {}
        self.given: dict[str, tuple[Given, ...]] = {}
        self.refunds: dict[str, list[Refund]] = {}
        self.anew = 0

    def tell(self, fact: Fact) -> None:
        """A fact that comes in, at the end of the story or late."""
        late = bool(self.told) and _place(fact, self.told) < max(
            _place(each, self.told) for each in self.told
        )
        waits = isinstance(fact, Event) and any(
            isinstance(each, Refund) and each.order == fact.key for each in self.told
        )
        back = isinstance(fact, Refund) and reaches_back(self.state, self.counted.get(fact.order, ()))
        self.told.append(fact)
        if late or waits or back:
            self.anew += 1
            self.state, self.counted, self.given, self.refunds = TasksState(), {}, {}, {}
            for each in in_order(self.told):
                self._step(each)
        else:
            self._step(fact)
        self.state = kept(self.state)

    def balance(self) -> Counter[tuple[str, date, str]]:
        """What was given in all, by task, period and unit."""
        found: Counter[tuple[str, date, str]] = Counter()
        for given in self.given.values():
            for each in given:
                found[each.task, each.since, each.unit] += each.amount
        return Counter({key: amount for key, amount in found.items() if amount})

    def _step(self, fact: Fact) -> None:
        step = self._after(fact)
        self.state = step.state
        self.counted[fact.key], self.given[fact.key] = step.counted, step.given

    def _at(self, at: datetime) -> Program:
        begun = [each for each in self._later if each <= at]
        return self._later[max(begun)] if begun else self.program

    def _after(self, fact: Fact) -> Step:
        program = self._at(fact.at)
        match fact:
            case Event():
                seen = happening(fact, program)
                return after_event(self.state, program, seen, lambda condition: holds(condition, fact))
            case Refund():
                order = next((each for each in self.told if each.key == fact.order), None)
                if not isinstance(order, Event) or order.key not in self.counted:
                    return Step(self.state)
                refunds = self.refunds.setdefault(order.key, [])
                before, after = left_of(order, refunds), left_of(order, [*refunds, fact])
                refunds.append(fact)
                program = self._at(order.at)
                seen = happening(order, program)
                return after_refund(self.state, program, seen, self.counted[order.key], before, after)
            case Claim():
                return after_claim(self.state, program.units, fact.task, fact.since, program.today(fact.at))


def told(of: Program, facts: Iterable[Fact], later: Mapping[datetime, Program] = {}) -> Telling:
    """A story told in the order in which its facts come in."""
    telling = Telling(of, later)
    for fact in facts:
        telling.tell(fact)
    return telling


def holds(condition: Condition, event: Event) -> bool:
    """What stands for a condition here: the shop's name."""
    return condition.source == f'store == "{event.store}"'


def kept(state: TasksState) -> TasksState:
    """A state after it was written down."""
    return msgspec.json.decode(msgspec.json.encode(trimmed(state)), type=TasksState)


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Facts in the order of the story; a refund that was before its order comes right after it."""
    known = list(facts)
    return sorted(known, key=lambda fact: _place(fact, known))


def _place(fact: Fact, facts: Iterable[Fact]) -> tuple[Any, ...]:
    if isinstance(fact, Refund):
        order = next((each for each in facts if each.key == fact.order), None)
        if order is not None and (order.at, order.key) > (fact.at, fact.key):
            return order.at, order.key, 1, fact.at, fact.key
    return fact.at, fact.key, 0


START = datetime(2026, 12, 7, 12, tzinfo=UTC)
"""A Monday, three weeks before the year ends."""


def day(number: int, hour: int = 12) -> datetime:
    """So many days after the start."""
    return START.replace(hour=hour) + timedelta(days=number)


def line(line_id: str = "1", category: str = "", quantity: int = 1, spend: int = 1_000) -> HappeningLine:
    """A line of an order."""
    return HappeningLine(line_id, category=category, quantity=quantity, spend=spend)
