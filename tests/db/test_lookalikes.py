"""Servers that merely speak PostgreSQL's protocol: told apart, and enough for everything."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
import tallybook as tb
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from tallybook.db import postgresql, servers
from tallybook.db.database import Database
from tallybook.db.failures import Failure
from tallybook.db.schema import prepare_schema
from tallybook.db.servers import server_behind, told_by
from tallybook.db.statements import Fetch
from tallybook.journal import tables

from tests.databases import LookalikeDatabases
from tests.db.catalogue import catalogue
from tests.db.empty_databases import emptied
from tests.db.test_moved_books import begin, open_and_award

WRITERS = 8
AWARDS_EACH = 12


@pytest.fixture
def book(lookalike_url: str) -> Iterator[tb.Book]:
    with tb.Book.open(lookalike_url) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do([enrol(member) for member in MEMBERS])
        yield book


MEMBERS = [f"m{number:02}" for number in range(40)]


def enrol(member: str) -> tb.Enroll:
    return tb.Enroll(program="demo", member=member, request_id="joined")


def award(number: int, member: str) -> tb.Award:
    return tb.Award(program="demo", member=member, request_id=f"award-{number}", unit="points", amount=1)


def is_sound(book: tb.Book) -> bool:
    book.roll_up()
    return {checked.disagreement for checked in book.verify("demo")} == {None}


# --- told apart ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "server"),
    [
        ("PostgreSQL 18.1 (Debian 18.1-1) on x86_64-pc-linux-gnu, compiled by gcc", servers.POSTGRESQL),
        ("PostgreSQL 15.2-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu, compiled by clang", servers.YUGABYTEDB),
        ("CockroachDB CCL v25.1.0 (x86_64-pc-linux-gnu, built 2025/02/18)", servers.OTHER),
    ],
)
def test_servers_are_told_apart_by_their_version(version: str, server: servers.Server) -> None:
    assert told_by(version) is server


def test_a_lookalike_has_what_the_tests_say_it_has_not(lookalike_url: str) -> None:
    """Should one of these work there, the tests below would prove nothing."""
    database = Database(lookalike_url)
    with database.engine.connect() as connection:
        assert server_behind(connection) is servers.OTHER
    for missing in ("SELECT pg_current_xact_id()", "SELECT pg_advisory_xact_lock(1)"):
        with (
            database.engine.connect() as connection,
            pytest.raises(DBAPIError, match="permission denied for function"),
        ):
            connection.execute(text(missing))
    with database.engine.connect() as connection, pytest.raises(DBAPIError, match="no such access method"):
        connection.execute(text("CREATE INDEX i ON entry USING brin (position)"))
    database.dispose()


def test_only_known_settings_are_set(lookalike_url: str) -> None:
    database = Database(lookalike_url)
    with database.transaction() as session:
        shown = {
            name: session.connection.execute(text(f"SHOW {name}")).scalar_one()
            for name in ("jit", "enable_seqscan", "timezone")
        }
    database.dispose()
    assert shown == {"jit": "on", "enable_seqscan": "on", "timezone": "UTC"}


def test_a_schema_is_laid_without_what_is_missing(lookalike_url: str) -> None:
    with emptied(lookalike_url) as database:
        prepare_schema(database, migrate=False)
        with database.engine.connect() as connection:
            laid = catalogue(connection)
    lines = [line for table in laid.values() for line in table]
    assert any('USING btree ("position")' in line or "USING btree (position)" in line for line in lines)
    assert not [line for line in lines if "brin" in line or 'COLLATE "C"' in line]


# --- enough ----------------------------------------------------------------------------------------------


def test_a_book_is_kept_and_explained_there(book: tb.Book) -> None:
    assert {type(outcome) for outcome in book.do([award(n, "m00") for n in range(3)])} == {tb.Awarded}
    assert is_sound(book)
    sheet = book.ask(tb.TrialBalance(program="demo"))
    assert {each.account: each.amount for each in sheet.accounts} == {"available": 3, "issued": -3}


def test_lookups_find_rows_in_the_order_of_their_keys(book: tb.Book, lookalike_url: str) -> None:
    book.do([award(n, member) for n, member in enumerate(MEMBERS)])
    keys = [("demo", member) for member in (*reversed(MEMBERS), *MEMBERS[::3])]
    database = Database(lookalike_url)
    with database.snapshot(keyed=True) as session:
        (folios, lots) = session.fetch([Fetch(tables.READ_FOLIOS, keys), Fetch(tables.READ_LOTS, keys)])
    database.dispose()
    assert [(program, member) for program, member, *_ in folios] == keys
    assert [(program, member) for program, member, *_ in lots] == keys


def test_the_order_of_commits_is_counted(book: tb.Book, lookalike_url: str) -> None:
    for number in range(3):
        book.do(award(number, "m00"))
    places = placed(lookalike_url)
    assert places == sorted(set(places))
    assert counted(lookalike_url) == [("counted", places[-1])]


def test_who_follows_the_order_while_many_write_misses_nothing(book: tb.Book, lookalike_url: str) -> None:
    done = threading.Event()
    seen: set[tuple[str, int]] = set()
    late: list[tuple[str, int]] = []

    def write(writer: int) -> None:
        for number in range(AWARDS_EACH):
            outcome = book.do(award(writer * AWARDS_EACH + number, MEMBERS[number % 3]))
            assert isinstance(outcome, tb.Awarded)

    def follow() -> None:
        mark, last = 0, False
        with psycopg.connect(plain_url(lookalike_url)) as connection:
            while not last:
                last = done.is_set()
                mark = read_up(connection, mark, seen, late)

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        following = pool.submit(follow)
        try:
            for writing in [pool.submit(write, writer) for writer in range(WRITERS)]:
                writing.result()
        finally:
            done.set()
        following.result()
    assert is_sound(book)
    sheet = book.ask(tb.TrialBalance(program="demo"))
    total = WRITERS * AWARDS_EACH
    assert {each.account: each.amount for each in sheet.accounts} == {"available": total, "issued": -total}
    assert late == []
    assert len(seen) == len(MEMBERS) + total


def read_up(
    connection: psycopg.Connection[Any], mark: int, seen: set[tuple[str, int]], late: list[tuple[str, int]]
) -> int:
    """Take in what lies between the mark and the horizon; returns the horizon. Whatever lies below the mark
    and has not been seen has slipped in late.
    """
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        ((horizon,),) = connection.execute(servers.COUNTED.horizon.encode()).fetchall()
        found = connection.execute(
            "SELECT member, version, position FROM entry WHERE position < %s", [horizon]
        ).fetchall()
    for member, version, position in found:
        if (member, version) not in seen and position < mark:
            late.append((member, version))
        seen.add((member, version))
    return int(horizon)


def test_a_callers_own_transaction_is_enough(lookalike_url: str, book: tb.Book) -> None:
    database = Database(lookalike_url)
    with database.engine.connect() as connection:
        book.do([award(1, "m00"), award(2, "m00")], connection=connection)
        connection.commit()
        book.do(award(3, "m00"), connection=connection)
        connection.rollback()
    database.dispose()
    assert is_sound(book)
    assert book.ask(tb.Balances(program="demo", member="m00")).of("points").available == 2


def plain_url(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


# --- moving ----------------------------------------------------------------------------------------------


def test_a_book_from_postgresql_is_counted_on(lookalike_url: str) -> None:
    begin(lookalike_url)
    with psycopg.connect(plain_url(lookalike_url)) as connection:
        for table in ("entry", "folio", "rollup_mark"):
            connection.execute(f"UPDATE {table} SET position = position + 1000".encode())
        connection.execute("UPDATE commit_order SET cluster = '7000.1', shift = 0")
    open_and_award(lookalike_url, "after")
    stamped = placed(lookalike_url)
    assert stamped == sorted(stamped)
    assert stamped[0] > 1000


def placed(url: str) -> list[int]:
    with psycopg.connect(plain_url(url)) as connection:
        query = "SELECT position FROM entry WHERE member IN ('ada', 'm00') ORDER BY version"
        return [place for (place,) in connection.execute(query)]


def counted(url: str) -> list[tuple[str, int]]:
    with psycopg.connect(plain_url(url)) as connection:
        return connection.execute("SELECT cluster, shift FROM commit_order").fetchall()


def test_all_who_open_a_book_at_once_find_it_moved_in(lookalike_databases: LookalikeDatabases) -> None:
    url = lookalike_databases.create()
    gate = threading.Barrier(WRITERS)

    def opened(_: int) -> None:
        gate.wait()
        with tb.Book.open(url):
            pass

    try:
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(opened, range(WRITERS)))
        assert counted(url) == [("counted", 0)]
    finally:
        lookalike_databases.drop(url)


def test_a_loss_of_the_node_that_was_committing_leaves_the_outcome_open() -> None:
    assert postgresql.classify(psycopg.errors.StatementCompletionUnknown("who knows")) is Failure.GONE
