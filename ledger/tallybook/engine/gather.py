"""Gather: bring what a batch of commands needs to know, in as few round trips as possible.

Every gatherer is a generator that yields lookups and is sent their rows. They run in step: what all of them
ask for in a round travels together. A slice that keeps rows of its own adds a gatherer.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from tallybook.db.database import Session
from tallybook.db.statements import Fetch, Lookup, Row
from tallybook.engine.batch import Batch, MemberKey, PoolKey, Stored
from tallybook.engine.command import AnyCommand
from tallybook.errors import REFUSALS
from tallybook.journal import tables
from tallybook.journal.accounts import LotKey, Posting
from tallybook.journal.entries import Entry
from tallybook.journal.folio import Folio, Standing
from tallybook.journal.holds import HeldLot, Hold
from tallybook.journal.notes import Note
from tallybook.journal.originals import Recorded, reversed_amount
from tallybook.programs.local_days import TICK
from tallybook.programs.program import Program

Gathering = Generator[Sequence[Fetch], Sequence[Sequence[Row]], None]
Gatherer = Callable[[Batch], Gathering]

_decode_lots = msgspec.json.Decoder(tuple[HeldLot, ...]).decode


def gather(session: Session, batch: Batch, gatherers: Iterable[Gatherer]) -> None:
    """Run gatherers in step until none of them asks for more."""
    running: list[tuple[Gathering, Sequence[Fetch]]] = []
    for start in gatherers:
        gathering = start(batch)
        first = next(gathering, None)
        if first is not None:
            running.append((gathering, first))
    while running:
        asked = [fetch for _, fetches in running for fetch in fetches]
        results = iter(session.fetch(asked) if asked else ())
        still: list[tuple[Gathering, Sequence[Fetch]]] = []
        for gathering, fetches in running:
            try:
                still.append((gathering, gathering.send([next(results) for _ in fetches])))
            except StopIteration:
                continue
        running = still


def folios_locked(batch: Batch) -> Gathering:
    """Folios with their lots, locked in sorted order until the transaction ends."""
    return _folios(batch, batch.members(), tables.LOCK_FOLIOS)


def folios_unlocked(batch: Batch) -> Gathering:
    """Folios with their lots, for commands that are only tried."""
    return _folios(batch, batch.members(), tables.READ_FOLIOS)


def _folios(batch: Batch, members: list[MemberKey], lookup: Lookup) -> Gathering:
    folio_rows, lot_rows = yield [Fetch(lookup, members), Fetch(tables.READ_LOTS, members)]
    batch.folios |= build_folios(members, folio_rows, lot_rows)
    yield from what_waits(batch, members)


def what_waits(batch: Batch, members: Sequence[MemberKey]) -> Gathering:
    """What waits for its moment on the folios that time has something to do to: open holds, and notes."""
    due = _due_members(batch, members)
    if due:
        hold_rows, note_rows = yield [Fetch(tables.READ_OPEN_HOLDS, due), Fetch(tables.READ_DUE_NOTES, due)]
        place_holds(batch.folios, hold_rows)
        place_notes(batch.folios, note_rows)
    for key in due:
        batch.folios[key].unread_until = None


def _due_members(batch: Batch, members: Sequence[MemberKey]) -> list[MemberKey]:
    """The members that time has something to do to.

    By the latest moment that the batch may come to: a page that was recorded ahead of this clock takes the
    other page of an entry on two members along, and what nobody dated may happen a tick behind the last.
    """
    standings = [(key, batch.folios[key].standing) for key in members]
    latest = max([batch.now, *(each.recorded_at for _, each in standings if each.recorded_at is not None)])
    latest += len(batch.commands) * TICK
    return [key for key, each in standings if each.next_due_at is not None and each.next_due_at <= latest]


def build_folios(
    members: Iterable[MemberKey], folio_rows: Sequence[Row], lot_rows: Sequence[Row]
) -> dict[MemberKey, Folio]:
    """A folio for each member asked for, known or not."""
    folios = {(row[0], row[1]): Folio(row[0], row[1], Standing(*row[2:]), exists=True) for row in folio_rows}
    for program, member in members:
        if (program, member) not in folios:
            folios[program, member] = Folio(program, member, Standing(), exists=False)
    for row in lot_rows:
        folios[row[0], row[1]].lots[LotKey(*row[2:7])] = row[7]
    return folios


def place_holds(folios: dict[MemberKey, Folio], rows: Sequence[Row]) -> None:
    """Put holds on their folios, unless they are there already."""
    for row in rows:
        hold = hold_from_row(row[2:])
        folios[row[0], row[1]].holds.setdefault(hold.hold_id, hold)


def hold_from_row(row: Row) -> Hold:
    """A hold, from the values of `HOLD_COLUMNS`."""
    values = dict(zip(tables.HOLD_COLUMNS, row, strict=True))
    return Hold(**{**values, "lots": _decode_lots(values["lots"])})


def place_notes(folios: dict[MemberKey, Folio], rows: Sequence[Row]) -> None:
    """Put filed notes on their folios."""
    for program, member, kind, key, body, due_at in rows:
        folios[program, member].notes[kind, key] = Note(body, due_at)


def holders(programs: Mapping[str, Program]) -> Gatherer:
    """A gatherer of who holds the handles that commands name, as far as these programs have them named.

    It comes before folios, because holders' folios are locked with the others. Who holds a handle may have
    changed by then: see `handles_again`.
    """

    def gathering(batch: Batch) -> Gathering:
        while wanted := batch.handles_wanted(programs) - batch.asked_handles:
            (rows,) = yield [Fetch(tables.READ_HOLDERS, sorted(wanted))]
            batch.asked_handles |= wanted
            for program, kind, key, member in rows:
                batch.holders.setdefault(program, {})[kind, key] = member

    return gathering


def named_notes(batch: Batch) -> Gathering:
    """The filed notes that commands name, and those of the handles that they name."""
    keys = {(c.program, c.member, *key) for c in batch.commands for key in c.named_notes()}
    keys |= {(p, member, *key) for p, held in batch.holders.items() for key, member in held.items()}
    if not keys:
        return
    (rows,) = yield [Fetch(tables.READ_NOTES, list(keys))]
    for program, member, *key in keys:
        batch.folios[program, member].notes.setdefault((key[0], key[1]), None)
    place_notes(batch.folios, rows)


def handles_again(batch: Batch) -> Gathering:
    """Whether handles are still whose they were before folios were there; the batch is `overtaken` if not.

    All are looked for, held or free: a code that is guessed takes the same work whatever is behind it. A free
    one that somebody takes later, on a folio that is not among these, is not written twice: a program has it
    only once.
    """
    if batch.asked_handles:
        (rows,) = yield [Fetch(tables.READ_HOLDERS, sorted(batch.asked_handles))]
        before = {(p, *key, member) for p, held in batch.holders.items() for key, member in held.items()}
        batch.overtaken |= set(rows) != before


def pools_locked(batch: Batch) -> Gathering:
    """What was drawn from the pools that are wanted, locked in sorted order until the transaction ends.

    They come last, behind all folios: whoever waits for a pool holds all else it needs.
    """
    return _pools(batch, tables.LOCK_POOLS)


def pools_unlocked(batch: Batch) -> Gathering:
    """The same, for commands that are only tried."""
    return _pools(batch, tables.READ_POOLS)


def want_named_pools(batch: Batch) -> None:
    """Want the pools that commands name, and their parts; gatherers want those that folios tell of."""
    for command in batch.every():
        program = batch.programs.get(command.program)
        if program is not None:
            named = command.named_pools(program, batch.now)
            batch.wanted_pools.update((command.program, pool) for pool in named)


def foreseen_pools(
    commands: Iterable[AnyCommand], programs: Mapping[str, Program], now: datetime
) -> frozenset[PoolKey]:
    """The pools that commands draw on under these programs; none where they may turn out to need others, as
    pools are locked in one go.
    """
    found: set[PoolKey] = set()
    for command in commands:
        program = programs.get(command.program)
        if program is None or command.part_types or command.finds_pools(program):
            return frozenset()
        found.update((command.program, pool) for pool in command.named_pools(program, now))
    return frozenset(found)


def _pools(batch: Batch, lookup: Lookup) -> Gathering:
    if not batch.wanted_pools:
        return
    (rows,) = yield [Fetch(lookup, sorted(batch.wanted_pools))]
    for code, pool, drawn in rows:
        batch.pools[code, pool] = drawn


def outcomes(batch: Batch) -> Gathering:
    """How requests of this batch were answered before, if they were."""
    keys = batch.request_keys()
    (answers,) = yield [Fetch(tables.READ_OUTCOMES, keys)]
    for program, member, request_id, fingerprint, name, answer in answers:
        stored = Stored(fingerprint, name, answer, refused=name in REFUSALS)
        batch.requests[program, member, request_id] = stored


def named_holds(batch: Batch) -> Gathering:
    """The holds that commands name, open or not."""
    keys = [(c.program, c.member, hold) for c in batch.commands if (hold := c.named_hold()) is not None]
    (rows,) = yield [Fetch(tables.READ_HOLDS, list(set(keys)))]
    place_holds(batch.folios, rows)


def named_requests(batch: Batch) -> Gathering:
    """The earlier entries that commands name by their requests, and what ever expired of those members'."""
    keys = list({(c.program, c.member, request) for c in batch.commands for request in c.named_requests()})
    if not keys:
        return
    members = list({key[:2] for key in keys})
    entry_rows, expiry_rows = yield [
        Fetch(tables.READ_REQUESTED, keys),
        Fetch(tables.READ_EXPIRIES, members),
    ]
    place_entries(batch, members, entry_rows, expiry_rows)


