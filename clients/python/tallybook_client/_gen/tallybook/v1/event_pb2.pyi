import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from tallybook_client._gen.tallybook.v1 import amounts_pb2 as _amounts_pb2
from tallybook_client._gen.tallybook.v1 import growth_pb2 as _growth_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SkipReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SKIP_REASON_UNSPECIFIED: _ClassVar[SkipReason]
    SKIP_REASON_FAILED: _ClassVar[SkipReason]
    SKIP_REASON_FROZEN: _ClassVar[SkipReason]
    SKIP_REASON_EXCLUDED: _ClassVar[SkipReason]
    SKIP_REASON_CUT: _ClassVar[SkipReason]
SKIP_REASON_UNSPECIFIED: SkipReason
SKIP_REASON_FAILED: SkipReason
SKIP_REASON_FROZEN: SkipReason
SKIP_REASON_EXCLUDED: SkipReason
SKIP_REASON_CUT: SkipReason

class AttributeValue(_message.Message):
    __slots__ = ("text", "number", "flag")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    FLAG_FIELD_NUMBER: _ClassVar[int]
    text: str
    number: int
    flag: bool
    def __init__(self, text: _Optional[str] = ..., number: _Optional[int] = ..., flag: bool = ...) -> None: ...

class PurchaseLine(_message.Message):
    __slots__ = ("line_id", "sku", "category", "brand", "quantity", "amount", "tax", "attributes")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    BRAND_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TAX_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    line_id: str
    sku: str
    category: str
    brand: str
    quantity: int
    amount: int
    tax: int
    attributes: _containers.ScalarMap[str, str]
    def __init__(self, line_id: _Optional[str] = ..., sku: _Optional[str] = ..., category: _Optional[str] = ..., brand: _Optional[str] = ..., quantity: _Optional[int] = ..., amount: _Optional[int] = ..., tax: _Optional[int] = ..., attributes: _Optional[_Mapping[str, str]] = ...) -> None: ...

class PurchaseDiscount(_message.Message):
    __slots__ = ("code", "amount")
    CODE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    code: str
    amount: int
    def __init__(self, code: _Optional[str] = ..., amount: _Optional[int] = ...) -> None: ...

class Tender(_message.Message):
    __slots__ = ("kind", "amount", "entry")
    KIND_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    kind: str
    amount: int
    entry: int
    def __init__(self, kind: _Optional[str] = ..., amount: _Optional[int] = ..., entry: _Optional[int] = ...) -> None: ...

class Purchase(_message.Message):
    __slots__ = ("order_id", "currency", "lines", "tax", "shipping", "discounts", "tenders", "total", "store", "channel", "attributes")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: AttributeValue
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[AttributeValue, _Mapping]] = ...) -> None: ...
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    TAX_FIELD_NUMBER: _ClassVar[int]
    SHIPPING_FIELD_NUMBER: _ClassVar[int]
    DISCOUNTS_FIELD_NUMBER: _ClassVar[int]
    TENDERS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    STORE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    currency: str
    lines: _containers.RepeatedCompositeFieldContainer[PurchaseLine]
    tax: int
    shipping: int
    discounts: _containers.RepeatedCompositeFieldContainer[PurchaseDiscount]
    tenders: _containers.RepeatedCompositeFieldContainer[Tender]
    total: int
    store: str
    channel: str
    attributes: _containers.MessageMap[str, AttributeValue]
    def __init__(self, order_id: _Optional[str] = ..., currency: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[PurchaseLine, _Mapping]]] = ..., tax: _Optional[int] = ..., shipping: _Optional[int] = ..., discounts: _Optional[_Iterable[_Union[PurchaseDiscount, _Mapping]]] = ..., tenders: _Optional[_Iterable[_Union[Tender, _Mapping]]] = ..., total: _Optional[int] = ..., store: _Optional[str] = ..., channel: _Optional[str] = ..., attributes: _Optional[_Mapping[str, AttributeValue]] = ...) -> None: ...

class RefundLine(_message.Message):
    __slots__ = ("line_id", "quantity", "amount")
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    line_id: str
    quantity: int
    amount: int
    def __init__(self, line_id: _Optional[str] = ..., quantity: _Optional[int] = ..., amount: _Optional[int] = ...) -> None: ...

