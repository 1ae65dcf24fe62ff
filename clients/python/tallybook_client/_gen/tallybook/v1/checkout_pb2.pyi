import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tallybook_client._gen.tallybook.v1 import coupon_pb2 as _coupon_pb2
from tallybook_client._gen.tallybook.v1 import event_pb2 as _event_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CheckoutState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHECKOUT_STATE_UNSPECIFIED: _ClassVar[CheckoutState]
    CHECKOUT_STATE_NEW: _ClassVar[CheckoutState]
    CHECKOUT_STATE_HELD: _ClassVar[CheckoutState]
    CHECKOUT_STATE_CAPTURED: _ClassVar[CheckoutState]
    CHECKOUT_STATE_REFUNDED: _ClassVar[CheckoutState]
    CHECKOUT_STATE_RELEASED: _ClassVar[CheckoutState]
    CHECKOUT_STATE_TIMED_OUT: _ClassVar[CheckoutState]
CHECKOUT_STATE_UNSPECIFIED: CheckoutState
CHECKOUT_STATE_NEW: CheckoutState
CHECKOUT_STATE_HELD: CheckoutState
CHECKOUT_STATE_CAPTURED: CheckoutState
CHECKOUT_STATE_REFUNDED: CheckoutState
CHECKOUT_STATE_RELEASED: CheckoutState
CHECKOUT_STATE_TIMED_OUT: CheckoutState

class AskedTender(_message.Message):
    __slots__ = ("tender", "units")
    TENDER_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    tender: str
    units: int
    def __init__(self, tender: _Optional[str] = ..., units: _Optional[int] = ...) -> None: ...

class TenderPart(_message.Message):
    __slots__ = ("tender", "unit", "units", "amount", "entry")
    TENDER_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    tender: str
    unit: str
    units: int
    amount: int
    entry: int
    def __init__(self, tender: _Optional[str] = ..., unit: _Optional[str] = ..., units: _Optional[int] = ..., amount: _Optional[int] = ..., entry: _Optional[int] = ...) -> None: ...

class PricedLine(_message.Message):
    __slots__ = ("line", "quantity", "amount", "discount", "coupons", "tax")
    LINE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    DISCOUNT_FIELD_NUMBER: _ClassVar[int]
    COUPONS_FIELD_NUMBER: _ClassVar[int]
    TAX_FIELD_NUMBER: _ClassVar[int]
    line: str
    quantity: int
    amount: int
    discount: int
    coupons: int
    tax: int
    def __init__(self, line: _Optional[str] = ..., quantity: _Optional[int] = ..., amount: _Optional[int] = ..., discount: _Optional[int] = ..., coupons: _Optional[int] = ..., tax: _Optional[int] = ...) -> None: ...

class CheckoutQuote(_message.Message):
    __slots__ = ("quote", "quoted_at", "lapses_at", "revision", "currency", "lines", "coupons", "tenders", "discount_basis_points", "earns", "total", "payment")
    class EarnsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    QUOTED_AT_FIELD_NUMBER: _ClassVar[int]
    LAPSES_AT_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    COUPONS_FIELD_NUMBER: _ClassVar[int]
    TENDERS_FIELD_NUMBER: _ClassVar[int]
    DISCOUNT_BASIS_POINTS_FIELD_NUMBER: _ClassVar[int]
    EARNS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    quote: str
    quoted_at: _timestamp_pb2.Timestamp
    lapses_at: _timestamp_pb2.Timestamp
    revision: int
    currency: str
    lines: _containers.RepeatedCompositeFieldContainer[PricedLine]
    coupons: _containers.RepeatedCompositeFieldContainer[_coupon_pb2.CouponDiscount]
    tenders: _containers.RepeatedCompositeFieldContainer[TenderPart]
    discount_basis_points: int
    earns: _containers.ScalarMap[str, int]
    total: int
    payment: int
    def __init__(self, quote: _Optional[str] = ..., quoted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lapses_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., revision: _Optional[int] = ..., currency: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[PricedLine, _Mapping]]] = ..., coupons: _Optional[_Iterable[_Union[_coupon_pb2.CouponDiscount, _Mapping]]] = ..., tenders: _Optional[_Iterable[_Union[TenderPart, _Mapping]]] = ..., discount_basis_points: _Optional[int] = ..., earns: _Optional[_Mapping[str, int]] = ..., total: _Optional[int] = ..., payment: _Optional[int] = ...) -> None: ...

class QuoteCheckoutRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "order_id", "basket", "coupons", "without_coupons", "tenders", "occurred_at", "source", "reason", "metadata", "validate_only")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BASKET_FIELD_NUMBER: _ClassVar[int]
    COUPONS_FIELD_NUMBER: _ClassVar[int]
    WITHOUT_COUPONS_FIELD_NUMBER: _ClassVar[int]
    TENDERS_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    order_id: str
    basket: _coupon_pb2.Basket
    coupons: _containers.RepeatedScalarFieldContainer[str]
    without_coupons: bool
    tenders: _containers.RepeatedCompositeFieldContainer[AskedTender]
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., basket: _Optional[_Union[_coupon_pb2.Basket, _Mapping]] = ..., coupons: _Optional[_Iterable[str]] = ..., without_coupons: bool = ..., tenders: _Optional[_Iterable[_Union[AskedTender, _Mapping]]] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class QuoteCheckoutResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "order_id", "quote")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    order_id: str
    quote: CheckoutQuote
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., order_id: _Optional[str] = ..., quote: _Optional[_Union[CheckoutQuote, _Mapping]] = ...) -> None: ...

class HoldCheckoutRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "order_id", "quote", "seconds", "occurred_at", "source", "reason", "metadata", "validate_only")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    SECONDS_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    order_id: str
    quote: str
    seconds: int
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., quote: _Optional[str] = ..., seconds: _Optional[int] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class HoldCheckoutResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "order_id", "quote", "deadline", "tenders", "coupons", "total", "payment")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    TENDERS_FIELD_NUMBER: _ClassVar[int]
    COUPONS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    order_id: str
    quote: str
    deadline: _timestamp_pb2.Timestamp
    tenders: _containers.RepeatedCompositeFieldContainer[TenderPart]
    coupons: _containers.RepeatedScalarFieldContainer[str]
    total: int
    payment: int
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., order_id: _Optional[str] = ..., quote: _Optional[str] = ..., deadline: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., tenders: _Optional[_Iterable[_Union[TenderPart, _Mapping]]] = ..., coupons: _Optional[_Iterable[str]] = ..., total: _Optional[int] = ..., payment: _Optional[int] = ...) -> None: ...

class CaptureCheckoutRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "order_id", "lines", "amount", "paid_by", "occurred_at", "source", "reason", "metadata", "validate_only")
    class LinesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    PAID_BY_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    order_id: str
    lines: _containers.ScalarMap[str, int]
    amount: int
    paid_by: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., lines: _Optional[_Mapping[str, int]] = ..., amount: _Optional[int] = ..., paid_by: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class CaptureCheckoutResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "order_id", "total", "payment", "tenders", "coupons", "event", "returned_coupons")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    TENDERS_FIELD_NUMBER: _ClassVar[int]
    COUPONS_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    RETURNED_COUPONS_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    order_id: str
    total: int
    payment: int
    tenders: _containers.RepeatedCompositeFieldContainer[TenderPart]
    coupons: _containers.RepeatedCompositeFieldContainer[_coupon_pb2.CouponDiscount]
    event: _event_pb2.RecordEventResponse
    returned_coupons: _containers.RepeatedCompositeFieldContainer[_coupon_pb2.ReturnedCoupon]
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., order_id: _Optional[str] = ..., total: _Optional[int] = ..., payment: _Optional[int] = ..., tenders: _Optional[_Iterable[_Union[TenderPart, _Mapping]]] = ..., coupons: _Optional[_Iterable[_Union[_coupon_pb2.CouponDiscount, _Mapping]]] = ..., event: _Optional[_Union[_event_pb2.RecordEventResponse, _Mapping]] = ..., returned_coupons: _Optional[_Iterable[_Union[_coupon_pb2.ReturnedCoupon, _Mapping]]] = ...) -> None: ...

class ReleaseCheckoutRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "order_id", "occurred_at", "source", "reason", "metadata", "validate_only")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    order_id: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class ReleaseCheckoutResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "order_id", "coupons")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    COUPONS_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    order_id: str
    coupons: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., order_id: _Optional[str] = ..., coupons: _Optional[_Iterable[str]] = ...) -> None: ...

class RefundCheckoutRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "order_id", "refund_id", "lines", "cancelled", "occurred_at", "source", "reason", "metadata", "validate_only")
    class LinesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    REFUND_ID_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    order_id: str
    refund_id: str
    lines: _containers.ScalarMap[str, int]
    cancelled: bool
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., refund_id: _Optional[str] = ..., lines: _Optional[_Mapping[str, int]] = ..., cancelled: bool = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class RefundCheckoutResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "order_id", "refund_id", "amount", "payment", "tenders", "event", "coupons", "is_whole")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    REFUND_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    TENDERS_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    COUPONS_FIELD_NUMBER: _ClassVar[int]
    IS_WHOLE_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    order_id: str
    refund_id: str
    amount: int
    payment: int
    tenders: _containers.RepeatedCompositeFieldContainer[TenderPart]
    event: _event_pb2.RecordEventResponse
    coupons: _containers.RepeatedCompositeFieldContainer[_coupon_pb2.ReturnedCoupon]
    is_whole: bool
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., order_id: _Optional[str] = ..., refund_id: _Optional[str] = ..., amount: _Optional[int] = ..., payment: _Optional[int] = ..., tenders: _Optional[_Iterable[_Union[TenderPart, _Mapping]]] = ..., event: _Optional[_Union[_event_pb2.RecordEventResponse, _Mapping]] = ..., coupons: _Optional[_Iterable[_Union[_coupon_pb2.ReturnedCoupon, _Mapping]]] = ..., is_whole: bool = ...) -> None: ...
