"""The commands under draw: recompute what was drawn. Knows the book and a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer

from tallybook.book import Book
from tallybook.cli.opening import EXIT_FAILED, EXIT_NOT_RIGHT, BookUrl, ProgramCode, opened, stop
from tallybook.cli.progress import Advance, progress_bar
from tallybook.draws.checking import draw_faults
from tallybook.draws.queries import GetDraw, ListDraws
from tallybook.draws.views import ResultView

RESULTS_AT_A_TIME: Final = 1_000

draw = typer.Typer(help="Draws: what was drawn by lot.", no_args_is_help=True)


@draw.callback()
def _draws() -> None:
    """Draws: what was drawn by lot."""


@draw.command()
def verify(
    url: BookUrl,
    name: Annotated[str, typer.Argument(metavar="DRAW", help="Its name in the program")],
    program: ProgramCode,
    number: Annotated[int, typer.Option("--round", help="By default the newest")] = 0,
) -> None:
    """Recompute every result of a round of a draw that was closed, and print each that differs.

    It reads what everybody may know. Who does not trust this command checks the same with another program:
    decision 20 has the formula, and `tallybook-client verify-draw` was written from that alone.
    """
    with opened(url) as book:
        told = book.ask(GetDraw(program=program, draw=name, round=number))
        if not told.seed:
            stop(f"round {told.round} of {name} is open: its seed is told when it is closed", EXIT_FAILED)
        faults = 0
        with progress_bar("results recomputed", told.results) as advance:
            for fault in draw_faults(program, told, _results(book, program, name, told.round, advance)):
                faults += 1
                typer.echo(fault)
    if faults:
        raise typer.Exit(EXIT_NOT_RIGHT)
    typer.echo(f"{told.results:,} results of round {told.round} are as they were drawn", err=True)


def _results(book: Book, program: str, name: str, number: int, advance: Advance) -> Iterator[ResultView]:
    token = ""
    while True:
        page = book.ask(
            ListDraws(program=program, draw=name, round=number, page_size=RESULTS_AT_A_TIME, page_token=token)
        )
        for result in page.results:
            yield result
            advance(1)
        token = page.next_page_token
        if not token:
            return
