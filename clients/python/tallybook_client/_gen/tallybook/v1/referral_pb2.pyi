import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReferralState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REFERRAL_STATE_UNSPECIFIED: _ClassVar[ReferralState]
    REFERRAL_STATE_BOUND: _ClassVar[ReferralState]
    REFERRAL_STATE_BOUGHT: _ClassVar[ReferralState]
    REFERRAL_STATE_REWARDED: _ClassVar[ReferralState]
    REFERRAL_STATE_CAPPED: _ClassVar[ReferralState]
    REFERRAL_STATE_WITHHELD: _ClassVar[ReferralState]
REFERRAL_STATE_UNSPECIFIED: ReferralState
REFERRAL_STATE_BOUND: ReferralState
REFERRAL_STATE_BOUGHT: ReferralState
REFERRAL_STATE_REWARDED: ReferralState
REFERRAL_STATE_CAPPED: ReferralState
REFERRAL_STATE_WITHHELD: ReferralState

class BroughtBy(_message.Message):
    __slots__ = ("referrer", "bound_at", "state", "order_id", "counts_at")
    REFERRER_FIELD_NUMBER: _ClassVar[int]
    BOUND_AT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    COUNTS_AT_FIELD_NUMBER: _ClassVar[int]
    referrer: str
    bound_at: _timestamp_pb2.Timestamp
    state: ReferralState
    order_id: str
    counts_at: _timestamp_pb2.Timestamp
    def __init__(self, referrer: _Optional[str] = ..., bound_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., state: _Optional[_Union[ReferralState, str]] = ..., order_id: _Optional[str] = ..., counts_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReferralCapLeft(_message.Message):
    __slots__ = ("period", "newcomers", "left")
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    NEWCOMERS_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    period: str
    newcomers: int
    left: int
    def __init__(self, period: _Optional[str] = ..., newcomers: _Optional[int] = ..., left: _Optional[int] = ...) -> None: ...

class ReferralEarned(_message.Message):
    __slots__ = ("unit", "amount")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    unit: str
    amount: int
    def __init__(self, unit: _Optional[str] = ..., amount: _Optional[int] = ...) -> None: ...

class Referral(_message.Message):
    __slots__ = ("member", "code", "referred", "newcomers", "rewarded", "earned", "caps")
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    REFERRED_FIELD_NUMBER: _ClassVar[int]
    NEWCOMERS_FIELD_NUMBER: _ClassVar[int]
    REWARDED_FIELD_NUMBER: _ClassVar[int]
    EARNED_FIELD_NUMBER: _ClassVar[int]
    CAPS_FIELD_NUMBER: _ClassVar[int]
    member: str
    code: str
    referred: BroughtBy
    newcomers: int
    rewarded: int
    earned: _containers.RepeatedCompositeFieldContainer[ReferralEarned]
    caps: _containers.RepeatedCompositeFieldContainer[ReferralCapLeft]
    def __init__(self, member: _Optional[str] = ..., code: _Optional[str] = ..., referred: _Optional[_Union[BroughtBy, _Mapping]] = ..., newcomers: _Optional[int] = ..., rewarded: _Optional[int] = ..., earned: _Optional[_Iterable[_Union[ReferralEarned, _Mapping]]] = ..., caps: _Optional[_Iterable[_Union[ReferralCapLeft, _Mapping]]] = ...) -> None: ...

class Newcomer(_message.Message):
    __slots__ = ("member", "bound_at", "state", "order_id", "counts_at", "earned")
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    BOUND_AT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    COUNTS_AT_FIELD_NUMBER: _ClassVar[int]
    EARNED_FIELD_NUMBER: _ClassVar[int]
    member: str
    bound_at: _timestamp_pb2.Timestamp
    state: ReferralState
    order_id: str
    counts_at: _timestamp_pb2.Timestamp
    earned: _containers.RepeatedCompositeFieldContainer[ReferralEarned]
    def __init__(self, member: _Optional[str] = ..., bound_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., state: _Optional[_Union[ReferralState, str]] = ..., order_id: _Optional[str] = ..., counts_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., earned: _Optional[_Iterable[_Union[ReferralEarned, _Mapping]]] = ...) -> None: ...

class IssueReferralCodeRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "code", "occurred_at", "source", "reason", "metadata", "validate_only")
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
    CODE_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    code: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., code: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class IssueReferralCodeResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "code")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    code: str
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., code: _Optional[str] = ...) -> None: ...

class BindReferralRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "code", "referrer", "occurred_at", "source", "reason", "metadata", "validate_only")
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
    CODE_FIELD_NUMBER: _ClassVar[int]
    REFERRER_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    code: str
    referrer: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., code: _Optional[str] = ..., referrer: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class BindReferralResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "referrer", "referrer_entry", "bound_at", "return_window_days")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    REFERRER_FIELD_NUMBER: _ClassVar[int]
    REFERRER_ENTRY_FIELD_NUMBER: _ClassVar[int]
    BOUND_AT_FIELD_NUMBER: _ClassVar[int]
    RETURN_WINDOW_DAYS_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    referrer: str
    referrer_entry: int
    bound_at: _timestamp_pb2.Timestamp
    return_window_days: int
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., referrer: _Optional[str] = ..., referrer_entry: _Optional[int] = ..., bound_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., return_window_days: _Optional[int] = ...) -> None: ...
