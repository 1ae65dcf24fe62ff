import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from tallybook_client._gen.tallybook.v1 import rule_pb2 as _rule_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class UnitKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNIT_KIND_UNSPECIFIED: _ClassVar[UnitKind]
    UNIT_KIND_REDEEMABLE: _ClassVar[UnitKind]
    UNIT_KIND_QUALIFYING: _ClassVar[UnitKind]
    UNIT_KIND_MONEY: _ClassVar[UnitKind]

class ExpiryKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EXPIRY_KIND_UNSPECIFIED: _ClassVar[ExpiryKind]
    EXPIRY_KIND_NEVER: _ClassVar[ExpiryKind]
    EXPIRY_KIND_AFTER_DAYS: _ClassVar[ExpiryKind]
    EXPIRY_KIND_AFTER_MONTHS: _ClassVar[ExpiryKind]
    EXPIRY_KIND_END_OF_MONTH: _ClassVar[ExpiryKind]
    EXPIRY_KIND_END_OF_QUARTER: _ClassVar[ExpiryKind]
    EXPIRY_KIND_END_OF_YEAR: _ClassVar[ExpiryKind]
    EXPIRY_KIND_ON_DATE: _ClassVar[ExpiryKind]
    EXPIRY_KIND_AFTER_IDLE_MONTHS: _ClassVar[ExpiryKind]

class ShortfallPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SHORTFALL_POLICY_UNSPECIFIED: _ClassVar[ShortfallPolicy]
    SHORTFALL_POLICY_ONLY_PENDING: _ClassVar[ShortfallPolicy]
    SHORTFALL_POLICY_WITHIN_BALANCE: _ClassVar[ShortfallPolicy]
    SHORTFALL_POLICY_ARREARS: _ClassVar[ShortfallPolicy]

class LapsedPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LAPSED_POLICY_UNSPECIFIED: _ClassVar[LapsedPolicy]
    LAPSED_POLICY_KEEP_EXPIRED: _ClassVar[LapsedPolicy]
    LAPSED_POLICY_GRACE_DAYS: _ClassVar[LapsedPolicy]
    LAPSED_POLICY_REISSUE: _ClassVar[LapsedPolicy]
UNIT_KIND_UNSPECIFIED: UnitKind
UNIT_KIND_REDEEMABLE: UnitKind
UNIT_KIND_QUALIFYING: UnitKind
UNIT_KIND_MONEY: UnitKind
EXPIRY_KIND_UNSPECIFIED: ExpiryKind
EXPIRY_KIND_NEVER: ExpiryKind
EXPIRY_KIND_AFTER_DAYS: ExpiryKind
EXPIRY_KIND_AFTER_MONTHS: ExpiryKind
EXPIRY_KIND_END_OF_MONTH: ExpiryKind
EXPIRY_KIND_END_OF_QUARTER: ExpiryKind
EXPIRY_KIND_END_OF_YEAR: ExpiryKind
EXPIRY_KIND_ON_DATE: ExpiryKind
EXPIRY_KIND_AFTER_IDLE_MONTHS: ExpiryKind
SHORTFALL_POLICY_UNSPECIFIED: ShortfallPolicy
SHORTFALL_POLICY_ONLY_PENDING: ShortfallPolicy
SHORTFALL_POLICY_WITHIN_BALANCE: ShortfallPolicy
SHORTFALL_POLICY_ARREARS: ShortfallPolicy
LAPSED_POLICY_UNSPECIFIED: LapsedPolicy
LAPSED_POLICY_KEEP_EXPIRED: LapsedPolicy
LAPSED_POLICY_GRACE_DAYS: LapsedPolicy
LAPSED_POLICY_REISSUE: LapsedPolicy

