"""Commands that keep a book in order: migrate, sweep, rollup, forget-refusals. Knows the book only."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final

import typer

from tallybook.book import REFUSALS_KEPT_DEFAULT
from tallybook.cli.opening import BookUrl, opened
from tallybook.cli.progress import progress_bar
from tallybook.db.schema import NEWEST

DAYS_MIN: Final = REFUSALS_KEPT_DEFAULT.days
DAYS_MAX: Final = 36_500
BATCH_MAX: Final = 100_000


def migrate(url: BookUrl) -> None:
    """Lay a new book's tables, or bring an older book's up to this release."""
    with opened(url, may_be_new=True, migrate=True):
        typer.echo(f"the book is at schema {NEWEST}")


def sweep(
    url: BookUrl,
    batch: Annotated[int, typer.Option(min=1, max=BATCH_MAX, help="Members to settle at a time")] = 1000,
) -> None:
    """Record what time has done, until nothing is due: points lapsed or vested, holds that ran out."""
    settled = 0
    with opened(url) as book, progress_bar("members settled", None) as advance:
        while found := book.sweep(batch):
            settled += found
            advance(found)
    typer.echo(f"settled {settled} members")


def rollup(url: BookUrl) -> None:
    """Bring the sums behind the trial balance up to date. It is exact without, and quicker with."""
    with opened(url) as book:
        book.roll_up()
    typer.echo("rolled up")


def forget_refusals(
    url: BookUrl,
    days: Annotated[int, typer.Option(min=DAYS_MIN, max=DAYS_MAX, help="Of this age or older")] = DAYS_MIN,
) -> None:
    """Delete recorded refusals that nobody will ask about again. Entries stay for good."""
    with opened(url) as book:
        forgotten = book.forget_refusals(timedelta(days=days))
    typer.echo(f"forgot {forgotten} refusals")
