"""A table that has columns of every type, with the statements that reach it. Knows no pytest."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table
from tallybook.db.columns import BYTES, COUNT, DAY, INSTANT, KEY, TEXT
from tallybook.db.database import Database
from tallybook.db.statements import Fetch, Insert, Lookup, Remove, Row, Statement, Upsert, Write

METADATA = MetaData()

shelf = Table(
    "shelf",
    METADATA,
    Column("room", KEY, primary_key=True),
    Column("name", KEY, primary_key=True),
    Column("label", TEXT),
    Column("size", COUNT),
    Column("line", Integer()),
    Column("day", DAY),
    Column("moment", INSTANT),
    Column("seal", BYTES),
    Column("position", COUNT),
)

KEYS = ("room", "name")
COLUMNS = (*KEYS, "label", "size", "line", "day", "moment", "seal")

ADD = Insert(shelf, COLUMNS)
ADD_STAMPED = Insert(shelf, COLUMNS, stamp="position")
PUT = Upsert(shelf, COLUMNS)
REMOVE = Remove(shelf)
FIND = Lookup(shelf, KEYS, COLUMNS)
FIND_IN_ROOM = Lookup(shelf, ("room",), COLUMNS, order="size, name")
FIND_LARGE = Lookup(shelf, ("room",), COLUMNS, where="t.size > 10", order="name")
LOCK = Lookup(shelf, KEYS, KEYS, lock=True)
FIND_BY_ALL = [Lookup(shelf, (*KEYS, column), COLUMNS) for column in COLUMNS if column not in (*KEYS, "seal")]
STATEMENTS: list[Statement] = [
    *(ADD, ADD_STAMPED, PUT, REMOVE, FIND, FIND_IN_ROOM, FIND_LARGE, LOCK),
    *FIND_BY_ALL,
]

DAY_ONE = date(2026, 1, 31)
NOON = datetime(2026, 1, 31, 12, 0, 0, 123456, tzinfo=UTC)


def row(name: str, room: str = "r", **values: Any) -> Row:
    """A row of `COLUMNS`; what is not given is filled in."""
    given = {"label": "", "size": 1, "line": 2, "day": DAY_ONE, "moment": NOON, "seal": b"\x00\xff"}
    assert values.keys() <= given.keys()
    return (room, name, *(given | values).values())


def lay(database: Database) -> None:
    """Add the table to a database."""
    METADATA.create_all(database.engine)


def do(database: Database, *writes: Write) -> None:
    """Make changes and commit them."""
    with database.transaction() as session:
        session.write_and_commit(writes)


def add(database: Database, *rows: Row) -> None:
    """Add rows and commit them."""
    do(database, Write(ADD, rows))


def find(database: Database, lookup: Lookup, *keys: Row) -> list[Row]:
    """What a lookup finds."""
    with database.snapshot() as session:
        return session.fetch([Fetch(lookup, keys)])[0]