class Program(_message.Message):
    __slots__ = ("program", "revision", "etag", "applied_at", "display_name", "timezone", "units", "funds", "rules", "refunds", "holds", "request_retention_days", "document", "in_force_from", "spend", "calendars", "events", "caps", "budgets")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    APPLIED_AT_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    TIMEZONE_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    FUNDS_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    REFUNDS_FIELD_NUMBER: _ClassVar[int]
    HOLDS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_RETENTION_DAYS_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    IN_FORCE_FROM_FIELD_NUMBER: _ClassVar[int]
    SPEND_FIELD_NUMBER: _ClassVar[int]
    CALENDARS_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    CAPS_FIELD_NUMBER: _ClassVar[int]
    BUDGETS_FIELD_NUMBER: _ClassVar[int]
    program: str
    revision: int
    etag: str
    applied_at: _timestamp_pb2.Timestamp
    display_name: str
    timezone: str
    units: _containers.RepeatedCompositeFieldContainer[Unit]
    funds: _containers.RepeatedScalarFieldContainer[str]
    rules: _containers.RepeatedCompositeFieldContainer[_rule_pb2.Rule]
    refunds: Refunds
    holds: Holds
    request_retention_days: int
    document: str
    in_force_from: _timestamp_pb2.Timestamp
    spend: _rule_pb2.Spend
    calendars: _containers.RepeatedCompositeFieldContainer[_rule_pb2.Calendar]
    events: _containers.RepeatedCompositeFieldContainer[_rule_pb2.DeclaredEvent]
    caps: _containers.RepeatedCompositeFieldContainer[_rule_pb2.UnitCaps]
    budgets: _containers.RepeatedCompositeFieldContainer[_rule_pb2.Budget]
    def __init__(self, program: _Optional[str] = ..., revision: _Optional[int] = ..., etag: _Optional[str] = ..., applied_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., display_name: _Optional[str] = ..., timezone: _Optional[str] = ..., units: _Optional[_Iterable[_Union[Unit, _Mapping]]] = ..., funds: _Optional[_Iterable[str]] = ..., rules: _Optional[_Iterable[_Union[_rule_pb2.Rule, _Mapping]]] = ..., refunds: _Optional[_Union[Refunds, _Mapping]] = ..., holds: _Optional[_Union[Holds, _Mapping]] = ..., request_retention_days: _Optional[int] = ..., document: _Optional[str] = ..., in_force_from: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., spend: _Optional[_Union[_rule_pb2.Spend, _Mapping]] = ..., calendars: _Optional[_Iterable[_Union[_rule_pb2.Calendar, _Mapping]]] = ..., events: _Optional[_Iterable[_Union[_rule_pb2.DeclaredEvent, _Mapping]]] = ..., caps: _Optional[_Iterable[_Union[_rule_pb2.UnitCaps, _Mapping]]] = ..., budgets: _Optional[_Iterable[_Union[_rule_pb2.Budget, _Mapping]]] = ...) -> None: ...

class Unit(_message.Message):
    __slots__ = ("unit", "display_name", "kind", "scale", "expiry", "vesting_days", "spend_order")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SCALE_FIELD_NUMBER: _ClassVar[int]
    EXPIRY_FIELD_NUMBER: _ClassVar[int]
    VESTING_DAYS_FIELD_NUMBER: _ClassVar[int]
    SPEND_ORDER_FIELD_NUMBER: _ClassVar[int]
    unit: str
    display_name: str
    kind: UnitKind
    scale: int
    expiry: ExpiryPolicy
    vesting_days: int
    spend_order: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, unit: _Optional[str] = ..., display_name: _Optional[str] = ..., kind: _Optional[_Union[UnitKind, str]] = ..., scale: _Optional[int] = ..., expiry: _Optional[_Union[ExpiryPolicy, _Mapping]] = ..., vesting_days: _Optional[int] = ..., spend_order: _Optional[_Iterable[str]] = ...) -> None: ...

class ExpiryPolicy(_message.Message):
    __slots__ = ("kind", "days", "months", "plus_months", "date")
    KIND_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    MONTHS_FIELD_NUMBER: _ClassVar[int]
    PLUS_MONTHS_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    kind: ExpiryKind
    days: int
    months: int
    plus_months: int
    date: _date_pb2.Date
    def __init__(self, kind: _Optional[_Union[ExpiryKind, str]] = ..., days: _Optional[int] = ..., months: _Optional[int] = ..., plus_months: _Optional[int] = ..., date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class Refunds(_message.Message):
    __slots__ = ("shortfall", "lapsed", "grace_days")
    SHORTFALL_FIELD_NUMBER: _ClassVar[int]
    LAPSED_FIELD_NUMBER: _ClassVar[int]
    GRACE_DAYS_FIELD_NUMBER: _ClassVar[int]
    shortfall: ShortfallPolicy
    lapsed: LapsedPolicy
    grace_days: int
    def __init__(self, shortfall: _Optional[_Union[ShortfallPolicy, str]] = ..., lapsed: _Optional[_Union[LapsedPolicy, str]] = ..., grace_days: _Optional[int] = ...) -> None: ...

class Holds(_message.Message):
    __slots__ = ("default_seconds", "longest_seconds")
    DEFAULT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    LONGEST_SECONDS_FIELD_NUMBER: _ClassVar[int]
    default_seconds: int
    longest_seconds: int
    def __init__(self, default_seconds: _Optional[int] = ..., longest_seconds: _Optional[int] = ...) -> None: ...
