from tallybook_client._gen.tallybook.v1 import referral_pb2 as _referral_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetReferralRequest(_message.Message):
    __slots__ = ("program", "member")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ...) -> None: ...

class GetReferralResponse(_message.Message):
    __slots__ = ("referral",)
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    referral: _referral_pb2.Referral
    def __init__(self, referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ...) -> None: ...

class ListNewcomersRequest(_message.Message):
    __slots__ = ("program", "member", "page_size", "page_token")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    page_size: int
    page_token: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListNewcomersResponse(_message.Message):
    __slots__ = ("newcomers", "next_page_token")
    NEWCOMERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    newcomers: _containers.RepeatedCompositeFieldContainer[_referral_pb2.Newcomer]
    next_page_token: str
    def __init__(self, newcomers: _Optional[_Iterable[_Union[_referral_pb2.Newcomer, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
