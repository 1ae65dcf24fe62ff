"""Every nth piece at a price or a percentage off: the second at half price. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from tallybook.programs.coupon_kinds.free_item import PIECES_MAX, Pieces
from tallybook.programs.coupon_kinds.offer import Off, Offer
from tallybook.programs.coupon_kinds.percentage import ALL, BasisPoints
from tallybook.programs.coupon_kinds.pieces import Which, by_line, chosen
from tallybook.programs.section import Section
from tallybook.programs.words import Amount, mistake


@dataclass(frozen=True, slots=True)
class NthItem(Offer):
    """Of every `nth` pieces one costs `price` minor units, or `basis_points` less where that is None.

    At most `times` pieces, where that is not None.
    """

    of_pieces: ClassVar[bool] = True
    nth: int
    price: int | None = None
    basis_points: int = 0
    times: int | None = None
    which: Which = Which.CHEAPEST

    @property
    def least_pieces(self) -> int:
        """As many as there are for one that costs less."""
        return self.nth

    def off(self, left: Sequence[int], quantities: Sequence[int]) -> Off:
        """What the chosen pieces cost less; percentages are rounded down once, on their sum."""
        count = sum(quantities) // self.nth
        count = count if self.times is None else min(count, self.times)
        found = chosen(left, quantities, count, self.which)
        if self.price is None:
            costs = by_line(found, len(left))
            return Off(sum(costs) * self.basis_points // ALL, costs)
        shares = by_line([(line, max(0, cost - self.price), n) for line, cost, n in found], len(left))
        return Off(sum(shares), shares)


class NthItemTerms(Section):
    """One of every so many pieces of the lines that count costs less."""

    kind: Literal["nth_item"]
    nth: Annotated[int, Field(ge=2, le=PIECES_MAX)]
    """One of so many: 2 for the second, the fourth and so on."""
    price: Amount | None = None
    """What it costs instead..."""
    basis_points: BasisPoints | None = None
    """...or what is taken off, in hundredths of a percent: 5000 is half price."""
    times: Pieces | None = None
    """At most so many pieces."""
    which: Which = Which.CHEAPEST
    """Which of all pieces these are."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.price is None) == (self.basis_points is None):
            raise mistake("must say price or basis_points, one of them")
        return self

    def offer(self, scale: int) -> NthItem:
        """The offer, with so many minor units to one of the currency."""
        price = None if self.price is None else int(self.price * scale)
        return NthItem(self.nth, price, self.basis_points or 0, self.times, self.which)
