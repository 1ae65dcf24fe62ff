import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tallybook_client._gen.tallybook.v1 import coupon_pb2 as _coupon_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class IssueCouponCodesRequest(_message.Message):
    __slots__ = ("program", "template", "batch", "count", "after")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    program: str
    template: str
    batch: str
    count: int
    after: int
    def __init__(self, program: _Optional[str] = ..., template: _Optional[str] = ..., batch: _Optional[str] = ..., count: _Optional[int] = ..., after: _Optional[int] = ...) -> None: ...

class CouponCode(_message.Message):
    __slots__ = ("number", "code")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    number: int
    code: str
    def __init__(self, number: _Optional[int] = ..., code: _Optional[str] = ...) -> None: ...

class IssueCouponCodesResponse(_message.Message):
    __slots__ = ("codes",)
    CODES_FIELD_NUMBER: _ClassVar[int]
    codes: _containers.RepeatedCompositeFieldContainer[CouponCode]
    def __init__(self, codes: _Optional[_Iterable[_Union[CouponCode, _Mapping]]] = ...) -> None: ...

class VoidCouponCodesRequest(_message.Message):
    __slots__ = ("program", "batch", "first", "last", "reason", "request_id")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    FIRST_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    program: str
    batch: str
    first: int
    last: int
    reason: str
    request_id: str
    def __init__(self, program: _Optional[str] = ..., batch: _Optional[str] = ..., first: _Optional[int] = ..., last: _Optional[int] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class VoidCouponCodesResponse(_message.Message):
    __slots__ = ("count",)
    COUNT_FIELD_NUMBER: _ClassVar[int]
    count: int
    def __init__(self, count: _Optional[int] = ...) -> None: ...

class ClaimCouponCodeRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "caller", "code")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CALLER_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    caller: str
    code: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., caller: _Optional[str] = ..., code: _Optional[str] = ...) -> None: ...

class ClaimCouponCodeResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "coupon")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    COUPON_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    coupon: _coupon_pb2.NewCoupon
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., coupon: _Optional[_Union[_coupon_pb2.NewCoupon, _Mapping]] = ...) -> None: ...

class RedeemCouponCodeRequest(_message.Message):
    __slots__ = ("program", "code", "request_id", "store", "operator", "basket", "order_id")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    STORE_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    BASKET_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    program: str
    code: str
    request_id: str
    store: str
    operator: str
    basket: _coupon_pb2.Basket
    order_id: str
    def __init__(self, program: _Optional[str] = ..., code: _Optional[str] = ..., request_id: _Optional[str] = ..., store: _Optional[str] = ..., operator: _Optional[str] = ..., basket: _Optional[_Union[_coupon_pb2.Basket, _Mapping]] = ..., order_id: _Optional[str] = ...) -> None: ...

class RedeemCouponCodeResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "order_id", "discount")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    DISCOUNT_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    order_id: str
    discount: _coupon_pb2.CouponDiscount
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., order_id: _Optional[str] = ..., discount: _Optional[_Union[_coupon_pb2.CouponDiscount, _Mapping]] = ...) -> None: ...

class GetCouponRequest(_message.Message):
    __slots__ = ("program", "member", "coupon")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    COUPON_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    coupon: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., coupon: _Optional[str] = ...) -> None: ...

class GetCouponResponse(_message.Message):
    __slots__ = ("coupon",)
    COUPON_FIELD_NUMBER: _ClassVar[int]
    coupon: _coupon_pb2.Coupon
    def __init__(self, coupon: _Optional[_Union[_coupon_pb2.Coupon, _Mapping]] = ...) -> None: ...

class GetCouponOrderRequest(_message.Message):
    __slots__ = ("program", "member", "order_id")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    order_id: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., order_id: _Optional[str] = ...) -> None: ...

class GetCouponOrderResponse(_message.Message):
    __slots__ = ("state", "since", "coupons", "discounts", "amount", "returned", "given_back", "store", "operator")
    class ReturnedEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    STATE_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    COUPONS_FIELD_NUMBER: _ClassVar[int]
    DISCOUNTS_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    RETURNED_FIELD_NUMBER: _ClassVar[int]
    GIVEN_BACK_FIELD_NUMBER: _ClassVar[int]
    STORE_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    state: str
    since: _timestamp_pb2.Timestamp
    coupons: _containers.RepeatedScalarFieldContainer[str]
    discounts: _containers.RepeatedCompositeFieldContainer[_coupon_pb2.CouponDiscount]
    amount: int
    returned: _containers.ScalarMap[str, int]
    given_back: _containers.RepeatedScalarFieldContainer[str]
    store: str
    operator: str
    def __init__(self, state: _Optional[str] = ..., since: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., coupons: _Optional[_Iterable[str]] = ..., discounts: _Optional[_Iterable[_Union[_coupon_pb2.CouponDiscount, _Mapping]]] = ..., amount: _Optional[int] = ..., returned: _Optional[_Mapping[str, int]] = ..., given_back: _Optional[_Iterable[str]] = ..., store: _Optional[str] = ..., operator: _Optional[str] = ...) -> None: ...

