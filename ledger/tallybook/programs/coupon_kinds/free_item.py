"""Pieces for nothing, or in exchange for a small price. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from tallybook.programs.coupon_kinds.offer import Off, Offer
from tallybook.programs.coupon_kinds.pieces import Which, by_line, chosen
from tallybook.programs.section import Section
from tallybook.programs.words import Amount

PIECES_MAX: Final = 1_000
Pieces = Annotated[int, Field(ge=1, le=PIECES_MAX)]


@dataclass(frozen=True, slots=True)
class FreeItem(Offer):
    """Up to so many pieces cost `price` minor units each, which may be 0."""

    of_pieces: ClassVar[bool] = True
    pieces: int = 1
    price: int = 0
    which: Which = Which.CHEAPEST

    def off(self, left: Sequence[int], quantities: Sequence[int]) -> Off:
        """What the pieces cost more than their price. One that costs less already stays as it is."""
        found = chosen(left, quantities, self.pieces, self.which)
        shares = by_line([(line, max(0, cost - self.price), n) for line, cost, n in found], len(left))
        return Off(sum(shares), shares)


class FreeItemTerms(Section):
    """Pieces of the lines that count for nothing, or in exchange for a price each."""

    kind: Literal["free_item"]
    pieces: Pieces = 1
    """So many pieces, or fewer if the order has fewer."""
    price: Amount | None = None
    """What is paid for each of them instead of nothing."""
    which: Which = Which.CHEAPEST
    """Which pieces, if the order has more."""

    def offer(self, scale: int) -> FreeItem:
        """The offer, with so many minor units to one of the currency."""
        return FreeItem(self.pieces, 0 if self.price is None else int(self.price * scale), self.which)
