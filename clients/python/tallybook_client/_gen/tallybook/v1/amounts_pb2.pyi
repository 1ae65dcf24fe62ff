from google.type import date_pb2 as _date_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Balance(_message.Message):
    __slots__ = ("unit", "available", "pending", "held", "arrears")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    PENDING_FIELD_NUMBER: _ClassVar[int]
    HELD_FIELD_NUMBER: _ClassVar[int]
    ARREARS_FIELD_NUMBER: _ClassVar[int]
    unit: str
    available: int
    pending: int
    held: int
    arrears: int
    def __init__(self, unit: _Optional[str] = ..., available: _Optional[int] = ..., pending: _Optional[int] = ..., held: _Optional[int] = ..., arrears: _Optional[int] = ...) -> None: ...

class Lot(_message.Message):
    __slots__ = ("account", "fund", "amount", "expires_on", "vests_on")
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    FUND_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_ON_FIELD_NUMBER: _ClassVar[int]
    VESTS_ON_FIELD_NUMBER: _ClassVar[int]
    account: str
    fund: str
    amount: int
    expires_on: _date_pb2.Date
    vests_on: _date_pb2.Date
    def __init__(self, account: _Optional[str] = ..., fund: _Optional[str] = ..., amount: _Optional[int] = ..., expires_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., vests_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class Expiry(_message.Message):
    __slots__ = ("expires_on", "amount")
    EXPIRES_ON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    expires_on: _date_pb2.Date
    amount: int
    def __init__(self, expires_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., amount: _Optional[int] = ...) -> None: ...

class UnitBalance(_message.Message):
    __slots__ = ("balance", "lots", "soonest_expiries")
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    LOTS_FIELD_NUMBER: _ClassVar[int]
    SOONEST_EXPIRIES_FIELD_NUMBER: _ClassVar[int]
    balance: Balance
    lots: _containers.RepeatedCompositeFieldContainer[Lot]
    soonest_expiries: _containers.RepeatedCompositeFieldContainer[Expiry]
    def __init__(self, balance: _Optional[_Union[Balance, _Mapping]] = ..., lots: _Optional[_Iterable[_Union[Lot, _Mapping]]] = ..., soonest_expiries: _Optional[_Iterable[_Union[Expiry, _Mapping]]] = ...) -> None: ...
