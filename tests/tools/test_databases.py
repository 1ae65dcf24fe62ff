"""A database that one test has written to is as new for the next; one that was altered is given to nobody."""

import os
import secrets
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url
from tallybook.db.schema import VERSION_TABLE

from tests.conftest import RUN
from tests.databases import PostgresDatabases


def said(url: str, *statements: str) -> list[Any]:
    """Run statements on the database, each in a transaction of its own; the rows that the last one finds."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        for each in statements[:-1]:
            connection.execute(each.encode())
        return connection.execute(statements[-1].encode()).fetchall()


@pytest.fixture
def fresh_databases(server_url: str) -> PostgresDatabases:
    """With nothing to spare yet: what other tests wrote may be analyzed by the server at any moment."""
    return PostgresDatabases(server_url, os.environ[RUN], process=secrets.token_hex(4))


@pytest.mark.parametrize("care", ["SELECT 1", "ANALYZE pg_class", "VACUUM pg_attribute"])
def test_what_was_written_is_gone_for_the_next(fresh_databases: PostgresDatabases, care: str) -> None:
    first = fresh_databases.create()
    said(first, "INSERT INTO rollup_mark (name, position) VALUES ('rollup', 1)", care, "SELECT 1")
    fresh_databases.drop(first)
    second = fresh_databases.create()
    assert second == first
    assert said(second, "SELECT position FROM rollup_mark") == []
    assert len(said(second, f"SELECT version_num FROM {VERSION_TABLE}")) == 1


def test_what_was_emptied_is_not_analyzed_while_the_next_has_it(fresh_databases: PostgresDatabases) -> None:
    first = fresh_databases.create()
    many = "INSERT INTO rollup_mark (name, position) SELECT 'no ' || n, n FROM generate_series(1, 500) n"
    said(first, many, "SELECT pg_stat_force_next_flush()", "SELECT 1")
    fresh_databases.drop(first)
    second = fresh_databases.create()
    assert second == first
    changed = "SELECT coalesce(sum(n_dead_tup + n_mod_since_analyze), 0)::int FROM pg_stat_user_tables"
    assert said(second, changed) == [(0,)]


@pytest.mark.parametrize(
    "alteration",
    [
        "CREATE TABLE more (id int)",
        "DROP TABLE pool",
        "DROP INDEX folio_due",
        "ALTER TABLE pool ADD COLUMN more int",
        "ALTER TABLE lot SET (fillfactor = 71)",
        "ALTER TABLE pool ALTER COLUMN drawn DROP NOT NULL",
        "ALTER TABLE pool DROP CONSTRAINT pool_pkey",
        "CREATE SCHEMA more",
        "CREATE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        f"DROP TABLE {VERSION_TABLE}",
        "ANALYZE",
        "VACUUM folio",
        f"UPDATE {VERSION_TABLE} SET version_num = '9999'",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = 64', current_database()); END $$",
    ],
)
def test_what_was_altered_is_given_to_nobody(fresh_databases: PostgresDatabases, alteration: str) -> None:
    first = fresh_databases.create()
    said(first, "INSERT INTO rollup_mark (name, position) VALUES ('rollup', 1)", alteration, "SELECT 1")
    fresh_databases.drop(first)
    second = fresh_databases.create()
    assert second != first
    assert said(second, "SELECT position FROM rollup_mark") == []
    fresh_databases.drop(second)
