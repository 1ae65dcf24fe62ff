"""Every way to change one value, or to take one row away, but for what has a reason. Knows no pytest."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Row, Table, and_, delete, update
from tallybook.db.columns import METADATA

UNCOVERED = {
    "folio.next_due_at": "too early, it is looked at for nothing; too late is tampered with by name",
    "folio.position": "the database's own count, for the next entry's sake",
    "entry.position": "one that goes behind the entry before is tampered with by name; seals cover the rest",
    "refusal.program": "refusals may be gone, and another program's are not looked at here",
    "commit_order.cluster": "the database's own, read when a book is opened",
    "commit_order.shift": "the database's own; where it is too low, the rollup's mark is beyond all commits",
    "rollup_mark.position": "where nothing was posted, marks are alike; others are tried by name",
    "program.updated_at": "nothing follows from it",
    "program_revision.applied_at": "nothing follows from it but a seal",
    "program_revision.in_force_from": "what is out of order is tampered with by name; seals cover the rest",
    "program_revision.applied_by": "nothing follows from it but a seal",
}
FORGOTTEN = {"refusal", "commit_order"}
"""Tables whose rows may be gone: refusals are forgotten with time, and a book opened anew counts anew."""

OTHER_VALUES = {
    "lot.account": {"available": "held", "held": "available", "pending": "held", "arrears": "held"},
    "folio.frozen": {"": "all"},
    "hold.state": {"open": "released", "captured": "released", "timed_out": "released"},
}
"""What the checks of a column let through."""


class Change(NamedTuple):
    """One value of one row, before and after."""

    column: Column[Any]
    row: Row[Any]
    after: Any

    def make(self, connection: Connection) -> None:
        """Write it; raises IntegrityError where the database will not have it."""
        table = self.column.table
        changed = update(table).where(key_of(table, self.row)).values({self.column.name: self.after})
        assert connection.execute(changed).rowcount == 1


def key_of(table: Table, row: Row[Any]) -> Any:
    """The condition that finds a row."""
    return and_(*(column == getattr(row, column.name) for column in table.primary_key))


def remove(connection: Connection, table: Table, row: Row[Any]) -> None:
    """Delete one row."""
    assert connection.execute(delete(table).where(key_of(table, row))).rowcount == 1


def telling(table: str, rows: list[Row[Any]]) -> list[Row[Any]]:
    """The rows that say something: no rollup of nothing."""
    return [row for row in rows if table != "rollup" or row.amount != "0"]


def covered_columns() -> list[str]:
    """Every column that something covers."""
    return [
        str(each) for table in METADATA.sorted_tables for each in table.columns if str(each) not in UNCOVERED
    ]


def changes(name: str, rows: list[Row[Any]]) -> Iterator[Change]:
    """A change of a column in each row that has a value there."""
    table, column_name = name.split(".")
    column = METADATA.tables[table].columns[column_name]
    for row in rows:
        before = getattr(row, column_name)
        if before is not None:
            yield Change(column, row, _other(name, before))


def _other(name: str, value: Any) -> Any:
    """Another value of the same type, as near as can be."""
    match value:
        case _ if name in OTHER_VALUES:
            return OTHER_VALUES[name][value]
        case int():
            return value + 1
        case datetime():
            return value + timedelta(seconds=1)
        case date():
            return value - timedelta(days=1) if value == date.max else value + timedelta(days=1)
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:]
    return f"{value}x"
