"""PostgreSQL is there, but hindered: it is said so, and over as soon as it is over."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, LiteralString

import psycopg
import pytest
import tallybook as tb
from psycopg import sql
from sqlalchemy import make_url
from tallybook.db.database import Database
from tallybook.engine import attempts

from tests.invariants.crowd import PROGRAM, check_sound, enrolled, lasting_program


@pytest.fixture
def book(postgresql_url: str) -> Iterator[tb.Book]:
    with tb.Book.open(postgresql_url) as book:
        book.apply(lasting_program())
        enrolled(book, ["amy", "bob"], 100)
        yield book


@pytest.fixture
def little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "TRYING_MAX", timedelta(seconds=1))


def award(member: str, request_id: str) -> tb.Award:
    return tb.Award(program=PROGRAM, member=member, request_id=request_id, unit="points", amount=1)


def settle_on(url: str, setting: LiteralString) -> None:
    """Change a setting of the database, and end its connections, whose own setting is the one before."""
    address = make_url(url).set(drivername="postgresql")
    named = sql.Identifier(str(address.database))
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(sql.SQL("ALTER DATABASE {} {}").format(named, sql.SQL(setting)))
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.usefixtures("little_time")
def test_a_database_that_was_read_only_for_a_while_is_written_to_again(
    book: tb.Book, postgresql_url: str
) -> None:
    """As a hosted one is, when its disk is full or another server takes over."""
    settle_on(postgresql_url, "SET default_transaction_read_only = on")
    assert isinstance(book.do([award("amy", "r1")])[0], tb.DatabaseUnavailable)
    with pytest.raises(tb.DatabaseUnavailable):
        book.roll_up()
    assert book.ask(tb.Balances(program=PROGRAM, member="amy")).of("points").available == 100
    # The connections that are open now stay read-only, whatever the database's setting becomes.
    address = make_url(postgresql_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET default_transaction_read_only = off")
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("ALTER DATABASE {} RESET default_transaction_read_only").format(name))
    assert isinstance(book.do([award("amy", "r1")])[0], tb.Awarded)
    book.roll_up()
    check_sound(book)


@pytest.mark.usefixtures("little_time")
def test_who_waits_longer_than_a_statement_may_take_hears_of_contention(
    book: tb.Book, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And whoever is in the same batch is served."""
    monkeypatch.setattr(attempts, "TRIES", 3)
    settle_on(postgresql_url, "SET statement_timeout = '300ms'")
    holding = Database(postgresql_url)
    with holding.change() as connection:
        book.do(award("amy", "held"), connection=connection)
        outcomes: list[Any] = book.do([award("amy", "r1"), award("bob", "r1")])
    holding.dispose()
    assert [type(outcome) for outcome in outcomes] == [tb.Contention, tb.Awarded]
    assert isinstance(book.do([award("amy", "r1")])[0], tb.Awarded)
    check_sound(book)
