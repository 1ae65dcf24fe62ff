"""Databases without a schema. Knows no pytest."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from tallybook.db.database import Database


@contextmanager
def emptied(url: str) -> Iterator[Database]:
    """The database at `url`, opened, with everything in it gone."""
    database = Database(url)
    try:
        with database.engine.begin() as connection:
            if database.is_postgresql:
                connection.execute(text("DROP SCHEMA public CASCADE"))
                connection.execute(text("CREATE SCHEMA public"))
            else:
                tables = text("SELECT name FROM sqlite_master WHERE type = 'table'")
                for name in connection.execute(tables).scalars().all():
                    connection.execute(text(f"DROP TABLE {name}"))
        yield database
    finally:
        database.dispose()
