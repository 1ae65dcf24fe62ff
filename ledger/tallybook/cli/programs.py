"""Commands about programs: apply, programs, schema. Knows the book, files and a terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from tallybook.cli.opening import EXIT_NOT_RIGHT, EXIT_USAGE, URL_VARIABLE, BookUrl, opened, stop
from tallybook.programs import Problem, ProgramInvalid
from tallybook.programs import schema as document_schema

STANDARD_INPUT = "-"


def apply(
    url: Annotated[str, typer.Argument(metavar="[URL]", help="Where the book is")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document; - reads standard input")] = "",
    etag: Annotated[str | None, typer.Option(help="Only if the program in force is at this etag")] = None,
    simulate: Annotated[
        bool, typer.Option("--simulate", help="Say what would come of it, change nothing")
    ] = False,
) -> None:
    """Put a program document in force as the next revision; every mistake is told as file:line:column."""
    url, name = _url_and_file(url, file)
    text = _read(name)
    with opened(url) as book:
        try:
            applied = book.apply(text, etag=etag, simulate=simulate)
        except ProgramInvalid as invalid:
            _tell_problems("<stdin>" if name == STANDARD_INPUT else name, invalid)
            raise typer.Exit(EXIT_NOT_RIGHT) from invalid
    change = "unchanged" if applied.unchanged else "would be in force" if simulate else "in force"
    typer.echo(f"{applied.program} revision {applied.revision} {change}, etag {applied.etag}")


def _url_and_file(first: str, second: str) -> tuple[str, str]:
    """One place alone is the document, and the URL comes from the environment."""
    url, name = (first, second) if second else (os.environ.get(URL_VARIABLE, ""), first)
    if not url:
        stop(f"apply needs a URL, or {URL_VARIABLE}, and a FILE", EXIT_USAGE)
    return url, name


def _read(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
        return raw.decode()
    except OSError as error:
        stop(f"cannot read {name}: {error.strerror}", EXIT_USAGE)
    except UnicodeDecodeError as error:
        stop(f"{name} is not UTF-8: {error.reason} at byte {error.start}", EXIT_NOT_RIGHT)


def _tell_problems(name: str, invalid: ProgramInvalid) -> None:
    for problem in invalid.problems:
        typer.echo(f"{name}:{problem.line}:{problem.column}: {_told(problem)}", err=True)
    if invalid.total > len(invalid.problems):
        typer.echo(f"{name}: and {invalid.total - len(invalid.problems)} more", err=True)


def _told(problem: Problem) -> str:
    hint = f" (did you mean {problem.suggestion!r}?)" if problem.suggestion is not None else ""
    return f"{problem.path or 'the document'} {problem.message}{hint}"


def programs(url: BookUrl) -> None:
    """List the programs in force, with revision, etag and when they were applied."""
    with opened(url) as book:
        after = ""
        while page := book.programs(after=after):
            for each in page:
                applied_at = each.applied_at.isoformat(timespec="seconds")
                typer.echo(f"{each.program}  revision {each.revision}  etag {each.etag}  {applied_at}")
                after = each.program


def schema() -> None:
    """Print the JSON Schema of program documents, for completion and checks in an editor."""
    typer.echo(msgspec.json.format(msgspec.json.encode(document_schema()), indent=2).decode())
