from tallybook_client._gen.tallybook.v1 import membership_pb2 as _membership_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetMembershipsRequest(_message.Message):
    __slots__ = ("program", "member")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ...) -> None: ...

class GetMembershipsResponse(_message.Message):
    __slots__ = ("memberships", "past")
    MEMBERSHIPS_FIELD_NUMBER: _ClassVar[int]
    PAST_FIELD_NUMBER: _ClassVar[int]
    memberships: _containers.RepeatedCompositeFieldContainer[_membership_pb2.Membership]
    past: _containers.RepeatedCompositeFieldContainer[_membership_pb2.PastMembership]
    def __init__(self, memberships: _Optional[_Iterable[_Union[_membership_pb2.Membership, _Mapping]]] = ..., past: _Optional[_Iterable[_Union[_membership_pb2.PastMembership, _Mapping]]] = ...) -> None: ...

class GetMembershipObligationsRequest(_message.Message):
    __slots__ = ("program",)
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    program: str
    def __init__(self, program: _Optional[str] = ...) -> None: ...

class GetMembershipObligationsResponse(_message.Message):
    __slots__ = ("obligations",)
    OBLIGATIONS_FIELD_NUMBER: _ClassVar[int]
    obligations: _containers.RepeatedCompositeFieldContainer[_membership_pb2.MembershipObligation]
    def __init__(self, obligations: _Optional[_Iterable[_Union[_membership_pb2.MembershipObligation, _Mapping]]] = ...) -> None: ...
