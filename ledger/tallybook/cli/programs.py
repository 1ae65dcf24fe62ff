"""Commands about programs: apply, programs, revisions, schema. Knows the book, files and a terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import msgspec
import typer

from tallybook.cli.documents import DocumentFile, UrlOrDocument, mistakes_told, read_document, url_and_file
from tallybook.cli.opening import EXIT_USAGE, BookUrl, ProgramCode, opened, stop
from tallybook.programs import Applied
from tallybook.programs import schema as document_schema


def apply(
    url: UrlOrDocument,
    file: DocumentFile = "",
    at: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="When it takes force, such as 2027-01-01T00:00+01:00; now if left out"
        ),
    ] = None,
    etag: Annotated[str | None, typer.Option(help="Only if the newest revision is at this etag")] = None,
    simulate: Annotated[
        bool, typer.Option("--simulate", "--dry-run", help="Say what would come of it, change nothing")
    ] = False,
) -> None:
    """Make a program document the next revision, and tell what it changes of the newest, value by value.

    Every mistake is told as file:line:column.
    """
    url, name = url_and_file("apply", url, file)
    text = read_document(name)
    with opened(url, may_be_empty=not simulate) as book, mistakes_told(name):
        applied = book.apply(text, at=_moment(at), etag=etag, simulate=simulate)
    for change in applied.changes:
        typer.echo(change)
    if applied.moves_days:
        typer.echo("what members have already may vest or lapse at other times than before")
    typer.echo(f"{applied.program} revision {_what_became(applied, simulate)}, etag {applied.etag}")


def _what_became(applied: Applied, simulate: bool) -> str:
    is_planned = applied.in_force_from > datetime.now(UTC)
    since = f" from {_told(applied.in_force_from)} on" if is_planned else ""
    if applied.unchanged:
        return f"{applied.revision} unchanged" + (f", in force{since}" if is_planned else "")
    return f"{applied.revision} {'would be ' if simulate else ''}in force{since}"


def _moment(text: str | None) -> datetime | None:
    try:
        return None if text is None else datetime.fromisoformat(text)
    except ValueError:
        stop(f"--at {text} is no time, such as 2027-01-01T00:00+01:00", EXIT_USAGE)


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def programs(url: BookUrl) -> None:
    """List the programs in force, with revision, etag and when they were applied."""
    with opened(url) as book:
        after = ""
        while page := book.programs(after=after):
            for each in page:
                applied_at = _told(each.applied_at)
                typer.echo(f"{each.program}  revision {each.revision}  etag {each.etag}  {applied_at}")
                after = each.program


def revisions(url: BookUrl, program: ProgramCode) -> None:
    """List a program's revisions, the newest first, with when they were applied and take force."""
    with opened(url) as book:
        before: int | None = None
        while lines := book.revisions(program, before):
            for line in lines:
                applied, since = _told(line.applied_at), _told(line.in_force_from)
                typer.echo(
                    f"revision {line.revision}  etag {line.etag}  applied {applied}  in force from {since}"
                )
                before = line.revision


def schema() -> None:
    """Print the JSON Schema of program documents, for completion and checks in an editor."""
    typer.echo(msgspec.json.format(msgspec.json.encode(document_schema()), indent=2).decode())
