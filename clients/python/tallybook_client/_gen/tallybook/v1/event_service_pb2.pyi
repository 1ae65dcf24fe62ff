import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tallybook_client._gen.tallybook.v1 import event_pb2 as _event_pb2
from tallybook_client._gen.tallybook.v1 import explanation_pb2 as _explanation_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ExplainEntryRequest(_message.Message):
    __slots__ = ("program", "member", "entry")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    entry: int
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., entry: _Optional[int] = ...) -> None: ...

class ExplainEntryResponse(_message.Message):
    __slots__ = ("explanation",)
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    explanation: _explanation_pb2.Explanation
    def __init__(self, explanation: _Optional[_Union[_explanation_pb2.Explanation, _Mapping]] = ...) -> None: ...

class ListWaitingRefundsRequest(_message.Message):
    __slots__ = ("program", "page_size", "page_token")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    program: str
    page_size: int
    page_token: str
    def __init__(self, program: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListWaitingRefundsResponse(_message.Message):
    __slots__ = ("refunds", "next_page_token")
    REFUNDS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    refunds: _containers.RepeatedCompositeFieldContainer[WaitingRefund]
    next_page_token: str
    def __init__(self, refunds: _Optional[_Iterable[_Union[WaitingRefund, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WaitingRefund(_message.Message):
    __slots__ = ("member", "order_id", "refund_id", "occurred_at", "entry", "problem")
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    REFUND_ID_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    member: str
    order_id: str
    refund_id: str
    occurred_at: _timestamp_pb2.Timestamp
    entry: int
    problem: str
    def __init__(self, member: _Optional[str] = ..., order_id: _Optional[str] = ..., refund_id: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., entry: _Optional[int] = ..., problem: _Optional[str] = ...) -> None: ...
