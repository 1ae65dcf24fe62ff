"""Free shipping, whole or up to an amount. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from tallybook.programs.coupon_kinds.offer import OfferOnSum
from tallybook.programs.section import Section
from tallybook.programs.words import Amount


@dataclass(frozen=True, slots=True)
class FreeShipping(OfferOnSum):
    """All of the shipping off, or `most` minor units where that is not None."""

    of_shipping: ClassVar[bool] = True
    most: int | None = None

    def off_sum(self, left: int) -> int:
        """What is left of the shipping, within bounds."""
        return left if self.most is None else min(left, self.most)


class FreeShippingTerms(Section):
    """Shipping for nothing. `lines` are those that must be in the order."""

    kind: Literal["free_shipping"]
    most: Amount | None = None
    """At most so much money off the shipping."""

    def offer(self, scale: int) -> FreeShipping:
        """The offer, with so many minor units to one of the currency."""
        return FreeShipping(None if self.most is None else int(self.most * scale))
