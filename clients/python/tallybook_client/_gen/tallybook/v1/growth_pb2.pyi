from google.type import date_pb2 as _date_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class TierChangeReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TIER_CHANGE_REASON_UNSPECIFIED: _ClassVar[TierChangeReason]
    TIER_CHANGE_REASON_REACHED: _ClassVar[TierChangeReason]
    TIER_CHANGE_REASON_NOT_KEPT: _ClassVar[TierChangeReason]
    TIER_CHANGE_REASON_REFUND: _ClassVar[TierChangeReason]
    TIER_CHANGE_REASON_OVERRIDE: _ClassVar[TierChangeReason]
    TIER_CHANGE_REASON_OVERRIDE_ENDED: _ClassVar[TierChangeReason]
    TIER_CHANGE_REASON_PROGRAM: _ClassVar[TierChangeReason]
    TIER_CHANGE_REASON_MERGED: _ClassVar[TierChangeReason]
    TIER_CHANGE_REASON_SPLIT: _ClassVar[TierChangeReason]
TIER_CHANGE_REASON_UNSPECIFIED: TierChangeReason
TIER_CHANGE_REASON_REACHED: TierChangeReason
TIER_CHANGE_REASON_NOT_KEPT: TierChangeReason
TIER_CHANGE_REASON_REFUND: TierChangeReason
TIER_CHANGE_REASON_OVERRIDE: TierChangeReason
TIER_CHANGE_REASON_OVERRIDE_ENDED: TierChangeReason
TIER_CHANGE_REASON_PROGRAM: TierChangeReason
TIER_CHANGE_REASON_MERGED: TierChangeReason
TIER_CHANGE_REASON_SPLIT: TierChangeReason

class GivenReward(_message.Message):
    __slots__ = ("source", "unit", "fund", "amount", "expires_on", "vests_on", "coupon_template", "plan", "coupons", "stayed")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    FUND_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_ON_FIELD_NUMBER: _ClassVar[int]
    VESTS_ON_FIELD_NUMBER: _ClassVar[int]
    COUPON_TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    COUPONS_FIELD_NUMBER: _ClassVar[int]
    STAYED_FIELD_NUMBER: _ClassVar[int]
    source: str
    unit: str
    fund: str
    amount: int
    expires_on: _date_pb2.Date
    vests_on: _date_pb2.Date
    coupon_template: str
    plan: str
    coupons: _containers.RepeatedScalarFieldContainer[str]
    stayed: int
    def __init__(self, source: _Optional[str] = ..., unit: _Optional[str] = ..., fund: _Optional[str] = ..., amount: _Optional[int] = ..., expires_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., vests_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., coupon_template: _Optional[str] = ..., plan: _Optional[str] = ..., coupons: _Optional[_Iterable[str]] = ..., stayed: _Optional[int] = ...) -> None: ...

class CountedTask(_message.Message):
    __slots__ = ("task", "since", "amount")
    TASK_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    task: str
    since: _date_pb2.Date
    amount: int
    def __init__(self, task: _Optional[str] = ..., since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., amount: _Optional[int] = ...) -> None: ...

class TierChange(_message.Message):
    __slots__ = ("ladder", "before", "after", "reason")
    LADDER_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ladder: str
    before: str
    after: str
    reason: TierChangeReason
    def __init__(self, ladder: _Optional[str] = ..., before: _Optional[str] = ..., after: _Optional[str] = ..., reason: _Optional[_Union[TierChangeReason, str]] = ...) -> None: ...
