"""An amount off, such as 5 off a basket of 50. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tallybook.programs.coupon_kinds.offer import OfferOnSum
from tallybook.programs.section import Section
from tallybook.programs.words import Amount


@dataclass(frozen=True, slots=True)
class AmountOff(OfferOnSum):
    """`amount` minor units off, or all that is left."""

    amount: int

    def off_sum(self, left: int) -> int:
        """The amount, or what there is."""
        return min(self.amount, left)


class AmountOffTerms(Section):
    """An amount off what the lines that count cost together. `min_spend` is the threshold."""

    kind: Literal["amount_off"]
    amount: Amount
    """So much money, or all that they cost if that is less."""

    def offer(self, scale: int) -> AmountOff:
        """The offer, with so many minor units to one of the currency."""
        return AmountOff(int(self.amount * scale))
