"""What the kinds of coupons have in common: what a coupon takes off lines. Pure: no clock, no database.

Amounts are in minor units of the coupon's currency. An offer is told what is left of each line, which earlier
coupons may have lowered, and never takes more. Where less is left of some line, it takes no more than before:
the search for the best combination relies on that.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple


class Off(NamedTuple):
    """What is taken off in all, and the weights that it is shared out by, which come to no less."""

    amount: int
    weights: Sequence[int]


@dataclass(frozen=True, slots=True)
class Offer(ABC):
    """What a coupon takes off the lines that count."""

    of_pieces: ClassVar[bool] = False
    """Whether it is about single pieces: then more is to be known of lines than their sum."""
    of_shipping: ClassVar[bool] = False
    """Whether it is taken off the shipping, and not off lines."""

    @property
    def least_pieces(self) -> int:
        """How many pieces it needs."""
        return 0

    @abstractmethod
    def off(self, left: Sequence[int], quantities: Sequence[int]) -> Off:
        """What is taken off lines, given what is left of each and how many pieces it has."""


@dataclass(frozen=True, slots=True)
class OfferOnSum(Offer):
    """One that depends on what is left of all its lines together, and is shared out in proportion to it.

    Where less is left in all, no more stays after it than would have stayed otherwise.
    """

    @abstractmethod
    def off_sum(self, left: int) -> int:
        """What is taken off so much."""

    def off(self, left: Sequence[int], quantities: Sequence[int]) -> Off:
        """What is taken off lines, each in proportion to what is left of it."""
        return Off(self.off_sum(sum(left)), left)
