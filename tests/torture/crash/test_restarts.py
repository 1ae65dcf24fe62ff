"""PostgreSQL is restarted, or stays away, under a book that keeps connections: the caller is told what is so."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import tallybook as tb

from tools.postgres import PostgresKeeper

PROGRAM, MEMBER, UNIT = "demo", "m1", "points"
POOL_SIZE = 20


def award(request_id: str) -> tb.Award:
    return tb.Award(program=PROGRAM, member=MEMBER, request_id=request_id, unit=UNIT, amount=10)


BALANCES = tb.Balances(program=PROGRAM, member=MEMBER)
STATEMENT = tb.Statement(program=PROGRAM, member=MEMBER)

USES: dict[str, Callable[[tb.Book], Any]] = {
    "do": lambda book: book.do(award("after")),
    "do many": lambda book: book.do([award("after")]),
    "ask": lambda book: book.ask(BALANCES),
    "ask history": lambda book: book.ask(STATEMENT),
    "simulate": lambda book: book.simulate(award("after")),
    "program": lambda book: book.program(PROGRAM),
    "programs": lambda book: book.programs(),
    "apply": lambda book: book.apply(tb.DEMO_PROGRAM),
    "verify": lambda book: list(book.verify(PROGRAM)),
    "sweep": lambda book: book.sweep(),
    "roll up": lambda book: book.roll_up(),
    "forget refusals": lambda book: book.forget_refusals(),
}


@pytest.fixture
def book(mortal_url: str) -> Iterator[tb.Book]:
    """A book whose every connection is open and idle."""
    with tb.Book.open(mortal_url, pool_size=POOL_SIZE) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(program=PROGRAM, member=MEMBER, request_id="enroll"))
        _open_every_connection(book)
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


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_a_restart_of_the_database_goes_unnoticed(
    book: tb.Book, keeper: PostgresKeeper, use: Callable[[tb.Book], Any]
) -> None:
    _kill(keeper)
    keeper.restart()
    use(book)
    assert book.do(award("and on")).balance.available in {10, 20}


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_while_the_database_is_away_it_is_called_so(
    book: tb.Book, keeper: PostgresKeeper, use: Callable[[tb.Book], Any]
) -> None:
    _kill(keeper)
    try:
        outcome = use(book)
    except tb.TallybookError as error:
        outcome = [error]
    assert [type(each) for each in outcome] == [tb.DatabaseUnavailable]


def test_a_book_cannot_be_opened_while_the_database_is_away(keeper: PostgresKeeper, mortal_url: str) -> None:
    _kill(keeper)
    with pytest.raises(tb.DatabaseUnavailable):
        tb.Book.open(mortal_url)


def _kill(keeper: PostgresKeeper) -> None:
    os.kill(keeper.postmaster(), signal.SIGKILL)
