"""The commands about the points mall, and their words. Knows the client alone.

Amounts are in the smallest step of their unit, money is in minor units.
"""

import argparse
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from google.protobuf.message import Message

from ._gen.tallybook.v1.mall_pb2 import (
    AdjustStockResponse,
    CancelOrderResponse,
    FulfilOrderResponse,
    ItemPrice,
    MallOrder,
    MallOrderState,
    PayOrderResponse,
    PlaceOrderResponse,
    ReturnOrderResponse,
)
from ._gen.tallybook.v1.mall_service_pb2 import (
    GetItemQuoteResponse,
    ItemReason,
    ItemStock,
    OfferedItem,
    StockChange,
)
from .arguments import common
from .cli_money import Commands
from .client import TallybookClient
from .text import LINES, Lines, instant_text

Arguments = argparse.Namespace
PREFIX = "MALL_ORDER_STATE_"
STATES = {
    "placed": MallOrderState.MALL_ORDER_STATE_PLACED,
    "paid": MallOrderState.MALL_ORDER_STATE_PAID,
    "fulfilled": MallOrderState.MALL_ORDER_STATE_FULFILLED,
    "cancelled": MallOrderState.MALL_ORDER_STATE_CANCELLED,
    "timed_out": MallOrderState.MALL_ORDER_STATE_TIMED_OUT,
    "returned": MallOrderState.MALL_ORDER_STATE_RETURNED,
}


