"""A purchase as the replay knows it: household, basket, cents, moment. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import NamedTuple

CENTS_PER_DOLLAR = 100


class Line(NamedTuple):
    """One line of a receipt, as the data has it. `at` is a moment of UTC and does not say so."""

    household: str
    basket: str
    dollars: float | str
    at: datetime


@dataclass(frozen=True, slots=True)
class Basket:
    """One purchase, as the book is told of it. `cents` is what the store received."""

    household: str
    basket: str
    cents: int
    occurred_at: datetime


@cache
def cents(dollars: float | str) -> int:
    """Whole cents of an amount in dollars, half a cent to the even one. The door: no float comes further.

    A float is taken for the shortest decimal that it can mean: 2.675 is 267 and a half cents, so 268, though
    the binary fraction is a hair below it.
    """
    exact = Decimal(str(dollars)) * CENTS_PER_DOLLAR
    return int(exact.to_integral_value(ROUND_HALF_EVEN))


def baskets_of(lines: Iterable[Line]) -> list[Basket]:
    """The lines added up to baskets, in time order; those of one second in the order of their numbers."""
    totals: dict[tuple[datetime, str, str], int] = {}
    for line in lines:
        key = line.at, line.basket, line.household
        totals[key] = totals.get(key, 0) + cents(line.dollars)
    return [
        Basket(household, basket, total, at.replace(tzinfo=UTC))
        for (at, basket, household), total in sorted(totals.items())
    ]


def side_by_side(baskets: Iterable[Basket], most: int) -> Iterator[list[Basket]]:
    """Runs of baskets that can be sent together: up to `most`, in time order, no household twice.

    So whatever a basket leads to can be done before the household's next one.
    """
    run: list[Basket] = []
    households: set[str] = set()
    for basket in baskets:
        if basket.household in households or len(run) == most:
            yield run
            run, households = [], set()
        run.append(basket)
        households.add(basket.household)
    if run:
        yield run
