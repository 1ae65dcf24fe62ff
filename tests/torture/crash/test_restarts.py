"""PostgreSQL is killed under a book that keeps its connections, and started again, or not yet."""

from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest
import tallybook as tb

from tests.torture.uses import BALANCES, MEMBER, POOL_SIZE, PROGRAM, USES, award, open_every_connection, told
from tools.postgres import PostgresKeeper


@pytest.fixture
def book(mortal_url: str) -> Iterator[tb.Book]:
    """A book whose every connection is open and idle."""
    with tb.Book.open(mortal_url, pool_size=POOL_SIZE) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(program=PROGRAM, member=MEMBER, request_id="enroll"))
        open_every_connection(book)
        yield book


def test_a_restart_of_the_database_goes_unnoticed(book: tb.Book, keeper: PostgresKeeper) -> None:
    _kill(keeper)
    keeper.restart()
    assert book.ask(BALANCES).of("points").available == 0
    assert book.do(award("once")).balance.available == 10


def test_while_the_database_is_away_it_is_called_so(
    book: tb.Book, keeper: PostgresKeeper, mortal_url: str
) -> None:
    _kill(keeper)
    try:
        for name in USES:
            assert told(book, name) == [tb.DatabaseUnavailable], name
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
