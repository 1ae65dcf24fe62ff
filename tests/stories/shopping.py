"""The commands and questions of stories about the points mall. Knows the book's public queries only.

order M ORDER ITEM [2] [choosing ITEM] [paying 50]   pay-order M ORDER 9.90   send-order M ORDER [by CARRIER]
cancel-order M ORDER                                 return-order M ORDER     stock ITEM +5|-5|=5 because ...

Questions: `the-order M ORDER`; `the-stock ITEM`; `item-quote M ITEM [2] [choosing ITEM] [paying 50]`;
`why-not M ITEM [2]`: the reasons; `to-send`: the orders that are paid; `stock-history ITEM`.
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


def _wish(words: Words) -> dict[str, Any]:
    """What is wanted of an item."""
    choice, paying = words.after("choosing") or "", words.after("paying")
    return {
        "choice": choice,
        "units": None if paying is None else int(paying),
        "item": words.next(),
        "pieces": words.number() or 1,
    }


def _order(memory: Memory, words: Words) -> tb.Command[Any]:
    member, order = words.next(), words.next()
    return tb.PlaceOrder(program=memory.program, member=member, request_id=order, **_wish(words))


def _pay(memory: Memory, words: Words) -> tb.Command[Any]:
    member, order, money = words.next(), words.next(), words.next()
    return tb.PayOrder(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"pay-{order}"),
        order_id=order,
        money=int(Decimal(money) * 100),
        payment=f"payment-of-{order}",
    )


def _send(memory: Memory, words: Words) -> tb.Command[Any]:
    carrier, member, order = words.after("by") or "", words.next(), words.next()
    request_id = memory.fresh(member, f"send-{order}")
    return tb.FulfilOrder(
        program=memory.program, member=member, request_id=request_id, order_id=order, carrier=carrier
    )


def _cancel(memory: Memory, words: Words) -> tb.Command[Any]:
    member, order = words.next(), words.next()
    request_id = memory.fresh(member, f"cancel-{order}")
    return tb.CancelOrder(program=memory.program, member=member, request_id=request_id, order_id=order)


def _return(memory: Memory, words: Words) -> tb.Command[Any]:
    member, order = words.next(), words.next()
    request_id = memory.fresh(member, f"return-{order}")
    return tb.ReturnOrder(program=memory.program, member=member, request_id=request_id, order_id=order)


def _stock(memory: Memory, words: Words) -> tb.Command[Any]:
    reason, member, change = words.all_after("because"), f"item:{words.next()}", words.next()
    is_counted = change.startswith("=")
    return tb.AdjustStock(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, "stock"),
        reason=reason,
        change=None if is_counted else int(change),
        counted=int(change[1:]) if is_counted else None,
    )


SHOPPING: Final[dict[str, Teller]] = {
    "order": _order,
    "pay-order": _pay,
    "send-order": _send,
    "cancel-order": _cancel,
    "return-order": _return,
    "stock": _stock,
}


def _the_order(book: tb.Book, program: str, words: Words) -> Any:
    return book.ask(tb.GetOrder(program=program, member=words.next(), order_id=words.next()))


def _the_stock(book: tb.Book, program: str, words: Words) -> Any:
    return book.ask(tb.StockReport(program=program, item=words.next()))[0]


def _quote(book: tb.Book, program: str, words: Words) -> Any:
    member = words.next()
    return book.ask(tb.GetItemQuote(program=program, member=member, **_wish(words)))


def _why_not(book: tb.Book, program: str, words: Words) -> Any:
    reasons = _quote(book, program, words).reasons
    return " ".join(each.why for each in reasons) or "no reason"


def _to_send(book: tb.Book, program: str, words: Words) -> Any:
    page = book.ask(tb.ListOrders(program=program, state=tb.OrderStanding.PAID))
    return " ".join(f"{each.member}/{each.order_id}" for each in page.orders) or "nothing"


def _stock_history(book: tb.Book, program: str, words: Words) -> Any:
    page = book.ask(tb.GetStockHistory(program=program, item=words.next()))
    return ", ".join(f"{each.change:+} {each.reason}" for each in page.changes) or "none"


SHOPPING_QUESTIONS: Final[dict[str, Callable[[tb.Book, str, Words], Any]]] = {
    "the-order": _the_order,
    "the-stock": _the_stock,
    "item-quote": _quote,
    "why-not": _why_not,
    "to-send": _to_send,
    "stock-history": _stock_history,
}
