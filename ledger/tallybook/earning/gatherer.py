"""Gathers what events need and cannot name: the story behind a late one, budgets. Decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from tallybook.coupons.notes import COUPON
from tallybook.db.statements import Fetch
from tallybook.earning.evaluate import budgets_of
from tallybook.earning.events import Purchase, Refund, event_key, purchase_key
from tallybook.earning.notes import EVENT, WAITING, EarningNote, earning_note
from tallybook.earning.record_event import RecordEvent
from tallybook.earning.recorded import KIND, counted_by, revisions_told, told_by, touches_history
from tallybook.earning.story import Told
from tallybook.engine.batch import Batch, MemberKey
from tallybook.engine.command import AnyCommand
from tallybook.engine.gather import Gathering, entries_named, place_entries, place_notes
from tallybook.growth.acts import ASIDE_KINDS
from tallybook.growth.growth import GIVEN, grows
from tallybook.journal import tables
from tallybook.journal.entries import Entry
from tallybook.programs.program import Program
from tallybook.programs.rules import budget_pool

FILED: Final = frozenset((EVENT, WAITING, GIVEN, COUPON))
"""The kinds of filed notes that a story told anew needs."""

Asked = tuple[RecordEvent, datetime]
"""An event of the batch, and when it occurred."""


def stories(batch: Batch) -> Gathering:
    """Of members with late events, or refunds, all that was told before; and the budgets of all events."""
    if not batch.may_have(RecordEvent):
        return
    yield []
    while not batch.programs_known:
        yield []
    asked = _events(batch)
    yield from _awaited(batch, asked)
    retold = sorted(set(_with_history(batch, asked)))
    yield from _histories(batch, retold, asked)
    yield from _what_refunds_touch(batch, asked)
    _want_pools(batch, asked, retold)


def _events(batch: Batch) -> list[Asked]:
    """The events of the batch that are new, and about members who are there, or are enrolled by then. Those
    that a part of a command has told answer no request of the batch, and are on the folio.
    """
    enrolled = {(command.program, command.member) for command in batch.commands if command.enrolls}
    return [
        (command, command.occurred_at or _now(batch, command))
        for command in batch.every()
        if isinstance(command, RecordEvent)
        and command.program in batch.programs
        and (command.program, command.member, command.request_id) not in batch.requests
        and batch.folios[command.program, command.member].requested(command.request_id) is None
        and (
            batch.folios[command.program, command.member].exists
            or (command.program, command.member) in enrolled
        )
    ]


def _awaited(batch: Batch, asked: list[Asked]) -> Gathering:
    """Of members whose refunds wait for orders, those that wait for the orders of the batch."""
    keys = {
        (*_key(command), WAITING, command.event.order_id)
        for command, _ in asked
        if isinstance(command.event, Purchase) and earning_note(batch.folios[_key(command)]).awaited
    }
    if keys:
        (rows,) = yield [Fetch(tables.READ_NOTES, sorted(keys))]
        place_notes(batch.folios, rows)


def _histories(batch: Batch, members: Sequence[MemberKey], asked: Sequence[Asked]) -> Gathering:
    """All that was told of these members."""
    if not members:
        return
    entries, notes, expiries = yield [
        Fetch(
            tables.READ_ALL_OF_KIND, [(*member, kind) for member in members for kind in (KIND, *ASIDE_KINDS)]
        ),
        Fetch(tables.READ_NOTES_OF_KIND, [(*member, kind) for member in members for kind in FILED]),
        Fetch(tables.READ_EXPIRIES, members),
    ]
    place_entries(batch, members, entries, expiries)
    place_notes(batch.folios, notes)
    for member in members:
        batch.folios[member].asked_kinds |= FILED
    yield from batch.look_back(
        {(key[0], revision) for key in members for revision in revisions_told(batch.folios[key])}
    )
    began: dict[str, datetime] = {}
    for key in members:
        at = _began_at(batch, key, asked)
        began[key[0]] = min(at, began.get(key[0], at))
    yield from batch.look_back_to(began)


def _began_at(batch: Batch, member: MemberKey, asked: Sequence[Asked]) -> datetime:
    """When a member's story begins: all revisions since then are in it."""
    folio = batch.folios[member]
    moments = [at for command, at in asked if _key(command) == member]
    moments += [entry.occurred_at for entry in folio.recorded_of(KIND)]
    moments += [folio.standing.enrolled_at or batch.now]
    return min(moments)


def _with_history(batch: Batch, asked: list[Asked]) -> Iterator[MemberKey]:
    """The members whose story is told anew for one of these events, whatever those before it come to."""
    notes: dict[MemberKey, EarningNote] = {}
    undated: set[MemberKey] = set()
    concerning = _by_member(batch)
    refunded = Counter(command.event.order_id for command, _ in asked if isinstance(command.event, Refund))
    for command, at in asked:
        key = command.program, command.member
        note = notes.get(key) or earning_note(batch.folios[key])
        program = _program(batch, command, at)
        now = batch.programs[command.program]
        if command.occurred_at is None:
            undated.add(key)
        elif key in undated and note.is_ordered:
            yield key  # those may happen some ticks later than is known here
        if touches_history(note, program, now, command.event, at, batch.folios[key]) or (
            grows(now)
            and (
                _may_come_late(batch, command, at, concerning[key])
                or _counted_in_batch(batch, command, asked)
            )
        ):
            yield key
        notes[key] = note = note.with_event(at, event_key(command.event), program)
        if note.is_ordered and isinstance(command.event, Purchase) and command.event.order_id in refunded:
            yield key  # the refund may stand before it in this batch, and will wait by then
        if isinstance(command.event, Refund) and refunded[command.event.order_id] > 1:
            yield key  # together they may leave nothing of the latest order


