"""The command `tallybook`: what an operator does to a book by hand. Knows the library and a terminal.

Exit codes: 0 done; 1 the book or the document is not right; 2 wrong usage; 3 failed, nothing was found out.
Importing the library imports none of this, nor what it needs.
"""

from __future__ import annotations

import sys

import structlog
import typer

from tallybook.cli.backtest import backtest
from tallybook.cli.cards import issue_cards
from tallybook.cli.draws import draw
from tallybook.cli.keeping import forget_refusals, migrate, rollup, sweep
from tallybook.cli.money import reconcile, stored_value
from tallybook.cli.opening import EXIT_FAILED
from tallybook.cli.people import reviews, segments
from tallybook.cli.programs import apply, programs, revisions, schema
from tallybook.cli.reports import seal, trial_balance, verify
from tallybook.cli.tiers import tiers_simulate

app = typer.Typer(
    help="Keep a book of points: its schema, its programs, its proofs.",
    epilog="TALLYBOOK_URL stands in for URL, and TALLYBOOK_PROGRAM for --program.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    migrate,
    apply,
    programs,
    revisions,
    schema,
    backtest,
    tiers_simulate,
    verify,
    seal,
    trial_balance,
    stored_value,
    reconcile,
    issue_cards,
    segments,
    reviews,
    sweep,
    rollup,
    forget_refusals,
):
    app.command()(command)
app.add_typer(draw, name="draw")


def main() -> None:
    """Run the command that the arguments name, and exit."""
    # Standard output is for answers, which may be piped on.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    try:
        app(prog_name="tallybook")
    except OSError as error:  # the answer's own file, or one for sorting, on a disk that is full
        typer.echo(f"tallybook: {error.strerror or error}", err=True)
        sys.exit(EXIT_FAILED)
