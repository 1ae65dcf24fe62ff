"""Reads a provider's settlement file, CSV with columns of its own naming. Pure: no clock, no database."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from tallybook.errors import InvalidInput
from tallybook.journal.accounts import MAX_AMOUNT
from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.reports.settlement import PAID, REFUNDED, Settled

REFERENCE_LENGTH_MAX: Final = 512
_AMOUNT: Final = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,9})?", re.ASCII)
_DATE: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ].*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Columns:
    """How a provider names its columns, and what it calls payments and refunds.

    Without a column for the kind, what is below zero is a refund. With one, no payment is below zero, and
    refunds may be. Without a column for the currency, all is in `all_in`. `ignored` kinds, such as fees, are
    left out. Amounts are in whole money with its decimals, or in minor units.
    """

    reference: str = "reference"
    amount: str = "amount"
    currency: str = "currency"
    kind: str = "kind"
    day: str = "date"
    paid: frozenset[str] = frozenset({PAID})
    refunded: frozenset[str] = frozenset({REFUNDED})
    ignored: frozenset[str] = frozenset()
    all_in: str = ""
    minor_units: bool = False
    delimiter: str = ","


USUAL: Final = Columns()


def read_settlement(lines: Iterable[str], columns: Columns = USUAL) -> Iterator[tuple[Settled, date | None]]:
    """The payments of a file with the day of each, one at a time, as they come.

    Raises `InvalidInput`, by its line, for what cannot be read: it may be all that is wrong.
    """
    if len(columns.delimiter) != 1 or columns.delimiter in '"\r\n':
        raise InvalidInput("delimiter", "must be one character, no quote and no end of a line")
    reader = csv.reader(lines, delimiter=columns.delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        places = _places(header, columns)
        for row in reader:
            if row:
                _check_length(row, header, reader.line_num)
                yield from _read_row(row, places, columns, reader.line_num)
    except csv.Error as error:
        raise InvalidInput(f"line {reader.line_num}", f"is not CSV: {error}") from error


def _places(header: list[str], columns: Columns) -> Mapping[str, int]:
    """Where the columns are that are there, by what they hold."""
    wanted = {name: getattr(columns, name) for name in ("reference", "amount", "currency", "kind", "day")}
    found = {name: header.index(column) for name, column in wanted.items() if column in header}
    for name in ("reference", "amount", *(() if columns.all_in else ("currency",))):
        if name not in found:
            raise InvalidInput("line 1", f"has no column {wanted[name]!r}, but {', '.join(header)}")
    for name in found:
        if header.count(wanted[name]) > 1:
            raise InvalidInput("line 1", f"has the column {wanted[name]!r} twice")
    return found


def _check_length(row: list[str], header: list[str], line: int) -> None:
    """Refuse a row with more values than columns: an amount whose thousands stand apart would be two."""
    if any(value.strip() for value in row[len(header) :]):
        raise InvalidInput(f"line {line}", f"has {len(row)} values for {len(header)} columns")


def _read_row(
    row: list[str], places: Mapping[str, int], columns: Columns, line: int
) -> Iterator[tuple[Settled, date | None]]:
    told = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
    currency = told.get("currency", columns.all_in).upper()
    if "kind" in told and told["kind"] in columns.ignored:
        return
    amount = _amount(told["amount"], currency, columns, line)
    kind = _kind(told["kind"], columns, line) if "kind" in told else PAID if amount > 0 else REFUNDED
    if kind == PAID and amount < 0:
        raise InvalidInput(f"line {line}", f"is a payment of {told['amount']}: what is paid is above zero")
    reference = told["reference"]
    if len(reference) > REFERENCE_LENGTH_MAX:
        raise InvalidInput(f"line {line}", f"has a reference of more than {REFERENCE_LENGTH_MAX} characters")
    yield Settled(kind, reference, currency, abs(amount), line), _day(told.get("day", ""), line)


def _kind(word: str, columns: Columns, line: int) -> str:
    if word in columns.paid:
        return PAID
    if word in columns.refunded:
        return REFUNDED
    known = sorted(columns.paid | columns.refunded | columns.ignored)
    raise InvalidInput(f"line {line}", f"is of kind {word!r}, not one of {', '.join(known)}")


def _amount(text: str, currency: str, columns: Columns, line: int) -> int:
    if currency not in MINOR_UNIT_DECIMALS:
        raise InvalidInput(f"line {line}", f"is in {currency!r}, which is no currency of ISO 4217")
    decimals = 0 if columns.minor_units else MINOR_UNIT_DECIMALS[currency]
    amount = Decimal(text).scaleb(decimals) if _AMOUNT.fullmatch(text) else None
    if amount is None or not 0 < abs(amount) <= MAX_AMOUNT:
        raise InvalidInput(f"line {line}", f"has the amount {text!r}, which is no number that money can be")
    if amount % 1:
        raise InvalidInput(f"line {line}", f"has the amount {text}, more decimals than {currency} has")
    return int(amount)


def _day(text: str, line: int) -> date | None:
    """The day of a date, or of a moment that begins with one."""
    if not text:
        return None
    found = _DATE.fullmatch(text)
    try:
        return date.fromisoformat(found[1] if found else "")
    except ValueError:
        raise InvalidInput(f"line {line}", f"has the date {text!r}, which is none like 2026-12-31") from None
