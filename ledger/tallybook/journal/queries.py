"""Reads recorded history: entries with their postings, by page and as streams. Decides nothing."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    Table,
    Text,
    cast,
    exists,
    func,
    insert,
    literal,
    select,
)

from tallybook.db.columns import Instant
from tallybook.journal import tables
from tallybook.journal.accounts import HOUSE_ACCOUNTS, Posting
from tallybook.journal.as_stored import HOLD_FIELDS
from tallybook.journal.entries import Entry, SealedEntry
from tallybook.journal.folio import Standing
from tallybook.journal.notes import Note
from tallybook.journal.refusals import RefusalRow
from tallybook.journal.seal import Head, last_of_each
from tallybook.journal.verify import Stream, Streams

Row = Sequence[Any]

_ENTRY_COLUMNS = [tables.entry.c[name] for name in Entry._fields]
_POSTING_COLUMNS = [tables.posting.c[name] for name in Posting._fields]
_STREAM_ROWS = 2000


def entries_before(
    connection: Connection,
    program: str,
    member: str,
    before: int | None,
    unit: str,
    limit: int,
    kind: str = "",
) -> list[SealedEntry]:
    """Up to `limit` entries of a member below a version, the newest first; of one unit or kind, if named."""
    entry, posting = tables.entry.c, tables.posting.c
    query = select(*_ENTRY_COLUMNS).where(entry.program == program, entry.member == member)
    if before is not None:
        query = query.where(entry.version < before)
    if kind:
        query = query.where(entry.kind == kind)
    if unit:
        moved = select(posting.line).where(
            posting.program == entry.program,
            posting.member == entry.member,
            posting.version == entry.version,
            posting.unit == unit,
        )
        query = query.where(exists(moved))
    rows = connection.execute(query.order_by(entry.version.desc()).limit(limit)).all()
    return _with_postings(connection, program, member, [Entry(*row) for row in rows])


def entry_at(connection: Connection, program: str, member: str, version: int) -> SealedEntry | None:
    """One entry of a member, or None."""
    entry = tables.entry.c
    query = select(*_ENTRY_COLUMNS).where(
        entry.program == program, entry.member == member, entry.version == version
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else _with_postings(connection, program, member, [Entry(*row)])[0]


def _with_postings(
    connection: Connection, program: str, member: str, entries: Sequence[Entry]
) -> list[SealedEntry]:
    if not entries:
        return []
    versions = [entry.version for entry in entries]
    posting = tables.posting.c
    query = (
        select(posting.version, *_POSTING_COLUMNS)
        .where(posting.program == program, posting.member == member)
        .where(posting.version.between(min(versions), max(versions)))
        .order_by(posting.version, posting.line)
    )
    postings: dict[int, list[Posting]] = {version: [] for version in versions}
    for version, *values in connection.execute(query):
        if version in postings:
            postings[version].append(Posting(*values))
    return [SealedEntry(entry, tuple(postings[entry.version])) for entry in entries]


def history(
    connection: Connection, program: str, member: str, until: datetime | None = None
) -> Iterator[SealedEntry]:
    """A member's entries from the first on, up to those recorded at `until`."""
    entry, posting = tables.entry.c, tables.posting.c
    entries = select(*_ENTRY_COLUMNS).where(entry.program == program, entry.member == member)
    if until is not None:
        entries = entries.where(entry.recorded_at <= until)
    postings = select(posting.version, *_POSTING_COLUMNS).where(
        posting.program == program, posting.member == member
    )
    with closing(stream(connection, postings.order_by(posting.version, posting.line))) as moved:
        waiting = next(moved, None)
        for row in stream(connection, entries.order_by(entry.version)):
            found = Entry(*row)
            own: list[Posting] = []
            while waiting is not None and waiting[0] <= found.version:
                if waiting[0] == found.version:
                    own.append(Posting(*waiting[1:]))
                waiting = next(moved, None)
            yield SealedEntry(found, tuple(own))


def stream(connection: Connection, query: Select[Any]) -> Stream:
    """Rows as they come, never more than a few thousand of them in memory. Closes when it is left early."""
    with connection.execute(query, execution_options={"yield_per": _STREAM_ROWS}) as result:
        for rows in result.partitions():
            yield from rows


def everything(connection: Connection, program: str, after: str, member: str = "") -> Streams:
    """Streams of all rows of a program's members, from the one behind `after` on, or of one member only."""

    def sorted_rows(table: Table, columns: Sequence[str], *then: str) -> Stream:
        query = select(table.c.member, *(_as_stored(table.c[name]) for name in columns))
        return rows(query, table, *(table.c[name] for name in then))

    def rows(query: Select[Any], table: Table, *then: Column[Any]) -> Stream:
        wanted = table.c.member == member if member else table.c.member > after
        query = query.where(table.c.program == program, wanted)
        return stream(connection, query.order_by(table.c.program, table.c.member, *then))

    refusal = tables.refusal.c
    own = [_as_stored(refusal[name]) for name in RefusalRow._fields[1:]]
    return Streams(
        folios=sorted_rows(tables.folio, Standing.__struct_fields__),
        entries=sorted_rows(tables.entry, (*Entry._fields[2:], "position"), "version"),
        postings=sorted_rows(tables.posting, tables.POSTING_COLUMNS, "version", "line"),
        lots=sorted_rows(tables.lot, tables.LOT_COLUMNS),
        holds=sorted_rows(tables.hold, HOLD_FIELDS),
        notes=sorted_rows(tables.note, tables.NOTE_COLUMNS, "kind", "key"),
        refusals=rows(select(*own, _answered_by()), tables.refusal, refusal.version, refusal.request_id),
        loose=rows(_loose_sides(), tables.entry, tables.entry.c.version),
    )


