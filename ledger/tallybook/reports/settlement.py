"""What a payment provider settled against what the book has: every difference. Pure: no clock, no database.

Both sides come sorted by kind and reference. What stands under one reference is compared as a whole, so a
provider may pay one reference back in parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from heapq import merge
from itertools import groupby
from typing import Any, Final, NamedTuple

import msgspec

from tallybook.programs.currencies import MINOR_UNIT_DECIMALS

PAID: Final = "paid"
REFUNDED: Final = "refunded"
KINDS: Final = (PAID, REFUNDED)


class SettlementProblem(StrEnum):
    """What is wrong with a payment: `here` is the book, `there` the provider's file."""

    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    OTHER_AMOUNT = "other_amount"
    OTHER_CURRENCY = "other_currency"
    TWICE_HERE = "twice_here"
    TWICE_THERE = "twice_there"


class Settled(NamedTuple):
    """A payment in the provider's file: `amount` in minor units, above zero. Sorted by kind and reference."""

    kind: str
    reference: str
    currency: str
    amount: int
    line: int


class Confirmed(NamedTuple):
    """A payment that the book has confirmed. `counts` is false where it is of no day that is looked at."""

    kind: str
    reference: str
    currency: str
    amount: int
    member: str
    entry: int
    counts: bool


Payment = Confirmed | Settled


class SettlementDifference(msgspec.Struct, frozen=True, kw_only=True):
    """One payment that is not the same on both sides, with what either has of it, if it has."""

    problem: SettlementProblem
    kind: str
    reference: str
    here: Confirmed | None = None
    there: Settled | None = None

    def __str__(self) -> str:
        places = []
        if self.here is not None:
            here = self.here
            places.append(f"{_money(here)} here ({here.member}: entry {here.entry})")
        if self.there is not None:
            there = self.there
            places.append(f"{_money(there)} there (line {there.line})")
        name = self.reference or "without a reference"
        return f"{self.kind} {name}: {self.problem.replace('_', ' ')}, {', '.join(places)}"


def _money(row: Payment) -> str:
    return f"{Decimal(row.amount).scaleb(-MINOR_UNIT_DECIMALS[row.currency]):f} {row.currency}"


class SettlementSums(msgspec.Struct, kw_only=True):
    """What was paid and refunded in one currency, in minor units: in the book and in the provider's file.

    A payment of a day beside those that are looked at counts here too, where the file has it.
    """

    currency: str
    paid_here: int = 0
    paid_there: int = 0
    refunded_here: int = 0
    refunded_there: int = 0

    @property
    def agrees(self) -> bool:
        """Whether both sides come to the same."""
        return (self.paid_here, self.refunded_here) == (self.paid_there, self.refunded_there)


class Comparison:
    """Compares two sorted sides; `sums` are complete when `differences` has been read to its end."""

    def __init__(self, here: Iterator[Payment], there: Iterator[Payment]) -> None:
        self._here = here
        self._there = there
        self._sums: dict[str, SettlementSums] = {}

    def sums(self) -> list[SettlementSums]:
        """The sums of each currency, by its code."""
        return [self._sums[currency] for currency in sorted(self._sums)]

    def differences(self) -> Iterator[SettlementDifference]:
        """Every difference, by kind and reference."""
        both: Iterator[Payment] = merge(self._here, self._there, key=_alike)
        for (_, reference), rows in groupby(both, key=lambda row: row[:2]):
            if reference:
                yield from self._under_one(rows)
            else:
                for row in rows:
                    yield from self._left([row], []) if isinstance(row, Confirmed) else self._left([], [row])

    def _under_one(self, rows: Iterator[Payment]) -> Iterator[SettlementDifference]:
        """The payments under one reference: those that are the same are set off, and what is left is told."""
        left_here: list[Confirmed] = []
        left_there: list[Settled] = []
        known = False
        for _, same in groupby(rows, key=_alike):
            here: list[Confirmed] = []
            there: list[Settled] = []
            for row in same:
                if isinstance(row, Confirmed):
                    here.append(row)
                else:
                    there.append(row)
            here.sort(key=_beside)
            pairs = min(len(here), len(there))
            for confirmed, settled in zip(here[:pairs], there[:pairs], strict=True):
                self._add(confirmed)
                self._add(settled)
            known = known or bool(pairs)
            left_here += here[pairs:]
            left_there += there[pairs:]
        yield from self._left(left_here, left_there, known)

    def _left(
        self, here: list[Confirmed], there: list[Settled], known: bool = False
    ) -> Iterator[SettlementDifference]:
        """What has no like on the other side; `known` is whether others under the reference had one."""
        here = sorted(here, key=_beside)
        pairs = min(len(here), len(there))
        for confirmed, settled in zip(here[:pairs], there[:pairs], strict=True):
            self._add(confirmed)
            self._add(settled)
            problem = (
                SettlementProblem.OTHER_AMOUNT
                if confirmed.currency == settled.currency
                else SettlementProblem.OTHER_CURRENCY
            )
            yield _difference(problem, confirmed, settled)
        known = known or bool(pairs)
        for confirmed in here[pairs:]:
            if confirmed.counts:
                self._add(confirmed)
                yield _difference(
                    SettlementProblem.TWICE_HERE if known else SettlementProblem.MISSING_THERE,
                    confirmed,
                    None,
                )
            known = True
        for settled in there[pairs:]:
            self._add(settled)
            yield _difference(
                SettlementProblem.TWICE_THERE if known else SettlementProblem.MISSING_HERE, None, settled
            )
            known = True

    def _add(self, row: Payment) -> None:
        sums = self._sums.setdefault(row.currency, SettlementSums(currency=row.currency))
        name = f"{row.kind}_{'here' if isinstance(row, Confirmed) else 'there'}"
        setattr(sums, name, getattr(sums, name) + row.amount)


def _alike(row: Payment) -> Any:
    """Kind, reference, currency and amount: payments that are alike in them are the same."""
    return row[:4]


def _beside(row: Confirmed) -> bool:
    """Whether a payment is of a day beside: the file rather has those of the days that are looked at."""
    return not row.counts


def _difference(
    problem: SettlementProblem, here: Confirmed | None, there: Settled | None
) -> SettlementDifference:
    row = here or there
    assert row is not None, "a difference is of something"
    return SettlementDifference(
        problem=problem, kind=row.kind, reference=row.reference, here=here, there=there
    )
