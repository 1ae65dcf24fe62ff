"""What callers know of checkout, to be had from `tallybook` itself. Decides nothing."""

from __future__ import annotations

from tallybook.checkout.capture_checkout import CaptureCheckout, CheckoutCaptured
from tallybook.checkout.hold_checkout import CheckoutHeld, CheckoutReleased, HoldCheckout, ReleaseCheckout
from tallybook.checkout.moves import State as CheckoutStanding
from tallybook.checkout.notes import CheckoutNote, Quote
from tallybook.checkout.prices import PricedLine
from tallybook.checkout.queries import CheckoutView, GetCheckout
from tallybook.checkout.quote_checkout import CheckoutQuoted, QuoteCheckout
from tallybook.checkout.refund_checkout import CheckoutRefunded, RefundCheckout
from tallybook.checkout.tenders import AskedTender, TenderPart
from tallybook.refusals.checkout import (
    CaptureExceedsCheckout,
    CheckoutState,
    EventExists,
    QuoteConsumed,
    QuoteLapsed,
    TenderCurrency,
    TenderExceedsLimit,
    UnknownCheckout,
    UnknownQuote,
    UnknownTender,
)

__all__ = [
    "AskedTender",
    "CaptureCheckout",
    "CaptureExceedsCheckout",
    "CheckoutCaptured",
    "CheckoutHeld",
    "CheckoutNote",
    "CheckoutQuoted",
    "CheckoutRefunded",
    "CheckoutReleased",
    "CheckoutStanding",
    "CheckoutState",
    "CheckoutView",
    "EventExists",
    "GetCheckout",
    "HoldCheckout",
    "PricedLine",
    "Quote",
    "QuoteCheckout",
    "QuoteConsumed",
    "QuoteLapsed",
    "RefundCheckout",
    "ReleaseCheckout",
    "TenderCurrency",
    "TenderExceedsLimit",
    "TenderPart",
    "UnknownCheckout",
    "UnknownQuote",
    "UnknownTender",
]
