"""Commands and questions about the points mall. Knows no channel.

Amounts are in the smallest step of their unit, money in the minor unit of its currency.
"""

from typing import Unpack

from tallybook_client._gen.tallybook.v1.mall_pb2 import (
    AdjustStockRequest,
    CancelOrderRequest,
    FulfilOrderRequest,
    MallOrderState,
    PayOrderRequest,
    PlaceOrderRequest,
    ReturnOrderRequest,
)
from tallybook_client._gen.tallybook.v1.mall_service_pb2 import (
    GetItemQuoteRequest,
    GetOrderRequest,
    GetStockRequest,
    ListItemsRequest,
    ListOrdersRequest,
    ListStockChangesRequest,
    ListStocksRequest,
)

from .circumstances import Common, Reasoned, common_fields

ITEM = "item:"
MallCommand = (
    PlaceOrderRequest
    | PayOrderRequest
    | FulfilOrderRequest
    | CancelOrderRequest
    | ReturnOrderRequest
    | AdjustStockRequest
)


def place_order(
    member: str,
    item: str,
    *,
    pieces: int = 1,
    choice: str = "",
    units: int | None = None,
    order_id: str = "",
    **common: Unpack[Common],
) -> PlaceOrderRequest:
    """Order an item; where it is one of several, `choice` says which.

    Where units can pay for a part of the money, `units` is how many the member pays: by default as many as
    are available, and never more than the money is worth. Without an `order_id` it is the request id.

    >>> request = place_order("m1", "mug", pieces=2, order_id="o1")
    >>> request.pieces, request.HasField("units")
    (2, False)
    """
    return PlaceOrderRequest(
        member=member,
        item=item,
        pieces=pieces,
        choice=choice,
        units=units,
        order_id=order_id,
        **common_fields(common),
    )


def pay_order(
    member: str, order_id: str, *, money: int, payment: str, **common: Unpack[Common]
) -> PayOrderRequest:
    """Say that `money` came in for an order, by a payment that is called `payment` elsewhere."""
    return PayOrderRequest(
        member=member, order_id=order_id, money=money, payment=payment, **common_fields(common)
    )


def fulfil_order(
    member: str, order_id: str, *, carrier: str = "", tracking: str = "", **common: Unpack[Common]
) -> FulfilOrderRequest:
    """Say that what was ordered was handed over, or sent by a carrier under a number."""
    return FulfilOrderRequest(
        member=member, order_id=order_id, carrier=carrier, tracking=tracking, **common_fields(common)
    )


def cancel_order(member: str, order_id: str, **common: Unpack[Common]) -> CancelOrderRequest:
    """Cancel an order that is placed or paid, and learn what to pay back."""
    return CancelOrderRequest(member=member, order_id=order_id, **common_fields(common))


def return_order(member: str, order_id: str, **common: Unpack[Common]) -> ReturnOrderRequest:
    """Take back a whole order that was fulfilled, and learn what to pay back."""
    return ReturnOrderRequest(member=member, order_id=order_id, **common_fields(common))


def adjust_stock(
    item: str,
    *,
    reason: str,
    change: int | None = None,
    counted: int | None = None,
    **common: Unpack[Reasoned],
) -> AdjustStockRequest:
    """Put `change` pieces in stock, take them out where it is below zero, or say how many were `counted`.

    >>> adjust_stock("mug", change=-1, reason="broken").member
    'item:mug'
    """
    return AdjustStockRequest(
        member=ITEM + item, change=change, counted=counted, reason=reason, **common_fields(common)
    )


def list_items(member: str, *, page_size: int = 0) -> ListItemsRequest:
    """Read the items as a member sees them, with every reason why one cannot be ordered."""
    return ListItemsRequest(member=member, page_size=page_size)


def get_item_quote(
    member: str, item: str, *, pieces: int = 1, choice: str = "", units: int | None = None
) -> GetItemQuoteRequest:
    """Read what an order would cost a member now, and every reason against it."""
    return GetItemQuoteRequest(member=member, item=item, pieces=pieces, choice=choice, units=units)


def get_order(member: str, order_id: str) -> GetOrderRequest:
    """Read an order."""
    return GetOrderRequest(member=member, order_id=order_id)


def list_orders(
    member: str = "",
    *,
    state: MallOrderState | None = None,
    page_size: int = 0,
) -> ListOrdersRequest:
    """Read the orders of a member, or of all, in one state or all that are open."""
    return ListOrdersRequest(member=member, state=state, page_size=page_size)


def get_stock(item: str) -> GetStockRequest:
    """Read what is on hand, reserved and sold of an item."""
    return GetStockRequest(item=item)


def list_stock_changes(item: str, *, page_size: int = 0) -> ListStockChangesRequest:
    """Read what was put in stock of an item and taken out by hand, the newest first."""
    return ListStockChangesRequest(item=item, page_size=page_size)


def list_stocks() -> ListStocksRequest:
    """Read the stocks of all items."""
    return ListStocksRequest()
