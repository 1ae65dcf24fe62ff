"""The schema that migrations lay is the one the code works with, however many lay it at once."""

import multiprocessing
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import tallybook
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, text
from tallybook.db import revisions, schema
from tallybook.db.columns import METADATA
from tallybook.db.database import Database
from tallybook.db.schema import NEWEST, VERSION_TABLE, prepare_schema
from tallybook.errors import DatabaseUnavailable, InvalidInput, SchemaOutdated

from tests.db.catalogue import catalogue
from tests.db.empty_databases import emptied
from tests.processes import of_a_fork_server

CONTENDERS = 4
FOLDER = Path(schema.__file__).parent / "migrations"


# --- what is laid ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("databases", ["sqlite", "postgresql"], indirect=True)
def test_the_migrated_schema_is_what_the_code_works_with(new_database: Callable[[], str]) -> None:
    migrated = Database(new_database())
    with emptied(new_database()) as from_metadata, migrated.engine.connect() as connection:
        METADATA.create_all(from_metadata.engine)
        with from_metadata.engine.connect() as other:
            wanted = catalogue(other)
        found = catalogue(connection)
    migrated.dispose()
    del found[VERSION_TABLE]
    assert found == wanted
    assert len(wanted) == len(METADATA.tables)


def test_alembic_finds_nothing_to_add(database: Database) -> None:
    with database.engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []


def test_newest_names_the_last_revision() -> None:
    assert ScriptDirectory(str(FOLDER)).get_heads() == [NEWEST]


def test_an_application_keeps_its_own_alembic_table(database: Database) -> None:
    with database.engine.connect() as connection:
        assert "alembic_version" not in catalogue(connection)


# --- when ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("migrate", [False, True])
def test_an_empty_database_gets_its_tables(database_url: str, migrate: bool) -> None:
    with emptied(database_url) as database:
        prepare_schema(database, migrate)
        prepare_schema(database, migrate)
        with database.engine.connect() as connection:
            assert set(catalogue(connection)) == {*METADATA.tables, VERSION_TABLE}


def test_a_current_database_costs_one_query(database: Database) -> None:
    prepare_schema(database, migrate=False)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    for engine in {database.engine, database._keyed}:
        event.listen(engine, "before_cursor_execute", note)
    prepare_schema(database, migrate=True)
    assert [each for each in asked if each != "BEGIN"] == [f"SELECT version_num FROM {VERSION_TABLE}"]


def test_opening_a_current_database_imports_no_alembic(sqlite_url: str) -> None:
    code = f"import sys, tallybook\ntallybook.Book.open({sqlite_url!r})\nsys.exit('alembic' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_failed_migration_leaves_nothing_behind(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    release(tmp_path, monkeypatch, "0002", "op.create_table('t', sa.Column('n', sa.Integer)); 1 / 0")
    with emptied(database_url) as database:
        with pytest.raises(ZeroDivisionError):
            prepare_schema(database, migrate=True)
        with database.engine.connect() as connection:
            assert catalogue(connection) == {}


# --- releases --------------------------------------------------------------------------------------------


def release(folder: Path, monkeypatch: pytest.MonkeyPatch, number: str, change: str) -> None:
    """Make this the release that adds one revision to today's."""
    versions = folder / "versions"
    versions.mkdir()
    for path in (*FOLDER.glob("*.py"), *FOLDER.glob("versions/*.py")):
        (folder / path.relative_to(FOLDER)).write_text(path.read_text())
    (versions / f"r{number}_later.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision = {number!r}, {NEWEST!r}\ndef upgrade():\n    {change}\n"
    )
    monkeypatch.setattr(revisions, "MIGRATIONS", str(folder))
    monkeypatch.setattr(schema, "NEWEST", number)


ADD_A_COLUMN = "op.add_column('folio', sa.Column('later', sa.Integer))"


