"""One open database: its engines, and sessions that run bulk statements in a transaction.

Knows both dialects by name, and is the only module above them that does.
"""

from __future__ import annotations

import re
import sqlite3
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from math import inf
from typing import Any, Final, LiteralString

import psycopg
import sqlalchemy
from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.exc import DisconnectionError, SAWarning
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from tallybook.db import postgresql, sqlite
from tallybook.db.failures import Failure
from tallybook.db.servers import COUNTED, Server, server_behind, server_of, url_of_any_server
from tallybook.db.statements import Fetch, Row, Write
from tallybook.db.turns import Turns
from tallybook.errors import Contention, DatabaseUnavailable, InvalidInput, OutcomeUnknown

DRIVERS: Final = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "cockroachdb": "postgresql+psycopg",
    "cockroachdb+psycopg": "postgresql+psycopg",
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
}
"""What a URL may begin with, and the driver that serves it."""

DRIVER_ERRORS: Final = (sqlalchemy.exc.SQLAlchemyError, psycopg.Error, sqlite3.Error)
"""What can come up from below. Bulk statements bypass SQLAlchemy: their drivers' errors come as they are."""

CONNECT_SECONDS: Final = 5
"""The driver's own is over two minutes, for each of several tries, while callers wait in a queue."""

WAITING_MAX: Final = timedelta(minutes=1)
"""How long a line may stand still before those in it give up: the database does not answer those before them.
Where it moves, everybody's turn comes, though a crowd that does much may take longer."""

WITHOUT_LIMIT: Final = -1
"""For the pools, where threads wait in no order: they have had their turns before they come there."""

UNFIT: Final = frozenset({Failure.GONE, Failure.SLOW, Failure.BROKEN})
"""Failures after which a connection is not used again."""

TRIPS_ONLY: Final = None
"""The driver prepares nothing by itself: when it rolls back, it would drop what trips have prepared too."""


