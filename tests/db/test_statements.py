"""Bulk statements do the same on every database, whatever the values hold."""

import sqlite3
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError
from tallybook.db import postgresql, sqlite
from tallybook.db.database import Database, Session
from tallybook.db.failures import Failure
from tallybook.db.servers import OTHER, POSTGRESQL
from tallybook.db.statements import Fetch, Insert, Remove, Row, Statement, Upsert, Write

from tests.db import shelf
from tests.db.shelf import COLUMNS, DAY_ONE, NOON, add, do, find, row
from tests.lengths import TIMES_LONGER

HOSTILE = [
    *("", " ", "  two  ", "NULL", "null", "None", "{}", "{", "}", ",", '"', '""', "'", "''", "\\", "\\\\"),
    *("\\N", "\\x00", '\\"', "a,b", '{"a","b"}', "[1,2]", '["x"]', "$1", "$$", "%s", "%", ":name", "?"),
    *("'; DROP TABLE shelf; --", "\t", "\n", "\r\n", "\x01", "\x1f", "\x7f", "\x85", "\u2028", "\ufeff", "é"),
    *(
        "e\u0301",
        "会员",
        "🎟",
        "\U0010ffff",
        "\U000f0000",
        "true",
        "t",
        "0",
        "-1",
        "1e5",
        "infinity",
        "a" * 10_000,
    ),
]
"""Text that a careless array, JSON or SQL literal would take for something else."""


@pytest.fixture
def shelves(database: Database) -> Database:
    shelf.lay(database)
    return database


# --- values ----------------------------------------------------------------------------------------------


def test_hostile_text_comes_back_as_it_was(shelves: Database) -> None:
    rows = [row(text, room=text, label=text) for text in HOSTILE]
    add(shelves, *rows)
    assert find(shelves, shelf.FIND, *[each[:2] for each in rows]) == rows


def test_hostile_text_is_replaced_and_removed(shelves: Database) -> None:
    add(shelves, *[row(text) for text in HOSTILE])
    replaced = [row(text, label=text[::-1]) for text in HOSTILE]
    do(shelves, Write(shelf.PUT, replaced))
    assert find(shelves, shelf.FIND, *[each[:2] for each in replaced]) == replaced
    do(shelves, Write(shelf.REMOVE, [each[:2] for each in replaced[::2]]))
    assert find(shelves, shelf.FIND, *[each[:2] for each in replaced]) == replaced[1::2]


@settings(max_examples=50 * TIMES_LONGER, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(exclude_characters="\x00", codec="utf-8")), unique=True))
@example(texts=['{"', '"}', "\\"])
def test_any_text_comes_back_as_it_was(shelves: Database, texts: list[str]) -> None:
    rows = [row(text, label=text) for text in texts]
    do(shelves, Write(shelf.PUT, rows))
    assert find(shelves, shelf.FIND, *[each[:2] for each in rows]) == rows


NOTHING: dict[str, Any] = dict.fromkeys(COLUMNS[2:])


def test_nothing_is_told_from_something_that_looks_like_it(shelves: Database) -> None:
    rows = [row("a", **NOTHING), row("b", label="NULL"), row("c", label=""), row("d", **NOTHING)]
    add(shelves, *rows)
    assert find(shelves, shelf.FIND, *[each[:2] for each in rows]) == rows


def test_a_value_can_become_nothing_and_back(shelves: Database) -> None:
    add(shelves, row("a"))
    for now in (row("a", **NOTHING), row("a", label="back")):
        do(shelves, Write(shelf.PUT, [now]))
        assert find(shelves, shelf.FIND, ("r", "a")) == [now]


def test_values_keep_their_bounds(shelves: Database) -> None:
    first, last = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    rows = [
        row("a", size=2**63 - 1, line=2**31 - 1, day=date(1, 1, 1), moment=first, seal=b""),
        row("b", size=-(2**63), line=-(2**31), day=date(9999, 12, 31), moment=last, seal=bytes(range(256))),
        row("c", size=0, line=0, day=date(2024, 2, 29), moment=NOON.replace(microsecond=0), seal=b"\\x"),
    ]
    add(shelves, *rows)
    assert find(shelves, shelf.FIND, *[each[:2] for each in rows]) == rows


def test_moments_are_the_same_wherever_they_were_told(shelves: Database) -> None:
    zones = [UTC, timezone(timedelta(hours=8)), timezone(-timedelta(hours=9, minutes=30))]
    add(shelves, *[row(str(n), moment=NOON.astimezone(zone)) for n, zone in enumerate(zones)])
    found = find(shelves, shelf.FIND, *[("r", str(n)) for n, _ in enumerate(zones)])
    assert {each[COLUMNS.index("moment")] for each in found} == {NOON}
    assert {each[COLUMNS.index("moment")].utcoffset() for each in found} == {timedelta(0)}


