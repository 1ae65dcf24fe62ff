"""Refusals about checkout. Money is in minor units, units are in their smallest steps."""

from .facts import Fact
from .families import Refused


class UnknownQuote(Refused):
    """The order has no such quote, or a later one."""

    REASON = "UNKNOWN_QUOTE"
    member = Fact(str)
    order = Fact(str)
    quote = Fact(str)


class QuoteLapsed(Refused):
    """The quote has stood long enough."""

    REASON = "QUOTE_LAPSED"
    order = Fact(str)
    quote = Fact(str)
    lapsed_at = Fact(str)


class QuoteConsumed(Refused):
    """The quote was held already, in this entry."""

    REASON = "QUOTE_CONSUMED"
    order = Fact(str)
    quote = Fact(str)
    entry = Fact(int)


class UnknownCheckout(Refused):
    """Nothing was ever held for the order."""

    REASON = "UNKNOWN_CHECKOUT"
    member = Fact(str)
    order = Fact(str)


class CheckoutState(Refused):
    """The checkout is in a state in which this cannot be done with it."""

    REASON = "CHECKOUT_STATE"
    order = Fact(str)
    state = Fact(str)
    move = Fact(str)


class UnknownTender(Refused):
    """The program has no such tender."""

    REASON = "UNKNOWN_TENDER"
    program = Fact(str)
    tender = Fact(str)


class TenderCurrency(Refused):
    """The tender pays another currency."""

    REASON = "TENDER_CURRENCY"
    tender = Fact(str)
    currency = Fact(str)
    expected = Fact(str)


class TenderExceedsLimit(Refused):
    """The tender cannot pay so much of the order, or not so odd a number."""

    REASON = "TENDER_EXCEEDS_LIMIT"
    tender = Fact(str)
    asked = Fact(int)
    most = Fact(int)
    step = Fact(int)


class CaptureExceedsCheckout(Refused):
    """So much is not held to be captured."""

    REASON = "CAPTURE_EXCEEDS_CHECKOUT"
    order = Fact(str)
    what = Fact(str)
    asked = Fact(int)
    held = Fact(int)


class EventExists(Refused):
    """The purchase or the refund was told before by itself, in this entry."""

    REASON = "EVENT_EXISTS"
    event = Fact(str)
    entry = Fact(int)
