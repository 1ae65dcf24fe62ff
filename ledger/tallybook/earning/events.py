"""Events: purchases, refunds and whatever else a shop tells of a member. Pure: no clock, no database.

Money is in minor units of one currency, whole and never negative. An event is checked in itself here; what
only a program or a history can tell (a type that is not declared, an order that is not known) comes later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from tallybook.engine.checks import (
    check_attributes,
    check_currency,
    check_id,
    check_line_attributes,
    check_several,
    check_whole,
)
from tallybook.errors import InvalidInput, shown

LINES_MAX: Final = 1_000
TENDERS_MAX: Final = 32
DISCOUNTS_MAX: Final = 100
ATTRIBUTES_MAX: Final = 32
EVENT_ID_LENGTH_MAX: Final = 100

PURCHASE: Final = "purchase"
REFUND: Final = "refund"
CUSTOM: Final = "custom"
SHIPPING_LINE: Final = "shipping"
"""What stands for the shipping of an order where lines are named: none of its lines is called so."""

Attribute = str | int | bool


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of an order: `amount` for all of its `quantity`, after the line's own discounts, before tax.

    `line_id` is unique in the order; by default it is the line's place, counted from 1. `tax` is what comes
    on top of `amount`.
    """

    line_id: str = ""
    sku: str = ""
    category: str = ""
    brand: str = ""
    quantity: int = 1
    amount: int
    tax: int = 0
    attributes: dict[str, str] = {}


