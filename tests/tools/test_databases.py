"""Every test has a database of its own, of each kind, laid once and copied."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from tests import databases as databases_module
from tests.databases import SqliteDatabases

TABLE = "left_behind"


def leave_a_table(url: str) -> list[str]:
    """Add a table to the database, and say which tables it had before."""
    engine = create_engine(url)
    with engine.begin() as connection:
        before = inspect(connection).get_table_names()
        connection.execute(text(f"CREATE TABLE {TABLE} (n integer)"))
    engine.dispose()
    return before


@pytest.mark.parametrize("turn", ["first", "second"])
def test_no_test_sees_what_another_left(database_url: str, turn: str) -> None:
    assert TABLE not in leave_a_table(database_url)


def test_a_test_can_have_several_databases(new_database: Callable[[], str]) -> None:
    assert TABLE not in leave_a_table(new_database())
    assert TABLE not in leave_a_table(new_database())


def test_one_kind_alone_can_be_asked_for(sqlite_url: str, postgresql_url: str) -> None:
    assert sqlite_url.startswith("sqlite:////")
    assert postgresql_url.startswith("postgresql+psycopg://")


def test_the_schema_is_laid_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid: list[str] = []
    monkeypatch.setattr(databases_module, "lay_schema", laid.append)
    made = SqliteDatabases(tmp_path)
    assert made.create() != made.create()
    assert len(laid) == 1
