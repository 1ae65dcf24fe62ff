"""Every connection of a book is cut while it is idle; the next use, of any kind, finds out and goes on."""

import time
from collections.abc import Iterator

import pytest
import tallybook as tb
from sqlalchemy.exc import DBAPIError
from tallybook.db.database import Database
from tallybook.db.failures import Failure

from tests.torture.seeds import randomness
from tests.torture.uses import MEMBER, POOL_SIZE, PROGRAM, USES, open_every_connection, told
from tests.torture.wire.database_faults import Fault, database_proxy, through
from tests.torture.wire.proxy import Proxy


@pytest.fixture
def proxy(postgresql_url: str) -> Iterator[Proxy[Fault]]:
    """A proxy before a database with a program and a member."""
    with tb.Book.open(postgresql_url) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(program=PROGRAM, member=MEMBER, request_id="enroll"))
    with database_proxy(postgresql_url, randomness("stale connections")) as proxy:
        yield proxy


@pytest.fixture
def book(proxy: Proxy[Fault], postgresql_url: str) -> Iterator[tb.Book]:
    """A book that reaches its database through the proxy."""
    with tb.Book.open(through(proxy, postgresql_url), pool_size=POOL_SIZE) as book:
        yield book


@pytest.mark.parametrize("name", USES)
def test_connections_that_were_cut_are_made_anew(proxy: Proxy[Fault], book: tb.Book, name: str) -> None:
    open_every_connection(book)
    proxy.hang_up()
    assert not any(issubclass(each, tb.TallybookError) for each in told(book, name))


@pytest.mark.parametrize("name", USES)
def test_a_database_that_is_away_is_called_so(proxy: Proxy[Fault], book: tb.Book, name: str) -> None:
    open_every_connection(book)
    proxy.is_away = True
    proxy.hang_up()
    assert told(book, name) == [tb.DatabaseUnavailable]
    proxy.disarm()
    assert not any(issubclass(each, tb.TallybookError) for each in told(book, name))


@pytest.mark.parametrize("limit", ["idle_in_transaction_session_timeout", "transaction_timeout"])
def test_a_connection_that_took_too_long_is_replaced(book: tb.Book, limit: str) -> None:
    with pytest.raises(DBAPIError, match="timeout") as caught:
        _outlast(limit, book._database)
    assert book._database.classify(caught.value) is Failure.SLOW
    assert told(book, "do") == told(book, "do many")


def _outlast(limit: str, database: Database) -> None:
    with database.transaction() as session:
        session.connection.exec_driver_sql(f"SET {limit} = '10ms'")
        session.connection.commit()
        session.connection.exec_driver_sql("SELECT 1")
        time.sleep(0.1)
        session.connection.exec_driver_sql("SELECT 1")
