"""Rows are locked in the order of their keys, so that two who sort them never wait for each other."""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from psycopg import Error
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from tallybook.db.database import Database
from tallybook.db.failures import Failure
from tallybook.db.statements import Fetch, Row, Write

from tests.db import shelf
from tests.db.shelf import add, find, row

NAMES = "abcdefgh"
ROUNDS = 20
LONG_ENOUGH = 30


@pytest.fixture
def shelves(database: Database) -> Database:
    shelf.lay(database)
    add(database, *[row(name, size=0) for name in NAMES])
    return database


@pytest.fixture
def busy(postgresql: Database) -> Database:
    shelf.lay(postgresql)
    add(postgresql, *[row(name, size=0) for name in NAMES])
    return postgresql


@pytest.fixture
def aside() -> Iterator[Callable[[Callable[[], None]], "Future[None]"]]:
    """Runs something in another thread."""
    with ThreadPoolExecutor() as threads:
        yield threads.submit


def locks(names: str) -> list[Fetch]:
    return [Fetch(shelf.LOCK, [("r", name) for name in names])]


def is_free(database: Database, name: str) -> bool:
    """Whether nobody holds a row."""
    with database.engine.connect() as connection:
        try:
            connection.execute(text(f"SELECT 1 FROM shelf WHERE name = '{name}' FOR UPDATE NOWAIT"))
        except OperationalError as refused:
            if database.classify(refused) is not Failure.TRY_AGAIN:
                raise
            return False
        return True


def await_waiting(database: Database) -> None:
    """Return as soon as somebody waits for a lock in this database: others on this server wait for theirs."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.execute(waiting).scalar():
            connection.execute(text("SELECT pg_sleep(0.01)"))


def test_rows_are_locked_in_the_order_of_the_keys(
    busy: Database, aside: Callable[[Callable[[], None]], "Future[None]"]
) -> None:
    def lock_all() -> None:
        with busy.transaction() as session:
            session.fetch(locks("abc"))

    with busy.transaction() as holder:
        holder.fetch(locks("b"))
        waiter = aside(lock_all)
        await_waiting(busy)
        assert [is_free(busy, name) for name in "abc"] == [False, False, True]
    waiter.result(LONG_ENOUGH)
    assert all(is_free(busy, name) for name in "abc")


def test_only_rows_that_are_named_are_locked(busy: Database) -> None:
    with busy.transaction() as session:
        assert session.fetch(locks("bdz")) == [[("r", "b"), ("r", "d")]]
        assert [name for name in NAMES if not is_free(busy, name)] == ["b", "d"]


def test_what_is_read_behind_a_lock_is_what_the_one_before_left(
    busy: Database, aside: Callable[[Callable[[], None]], "Future[None]"]
) -> None:
    found: list[Row] = []

    def lock_and_read() -> None:
        with busy.transaction() as session:
            found.extend(session.fetch([*locks("a"), Fetch(shelf.FIND, [("r", "a")])])[1])

    with busy.transaction() as holder:
        holder.fetch(locks("a"))
        waiter = aside(lock_and_read)
        await_waiting(busy)
        holder.write_and_commit([Write(shelf.PUT, [row("a", label="left")])])
    waiter.result(LONG_ENOUGH)
    assert found == [row("a", label="left")]


def test_many_who_sort_their_keys_never_deadlock_and_lose_nothing(shelves: Database) -> None:
    def count_up(seed: int) -> None:
        choices = random.Random(seed)
        for _ in range(ROUNDS):
            keys = [("r", name) for name in sorted(choices.sample(NAMES, 4))]
            with shelves.transaction() as session:
                session.fetch([Fetch(shelf.LOCK, keys)])
                (rows,) = session.fetch([Fetch(shelf.FIND, keys)])
                counted = [row(each[1], size=each[3] + 1) for each in rows]
                session.write_and_commit([Write(shelf.PUT, counted)])

    with ThreadPoolExecutor() as threads:
        for counting in [threads.submit(count_up, seed) for seed in range(4)]:
            counting.result(LONG_ENOUGH)
    assert sum(each[3] for each in find(shelves, shelf.FIND_IN_ROOM, ("r",))) == 4 * ROUNDS * 4


def test_sqlite_lets_one_write_and_others_read(
    sqlite_url: str, aside: Callable[[Callable[[], None]], "Future[None]"]
) -> None:
    database = Database(sqlite_url)
    shelf.lay(database)
    with database.transaction() as holder:
        waiter = aside(lambda: add(database, row("b")))
        assert find(database, shelf.FIND, ("r", "b")) == []
        assert not waiter.done()
        holder.write_and_commit([Write(shelf.ADD, [row("a")])])
    waiter.result(LONG_ENOUGH)
    assert len(find(database, shelf.FIND_IN_ROOM, ("r",))) == 2
    database.dispose()


def test_who_waits_for_longer_than_a_transaction_may_take_is_told_so(
    busy: Database, aside: Callable[[Callable[[], None]], "Future[None]"]
) -> None:
    """The server says why it ends the connection, and hangs up: what it has said is not lost over that."""

    def wait_in_vain() -> None:
        with busy.transaction() as session:
            session.connection.exec_driver_sql("SET transaction_timeout = '200ms'")
            session.connection.commit()
            session.fetch([*locks("a"), *locks("b")])

    with busy.transaction() as session:
        session.fetch(locks("a"))
        waiting = aside(wait_in_vain)
        error = waiting.exception(LONG_ENOUGH)
    assert error is not None
    assert busy.classify(error) is Failure.SLOW, error
    with busy.transaction() as session:
        session.fetch(locks("ab"))


@pytest.mark.parametrize("limit", ["idle_in_transaction_session_timeout", "transaction_timeout"])
def test_who_comes_back_to_a_transaction_that_was_ended_is_told_so(busy: Database, limit: str) -> None:
    def dawdle() -> None:
        with busy.transaction() as session:
            session.connection.exec_driver_sql(f"SET {limit} = '50ms'")
            session.connection.commit()
            session.fetch(locks("a"))
            time.sleep(0.3)
            session.write_and_commit([Write(shelf.PUT, [row("a", label="late")])])

    with pytest.raises(Error) as ended:
        dawdle()
    assert busy.classify(ended.value) is Failure.SLOW, ended.value
    assert find(busy, shelf.FIND, ("r", "a")) == [row("a", size=0)]