class Refund(_message.Message):
    __slots__ = ("refund_id", "order_id", "lines", "amount", "tenders", "store", "channel", "attributes")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: AttributeValue
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[AttributeValue, _Mapping]] = ...) -> None: ...
    REFUND_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TENDERS_FIELD_NUMBER: _ClassVar[int]
    STORE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    refund_id: str
    order_id: str
    lines: _containers.RepeatedCompositeFieldContainer[RefundLine]
    amount: int
    tenders: _containers.RepeatedCompositeFieldContainer[Tender]
    store: str
    channel: str
    attributes: _containers.MessageMap[str, AttributeValue]
    def __init__(self, refund_id: _Optional[str] = ..., order_id: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[RefundLine, _Mapping]]] = ..., amount: _Optional[int] = ..., tenders: _Optional[_Iterable[_Union[Tender, _Mapping]]] = ..., store: _Optional[str] = ..., channel: _Optional[str] = ..., attributes: _Optional[_Mapping[str, AttributeValue]] = ...) -> None: ...

class CustomEvent(_message.Message):
    __slots__ = ("name", "event_id", "store", "channel", "attributes")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: AttributeValue
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[AttributeValue, _Mapping]] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    STORE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    name: str
    event_id: str
    store: str
    channel: str
    attributes: _containers.MessageMap[str, AttributeValue]
    def __init__(self, name: _Optional[str] = ..., event_id: _Optional[str] = ..., store: _Optional[str] = ..., channel: _Optional[str] = ..., attributes: _Optional[_Mapping[str, AttributeValue]] = ...) -> None: ...

class RecordEventRequest(_message.Message):
    __slots__ = ("program", "member", "purchase", "refund", "custom", "occurred_at", "source", "reason", "metadata", "validate_only")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    PURCHASE_FIELD_NUMBER: _ClassVar[int]
    REFUND_FIELD_NUMBER: _ClassVar[int]
    CUSTOM_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    purchase: Purchase
    refund: Refund
    custom: CustomEvent
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., purchase: _Optional[_Union[Purchase, _Mapping]] = ..., refund: _Optional[_Union[Refund, _Mapping]] = ..., custom: _Optional[_Union[CustomEvent, _Mapping]] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class RecordEventResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "balances", "event_key", "rewards", "skipped", "taken", "moved", "revalued", "waiting", "counted", "given", "tiers", "team_kinds")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    BALANCES_FIELD_NUMBER: _ClassVar[int]
    EVENT_KEY_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    SKIPPED_FIELD_NUMBER: _ClassVar[int]
    TAKEN_FIELD_NUMBER: _ClassVar[int]
    MOVED_FIELD_NUMBER: _ClassVar[int]
    REVALUED_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    COUNTED_FIELD_NUMBER: _ClassVar[int]
    GIVEN_FIELD_NUMBER: _ClassVar[int]
    TIERS_FIELD_NUMBER: _ClassVar[int]
    TEAM_KINDS_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    balances: _containers.RepeatedCompositeFieldContainer[_amounts_pb2.Balance]
    event_key: str
    rewards: _containers.RepeatedCompositeFieldContainer[Reward]
    skipped: _containers.RepeatedCompositeFieldContainer[SkippedRule]
    taken: _containers.RepeatedCompositeFieldContainer[TakenReward]
    moved: _containers.RepeatedCompositeFieldContainer[MovedUnit]
    revalued: _containers.RepeatedCompositeFieldContainer[RevaluedEvent]
    waiting: bool
    counted: _containers.RepeatedCompositeFieldContainer[_growth_pb2.CountedTask]
    given: _containers.RepeatedCompositeFieldContainer[_growth_pb2.GivenReward]
    tiers: _containers.RepeatedCompositeFieldContainer[_growth_pb2.TierChange]
    team_kinds: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., balances: _Optional[_Iterable[_Union[_amounts_pb2.Balance, _Mapping]]] = ..., event_key: _Optional[str] = ..., rewards: _Optional[_Iterable[_Union[Reward, _Mapping]]] = ..., skipped: _Optional[_Iterable[_Union[SkippedRule, _Mapping]]] = ..., taken: _Optional[_Iterable[_Union[TakenReward, _Mapping]]] = ..., moved: _Optional[_Iterable[_Union[MovedUnit, _Mapping]]] = ..., revalued: _Optional[_Iterable[_Union[RevaluedEvent, _Mapping]]] = ..., waiting: bool = ..., counted: _Optional[_Iterable[_Union[_growth_pb2.CountedTask, _Mapping]]] = ..., given: _Optional[_Iterable[_Union[_growth_pb2.GivenReward, _Mapping]]] = ..., tiers: _Optional[_Iterable[_Union[_growth_pb2.TierChange, _Mapping]]] = ..., team_kinds: _Optional[_Iterable[str]] = ...) -> None: ...