def test_rows_are_found_by_columns_of_every_type(shelves: Database) -> None:
    wanted = row("a", label="it's", size=-5)
    add(shelves, wanted, row("b", day=DAY_ONE + timedelta(days=1)))
    for lookup in shelf.FIND_BY_ALL:
        value = wanted[COLUMNS.index(lookup.by[-1])]
        assert find(shelves, lookup, ("r", "a", value), ("r", "b", value), ("r", "c", value))[0] == wanted


@pytest.mark.parametrize("problem", [row("a", size=2**63), row("a", size="many"), row("a", line=2**31)])
def test_a_value_out_of_range_is_refused(postgresql: Database, problem: Row) -> None:
    shelf.lay(postgresql)
    assert failure(postgresql, problem) is Failure.REFUSED


def test_a_number_beyond_64_bits_is_refused(shelves: Database) -> None:
    assert failure(shelves, row("a", size=2**63)) is Failure.REFUSED


def test_nul_in_a_text_is_refused_by_postgresql(postgresql: Database) -> None:
    shelf.lay(postgresql)
    for text in ("\x00", "a\x00b"):
        assert failure(postgresql, row("a", label=text), row("b")) is Failure.REFUSED
        assert failure(postgresql, row(text), row("b")) is Failure.REFUSED


def test_a_key_that_is_missing_is_refused(shelves: Database) -> None:
    missing: Any = None
    assert failure(shelves, row("a"), row(missing)) is Failure.REFUSED
    assert find(shelves, shelf.FIND, ("r", "a")) == []


def failure(database: Database, *rows: Row) -> Failure | None:
    """How adding rows fails."""
    with pytest.raises((psycopg.Error, sqlite3.Error, OverflowError, DBAPIError)) as failed:
        add(database, *rows)
    return database.classify(failed.value)


# --- rows ------------------------------------------------------------------------------------------------


def test_rows_come_in_the_order_of_their_keys(shelves: Database) -> None:
    rows = {name: row(name) for name in "abcdefgh"}
    add(shelves, *rows.values())
    asked = "hagxbfc"
    assert find(shelves, shelf.FIND, *[("r", name) for name in asked]) == [
        rows[name] for name in asked if name in rows
    ]


def test_a_thousand_rows_come_in_the_order_of_their_keys(shelves: Database) -> None:
    rows = [row(f"{n * 7919 % 1000:03}", size=n) for n in range(1000)]
    add(shelves, *rows)
    assert find(shelves, shelf.FIND, *[each[:2] for each in rows]) == rows


def test_rows_of_one_key_come_in_the_order_of_the_lookup(shelves: Database) -> None:
    add(shelves, row("b", size=1), row("a", size=2), row("c", size=1), row("a", room="s", size=9))
    found = find(shelves, shelf.FIND_IN_ROOM, ("s",), ("none",), ("r",))
    assert [each[:2] for each in found] == [("s", "a"), ("r", "b"), ("r", "c"), ("r", "a")]


def test_a_condition_holds_for_every_row(shelves: Database) -> None:
    add(shelves, row("a", size=11), row("b", size=10), row("c", size=None), row("d", size=12))
    assert [each[1] for each in find(shelves, shelf.FIND_LARGE, ("r",))] == ["a", "d"]


def test_keys_are_compared_byte_by_byte(shelves: Database) -> None:
    add(shelves, row("a"), row("A"), row("a "))
    assert [each[1] for each in find(shelves, shelf.FIND, ("r", "A"), ("r", " a"), ("r", "a "))] == [
        "A",
        "a ",
    ]


def test_one_that_exists_is_an_error_and_nothing_is_added(shelves: Database) -> None:
    add(shelves, row("a"))
    assert failure(shelves, row("b"), row("a")) is Failure.CONFLICT
    assert find(shelves, shelf.FIND, ("r", "a"), ("r", "b")) == [row("a")]


def test_removing_takes_what_is_named_and_nothing_else(shelves: Database) -> None:
    add(shelves, row("a"), row("b"), row("a", room="s"))
    do(shelves, Write(shelf.REMOVE, [("r", "a"), ("s", "b"), ("t", "t")]))
    assert find(shelves, shelf.FIND, ("r", "a"), ("r", "b"), ("s", "a")) == [row("b"), row("a", room="s")]


# --- nothing to do ---------------------------------------------------------------------------------------


