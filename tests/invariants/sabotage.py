"""Faults of the database, planted between the engine and its driver. Knows both drivers; no pytest.

A fault strikes before a batch is read, before it is written and committed, or after it was committed and
before anybody heard of it. On PostgreSQL a connection that goes is really ended, by another one.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from unittest.mock import patch

import psycopg
from sqlalchemy import make_url
from tallybook.db.database import Session

POINTS = ("reading", "committing", "committed")
KINDS = ("deadlock", "serialization", "conflict", "gone")

_ON_POSTGRESQL = {
    "deadlock": psycopg.errors.DeadlockDetected,
    "serialization": psycopg.errors.SerializationFailure,
    "conflict": psycopg.errors.UniqueViolation,
    "gone": psycopg.OperationalError,
}
_ON_SQLITE = {
    "deadlock": (sqlite3.OperationalError, sqlite3.SQLITE_BUSY),
    "serialization": (sqlite3.OperationalError, sqlite3.SQLITE_LOCKED),
    "conflict": (sqlite3.IntegrityError, sqlite3.SQLITE_CONSTRAINT_UNIQUE),
    "gone": (sqlite3.OperationalError, sqlite3.SQLITE_IOERR),
}


@dataclass
class Sabotage:
    """Says at each point of each attempt whether a fault strikes, and which; counts the attempts."""

    url: str
    choose: Callable[[str], str | None]
    attempts: int = 0
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Plant faults as long as the block runs."""
        fetch, write_and_commit = Session.fetch, Session.write_and_commit

        def sabotaged_fetch(session: Session, fetches: Any) -> Any:
            self._strike(session, "reading")
            return fetch(session, fetches)

        def sabotaged_write(session: Session, writes: Any) -> None:
            with self._lock:
                self.attempts += 1
            self._strike(session, "committing")
            write_and_commit(session, writes)
            self._strike(session, "committed")

        with (
            patch.object(Session, "fetch", sabotaged_fetch),
            patch.object(Session, "write_and_commit", sabotaged_write),
        ):
            yield

    def _strike(self, session: Session, point: str) -> None:
        with self._lock:
            kind = self.choose(point)
        if kind is None:
            return
        if not self.url.startswith("postgresql"):
            error_class, code = _ON_SQLITE[kind]
            error = error_class(f"planted: {kind}")
            error.sqlite_errorcode = code
            raise error
        if kind == "gone":
            self._end(session)
        if kind != "gone" or point == "committed":
            raise _ON_POSTGRESQL[kind](f"planted: {kind}")

    def _end(self, session: Session) -> None:
        """End the connection of a session: what it does next fails by itself."""
        raw: Any = session.connection.connection.driver_connection
        address = make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as administrator:
            administrator.execute("SELECT pg_terminate_backend(%s, 5000)", [raw.info.backend_pid])


def one_by_one(*faults: tuple[str, str]) -> Callable[[str], str | None]:
    """Each fault once, at its point, in order."""
    waiting = list(faults)

    def choose(point: str) -> str | None:
        return waiting.pop(0)[1] if waiting and waiting[0][0] == point else None

    return choose


def always(point: str, kind: str) -> Callable[[str], str | None]:
    """The same fault at every attempt."""
    return lambda here: kind if here == point else None


def by_chance(source: random.Random, share: float) -> Callable[[str], str | None]:
    """Any fault anywhere, at a share of all points. After the commit, only the connection can fail."""

    def choose(point: str) -> str | None:
        if source.random() >= share:
            return None
        return "gone" if point == "committed" else source.choice(KINDS)

    return choose
