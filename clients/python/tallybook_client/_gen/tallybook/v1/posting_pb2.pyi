import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from tallybook_client._gen.tallybook.v1 import amounts_pb2 as _amounts_pb2
from tallybook_client._gen.tallybook.v1 import program_pb2 as _program_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AwardRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "unit", "amount", "fund", "vests_on", "expires_on", "occurred_at", "source", "reason", "metadata", "validate_only")
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
    UNIT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    FUND_FIELD_NUMBER: _ClassVar[int]
    VESTS_ON_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_ON_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    unit: str
    amount: int
    fund: str
    vests_on: _date_pb2.Date
    expires_on: _date_pb2.Date
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., unit: _Optional[str] = ..., amount: _Optional[int] = ..., fund: _Optional[str] = ..., vests_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., expires_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class AwardResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "balance", "amount", "available", "pending", "repaid", "lapsed", "expires_on", "vests_on")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    PENDING_FIELD_NUMBER: _ClassVar[int]
    REPAID_FIELD_NUMBER: _ClassVar[int]
    LAPSED_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_ON_FIELD_NUMBER: _ClassVar[int]
    VESTS_ON_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    balance: _amounts_pb2.Balance
    amount: int
    available: int
    pending: int
    repaid: int
    lapsed: int
    expires_on: _date_pb2.Date
    vests_on: _date_pb2.Date
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., balance: _Optional[_Union[_amounts_pb2.Balance, _Mapping]] = ..., amount: _Optional[int] = ..., available: _Optional[int] = ..., pending: _Optional[int] = ..., repaid: _Optional[int] = ..., lapsed: _Optional[int] = ..., expires_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., vests_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class RedeemRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "unit", "amount", "allow_partial", "occurred_at", "source", "reason", "metadata", "validate_only")
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
    UNIT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ALLOW_PARTIAL_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    unit: str
    amount: int
    allow_partial: bool
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., unit: _Optional[str] = ..., amount: _Optional[int] = ..., allow_partial: bool = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class RedeemResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "balance", "amount", "asked")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ASKED_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    balance: _amounts_pb2.Balance
    amount: int
    asked: int
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., balance: _Optional[_Union[_amounts_pb2.Balance, _Mapping]] = ..., amount: _Optional[int] = ..., asked: _Optional[int] = ...) -> None: ...

class ReverseRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "entry", "amount", "shortfall", "occurred_at", "source", "reason", "metadata", "validate_only")
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
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    SHORTFALL_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    entry: int
    amount: int
    shortfall: _program_pb2.ShortfallPolicy
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., entry: _Optional[int] = ..., amount: _Optional[int] = ..., shortfall: _Optional[_Union[_program_pb2.ShortfallPolicy, str]] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class ReverseResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "balance", "amount", "reversed_entry", "pending", "available", "lapsed", "arrears", "forgiven", "repaid")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REVERSED_ENTRY_FIELD_NUMBER: _ClassVar[int]
    PENDING_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    LAPSED_FIELD_NUMBER: _ClassVar[int]
    ARREARS_FIELD_NUMBER: _ClassVar[int]
    FORGIVEN_FIELD_NUMBER: _ClassVar[int]
    REPAID_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    balance: _amounts_pb2.Balance
    amount: int
    reversed_entry: int
    pending: int
    available: int
    lapsed: int
    arrears: int
    forgiven: int
    repaid: int
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., balance: _Optional[_Union[_amounts_pb2.Balance, _Mapping]] = ..., amount: _Optional[int] = ..., reversed_entry: _Optional[int] = ..., pending: _Optional[int] = ..., available: _Optional[int] = ..., lapsed: _Optional[int] = ..., arrears: _Optional[int] = ..., forgiven: _Optional[int] = ..., repaid: _Optional[int] = ...) -> None: ...

class AdjustRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "unit", "amount", "allow_arrears", "fund", "occurred_at", "source", "reason", "metadata", "validate_only")
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
    UNIT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ALLOW_ARREARS_FIELD_NUMBER: _ClassVar[int]
    FUND_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    unit: str
    amount: int
    allow_arrears: bool
    fund: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., unit: _Optional[str] = ..., amount: _Optional[int] = ..., allow_arrears: bool = ..., fund: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class AdjustResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "balance", "amount", "arrears")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ARREARS_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    balance: _amounts_pb2.Balance
    amount: int
    arrears: int
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., balance: _Optional[_Union[_amounts_pb2.Balance, _Mapping]] = ..., amount: _Optional[int] = ..., arrears: _Optional[int] = ...) -> None: ...

class GiftRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "unit", "amount", "to_member", "occurred_at", "source", "reason", "metadata", "validate_only")
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
    UNIT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TO_MEMBER_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    unit: str
    amount: int
    to_member: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., unit: _Optional[str] = ..., amount: _Optional[int] = ..., to_member: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class GiftResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "balance", "amount", "to_member", "to_entry")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TO_MEMBER_FIELD_NUMBER: _ClassVar[int]
    TO_ENTRY_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    balance: _amounts_pb2.Balance
    amount: int
    to_member: str
    to_entry: int
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., balance: _Optional[_Union[_amounts_pb2.Balance, _Mapping]] = ..., amount: _Optional[int] = ..., to_member: _Optional[str] = ..., to_entry: _Optional[int] = ...) -> None: ...
