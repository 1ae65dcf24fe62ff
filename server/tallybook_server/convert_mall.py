"""The points mall on the wire. Pure: no clock, no database.

The library checks what the fields hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import tallybook as tb
from google.protobuf.timestamp_pb2 import Timestamp
from tallybook_client._gen.tallybook.v1 import mall_pb2 as wire
from tallybook_client._gen.tallybook.v1 import mall_rules_pb2 as rules
from tallybook_client._gen.tallybook.v1 import mall_service_pb2 as calls

from tallybook_server.convert_commands import common
from tallybook_server.convert_days import timestamp
from tallybook_server.convert_replies import recorded

STATES: Final = {
    tb.OrderStanding.PLACED: wire.MallOrderState.MALL_ORDER_STATE_PLACED,
    tb.OrderStanding.PAID: wire.MallOrderState.MALL_ORDER_STATE_PAID,
    tb.OrderStanding.FULFILLED: wire.MallOrderState.MALL_ORDER_STATE_FULFILLED,
    tb.OrderStanding.CANCELLED: wire.MallOrderState.MALL_ORDER_STATE_CANCELLED,
    tb.OrderStanding.TIMED_OUT: wire.MallOrderState.MALL_ORDER_STATE_TIMED_OUT,
    tb.OrderStanding.RETURNED: wire.MallOrderState.MALL_ORDER_STATE_RETURNED,
}


# --- commands --------------------------------------------------------------------------------------------


def place_order(request: wire.PlaceOrderRequest, program: str) -> tb.PlaceOrder:
    """Order an item."""
    return tb.PlaceOrder(
        **common(request, program),
        item=request.item,
        pieces=request.pieces or 1,
        choice=request.choice,
        units=request.units if request.HasField("units") else None,
        order_id=request.order_id,
    )


def pay_order(request: wire.PayOrderRequest, program: str) -> tb.PayOrder:
    """Say that the money came in."""
    return tb.PayOrder(
        **common(request, program), order_id=request.order_id, money=request.money, payment=request.payment
    )


def fulfil_order(request: wire.FulfilOrderRequest, program: str) -> tb.FulfilOrder:
    """Say that it was sent."""
    return tb.FulfilOrder(
        **common(request, program),
        order_id=request.order_id,
        carrier=request.carrier,
        tracking=request.tracking,
    )


def cancel_order(request: wire.CancelOrderRequest, program: str) -> tb.CancelOrder:
    """Cancel an order."""
    return tb.CancelOrder(**common(request, program), order_id=request.order_id)


def return_order(request: wire.ReturnOrderRequest, program: str) -> tb.ReturnOrder:
    """Take an order back."""
    return tb.ReturnOrder(**common(request, program), order_id=request.order_id)


def adjust_stock(request: wire.AdjustStockRequest, program: str) -> tb.AdjustStock:
    """Change a stock."""
    return tb.AdjustStock(
        **common(request, program),
        change=request.change if request.HasField("change") else None,
        counted=request.counted if request.HasField("counted") else None,
    )


# --- replies ---------------------------------------------------------------------------------------------


def _moved(reply: tb.OrderMoved) -> dict[str, Any]:
    return recorded(reply) | {"order": _order(reply)}


def order_placed(reply: tb.OrderMoved) -> wire.PlaceOrderResponse:
    """An order placed."""
    return wire.PlaceOrderResponse(**_moved(reply))


def order_paid(reply: tb.OrderMoved) -> wire.PayOrderResponse:
    """An order paid."""
    return wire.PayOrderResponse(**_moved(reply))


def order_fulfilled(reply: tb.OrderMoved) -> wire.FulfilOrderResponse:
    """An order fulfilled."""
    return wire.FulfilOrderResponse(**_moved(reply))


def order_cancelled(reply: tb.OrderMoved) -> wire.CancelOrderResponse:
    """An order cancelled."""
    return wire.CancelOrderResponse(**_moved(reply), lapsed=reply.lapsed)


def order_returned(reply: tb.OrderMoved) -> wire.ReturnOrderResponse:
    """An order returned."""
    return wire.ReturnOrderResponse(**_moved(reply), lapsed=reply.lapsed)


def stock_adjusted(reply: tb.StockAdjusted) -> wire.AdjustStockResponse:
    """A stock changed."""
    return wire.AdjustStockResponse(
        **recorded(reply), item=reply.item, change=reply.change, on_hand=reply.on_hand
    )


# --- views -----------------------------------------------------------------------------------------------


def order_message(view: tb.OrderView) -> wire.MallOrder:
    """An order as it is now."""
    message = _order(view)
    message.member = view.member
    message.placed_at.CopyFrom(timestamp(view.placed_at))
    message.since.CopyFrom(timestamp(view.since))
    return message


def _order(order: tb.OrderMoved | tb.OrderView) -> wire.MallOrder:
    return wire.MallOrder(
        order_id=order.order_id,
        state=STATES[order.state],
        item=order.item,
        chosen=order.chosen,
        pieces=order.pieces,
        unit=order.unit,
        amount=order.amount,
        currency=order.currency,
        money=order.money,
        deadline=None if order.deadline is None else timestamp(order.deadline),
        payment=order.payment,
        pay_back=order.pay_back,
        coupons=order.coupons,
        carrier=order.carrier,
        tracking=order.tracking,
    )


def price_message(price: tb.ItemPrice) -> wire.ItemPrice:
    """What a piece costs."""
    amount, money = price.worth or (0, 0)
    return wire.ItemPrice(
        unit=price.unit,
        amount=price.steps,
        currency=price.currency,
        money=price.money,
        worth_amount=amount,
        worth_money=money,
        most_amount=price.most_steps,
    )


def reason_messages(reasons: Iterable[tb.ItemReason]) -> list[calls.ItemReason]:
    """Why an item cannot be ordered."""
    return [
        calls.ItemReason(
            why=each.why,
            asked=each.asked,
            there=each.there,
            at=None if each.at is None else timestamp(each.at),
            wanted=each.wanted,
            detail=each.detail,
        )
        for each in reasons
    ]


def offered_message(view: tb.ItemView) -> calls.OfferedItem:
    """An item as a member sees it."""
    return calls.OfferedItem(
        item=view.item,
        display_name=view.display_name,
        kind=view.kind,
        price=None if view.price is None else price_message(view.price),
        choices=[
            calls.ItemChoice(item=each.item, display_name=each.display_name, left=each.left)
            for each in view.choices
        ],
        left=view.left,
        limits=[calls.ItemLimitLeft(period=period, left=left) for period, left in view.limits_left.items()],
        starts_at=None if view.starts_at is None else timestamp(view.starts_at),
        ends_at=None if view.ends_at is None else timestamp(view.ends_at),
        reasons=reason_messages(view.reasons),
    )


def stock_message(sheet: tb.StockSheet) -> calls.ItemStock:
    """The pieces of an item."""
    return calls.ItemStock(
        item=sheet.item,
        display_name=sheet.display_name,
        is_stocked=sheet.is_stocked,
        stocked=sheet.stocked,
        on_hand=sheet.on_hand,
        reserved=sheet.reserved,
        sold=sheet.sold,
        most=sheet.most,
        taken=sheet.taken,
    )


def change_message(change: tb.StockChange) -> calls.StockChange:
    """What was done to a stock."""
    return calls.StockChange(
        entry=change.entry,
        recorded_at=timestamp(change.recorded_at),
        change=change.change,
        on_hand=change.on_hand,
        reason=change.reason,
        source=change.source,
        metadata=change.metadata,
    )


# --- the program -----------------------------------------------------------------------------------------


def item_message(item: tb.Item, section: Any) -> rules.MallItem:
    """An item of a program, and the section that it was compiled from."""
    window = item.window
    return rules.MallItem(
        item=item.code,
        display_name=item.display_name,
        gives=_gift(item),
        price=None if item.price is None else price_message(item.price),
        tier_prices=[
            rules.ItemTierPrice(tiers=sorted(each.tiers), price=price_message(each.price))
            for each in item.tier_prices
        ],
        stocked=item.stocked,
        most=item.most,
        limits=[rules.ItemLimit(period=each.period, most=each.most) for each in item.limits],
        most_per_order=item.most_per_order,
        starts_at=_moment(window.starts_at),
        ends_at=_moment(window.ends_at),
        calendars=item.calendars,
        tiers=sorted(item.tiers),
        tags=sorted(item.tags),
        condition=section.condition or "",
        pay_seconds=item.pay_seconds,
    )


def _moment(moment: Any) -> Timestamp | None:
    return None if moment is None else timestamp(moment)


def _gift(item: tb.Item) -> rules.ItemGift:
    """Each kind has what it gives under names of its own."""
    gives: Any = item.gives
    return rules.ItemGift(
        kind=item.kind,
        sku=getattr(gives, "sku", ""),
        unit=getattr(gives, "unit", ""),
        amount=getattr(gives, "steps", 0),
        coupon_template=getattr(gives, "template", ""),
        count=getattr(gives, "count", 0),
        plan=getattr(gives, "plan", ""),
        days=getattr(gives, "days", 0),
        items=getattr(gives, "items", ()),
    )
