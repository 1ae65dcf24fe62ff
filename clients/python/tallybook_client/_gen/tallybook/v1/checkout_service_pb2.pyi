import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tallybook_client._gen.tallybook.v1 import checkout_pb2 as _checkout_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetCheckoutRequest(_message.Message):
    __slots__ = ("program", "member", "order_id")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    order_id: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., order_id: _Optional[str] = ...) -> None: ...

class GetCheckoutResponse(_message.Message):
    __slots__ = ("state", "open_quote", "held_quote", "deadline", "tenders", "payment", "returned")
    class ReturnedEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    STATE_FIELD_NUMBER: _ClassVar[int]
    OPEN_QUOTE_FIELD_NUMBER: _ClassVar[int]
    HELD_QUOTE_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    TENDERS_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    RETURNED_FIELD_NUMBER: _ClassVar[int]
    state: _checkout_pb2.CheckoutState
    open_quote: _checkout_pb2.CheckoutQuote
    held_quote: _checkout_pb2.CheckoutQuote
    deadline: _timestamp_pb2.Timestamp
    tenders: _containers.RepeatedCompositeFieldContainer[_checkout_pb2.TenderPart]
    payment: int
    returned: _containers.ScalarMap[str, int]
    def __init__(self, state: _Optional[_Union[_checkout_pb2.CheckoutState, str]] = ..., open_quote: _Optional[_Union[_checkout_pb2.CheckoutQuote, _Mapping]] = ..., held_quote: _Optional[_Union[_checkout_pb2.CheckoutQuote, _Mapping]] = ..., deadline: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., tenders: _Optional[_Iterable[_Union[_checkout_pb2.TenderPart, _Mapping]]] = ..., payment: _Optional[int] = ..., returned: _Optional[_Mapping[str, int]] = ...) -> None: ...
