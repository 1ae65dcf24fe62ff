"""A percentage off, in basis points and maybe with a cap. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import Field

from tallybook.programs.coupon_kinds.offer import OfferOnSum
from tallybook.programs.section import Section
from tallybook.programs.words import Amount

ALL: Final = 10_000
"""Basis points in a whole."""
BasisPoints = Annotated[int, Field(ge=1, le=ALL)]


@dataclass(frozen=True, slots=True)
class Percentage(OfferOnSum):
    """`basis_points` of what is left, rounded down, and at most `most` minor units where that is not None."""

    basis_points: int
    most: int | None = None

    def off_sum(self, left: int) -> int:
        """Rounded once, on the sum."""
        off = left * self.basis_points // ALL
        return off if self.most is None else min(off, self.most)


class PercentageTerms(Section):
    """A part off what the lines that count cost together, rounded down to the minor unit once for all."""

    kind: Literal["percentage"]
    basis_points: BasisPoints
    """Hundredths of a percent: 1500 is 15 % off."""
    most: Amount | None = None
    """At most so much money."""

    def offer(self, scale: int) -> Percentage:
        """The offer, with so many minor units to one of the currency."""
        return Percentage(self.basis_points, None if self.most is None else int(self.most * scale))
