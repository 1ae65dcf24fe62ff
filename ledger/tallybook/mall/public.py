"""What callers know of the mall, to be had from `tallybook` itself. Decides nothing."""

from __future__ import annotations

from tallybook.mall.adjust_stock import AdjustStock, StockAdjusted
from tallybook.mall.cancel_order import CancelOrder
from tallybook.mall.fulfil_order import FulfilOrder
from tallybook.mall.listing import ChoiceView, GetItemQuote, ItemPage, ItemQuote, ItemView, ListItems
from tallybook.mall.moves import State as OrderStanding
from tallybook.mall.offers import Reason as ItemReason
from tallybook.mall.offers import Why as WhyNotOffered
from tallybook.mall.orders import OrderMoved
from tallybook.mall.pay_order import PayOrder
from tallybook.mall.place_order import PlaceOrder
from tallybook.mall.queries import GetOrder, ListOrders, OrderPage, OrderView
from tallybook.mall.return_order import ReturnOrder
from tallybook.mall.stock_history import GetStockHistory, StockChange, StockHistory
from tallybook.programs.mall import Item
from tallybook.programs.mall import Price as ItemPrice
from tallybook.refusals.mall import (
    ItemLimitReached,
    ItemNotOffered,
    ItemNotStocked,
    ItemOutOfStock,
    OrderExists,
    OrderNotReturnable,
    OrderPaymentDiffers,
    OrderState,
    UnknownItem,
    UnknownOrder,
)

__all__ = [
    "AdjustStock",
    "CancelOrder",
    "ChoiceView",
    "FulfilOrder",
    "GetItemQuote",
    "GetOrder",
    "GetStockHistory",
    "Item",
    "ItemLimitReached",
    "ItemNotOffered",
    "ItemNotStocked",
    "ItemOutOfStock",
    "ItemPage",
    "ItemPrice",
    "ItemQuote",
    "ItemReason",
    "ItemView",
    "ListItems",
    "ListOrders",
    "OrderExists",
    "OrderMoved",
    "OrderNotReturnable",
    "OrderPage",
    "OrderPaymentDiffers",
    "OrderStanding",
    "OrderState",
    "OrderView",
    "PayOrder",
    "PlaceOrder",
    "ReturnOrder",
    "StockAdjusted",
    "StockChange",
    "StockHistory",
    "UnknownItem",
    "UnknownOrder",
    "WhyNotOffered",
]
