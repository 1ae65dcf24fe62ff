"""Commands that prove a book: verify, seal, trial-balance. Knows the book, files and a terminal."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from tallybook.book import Book
from tallybook.cli.opening import (
    EXIT_FAILED,
    EXIT_NOT_RIGHT,
    EXIT_USAGE,
    BookUrl,
    ProgramCode,
    opened,
    stop,
)
from tallybook.cli.progress import progress_bar
from tallybook.errors import UnknownProgram
from tallybook.journal.seal import Seal
from tallybook.journal.verify import Disagreement
from tallybook.members.count import CountMembers
from tallybook.programs import ProgramInvalid
from tallybook.reports.trial_balance import TrialBalance, TrialBalanceSheet

WIDTH_MIN = 100


def verify(
    url: BookUrl,
    program: ProgramCode,
    after: Annotated[str, typer.Option(metavar="MEMBER", help="Resume behind this member")] = "",
    against: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A seal: nothing that it covers has changed")
    ] = None,
) -> None:
    """Replay every member's history and print each disagreement: member, entry, problem."""
    members = entries = disagreements = 0
    with opened(url) as book:
        seal = None if against is None else _read_seal(against)
        total = _count(book, CountMembers(program=program, after=after))
        try:
            with (
                progress_bar("members verified", total) as advance,
                closing(book.verify(program, after, against=seal)) as all_checked,
            ):
                for checked in all_checked:
                    if found := checked.disagreement:
                        disagreements += 1
                        typer.echo(_told(found))
                    if checked.member:
                        after = checked.member
                        members += 1
                        entries += checked.entries
                        advance(1)
        except KeyboardInterrupt:
            stop(f"stopped; go on with --after {after}", EXIT_FAILED)
    typer.echo(f"verified {members} members, {entries} entries: {disagreements} disagreements", err=True)
    if disagreements:
        raise typer.Exit(EXIT_NOT_RIGHT)


def _count(book: Book, query: CountMembers) -> int | None:
    """How many members there are to verify; None where the program cannot be read: verifying tells why."""
    try:
        return book.ask(query)
    except (ProgramInvalid, UnknownProgram):
        return None


def _told(found: Disagreement) -> str:
    place = f"{found.member}: entry {found.entry}" if found.member else found.program
    return f"{place}: {found.problem}"


def _read_seal(file: Path) -> Seal:
    try:
        return Seal.from_json(file.read_bytes())
    except OSError as error:
        stop(f"cannot read {file}: {error.strerror}", EXIT_USAGE)


def seal(url: BookUrl, program: ProgramCode) -> None:
    """Print the hash of all heads as JSON, to be kept elsewhere: `verify --against` compares with it later.

    Verify first: what is sealed is what is there. The root alone, on standard error, stands for all of it.
    """
    with opened(url) as book:
        made = book.seal(program)
    typer.echo(made.to_json())
    typer.echo(f"sealed {made.members} members, {made.entries} entries: root {made.root}", err=True)


def trial_balance(
    url: BookUrl,
    program: ProgramCode,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object")] = False,
) -> None:
    """Print what every account holds. In each unit, all accounts together come to zero."""
    with opened(url) as book:
        sheet = book.ask(TrialBalance(program=program))
    if as_json:
        typer.echo(msgspec.json.encode(sheet).decode())
    else:
        _print_table(sheet)
    if wrong := [unit for unit in sheet.units() if sheet.difference(unit)]:
        stop(f"{', '.join(wrong)} does not balance", EXIT_NOT_RIGHT)


def _print_table(sheet: TrialBalanceSheet) -> None:
    title = f"Trial balance of {sheet.program} as of {sheet.as_of.isoformat(timespec='seconds')}"
    table = Table("unit", "account", "fund", title=title)
    table.add_column("amount", justify="right", no_wrap=True)
    for unit in sheet.units():
        for each in sheet.accounts:
            if each.unit == unit:
                table.add_row(unit, each.account, each.fund, f"{each.amount:,}")
        table.add_section()
        table.add_row(unit, "together", "", f"{sheet.difference(unit):,}")
        table.add_section()
    console = Console(file=sys.stdout)
    # Where there is no terminal to measure, amounts still come whole.
    console.print(table, width=max(console.width, WIDTH_MIN) if not console.is_terminal else None)