def _as_stored(column: Column[Any]) -> ColumnElement[Any]:
    """Days and moments as text, so that one which is none can still be read."""
    return cast(column, Text) if isinstance(column.type, Date | Instant) else column


def _answered_by() -> ColumnElement[Any]:
    """The entry that answers the same request as a refusal, if there is one."""
    entry, refusal = tables.entry.c, tables.refusal.c
    same = (
        (entry.program == refusal.program)
        & (entry.member == refusal.member)
        & (entry.request_id == refusal.request_id)
    )
    return select(entry.version).where(same).scalar_subquery()


def _loose_sides() -> Select[Any]:
    """Entries on two members whose other side does not name them."""
    entry, other = tables.entry.c, tables.entry.alias("other").c
    answers = select(other.version).where(
        other.program == entry.program,
        other.member == entry.counterpart_member,
        other.version == entry.counterpart_version,
        other.counterpart_member == entry.member,
        other.counterpart_version == entry.version,
    )
    return select(entry.member, entry.version).where(entry.counterpart_member.is_not(None), ~exists(answers))


def heads_below(connection: Connection, program: str, position: int) -> Generator[Head, None, None]:
    """Each member's last entry below a position, by member. Closes when it is left early."""
    entry = tables.entry.c
    below = select(entry.member, entry.version, entry.hash).where(
        entry.program == program, entry.position < position
    )
    with closing(stream(connection, below.order_by(entry.program, entry.member, entry.version))) as rows:
        yield from last_of_each(Head(*row) for row in rows)


def member_count(connection: Connection, program: str, after: str) -> int:
    """How many members a program has whose names come behind `after`."""
    folio = tables.folio.c
    query = select(func.count()).where(folio.program == program, folio.member > after)
    return connection.execute(query).scalar_one()


def open_pools(connection: Connection, program: str, names: Iterable[str]) -> None:
    """Have a row for each of a program's pools, so that whoever draws on one has something to lock."""
    missing = sorted(set(names) - stored_pools(connection, program).keys())
    if missing:
        rows = [{"program": program, "pool": name, "drawn": 0} for name in missing]
        connection.execute(insert(tables.pool), rows)


def stored_pools(connection: Connection, program: str) -> dict[str, int]:
    """How much was drawn from each pool of a program, as it is stored."""
    pool = tables.pool.c
    rows = connection.execute(select(pool.pool, pool.drawn).where(pool.program == program))
    return {row.pool: row.drawn for row in rows}


def member_sums(connection: Connection, program: str) -> list[tuple[str, str, str, int]]:
    """The sum of all lots, by unit, account and fund."""
    lot = tables.lot.c
    high, low = _halves(lot.amount)
    query = (
        select(lot.unit, lot.account, lot.fund, high, low)
        .where(lot.program == program)
        .group_by(lot.unit, lot.account, lot.fund)
    )
    return [(*row[:3], _joined(row[3], row[4])) for row in connection.execute(query)]


def house_sums(
    connection: Connection, program: str | None, above: int, below: int | None
) -> dict[tuple[str, str, str, str], int]:
    """What postings moved into house accounts, less what they moved out, by program, unit, account and fund.

    Only postings of entries whose position is above one bound and below the other, where there is one.
    """
    entry, posting = tables.entry.c, tables.posting.c
    same = (
        (posting.program == entry.program)
        & (posting.member == entry.member)
        & (posting.version == entry.version)
    )
    high, low = _halves(posting.amount)
    moved = (entry.program, posting.unit, posting.from_account, posting.to_account, posting.fund)
    house = sorted(HOUSE_ACCOUNTS)
    query = (
        select(*moved, high, low)
        .select_from(tables.entry.join(tables.posting, same))
        .where(entry.position > above, posting.from_account.in_(house) | posting.to_account.in_(house))
        .group_by(*moved)
    )
    if program is not None:
        query = query.where(entry.program == program)
    if below is not None:
        query = query.where(entry.position < below)
    sums: dict[tuple[str, str, str, str], int] = {}
    for of, unit, out_of, into, fund, high_sum, low_sum in connection.execute(query):
        amount = _joined(high_sum, low_sum)
        for account, change in ((out_of, -amount), (into, amount)):
            if account in HOUSE_ACCOUNTS:
                sums[of, unit, account, fund] = sums.get((of, unit, account, fund), 0) + change
    return sums


def _halves(amount: Column[int]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The sums of the upper and the lower 32 bits: sums over many members may leave 64 bits."""
    shift = literal(32, Integer)
    return func.sum(amount.op(">>")(shift)), func.sum(amount.op("&")(0xFFFFFFFF))


def _joined(high: Any, low: Any) -> int:
    return (int(high) << 32) + int(low)


def notes_behind(
    connection: Connection, program: str, member: str, kind: str, behind: str, limit: int
) -> list[tuple[str, Note]]:
    """Up to `limit` filed notes of a kind on a folio whose keys come behind one, in the order of keys."""
    note = tables.note.c
    query = select(note.key, note.body).where(
        note.program == program, note.member == member, note.kind == kind, note.key > behind
    )
    return [(key, Note(body)) for key, body in connection.execute(query.order_by(note.key).limit(limit))]