class Reward(_message.Message):
    __slots__ = ("rule", "unit", "fund", "amount", "expires_on", "vests_on", "base", "rate", "exact", "rounded", "cuts", "shares")
    class SharesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    RULE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    FUND_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_ON_FIELD_NUMBER: _ClassVar[int]
    VESTS_ON_FIELD_NUMBER: _ClassVar[int]
    BASE_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    EXACT_FIELD_NUMBER: _ClassVar[int]
    ROUNDED_FIELD_NUMBER: _ClassVar[int]
    CUTS_FIELD_NUMBER: _ClassVar[int]
    SHARES_FIELD_NUMBER: _ClassVar[int]
    rule: str
    unit: str
    fund: str
    amount: int
    expires_on: _date_pb2.Date
    vests_on: _date_pb2.Date
    base: int
    rate: str
    exact: str
    rounded: int
    cuts: _containers.RepeatedCompositeFieldContainer[RewardCut]
    shares: _containers.ScalarMap[str, int]
    def __init__(self, rule: _Optional[str] = ..., unit: _Optional[str] = ..., fund: _Optional[str] = ..., amount: _Optional[int] = ..., expires_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., vests_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., base: _Optional[int] = ..., rate: _Optional[str] = ..., exact: _Optional[str] = ..., rounded: _Optional[int] = ..., cuts: _Optional[_Iterable[_Union[RewardCut, _Mapping]]] = ..., shares: _Optional[_Mapping[str, int]] = ...) -> None: ...

class RewardCut(_message.Message):
    __slots__ = ("what", "by")
    WHAT_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    what: str
    by: int
    def __init__(self, what: _Optional[str] = ..., by: _Optional[int] = ...) -> None: ...

class SkippedRule(_message.Message):
    __slots__ = ("rule", "reason", "detail")
    RULE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    rule: str
    reason: SkipReason
    detail: str
    def __init__(self, rule: _Optional[str] = ..., reason: _Optional[_Union[SkipReason, str]] = ..., detail: _Optional[str] = ...) -> None: ...

class TakenReward(_message.Message):
    __slots__ = ("rule", "unit", "fund", "amount")
    RULE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    FUND_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    rule: str
    unit: str
    fund: str
    amount: int
    def __init__(self, rule: _Optional[str] = ..., unit: _Optional[str] = ..., fund: _Optional[str] = ..., amount: _Optional[int] = ...) -> None: ...

class MovedUnit(_message.Message):
    __slots__ = ("unit", "given", "repaid", "pending", "taken", "forgiven", "arrears", "returned")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    GIVEN_FIELD_NUMBER: _ClassVar[int]
    REPAID_FIELD_NUMBER: _ClassVar[int]
    PENDING_FIELD_NUMBER: _ClassVar[int]
    TAKEN_FIELD_NUMBER: _ClassVar[int]
    FORGIVEN_FIELD_NUMBER: _ClassVar[int]
    ARREARS_FIELD_NUMBER: _ClassVar[int]
    RETURNED_FIELD_NUMBER: _ClassVar[int]
    unit: str
    given: int
    repaid: int
    pending: int
    taken: int
    forgiven: int
    arrears: int
    returned: int
    def __init__(self, unit: _Optional[str] = ..., given: _Optional[int] = ..., repaid: _Optional[int] = ..., pending: _Optional[int] = ..., taken: _Optional[int] = ..., forgiven: _Optional[int] = ..., arrears: _Optional[int] = ..., returned: _Optional[int] = ...) -> None: ...

class RevaluedEvent(_message.Message):
    __slots__ = ("event_key", "rewards")
    EVENT_KEY_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    event_key: str
    rewards: _containers.RepeatedCompositeFieldContainer[Reward]
    def __init__(self, event_key: _Optional[str] = ..., rewards: _Optional[_Iterable[_Union[Reward, _Mapping]]] = ...) -> None: ...
