import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tallybook_client._gen.tallybook.v1 import amounts_pb2 as _amounts_pb2
from tallybook_client._gen.tallybook.v1 import card_pb2 as _card_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class IssueCardsRequest(_message.Message):
    __slots__ = ("program", "batch", "count", "unit", "amount", "pin_digits", "after")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    PIN_DIGITS_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    program: str
    batch: str
    count: int
    unit: str
    amount: int
    pin_digits: int
    after: int
    def __init__(self, program: _Optional[str] = ..., batch: _Optional[str] = ..., count: _Optional[int] = ..., unit: _Optional[str] = ..., amount: _Optional[int] = ..., pin_digits: _Optional[int] = ..., after: _Optional[int] = ...) -> None: ...

class IssueCardsResponse(_message.Message):
    __slots__ = ("cards",)
    CARDS_FIELD_NUMBER: _ClassVar[int]
    cards: _containers.RepeatedCompositeFieldContainer[_card_pb2.NewCard]
    def __init__(self, cards: _Optional[_Iterable[_Union[_card_pb2.NewCard, _Mapping]]] = ...) -> None: ...

class PresentCardRequest(_message.Message):
    __slots__ = ("program", "caller", "request_id", "code", "pin")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    CALLER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    PIN_FIELD_NUMBER: _ClassVar[int]
    program: str
    caller: str
    request_id: str
    code: str
    pin: str
    def __init__(self, program: _Optional[str] = ..., caller: _Optional[str] = ..., request_id: _Optional[str] = ..., code: _Optional[str] = ..., pin: _Optional[str] = ...) -> None: ...

class PresentCardResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "balance", "card", "state", "frozen", "tries_left")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    CARD_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    FROZEN_FIELD_NUMBER: _ClassVar[int]
    TRIES_LEFT_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    balance: _amounts_pb2.Balance
    card: str
    state: _card_pb2.CardState
    frozen: str
    tries_left: int
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., balance: _Optional[_Union[_amounts_pb2.Balance, _Mapping]] = ..., card: _Optional[str] = ..., state: _Optional[_Union[_card_pb2.CardState, str]] = ..., frozen: _Optional[str] = ..., tries_left: _Optional[int] = ...) -> None: ...

class ClaimCardRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "caller", "code", "pin", "amount")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CALLER_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    PIN_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    caller: str
    code: str
    pin: str
    amount: int
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., caller: _Optional[str] = ..., code: _Optional[str] = ..., pin: _Optional[str] = ..., amount: _Optional[int] = ...) -> None: ...

class ClaimCardResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "balance", "amount", "card", "principal", "bonus", "left")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CARD_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    BONUS_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    balance: _amounts_pb2.Balance
    amount: int
    card: str
    principal: int
    bonus: int
    left: int
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., balance: _Optional[_Union[_amounts_pb2.Balance, _Mapping]] = ..., amount: _Optional[int] = ..., card: _Optional[str] = ..., principal: _Optional[int] = ..., bonus: _Optional[int] = ..., left: _Optional[int] = ...) -> None: ...

class ReplaceCardRequest(_message.Message):
    __slots__ = ("program", "card", "request_id", "pin_digits", "reason")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    CARD_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PIN_DIGITS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    program: str
    card: str
    request_id: str
    pin_digits: int
    reason: str
    def __init__(self, program: _Optional[str] = ..., card: _Optional[str] = ..., request_id: _Optional[str] = ..., pin_digits: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class ReplaceCardResponse(_message.Message):
    __slots__ = ("card",)
    CARD_FIELD_NUMBER: _ClassVar[int]
    card: _card_pb2.NewCard
    def __init__(self, card: _Optional[_Union[_card_pb2.NewCard, _Mapping]] = ...) -> None: ...

class GetCardRequest(_message.Message):
    __slots__ = ("program", "card")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    CARD_FIELD_NUMBER: _ClassVar[int]
    program: str
    card: str
    def __init__(self, program: _Optional[str] = ..., card: _Optional[str] = ...) -> None: ...

class GetCardResponse(_message.Message):
    __slots__ = ("card",)
    CARD_FIELD_NUMBER: _ClassVar[int]
    card: _card_pb2.Card
    def __init__(self, card: _Optional[_Union[_card_pb2.Card, _Mapping]] = ...) -> None: ...
