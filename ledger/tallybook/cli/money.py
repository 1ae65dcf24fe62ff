"""Commands about money: stored-value, reconcile. Knows the book, files and a terminal."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Annotated, BinaryIO, TextIO

import msgspec
import typer

from tallybook.cli.documents import STANDARD_INPUT, UrlOrDocument, url_and_file
from tallybook.cli.opening import EXIT_NOT_RIGHT, EXIT_USAGE, BookUrl, ProgramCode, opened, stop
from tallybook.earning.wording import money_text
from tallybook.reports.reconciling import SLACK_DAYS, SLACK_DAYS_MAX
from tallybook.reports.settlement import PAID, REFUNDED, SettlementDifference, SettlementSums
from tallybook.reports.settlement_file import USUAL, Columns, read_settlement
from tallybook.reports.stored_value import FundSheet, MoneySheet, StoredValueReport

DAY = ["%Y-%m-%d"]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line")]
SettlementFile = Annotated[str, typer.Argument(metavar="FILE", help="The CSV file; - reads standard input")]


def stored_value(url: BookUrl, program: ProgramCode, as_json: AsJson = False) -> None:
    """Print what came in of each currency and where it is: with members, spent, paid back, or breakage."""
    with opened(url) as book:
        sheets = book.ask(StoredValueReport(program=program))
    for sheet in sheets:
        if as_json:
            typer.echo(msgspec.json.encode(sheet).decode())
        else:
            for line in _told(sheet):
                typer.echo(line)
    if wrong := [sheet.unit for sheet in sheets if not sheet.balances]:
        stop(f"{', '.join(wrong)} does not balance", EXIT_NOT_RIGHT)


def _told(sheet: MoneySheet) -> Iterator[str]:
    yield f"{sheet.unit} ({sheet.currency})"
    for name, came in (("principal", "paid in"), ("bonus", "added")):
        fund: FundSheet = getattr(sheet, name)
        amounts = {
            came: fund.came_in,
            "with members": fund.with_members,
            "spent": fund.spent,
            "paid back": fund.paid_back,
            "lapsed": fund.lapsed,
            "forfeited": fund.forfeited,
        }
        for what, amount in amounts.items():
            yield f"  {name:<10} {what:<13} {money_text(amount, sheet.currency):>24}"


def reconcile(
    url: UrlOrDocument,
    program: ProgramCode,
    file: SettlementFile = "",
    from_: Annotated[
        datetime | None,
        typer.Option("--from", formats=DAY, help="The first local day; the file's by default"),
    ] = None,
    to: Annotated[
        datetime | None, typer.Option(formats=DAY, help="The last local day; the file's by default")
    ] = None,
    slack_days: Annotated[
        int, typer.Option(min=0, max=SLACK_DAYS_MAX, help="Days beside those on which a payment may be told")
    ] = SLACK_DAYS,
    reference: Annotated[str, typer.Option(help="Column of the payment's reference")] = USUAL.reference,
    amount: Annotated[str, typer.Option(help="Column of the amount")] = USUAL.amount,
    currency: Annotated[str, typer.Option(help="Column of the currency")] = USUAL.currency,
    kind: Annotated[
        str, typer.Option(help="Column of the kind; without it, what is below zero is a refund")
    ] = USUAL.kind,
    day: Annotated[str, typer.Option("--date", help="Column of the date")] = USUAL.day,
    paid: Annotated[str, typer.Option(help="Kinds that are payments, with commas between")] = PAID,
    refunded: Annotated[str, typer.Option(help="Kinds that are refunds, with commas between")] = REFUNDED,
    ignored: Annotated[str, typer.Option(help="Kinds to leave out, such as fees")] = "",
    all_in: Annotated[
        str, typer.Option(metavar="CURRENCY", help="The currency, where no column has it")
    ] = "",
    minor_units: Annotated[bool, typer.Option("--minor-units", help="Amounts are in cents")] = False,
    delimiter: Annotated[str, typer.Option(help="What stands between columns")] = ",",
    as_json: AsJson = False,
) -> None:
    """Compare a payment provider's file with the payments that the book confirmed, and print each difference.

    Ends with 1 where there are any.
    """
    url, name = url_and_file("reconcile", url, file)
    if len(delimiter) != 1:
        stop("--delimiter must be one character", EXIT_USAGE)
    columns = Columns(
        reference=reference,
        amount=amount,
        currency=currency,
        kind=kind,
        day=day,
        paid=_words(paid),
        refunded=_words(refunded),
        ignored=_words(ignored),
        all_in=all_in,
        minor_units=minor_units,
        delimiter=delimiter,
    )
    differences = 0
    with opened(url) as book, _lines(name) as lines:
        settlement = read_settlement(lines, columns)
        period = {"from_": from_ and from_.date(), "to": to and to.date()}
        with closing(book.reconcile(program, settlement, slack_days=slack_days, **period)) as found:
            for each in found:
                differences += isinstance(each, SettlementDifference)
                typer.echo(msgspec.json.encode(each).decode() if as_json else _line(each))
    if differences:
        typer.echo(f"{differences} differences", err=True)
        raise typer.Exit(EXIT_NOT_RIGHT)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(",") if word.strip())


@contextmanager
def _lines(name: str) -> Iterator[TextIO]:
    """The lines of a file, as they are read."""
    try:
        with _opened(name) as file:
            lines = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
            try:
                yield lines
            finally:
                lines.detach()  # standard input is not ours to close
    except OSError as error:
        stop(f"cannot read {name}: {error.strerror}", EXIT_USAGE)
    except UnicodeDecodeError as error:
        stop(f"{name} is not UTF-8: {error.reason} at byte {error.start}", EXIT_USAGE)


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if name == STANDARD_INPUT else Path(name).open("rb")


def _line(each: SettlementDifference | SettlementSums) -> str:
    if isinstance(each, SettlementDifference):
        return str(each)
    parts = [
        f"{name} {money_text(getattr(each, f'{name}_here'), each.currency)} here, "
        f"{money_text(getattr(each, f'{name}_there'), each.currency)} there"
        for name in (PAID, REFUNDED)
    ]
    return f"{each.currency}: {'; '.join(parts)}"
