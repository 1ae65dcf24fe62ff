"""PostgreSQL and its like: bulk statements over `unnest`, sent in pipelines. Knows psycopg, not loyalty.

Three things make this the fast path, each measured:

- Rows travel as one array literal a column, built with `str.join`. psycopg's own list adaptation costs four
  times as much processor time. Text that is always there travels without quotes, joined by a character that
  is in none of it: JSON is full of quotes, and an array literal of it takes three times as long to read, and
  ten times as long to write.
- Several statements travel together (`tallybook.db.trip`), so a batch costs two round trips, whatever it
  holds.
- A lookup joins `unnest` through LATERAL, which leaves the planner one plan only: an index probe a key. A
  plain join, prepared while the tables are empty, is planned to scan them whole and keeps doing so.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

import psycopg
from sqlalchemy import BigInteger, Column, Date, Integer, LargeBinary

from tallybook.db.columns import Instant
from tallybook.db.failures import Failure
from tallybook.db.servers import CommitOrder, Server
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
from tallybook.db.trip import ENDED, Trip, TripStatement

RETRIED_STATES = frozenset({"40001", "40P01", "55P03"})
"""Serialization failure, deadlock, lock not available: the same batch may well succeed next time."""


_NUL = "\x00"
_NO_NUL = "PostgreSQL text cannot hold NUL characters"

_JOINING = 0x1F
_PRIVATE = range(0xF0000, 0xFFFFE)
"""What joined text is joined by: the first character of these that is in none of it."""

GONE_CLASSES = frozenset({"08", "53", "57"})
"""Connection exceptions, insufficient resources, operator intervention."""

GONE_STATES = frozenset({"25006", "40003"})
"""Read-only: a server whose disk is full, or that another one has taken over from. Statement completion
unknown: a server of several nodes lost the one that was committing."""

SLOW_STATES = frozenset({*ENDED, "57014"})
"""The server ended a transaction that took too long, or a statement: nothing of it was committed."""

REFUSED_CLASSES = frozenset({"22", "23", "54"})
"""Data exceptions, integrity violations, limits exceeded: what one command of a batch can bring about.
Anything else, such as a missing table or privilege, would fail for every command alike."""


def _text_array(values: Sequence[str | None]) -> str:
    """Text goes through a few whole-string replacements, not through one call for each item."""
    if None in values:
        return "{" + ",".join(["NULL" if value is None else _text_item(value) for value in values]) + "}"
    joined = _NUL.join(values)  # type: ignore[arg-type]
    if joined.count(_NUL) != len(values) - 1:
        raise psycopg.DataError(_NO_NUL)
    return '{"' + _escaped(joined).replace(_NUL, '","') + '"}'


def _text_item(value: str) -> str:
    return _text_array((value,))[1:-1]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _plain_array(values: Sequence[object]) -> str:
    """Whole numbers and days, which need no quotes."""
    if None in values:
        return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"
    return "{" + ",".join(map(str, values)) + "}"


def _bytes_array(values: Sequence[bytes | None]) -> str:
    return "{" + ",".join(["NULL" if value is None else f'"\\\\x{value.hex()}"' for value in values]) + "}"


def _instant_array(values: Sequence[datetime | None]) -> str:
    """A batch repeats few moments many times: one that is the same as the one before is not written anew."""
    parts: list[str] = []
    last, text = None, "NULL"
    for value in values:
        if value is not last:
            last, text = value, "NULL" if value is None else f'"{value.isoformat()}"'
        parts.append(text)
    return "{" + ",".join(parts) + "}"


_ARRAY_OF_JOINED = "CASE {0}::text WHEN '' THEN ARRAY[''] ELSE string_to_array({0}::text, {1}::text) END"
"""Splitting an empty text gives no item, and not one that is empty."""


def _encoder(column: Column[Any]) -> tuple[str, Callable[[Sequence[Any]], str] | None]:
    """How a parameter, {0}, becomes an array of a column's values, and what writes it: None for text that is
    joined, by what the parameter {1} says.
    """
    kind = column.type
    if isinstance(kind, Instant):
        return "{0}::timestamptz[]", _instant_array
    if isinstance(kind, BigInteger):
        return "{0}::bigint[]", _plain_array
    if isinstance(kind, Integer):
        return "{0}::integer[]", _plain_array
    if isinstance(kind, Date):
        return "{0}::date[]", _plain_array
    if isinstance(kind, LargeBinary):
        return "{0}::bytea[]", _bytes_array
    return ("{0}::text[]", _text_array) if column.nullable else (_ARRAY_OF_JOINED, None)


class _Prepared:
    """A statement's constant text, and how its rows become parameters: one a column, and the separator of
    joined text behind them.
    """

    __slots__ = ("_encoders", "sql", "travelling")

    def __init__(self, statement: Statement, server: Server) -> None:
        typed = [_encoder(column) for column in parameter_columns(statement)]
        self._encoders = [encode for _, encode in typed]
        assert None in self._encoders, "every table has a key of text, so there is something to join"
        arrays = [array for array, _ in typed]
        self.sql = _text(statement, _numbered(arrays, "%(p{})s"), server).encode()
        self.travelling = TripStatement(_text(statement, _numbered(arrays, "${}"), server).encode())

    def parameters(self, rows: Sequence[Row]) -> list[str]:
        """The parameters by place."""
        columns = list(zip(*rows, strict=True))
        encoders = self._encoders
        texts, separator = _joined_text(
            [column for encode, column in zip(encoders, columns, strict=True) if encode is None]
        )
        joined = iter(texts)
        encoded = [
            next(joined) if encode is None else encode(column)
            for encode, column in zip(encoders, columns, strict=True)
        ]
        return [*encoded, separator]

    def named(self, rows: Sequence[Row]) -> dict[str, str]:
        """The parameters by name, as psycopg takes them."""
        return {f"p{number}": value for number, value in enumerate(self.parameters(rows), start=1)}


def _numbered(arrays: Sequence[str], parameter: str) -> list[str]:
    """Arrays of the parameters 1, 2, ..., which are written so; the separator is the last of them."""
    separator = parameter.format(len(arrays) + 1)
    return [array.format(parameter.format(number), separator) for number, array in enumerate(arrays, start=1)]


def _joined_text(columns: Sequence[Sequence[str]]) -> tuple[list[str], str]:
    """The values of each column joined, and what they are joined by."""
    for separator in map(chr, chain((_JOINING,), _PRIVATE)):
        try:
            joined = [separator.join(column) for column in columns]
        except TypeError:
            raise psycopg.DataError("text that is always there is missing, or is no text") from None
        if any(_NUL in text for text in joined):
            raise psycopg.DataError(_NO_NUL)
        between = len(columns[0]) - 1
        if all(text.count(separator) == between for text in joined):
            return joined, separator
    raise psycopg.DataError("text that holds every private character cannot travel")


def _text(statement: Statement, arrays: Sequence[str], server: Server) -> str:
    match statement:
        case Lookup():
            return _lookup_text(statement, arrays, server.keeps_order_of_keys)
        case Insert():
            return _insert_text(statement, arrays, server.order)
        case Upsert():
            return _insert_text(statement, arrays, server.order) + _on_conflict(statement)
        case Remove():
            keys = key_names(statement.table)
            named = f"unnest({', '.join(arrays)}) k({', '.join(keys)})"
            same = " AND ".join(f"t.{name} = k.{name}" for name in keys)
            return f"DELETE FROM {statement.table.name} t USING {named} WHERE {same}"


def _lookup_text(lookup: Lookup, arrays: Sequence[str], keeps_order: bool) -> str:
    same = " AND ".join(f"t.{name} = k.{name}" for name in lookup.by)
    if lookup.where:
        same += f" AND {lookup.where}"
    # Without LIMIT, OFFSET or a lock the planner flattens LATERAL into a join, and may turn it round.
    tail = (f" ORDER BY {lookup.order}" if lookup.order else "") + (
        " FOR UPDATE" if lookup.lock else " OFFSET 0"
    )
    found = f"SELECT {', '.join(lookup.columns)} FROM {lookup.table.name} t WHERE {same}"
    if lookup.also is not None:
        found += (
            f" UNION ALL SELECT {', '.join(lookup.also.columns)} FROM {lookup.also.table.name} t WHERE {same}"
        )
    columns, by = ", ".join("f." + name for name in lookup.columns), ", ".join(lookup.by)
    keys = f"unnest({', '.join(arrays)})"
    if keeps_order:
        return f"SELECT {columns} FROM {keys} k({by}) CROSS JOIN LATERAL ({found}{tail}) f"
    within = lookup.order.split(", ") if lookup.order else []
    assert set(within) <= set(lookup.columns), "what rows are ordered by is read"
    order = ", ".join(["k.place", *(f"f.{name}" for name in within)])
    return (
        f"SELECT {columns} FROM {keys} WITH ORDINALITY k({by}, place)"
        f" CROSS JOIN LATERAL ({found}{tail}) f ORDER BY {order}"
    )


def _insert_text(statement: Insert | Upsert, arrays: Sequence[str], order: CommitOrder) -> str:
    """Arrays are unfolded row by row: as a function of FROM, each would be laid down whole beforehand."""
    columns, stamp = statement.columns, statement.stamp
    stamps = {stamp: f"greatest(k.{stamp}, {order.stamp})" if stamp in columns else order.stamp}
    into = [*columns, stamp] if stamp and stamp not in columns else columns
    values = ", ".join(stamps.get(name, f"k.{name}") for name in into)
    unfolded = [f"unnest({array}) AS {name}" for array, name in zip(arrays, columns, strict=True)]
    rows = f"SELECT {', '.join(unfolded)}"
    return f"INSERT INTO {statement.table.name} ({', '.join(into)}) SELECT {values} FROM ({rows}) k"


def _on_conflict(upsert: Upsert) -> str:
    keys = key_names(upsert.table)
    changes = ", ".join(f"{name} = EXCLUDED.{name}" for name in upsert.columns if name not in keys)
    return f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}"


@functools.cache
def _prepared(statement: Statement, server: Server) -> _Prepared:
    return _Prepared(statement, server)


def fetch(
    raw: psycopg.Connection[Row], server: Server, fetches: Sequence[Fetch], owned: bool
) -> list[list[Row]]:
    """Run lookups in one round trip; a list of rows for each."""
    if owned:
        trip = Trip(raw)
        for lookup, keys in fetches:
            if keys:
                prepared = _prepared(lookup, server)
                trip.add(prepared.travelling, prepared.parameters(keys), keep_plan=True)
        found = iter(trip.run())
        return [next(found) if keys else [] for _, keys in fetches]
    with raw.pipeline():
        cursors = []
        for lookup, keys in fetches:
            prepared = _prepared(lookup, server)
            cursors.append(raw.execute(prepared.sql, prepared.named(keys), prepare=False) if keys else None)
    return [cursor.fetchall() if cursor is not None else [] for cursor in cursors]


def write(
    raw: psycopg.Connection[Row], server: Server, writes: Sequence[Write], owned: bool, commit: bool
) -> None:
    """Run changes in order, and the commit after them, in one round trip.

    What is not owned is in the caller's transaction, perhaps in a pipeline of the caller's: psycopg sorts
    that out.
    """
    assert owned or not commit, "only the owner of a transaction commits it"
    made = [
        (write.statement, _prepared(write.statement, server), write.rows) for write in writes if write.rows
    ]
    stamps = any(not isinstance(statement, Remove) and statement.stamp for statement, _, _ in made)
    advance = server.order.advance if stamps else None
    if owned:
        trip = Trip(raw)
        if advance is not None:
            trip.say(advance.encode())
        for statement, prepared, rows in made:
            # A removal is a plain join, whose plan must follow the table's size: planned each time.
            keep_plan = not isinstance(statement, Remove)
            trip.add(prepared.travelling, prepared.parameters(rows), keep_plan)
        if commit:
            trip.commit()
        trip.run()
        return
    with raw.pipeline():
        if advance is not None:
            raw.execute(advance, prepare=False)
        for _, prepared, rows in made:
            raw.execute(prepared.sql, prepared.named(rows), prepare=False)


def classify(error: BaseException) -> Failure | None:
    """What a driver's error means for the batch; None for an error that is not the database's."""
    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate or ""
    if state in RETRIED_STATES:
        return Failure.TRY_AGAIN
    if isinstance(error, psycopg.errors.UniqueViolation):
        return Failure.CONFLICT
    if state in SLOW_STATES:
        return Failure.SLOW
    nobody_says = isinstance(error, psycopg.OperationalError) and not state
    if state[:2] in GONE_CLASSES or state in GONE_STATES or nobody_says:
        return Failure.GONE
    # The driver has no state for values that it refuses itself.
    refused = state[:2] in REFUSED_CLASSES or isinstance(error, psycopg.DataError)
    return Failure.REFUSED if refused else Failure.BROKEN