class Session:
    """Bulk statements on one connection, inside a transaction that somebody else opened.

    A caller's is opened here where it is not yet: SQLAlchemy does so at the first statement that it sees, and
    it sees none of these. What it knows nothing of, it would not commit.
    """

    __slots__ = ("_owned", "_raw", "_server", "connection")

    def __init__(self, connection: Connection, owned: bool) -> None:
        self.connection = connection
        self._raw: Any = connection.connection.driver_connection
        self._server = server_behind(connection)
        self._owned = owned
        if not owned and not connection.in_transaction():
            connection.begin()

    @property
    def is_owned(self) -> bool:
        """Whether it is no caller's transaction."""
        return self._owned

    def start_over(self) -> None:
        """Let go of what was locked, in a transaction that has written nothing, and begin another."""
        assert self._owned, "only the owner of a transaction ends it"
        self.connection.rollback()
        self.connection.begin()

    def begin_writing(self) -> None:
        """See to it that what is read from now on stays as it is until it is written.

        PostgreSQL locks the folios as they are read. SQLite's driver begins a caller's transaction only at
        its first write, which is too late. Raises `InvalidInput` for a connection that commits each statement
        by itself: nothing would be locked on the one, and nobody would commit on the other.
        """
        if self._server is not None:
            commits_each = self._raw.autocommit
        else:
            commits_each = self._raw.isolation_level is None and not self._raw.in_transaction
        if commits_each:
            raise InvalidInput("connection", "must be in a transaction, and not in AUTOCOMMIT")
        if self._server is None and not self._raw.in_transaction:
            self._raw.execute("BEGIN IMMEDIATE")

    def fetch(self, fetches: Sequence[Fetch]) -> list[list[Row]]:
        """The rows of each lookup, in the order of its keys."""
        if self._server is not None:
            return postgresql.fetch(self._raw, self._server, fetches, self._owned)
        return sqlite.fetch(self._raw, fetches)

    def write(self, writes: Sequence[Write]) -> None:
        """Make the changes, in order; the caller's transaction decides whether they stay."""
        if self._server is not None:
            postgresql.write(self._raw, self._server, writes, self._owned, commit=False)
        else:
            sqlite.write(self._raw, writes)

    def write_and_commit(self, writes: Sequence[Write]) -> None:
        """Make the changes and commit them, in one round trip where the database allows it."""
        assert self._owned, "only the owner of a transaction commits it"
        if self._server is not None:
            postgresql.write(self._raw, self._server, writes, True, commit=True)
        else:
            sqlite.write(self._raw, writes)
            self.connection.commit()


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where threads wait before they take a connection: who reads does not stand behind those who write."""

    commands: Turns
    changes: Turns
    lookups: Turns
    reports: Turns
    counting: Turns
    """Of those who wait for commands: all who commit where the book counts commits."""


class Database:
    """A database that is open: `Database(url)`. Raises `InvalidInput` for a URL that makes no sense.

    `engine` serves reports and set-up; the hot path has connections of its own, whose planner is told that
    rows are reached by key. Of each kind (commands, changes, lookups, reports) `pool_size` transactions run
    at a time, and as many connections of each engine stay open; threads beyond that take turns. On SQLite,
    commands and changes together go one by one, and in memory everything does. On servers where the book
    counts its commits, commands do.
    """

    def __init__(self, url: str, pool_size: int = 10) -> None:
        if pool_size < 1:
            raise InvalidInput("pool_size", "must be 1 or more")
        self.url = parsed = _parsed(url)
        self._pool_size = pool_size
        self._gone_at = -inf
        self.is_postgresql = parsed.get_backend_name() == "postgresql"
        if self.is_postgresql:
            self.engine = _report_engine(parsed, pool_size)
            self._keyed = _keyed_engine(parsed, pool_size)
            self._drop_stale_connections()
        else:
            self.engine = self._keyed = _sqlite_engine(parsed, pool_size)
        self._lines = self._new_lines()
        reading: dict[str, Any] = (
            {"isolation_level": "REPEATABLE READ"} if self.is_postgresql else {"tallybook_reads": True}
        )
        self._keyed_snapshots = self._keyed.execution_options(**reading)
        self._snapshots = self.engine.execution_options(**reading)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that means to write; committed by `write_and_commit`, rolled back otherwise.

        Raises `DatabaseUnavailable` when its turn does not come; other errors are the driver's.
        """
        lines = self._lines
        with self._session(self._keyed, lines.commands, lines.counting) as session:
            yield session

    @contextmanager
    def snapshot(self, keyed: bool = False) -> Iterator[Session]:
        """A session that only reads, and sees one moment throughout; `keyed` for lookups by key alone.

        Raises `DatabaseUnavailable` when the database cannot be reached, or goes away meanwhile.
        """
        lines = self._lines
        engine, line = (self._keyed_snapshots, lines.lookups) if keyed else (self._snapshots, lines.reports)
        try:
            with self._session(engine, line) as session:
                yield session
        except Exception as error:
            if self.classify(error) in (Failure.GONE, Failure.SLOW):
                raise DatabaseUnavailable from error
            raise

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """A connection for changes other than commands, committed at the end.

        Raises `DatabaseUnavailable`, `OutcomeUnknown` when the database goes away during the commit, or
        `Contention` when others are in the way.
        """
        committing = False
        try:
            with (
                _turn(self._lines.changes),
                self.engine.connect() as connection,
                self._let_go_if_unfit(connection),
                connection.begin(),
            ):
                yield connection
                committing = True
        except Exception as error:
            failure = self.classify(error)
            if failure is Failure.GONE:
                raise (OutcomeUnknown if committing else DatabaseUnavailable) from error
            if failure in (Failure.BUSY, Failure.SLOW, Failure.TRY_AGAIN):
                raise Contention from error
            raise

    @contextmanager
    def _session(self, engine: Engine, line: Turns, counting: Turns | None = None) -> Iterator[Session]:
        with _turn(line), engine.connect() as connection, ExitStack() as until_the_end:
            if counting is not None and _counts_commits(connection):
                until_the_end.enter_context(_turn(counting))
            connection.begin()
            with self._let_go_if_unfit(connection):
                yield Session(connection, owned=True)

    @contextmanager
    def _let_go_if_unfit(self, connection: Connection) -> Iterator[None]:
        """Put no connection back that the database has ended or will not serve. Bulk statements bypass
        SQLAlchemy, which has to be told; and where a database was read-only for a while, it stays so for
        connections of that time.
        """
        try:
            yield
        except BaseException as error:
            failure = self.classify(error)
            if failure in UNFIT:
                connection.invalidate()
            if failure is Failure.GONE:
                self._gone_at = time.monotonic()
            raise

    def _drop_stale_connections(self) -> None:
        """Once a connection is lost, trust none that is older: a restart of the server has ended them all."""

        @event.listens_for(self._keyed, "connect")
        def _note_age(_raw: Any, record: ConnectionPoolEntry) -> None:
            record.info["since"] = time.monotonic()

        @event.listens_for(self._keyed, "checkout")
        def _check_age(_raw: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
            if record.info["since"] < self._gone_at:
                raise DisconnectionError

    def classify(self, error: BaseException) -> Failure | None:
        """What an error means for the batch that met it; None for one that is not the database's."""
        if isinstance(error, DatabaseUnavailable):
            return Failure.GONE
        cause = error.orig if isinstance(error, sqlalchemy.exc.DBAPIError) else error
        if cause is None:
            return None
        return (postgresql.classify if self.is_postgresql else sqlite.classify)(cause)

    def dispose(self) -> None:
        """Close every connection; the next use opens new ones. Call it in a child process after a fork."""
        self._lines = self._new_lines()  # threads that had a turn are not there in a child, to give it back
        self.engine.dispose()
        if self._keyed is not self.engine:
            self._keyed.dispose()

    def _new_lines(self) -> _Lines:
        if self.is_postgresql:
            commands, changes, lookups, reports = (Turns(self._pool_size) for _ in range(4))
            return _Lines(commands, changes, lookups, reports, Turns(1))
        writers = Turns(1)
        if isinstance(self.engine.pool, StaticPool):
            return _Lines(writers, writers, writers, writers, writers)
        return _Lines(writers, writers, Turns(self._pool_size), Turns(self._pool_size), writers)


def _counts_commits(connection: Connection) -> bool:
    """Whether all who commit wait for each other at the end. Those of one process rather do so before they
    begin: where a transaction sees one moment throughout, the one that comes second there has to begin anew.
    """
    server = server_behind(connection)
    return server is not None and server.order is COUNTED


@contextmanager
def _turn(line: Turns) -> Iterator[None]:
    thread = line.take(WAITING_MAX.total_seconds())
    if thread is None:
        raise DatabaseUnavailable
    try:
        yield
    finally:
        line.give_back(thread)


def _parsed(url: str) -> sqlalchemy.URL:
    try:
        parsed = make_url(url)
    except sqlalchemy.exc.ArgumentError as error:
        # The text may hold a password, so it is not repeated.
        raise InvalidInput("url", "is no database URL, such as sqlite:///shop.db") from error
    except ValueError:
        raise InvalidInput("url", _misspelt(url)) from None  # its text would repeat what may be a password
    driver = DRIVERS.get(parsed.drivername)
    if driver is None:
        raise InvalidInput("url", f"names {parsed.drivername!r}: a book is kept in PostgreSQL or SQLite")
    if parsed.host and not all(map(_may_be_host, parsed.host.split(","))):
        raise InvalidInput(
            "url", "has a host whose name cannot be one, as in postgresql://user@db..local/shop"
        )
    return parsed.set(drivername=driver)


def _may_be_host(name: str) -> bool:
    """Whether the name of a host can be looked up at all; a socket's folder is none."""
    try:
        return name.startswith("/") or bool(name.encode("idna"))
    except UnicodeError:
        return False


def _misspelt(url: str) -> str:
    """What is wrong with a URL whose parts cannot be told apart."""
    host = re.split("[/?]", url.partition("://")[2].rpartition("@")[2])[0]
    port = host.rpartition(":")[2]
    if host.count("[") != host.count("]"):
        return "does not close the bracket around its host, as postgresql://user@[::1]:5432/shop does"
    if ":" in host and port and not port.isdecimal():
        return "has a port that is no number, as in postgresql://user@host:5432/shop"
    return "cannot be read; signs such as @ : / in a password are written %40 %3A %2F"


def _report_engine(url: sqlalchemy.URL, pool_size: int) -> Engine:
    engine = sqlalchemy.create_engine(
        url_of_any_server(url),
        pool_size=pool_size,
        max_overflow=WITHOUT_LIMIT,
        pool_pre_ping=True,
        connect_args={"prepare_threshold": TRIPS_ONLY, **_patience_to_connect(url)},
    )
    _settle_in(engine, lambda server: server.report_settings)
    return engine


def _keyed_engine(url: sqlalchemy.URL, pool_size: int) -> Engine:
    engine = sqlalchemy.create_engine(
        url_of_any_server(url),
        pool_size=pool_size,
        max_overflow=WITHOUT_LIMIT,
        pool_pre_ping=False,  # the engine retries a batch whose connection was stale
        connect_args={"prepare_threshold": TRIPS_ONLY, **_patience_to_connect(url)},
    )
    _settle_in(engine, lambda server: server.keyed_settings)
    return engine


def _patience_to_connect(url: sqlalchemy.URL) -> dict[str, Any]:
    """How long to wait for a server that does not answer; what the URL says goes before."""
    return {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_SECONDS}


def _settle_in(engine: Engine, settings: Callable[[Server], LiteralString]) -> None:
    """Give each new connection its settings, as its server takes them."""

    @event.listens_for(engine, "connect")
    def _set(raw: Any, _record: object) -> None:
        raw.execute(settings(server_of(raw)), prepare=False)
        raw.commit()


def _sqlite_engine(url: sqlalchemy.URL, pool_size: int) -> Engine:
    in_memory = url.database in (None, "", ":memory:")
    sized = {"pool_size": pool_size, "max_overflow": WITHOUT_LIMIT}
    options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else sized
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", SAWarning)  # of options that would do nothing
            engine = sqlalchemy.create_engine(url, connect_args={"check_same_thread": False}, **options)
    except (ValueError, SAWarning) as error:
        raise InvalidInput("url", f"has an option that cannot be read: {error.args[0]}") from None

    @event.listens_for(engine, "connect")
    def _set(raw: Any, _record: object) -> None:
        sqlite.settle_in(raw)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("tallybook_reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine
