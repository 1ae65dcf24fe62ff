"""So many pieces for one price, such as any three for 10. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from tallybook.programs.coupon_kinds.free_item import Pieces
from tallybook.programs.coupon_kinds.offer import Off, Offer
from tallybook.programs.coupon_kinds.pieces import Which, by_line, chosen
from tallybook.programs.section import Section
from tallybook.programs.words import Amount


@dataclass(frozen=True, slots=True)
class FixedPrice(Offer):
    """`pieces` cost `price` minor units together; where there are fewer, nothing is taken off."""

    of_pieces: ClassVar[bool] = True
    price: int
    pieces: int = 1
    which: Which = Which.DEAREST

    @property
    def least_pieces(self) -> int:
        """As many as the price is for."""
        return self.pieces

    def off(self, left: Sequence[int], quantities: Sequence[int]) -> Off:
        """What the pieces cost more than their price together, shared out by what they cost."""
        if sum(quantities) < self.pieces:
            return Off(0, [0] * len(left))
        costs = by_line(chosen(left, quantities, self.pieces, self.which), len(left))
        return Off(max(0, sum(costs) - self.price), costs)


class FixedPriceTerms(Section):
    """So many pieces of the lines that count for one price."""

    kind: Literal["fixed_price"]
    price: Amount
    """What they cost together."""
    pieces: Pieces = 1
    """So many pieces; with fewer in the order, nothing."""
    which: Which = Which.DEAREST
    """Which pieces, if the order has more."""

    def offer(self, scale: int) -> FixedPrice:
        """The offer, with so many minor units to one of the currency."""
        return FixedPrice(int(self.price * scale), self.pieces, self.which)
