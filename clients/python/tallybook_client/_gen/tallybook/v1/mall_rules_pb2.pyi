import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tallybook_client._gen.tallybook.v1 import mall_pb2 as _mall_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class MallItem(_message.Message):
    __slots__ = ("item", "display_name", "gives", "price", "tier_prices", "stocked", "most", "limits", "most_per_order", "starts_at", "ends_at", "calendars", "tiers", "tags", "condition", "pay_seconds")
    ITEM_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    GIVES_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    TIER_PRICES_FIELD_NUMBER: _ClassVar[int]
    STOCKED_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    MOST_PER_ORDER_FIELD_NUMBER: _ClassVar[int]
    STARTS_AT_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    CALENDARS_FIELD_NUMBER: _ClassVar[int]
    TIERS_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    PAY_SECONDS_FIELD_NUMBER: _ClassVar[int]
    item: str
    display_name: str
    gives: ItemGift
    price: _mall_pb2.ItemPrice
    tier_prices: _containers.RepeatedCompositeFieldContainer[ItemTierPrice]
    stocked: bool
    most: int
    limits: _containers.RepeatedCompositeFieldContainer[ItemLimit]
    most_per_order: int
    starts_at: _timestamp_pb2.Timestamp
    ends_at: _timestamp_pb2.Timestamp
    calendars: _containers.RepeatedScalarFieldContainer[str]
    tiers: _containers.RepeatedScalarFieldContainer[str]
    tags: _containers.RepeatedScalarFieldContainer[str]
    condition: str
    pay_seconds: int
    def __init__(self, item: _Optional[str] = ..., display_name: _Optional[str] = ..., gives: _Optional[_Union[ItemGift, _Mapping]] = ..., price: _Optional[_Union[_mall_pb2.ItemPrice, _Mapping]] = ..., tier_prices: _Optional[_Iterable[_Union[ItemTierPrice, _Mapping]]] = ..., stocked: bool = ..., most: _Optional[int] = ..., limits: _Optional[_Iterable[_Union[ItemLimit, _Mapping]]] = ..., most_per_order: _Optional[int] = ..., starts_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ends_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., calendars: _Optional[_Iterable[str]] = ..., tiers: _Optional[_Iterable[str]] = ..., tags: _Optional[_Iterable[str]] = ..., condition: _Optional[str] = ..., pay_seconds: _Optional[int] = ...) -> None: ...

class ItemGift(_message.Message):
    __slots__ = ("kind", "sku", "unit", "amount", "coupon_template", "count", "plan", "days", "items")
    KIND_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    COUPON_TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    kind: str
    sku: str
    unit: str
    amount: int
    coupon_template: str
    count: int
    plan: str
    days: int
    items: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, kind: _Optional[str] = ..., sku: _Optional[str] = ..., unit: _Optional[str] = ..., amount: _Optional[int] = ..., coupon_template: _Optional[str] = ..., count: _Optional[int] = ..., plan: _Optional[str] = ..., days: _Optional[int] = ..., items: _Optional[_Iterable[str]] = ...) -> None: ...

class ItemTierPrice(_message.Message):
    __slots__ = ("tiers", "price")
    TIERS_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    tiers: _containers.RepeatedScalarFieldContainer[str]
    price: _mall_pb2.ItemPrice
    def __init__(self, tiers: _Optional[_Iterable[str]] = ..., price: _Optional[_Union[_mall_pb2.ItemPrice, _Mapping]] = ...) -> None: ...

class ItemLimit(_message.Message):
    __slots__ = ("period", "most")
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    period: str
    most: int
    def __init__(self, period: _Optional[str] = ..., most: _Optional[int] = ...) -> None: ...
