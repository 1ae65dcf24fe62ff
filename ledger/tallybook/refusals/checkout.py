"""The refusals about checkout, one class a reason. Pure: no clock, no database.

They are refusals like those in `errors`. Money is in minor units of the order's currency.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tallybook.errors import NotDeclared, Refusal, refusal


@refusal
@dataclass(eq=False)
class UnknownQuote(Refusal):
    """Order {order!r} of member {member!r} has no quote {quote!r}: there is none, or a later one."""

    code: ClassVar[str] = "UNKNOWN_QUOTE"
    member: str
    order: str
    quote: str


@refusal
@dataclass(eq=False)
class QuoteLapsed(Refusal):
    """Quote {quote!r} of order {order!r} stood until {lapsed_at}."""

    code: ClassVar[str] = "QUOTE_LAPSED"
    order: str
    quote: str
    lapsed_at: str


@refusal
@dataclass(eq=False)
class QuoteConsumed(Refusal):
    """Quote {quote!r} of order {order!r} was held already, in entry {entry}."""

    code: ClassVar[str] = "QUOTE_CONSUMED"
    order: str
    quote: str
    entry: int


@refusal
@dataclass(eq=False)
class UnknownCheckout(Refusal):
    """Order {order!r} of member {member!r} was never held."""

    code: ClassVar[str] = "UNKNOWN_CHECKOUT"
    member: str
    order: str


@refusal
@dataclass(eq=False)
class CheckoutState(Refusal):
    """The checkout of order {order!r} is {state}: there is no way to {move} it."""

    code: ClassVar[str] = "CHECKOUT_STATE"
    order: str
    state: str
    move: str


@refusal
@dataclass(eq=False)
class UnknownTender(NotDeclared):
    """In program {program!r} no order can be paid with {tender!r}."""

    code: ClassVar[str] = "UNKNOWN_TENDER"
    program: str
    tender: str


@refusal
@dataclass(eq=False)
class TenderCurrency(Refusal):
    """{tender!r} pays {expected}, and the order is in {currency}."""

    code: ClassVar[str] = "TENDER_CURRENCY"
    tender: str
    currency: str
    expected: str


@refusal
@dataclass(eq=False)
class TenderExceedsLimit(Refusal):
    """{asked} of {tender!r} cannot pay this order: at most {most}, and {step} or whole multiples of it."""

    code: ClassVar[str] = "TENDER_EXCEEDS_LIMIT"
    tender: str
    asked: int
    most: int
    step: int


@refusal
@dataclass(eq=False)
class CaptureExceedsCheckout(Refusal):
    """{asked} were to be captured of the {what} of order {order!r}, {held} are held."""

    code: ClassVar[str] = "CAPTURE_EXCEEDS_CHECKOUT"
    order: str
    what: str
    asked: int
    held: int


@refusal
@dataclass(eq=False)
class EventExists(Refusal):
    """Event {event!r} was told before, in entry {entry}."""

    code: ClassVar[str] = "EVENT_EXISTS"
    event: str
    entry: int
