"""Events that cannot be meant: each is refused, by the place in its request that is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from tallybook_client import PurchaseDiscount, PurchaseLine, RefundLine, Tender, errors
from tallybook_client._gen.tallybook.v1.event_pb2 import (
    AttributeValue,
    CustomEvent,
    Purchase,
    RecordEventRequest,
    Refund,
)
from tallybook_client._gen.tallybook.v1.event_service_pb2_grpc import EventServiceStub
from tallybook_client.status import error_of_call

NOW = datetime.now(UTC)


def purchase(**fields: Any) -> RecordEventRequest:
    lines = [PurchaseLine(amount=100)]
    return RecordEventRequest(
        purchase=Purchase(**{"order_id": "1", "currency": "USD", "lines": lines} | fields)
    )


def refund(**fields: Any) -> RecordEventRequest:
    return RecordEventRequest(refund=Refund(**{"refund_id": "1", "order_id": "1"} | fields))


def custom(**fields: Any) -> RecordEventRequest:
    return RecordEventRequest(custom=CustomEvent(**{"name": "check_in", "event_id": "1"} | fields))


BAD_EVENTS: dict[str, tuple[RecordEventRequest, str]] = {
    "nothing": (RecordEventRequest(), "event"),
    "an empty purchase": (RecordEventRequest(purchase=Purchase()), "purchase.order_id"),
    "no lines": (purchase(lines=[]), "purchase.lines"),
    "too many lines": (purchase(lines=[PurchaseLine(amount=1)] * 1_001), "purchase.lines"),
    "no pieces": (purchase(lines=[PurchaseLine(amount=1, quantity=0)]), "purchase.lines[0].quantity"),
    "more pieces than can be counted": (
        purchase(lines=[PurchaseLine(amount=1, quantity=2**62)] * 2),
        "purchase.lines",
    ),
    "money below zero": (purchase(lines=[PurchaseLine(amount=-1)]), "purchase.lines[0].amount"),
    "a line named twice": (purchase(lines=[PurchaseLine(line_id="2"), PurchaseLine()]), "purchase.lines"),
    "no such currency": (purchase(currency="XXD"), "purchase.currency"),
    "another total": (purchase(total=99), "purchase.total"),
    "a total of zero": (purchase(total=0), "purchase.total"),
    "paid too little": (purchase(tenders=[Tender(kind="card", amount=99)]), "purchase.tenders"),
    "a tender of entry zero": (
        purchase(tenders=[Tender(kind="points", amount=100, entry=0)]),
        "purchase.tenders[0].entry",
    ),
    "more off than there is": (
        purchase(shipping=9, discounts=[PurchaseDiscount(code="X", amount=101)]),
        "purchase.discounts",
    ),
    "more money than can be counted": (
        purchase(lines=[PurchaseLine(amount=2**62)] * 2),
        "purchase.total",
    ),
    "a refund of nothing": (refund(amount=0), "refund.amount"),
    "a refund without an order": (refund(order_id=""), "refund.order_id"),
    "a line without its name": (refund(lines=[RefundLine()]), "refund.lines[0].line_id"),
    "no event id": (custom(event_id=""), "custom.event_id"),
    "a key that is too long": (custom(name="n" * 60, event_id="i" * 90), "custom"),
    "an attribute without a value": (
        custom(attributes={"store": AttributeValue()}),
        "custom.attributes[store]",
    ),
    "a time out of range": (custom(), "occurred_at"),
    "a time to come": (custom(), "occurred_at"),
}
BAD_EVENTS["a time out of range"][0].occurred_at.CopyFrom(Timestamp(seconds=-1))
BAD_EVENTS["a time to come"][0].occurred_at.FromDatetime(NOW + timedelta(days=2))


@pytest.mark.parametrize("name", BAD_EVENTS)
def test_what_cannot_be_meant_is_told_by_its_place_in_the_request(
    channel: grpc.Channel, guest: str, name: str
) -> None:
    request, field = BAD_EVENTS[name]
    request.program, request.member = "cafe", guest
    with pytest.raises(grpc.RpcError) as raised:
        EventServiceStub(channel).RecordEvent(request, timeout=20)
    caught = error_of_call(raised.value)
    assert isinstance(caught, errors.FieldInvalid), caught
    assert caught.field == field
    assert "incident" not in caught.metadata
