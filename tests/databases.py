"""Fresh, migrated databases for tests: on SQLite, on PostgreSQL, and on what speaks like it. Knows no pytest.

Migrating takes longer than most tests, so each kind migrates one template and gives every test a copy of it.
On PostgreSQL a copy takes longer than most tests too, so one that can be emptied is given to another test.
"""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, LiteralString

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


MISSING: Final = tuple(
    f"REVOKE EXECUTE ON FUNCTION pg_catalog.{function} FROM PUBLIC"
    for function in (
        "pg_current_xact_id()",
        "pg_current_snapshot()",
        "txid_current()",
        "txid_current_snapshot()",
        "pg_advisory_lock(bigint)",
        "pg_advisory_xact_lock(bigint)",
        "pg_control_system()",
    )
)
"""What a server that merely speaks PostgreSQL's protocol may not have."""

ELSEWHERE: Final = (
    "CREATE SCHEMA elsewhere",
    "GRANT USAGE ON SCHEMA elsewhere TO PUBLIC",
    """CREATE FUNCTION elsewhere.version() RETURNS text LANGUAGE sql AS
       $$ SELECT 'CockroachDB CCL v25.4.0 (a lookalike)' $$""",
    """CREATE FUNCTION elsewhere.refuse_brin() RETURNS event_trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() d JOIN pg_class c ON c.oid = d.objid
                    JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'brin')
         THEN RAISE 'there is no such access method'; END IF;
       END $$""",
    """CREATE EVENT TRIGGER no_brin ON ddl_command_end WHEN TAG IN ('CREATE INDEX')
       EXECUTE FUNCTION elsewhere.refuse_brin()""",
)
"""What the search path finds before PostgreSQL's own, and what refuses to be laid."""


AS_MADE: Final = """
    WITH ours AS (SELECT oid, relpages, reltuples FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    SELECT (SELECT row(sum(relpages), sum(reltuples)) FROM ours),
        (SELECT row(count(*), max(s.xmin::text::bigint)) FROM pg_statistic s JOIN ours ON oid = starelid),
        (SELECT row(count(*), max(xmin::text::bigint)) FROM pg_class),
        (SELECT row(count(*), max(xmin::text::bigint)) FROM pg_attribute),
        (SELECT row(count(*), max(xmin::text::bigint)) FROM pg_constraint),
        (SELECT row(count(*), max(xmin::text::bigint)) FROM pg_namespace),
        (SELECT row(count(*), max(xmin::text::bigint)) FROM pg_proc),
        (SELECT row(count(*), max(xmin::text::bigint)) FROM pg_trigger),
        (SELECT count(*) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
            WHERE d.datname = current_database()),
        (SELECT array_agg(version_num) FROM tallybook_schema)
"""
"""What tells a copy that was altered from one that was written to: what its catalogues have, and since when.

One whose tables were vacuumed or analyzed was altered too: its queries may be planned in other ways. The
catalogues themselves are vacuumed and analyzed by the server whenever it thinks fit, which alters nothing.
"""

OTHERS: Final = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
EMPTY: Final = """
    DO $$ DECLARE it regclass; BEGIN
        FOR it IN SELECT oid FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'tallybook_schema'
        LOOP EXECUTE format('DELETE FROM %s', it); END LOOP;
        PERFORM pg_stat_force_next_flush();
    END $$
"""
FORGET: Final = "SELECT pg_stat_reset()"
"""Said once what was deleted is counted: or else the server would soon analyze what is empty now."""
SIZE_MAX: Final = 32 * 2**20
"""Of a database that is kept: emptying a large one takes longer than making one."""


