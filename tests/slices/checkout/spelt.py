"""Commands of the checkout for the tests of all commands: what they need, other values, and fingerprints."""

from typing import Any, Final

import tallybook as tb

Kind = type[tb.Command[Any]]
_BASKET: Final = tb.Basket(currency="USD", lines=(tb.BasketLine(amount=1_000),))

NEEDED: dict[Kind, dict[str, Any]] = {
    tb.QuoteCheckout: {"order_id": "o1", "basket": _BASKET},
    tb.HoldCheckout: {"order_id": "o1", "quote": "q1"},
    tb.CaptureCheckout: {"order_id": "o1"},
    tb.ReleaseCheckout: {"order_id": "o1"},
    tb.RefundCheckout: {"order_id": "o1", "refund_id": "f1"},
}
OTHERS: dict[str, Any] = {
    "tenders": (tb.AskedTender(tender="points", units=7),),
    "quote": "q2",
    "paid_by": "card",
    "refund_id": "f2",
}
NOT_TOGETHER: set[tuple[Kind, str]] = {(tb.CaptureCheckout, "amount"), (tb.RefundCheckout, "cancelled")}
GOLDEN: dict[str, str] = {
    "quote_checkout": "44b9b2d7f6bf987387a9088d4ebbcb98",
    "hold_checkout": "755d75f8326068aa5cb2186b51f4ad1f",
    "capture_checkout": "ffd898af4e4409fc3e2f4ccef2a49be9",
    "release_checkout": "75a698109a138be5eb6f27450f6e36bb",
    "refund_checkout": "ba3f3fa02ee4933128843eda0a7fa0bd",
}
