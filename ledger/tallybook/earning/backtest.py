"""Backtest: events told again under another program, and what it gives for them. Pure: no clock, no database.

Each member's story is told from its beginning, so that caps, ordinals and refunds come out as they would
have. Purchases and custom events of a period count, with what refunds took of them to this day; and what
tasks and tiers give on its days. Nobody knows what members would have claimed: all that can be counts as if
it were, on the day on which the task is completed. What is done by hand, such as a tier, is not told; but the
periodic grants of tiers that were withheld from who was frozen or erased are withheld again. Members who have
become one are told as one from the beginning, while in the book what each was given stands.

Budgets serve the events of all members in the order in which these occurred. In the book they serve them in
the order in which they came in, so where events came in late the same program can come to something else.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple

import msgspec

from tallybook.earning.acceptance import check_accepted
from tallybook.earning.compared import Backtest, BacktestCell, Compared, Counted, units_of
from tallybook.earning.evaluate import FAILED
from tallybook.earning.events import Refund, purchase_key
from tallybook.earning.notes import EventNote
from tallybook.earning.story import Fact, Result, Story, Told
from tallybook.errors import TallybookError
from tallybook.growth.growing import Growing
from tallybook.growth.growth import GivenNote, Growth, grows
from tallybook.growth.portions import is_unit
from tallybook.growth.tier_state import TierState
from tallybook.programs.document import Document
from tallybook.programs.program import Program

RANKED_MAX: Final = 10
"""How many of those who gain most, and who lose most, are named in each unit."""


class Row(NamedTuple):
    """An event as it is recorded: its entry's version, moment, content and reply, and what is noted of it."""

    member: str
    version: int
    at: datetime
    content: str
    reply: str
    note: str | None


class _Given(msgspec.Struct):
    """As much of a reward as counts here."""

    rule: str
    unit: str
    amount: int


class _Reply(msgspec.Struct):
    rewards: tuple[_Given, ...] = ()


_decode_told = msgspec.json.Decoder(Told).decode
_decode_reply = msgspec.json.Decoder(_Reply).decode
_decode_note = msgspec.json.Decoder(EventNote).decode

OLD: Final = 0
NEW: Final = 1


@dataclass(slots=True)
class _Member:
    """A member's story so far, and what it came to in the period: old and new, by unit."""

    story: Story
    refunds_left: int = 0
    tiers: dict[str, str] = field(default_factory=dict)
    sums: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    is_counted: bool = False


