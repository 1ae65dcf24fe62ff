"""The statements of the hot path, as data: what to read or write, for any number of rows. Knows no dialect.

Each dialect renders one into a constant text, once, and runs it with the rows as a parameter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Column, Table

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """The rows whose `by` columns equal one of the given keys, in the order of the keys.

    `lock` holds each row until the transaction ends, in the order of the keys: callers sort them.
    `where` is a constant condition that every row must meet as well. `also` is a lookup by the same keys, of
    columns of the same types, whose rows come in the same statement.
    """

    table: Table
    by: tuple[str, ...]
    columns: tuple[str, ...]
    lock: bool = False
    where: str = ""
    order: str = ""
    also: Lookup | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Insert:
    """New rows; one that exists already is an error.

    `stamp` names a column that the database fills with the commit order: docs/decisions/0004-feed-order.md
    tells how. Where it is among `columns`, rows give the least that it may become.
    """

    table: Table
    columns: tuple[str, ...]
    stamp: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Upsert:
    """Rows that replace what stands under their primary key, or are new.

    `stamp` is one of `columns`, and filled as for an `Insert` where several write at once; where one writes
    at a time, it stays as given.
    """

    table: Table
    columns: tuple[str, ...]
    stamp: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Remove:
    """The rows with these primary keys go."""

    table: Table


Statement = Lookup | Insert | Upsert | Remove


class Fetch(NamedTuple):
    """A lookup with its keys."""

    lookup: Lookup
    keys: Sequence[Row]


class Write(NamedTuple):
    """A change with its rows."""

    statement: Insert | Upsert | Remove
    rows: Sequence[Row]


def parameter_columns(statement: Statement) -> list[Column[Any]]:
    """The columns that a statement's rows or keys fill, in order."""
    match statement:
        case Lookup():
            names: Sequence[str] = statement.by
        case Remove():
            names = [column.name for column in statement.table.primary_key]
        case _:
            names = statement.columns
    return [statement.table.c[name] for name in names]


def key_names(table: Table) -> list[str]:
    """The names of the primary key's columns, in order."""
    return [column.name for column in table.primary_key]
