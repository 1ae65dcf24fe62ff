"""Fresh, migrated databases for tests, on SQLite and on PostgreSQL. Knows no pytest.

Migrating takes longer than most tests, so each kind migrates one template and gives every test a copy of it.
"""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from sqlalchemy import make_url
from tallybook.db.database import Database
from tallybook.db.schema import prepare_schema

# Shared by the processes of one test run, which otherwise would each lay the template.
TEMPLATE_LOCK = 0x7A11B00C


def lay_schema(url: str) -> None:
    """Bring the empty database at `url` to the newest schema. The one place where tests meet migrations.

    Must leave no connection open: PostgreSQL copies no template that somebody is connected to.
    """
    database = Database(url)
    try:
        prepare_schema(database, migrate=True)
    finally:
        database.dispose()


class Databases(ABC):
    """Makes databases of one kind and removes them."""

    @abstractmethod
    def create(self) -> str:
        """Make a fresh, migrated database and return its SQLAlchemy URL."""

    @abstractmethod
    def drop(self, url: str) -> None:
        """Remove the database, whoever is still connected to it."""


class SqliteDatabases(Databases):
    """Files in `folder`, each a copy of a template file beside them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0

    def create(self) -> str:
        template = self._folder / "template.sqlite"
        if not template.exists():
            lay_schema(f"sqlite:///{template}")
            template.touch()
            assert not Path(f"{template}-wal").exists(), "lay_schema left a connection open"
        self._made += 1
        copy = self._folder / f"{self._made}.sqlite"
        shutil.copyfile(template, copy)
        return f"sqlite:///{copy}"

    def drop(self, url: str) -> None:
        path = Path(url.removeprefix("sqlite:///"))
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)


class PostgresDatabases(Databases):
    """Databases on the server at `server_url`, all named after one test run so that its end can find them."""

    def __init__(self, server_url: str, run: str, process: str) -> None:
        self._url = make_url(server_url).set(drivername="postgresql+psycopg")
        self._run = run
        self._process = process
        self._made = 0

    def create(self) -> str:
        template = f"{self._run}_template"
        if not self._made:
            self._lay_template(template)
        self._made += 1
        name = f"{self._run}_{self._process}_{self._made}"
        with self._administrator() as connection:
            connection.execute(_statement("CREATE DATABASE {} TEMPLATE {}", name, template))
        return self._url_of(name)

    def drop(self, url: str) -> None:
        with self._administrator() as connection:
            connection.execute(_statement("DROP DATABASE {} WITH (FORCE)", _database_in(url)))

    def drop_all(self) -> None:
        """Remove every database of this run, the template too."""
        with self._administrator() as connection:
            found = connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{self._run}_"]
            )
            for (name,) in found.fetchall():
                connection.execute(_statement("DROP DATABASE {} WITH (FORCE)", name))

    def _lay_template(self, template: str) -> None:
        # Migrated under another name and then renamed: a template is whole or is not there.
        unfinished = f"{self._run}_unfinished"
        with self._administrator() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
                return
            connection.execute(_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", unfinished))
            connection.execute(
                _statement("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", unfinished)
            )
            lay_schema(self._url_of(unfinished))
            connection.execute(_statement("ALTER DATABASE {} RENAME TO {}", unfinished, template))

    @contextmanager
    def _administrator(self) -> Iterator[psycopg.Connection[Any]]:
        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            yield connection

    def _url_of(self, database: str) -> str:
        return self._url.set(database=database).render_as_string(hide_password=False)


def _database_in(url: str) -> str:
    database = make_url(url).database
    assert database is not None
    return database


def _statement(template: LiteralString, *names: str) -> sql.Composed:
    return sql.SQL(template).format(*map(sql.Identifier, names))
