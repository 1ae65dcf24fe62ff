from google.rpc import status_pb2 as _status_pb2
from tallybook_client._gen.tallybook.v1 import hold_pb2 as _hold_pb2
from tallybook_client._gen.tallybook.v1 import member_service_pb2 as _member_service_pb2
from tallybook_client._gen.tallybook.v1 import posting_pb2 as _posting_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PostCommand(_message.Message):
    __slots__ = ("award", "redeem", "hold", "capture", "release", "reverse", "adjust", "gift", "enroll_member", "freeze_member", "unfreeze_member")
    AWARD_FIELD_NUMBER: _ClassVar[int]
    REDEEM_FIELD_NUMBER: _ClassVar[int]
    HOLD_FIELD_NUMBER: _ClassVar[int]
    CAPTURE_FIELD_NUMBER: _ClassVar[int]
    RELEASE_FIELD_NUMBER: _ClassVar[int]
    REVERSE_FIELD_NUMBER: _ClassVar[int]
    ADJUST_FIELD_NUMBER: _ClassVar[int]
    GIFT_FIELD_NUMBER: _ClassVar[int]
    ENROLL_MEMBER_FIELD_NUMBER: _ClassVar[int]
    FREEZE_MEMBER_FIELD_NUMBER: _ClassVar[int]
    UNFREEZE_MEMBER_FIELD_NUMBER: _ClassVar[int]
    award: _posting_pb2.AwardRequest
    redeem: _posting_pb2.RedeemRequest
    hold: _hold_pb2.HoldRequest
    capture: _hold_pb2.CaptureRequest
    release: _hold_pb2.ReleaseRequest
    reverse: _posting_pb2.ReverseRequest
    adjust: _posting_pb2.AdjustRequest
    gift: _posting_pb2.GiftRequest
    enroll_member: _member_service_pb2.EnrollMemberRequest
    freeze_member: _member_service_pb2.FreezeMemberRequest
    unfreeze_member: _member_service_pb2.UnfreezeMemberRequest
    def __init__(self, award: _Optional[_Union[_posting_pb2.AwardRequest, _Mapping]] = ..., redeem: _Optional[_Union[_posting_pb2.RedeemRequest, _Mapping]] = ..., hold: _Optional[_Union[_hold_pb2.HoldRequest, _Mapping]] = ..., capture: _Optional[_Union[_hold_pb2.CaptureRequest, _Mapping]] = ..., release: _Optional[_Union[_hold_pb2.ReleaseRequest, _Mapping]] = ..., reverse: _Optional[_Union[_posting_pb2.ReverseRequest, _Mapping]] = ..., adjust: _Optional[_Union[_posting_pb2.AdjustRequest, _Mapping]] = ..., gift: _Optional[_Union[_posting_pb2.GiftRequest, _Mapping]] = ..., enroll_member: _Optional[_Union[_member_service_pb2.EnrollMemberRequest, _Mapping]] = ..., freeze_member: _Optional[_Union[_member_service_pb2.FreezeMemberRequest, _Mapping]] = ..., unfreeze_member: _Optional[_Union[_member_service_pb2.UnfreezeMemberRequest, _Mapping]] = ...) -> None: ...

class PostResult(_message.Message):
    __slots__ = ("award", "redeem", "hold", "capture", "release", "reverse", "adjust", "gift", "enroll_member", "freeze_member", "unfreeze_member", "error")
    AWARD_FIELD_NUMBER: _ClassVar[int]
    REDEEM_FIELD_NUMBER: _ClassVar[int]
    HOLD_FIELD_NUMBER: _ClassVar[int]
    CAPTURE_FIELD_NUMBER: _ClassVar[int]
    RELEASE_FIELD_NUMBER: _ClassVar[int]
    REVERSE_FIELD_NUMBER: _ClassVar[int]
    ADJUST_FIELD_NUMBER: _ClassVar[int]
    GIFT_FIELD_NUMBER: _ClassVar[int]
    ENROLL_MEMBER_FIELD_NUMBER: _ClassVar[int]
    FREEZE_MEMBER_FIELD_NUMBER: _ClassVar[int]
    UNFREEZE_MEMBER_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    award: _posting_pb2.AwardResponse
    redeem: _posting_pb2.RedeemResponse
    hold: _hold_pb2.HoldResponse
    capture: _hold_pb2.CaptureResponse
    release: _hold_pb2.ReleaseResponse
    reverse: _posting_pb2.ReverseResponse
    adjust: _posting_pb2.AdjustResponse
    gift: _posting_pb2.GiftResponse
    enroll_member: _member_service_pb2.EnrollMemberResponse
    freeze_member: _member_service_pb2.FreezeMemberResponse
    unfreeze_member: _member_service_pb2.UnfreezeMemberResponse
    error: _status_pb2.Status
    def __init__(self, award: _Optional[_Union[_posting_pb2.AwardResponse, _Mapping]] = ..., redeem: _Optional[_Union[_posting_pb2.RedeemResponse, _Mapping]] = ..., hold: _Optional[_Union[_hold_pb2.HoldResponse, _Mapping]] = ..., capture: _Optional[_Union[_hold_pb2.CaptureResponse, _Mapping]] = ..., release: _Optional[_Union[_hold_pb2.ReleaseResponse, _Mapping]] = ..., reverse: _Optional[_Union[_posting_pb2.ReverseResponse, _Mapping]] = ..., adjust: _Optional[_Union[_posting_pb2.AdjustResponse, _Mapping]] = ..., gift: _Optional[_Union[_posting_pb2.GiftResponse, _Mapping]] = ..., enroll_member: _Optional[_Union[_member_service_pb2.EnrollMemberResponse, _Mapping]] = ..., freeze_member: _Optional[_Union[_member_service_pb2.FreezeMemberResponse, _Mapping]] = ..., unfreeze_member: _Optional[_Union[_member_service_pb2.UnfreezeMemberResponse, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...

class BatchPostRequest(_message.Message):
    __slots__ = ("program", "commands", "validate_only")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    COMMANDS_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    commands: _containers.RepeatedCompositeFieldContainer[PostCommand]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., commands: _Optional[_Iterable[_Union[PostCommand, _Mapping]]] = ..., validate_only: bool = ...) -> None: ...

class BatchPostResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[PostResult]
    def __init__(self, results: _Optional[_Iterable[_Union[PostResult, _Mapping]]] = ...) -> None: ...

class StreamPostRequest(_message.Message):
    __slots__ = ("sequence", "program", "commands")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    COMMANDS_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    program: str
    commands: _containers.RepeatedCompositeFieldContainer[PostCommand]
    def __init__(self, sequence: _Optional[int] = ..., program: _Optional[str] = ..., commands: _Optional[_Iterable[_Union[PostCommand, _Mapping]]] = ...) -> None: ...

class StreamPostResponse(_message.Message):
    __slots__ = ("sequence", "results")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    results: _containers.RepeatedCompositeFieldContainer[PostResult]
    def __init__(self, sequence: _Optional[int] = ..., results: _Optional[_Iterable[_Union[PostResult, _Mapping]]] = ...) -> None: ...
