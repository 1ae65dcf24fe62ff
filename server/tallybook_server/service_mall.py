"""MallService: items for units or money, and orders."""

from __future__ import annotations

from typing import Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1 import mall_service_pb2 as wire

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import asking, listing, posting
from tallybook_server.convert_mall import (
    STATES,
    change_message,
    offered_message,
    order_message,
    reason_messages,
    stock_message,
)
from tallybook_server.kinds import MALL
from tallybook_server.methods import Handler

NAME: Final = wire.DESCRIPTOR.services_by_name["MallService"].full_name
_BY_NUMBER: Final = {number: state for state, number in STATES.items()}


def handlers(lanes: Lanes) -> dict[str, Handler]:
    """The rpcs by name."""
    history = lanes.history
    reads = {
        "ListItems": listing(wire.ListItemsRequest, history, _items, _items_told, "items"),
        "GetItemQuote": asking(wire.GetItemQuoteRequest, history, _quote, _quoted),
        "GetOrder": asking(wire.GetOrderRequest, lanes.read, _order, _order_told),
        "ListOrders": listing(wire.ListOrdersRequest, history, _orders, _orders_told, "orders"),
        "GetStock": asking(wire.GetStockRequest, history, _stock, _stock_told),
        "ListStockChanges": listing(
            wire.ListStockChangesRequest, history, _changes, _changes_told, "changes"
        ),
        "ListStocks": asking(wire.ListStocksRequest, history, _stocks, _stocks_told),
    }
    return {kind.rpc: posting(kind, lanes) for kind in MALL} | reads


def _items(request: wire.ListItemsRequest) -> tb.ListItems:
    return tb.ListItems(
        program=request.program,
        member=request.member,
        page_size=request.page_size,
        page_token=request.page_token,
    )


def _items_told(_: wire.ListItemsRequest, page: tb.ItemPage) -> wire.ListItemsResponse:
    return wire.ListItemsResponse(
        items=map(offered_message, page.items), next_page_token=page.next_page_token
    )


def _quote(request: wire.GetItemQuoteRequest) -> tb.GetItemQuote:
    return tb.GetItemQuote(
        program=request.program,
        member=request.member,
        item=request.item,
        pieces=request.pieces or 1,
        choice=request.choice,
        units=request.units if request.HasField("units") else None,
    )


def _quoted(_: wire.GetItemQuoteRequest, quote: tb.ItemQuote) -> wire.GetItemQuoteResponse:
    return wire.GetItemQuoteResponse(
        item=quote.item,
        chosen=quote.chosen,
        pieces=quote.pieces,
        unit=quote.unit,
        amount=quote.amount,
        currency=quote.currency,
        money=quote.money,
        reasons=reason_messages(quote.reasons),
    )


def _order(request: wire.GetOrderRequest) -> tb.GetOrder:
    return tb.GetOrder(program=request.program, member=request.member, order_id=request.order_id)


def _order_told(_: wire.GetOrderRequest, view: tb.OrderView) -> wire.GetOrderResponse:
    return wire.GetOrderResponse(order=order_message(view))


def _orders(request: wire.ListOrdersRequest) -> tb.ListOrders:
    if request.state and request.state not in _BY_NUMBER:
        raise tb.InvalidInput("state", f"has no value numbered {int(request.state)}")
    return tb.ListOrders(
        program=request.program,
        member=request.member,
        state=_BY_NUMBER.get(request.state),
        page_size=request.page_size,
        page_token=request.page_token,
    )


def _orders_told(_: wire.ListOrdersRequest, page: tb.OrderPage) -> wire.ListOrdersResponse:
    return wire.ListOrdersResponse(
        orders=map(order_message, page.orders), next_page_token=page.next_page_token
    )


def _stock(request: wire.GetStockRequest) -> tb.StockReport:
    if not request.item:
        raise tb.InvalidInput("item", "must not be empty")
    return tb.StockReport(program=request.program, item=request.item)


def _stock_told(_: wire.GetStockRequest, sheets: tuple[tb.StockSheet, ...]) -> wire.GetStockResponse:
    return wire.GetStockResponse(stock=stock_message(sheets[0]))


def _changes(request: wire.ListStockChangesRequest) -> tb.GetStockHistory:
    return tb.GetStockHistory(
        program=request.program,
        item=request.item,
        page_size=request.page_size,
        page_token=request.page_token,
    )


def _changes_told(_: wire.ListStockChangesRequest, page: tb.StockHistory) -> wire.ListStockChangesResponse:
    return wire.ListStockChangesResponse(
        changes=map(change_message, page.changes), next_page_token=page.next_page_token
    )


def _stocks(request: wire.ListStocksRequest) -> tb.StockReport:
    return tb.StockReport(program=request.program)


def _stocks_told(_: wire.ListStocksRequest, sheets: tuple[tb.StockSheet, ...]) -> wire.ListStocksResponse:
    return wire.ListStocksResponse(stocks=map(stock_message, sheets))