def test_an_older_database_is_refused_with_facts(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    release(tmp_path, monkeypatch, "0002", ADD_A_COLUMN)
    with pytest.raises(SchemaOutdated) as refused:
        prepare_schema(database, migrate=False)
    assert refused.value.facts() == {"found": NEWEST, "needed": "0002"}


def test_an_older_database_is_migrated_when_asked(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    release(tmp_path, monkeypatch, "0002", ADD_A_COLUMN)
    prepare_schema(database, migrate=True)
    prepare_schema(database, migrate=False)
    with database.engine.connect() as connection:
        assert "later" in " ".join(catalogue(connection)["folio"])


@pytest.mark.parametrize("migrate", [False, True])
def test_a_newer_database_is_refused_with_facts(database: Database, migrate: bool) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(SchemaOutdated) as refused:
        prepare_schema(database, migrate)
    assert refused.value.facts() == {"found": "9999", "needed": NEWEST}


def test_the_book_refuses_what_it_cannot_read(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(SchemaOutdated, match="9999"):
        tallybook.Book.open(database.url.render_as_string(hide_password=False))


# --- all at once -----------------------------------------------------------------------------------------


def open_together(url: str, gate: "threading.Barrier", outcomes: "multiprocessing.Queue[str]") -> None:
    """Wait for the others, then open the database; say how it went."""
    database = Database(url)
    try:
        gate.wait(timeout=60)
        prepare_schema(database, migrate=False)
        outcomes.put("fine")
    except Exception as error:
        outcomes.put(repr(error))
        raise
    finally:
        database.dispose()


@pytest.mark.parametrize("turn", range(3))
def test_processes_that_open_an_empty_database_together_all_succeed(database_url: str, turn: int) -> None:
    with emptied(database_url):
        pass
    if database_url.startswith("sqlite"):
        Path(database_url.removeprefix("sqlite:///")).unlink()
    context = of_a_fork_server()
    gate = context.Barrier(CONTENDERS)
    outcomes = context.Queue()
    contenders = [
        context.Process(target=open_together, args=(database_url, gate, outcomes)) for _ in range(CONTENDERS)
    ]
    for each in contenders:
        each.start()
    said = [outcomes.get(timeout=60) for _ in contenders]
    for each in contenders:
        each.join(timeout=60)
    assert said == ["fine"] * CONTENDERS


def test_threads_that_open_an_empty_database_together_all_succeed(database_url: str) -> None:
    with emptied(database_url):
        pass
    gate = threading.Barrier(CONTENDERS)
    outcomes: multiprocessing.Queue[str] = multiprocessing.Queue()
    contenders = [
        threading.Thread(target=open_together, args=(database_url, gate, outcomes)) for _ in range(CONTENDERS)
    ]
    for each in contenders:
        each.start()
    for each in contenders:
        each.join(timeout=60)
    assert [outcomes.get(timeout=10) for _ in contenders] == ["fine"] * CONTENDERS


# --- out of reach ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all/book.db", "postgresql://nobody@127.0.0.1:1/nothing"]
)
def test_a_database_out_of_reach_is_said_to_be(url: str) -> None:
    with pytest.raises(DatabaseUnavailable):
        tallybook.Book.open(url)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("", "is no database URL"),
        ("shop.db", "is no database URL"),
        ("mysql://host/shop", "names 'mysql'"),
        ("postgresql+asyncpg://host/shop", "names 'postgresql\\+asyncpg'"),
        ("postgresql://[::1", "does not close the bracket"),
        ("postgresql://host:5432x/shop", "has a port that is no number"),
        ("postgresql://db..local/shop", "has a host whose name cannot be one"),
        (f"postgresql://{'h' * 64}/shop", "has a host whose name cannot be one"),
        ("postgresql://me:p@ss:secret@host/shop", "cannot be read; signs such as @"),
        ("sqlite:///shop.db?timeout=soon", "has an option that cannot be read"),
        ("sqlite:///shop.db?mode=ro", "has an option that cannot be read"),
    ],
)
def test_a_url_of_something_else_is_refused(url: str, problem: str) -> None:
    with pytest.raises(InvalidInput, match=f"url: {problem}"):
        tallybook.Book.open(url)


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(InvalidInput) as refused:
        tallybook.Book.open("postgresql:/user:secret@host")
    assert "secret" not in str(refused.value)
