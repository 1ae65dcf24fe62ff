"""The command backtest: what another program would have given. Knows the book, files and a terminal."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from tallybook.cli.documents import (
    DocumentFile,
    UrlOrDocument,
    mistakes_told,
    read_document,
    url_and_file,
    writing,
)
from tallybook.cli.opening import EXIT_USAGE, opened, stop
from tallybook.cli.progress import progress_bar
from tallybook.earning.compared import Backtest, BacktestCell, BacktestUnit, Compared, Counted
from tallybook.earning.replaying import SAMPLE_MAX
from tallybook.earning.wording import counted_text, decimal_text, money_text
from tallybook.programs.currencies import MINOR_UNIT_DECIMALS

WIDTH: Final = 160
NAME_WIDTH_MIN: Final = 12
DAY: Final = ["%Y-%m-%d"]


def backtest(
    url: UrlOrDocument,
    from_: Annotated[datetime, typer.Option("--from", formats=DAY, help="The first local day that counts")],
    to: Annotated[datetime, typer.Option(formats=DAY, help="The last local day that counts")],
    file: DocumentFile = "",
    members: Annotated[
        int | None, typer.Option(min=1, max=SAMPLE_MAX, help="Only so many members, drawn by lot")
    ] = None,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the figures as CSV")
    ] = None,
    parquet_file: Annotated[
        Path | None, typer.Option("--parquet", metavar="FILE", help="Write the figures as Parquet")
    ] = None,
) -> None:
    """Tell the recorded events again under another program, and print what it would have given.

    Nothing is written to the book. The figures in files are by month, tier, rule and unit.
    """
    if parquet_file is not None and find_spec("pyarrow") is None:
        stop("--parquet needs pyarrow: install tallybook[parquet]", EXIT_USAGE)
    url, name = url_and_file("backtest", url, file)
    text = read_document(name)
    with opened(url) as book, mistakes_told(name), progress_bar("events told again", None) as advance:
        found = book.backtest(text, from_.date(), to.date(), members=members, progress=advance)
    _print(found)
    if csv_file is not None:
        with writing(csv_file):
            _write_csv(csv_file, found)
    if parquet_file is not None:
        with writing(parquet_file):
            _write_parquet(parquet_file, found)


# --- tables ----------------------------------------------------------------------------------------------


def _print(found: Backtest) -> None:
    table = Table(title=f"{found.program} from {found.from_} through {found.to}")
    table.add_column("", min_width=NAME_WIDTH_MIN)
    table.add_column("unit", no_wrap=True)
    is_costed = any(unit.currency for unit in found.units.values())
    for name in ("was", "would be", "change", *(("cost", "would cost", "change") if is_costed else ())):
        table.add_column(name, justify="right", no_wrap=True)
    for title, rows in _sections(found):
        if rows:
            table.add_row(title, style="bold")
            for each in rows:
                table.add_row(*_row(found, each))
            table.add_section()
    # Where there is no terminal to measure, amounts still come whole. Names of members are no markup.
    width = None if sys.stdout.isatty() else WIDTH
    Console(file=sys.stdout, width=width, markup=False, emoji=False, highlight=False).print(table)
    for refused in found.refused:
        typer.echo(f"not taken: {_told(refused)}")
    for failed in found.failed:
        typer.echo(f"failed: rule {_told(failed)}")
    events, members = counted_text(found.events, "event"), counted_text(found.members, "member")
    typer.echo(f"{events} of {members}", err=True)


def _sections(found: Backtest) -> Iterator[tuple[str, Sequence[Compared]]]:
    yield "in all", found.totals()
    yield "by rule", found.by("rule")
    yield "by month", found.by("month")
    tiers = [msgspec.structs.replace(each, name=each.name or "none") for each in found.by("tier")]
    yield "by tier", tiers
    yield "who would have more", found.gained
    yield "who would have less", found.lost


def _row(found: Backtest, each: Compared) -> list[str]:
    unit = found.units[each.unit]
    amounts = [decimal_text(amount, unit.scale) for amount in (each.old, each.new, each.difference)]
    costs = [money_text(cost, unit.currency) for cost in _costs(unit, each)]
    return [f"  {each.name}", unit.display_name, *amounts, *costs]


def _costs(unit: BacktestUnit, each: Compared | BacktestCell) -> list[int]:
    """What it cost, what it would, and the difference; nothing where nobody says what units cost."""
    if not unit.currency:
        return []
    old, new = unit.cost(each.old), unit.cost(each.new)
    return [old, new, new - old]


def _told(each: Counted) -> str:
    return f"{each.detail.removesuffix('.')}: {counted_text(each.events, 'event')}"


# --- files -----------------------------------------------------------------------------------------------


AMOUNTS: Final = ("old", "new", "difference")
"""In whole units."""
COSTS: Final = ("old_cost", "new_cost", "cost_difference")
"""In whole money; empty where nobody says what units cost."""
FIELDS: Final = ("month", "tier", "rule", "unit", *AMOUNTS, "currency", *COSTS)


def _lines(found: Backtest) -> Iterator[list[str | Decimal | None]]:
    for cell in found.cells:
        unit = found.units[cell.unit]
        amounts = [_scaled(amount, unit.scale) for amount in (cell.old, cell.new, cell.new - cell.old)]
        costs: list[Decimal | None] = [
            _scaled(cost, MINOR_UNIT_DECIMALS[unit.currency]) for cost in _costs(unit, cell)
        ]
        where = [cell.month, cell.tier, cell.rule, cell.unit]
        yield [*where, *amounts, unit.currency, *(costs or [None] * 3)]


def _scaled(amount: int, decimals: int) -> Decimal:
    return Decimal(amount).scaleb(-decimals)


def _write_csv(file: Path, found: Backtest) -> None:
    with file.open("w", newline="", encoding="utf-8") as output:
        writer = csv.writer(output)
        writer.writerow(FIELDS)
        writer.writerows(_lines(found))


def _write_parquet(file: Path, found: Backtest) -> None:
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    text, amount = arrow.string(), arrow.decimal128(38, 6)
    types = [amount if name in (*AMOUNTS, *COSTS) else text for name in FIELDS]
    rows = [dict(zip(FIELDS, line, strict=True)) for line in _lines(found)]
    schema = arrow.schema(list(zip(FIELDS, types, strict=True)))
    parquet.write_table(arrow.Table.from_pylist(rows, schema=schema), file)
