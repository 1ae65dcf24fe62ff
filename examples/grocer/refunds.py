"""Refunds, which the data does not have: three lines in a hundred, by a seed. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from random import Random

from examples.grocer.baskets import Basket, Line

SEED = "grocer"
IN_A_HUNDRED = 3
WITHIN_SECONDS = 30 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Refund:
    """A part of one line, counted from 1, that went back: pieces, or cents, or all that is left of it."""

    household: str
    refund: str
    basket: str
    line: int
    occurred_at: datetime
    quantity: int | None = None
    cents: int | None = None

    @property
    def key(self) -> str:
        """Orders events of one moment, as the book does."""
        return f"refund/{self.refund}"


def refunds_of(baskets: Iterable[Basket]) -> Iterator[Refund]:
    """What is given back of the baskets within 30 days, some of it in two parts.

    Whether a line is given back, and how, hangs on its basket and its place alone. So a part of the year has
    the same refunds as the whole. Lines that were free stay.
    """
    for basket in baskets:
        for place, line in enumerate(basket.lines, 1):
            name = f"{basket.basket}-{place}"
            lot = int.from_bytes(blake2b(f"{SEED}/{name}".encode(), digest_size=8).digest(), "big")
            if lot % 100 < IN_A_HUNDRED and line.cents:
                yield from _given_back(basket, place, line, name, Random(lot))


def _given_back(basket: Basket, place: int, line: Line, name: str, draw: Random) -> Iterator[Refund]:
    """Half of the lines go back whole; of the others a part does, and a third of those follow whole later."""
    first, later = sorted(draw.randint(60, WITHIN_SECONDS) for _ in range(2))
    quantity = amount = None
    if draw.random() < 0.5:
        if line.quantity > 1 and draw.random() < 0.5:
            quantity = draw.randint(1, line.quantity - 1)
        elif line.cents > 1:
            amount = draw.randint(1, line.cents - 1)

    def refund(number: int, seconds: int, quantity: int | None, amount: int | None) -> Refund:
        at = basket.occurred_at + timedelta(seconds=seconds)
        return Refund(basket.household, f"{name}-{number}", basket.basket, place, at, quantity, amount)

    yield refund(1, first, quantity, amount)
    if (quantity or amount) and later > first and draw.random() < 1 / 3:
        yield refund(2, later, None, None)