class Backtesting:
    """Events on their way through another program.

    Told member by member, it needs the memory of one member's events. With `refunds`, the number of them by
    member, events are told in the order in which they occurred, and it needs that of every member's
    standing, and of the events of members who have refunds to come.

    `withheld` tells of a member which periodic grants of tiers fell due to who might not be given anything:
    under another program they would be nothing as well.
    """

    def __init__(
        self,
        document: Document,
        program: Program,
        from_: date,
        to: date,
        now: datetime,
        refunds: Mapping[str, int] | None,
        withheld: Callable[[str], Mapping[str, GivenNote]],
    ) -> None:
        self._document = document
        self._program = program
        self._period = from_, to
        self._starts_at, self._ends_at = program.days.start_of(from_), program.days.end_of(to)
        self._now = now
        self._refunds = refunds
        self._withheld = withheld
        self._drawn = dict.fromkeys(program.rules.budgets, 0)
        self._members: dict[str, _Member] = {}
        self._cells: defaultdict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
        self._gained: defaultdict[str, list[tuple[int, str, int, int]]] = defaultdict(list)
        self._lost: defaultdict[str, list[tuple[int, str, int, int]]] = defaultdict(list)
        self._refused: Counter[tuple[str, str]] = Counter()
        self._failed: Counter[tuple[str, str]] = Counter()
        self._events = self._members_counted = 0

    def tell(self, row: Row) -> None:
        """Go on with an event, in the order of its member's story."""
        fact = Fact(_decode_told(row.content), row.at, row.version, self._program)
        member = self._member(row.member, fact)
        member.tiers[fact.key] = member.story.tier_at(fact)
        event = fact.told.event
        is_refund = isinstance(event, Refund)
        if not is_refund and self._counts(fact):
            self._events += 1
            member.is_counted = True
            self._add(member, fact, OLD, _given_then(row))
        key = purchase_key(event.order_id) if isinstance(event, Refund) else fact.key
        before = member.story.results.get(key)
        try:
            check_accepted(event, self._program)
            member.story.tell(fact)
        except TallybookError as error:
            if not is_refund and self._counts(fact):
                self._refused[error.code, str(error)] += 1
        after = member.story.results.get(key)
        if after is not None and self._counts(after.fact):
            self._add(member, after.fact, NEW, _more(before, after))
            if before is None:
                self._failed.update((FAILED, each.rule) for each in after.skipped if each.why == FAILED)
        if self._refunds is not None:
            member.refunds_left -= is_refund
            if not member.refunds_left and not member.story.waiting:
                member.story.results.clear()  # nothing asks for them any more
                member.tiers.clear()

    def given_then(self, key: str, note: GivenNote) -> None:
        """Count what is filed of what a task or a tier gave a member."""
        if note.on is not None:
            self._add_gift(key, note.on, OLD, ((each.unit, each.amount) for each in note.portions))

    def _add_gift(self, key: str, on: date, side: int, amounts: Iterable[tuple[str, int]]) -> None:
        """What tiers give stands under the tier that gives it, and what tasks do under none."""
        from_, to = self._period
        kind, code, *more = key.split("/")
        tier = more[0] if kind == "tier" else ""
        rule = f"{kind}/{code}/{tier}" if tier else f"{kind}/{code}"
        for unit, amount in amounts:
            if amount and is_unit(unit) and from_ <= on <= to:
                self._cells[f"{on:%Y-%m}", tier, rule, unit][side] += amount

    def _gifts(self, growing: Growing) -> None:
        """Count what tasks and tiers gave in a member's story, and what could be claimed."""
        growing.advance(self._program, min(self._now, self._ends_at))
        for key, sums in growing.given.items():
            amounts = ((lot.unit, amount) for lot, amount in sums.items())
            self._add_gift(key, growing.given_on[key], NEW, amounts)
        for task, state in growing.tasks.tasks.items():
            for each in state.completions:
                if not each.is_given:
                    amounts = ((portion.unit, portion.amount) for portion in each.portions)
                    self._add_gift(f"task/{task}", each.on, NEW, amounts)

    def result(self) -> Backtest:
        """What it came to, when all is told."""
        for name in list(self._members):
            self._close(name)
        from_, to = self._period
        return Backtest(
            program=self._program.code,
            from_=from_,
            to=to,
            members=self._members_counted,
            events=self._events,
            units=units_of(self._document),
            cells=tuple(
                BacktestCell(month=month, tier=tier, rule=rule, unit=unit, old=old, new=new)
                for (month, tier, rule, unit), (old, new) in sorted(self._cells.items())
            ),
            gained=tuple(_ranked(self._gained)),
            lost=tuple(_ranked(self._lost)),
            refused=_counted(self._refused),
            failed=_counted(self._failed),
        )

    def _member(self, name: str, first: Fact) -> _Member:
        found = self._members.get(name)
        if found is None:
            if self._refunds is None:
                for other in list(self._members):
                    self._close(other)
            growing = None
            if grows(self._program):
                began_at = min(first.at, first.told.member.enrolled_at)
                growing = Growing(Growth(tiers=TierState(at=began_at)), filed=self._withheld(name))
            story = Story(drawn=self._drawn, is_whole=True, growing=growing)
            found = self._members[name] = _Member(story, (self._refunds or {}).get(name, 0))
        return found

    def _counts(self, fact: Fact) -> bool:
        return self._starts_at <= fact.at < self._ends_at

    def _add(self, member: _Member, fact: Fact, side: int, amounts: Iterable[_Given]) -> None:
        month = f"{fact.at.astimezone(self._program.zone):%Y-%m}"
        for each in amounts:
            self._cells[month, member.tiers[fact.key], each.rule, each.unit][side] += each.amount
            member.sums[each.unit][side] += each.amount

    def _close(self, name: str) -> None:
        """Let go of a member's story, and keep what it came to if that stands out."""
        member = self._members.pop(name)
        if member.story.growing is not None:
            self._gifts(member.story.growing)
        self._members_counted += member.is_counted
        for unit, (old, new) in member.sums.items():
            ranking = self._gained if new > old else self._lost
            if new != old:
                insort(ranking[unit], (-abs(new - old), name, old, new))
                del ranking[unit][RANKED_MAX:]


def _given_then(row: Row) -> list[_Given]:
    """What an event gave, as it is recorded, less what refunds took."""
    note = EventNote() if row.note is None else _decode_note(row.note)
    rewards = _decode_reply(row.reply).rewards if note.rewards is None else note.rewards
    taken = note.refunded.taken
    return [_Given(each.rule, each.unit, each.amount - taken.get(each.rule, 0)) for each in rewards]


def _more(before: Result | None, after: Result) -> Iterator[_Given]:
    """What an event gives more than before, or less, by rule."""
    taken = after.refunded.taken
    if before is None:
        for each in after.rewards:
            yield _Given(each.rule, each.unit, each.amount - taken.get(each.rule, 0))
    else:  # a refund came after it
        for each in after.rewards:
            yield _Given(
                each.rule, each.unit, before.refunded.taken.get(each.rule, 0) - taken.get(each.rule, 0)
            )


def _ranked(ranking: Mapping[str, list[tuple[int, str, int, int]]]) -> Iterator[Compared]:
    for unit in sorted(ranking):
        for _, name, old, new in ranking[unit]:
            yield Compared(name=name, unit=unit, old=old, new=new)


def _counted(counts: Counter[tuple[str, str]]) -> tuple[Counted, ...]:
    return tuple(
        Counted(reason=reason, detail=detail, events=events)
        for (reason, detail), events in sorted(counts.items())
    )
