import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FreezeScope(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FREEZE_SCOPE_UNSPECIFIED: _ClassVar[FreezeScope]
    FREEZE_SCOPE_EARN: _ClassVar[FreezeScope]
    FREEZE_SCOPE_REDEEM: _ClassVar[FreezeScope]
    FREEZE_SCOPE_ALL: _ClassVar[FreezeScope]
FREEZE_SCOPE_UNSPECIFIED: FreezeScope
FREEZE_SCOPE_EARN: FreezeScope
FREEZE_SCOPE_REDEEM: FreezeScope
FREEZE_SCOPE_ALL: FreezeScope

class Member(_message.Message):
    __slots__ = ("program", "member", "version", "enrolled_at", "active_at", "frozen", "frozen_reason")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    ENROLLED_AT_FIELD_NUMBER: _ClassVar[int]
    ACTIVE_AT_FIELD_NUMBER: _ClassVar[int]
    FROZEN_FIELD_NUMBER: _ClassVar[int]
    FROZEN_REASON_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    version: int
    enrolled_at: _timestamp_pb2.Timestamp
    active_at: _timestamp_pb2.Timestamp
    frozen: FreezeScope
    frozen_reason: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., version: _Optional[int] = ..., enrolled_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., active_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., frozen: _Optional[_Union[FreezeScope, str]] = ..., frozen_reason: _Optional[str] = ...) -> None: ...
