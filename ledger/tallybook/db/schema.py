"""The schema of a database: laid, brought up to date, or refused. Knows revisions by number, and no tables.

Each change of the schema is a revision in `migrations/versions`, told apart by number, and never edited once
released. The number that a database stands at is kept in the database.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from tallybook.db.database import Database
from tallybook.db.failures import Failure
from tallybook.db.servers import server_behind
from tallybook.errors import DatabaseUnavailable, SchemaOutdated

NEWEST: Final = "0001"
"""The revision that this release works with. It stands here so that opening a database needs no Alembic."""

VERSION_TABLE: Final = "tallybook_schema"
"""Not Alembic's own name for it: the book may lie in the database of an application that uses Alembic too."""

MEETING_STATES: Final = frozenset({"40001", "42P07", "23505", "42710"})
"""Serialization failure; what is to be made is there already: a table, a row, something else by that name."""

LAYING_MAX: Final = timedelta(seconds=20)
"""How long somebody else may take to lay the tables, where that cannot be waited for with a lock."""

_ADVISORY_LOCK: Final = 0x7A11B001


def prepare_schema(database: Database, migrate: bool) -> None:
    """Give an empty database its tables, and one of an older release the newest ones if `migrate` is set.

    Several processes may do this at once: one of them lays the schema, the others wait for it. A database
    that is up to date costs one query.

    Raises `SchemaOutdated` for an older one without `migrate`, and for one that a newer release has migrated;
    `DatabaseUnavailable` for one that cannot be reached.
    """
    try:
        while not _is_newest(database):
            try:
                _lay_or_migrate(database, migrate)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", "") not in MEETING_STATES or not _another_lays(database):
                    raise
    except DBAPIError as error:
        if database.classify(error) is Failure.GONE:
            raise DatabaseUnavailable from error
        raise


def has_schema(database: Database) -> bool:
    """Whether there is a book in a database, of any release. Raises `DatabaseUnavailable`."""
    try:
        with database.snapshot() as session:
            return inspect(session.connection).has_table(VERSION_TABLE)
    except DBAPIError as error:
        if database.classify(error) is Failure.GONE:
            raise DatabaseUnavailable from error
        raise


def _another_lays(database: Database) -> bool:
    """Wait for another process that lays the schema; whether it has.

    They get into each other's way on servers that merely speak PostgreSQL's protocol, which may have nothing
    to lock each other out by.
    """
    with database.engine.connect() as connection:
        server = server_behind(connection)
    if server is None or server.has_advisory_locks:
        return False
    give_up = time.monotonic() + LAYING_MAX.total_seconds()
    while not _is_newest(database):
        if time.monotonic() > give_up:
            return False
        time.sleep(0.1)
    return True


def _is_newest(database: Database) -> bool:
    try:
        with database.snapshot() as session:
            return _recorded(session.connection) == NEWEST
    except DBAPIError as error:
        if database.classify(error) is not Failure.BROKEN:
            raise
        return False  # there is no such table: the database has no schema yet


def _recorded(connection: Connection) -> str | None:
    found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return found


def _lay_or_migrate(database: Database, migrate: bool) -> None:
    from tallybook.db import revisions  # noqa: PLC0415 - Alembic is slow to import, and rarely needed

    with database.engine.begin() as connection:
        _lock_out_others(connection)
        found = _recorded(connection) if inspect(connection).has_table(VERSION_TABLE) else None
        if found == NEWEST:
            return  # another process was quicker
        if found is not None and not (migrate and revisions.is_known(found)):
            raise SchemaOutdated(found=found, needed=NEWEST)
        revisions.upgrade(connection, NEWEST)


def _lock_out_others(connection: Connection) -> None:
    """Wait until no other process migrates. On SQLite, having begun the transaction has done that."""
    server = server_behind(connection)
    if server is not None and server.has_advisory_locks:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
