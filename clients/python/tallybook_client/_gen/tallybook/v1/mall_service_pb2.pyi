import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tallybook_client._gen.tallybook.v1 import mall_pb2 as _mall_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListItemsRequest(_message.Message):
    __slots__ = ("program", "member", "page_size", "page_token")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    page_size: int
    page_token: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListItemsResponse(_message.Message):
    __slots__ = ("items", "next_page_token")
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[OfferedItem]
    next_page_token: str
    def __init__(self, items: _Optional[_Iterable[_Union[OfferedItem, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class OfferedItem(_message.Message):
    __slots__ = ("item", "display_name", "kind", "price", "choices", "left", "limits", "starts_at", "ends_at", "reasons")
    ITEM_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    CHOICES_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    STARTS_AT_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    item: str
    display_name: str
    kind: str
    price: _mall_pb2.ItemPrice
    choices: _containers.RepeatedCompositeFieldContainer[ItemChoice]
    left: int
    limits: _containers.RepeatedCompositeFieldContainer[ItemLimitLeft]
    starts_at: _timestamp_pb2.Timestamp
    ends_at: _timestamp_pb2.Timestamp
    reasons: _containers.RepeatedCompositeFieldContainer[ItemReason]
    def __init__(self, item: _Optional[str] = ..., display_name: _Optional[str] = ..., kind: _Optional[str] = ..., price: _Optional[_Union[_mall_pb2.ItemPrice, _Mapping]] = ..., choices: _Optional[_Iterable[_Union[ItemChoice, _Mapping]]] = ..., left: _Optional[int] = ..., limits: _Optional[_Iterable[_Union[ItemLimitLeft, _Mapping]]] = ..., starts_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ends_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reasons: _Optional[_Iterable[_Union[ItemReason, _Mapping]]] = ...) -> None: ...

class ItemChoice(_message.Message):
    __slots__ = ("item", "display_name", "left")
    ITEM_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    item: str
    display_name: str
    left: int
    def __init__(self, item: _Optional[str] = ..., display_name: _Optional[str] = ..., left: _Optional[int] = ...) -> None: ...

class ItemLimitLeft(_message.Message):
    __slots__ = ("period", "left")
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    period: str
    left: int
    def __init__(self, period: _Optional[str] = ..., left: _Optional[int] = ...) -> None: ...

class ItemReason(_message.Message):
    __slots__ = ("why", "asked", "there", "at", "wanted", "detail")
    WHY_FIELD_NUMBER: _ClassVar[int]
    ASKED_FIELD_NUMBER: _ClassVar[int]
    THERE_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    WANTED_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    why: str
    asked: int
    there: int
    at: _timestamp_pb2.Timestamp
    wanted: _containers.RepeatedScalarFieldContainer[str]
    detail: str
    def __init__(self, why: _Optional[str] = ..., asked: _Optional[int] = ..., there: _Optional[int] = ..., at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., wanted: _Optional[_Iterable[str]] = ..., detail: _Optional[str] = ...) -> None: ...

class GetItemQuoteRequest(_message.Message):
    __slots__ = ("program", "member", "item", "pieces", "choice", "units")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    PIECES_FIELD_NUMBER: _ClassVar[int]
    CHOICE_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    item: str
    pieces: int
    choice: str
    units: int
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., item: _Optional[str] = ..., pieces: _Optional[int] = ..., choice: _Optional[str] = ..., units: _Optional[int] = ...) -> None: ...

class GetItemQuoteResponse(_message.Message):
    __slots__ = ("item", "chosen", "pieces", "unit", "amount", "currency", "money", "reasons")
    ITEM_FIELD_NUMBER: _ClassVar[int]
    CHOSEN_FIELD_NUMBER: _ClassVar[int]
    PIECES_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    MONEY_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    item: str
    chosen: str
    pieces: int
    unit: str
    amount: int
    currency: str
    money: int
    reasons: _containers.RepeatedCompositeFieldContainer[ItemReason]
    def __init__(self, item: _Optional[str] = ..., chosen: _Optional[str] = ..., pieces: _Optional[int] = ..., unit: _Optional[str] = ..., amount: _Optional[int] = ..., currency: _Optional[str] = ..., money: _Optional[int] = ..., reasons: _Optional[_Iterable[_Union[ItemReason, _Mapping]]] = ...) -> None: ...

class GetOrderRequest(_message.Message):
    __slots__ = ("program", "member", "order_id")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    order_id: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., order_id: _Optional[str] = ...) -> None: ...

class GetOrderResponse(_message.Message):
    __slots__ = ("order",)
    ORDER_FIELD_NUMBER: _ClassVar[int]
    order: _mall_pb2.MallOrder
    def __init__(self, order: _Optional[_Union[_mall_pb2.MallOrder, _Mapping]] = ...) -> None: ...

class ListOrdersRequest(_message.Message):
    __slots__ = ("program", "member", "state", "page_size", "page_token")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    state: _mall_pb2.MallOrderState
    page_size: int
    page_token: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., state: _Optional[_Union[_mall_pb2.MallOrderState, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListOrdersResponse(_message.Message):
    __slots__ = ("orders", "next_page_token")
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    orders: _containers.RepeatedCompositeFieldContainer[_mall_pb2.MallOrder]
    next_page_token: str
    def __init__(self, orders: _Optional[_Iterable[_Union[_mall_pb2.MallOrder, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetStockRequest(_message.Message):
    __slots__ = ("program", "item")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    program: str
    item: str
    def __init__(self, program: _Optional[str] = ..., item: _Optional[str] = ...) -> None: ...

class GetStockResponse(_message.Message):
    __slots__ = ("stock",)
    STOCK_FIELD_NUMBER: _ClassVar[int]
    stock: ItemStock
    def __init__(self, stock: _Optional[_Union[ItemStock, _Mapping]] = ...) -> None: ...

class ListStockChangesRequest(_message.Message):
    __slots__ = ("program", "item", "page_size", "page_token")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    program: str
    item: str
    page_size: int
    page_token: str
    def __init__(self, program: _Optional[str] = ..., item: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListStockChangesResponse(_message.Message):
    __slots__ = ("changes", "next_page_token")
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedCompositeFieldContainer[StockChange]
    next_page_token: str
    def __init__(self, changes: _Optional[_Iterable[_Union[StockChange, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ItemStock(_message.Message):
    __slots__ = ("item", "display_name", "is_stocked", "stocked", "on_hand", "reserved", "sold", "most", "taken")
    ITEM_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    IS_STOCKED_FIELD_NUMBER: _ClassVar[int]
    STOCKED_FIELD_NUMBER: _ClassVar[int]
    ON_HAND_FIELD_NUMBER: _ClassVar[int]
    RESERVED_FIELD_NUMBER: _ClassVar[int]
    SOLD_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    TAKEN_FIELD_NUMBER: _ClassVar[int]
    item: str
    display_name: str
    is_stocked: bool
    stocked: int
    on_hand: int
    reserved: int
    sold: int
    most: int
    taken: int
    def __init__(self, item: _Optional[str] = ..., display_name: _Optional[str] = ..., is_stocked: bool = ..., stocked: _Optional[int] = ..., on_hand: _Optional[int] = ..., reserved: _Optional[int] = ..., sold: _Optional[int] = ..., most: _Optional[int] = ..., taken: _Optional[int] = ...) -> None: ...

class StockChange(_message.Message):
    __slots__ = ("entry", "recorded_at", "change", "on_hand", "reason", "source", "metadata")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    ON_HAND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    change: int
    on_hand: int
    reason: str
    source: str
    metadata: _containers.ScalarMap[str, str]
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., change: _Optional[int] = ..., on_hand: _Optional[int] = ..., reason: _Optional[str] = ..., source: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ...) -> None: ...

class ListStocksRequest(_message.Message):
    __slots__ = ("program",)
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    program: str
    def __init__(self, program: _Optional[str] = ...) -> None: ...

class ListStocksResponse(_message.Message):
    __slots__ = ("stocks",)
    STOCKS_FIELD_NUMBER: _ClassVar[int]
    stocks: _containers.RepeatedCompositeFieldContainer[ItemStock]
    def __init__(self, stocks: _Optional[_Iterable[_Union[ItemStock, _Mapping]]] = ...) -> None: ...
