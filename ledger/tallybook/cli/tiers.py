"""The command tiers-simulate: how many members would move where. Knows the book and a terminal."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import Final

import typer
from rich.console import Console
from rich.table import Table

from tallybook.cli.documents import DocumentFile, UrlOrDocument, mistakes_told, read_document, url_and_file
from tallybook.cli.opening import opened
from tallybook.cli.progress import progress_bar
from tallybook.earning.wording import counted_text

WIDTH: Final = 160


def tiers_simulate(url: UrlOrDocument, file: DocumentFile = "") -> None:
    """Print where the ladders of another program would put every member with what they have now.

    Nothing is written to the book. Members stand by what counts today, as if they came to a ladder now.
    """
    url, name = url_and_file("tiers-simulate", url, file)
    text = read_document(name)
    with opened(url) as book, mistakes_told(name), progress_bar("members looked at", None) as advance:
        found = book.simulate_ladders(text, progress=advance)
    # Where there is no terminal to measure, names still come whole. Names of members are no markup.
    width = None if sys.stdout.isatty() else WIDTH
    console = Console(file=sys.stdout, width=width, markup=False, emoji=False, highlight=False)
    for ladder, moves in groupby(found.moves, key=lambda move: move.ladder):
        table = Table("now", "would be", title=ladder)
        table.add_column("members", justify="right", no_wrap=True)
        table.add_column("such as")
        for move in moves:
            names = ", ".join(move.sample)
            table.add_row(move.before or "none", move.after or "none", f"{move.members:,}", names)
        console.print(table)
    typer.echo(counted_text(found.members, "member"), err=True)
