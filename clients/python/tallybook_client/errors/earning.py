"""Refusals of events: what a program or an order does not have."""

from .facts import Fact
from .families import Refused


class UnknownEventType(Refused):
    """The program declares no event of this name in the revision that was in force when it happened."""

    REASON = "UNKNOWN_EVENT_TYPE"
    program = Fact(str)
    event = Fact(str)
    revision = Fact(int)


class UnknownLine(Refused):
    """The order that a refund names has no such line."""

    REASON = "UNKNOWN_LINE"
    order = Fact(str)
    line = Fact(str)


class RefundExceedsPurchase(Refused):
    """More was to be refunded than is left of the order."""

    REASON = "REFUND_EXCEEDS_PURCHASE"
    order = Fact(str)
    what = Fact(str)
    asked = Fact(int)
    left = Fact(int)
