"""The verbs of the points mall: a part of the contract. Knows no channel."""

from . import requests
from ._gen.tallybook.v1 import mall_pb2, mall_service_pb2
from .verbs import TIMEOUT_REPORT_SECONDS, Method, Paged, Unary

MALL = "/tallybook.v1.MallService"


class MallContract:
    """The rpcs, under their own names. Their arguments are those of the function beside them."""

    place_order = Unary(
        Method(f"{MALL}/PlaceOrder", mall_pb2.PlaceOrderResponse.FromString), requests.place_order
    )
    pay_order = Unary(Method(f"{MALL}/PayOrder", mall_pb2.PayOrderResponse.FromString), requests.pay_order)
    fulfil_order = Unary(
        Method(f"{MALL}/FulfilOrder", mall_pb2.FulfilOrderResponse.FromString), requests.fulfil_order
    )
    cancel_order = Unary(
        Method(f"{MALL}/CancelOrder", mall_pb2.CancelOrderResponse.FromString), requests.cancel_order
    )
    return_order = Unary(
        Method(f"{MALL}/ReturnOrder", mall_pb2.ReturnOrderResponse.FromString), requests.return_order
    )
    adjust_stock = Unary(
        Method(f"{MALL}/AdjustStock", mall_pb2.AdjustStockResponse.FromString), requests.adjust_stock
    )
    list_items = Paged(
        Method(f"{MALL}/ListItems", mall_service_pb2.ListItemsResponse.FromString),
        requests.list_items,
        lambda page: page.items,
    )
    get_item_quote = Unary(
        Method(f"{MALL}/GetItemQuote", mall_service_pb2.GetItemQuoteResponse.FromString),
        requests.get_item_quote,
    )
    get_order = Unary(
        Method(f"{MALL}/GetOrder", mall_service_pb2.GetOrderResponse.FromString), requests.get_order
    )
    list_orders = Paged(
        Method(f"{MALL}/ListOrders", mall_service_pb2.ListOrdersResponse.FromString),
        requests.list_orders,
        lambda page: page.orders,
    )
    get_stock = Unary(
        Method(
            f"{MALL}/GetStock", mall_service_pb2.GetStockResponse.FromString, timeout=TIMEOUT_REPORT_SECONDS
        ),
        requests.get_stock,
    )
    list_stock_changes = Paged(
        Method(f"{MALL}/ListStockChanges", mall_service_pb2.ListStockChangesResponse.FromString),
        requests.list_stock_changes,
        lambda page: page.changes,
    )
    list_stocks = Unary(
        Method(
            f"{MALL}/ListStocks",
            mall_service_pb2.ListStocksResponse.FromString,
            timeout=TIMEOUT_REPORT_SECONDS,
        ),
        requests.list_stocks,
    )