class Discount(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Money off the whole order, such as a coupon's. It is shared out to the lines by their amounts."""

    code: str
    amount: int


class Tender(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a part of an order was paid, or, on a refund, how a part of the money went back.

    `kind` is a word of the shop's: card, cash, points, stored_value, coupon. Where it stands for units of
    this ledger, `entry` is the version of the member's redeem or capture entry that spent them.
    """

    kind: str
    amount: int
    entry: int | None = None


class Purchase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=PURCHASE, tag_field="type"):
    """Something was bought. `order_id` is unique for the member, and names the order to refunds.

    The lines' amounts and taxes, `tax` and `shipping` less `discounts` come to `total`, and so do the tenders
    where there are any; `total` may be left out.
    """

    order_id: str
    currency: str
    lines: tuple[Line, ...]
    tax: int = 0
    shipping: int = 0
    discounts: tuple[Discount, ...] = ()
    tenders: tuple[Tender, ...] = ()
    total: int | None = None
    store: str = ""
    channel: str = ""
    attributes: dict[str, Attribute] = {}


class RefundedLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a line of the order: so many of its quantity, or so much of what was paid for it.

    Neither means all that is left of the line. The `shipping` may be named so too, free or not: it takes
    nothing back.
    """

    line_id: str
    quantity: int | None = None
    amount: int | None = None


class Refund(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=REFUND, tag_field="type"):
    """Something bought was given back: lines of the order, or an `amount` of its goods, or both.

    `amount` is goods after all discounts, without tax and shipping, that no line accounts for. With neither
    lines nor an amount, all that is left of the order is refunded. `tenders` say how the money went back;
    by default each of the order's gets the share of the goods that were refunded.
    """

    refund_id: str
    order_id: str
    lines: tuple[RefundedLine, ...] = ()
    amount: int | None = None
    tenders: tuple[Tender, ...] = ()
    store: str = ""
    channel: str = ""
    attributes: dict[str, Attribute] = {}


class Custom(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=CUSTOM, tag_field="type"):
    """Anything else the program declares: a sign-up, a check-in, a review, a visit. `name` is what it is."""

    name: str
    event_id: str
    store: str = ""
    channel: str = ""
    attributes: dict[str, Attribute] = {}


Event = Purchase | Refund | Custom


def event_key(event: Event) -> str:
    """What identifies an event among all of the member's: the request id of the entry that records it."""
    match event:
        case Purchase(order_id=order_id):
            return purchase_key(order_id)
        case Refund(refund_id=refund_id):
            return f"{REFUND}/{refund_id}"
        case Custom(name=name, event_id=event_id):
            return f"event/{name}/{event_id}"


def purchase_key(order_id: str) -> str:
    """The key of the purchase of an order."""
    return f"{PURCHASE}/{order_id}"


def line_ids(lines: Sequence[Line]) -> list[str]:
    """The ids of an order's lines, in their order, those that were left out filled in."""
    ids = []
    for place, line in enumerate(lines, 1):
        ids.append(line.line_id or str(place))
    return ids


def total_of(purchase: Purchase) -> int:
    """What the customer pays for the order, by its parts."""
    total = purchase.tax + purchase.shipping
    for line in purchase.lines:
        total += line.amount + line.tax
    for discount in purchase.discounts:
        total -= discount.amount
    return total


# --- checks ----------------------------------------------------------------------------------------------


def check_event(event: object) -> None:
    """Raise `InvalidInput` for an event that makes no sense in itself, with the path of what is wrong."""
    match event:
        case Purchase():
            _check_purchase(event)
        case Refund():
            _check_refund(event)
        case Custom():
            _check_event_id("event.event_id", event.event_id)
            check_id("event.name", event.name)
            _check_where(event)
        case _:
            raise InvalidInput("event", f"must be a purchase, a refund or a custom event, not {shown(event)}")


def _check_purchase(event: Purchase) -> None:
    _check_event_id("event.order_id", event.order_id)
    check_currency("event.currency", event.currency)
    check_several("event.lines", event.lines, Line, 1, LINES_MAX)
    for place, line in enumerate(event.lines):
        try:
            _check_line(line)
        except InvalidInput as error:
            raise _within("event.lines", place, error) from None
    check_whole("event.lines", sum([line.quantity for line in event.lines]))
    _check_unique("event.lines", line_ids(event.lines) + [SHIPPING_LINE] * (event.shipping != 0))
    check_whole("event.tax", event.tax, 0)
    check_whole("event.shipping", event.shipping, 0)
    check_several("event.discounts", event.discounts, Discount, 0, DISCOUNTS_MAX)
    for place, discount in enumerate(event.discounts):
        check_id(f"event.discounts[{place}].code", discount.code)
        check_whole(f"event.discounts[{place}].amount", discount.amount)
    _check_tenders(event.tenders)
    _check_where(event)
    _check_sums(event)


def _check_line(line: Line) -> None:
    if line.line_id != "":
        check_id("line_id", line.line_id)
    if line.sku != "":
        check_id("sku", line.sku)
    if line.category != "":
        check_id("category", line.category)
    if line.brand != "":
        check_id("brand", line.brand)
    check_whole("quantity", line.quantity)
    check_whole("amount", line.amount, 0)
    check_whole("tax", line.tax, 0)
    if line.attributes or type(line.attributes) is not dict:
        check_line_attributes("attributes", line.attributes, ATTRIBUTES_MAX)


def _check_sums(event: Purchase) -> None:
    """Lines, taxes, shipping and discounts against the total, and the total against the tenders."""
    total = total_of(event)
    check_whole("event.total", total, 0)
    goods = sum(line.amount for line in event.lines)
    off = sum(each.amount for each in event.discounts)
    if off > goods:
        raise InvalidInput("event.discounts", f"come to {off}, more than the lines, which come to {goods}")
    if event.total is not None:
        check_whole("event.total", event.total, 0)
    if event.total not in (None, total):
        problem = f"is {event.total}, and lines, tax and shipping less discounts come to {total}"
        raise InvalidInput("event.total", problem)
    paid = sum(tender.amount for tender in event.tenders)
    if event.tenders and paid != total:
        raise InvalidInput("event.tenders", f"come to {paid}, and the order to {total}")


def _check_refund(event: Refund) -> None:
    _check_event_id("event.refund_id", event.refund_id)
    _check_event_id("event.order_id", event.order_id)
    check_several("event.lines", event.lines, RefundedLine, 0, LINES_MAX)
    for place, line in enumerate(event.lines):
        field = f"event.lines[{place}]"
        check_id(f"{field}.line_id", line.line_id)
        if line.quantity is not None and line.amount is not None:
            raise InvalidInput(field, "names a quantity and an amount: one of them says how much goes back")
        if line.quantity is not None:
            check_whole(f"{field}.quantity", line.quantity)
        if line.amount is not None:
            check_whole(f"{field}.amount", line.amount)
    _check_unique("event.lines", [line.line_id for line in event.lines])
    if event.amount is not None:
        check_whole("event.amount", event.amount)
    _check_tenders(event.tenders)
    _check_where(event)


def _check_tenders(tenders: Sequence[Tender]) -> None:
    check_several("event.tenders", tenders, Tender, 0, TENDERS_MAX)
    for place, tender in enumerate(tenders):
        try:
            check_id("kind", tender.kind)
            check_whole("amount", tender.amount, 0)
            if tender.entry is not None:
                check_whole("entry", tender.entry)
        except InvalidInput as error:
            raise _within("event.tenders", place, error) from None
    _check_unique("event.tenders", [f"entry {each.entry}" for each in tenders if each.entry is not None])


def _check_event_id(field: str, value: str) -> None:
    check_id(field, value)
    if len(value) > EVENT_ID_LENGTH_MAX:
        raise InvalidInput(field, f"must have at most {EVENT_ID_LENGTH_MAX} characters, not {len(value)}")


def _check_where(event: Event) -> None:
    if event.store != "":
        check_id("event.store", event.store)
    if event.channel != "":
        check_id("event.channel", event.channel)
    if event.attributes or type(event.attributes) is not dict:
        check_attributes("event.attributes", event.attributes, ATTRIBUTES_MAX)


def _check_unique(field: str, names: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        raise InvalidInput(field, f"name {next(_repeated(names))} twice")


def _within(field: str, place: int, error: InvalidInput) -> InvalidInput:
    """The same about one of several: paths are put together only where something is wrong."""
    return InvalidInput(f"{field}[{place}].{error.field}", error.problem)


def _repeated(names: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield name
        seen.add(name)
