import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tallybook_client._gen.tallybook.v1 import tier_pb2 as _tier_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetTiersRequest(_message.Message):
    __slots__ = ("program", "member")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ...) -> None: ...

class GetTiersResponse(_message.Message):
    __slots__ = ("ladders", "benefits", "history", "forgotten")
    LADDERS_FIELD_NUMBER: _ClassVar[int]
    BENEFITS_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    FORGOTTEN_FIELD_NUMBER: _ClassVar[int]
    ladders: _containers.RepeatedCompositeFieldContainer[_tier_pb2.LadderStanding]
    benefits: _tier_pb2.MemberBenefits
    history: _containers.RepeatedCompositeFieldContainer[_tier_pb2.PastTierChange]
    forgotten: int
    def __init__(self, ladders: _Optional[_Iterable[_Union[_tier_pb2.LadderStanding, _Mapping]]] = ..., benefits: _Optional[_Union[_tier_pb2.MemberBenefits, _Mapping]] = ..., history: _Optional[_Iterable[_Union[_tier_pb2.PastTierChange, _Mapping]]] = ..., forgotten: _Optional[int] = ...) -> None: ...

class GetTierAtRequest(_message.Message):
    __slots__ = ("program", "member", "ladder", "at")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    LADDER_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    ladder: str
    at: _timestamp_pb2.Timestamp
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., ladder: _Optional[str] = ..., at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetTierAtResponse(_message.Message):
    __slots__ = ("tier",)
    TIER_FIELD_NUMBER: _ClassVar[int]
    tier: str
    def __init__(self, tier: _Optional[str] = ...) -> None: ...
