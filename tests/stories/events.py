"""The events of stories: purchases, refunds and whatever else a shop tells of. Pure: no clock, no database.

    purchase M ORDER 72.00|GOODS... [EUR|JPY] [paid 5.00 by TILL]    refund M ORDER [GOODS...]
    tell M NAME ID [NAME:VALUE...]

GOODS are lines of the order, called by their category: `dairy:12.00`, or `3*dairy:12.00` for three pieces.
Of a refund they are what goes back: `dairy` all of a line, `2*dairy` pieces, `dairy:1.50` money of a line,
and `4.00` money of the order; nothing at all is all that is left. Each may end in `happened MOMENT`.

An event is asked `again` by its key: `purchase/ORDER`, `refund/ORDER`, the next `refund/ORDER-2`, and
`event/NAME/ID`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import tallybook as tb

from tests.stories.words import Words

if TYPE_CHECKING:
    from tests.stories.commands import Memory

GOODS = re.compile(r"(?:(\d+)\*)?([a-z]\w*)(?::(\d+(?:\.\d\d)?))?")
MONEY = re.compile(r"\d+(?:\.\d\d)?")


def purchase(memory: Memory, words: Words) -> tb.Command[Any]:
    """A purchase, in dollars unless another currency is named."""
    member, order = words.next(), words.next()
    occurred_at = words.moment_after("happened")
    currency = words.one_of(["EUR", "JPY"]) or "USD"
    paid, by = words.after("paid"), words.after("by")
    lines = tuple(_line(each) for each in words.rest())
    tenders: tuple[tb.Tender, ...] = ()
    if paid is not None:
        points = tb.Tender(kind="points", amount=_cents(paid), entry=memory.entry(member, by or ""))
        total = sum(line.amount for line in lines)
        tenders = (points, tb.Tender(kind="card", amount=total - points.amount))
    event = tb.Purchase(order_id=order, currency=currency, lines=lines, tenders=tenders)
    return tb.RecordEvent(program=memory.program, member=member, event=event, occurred_at=occurred_at)


def refund(memory: Memory, words: Words) -> tb.Command[Any]:
    """A refund of an order, under an id of its own."""
    member, order = words.next(), words.next()
    occurred_at = words.moment_after("happened")
    told = words.rest()
    amounts = [_cents(each) for each in told if MONEY.fullmatch(each)]
    event = tb.Refund(
        refund_id=memory.fresh(member, f"refund/{order}").removeprefix("refund/"),
        order_id=order,
        lines=tuple(_refunded(each) for each in told if not MONEY.fullmatch(each)),
        amount=sum(amounts) or None,
    )
    return tb.RecordEvent(program=memory.program, member=member, event=event, occurred_at=occurred_at)


def tell(memory: Memory, words: Words) -> tb.Command[Any]:
    """A custom event; attributes that look like numbers are numbers."""
    member, name, event_id = words.next(), words.next(), words.next()
    occurred_at = words.moment_after("happened")
    pairs = (each.split(":") for each in words.rest())
    attributes = {key: int(value) if value.isdigit() else value for key, value in pairs}
    event = tb.Custom(name=name, event_id=event_id, attributes=attributes)
    return tb.RecordEvent(program=memory.program, member=member, event=event, occurred_at=occurred_at)


def _line(goods: str) -> tb.Line:
    if MONEY.fullmatch(goods):
        return tb.Line(amount=_cents(goods))
    pieces, category, price = _parts(goods)
    if price is None:
        raise ValueError(f"say what {category} costs")
    return tb.Line(line_id=category, category=category, quantity=int(pieces or 1), amount=_cents(price))


def _refunded(goods: str) -> tb.RefundedLine:
    pieces, category, money = _parts(goods)
    return tb.RefundedLine(
        line_id=category,
        quantity=None if pieces is None else int(pieces),
        amount=None if money is None else _cents(money),
    )


def _parts(goods: str) -> tuple[str | None, str, str | None]:
    match = GOODS.fullmatch(goods)
    if match is None:
        raise ValueError(f"{goods} is neither goods nor money")
    return match[1], match[2], match[3]


def _cents(money: str) -> int:
    return int(Decimal(money) * 100)
