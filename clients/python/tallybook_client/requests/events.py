"""Build the messages that tell of events, from plain values. Knows no channel.

Money is in the minor unit of the order's currency. An event takes no request id: its own id is that, so the
same event, sent twice, is one.
"""

from collections.abc import Iterable, Mapping
from typing import Unpack

from tallybook_client._gen.tallybook.v1.event_pb2 import (
    AttributeValue,
    CustomEvent,
    Purchase,
    PurchaseDiscount,
    PurchaseLine,
    RecordEventRequest,
    Refund,
    RefundLine,
    Tender,
)
from tallybook_client._gen.tallybook.v1.event_service_pb2 import (
    ExplainEntryRequest,
    ListWaitingRefundsRequest,
)

from .circumstances import OfEvent, event_fields

Attributes = Mapping[str, str | int | bool]
"""Facts of the shop's own, for the program's conditions: text, whole numbers, yes or no."""


def record_purchase(
    member: str,
    *,
    order_id: str,
    currency: str,
    lines: Iterable[PurchaseLine],
    tax: int = 0,
    shipping: int = 0,
    discounts: Iterable[PurchaseDiscount] = (),
    tenders: Iterable[Tender] = (),
    total: int | None = None,
    store: str = "",
    channel: str = "",
    attributes: Attributes | None = None,
    **told: Unpack[OfEvent],
) -> RecordEventRequest:
    """Record what was bought, and give what the program's rules give for it.

    With `validate_only` it tells what the order would earn: for the page of a cart.

    >>> lines = [PurchaseLine(sku="A1", quantity=2, amount=7200)]
    >>> request = record_purchase("alice", order_id="1001", currency="USD", lines=lines)
    >>> request.purchase.lines[0].amount
    7200
    """
    purchase = Purchase(
        order_id=order_id,
        currency=currency,
        lines=lines,
        tax=tax,
        shipping=shipping,
        discounts=discounts,
        tenders=tenders,
        total=total,
        store=store,
        channel=channel,
        attributes=_attributes(attributes),
    )
    return RecordEventRequest(member=member, purchase=purchase, **event_fields(told))


def record_refund(
    member: str,
    *,
    refund_id: str,
    order_id: str,
    lines: Iterable[RefundLine] = (),
    amount: int | None = None,
    tenders: Iterable[Tender] = (),
    store: str = "",
    channel: str = "",
    attributes: Attributes | None = None,
    **told: Unpack[OfEvent],
) -> RecordEventRequest:
    """Record what came back of an order, and take back what it had earned.

    Lines, or an `amount` of goods, or both; with neither, all that is left of the order.
    """
    refund = Refund(
        refund_id=refund_id,
        order_id=order_id,
        lines=lines,
        amount=amount,
        tenders=tenders,
        store=store,
        channel=channel,
        attributes=_attributes(attributes),
    )
    return RecordEventRequest(member=member, refund=refund, **event_fields(told))


def record_event(
    member: str,
    name: str,
    *,
    event_id: str,
    store: str = "",
    channel: str = "",
    attributes: Attributes | None = None,
    **told: Unpack[OfEvent],
) -> RecordEventRequest:
    """Record anything else that the program declares: a sign-up, a check-in, a review."""
    custom = CustomEvent(
        name=name, event_id=event_id, store=store, channel=channel, attributes=_attributes(attributes)
    )
    return RecordEventRequest(member=member, custom=custom, **event_fields(told))


def explain_entry(member: str, entry: int) -> ExplainEntryRequest:
    """Read why an event came to what it did, as data and in sentences."""
    return ExplainEntryRequest(member=member, entry=entry)


def list_waiting_refunds(*, page_size: int = 0) -> ListWaitingRefundsRequest:
    """Read the refunds that came before their order: those that wait, and those that it could not take.

    Pages are fetched as needed.
    """
    return ListWaitingRefundsRequest(page_size=page_size)


def _attributes(values: Attributes | None) -> dict[str, AttributeValue]:
    return {name: _attribute(value) for name, value in (values or {}).items()}


def _attribute(value: str | int | bool) -> AttributeValue:
    match value:
        case bool():
            return AttributeValue(flag=value)
        case int():
            return AttributeValue(number=value)
        case str():
            return AttributeValue(text=value)
        case _:
            raise TypeError(f"an attribute is text, a whole number or a truth value, not {value!r}")