def _order(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.place_order(
        given.member,
        given.item,
        pieces=given.pieces,
        choice=given.choice,
        units=given.units,
        order_id=given.order_id,
        **common(given),
    )


def _pay(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.pay_order(
        given.member, given.order_id, money=given.money, payment=given.payment, **common(given)
    )


def _fulfil(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.fulfil_order(
        given.member, given.order_id, carrier=given.carrier, tracking=given.tracking, **common(given)
    )


def _cancel(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.cancel_order(given.member, given.order_id, **common(given))


def _return(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.return_order(given.member, given.order_id, **common(given))


def _stock(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    if given.change is None and given.counted is None:
        yield client.get_stock(given.item).stock
        yield from islice(client.list_stock_changes(given.item), given.limit)
    else:
        yield client.adjust_stock(given.item, change=given.change, counted=given.counted, **common(given))


def _stocks(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from client.list_stocks().stocks


def _items(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from islice(client.list_items(given.member), given.limit)


def _quote(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_item_quote(
        given.member, given.item, pieces=given.pieces, choice=given.choice, units=given.units
    )


def _orders(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    state = STATES[given.state] if given.state else None
    yield from islice(client.list_orders(given.member, state=state), given.limit)


def add_mall(commands: Commands, writes: argparse.ArgumentParser, reads: argparse.ArgumentParser) -> None:
    """The commands about items, orders and stocks."""
    order = commands.add_of_member("order", _order, writes, "order an item of the points mall")
    quote = commands.add_of_member(
        "quote-item", _quote, reads, "show what an item costs a member, and why not"
    )
    for command in (order, quote):
        command.add_argument("item", help="id of the item")
        command.add_argument("--pieces", type=int, default=1, help="how many (%(default)s)")
        command.add_argument("--choice", default="", help="what to have where it is one of several")
        command.add_argument("--units", type=int, help="so many to pay with, where any part can be")
    order.add_argument("--order-id", default="", help="id of the order (the request id)")
    pay = commands.add_of_member("pay-order", _pay, writes, "say that the money of an order came in")
    fulfil = commands.add_of_member("fulfil-order", _fulfil, writes, "say that an order was sent")
    cancel = commands.add_of_member("cancel-order", _cancel, writes, "cancel an order")
    back = commands.add_of_member("return-order", _return, writes, "take back what was ordered")
    for command in (pay, fulfil, cancel, back):
        command.add_argument("order_id", help="id of the order")
    pay.add_argument("money", type=int, help="what came in, in minor units")
    pay.add_argument("payment", help="what the payment is called elsewhere")
    fulfil.add_argument("--carrier", default="", help="who carries it")
    fulfil.add_argument("--tracking", default="", help="the carrier's number")
    stock = commands.add("stock", _stock, writes, "show the stock of an item, or change it with a reason")
    stock.add_argument("item", help="id of the item")
    stock.add_argument("--change", type=int, help="pieces that came, or went where it is below zero")
    stock.add_argument("--counted", type=int, help="pieces that were counted on hand")
    items = commands.add_of_member("items", _items, reads, "show the points mall as a member sees it")
    orders = commands.add("orders", _orders, reads, "show orders of the points mall")
    orders.add_argument("--member", default="", help="only those of a member")
    orders.add_argument("--state", choices=STATES, help="only those in a state (the open ones)")
    for command, most in ((stock, 20), (items, 100), (orders, 100)):
        command.add_argument("--limit", type=int, default=most, help="how many at most (%(default)s)")
    commands.add("stocks", _stocks, reads, "show the stocks of all items")


# --- words -----------------------------------------------------------------------------------------------

Moved = (
    PlaceOrderResponse | PayOrderResponse | FulfilOrderResponse | CancelOrderResponse | ReturnOrderResponse
)


def _moved(reply: Moved) -> Lines:
    yield from _told(reply.order)
    lapsed = getattr(reply, "lapsed", 0)
    if lapsed:
        yield f"  {lapsed} {reply.order.unit} were past their day, and lapsed"


def _told(order: MallOrder) -> Lines:
    state = MallOrderState.Name(order.state).removeprefix(PREFIX).lower().replace("_", " ")
    of = f" of {order.item}" if order.chosen != order.item else ""
    whose = f"{order.member}  " if order.member else ""
    yield (
        f"{whose}{order.order_id}  {state}: {order.pieces} {order.chosen}{of} for "
        f"{_cost(order.unit, order.amount, order.currency, order.money)}"
    )
    if order.HasField("deadline"):
        yield f"  to be paid before {instant_text(order.deadline)}"
    if order.pay_back:
        yield f"  pay back {order.pay_back} {order.currency} of payment {order.payment}"
    if order.coupons:
        yield f"  coupons: {', '.join(order.coupons)}"
    if order.carrier or order.tracking:
        yield f"  sent by {order.carrier or 'somebody'}, number {order.tracking or 'unknown'}"


def _cost(unit: str, amount: int, currency: str, money: int) -> str:
    parts = [f"{amount} {unit}" if amount else "", f"{money} {currency}" if money else ""]
    return " and ".join(filter(None, parts)) or "nothing"


def _price(price: ItemPrice) -> str:
    whole = _cost(price.unit, price.amount, price.currency, price.money)
    if not price.worth_amount:
        return whole
    return f"{whole}, {price.worth_amount} {price.unit} are worth {price.worth_money}"


def _why(reason: ItemReason) -> str:
    facts = [*reason.wanted, reason.detail]
    if reason.HasField("there"):
        facts.append(f"{reason.asked} asked, {reason.there} there")
    if reason.HasField("at"):
        facts.append(instant_text(reason.at))
    known = ", ".join(filter(None, facts))
    return f"  not: {reason.why}{f' ({known})' if known else ''}"


def _offered(item: OfferedItem) -> Lines:
    left = f", {item.left} left" if item.HasField("left") else ""
    yield f"{item.item}  {item.display_name} ({item.kind}) for {_price(item.price)}{left}"
    for choice in item.choices:
        yield f"  or {choice.item}" + (f", {choice.left} left" if choice.HasField("left") else "")
    for limit in item.limits:
        yield f"  {limit.left} more in this {limit.period}"
    yield from map(_why, item.reasons)


def _quoted(quote: GetItemQuoteResponse) -> Lines:
    yield f"{quote.pieces} {quote.item} for {_cost(quote.unit, quote.amount, quote.currency, quote.money)}"
    yield from map(_why, quote.reasons)


def _adjusted(reply: AdjustStockResponse) -> Lines:
    yield f"{reply.item}: {reply.change:+}, {reply.on_hand} on hand"


def _in_stock(stock: ItemStock) -> Lines:
    if stock.is_stocked:
        yield f"{stock.item}: {stock.on_hand} on hand, {stock.reserved} reserved, {stock.sold} sold"
    else:
        yield f"{stock.item}: as many as are ordered"
    if stock.HasField("most"):
        yield f"  {stock.taken} of {stock.most} are taken"


def _changed(change: StockChange) -> Lines:
    yield f"{instant_text(change.recorded_at)}  {change.change:+}, {change.on_hand} on hand: {change.reason}"


_WORDS: dict[type[Message], Callable[[Any], Lines]] = {
    PlaceOrderResponse: _moved,
    PayOrderResponse: _moved,
    FulfilOrderResponse: _moved,
    CancelOrderResponse: _moved,
    ReturnOrderResponse: _moved,
    MallOrder: _told,
    OfferedItem: _offered,
    GetItemQuoteResponse: _quoted,
    AdjustStockResponse: _adjusted,
    ItemStock: _in_stock,
    StockChange: _changed,
}
LINES.update(_WORDS)