class Databases(ABC):
    """Makes databases of one kind and removes them."""

    @abstractmethod
    def create(self) -> str:
        """Make a fresh, migrated database and return its SQLAlchemy URL."""

    @abstractmethod
    def drop(self, url: str) -> None:
        """Take the database back, whoever is still connected to it."""


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
        self._as_made: dict[str, tuple[Any, ...] | None] = {}
        self._spare: list[str] = []

    def create(self) -> str:
        if self._spare:
            return self._spare.pop()
        template = f"{self._run}_template"
        if not self._made:
            self._lay_template(template)
        self._made += 1
        name = f"{self._run}_{self._process}_{self._made}"
        url = self._url_of(name)
        with self._administrator() as connection:
            connection.execute(
                _statement("CREATE DATABASE {} TEMPLATE {} OWNER {}", name, template, _user_of(url))
            )
        with self._administrator(name) as connection:
            self._as_made[url] = _how_made(connection)
        return url

    def drop(self, url: str) -> None:
        name = _database_in(url)
        with self._administrator(name) as connection:
            connection.execute(f"SELECT pg_terminate_backend(pid, 10000) {OTHERS}")
            if _how_made(connection) == self._as_made[url] and _is_small(connection):
                connection.execute(EMPTY)
                connection.execute(FORGET)
                self._spare.append(url)
                return
        del self._as_made[url]
        with self._administrator() as connection:
            connection.execute(_statement("DROP DATABASE {} WITH (FORCE)", name))

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
                _statement("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'", unfinished)
            )
            self._furnish(connection, unfinished)
            lay_schema(self._url_of(unfinished))
            connection.execute(_statement("ALTER DATABASE {} RENAME TO {}", unfinished, template))

    def _furnish(self, administrator: psycopg.Connection[Any], database: str) -> None:
        """What is done to the template before its schema is laid."""

    @contextmanager
    def _administrator(self, database: str | None = None) -> Iterator[psycopg.Connection[Any]]:
        address = self._url.set(drivername="postgresql", database=database or self._url.database)
        with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
            yield connection

    def _url_of(self, database: str) -> str:
        return self._url.set(database=database).render_as_string(hide_password=False)


class LookalikeDatabases(PostgresDatabases):
    """Databases that have no more of PostgreSQL than servers which merely speak its protocol.

    The role that owns them may call none of the functions that CockroachDB and YugabyteDB have not, creates
    no BRIN index, and is told another version.
    """

    def __init__(self, server_url: str, run: str, process: str) -> None:
        super().__init__(server_url, f"{run}_alike", process)
        self._role = self._run

    def drop_all(self) -> None:
        """Remove every database of this run, and the role."""
        super().drop_all()
        with self._administrator() as connection:
            connection.execute(_statement("DROP ROLE IF EXISTS {}", self._role))

    def _furnish(self, administrator: psycopg.Connection[Any], database: str) -> None:
        administrator.execute(_statement("DROP ROLE IF EXISTS {}", self._role))
        administrator.execute(_statement("CREATE ROLE {} LOGIN", self._role))
        administrator.execute(
            _statement("ALTER ROLE {} SET search_path = public, elsewhere, pg_catalog", self._role)
        )
        administrator.execute(_statement("ALTER DATABASE {} OWNER TO {}", database, self._role))
        with self._administrator(database) as connection:
            connection.execute(_statement("ALTER SCHEMA public OWNER TO {}", self._role))
            for each in (*MISSING, *ELSEWHERE):
                connection.execute(each)

    def _url_of(self, database: str) -> str:
        url = self._url.set(database=database, username=self._role, password=None)
        return url.render_as_string(hide_password=False)


def _how_made(connection: psycopg.Connection[Any]) -> tuple[Any, ...] | None:
    try:
        return connection.execute(AS_MADE).fetchone()
    except psycopg.errors.UndefinedTable:
        return None


def _is_small(connection: psycopg.Connection[Any]) -> bool:
    found = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return found is not None and found[0] < SIZE_MAX


def _user_of(url: str) -> str:
    user = make_url(url).username
    assert user is not None
    return user


def _database_in(url: str) -> str:
    database = make_url(url).database
    assert database is not None
    return database


def _statement(template: LiteralString, *names: str) -> sql.Composed:
    return sql.SQL(template).format(*map(sql.Identifier, names))
