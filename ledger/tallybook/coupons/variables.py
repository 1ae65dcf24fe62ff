"""What conditions of coupons see: what those on a purchase see. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from tallybook.coupons.basket import Basket
from tallybook.coupons.facts import MemberFacts
from tallybook.programs.variables import SHARED
from tallybook.programs.words import PURCHASE


class Counts(NamedTuple):
    """What counts of a basket, by line, in its own order; shipping is last in `spend` where it counts."""

    spend: Sequence[int]
    quantities: Sequence[int]


class Seen(NamedTuple):
    """All that conditions can ask about, before any coupon is used."""

    event: Basket
    local: datetime
    basket: Counts
    member: MemberFacts
    before: MemberFacts


def _total(seen: Seen) -> int:
    basket = seen.event
    return sum(line.amount + line.tax for line in basket.lines) + basket.tax + basket.shipping


VARIABLES: Final[Mapping[str, Callable[[Seen], object]]] = {
    **SHARED,
    "event.type": lambda seen: PURCHASE,
    "event.name": lambda seen: PURCHASE,
    "event.id": lambda seen: seen.event.order_id,
    "order.total": _total,
}
"""Each variable that a condition may name, and how it is found."""
