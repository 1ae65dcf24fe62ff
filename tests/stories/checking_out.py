"""The commands and questions of stories about checkout. Knows the book's public queries only.

A basket is `for` what its lines cost, of two pieces each, and `shipping`; a tender is its name, or so many
units of it, such as points=1000. An order is held by its last quote.

quote M ORDER [points=1000 balance] [without coupons] [with five-1] [shipping 3.00] for 20.00 10.00
hold-order M ORDER [within 15m]                capture-order M ORDER [part 10.00 | of LINE ...]
release-order M ORDER                          refund-order M ORDER [REFUND] [cancelled | of LINE ...]

checkout M ORDER: where it stands
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import tallybook as tb

from tests.stories.words import Words

if TYPE_CHECKING:
    from tests.stories.commands import Memory

Teller = Callable[["Memory", Words], tb.Command[Any]]
SECONDS: Final = {"s": 1, "m": 60, "h": 3600}


def _cents(text: str | None) -> int:
    return 0 if text is None else int(Decimal(text) * 100)


def _pieces(words: Words) -> dict[str, int] | None:
    """A piece of every line that is named, as often as it is."""
    lines = words.all_words_after("of")
    return {line: lines.count(line) for line in lines} or None


def _tender(word: str) -> tb.AskedTender:
    name, _, units = word.partition("=")
    return tb.AskedTender(tender=name, units=int(units) if units else None)


def _quote(memory: Memory, words: Words) -> tb.Command[Any]:
    amounts = words.all_words_after("for")
    lines = tuple(tb.BasketLine(amount=_cents(amount), quantity=2) for amount in amounts)
    shipping, coupon = _cents(words.after("shipping")), words.after("with")
    without = words.after("without") is not None
    member, order = words.next(), words.next()
    request_id = memory.fresh(member, f"quote-{order}")
    memory.quoted(order, request_id)
    return tb.QuoteCheckout(
        program=memory.program,
        member=member,
        request_id=request_id,
        order_id=order,
        basket=tb.Basket(currency="USD", lines=lines, shipping=shipping),
        coupons=() if without else None if coupon is None else (memory.coupon(coupon),),
        tenders=tuple(map(_tender, words.rest())),
    )


def _hold(memory: Memory, words: Words) -> tb.Command[Any]:
    lasting, member, order = words.after("within"), words.next(), words.next()
    return tb.HoldCheckout(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"hold-{order}"),
        order_id=order,
        quote=memory.quote(order),
        seconds=None if lasting is None else int(lasting[:-1]) * SECONDS[lasting[-1]],
    )


def _capture(memory: Memory, words: Words) -> tb.Command[Any]:
    lines, part = _pieces(words), words.after("part")
    member, order = words.next(), words.next()
    return tb.CaptureCheckout(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"capture-{order}"),
        order_id=order,
        lines=lines,
        amount=_cents(part) or None,
    )


def _release(memory: Memory, words: Words) -> tb.Command[Any]:
    member, order = words.next(), words.next()
    request_id = memory.fresh(member, f"release-{order}")
    return tb.ReleaseCheckout(program=memory.program, member=member, request_id=request_id, order_id=order)


def _refund(memory: Memory, words: Words) -> tb.Command[Any]:
    lines, cancelled = _pieces(words), words.flag("cancelled")
    member, order = words.next(), words.next()
    request_id = memory.fresh(member, f"refund-{order}")
    return tb.RefundCheckout(
        program=memory.program,
        member=member,
        request_id=request_id,
        order_id=order,
        refund_id=next(iter(words.rest()), request_id),
        lines=lines,
        cancelled=cancelled,
    )


def _checkout(book: tb.Book, program: str, words: Words) -> Any:
    member, order = words.next(), words.next()
    return str(book.ask(tb.GetCheckout(program=program, member=member, order_id=order)).state)


CHECKING_OUT: Final[dict[str, Teller]] = {
    "quote": _quote,
    "hold-order": _hold,
    "capture-order": _capture,
    "release-order": _release,
    "refund-order": _refund,
}
CHECKING_OUT_QUESTIONS: Final[dict[str, Callable[[tb.Book, str, Words], Any]]] = {"checkout": _checkout}


def checkout_facts(reply: tb.Reply) -> dict[str, str]:
    """What a reply says besides its own fields: units by tender, what coupons take off, what is earned."""
    match reply:
        case tb.CheckoutQuoted(quote=quote):
            return _units(quote.tenders) | {
                "off": str(quote.coupons.amount),
                "earns": str(quote.earns.get("points", 0)),
            }
        case tb.CheckoutCaptured() | tb.CheckoutRefunded():
            moved = sum(each.given - each.taken for each in reply.event.moved if each.unit == "points")
            return _units(reply.tenders) | {"earned": str(moved)}
        case tb.CheckoutHeld():
            return _units(reply.tenders)
        case _:
            return {}


def _units(tenders: tuple[tb.TenderPart, ...]) -> dict[str, str]:
    return {each.tender: str(each.units) for each in tenders}