class ListCouponsRequest(_message.Message):
    __slots__ = ("program", "member", "state", "page_size", "page_token")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    state: _coupon_pb2.CouponState
    page_size: int
    page_token: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., state: _Optional[_Union[_coupon_pb2.CouponState, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListCouponsResponse(_message.Message):
    __slots__ = ("coupons", "next_page_token")
    COUPONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    coupons: _containers.RepeatedCompositeFieldContainer[_coupon_pb2.Coupon]
    next_page_token: str
    def __init__(self, coupons: _Optional[_Iterable[_Union[_coupon_pb2.Coupon, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class EvaluateBasketRequest(_message.Message):
    __slots__ = ("program", "member", "basket")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    BASKET_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    basket: _coupon_pb2.Basket
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., basket: _Optional[_Union[_coupon_pb2.Basket, _Mapping]] = ...) -> None: ...

class EvaluateBasketResponse(_message.Message):
    __slots__ = ("usable", "unusable", "best", "best_amount", "is_proven", "left_out")
    USABLE_FIELD_NUMBER: _ClassVar[int]
    UNUSABLE_FIELD_NUMBER: _ClassVar[int]
    BEST_FIELD_NUMBER: _ClassVar[int]
    BEST_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    IS_PROVEN_FIELD_NUMBER: _ClassVar[int]
    LEFT_OUT_FIELD_NUMBER: _ClassVar[int]
    usable: _containers.RepeatedCompositeFieldContainer[_coupon_pb2.CouponDiscount]
    unusable: _containers.RepeatedCompositeFieldContainer[_coupon_pb2.UnusableCoupon]
    best: _containers.RepeatedCompositeFieldContainer[_coupon_pb2.CouponDiscount]
    best_amount: int
    is_proven: bool
    left_out: int
    def __init__(self, usable: _Optional[_Iterable[_Union[_coupon_pb2.CouponDiscount, _Mapping]]] = ..., unusable: _Optional[_Iterable[_Union[_coupon_pb2.UnusableCoupon, _Mapping]]] = ..., best: _Optional[_Iterable[_Union[_coupon_pb2.CouponDiscount, _Mapping]]] = ..., best_amount: _Optional[int] = ..., is_proven: bool = ..., left_out: _Optional[int] = ...) -> None: ...

class ListCouponTemplatesRequest(_message.Message):
    __slots__ = ("program",)
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    program: str
    def __init__(self, program: _Optional[str] = ...) -> None: ...

class CouponTemplate(_message.Message):
    __slots__ = ("template", "display_name", "currency", "code_form", "fund", "stock", "left", "is_claimable")
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    CODE_FORM_FIELD_NUMBER: _ClassVar[int]
    FUND_FIELD_NUMBER: _ClassVar[int]
    STOCK_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    IS_CLAIMABLE_FIELD_NUMBER: _ClassVar[int]
    template: str
    display_name: str
    currency: str
    code_form: str
    fund: str
    stock: int
    left: int
    is_claimable: bool
    def __init__(self, template: _Optional[str] = ..., display_name: _Optional[str] = ..., currency: _Optional[str] = ..., code_form: _Optional[str] = ..., fund: _Optional[str] = ..., stock: _Optional[int] = ..., left: _Optional[int] = ..., is_claimable: bool = ...) -> None: ...

class ListCouponTemplatesResponse(_message.Message):
    __slots__ = ("templates",)
    TEMPLATES_FIELD_NUMBER: _ClassVar[int]
    templates: _containers.RepeatedCompositeFieldContainer[CouponTemplate]
    def __init__(self, templates: _Optional[_Iterable[_Union[CouponTemplate, _Mapping]]] = ...) -> None: ...

class GetCouponReportRequest(_message.Message):
    __slots__ = ("program",)
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    program: str
    def __init__(self, program: _Optional[str] = ...) -> None: ...

class CouponCost(_message.Message):
    __slots__ = ("fund", "amount")
    FUND_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    fund: str
    amount: int
    def __init__(self, fund: _Optional[str] = ..., amount: _Optional[int] = ...) -> None: ...

class CouponSheet(_message.Message):
    __slots__ = ("template", "currency", "issued", "open", "used", "returned", "expired", "voided", "costs")
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    ISSUED_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    USED_FIELD_NUMBER: _ClassVar[int]
    RETURNED_FIELD_NUMBER: _ClassVar[int]
    EXPIRED_FIELD_NUMBER: _ClassVar[int]
    VOIDED_FIELD_NUMBER: _ClassVar[int]
    COSTS_FIELD_NUMBER: _ClassVar[int]
    template: str
    currency: str
    issued: int
    open: int
    used: int
    returned: int
    expired: int
    voided: int
    costs: _containers.RepeatedCompositeFieldContainer[CouponCost]
    def __init__(self, template: _Optional[str] = ..., currency: _Optional[str] = ..., issued: _Optional[int] = ..., open: _Optional[int] = ..., used: _Optional[int] = ..., returned: _Optional[int] = ..., expired: _Optional[int] = ..., voided: _Optional[int] = ..., costs: _Optional[_Iterable[_Union[CouponCost, _Mapping]]] = ...) -> None: ...

class GetCouponReportResponse(_message.Message):
    __slots__ = ("sheets",)
    SHEETS_FIELD_NUMBER: _ClassVar[int]
    sheets: _containers.RepeatedCompositeFieldContainer[CouponSheet]
    def __init__(self, sheets: _Optional[_Iterable[_Union[CouponSheet, _Mapping]]] = ...) -> None: ...
