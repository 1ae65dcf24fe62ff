"""Stops every writer of a database for a while, as a slow disk or a long report might."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
from sqlalchemy import make_url


@contextmanager
def writes_blocked(url: str) -> Iterator[None]:
    """Nothing is written, or commits, for the length of the block."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        assert parsed.database
        with closing(sqlite3.connect(parsed.database, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("ROLLBACK")
        return
    address = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        connection.execute("LOCK TABLE folio IN EXCLUSIVE MODE")
        yield
        connection.rollback()