def place_entries(
    batch: Batch, members: Sequence[MemberKey], entry_rows: Sequence[Row], expiry_rows: Sequence[Row]
) -> None:
    """Put earlier entries on their folios, with all that ever expired of these members'."""
    for row in entry_rows:
        entry = Entry._make(row)
        batch.folios[entry.program, entry.member].recall(entry)
    for key in members:
        batch.folios[key].expiries = [(row[2], Posting(*row[4:])) for row in expiry_rows if row[:2] == key]


def named_entries(batch: Batch) -> Gathering:
    """The earlier entries that commands name, with what was reversed of them and what expired."""
    return entries_named(
        batch, list({(c.program, c.member, version) for c in batch.commands for version in c.named_entries()})
    )


def entries_named(batch: Batch, keys: Sequence[tuple[str, str, int]]) -> Gathering:
    """Entries by member and version, with what was reversed of them and what expired."""
    if not keys:
        return
    entry_rows, posting_rows, reversal_rows = yield [
        Fetch(tables.READ_ENTRIES, keys),
        Fetch(tables.READ_POSTINGS, keys),
        Fetch(tables.READ_REVERSALS, keys),
    ]
    members = list({(row[0], row[1]) for row in posting_rows})
    expiry_rows: Sequence[Row] = ()
    if members:
        (expiry_rows,) = yield [Fetch(tables.READ_EXPIRIES, members)]
    for row in entry_rows:
        program, member, version, kind = row[:4]
        postings = tuple(Posting(*p[4:]) for p in posting_rows if p[:3] == (program, member, version))
        undone = sum(reversed_amount(r[3]) for r in reversal_rows if r[:3] == (program, member, version))
        expiries = tuple((p[2], Posting(*p[4:])) for p in expiry_rows if p[:2] == (program, member))
        batch.folios[program, member].originals[version] = Recorded(kind, postings, undone, expiries)
