"""Stamps grow, and no late commit slips in behind a reader that stays below the horizon.

The reader asks for the horizon first. Every transaction that is still open then, or begins later, commits at
or above it, however long it takes.
"""

import random
import threading
import time
from typing import NamedTuple

import pytest
from sqlalchemy import Connection, select
from tallybook.db.commit_order import keep_order
from tallybook.db.database import Database
from tallybook.db.statements import Write
from tallybook.reports.queries import commit_horizon

from tests.db import shelf
from tests.db.good_rows import GOOD, insert
from tests.db.shelf import row

WRITERS = 6
WRITES = 25
LONG_ENOUGH = 60


@pytest.fixture
def shelves(database: Database) -> Database:
    keep_order(database)
    shelf.lay(database)
    return database


@pytest.fixture
def busy(postgresql: Database) -> Database:
    """A database that several write at once."""
    shelf.lay(postgresql)
    return postgresql


class Seen(NamedTuple):
    """What a reader sees: the stamps that are committed, and the horizon as it was just before."""

    horizon: int
    stamps: dict[str, int]

    @property
    def settled(self) -> dict[str, int]:
        """Those that the reader may hand on: nothing can come to stand between or before them any more."""
        return {name: stamp for name, stamp in self.stamps.items() if stamp < self.horizon}


def look(database: Database) -> Seen:
    with database.engine.connect() as connection:
        horizon = commit_horizon(connection)
        return Seen(horizon, stamps(connection))


def stamps(connection: Connection) -> dict[str, int]:
    columns = shelf.shelf.c
    return dict(connection.execute(select(columns.name, columns.position)).all())


def stamped(*names: str) -> list[Write]:
    return [Write(shelf.ADD_STAMPED, [row(name) for name in names])]


def test_stamps_grow_with_each_transaction(shelves: Database) -> None:
    for name in "abc":
        shelf.do(shelves, *stamped(name, name * 2))
    found = look(shelves).stamps
    assert max(found["a"], found["aa"]) < min(found["b"], found["bb"])
    assert max(found["b"], found["bb"]) < min(found["c"], found["cc"])


def test_what_was_rolled_back_leaves_no_trouble(shelves: Database) -> None:
    shelf.do(shelves, *stamped("a"))
    with shelves.transaction() as session:
        session.write(stamped("lost"))
    shelf.do(shelves, *stamped("b"))
    found = look(shelves).stamps
    assert found.keys() == {"a", "b"}
    assert found["a"] < found["b"]


@pytest.mark.parametrize("databases", ["sqlite", "postgresql"], indirect=True)
def test_everything_is_below_the_horizon_once_nobody_writes(database: Database) -> None:
    with database.engine.begin() as connection:
        insert(connection, "entry", GOOD["entry"])
    with database.engine.connect() as connection:
        assert commit_horizon(connection) > 1


def test_the_horizon_of_an_empty_book_is_above_nothing(database: Database) -> None:
    with database.engine.connect() as connection:
        assert commit_horizon(connection) >= 0


def test_a_late_commit_does_not_slip_in_behind_the_horizon(busy: Database) -> None:
    with busy.transaction() as slow:
        slow.write(stamped("slow"))
        shelf.do(busy, *stamped("quick"))
        meanwhile = look(busy)
        slow.write_and_commit([])
    after = look_until_settled(busy, 2)
    assert after.stamps["slow"] < after.stamps["quick"]
    assert meanwhile.stamps.keys() == {"quick"}
    assert meanwhile.settled == {}
    assert after.settled.keys() == {"slow", "quick"}


def test_a_transaction_that_only_reads_holds_nobody_up(busy: Database) -> None:
    with busy.snapshot() as reader:
        assert stamps(reader.connection) == {}
        shelf.do(busy, *stamped("a"))
        assert look_until_settled(busy, 1).settled.keys() == {"a"}


def test_the_horizon_never_goes_back(busy: Database) -> None:
    before = look(busy).horizon
    for name in "abc":
        with busy.transaction() as session:
            session.write(stamped(name))
            now = look(busy).horizon
            assert now >= before
            session.write_and_commit([])
        before = now


def test_a_reader_among_many_writers_misses_nothing(shelves: Database) -> None:
    """What was handed on never changes behind the reader's back, and in the end it is everything."""
    is_postgresql = shelves.is_postgresql

    def write(writer: int) -> None:
        pauses = random.Random(writer)
        for number in range(WRITES):
            with shelves.transaction() as session:
                session.write(stamped(f"{writer}-{number}"))
                time.sleep(pauses.uniform(0, 0.01) if is_postgresql else 0)
                session.write_and_commit([])

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for each in writers:
        each.start()
    horizon, handed_on = 0, dict[str, int]()
    while any(each.is_alive() for each in writers):
        seen = look_below(shelves, horizon)
        assert seen.horizon >= horizon
        assert {name: stamp for name, stamp in seen.stamps.items() if stamp < horizon} == handed_on
        horizon, handed_on = seen.horizon, seen.settled
        time.sleep(0.002)
    for each in writers:
        each.join()
    seen = look_until_settled(shelves, WRITERS * WRITES) if is_postgresql else look_below(shelves, 0)
    assert len(seen.settled) == WRITERS * WRITES


def look_until_settled(database: Database, rows: int) -> Seen:
    """As `look`, once so many rows are settled: who writes in another database of the server holds all up."""
    deadline = time.monotonic() + LONG_ENOUGH
    while len((seen := look(database)).settled) < rows and time.monotonic() < deadline:
        time.sleep(0.01)
    return seen


def look_below(database: Database, horizon: int) -> Seen:
    """As `look`; on SQLite, where the horizon is that of entries, the horizon of the shelf."""
    if database.is_postgresql:
        return look(database)
    with database.snapshot() as session:
        found = stamps(session.connection)
    return Seen(max(found.values(), default=horizon) + 1, found)
