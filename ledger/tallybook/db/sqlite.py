"""SQLite: the same bulk statements over `json_each` and `executemany`. Knows sqlite3; nothing of loyalty.

One writer at a time: a transaction that means to write says BEGIN IMMEDIATE and waits its turn.
"""

from __future__ import annotations

import functools
import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date
from sqlalchemy.types import TypeEngine

from tallybook.db.columns import Instant, instant_text
from tallybook.db.failures import Failure
from tallybook.db.statements import (
    Fetch,
    Insert,
    Lookup,
    Remove,
    Row,
    Statement,
    Upsert,
    Write,
    key_names,
    parameter_columns,
)

PRAGMAS = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
"""FULL, because NORMAL may lose the last commits when the power fails, and those were acknowledged.

Threads of one process take turns, so only one of each process waits here for the others, who are served in no
order: it looks every tenth of a second, up to the timeout, and the engine tries several times.
"""


WAL = "PRAGMA journal_mode = WAL"
WAL_TRIES = 200
WAL_PAUSE_S = 0.05


def settle_in(raw: sqlite3.Connection) -> None:
    """Give a new connection its settings.

    The busy timeout does not reach the change to a write-ahead log, which several processes may make at once
    when a database is new: who is not first tries again for as long.
    """
    raw.isolation_level = None  # the driver begins nothing by itself
    for pragma in PRAGMAS:
        raw.execute(pragma)
    for tries_left in reversed(range(WAL_TRIES)):
        try:
            raw.execute(WAL)
            return
        except sqlite3.OperationalError:
            if not tries_left:
                raise
            time.sleep(WAL_PAUSE_S)


def _load_instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)


def _load_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _dump_instant(moment: datetime | None) -> str | None:
    return None if moment is None else instant_text(moment)


def _dump_day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _converters(kind: TypeEngine[Any]) -> tuple[Callable[[Any], Any], Callable[[Any], Any]] | None:
    """What writes and what reads a value of this type; None where SQLite takes it as it is."""
    if isinstance(kind, Instant):
        return _dump_instant, _load_instant
    if isinstance(kind, Date):
        return _dump_day, _load_day
    return None


class _Prepared:
    """A statement's constant text, with the columns that need converting on the way in and out."""

    __slots__ = ("_dumps", "_loads", "sql")

    def __init__(self, statement: Statement) -> None:
        self.sql = _text(statement)
        pairs = [_converters(column.type) for column in parameter_columns(statement)]
        self._dumps = [(index, pair[0]) for index, pair in enumerate(pairs) if pair]
        self._loads: list[tuple[int, Callable[[Any], Any]]] = []
        if isinstance(statement, Lookup):
            outs = [_converters(statement.table.c[name].type) for name in statement.columns]
            self._loads = [(index, pair[1]) for index, pair in enumerate(outs) if pair]

    def dump(self, row: Row) -> Row:
        return _convert(row, self._dumps)

    def load(self, row: Row) -> Row:
        return _convert(row, self._loads)


def _convert(row: Row, conversions: list[tuple[int, Callable[[Any], Any]]]) -> Row:
    if not conversions:
        return row
    values = list(row)
    for index, convert in conversions:
        values[index] = convert(values[index])
    return tuple(values)


def _text(statement: Statement) -> str:
    match statement:
        case Lookup():
            return _lookup_text(statement)
        case Insert():
            return _insert_text(statement)
        case Upsert():
            columns = ", ".join(statement.columns)
            marks = ", ".join("?" * len(statement.columns))
            keys = key_names(statement.table)
            changes = ", ".join(f"{name} = excluded.{name}" for name in statement.columns if name not in keys)
            return (
                f"INSERT INTO {statement.table.name} ({columns}) VALUES ({marks})"
                f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}"
            )
        case Remove():
            same = " AND ".join(f"{name} = ?" for name in key_names(statement.table))
            return f"DELETE FROM {statement.table.name} WHERE {same}"


def _lookup_text(lookup: Lookup) -> str:
    if lookup.also is None:
        return _rows_text(lookup) + f" ORDER BY {', '.join(_order(lookup))}"
    return f"{_rows_text(lookup)} UNION ALL {_rows_text(lookup.also)}"


def _order(lookup: Lookup) -> list[str]:
    return ["k.key", *(f"t.{part.strip()}" for part in lookup.order.split(",") if part)]


def _rows_text(lookup: Lookup) -> str:
    # Not `->>`: SQLite knows that from 3.38 on, and systems with Python 3.11 may bring an older one.
    same = " AND ".join(
        f"t.{name} = json_extract(k.value, '$[{index}]')" for index, name in enumerate(lookup.by)
    )
    if lookup.where:
        same += f" AND {lookup.where}"
    columns = ", ".join(f"t.{name}" for name in lookup.columns)
    # CROSS JOIN fixes the order of the loops: keys outside, an index probe inside.
    return f"SELECT {columns} FROM json_each(?1) k CROSS JOIN {lookup.table.name} t WHERE {same}"


def _insert_text(insert: Insert) -> str:
    values = dict.fromkeys(insert.columns, "?")
    if insert.stamp:
        # One writer at a time, so a simple count is the order of commits.
        count = f"(SELECT coalesce(max({insert.stamp}), 0) + 1 FROM {insert.table.name})"
        values[insert.stamp] = f"max(?, {count})" if insert.stamp in values else count
    return f"INSERT INTO {insert.table.name} ({', '.join(values)}) VALUES ({', '.join(values.values())})"


@functools.cache
def _prepared(statement: Statement) -> _Prepared:
    return _Prepared(statement)


def fetch(raw: sqlite3.Connection, fetches: Sequence[Fetch]) -> list[list[Row]]:
    """Run lookups one after the other; a list of rows for each."""
    results = []
    for lookup, keys in fetches:
        prepared = _prepared(lookup)
        rows = raw.execute(prepared.sql, (json.dumps([prepared.dump(key) for key in keys]),)) if keys else ()
        results.append([prepared.load(row) for row in rows])
    return results


def write(raw: sqlite3.Connection, writes: Sequence[Write]) -> None:
    """Run changes in order."""
    for statement, rows in writes:
        prepared = _prepared(statement)
        raw.executemany(prepared.sql, [prepared.dump(row) for row in rows])


NOT_UNIQUE = frozenset({sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE})


def classify(error: BaseException) -> Failure | None:
    """What a driver's error means for the batch; None for an error that is not the database's."""
    if isinstance(error, sqlite3.IntegrityError):
        not_unique = getattr(error, "sqlite_errorcode", 0) in NOT_UNIQUE
        return Failure.CONFLICT if not_unique else Failure.REFUSED
    if isinstance(error, sqlite3.OperationalError):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_BUSY:
            return Failure.BUSY
        if code == sqlite3.SQLITE_LOCKED:
            return Failure.TRY_AGAIN
        if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN):
            return Failure.GONE
        if code == sqlite3.SQLITE_ERROR:
            return Failure.BROKEN
    if isinstance(error, (sqlite3.Error, OverflowError)):
        return Failure.REFUSED
    return None
