"""Reconciles the money of a program with a payment provider's file, as of one moment. Knows SQL by name only.

Both sides are sorted on disk, so that memory is bounded, however much was paid.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from datetime import date
from typing import Final

import msgspec

from tallybook.db.database import Session
from tallybook.engine.checks import check_day, check_whole
from tallybook.errors import InvalidInput
from tallybook.programs import Program
from tallybook.reports.queries import confirmations
from tallybook.reports.settlement import (
    PAID,
    REFUNDED,
    Comparison,
    Confirmed,
    Settled,
    SettlementDifference,
    SettlementSums,
)
from tallybook.reports.sorting import Sorter

SLACK_DAYS: Final = 3
SLACK_DAYS_MAX: Final = 366
KINDS: Final = {"confirm_top_up": PAID, "activate_card": PAID, "confirm_payout": REFUNDED}
"""The kinds of entry that tell of a payment."""

Settlement = Iterable[tuple[Settled, date | None]]
"""A provider's payments with the day of each: see `read_settlement`."""


class _Reply(msgspec.Struct):
    unit: str
    amount: int
    payment: str = ""


_decode = msgspec.json.Decoder(_Reply).decode


def reconcile(
    session: Session,
    program: Program,
    settlement: Settlement,
    from_: date | None,
    to: date | None,
    slack_days: int,
) -> Generator[SettlementDifference | SettlementSums, None, None]:
    """Each difference between what the provider settled and what the book confirmed, and then the sums."""
    check_whole("slack_days", slack_days, smallest=0, largest=SLACK_DAYS_MAX)
    with Sorter(Settled) as there, Sorter(Confirmed) as here:
        first, last = _days(settlement, there)
        from_, to = from_ or first, to or last
        if from_ is None or to is None:
            raise InvalidInput("from" if from_ is None else "to", "must be given: the file has no days")
        check_day("from", from_)
        check_day("to", to)
        if from_ > to:
            raise InvalidInput("to", f"is {to}, before {from_}")
        for confirmed in _confirmed(session, program, from_, to, slack_days):
            here.add(confirmed)
        comparison = Comparison(here.rows(), there.rows())
        yield from comparison.differences()
        yield from comparison.sums()


def _days(settlement: Settlement, there: Sorter[Settled]) -> tuple[date | None, date | None]:
    """Take the file in; its first and its last day, if it has any."""
    first = last = None
    for settled, day in settlement:
        there.add(settled)
        if day is not None:
            first = day if first is None else min(first, day)
            last = day if last is None else max(last, day)
    return first, last


def _confirmed(
    session: Session, program: Program, from_: date, to: date, slack_days: int
) -> Iterator[Confirmed]:
    """The payments that were confirmed on these days or so near to them that the file may have them."""
    begin = program.vest_at(_days_after(from_, -slack_days))
    end = program.lapse_at(_days_after(to, slack_days))
    counts_from, counts_until = program.vest_at(from_), program.lapse_at(to)
    rows = confirmations(session.connection, program.code, KINDS, begin, end)
    with closing(rows) as found:
        for kind, member, version, occurred_at, reply in found:
            told = _decode(reply)
            currency = program.stored_value[told.unit].currency
            counts = counts_from <= occurred_at < counts_until
            yield Confirmed(KINDS[kind], told.payment, currency, told.amount, member, version, counts)


def _days_after(day: date, days: int) -> date:
    """The day so many days later, no further than the calendar goes."""
    return date.fromordinal(min(max(date.min.toordinal(), day.toordinal() + days), date.max.toordinal()))
