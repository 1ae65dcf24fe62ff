"""What is public of the points mall: orders, items as members see them, and stocks."""

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
from ._gen.tallybook.v1.mall_rules_pb2 import ItemGift, ItemLimit, ItemTierPrice, MallItem
from ._gen.tallybook.v1.mall_service_pb2 import (
    GetItemQuoteResponse,
    GetOrderResponse,
    GetStockResponse,
    ItemChoice,
    ItemLimitLeft,
    ItemReason,
    ItemStock,
    ListStocksResponse,
    OfferedItem,
    StockChange,
)

__all__ = [
    "AdjustStockResponse",
    "CancelOrderResponse",
    "FulfilOrderResponse",
    "GetItemQuoteResponse",
    "GetOrderResponse",
    "GetStockResponse",
    "ItemChoice",
    "ItemGift",
    "ItemLimit",
    "ItemLimitLeft",
    "ItemPrice",
    "ItemReason",
    "ItemStock",
    "ItemTierPrice",
    "ListStocksResponse",
    "MallItem",
    "MallOrder",
    "MallOrderState",
    "OfferedItem",
    "PayOrderResponse",
    "PlaceOrderResponse",
    "ReturnOrderResponse",
    "StockChange",
]
