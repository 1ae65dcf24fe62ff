"""The files that a command names: documents, with their mistakes told in their places, and what is written.

Knows no command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from tallybook.cli.opening import EXIT_NOT_RIGHT, EXIT_USAGE, URL_VARIABLE, stop
from tallybook.programs import Problem, ProgramInvalid

STANDARD_INPUT: Final = "-"

UrlOrDocument = Annotated[str, typer.Argument(metavar="[URL]", help="Where the book is")]
DocumentFile = Annotated[str, typer.Argument(metavar="FILE", help="The document; - reads standard input")]


def url_and_file(command: str, first: str, second: str) -> tuple[str, str]:
    """One place alone is the document, and the URL comes from the environment."""
    url, name = (first, second) if second else (os.environ.get(URL_VARIABLE, ""), first)
    if not url:
        stop(f"{command} needs a URL, or {URL_VARIABLE}, and a FILE", EXIT_USAGE)
    return url, name


def read_document(name: str) -> str:
    """The text of a document."""
    try:
        raw = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
        return raw.decode()
    except OSError as error:
        stop(f"cannot read {name}: {error.strerror}", EXIT_USAGE)
    except UnicodeDecodeError as error:
        stop(f"{name} is not UTF-8: {error.reason} at byte {error.start}", EXIT_NOT_RIGHT)


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """End the command with one line where a file cannot be written."""
    try:
        yield
    except OSError as error:
        stop(f"cannot write {file}: {error.strerror}", EXIT_USAGE)


@contextmanager
def mistakes_told(name: str) -> Iterator[None]:
    """End the command with every mistake in its place where the document has any."""
    try:
        yield
    except ProgramInvalid as invalid:
        _tell_problems("<stdin>" if name == STANDARD_INPUT else name, invalid)
        raise typer.Exit(EXIT_NOT_RIGHT) from invalid


def _tell_problems(name: str, invalid: ProgramInvalid) -> None:
    for problem in invalid.problems:
        typer.echo(f"{name}:{problem.line}:{problem.column}: {_explained(problem)}", err=True)
    if invalid.total > len(invalid.problems):
        typer.echo(f"{name}: and {invalid.total - len(invalid.problems)} more", err=True)


def _explained(problem: Problem) -> str:
    hint = f" (did you mean {problem.suggestion!r}?)" if problem.suggestion is not None else ""
    return f"{problem.path or 'the document'} {problem.message}{hint}"