def _by_member(batch: Batch) -> dict[MemberKey, list[AnyCommand]]:
    """The commands of the batch by those whom they are about, or happen with."""
    found: dict[MemberKey, list[AnyCommand]] = {}
    for command in batch.commands:
        other = command.counterpart()
        for member in {command.member, command.member if other is None else other}:
            found.setdefault((command.program, member), []).append(command)
    return found


def _may_come_late(batch: Batch, command: RecordEvent, at: datetime, others: Sequence[AnyCommand]) -> bool:
    """Whether time, or a command before it, may do something to the member behind an event. Before what
    happens now, time does what is due because of others in the batch.
    """
    due, now = batch.folios[_key(command)].standing.next_due_at, _now(batch, command)
    if due is not None and due <= now and at < now:
        return True
    return any(each.kind() in ASIDE_KINDS for each in others) or (
        at < now and len(others) > 1 and any((each.occurred_at or now) >= now for each in others)
    )


def _key(command: RecordEvent) -> MemberKey:
    return command.program, command.member


def _takes_growth(batch: Batch, command: RecordEvent) -> bool:
    """Whether an event may take something back that tasks, tiers or teams gave."""
    program = batch.programs[command.program]
    return isinstance(command.event, Refund) and (grows(program) or bool(program.teams))


def _counted_in_batch(batch: Batch, command: RecordEvent, asked: list[Asked]) -> bool:
    """Whether a refund of what counted towards tasks comes with events that may change what is kept."""
    if not isinstance(command.event, Refund) or sum(_key(each) == _key(command) for each, _ in asked) < 2:
        return False
    order = _refunded(batch, command)
    return order is not None and bool(counted_by(batch.folios[_key(command)], order))


def _what_refunds_touch(batch: Batch, asked: list[Asked]) -> Gathering:
    """Of an order that a refund names: when it occurred, and the entries that paid for it."""
    entries: set[tuple[str, str, int]] = set()
    revisions = set()
    for command, _ in asked:
        if not isinstance(command.event, Refund):
            continue
        order = _refunded(batch, command)
        if order is not None:
            told = told_by(order)
            revisions.add((command.program, told.revision))
            entries.update((command.program, command.member, version) for version in told.spent)
        for other, _ in asked:  # an order of this batch is not recorded yet
            if (other.program, other.member) == (command.program, command.member):
                entries.update((command.program, command.member, each) for each in other.named_entries())
    members = sorted({_key(command) for command, _ in asked if _takes_growth(batch, command)})
    given = [(*member, kind) for member in members for kind in (GIVEN, COUPON)]
    for member in members:
        batch.folios[member].asked_kinds.add(COUPON)
    if given:
        (rows,) = yield [Fetch(tables.READ_NOTES_OF_KIND, given)]
        place_notes(batch.folios, rows)
    yield from entries_named(batch, sorted(entries))
    yield from batch.look_back(revisions)


def _want_pools(batch: Batch, asked: list[Asked], retold: Sequence[MemberKey]) -> None:
    """Want the pools of every budget that these events, or those of a story told anew, may draw on."""
    for command, at in asked:
        if not isinstance(command.event, Refund):
            program = _program(batch, command, at)
            _want(batch, command.program, budgets_of(command.event, at, program))
        elif (order := _refunded(batch, command)) is not None:
            want_budgets(batch, command.program, told_by(order), order.occurred_at)
    for member in retold:
        for entry in batch.folios[member].recorded_of(KIND):
            want_budgets(batch, member[0], told_by(entry), entry.occurred_at)


def _refunded(batch: Batch, command: RecordEvent) -> Entry | None:
    """The order that a refund is for, where it is recorded."""
    if not isinstance(command.event, Refund):
        return None
    return batch.folios[_key(command)].requested(purchase_key(command.event.order_id))


def want_budgets(batch: Batch, code: str, told: Told, at: datetime) -> None:
    """Want the pools that an event which is told again may draw on, or may give back to."""
    if not isinstance(told.event, Refund):
        _want(batch, code, budgets_of(told.event, at, batch.revision(code, told.revision)))


def _want(batch: Batch, code: str, budgets: Iterable[str]) -> None:
    batch.wanted_pools.update((code, budget_pool(budget)) for budget in budgets)


def _program(batch: Batch, command: RecordEvent, at: datetime) -> Program:
    """The program that an event is decided by."""
    code = command.program
    return batch.program_at(code, at) if at < _now(batch, command) else batch.programs[code]


def _now(batch: Batch, command: RecordEvent) -> datetime:
    """When the event is recorded: not before the member's last entry, whatever this clock says."""
    recorded_at = batch.folios[command.program, command.member].standing.recorded_at
    return max(batch.now, recorded_at or batch.now)
