"""Coupons that can be used for a basket, in the order in which they are applied. Pure: no clock, no database.

Coupons are applied one after the other, each to what those before it have left of every line:

1. those for lines (which name lines, or are about single pieces), then those for the whole order, then those
   for the shipping;
2. among these by kind: fixed prices, free items and nth items, which say what pieces cost; then percentages;
   then amounts off;
3. then by falling priority, by template, by the end of their validity, and by id.

What a coupon takes is shared out to its lines by largest remainder, in proportion to what is left of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from tallybook.coupons.applicability import Reach
from tallybook.coupons.basket import Goods
from tallybook.coupons.facts import Coupon, Discount
from tallybook.journal.shares import share_out
from tallybook.programs.coupons import CouponTemplate


class Scope(IntEnum):
    """What a coupon takes something off: the least is applied first."""

    LINES = 0
    ORDER = 1
    SHIPPING = 2


class Taken(NamedTuple):
    """What a coupon takes off, in all and at each of its places; `left` is what it leaves of everything."""

    amount: int
    shares: Sequence[int]
    left: list[int]


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A coupon with its template, the places that it takes something off, and those that count for it."""

    coupon: Coupon
    template: CouponTemplate
    scope: Scope
    places: tuple[int, ...]
    counted: tuple[int, ...]
    quantities: tuple[int, ...]

    @property
    def turn(self) -> tuple[int, int, int, str, datetime, str]:
        """What to sort by, to have coupons in the order in which they are applied."""
        template = self.template
        return (
            self.scope,
            template.rank,
            -template.priority,
            template.code,
            self.coupon.ends_at,
            self.coupon.coupon,
        )

    def goes_with(self, other: Candidate) -> bool:
        """Whether an order may take both; of one template, it may take so many."""
        if self.template is other.template:
            return True
        return self.template.stacking.goes_with(other.template.stacking)

    def spent(self, left: Sequence[int]) -> int:
        """What counts towards its minimum."""
        return sum([left[place] for place in self.counted])

    def take(self, left: Sequence[int]) -> Taken | None:
        """What it takes off what is left of each line and the shipping; None for nothing."""
        template = self.template
        if template.spend_after_coupons and self.spent(left) < template.min_spend:
            return None
        off = template.offer.off([left[place] for place in self.places], self.quantities)
        if not off.amount:
            return None
        shares = share_out(off.amount, off.weights)
        after = list(left)
        for place, share in zip(self.places, shares, strict=True):
            after[place] -= share
        return Taken(off.amount, shares, after)

    def discount(self, taken: Taken, goods: Goods) -> Discount:
        """What it takes off, by the names of lines."""
        shares = zip(self.places, taken.shares, strict=True)
        return Discount(
            coupon=self.coupon.coupon,
            template=self.coupon.template,
            amount=taken.amount,
            shares={goods.ids[place]: share for place, share in shares if share},
        )


def candidate(coupon: Coupon, template: CouponTemplate, reach: Reach, goods: Goods) -> Candidate:
    """A coupon that is to be applied to a basket."""
    if template.offer.of_shipping:
        scope = Scope.SHIPPING
    elif template.offer.of_pieces or template.lines is not None:
        scope = Scope.LINES
    else:
        scope = Scope.ORDER
    quantities = tuple(goods.quantities[place] for place in reach.places)
    return Candidate(coupon, template, scope, reach.places, reach.counted, quantities)
