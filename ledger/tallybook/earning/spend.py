"""What counts of an order, line by line: discounts, taxes, shipping, tenders. Pure: no clock, no database.

Every sharing goes by what the lines are, not by their place: the same goods in another order come to the
same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import add, attrgetter, sub
from typing import Any, Final

from tallybook.earning.events import SHIPPING_LINE, Custom, Line, Purchase, line_ids
from tallybook.journal.shares import share_out
from tallybook.programs.line_order import LineOrder
from tallybook.programs.rules import LineFilter, Spend

_amount: Final[Any] = attrgetter("amount")
_quantity: Final[Any] = attrgetter("quantity")
_tax: Final[Any] = attrgetter("tax")


class Basket:
    """What rules earn on: the parts of an event that count, by line, as lists of the same length.

    `spend` is what counts of each, in minor units of `currency`, and `places` who comes first of equal
    remainders. A custom event is one part without a name that cost nothing.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        ids: Sequence[str],
        spend: Sequence[int],
        places: Iterable[int],
        currency: str,
    ) -> None:
        self._lines = lines
        self.ids = ids
        self.spend = spend
        self.places = places
        self.currency = currency
        self._named: dict[str, list[str]] = {}

    @property
    def quantities(self) -> list[int]:
        """The pieces of each part."""
        return list(map(_quantity, self._lines))

    def named(self, field: str) -> Sequence[str]:
        """The sku, category or brand of each part."""
        names = self._named.get(field)
        if names is None:
            names = self._named[field] = list(map(attrgetter(field), self._lines))
        return names

    def of(self, lines: LineFilter | None, values: Sequence[int]) -> Sequence[int]:
        """The value of each part that the filter lets count, and zero for the others."""
        if lines is None:
            return values
        for field, wanted, unwanted in lines.by_field:
            counted = []
            for place, name in enumerate(self.named(field)):
                counts = (not wanted or name in wanted) and name not in unwanted
                counted.append(values[place] if counts else 0)
            values = counted
        return values


def basket_of(event: Purchase | Custom, spend: Spend) -> Basket:
    """What counts of an event: each line's goods, and tax and shipping where the program says so.

    Shipping is a part of its own. The tenders that are excluded pay for every part of the total alike, those
    that do not count included: points that paid for some of the shipping take nothing from the goods.
    """
    if not isinstance(event, Purchase):
        return Basket([Line(amount=0)], [""], [0], [0], "")
    lines, ids, places = event.lines, line_ids(event.lines), LineOrder(event.lines)
    goods, taxes, shipping = _goods(event, places), _taxes(event, places), event.shipping
    excluded = 0
    for tender in event.tenders:
        if tender.kind in spend.excluded_tenders:
            excluded += tender.amount
    if excluded:
        goods, taxes, shipping = _less(excluded, goods, taxes, shipping, places)
    if spend.tax:
        goods = list(map(add, goods, taxes))
    if not spend.shipping or not shipping:
        return Basket(lines, ids, goods, places, event.currency)
    lines = (*lines, Line(quantity=0, amount=0))
    ids.append(SHIPPING_LINE)
    return Basket(lines, ids, [*goods, shipping], [*places, len(goods)], event.currency)


def goods_of(purchase: Purchase) -> list[int]:
    """What each line cost after its share of the order's discounts, without tax, in minor units."""
    return _goods(purchase, LineOrder(purchase.lines))


def _goods(purchase: Purchase, places: LineOrder) -> list[int]:
    amounts = list(map(_amount, purchase.lines))
    if not purchase.discounts:
        return amounts
    off = share_out(sum(map(_amount, purchase.discounts)), amounts, places)
    return list(map(sub, amounts, off))


def _taxes(purchase: Purchase, places: LineOrder) -> list[int]:
    """Each line's tax with its share of the order's: by the lines' amounts, or by pieces if all are free."""
    taxes = list(map(_tax, purchase.lines))
    if not purchase.tax:
        return taxes
    amounts = list(map(_amount, purchase.lines))
    weights = amounts if any(amounts) else list(map(_quantity, purchase.lines))
    return list(map(add, taxes, share_out(purchase.tax, weights, places)))


def _less(
    paid: int, goods: list[int], taxes: list[int], shipping: int, places: LineOrder
) -> tuple[list[int], list[int], int]:
    """Goods, taxes and shipping less what was paid for them, each in proportion."""
    if not shipping and not any(taxes):  # as it mostly is: all of it was paid for goods
        return list(map(sub, goods, share_out(paid, goods, places))), taxes, 0
    size = len(goods)
    parts = [*goods, *taxes, shipping]
    shares = share_out(paid, parts, [*places, *(size + place for place in places), 2 * size])
    left = list(map(sub, parts, shares))
    return left[:size], left[size:-1], left[-1]
