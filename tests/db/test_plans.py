"""Rows are reached by key, whatever the planner knows of the tables: a plan made while they are empty stays.

PostgreSQL keeps the plan of a prepared statement. One that scans a table was right while that was empty, and
halves the throughput within minutes of going live.
"""

from collections.abc import Iterator
from datetime import date, datetime
from types import ModuleType

import pytest
from sqlalchemy import Connection, text
from tallybook.db import postgresql as rendering
from tallybook.db import sqlite as sqlite_rendering
from tallybook.db.columns import METADATA
from tallybook.db.database import Database
from tallybook.db.servers import POSTGRESQL
from tallybook.db.statements import Lookup, Remove, parameter_columns
from tallybook.engine import in_force
from tallybook.journal import tables

from tests.databases import PostgresDatabases
from tests.db.good_rows import fill
from tests.db.shelf import NOON

KEYS = 100


def constants(kind: type, *modules: ModuleType) -> dict[str, object]:
    """The statements of a kind, by name, that modules hold."""
    return {
        name: value for module in modules for name, value in vars(module).items() if isinstance(value, kind)
    }


LOOKUPS = [pytest.param(lookup, id=name) for name, lookup in constants(Lookup, tables, in_force).items()]

EMPTY, ANALYZED, FILLED = "never looked at", "known to be empty", "ten thousand rows"
ROWS = 10_000


def plan(connection: Connection, statement: Lookup | Remove, mode: str) -> str:
    """How PostgreSQL would run a statement for a hundred keys, with a plan of this kind."""
    prepared = rendering._prepared(statement, POSTGRESQL)
    zero = {str: "", int: 0, datetime: NOON, date: NOON.date(), bytes: b""}
    row = tuple(zero[column.type.python_type] for column in parameter_columns(statement))
    values = ", ".join("'{}'".format(each.replace("'", "''")) for each in prepared.parameters([row] * KEYS))
    connection.execute(text(f"SET LOCAL plan_cache_mode = {mode}"))
    connection.exec_driver_sql(f"PREPARE tried AS {prepared.travelling.sql.decode()}".replace("%", "%%"))
    lines = connection.exec_driver_sql(f"EXPLAIN EXECUTE tried({values})").scalars().all()
    connection.execute(text("DEALLOCATE tried"))
    return "\n".join(lines)


@pytest.fixture(scope="module", params=[EMPTY, ANALYZED, FILLED])
def planned(postgres_databases: PostgresDatabases, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database in one of the states that a plan may be made in. Nothing that is tried in it stays."""
    url = postgres_databases.create()
    database = Database(url)
    with database.engine.begin() as connection:
        for table in METADATA.tables if request.param != EMPTY else ():
            if request.param == FILLED:
                fill(connection, table, ROWS)
            connection.execute(text(f"ANALYZE {table}"))
    yield database
    database.dispose()
    postgres_databases.drop(url)


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_a_prepared_lookup_probes_an_index(planned: Database, lookup: Lookup) -> None:
    with planned.transaction() as session:
        found = plan(session.connection, lookup, "force_generic_plan")
    assert "Index" in found, found
    assert "Seq Scan" not in found, found


@pytest.mark.parametrize("planned", [EMPTY, FILLED], indirect=True)
@pytest.mark.parametrize("lookup", LOOKUPS)
def test_a_lookup_on_the_callers_connection_probes_an_index(planned: Database, lookup: Lookup) -> None:
    """Planned anew each time, with the caller's settings: a table known to be empty may well be scanned."""
    with planned.engine.connect() as connection:
        found = plan(connection, lookup, "force_custom_plan")
    assert "Index" in found, found
    assert "Seq Scan" not in found, found


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_sqlite_probes_an_index(sqlite_url: str, lookup: Lookup) -> None:
    database = Database(sqlite_url)
    sql = sqlite_rendering._prepared(lookup).sql
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", ("[]",)).all()
    database.dispose()
    details = [row.detail for row in rows]
    assert any(detail.startswith("SEARCH t USING") for detail in details), details
    assert not any(detail.startswith("SCAN t") for detail in details), details
