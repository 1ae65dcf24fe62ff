"""Fresh databases for the example, each gone afterwards. Knows no Tallybook."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tools.postgres import postgres_server


@contextmanager
def sqlite_database() -> Iterator[str]:
    """A database in a file of a temporary folder; yields its URL."""
    with tempfile.TemporaryDirectory(prefix="grocer-") as folder:
        yield f"sqlite:///{folder}/book.db"


DATABASES = {"sqlite": sqlite_database, "postgresql": postgres_server}
