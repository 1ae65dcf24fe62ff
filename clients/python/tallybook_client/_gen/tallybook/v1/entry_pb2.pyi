import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Entry(_message.Message):
    __slots__ = ("program", "member", "version", "kind", "request_id", "recorded_at", "occurred_at", "source", "reason", "metadata", "postings", "reverses", "counterpart_member", "counterpart_version", "subject", "revision", "hash")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    POSTINGS_FIELD_NUMBER: _ClassVar[int]
    REVERSES_FIELD_NUMBER: _ClassVar[int]
    COUNTERPART_MEMBER_FIELD_NUMBER: _ClassVar[int]
    COUNTERPART_VERSION_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    HASH_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    version: int
    kind: str
    request_id: str
    recorded_at: _timestamp_pb2.Timestamp
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    postings: _containers.RepeatedCompositeFieldContainer[Posting]
    reverses: int
    counterpart_member: str
    counterpart_version: int
    subject: str
    revision: int
    hash: bytes
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., version: _Optional[int] = ..., kind: _Optional[str] = ..., request_id: _Optional[str] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., postings: _Optional[_Iterable[_Union[Posting, _Mapping]]] = ..., reverses: _Optional[int] = ..., counterpart_member: _Optional[str] = ..., counterpart_version: _Optional[int] = ..., subject: _Optional[str] = ..., revision: _Optional[int] = ..., hash: _Optional[bytes] = ...) -> None: ...

class Posting(_message.Message):
    __slots__ = ("unit", "amount", "from_account", "to_account", "fund", "expires_on", "vests_on")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    FROM_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    TO_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    FUND_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_ON_FIELD_NUMBER: _ClassVar[int]
    VESTS_ON_FIELD_NUMBER: _ClassVar[int]
    unit: str
    amount: int
    from_account: str
    to_account: str
    fund: str
    expires_on: _date_pb2.Date
    vests_on: _date_pb2.Date
    def __init__(self, unit: _Optional[str] = ..., amount: _Optional[int] = ..., from_account: _Optional[str] = ..., to_account: _Optional[str] = ..., fund: _Optional[str] = ..., expires_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., vests_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...
