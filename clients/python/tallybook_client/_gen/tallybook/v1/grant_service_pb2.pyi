import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GrantOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GRANT_OUTCOME_UNSPECIFIED: _ClassVar[GrantOutcome]
    GRANT_OUTCOME_GIVEN: _ClassVar[GrantOutcome]
    GRANT_OUTCOME_FROZEN: _ClassVar[GrantOutcome]
    GRANT_OUTCOME_NO_ROOM: _ClassVar[GrantOutcome]
GRANT_OUTCOME_UNSPECIFIED: GrantOutcome
GRANT_OUTCOME_GIVEN: GrantOutcome
GRANT_OUTCOME_FROZEN: GrantOutcome
GRANT_OUTCOME_NO_ROOM: GrantOutcome

class ListGrantsRequest(_message.Message):
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

class ListGrantsResponse(_message.Message):
    __slots__ = ("grants", "next_page_token")
    GRANTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    grants: _containers.RepeatedCompositeFieldContainer[PastGrant]
    next_page_token: str
    def __init__(self, grants: _Optional[_Iterable[_Union[PastGrant, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetComingGrantsRequest(_message.Message):
    __slots__ = ("program", "member")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ...) -> None: ...

class GetComingGrantsResponse(_message.Message):
    __slots__ = ("grants",)
    GRANTS_FIELD_NUMBER: _ClassVar[int]
    grants: _containers.RepeatedCompositeFieldContainer[ComingGrant]
    def __init__(self, grants: _Optional[_Iterable[_Union[ComingGrant, _Mapping]]] = ...) -> None: ...

class PastGrant(_message.Message):
    __slots__ = ("grant", "key", "day", "given_on", "outcome", "entry", "amounts")
    GRANT_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    GIVEN_ON_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    AMOUNTS_FIELD_NUMBER: _ClassVar[int]
    grant: str
    key: str
    day: _date_pb2.Date
    given_on: _date_pb2.Date
    outcome: GrantOutcome
    entry: int
    amounts: _containers.RepeatedCompositeFieldContainer[GrantAmount]
    def __init__(self, grant: _Optional[str] = ..., key: _Optional[str] = ..., day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., given_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., outcome: _Optional[_Union[GrantOutcome, str]] = ..., entry: _Optional[int] = ..., amounts: _Optional[_Iterable[_Union[GrantAmount, _Mapping]]] = ...) -> None: ...

class ComingGrant(_message.Message):
    __slots__ = ("grant", "display_name", "key", "day", "at", "amounts")
    GRANT_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    AMOUNTS_FIELD_NUMBER: _ClassVar[int]
    grant: str
    display_name: str
    key: str
    day: _date_pb2.Date
    at: _timestamp_pb2.Timestamp
    amounts: _containers.RepeatedCompositeFieldContainer[GrantAmount]
    def __init__(self, grant: _Optional[str] = ..., display_name: _Optional[str] = ..., key: _Optional[str] = ..., day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., amounts: _Optional[_Iterable[_Union[GrantAmount, _Mapping]]] = ...) -> None: ...

class GrantAmount(_message.Message):
    __slots__ = ("unit", "plan", "amount", "coupon_template")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    COUPON_TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    unit: str
    plan: str
    amount: int
    coupon_template: str
    def __init__(self, unit: _Optional[str] = ..., plan: _Optional[str] = ..., amount: _Optional[int] = ..., coupon_template: _Optional[str] = ...) -> None: ...

class GetGrantForecastRequest(_message.Message):
    __slots__ = ("program", "first_day", "last_day")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    FIRST_DAY_FIELD_NUMBER: _ClassVar[int]
    LAST_DAY_FIELD_NUMBER: _ClassVar[int]
    program: str
    first_day: _date_pb2.Date
    last_day: _date_pb2.Date
    def __init__(self, program: _Optional[str] = ..., first_day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., last_day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class GetGrantForecastResponse(_message.Message):
    __slots__ = ("forecasts",)
    FORECASTS_FIELD_NUMBER: _ClassVar[int]
    forecasts: _containers.RepeatedCompositeFieldContainer[GrantForecast]
    def __init__(self, forecasts: _Optional[_Iterable[_Union[GrantForecast, _Mapping]]] = ...) -> None: ...

class GrantForecast(_message.Message):
    __slots__ = ("day", "grant", "members", "frozen", "amounts")
    DAY_FIELD_NUMBER: _ClassVar[int]
    GRANT_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    FROZEN_FIELD_NUMBER: _ClassVar[int]
    AMOUNTS_FIELD_NUMBER: _ClassVar[int]
    day: _date_pb2.Date
    grant: str
    members: int
    frozen: int
    amounts: _containers.RepeatedCompositeFieldContainer[GrantAmount]
    def __init__(self, day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., grant: _Optional[str] = ..., members: _Optional[int] = ..., frozen: _Optional[int] = ..., amounts: _Optional[_Iterable[_Union[GrantAmount, _Mapping]]] = ...) -> None: ...
