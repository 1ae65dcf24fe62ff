from tallybook_client._gen.tallybook.v1 import stored_value_pb2 as _stored_value_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetTopUpRequest(_message.Message):
    __slots__ = ("program", "member", "top_up_id")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    TOP_UP_ID_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    top_up_id: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., top_up_id: _Optional[str] = ...) -> None: ...

class GetTopUpResponse(_message.Message):
    __slots__ = ("top_up", "refundable")
    TOP_UP_FIELD_NUMBER: _ClassVar[int]
    REFUNDABLE_FIELD_NUMBER: _ClassVar[int]
    top_up: _stored_value_pb2.TopUp
    refundable: _stored_value_pb2.Refundable
    def __init__(self, top_up: _Optional[_Union[_stored_value_pb2.TopUp, _Mapping]] = ..., refundable: _Optional[_Union[_stored_value_pb2.Refundable, _Mapping]] = ...) -> None: ...

class GetPayoutRequest(_message.Message):
    __slots__ = ("program", "member", "payout_id")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    PAYOUT_ID_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    payout_id: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., payout_id: _Optional[str] = ...) -> None: ...

class GetPayoutResponse(_message.Message):
    __slots__ = ("payout",)
    PAYOUT_FIELD_NUMBER: _ClassVar[int]
    payout: _stored_value_pb2.Payout
    def __init__(self, payout: _Optional[_Union[_stored_value_pb2.Payout, _Mapping]] = ...) -> None: ...

class GetMaxRefundRequest(_message.Message):
    __slots__ = ("program", "member", "top_up_id")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    TOP_UP_ID_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    top_up_id: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., top_up_id: _Optional[str] = ...) -> None: ...

class GetMaxRefundResponse(_message.Message):
    __slots__ = ("refundable",)
    REFUNDABLE_FIELD_NUMBER: _ClassVar[int]
    refundable: _stored_value_pb2.Refundable
    def __init__(self, refundable: _Optional[_Union[_stored_value_pb2.Refundable, _Mapping]] = ...) -> None: ...

class GetMaxWithdrawalRequest(_message.Message):
    __slots__ = ("program", "member", "unit")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    unit: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., unit: _Optional[str] = ...) -> None: ...

class GetMaxWithdrawalResponse(_message.Message):
    __slots__ = ("refundable",)
    REFUNDABLE_FIELD_NUMBER: _ClassVar[int]
    refundable: _stored_value_pb2.Refundable
    def __init__(self, refundable: _Optional[_Union[_stored_value_pb2.Refundable, _Mapping]] = ...) -> None: ...
