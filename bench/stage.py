"""What a benchmark is given: databases of its own, a length to run for, and a place to show its progress."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

import psycopg
from psycopg import sql
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import make_url

from tools.postgres import postgres_server


class Length(StrEnum):
    """How long a benchmark runs. `quick` only shows that it runs: its figures mean nothing."""

    QUICK = "quick"
    DEFAULT = "default"
    LONG = "long"


class Bar:
    """The progress of one thing that takes a while."""

    def __init__(self, progress: Progress, text: str, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task(text, total=total)

    def advance(self, steps: int = 1) -> None:
        """So many more steps are done."""
        self._progress.advance(self._task, steps)

    def finish(self) -> None:
        """All is done: take the bar away."""
        self._progress.remove_task(self._task)


class Stage:
    """A PostgreSQL server and a folder, both gone when the stage closes; progress goes to standard error.

    `workers` is how many processes a Tallybook server has that is measured, `clients` how many call it.
    `server_url` names a PostgreSQL server that runs already, by a role that may create databases.
    """

    def __init__(
        self, length: Length, workers: int = 1, clients: int = 1, server_url: str | None = None
    ) -> None:
        self.length = length
        self.workers = workers
        self.clients = clients
        self._server_url = server_url
        self._closing = ExitStack()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            self.folder = Path(tempfile.mkdtemp(prefix="tallybook-bench-"))
            opening.callback(shutil.rmtree, self.folder, ignore_errors=True)
            self._server = make_url(self._server_url or opening.enter_context(postgres_server()))
            opening.enter_context(self._progress)
            self._closing = opening.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    @contextmanager
    def bar(self, text: str, total: int) -> Iterator[Bar]:
        """A progress bar for the length of the block."""
        bar = Bar(self._progress, text, total)
        try:
            yield bar
        finally:
            bar.finish()

    @contextmanager
    def database(self) -> Iterator[str]:
        """A fresh, empty PostgreSQL database; yields its SQLAlchemy URL."""
        name = f"bench_{secrets.token_hex(4)}"
        with self.connect() as connection:
            connection.execute(_statement("CREATE DATABASE {}", name))
        try:
            yield self._server.set(database=name).render_as_string(hide_password=False)
        finally:
            with self.connect() as connection:
                connection.execute(_statement("DROP DATABASE {} WITH (FORCE)", name))

    @contextmanager
    def connect(self, url: str | None = None) -> Iterator[psycopg.Connection[Any]]:
        """A connection that commits by itself: to a database, or to the server at large."""
        with psycopg.connect(libpq_url(url or self._server), autocommit=True) as connection:
            yield connection


def libpq_url(url: Any) -> str:
    """A SQLAlchemy URL as libpq takes it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _statement(template: Any, name: str) -> sql.Composed:
    return sql.SQL(template).format(sql.Identifier(name))
