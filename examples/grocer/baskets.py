"""A purchase as the replay knows it: household, lines in cents, moment. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import NamedTuple

CENTS_PER_DOLLAR = 100


class Row(NamedTuple):
    """One line of a receipt, as the data has it. `at` is a moment of UTC and does not say so."""

    household: str
    store: str
    basket: str
    product: str
    department: str
    quantity: int
    dollars: float | str
    at: datetime


class Line(NamedTuple):
    """One line of a basket: so many pieces of a product, and what the store received for them all."""

    product: str
    department: str
    quantity: int
    cents: int


@dataclass(frozen=True, slots=True)
class Basket:
    """One purchase, as the book is told of it. `campaigns` are those that the household takes part in."""

    household: str
    basket: str
    store: str
    occurred_at: datetime
    lines: tuple[Line, ...]
    campaigns: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Orders events of one moment, as the book does."""
        return f"purchase/{self.basket}"


@cache
def cents(dollars: float | str) -> int:
    """Whole cents of an amount in dollars, half a cent to the even one. The door: no float comes further.

    A float is taken for the shortest decimal that it can mean: 2.675 is 267 and a half cents, so 268, though
    the binary fraction is a hair below it.
    """
    exact = Decimal(str(dollars)) * CENTS_PER_DOLLAR
    return int(exact.to_integral_value(ROUND_HALF_EVEN))


def baskets_of(rows: Iterable[Row], invited: Mapping[str, tuple[int, ...]]) -> list[Basket]:
    """The rows gathered into baskets, in time order; those of one moment in the order of their numbers.

    `invited` are the campaigns of each household that has any. A row without pieces and without money is no
    line; one with money and without pieces counts as one piece.
    """
    gathered: dict[tuple[datetime, str], tuple[Row, list[Line]]] = {}
    for row in rows:
        amount = cents(row.dollars)
        if row.quantity or amount:
            _, lines = gathered.setdefault((row.at, row.basket), (row, []))
            lines.append(Line(row.product, row.department, max(row.quantity, 1), amount))
    return [
        Basket(
            row.household,
            row.basket,
            row.store,
            row.at.replace(tzinfo=UTC),
            tuple(lines),
            invited.get(row.household, ()),
        )
        for _, (row, lines) in sorted(gathered.items())
    ]
