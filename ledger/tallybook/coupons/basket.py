"""What somebody is about to buy: lines and shipping, before any coupon. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from tallybook.engine.checks import (
    check_attributes,
    check_currency,
    check_id,
    check_line_attributes,
    check_several,
    check_whole,
)
from tallybook.errors import InvalidInput
from tallybook.journal.shares import share_out
from tallybook.programs.line_order import LineOrder
from tallybook.programs.rules import LINE_NAMES, LineFilter, Spend

LINES_MAX: Final = 1_000
ATTRIBUTES_MAX: Final = 32
SHIPPING: Final = "shipping"
"""What stands for the shipping where lines are named: no line of a basket with shipping is called so."""


class BasketLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line: `amount` for all of its `quantity`, after the line's own discounts, before tax and coupons.

    `line_id` is unique in the basket; by default it is the line's place, counted from 1.
    """

    line_id: str = ""
    sku: str = ""
    category: str = ""
    brand: str = ""
    quantity: int = 1
    amount: int
    tax: int = 0
    attributes: dict[str, str] = {}


class Basket(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is to be bought, in minor units of one currency. `order_id` may not be known yet."""

    currency: str
    lines: tuple[BasketLine, ...]
    order_id: str = ""
    tax: int = 0
    shipping: int = 0
    store: str = ""
    channel: str = ""
    attributes: dict[str, str | int | bool] = {}


def check_pieces(lines: Any) -> None:
    """Raise `InvalidInput` for pieces by line that no order can have."""
    if not isinstance(lines, dict):
        raise InvalidInput("lines", f"must be dict, not {type(lines).__name__}")
    if not 1 <= len(lines) <= LINES_MAX:
        raise InvalidInput("lines", f"must have from 1 to {LINES_MAX}, not {len(lines)}")
    for line, number in lines.items():
        check_id("lines", line)
        check_whole(f"lines[{line}]", number)


def check_basket(basket: Any) -> None:
    """Raise `InvalidInput` for a basket that makes no sense in itself, with the path of what is wrong."""
    if not isinstance(basket, Basket):
        raise InvalidInput("basket", f"must be Basket, not {type(basket).__name__}")
    check_currency("basket.currency", basket.currency)
    check_several("basket.lines", basket.lines, BasketLine, 1, LINES_MAX)
    for place, line in enumerate(basket.lines):
        _check_line(f"basket.lines[{place}]", line)
    check_whole("basket.tax", basket.tax, 0)
    check_whole("basket.shipping", basket.shipping, 0)
    check_whole("basket.lines", sum(line.quantity for line in basket.lines))
    goods = sum(line.amount + line.tax for line in basket.lines)
    check_whole("basket.lines", goods + basket.tax + basket.shipping, 0)
    names = line_ids(basket.lines) + [SHIPPING] * (basket.shipping != 0)
    for name in {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else ():
        raise InvalidInput("basket.lines", f"name {name} twice")
    for name in ("order_id", "store", "channel"):
        if getattr(basket, name) != "":
            check_id(f"basket.{name}", getattr(basket, name))
    check_attributes("basket.attributes", basket.attributes, ATTRIBUTES_MAX)


def _check_line(field: str, line: BasketLine) -> None:
    for name in ("line_id", "sku", "category", "brand"):
        if getattr(line, name) != "":
            check_id(f"{field}.{name}", getattr(line, name))
    check_whole(f"{field}.quantity", line.quantity)
    check_whole(f"{field}.amount", line.amount, 0)
    check_whole(f"{field}.tax", line.tax, 0)
    check_line_attributes(f"{field}.attributes", line.attributes, ATTRIBUTES_MAX)


def line_ids(lines: Sequence[BasketLine]) -> list[str]:
    """The ids of lines, in their order, those that were left out filled in."""
    return [line.line_id or str(place) for place, line in enumerate(lines, 1)]


class Goods:
    """A basket in an order that goes by what is bought: the same goods in another order come to the same.

    `left` is what each line costs, and the shipping last; `ids` are the names of these, and `quantities` how
    many pieces each has.
    """

    def __init__(self, basket: Basket) -> None:
        ids = line_ids(basket.lines)
        order = LineOrder(basket.lines)
        lines = [basket.lines[place] for place in order]
        self.ids: Final = [*(ids[place] for place in order), SHIPPING]
        self.left: Final = [*(line.amount for line in lines), basket.shipping]
        self.quantities: Final = [*(line.quantity for line in lines), 1]
        self.shipping: Final = len(lines)
        """The place of the shipping."""
        self._named = {field: [getattr(line, field) for line in lines] for field in LINE_NAMES}

    def places(self, lines: LineFilter | None) -> tuple[int, ...]:
        """The places of the lines that a filter lets count."""
        places = list(range(self.shipping))
        if lines is not None:
            for field, wanted, unwanted in lines.by_field:
                names = self._named[field]
                if wanted:
                    places = [place for place in places if names[place] in wanted]
                if unwanted:
                    places = [place for place in places if names[place] not in unwanted]
        return tuple(places)


def spend_of(basket: Basket, spend: Spend) -> list[int]:
    """What counts of each line for a program's conditions, and shipping last where it counts."""
    amounts = [line.amount for line in basket.lines]
    counts = list(amounts)
    if spend.tax:
        weights = amounts if any(amounts) else [line.quantity for line in basket.lines]
        shares = share_out(basket.tax, weights, LineOrder(basket.lines))
        counts = [each + line.tax + tax for each, line, tax in zip(counts, basket.lines, shares, strict=True)]
    return [*counts, basket.shipping] if spend.shipping and basket.shipping else counts
