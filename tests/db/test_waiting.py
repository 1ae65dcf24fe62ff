"""Threads that share a database wait for each other in order, and not where they need not."""

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest
import tallybook as tb
from tallybook.db import database as module
from tallybook.db import sqlite
from tallybook.db.database import Database
from tallybook.db.statements import Write

from tests.db import shelf
from tests.db.shelf import row

LONG = 30.0
PROGRAM, MEMBER = "demo", "amy"
WHO: dict[str, Any] = {"program": PROGRAM, "member": MEMBER}


@pytest.fixture
def book(database_url: str) -> Iterator[tb.Book]:
    """A book for one thread of each kind at a time, with a member."""
    with tb.Book.open(database_url, pool_size=1) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(**WHO, request_id="signup"))
        yield book


@pytest.fixture
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAITING_MAX", timedelta(milliseconds=10))


@contextmanager
def elsewhere(held: Callable[[], AbstractContextManager[object]]) -> Iterator[None]:
    """Another thread holds something as long as the block runs."""
    has_it, is_over = Event(), Event()

    def hold() -> None:
        with held():
            has_it.set()
            is_over.wait(LONG)

    with ThreadPoolExecutor(1) as threads:
        holding = threads.submit(hold)
        try:
            assert has_it.wait(LONG)
            yield
        finally:
            is_over.set()
            holding.result(LONG)


def award(request_id: str) -> tb.Award:
    return tb.Award(**WHO, request_id=request_id, unit="points", amount=1)


ASK: dict[str, Callable[[tb.Book], object]] = {
    "lookup": lambda book: book.ask(tb.Balances(**WHO)),
    "report": lambda book: book.ask(tb.TrialBalance(program=PROGRAM)),
    "program": lambda book: book.program(PROGRAM),
    "simulate": lambda book: book.simulate(award("r1")),
}


# --- in order -----------------------------------------------------------------------------------------------


def test_threads_that_come_back_at_once_are_served_alike(database_url: str) -> None:
    """More threads than connections: each of them is held up by the others once, not again and again."""
    database = Database(database_url, pool_size=1)
    shelf.lay(database)
    served: Counter[int] = Counter()
    until = time.monotonic() + 1.5
    start = Barrier(32)

    def write(number: int) -> None:
        start.wait(LONG)
        while time.monotonic() < until:
            with database.transaction() as session:
                time.sleep(0.002)
                session.write_and_commit([Write(shelf.PUT, [row(f"{number}")])])
                served[number] += 1

    with ThreadPoolExecutor(32) as threads:
        for writing in [threads.submit(write, number) for number in range(32)]:
            writing.result(LONG)
    assert len(served) == 32
    assert max(served.values()) <= min(served.values()) + 3
    database.dispose()


def test_writers_of_one_process_do_not_wait_in_sqlites_own_way(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It serves them in no order: some would wait until it gives them up."""
    impatient = [each.replace("10000", "20") for each in sqlite.PRAGMAS]
    assert impatient != list(sqlite.PRAGMAS)
    monkeypatch.setattr(sqlite, "PRAGMAS", impatient)
    with tb.Book.open(sqlite_url) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(**WHO, request_id="signup"))
        with book._database.snapshot(), ThreadPoolExecutor(9) as threads:
            commands = [[award(f"r{thread}-{n}") for n in range(10)] for thread in range(8)]
            done = list(threads.map(lambda each: [book.do(command) for command in each], commands))
            threads.submit(book.roll_up).result(LONG)
    assert sum(map(len, done)) == 80


def test_threads_share_a_book_in_memory() -> None:
    with tb.Book.open("sqlite://") as book, ThreadPoolExecutor(8) as threads:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(**WHO, request_id="signup"))
        list(threads.map(lambda n: book.do(award(f"r{n}")), range(40)))
        asked = list(threads.map(lambda _: book.ask(tb.Balances(**WHO)), range(40)))
    assert {each.of("points").available for each in asked} == {40}


# --- not at all ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("no_patience")
@pytest.mark.parametrize("kind", ASK)
def test_who_reads_does_not_wait_for_who_writes(book: tb.Book, kind: str) -> None:
    with elsewhere(book._database.transaction):
        ASK[kind](book)


@pytest.mark.usefixtures("no_patience")
def test_who_writes_does_not_wait_for_who_reads(book: tb.Book) -> None:
    with elsewhere(book._database.snapshot), elsewhere(lambda: book._database.snapshot(keyed=True)):
        book.do(award("r1"))
        book.roll_up()


@pytest.mark.usefixtures("no_patience")
def test_who_reads_on_in_the_middle_of_a_report_does_not_wait(database_url: str) -> None:
    """As many threads as there are turns, each with a report that it is in the middle of."""
    together = Barrier(2)
    with tb.Book.open(database_url, pool_size=2) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(**WHO, request_id="signup"))

        def verify(number: int) -> None:
            for _ in book.verify(PROGRAM):
                together.wait(LONG)
                for ask in ASK.values():
                    ask(book)

        with ThreadPoolExecutor(2) as threads:
            list(threads.map(verify, range(2)))


def test_a_forked_child_does_not_wait_for_threads_that_stayed_behind(book: tb.Book) -> None:
    with elsewhere(book._database.snapshot):
        child = multiprocessing.get_context("fork").Process(target=_read_in_a_child, args=(book,))
        child.start()
        child.join(LONG)
        assert child.exitcode == 0


def _read_in_a_child(book: tb.Book) -> None:
    pytest.MonkeyPatch().setattr(module, "WAITING_MAX", timedelta(milliseconds=10))
    book.close()
    book.program(PROGRAM)


# --- in vain ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("no_patience")
def test_whose_turn_does_not_come_is_told_so(book: tb.Book) -> None:
    with elsewhere(book._database.transaction):
        assert [type(each) for each in book.do([award("r1"), award("r2")])] == [tb.DatabaseUnavailable] * 2
    with elsewhere(lambda: book._database.snapshot(keyed=True)), pytest.raises(tb.DatabaseUnavailable):
        ASK["lookup"](book)
    with elsewhere(book._database.snapshot), pytest.raises(tb.DatabaseUnavailable):
        ASK["program"](book)
    with elsewhere(book._database.change), pytest.raises(tb.DatabaseUnavailable):
        book.roll_up()
    assert not book.do(award("r1")).replayed


def test_who_meets_another_process_that_goes_on_writing_is_told_so(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PRAGMAS", [each.replace("10000", "1") for each in sqlite.PRAGMAS])
    other = Database(sqlite_url)
    with tb.Book.open(sqlite_url) as book:
        book.apply(tb.DEMO_PROGRAM)
        with other.transaction():
            for change in (book.roll_up, book.forget_refusals, lambda: book.do(award("r1"))):
                with pytest.raises(tb.Contention):
                    change()
    other.dispose()


@pytest.mark.parametrize("pool_size", [0, -1])
def test_a_book_without_connections_is_refused(database_url: str, pool_size: int) -> None:
    with pytest.raises(tb.InvalidInput, match="pool_size"):
        tb.Book.open(database_url, pool_size=pool_size)
