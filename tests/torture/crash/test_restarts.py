"""PostgreSQL is restarted, or stays away, under a book that keeps its connections."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from typing import Any

import psutil
import pytest
import tallybook as tb
from tallybook.engine.attempts import TRIES

from tools.postgres import PostgresKeeper

PROGRAM, MEMBER, UNIT = "demo", "m1", "points"
POOL_SIZE = TRIES + 1
"""More connections than there are tries, so that it does not help to try them one after the other."""


def award(request_id: str) -> tb.Award:
    return tb.Award(program=PROGRAM, member=MEMBER, request_id=request_id, unit=UNIT, amount=10)


BALANCES = tb.Balances(program=PROGRAM, member=MEMBER)
STATEMENT = tb.Statement(program=PROGRAM, member=MEMBER)

USES: dict[str, Callable[[tb.Book, str], Any]] = {
    "do": lambda book, name: book.do(award(name)),
    "do many": lambda book, name: book.do([award(name)]),
    "ask": lambda book, _: book.ask(BALANCES),
    "ask history": lambda book, _: book.ask(STATEMENT),
    "simulate": lambda book, name: book.simulate([award(name)]),
    "program": lambda book, _: book.program(PROGRAM),
    "programs": lambda book, _: book.programs(),
    "apply": lambda book, _: book.apply(tb.DEMO_PROGRAM),
    "verify": lambda book, _: list(book.verify(PROGRAM)),
    "sweep": lambda book, _: book.sweep(),
    "roll up": lambda book, _: book.roll_up(),
    "forget refusals": lambda book, _: book.forget_refusals(),
}


@pytest.fixture
def book(mortal_url: str) -> Iterator[tb.Book]:
    """A book that keeps many connections."""
    with tb.Book.open(mortal_url, pool_size=POOL_SIZE) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(program=PROGRAM, member=MEMBER, request_id="enroll"))
        yield book


def _open_every_connection(book: tb.Book) -> None:
    together = Barrier(POOL_SIZE)

    def hold_a_connection(_: int) -> None:
        with book._database.transaction():
            together.wait()
        with book._database.snapshot():
            together.wait()

    with ThreadPoolExecutor(POOL_SIZE) as threads:
        list(threads.map(hold_a_connection, range(POOL_SIZE)))


def test_a_restart_of_the_database_goes_unnoticed(book: tb.Book, keeper: PostgresKeeper) -> None:
    for name, use in USES.items():
        _open_every_connection(book)
        _kill(keeper)
        keeper.restart()
        use(book, name)


def test_while_the_database_is_away_it_is_called_so(book: tb.Book, keeper: PostgresKeeper) -> None:
    told = {}
    for name, use in USES.items():
        book.do(award(f"before {name}"))
        _kill(keeper)
        try:
            outcome = use(book, name)
        except tb.TallybookError as error:
            outcome = [error]
        told[name] = [type(each) for each in outcome]
        keeper.restart()
    assert told == {name: [tb.DatabaseUnavailable] for name in USES}


def test_a_book_cannot_be_opened_while_the_database_is_away(keeper: PostgresKeeper, mortal_url: str) -> None:
    _kill(keeper)
    try:
        with pytest.raises(tb.DatabaseUnavailable):
            tb.Book.open(mortal_url)
    finally:
        keeper.restart()


def _kill(keeper: PostgresKeeper) -> None:
    """Kill every process of the server: those of connections would outlive the first by a moment."""
    postmaster = psutil.Process(keeper.postmaster())
    for each in (postmaster, *postmaster.children()):
        with suppress(psutil.NoSuchProcess):
            each.kill()