def test_no_keys_find_nothing(shelves: Database) -> None:
    add(shelves, row("a"))
    with shelves.snapshot() as session:
        fetches = [Fetch(shelf.FIND, []), Fetch(shelf.FIND, [("r", "a")]), Fetch(shelf.LOCK, [])]
        assert session.fetch(fetches) == [[], [row("a")], []]
        assert session.fetch([]) == []


def test_an_empty_table_is_searched_in_vain(shelves: Database) -> None:
    assert find(shelves, shelf.FIND, ("r", "a")) == []


@pytest.mark.parametrize("statement", [shelf.ADD, shelf.ADD_STAMPED, shelf.PUT, shelf.REMOVE])
def test_no_rows_change_nothing(shelves: Database, statement: Insert | Upsert | Remove) -> None:
    do(shelves, Write(statement, []), Write(shelf.ADD, [row("a")]))
    do(shelves)
    assert find(shelves, shelf.FIND_IN_ROOM, ("r",)) == [row("a")]


# --- transactions ----------------------------------------------------------------------------------------


def test_changes_are_made_in_order(shelves: Database) -> None:
    do(
        shelves,
        Write(shelf.ADD, [row("a")]),
        Write(shelf.PUT, [row("a", label="second"), row("b")]),
        Write(shelf.REMOVE, [("r", "b")]),
    )
    assert find(shelves, shelf.FIND_IN_ROOM, ("r",)) == [row("a", label="second")]


def test_what_is_not_committed_is_gone(shelves: Database) -> None:
    with shelves.transaction() as session:
        session.write([Write(shelf.ADD, [row("a")])])
        assert session.fetch([Fetch(shelf.FIND, [("r", "a")])]) == [[row("a")]]
    assert find(shelves, shelf.FIND, ("r", "a")) == []


def test_a_failed_change_takes_the_others_of_its_transaction_along(shelves: Database) -> None:
    add(shelves, row("a"))
    with pytest.raises((psycopg.Error, sqlite3.Error)), shelves.transaction() as session:
        session.write_and_commit([Write(shelf.ADD, [row("b")]), Write(shelf.ADD, [row("a")])])
    assert find(shelves, shelf.FIND, ("r", "b")) == []
    add(shelves, row("c"))  # and the connection is as good as before
    assert find(shelves, shelf.FIND, ("r", "c")) == [row("c")]


def test_statements_join_the_callers_transaction(shelves: Database) -> None:
    with shelves.engine.connect() as connection, connection.begin() as transaction:
        session = Session(connection, owned=False)
        session.write([Write(shelf.ADD, [row(text) for text in HOSTILE])])
        assert len(session.fetch([Fetch(shelf.FIND_IN_ROOM, [("r",)])])[0]) == len(HOSTILE)
        transaction.rollback()
    assert find(shelves, shelf.FIND_IN_ROOM, ("r",)) == []


def test_a_snapshot_sees_one_moment(shelves: Database) -> None:
    add(shelves, row("a"))
    with shelves.snapshot() as session:
        (before,) = session.fetch([Fetch(shelf.FIND_IN_ROOM, [("r",)])])
        add(shelves, row("b"))
        (after,) = session.fetch([Fetch(shelf.FIND_IN_ROOM, [("r",)])])
    assert before == after == [row("a")]


# --- texts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", shelf.STATEMENTS)
def test_texts_are_constant(statement: Statement) -> None:
    """They are made once: however many rows travel, the database sees a text that it knows."""
    assert sqlite._prepared(statement) is sqlite._prepared(statement)
    for server in (POSTGRESQL, OTHER):
        prepared = postgresql._prepared(statement, server)
        assert postgresql._prepared(statement, server) is prepared
        assert prepared.sql


def test_a_text_is_the_same_for_one_row_as_for_a_thousand(postgresql: Database) -> None:
    shelf.lay(postgresql)
    with postgresql.transaction() as session:
        session.write([Write(shelf.ADD, [row("a")])])
        session.write([Write(shelf.ADD, [row(str(n)) for n in range(1000)])])
        session.fetch([Fetch(shelf.FIND, [("r", "a")])])
        session.fetch([Fetch(shelf.FIND, [("r", str(n)) for n in range(1000)])])
        kept = session.connection.exec_driver_sql(
            "SELECT statement, generic_plans + custom_plans FROM pg_prepared_statements"
            " WHERE statement LIKE '%%unnest(%%' AND statement NOT LIKE '%%pg_prepared%%'"
        ).all()
    assert sorted((text.split()[0], plans) for text, plans in kept) == [("INSERT", 2), ("SELECT", 2)]
