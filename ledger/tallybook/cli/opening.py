"""Opening the book that a command names, and telling in one line why it failed. Knows no command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Final, NoReturn

import typer

from tallybook.book import Book
from tallybook.codes import CodeKey
from tallybook.db.database import DRIVER_ERRORS, Database
from tallybook.db.schema import has_schema
from tallybook.errors import InvalidInput, RevisionPlanned, StaleEtag, TallybookError

EXIT_NOT_RIGHT: Final = 1
EXIT_USAGE: Final = 2
EXIT_FAILED: Final = 3

URL_VARIABLE: Final = "TALLYBOOK_URL"

BookUrl = Annotated[
    str,
    typer.Argument(
        metavar="URL",
        envvar=URL_VARIABLE,
        help="Where the book is: sqlite:///shop.db, postgresql://user@host/shop",
    ),
]
ProgramCode = Annotated[
    str, typer.Option("--program", envvar="TALLYBOOK_PROGRAM", help="Code of the program")
]


@contextmanager
def opened(
    url: str,
    *,
    may_be_new: bool = False,
    may_be_empty: bool = False,
    migrate: bool = False,
    code_key: CodeKey | None = None,
) -> Iterator[Book]:
    """The open book at a URL; whatever goes wrong with it ends the command with a line of text.

    A slip in a URL must not make a new and empty book, so only commands that begin one may. A database that
    is there may be empty for a command that writes the first thing in it.
    """
    with failures_told():
        if not may_be_new:
            _check_there(url, may_be_empty=may_be_empty)
        with Book.open(url, migrate=migrate, code_key=code_key) as book:
            yield book


@contextmanager
def failures_told() -> Iterator[None]:
    """End the command with one line instead of a traceback when the library refuses or the database fails."""
    try:
        yield
    except InvalidInput as error:
        stop(error, EXIT_USAGE)
    except (StaleEtag, RevisionPlanned) as error:
        stop(error, EXIT_NOT_RIGHT)
    except (TallybookError, *DRIVER_ERRORS) as error:
        stop(error, EXIT_FAILED)


def stop(reason: object, exit_code: int) -> NoReturn:
    """End the command, saying why in one line on standard error."""
    typer.echo(f"tallybook: {_one_line(reason)}", err=True)
    raise typer.Exit(exit_code)


def _one_line(reason: object) -> str:
    said = _driver_words(reason)
    if not said:
        cause = _driver_words(getattr(reason, "__cause__", None))
        said = f"{reason} ({cause})" if cause else str(reason)
    return " ".join(said.split())


def _driver_words(error: object) -> str:
    """What the database's driver said, without what SQLAlchemy adds: the statement and a link."""
    original = getattr(error, "orig", None) or error
    return str(original) if isinstance(original, DRIVER_ERRORS) else ""


def _check_there(url: str, *, may_be_empty: bool) -> None:
    database = Database(url)
    try:
        path = database.url.database
        in_file = url.startswith("sqlite") and path and path != ":memory:" and not path.startswith("file:")
        if in_file and not os.path.exists(path or ""):
            stop(f"there is no file {path}; `tallybook migrate` makes a new book", EXIT_FAILED)
        # A file of no length would have one by being opened.
        is_blank = in_file and not os.path.getsize(path or "")
        if not may_be_empty and (is_blank or not has_schema(database)):
            stop(f"there is no book in {path}; `tallybook migrate` makes one", EXIT_FAILED)
    finally:
        database.dispose()
