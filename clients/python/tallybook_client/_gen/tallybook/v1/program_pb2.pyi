import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from tallybook_client._gen.tallybook.v1 import growth_rules_pb2 as _growth_rules_pb2
from tallybook_client._gen.tallybook.v1 import mall_rules_pb2 as _mall_rules_pb2
from tallybook_client._gen.tallybook.v1 import member_rules_pb2 as _member_rules_pb2
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

class SpendFirst(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SPEND_FIRST_UNSPECIFIED: _ClassVar[SpendFirst]
    SPEND_FIRST_BONUS_FIRST: _ClassVar[SpendFirst]
    SPEND_FIRST_PRINCIPAL_FIRST: _ClassVar[SpendFirst]
    SPEND_FIRST_PROPORTIONAL: _ClassVar[SpendFirst]

class BonusOnRefund(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BONUS_ON_REFUND_UNSPECIFIED: _ClassVar[BonusOnRefund]
    BONUS_ON_REFUND_FORFEITED: _ClassVar[BonusOnRefund]
    BONUS_ON_REFUND_IN_PROPORTION: _ClassVar[BonusOnRefund]
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
SPEND_FIRST_UNSPECIFIED: SpendFirst
SPEND_FIRST_BONUS_FIRST: SpendFirst
SPEND_FIRST_PRINCIPAL_FIRST: SpendFirst
SPEND_FIRST_PROPORTIONAL: SpendFirst
BONUS_ON_REFUND_UNSPECIFIED: BonusOnRefund
BONUS_ON_REFUND_FORFEITED: BonusOnRefund
BONUS_ON_REFUND_IN_PROPORTION: BonusOnRefund

class Program(_message.Message):
    __slots__ = ("program", "revision", "etag", "applied_at", "display_name", "timezone", "units", "funds", "rules", "refunds", "holds", "request_retention_days", "document", "in_force_from", "spend", "calendars", "events", "caps", "budgets", "stored_value", "codes", "ladders", "tasks", "teams", "mall", "identities", "referrals", "grants", "memberships", "coupons")
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
    STORED_VALUE_FIELD_NUMBER: _ClassVar[int]
    CODES_FIELD_NUMBER: _ClassVar[int]
    LADDERS_FIELD_NUMBER: _ClassVar[int]
    TASKS_FIELD_NUMBER: _ClassVar[int]
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    MALL_FIELD_NUMBER: _ClassVar[int]
    IDENTITIES_FIELD_NUMBER: _ClassVar[int]
    REFERRALS_FIELD_NUMBER: _ClassVar[int]
    GRANTS_FIELD_NUMBER: _ClassVar[int]
    MEMBERSHIPS_FIELD_NUMBER: _ClassVar[int]
    COUPONS_FIELD_NUMBER: _ClassVar[int]
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
    stored_value: _containers.RepeatedCompositeFieldContainer[StoredValueRules]
    codes: CodeRules
    ladders: _containers.RepeatedCompositeFieldContainer[_growth_rules_pb2.Ladder]
    tasks: _containers.RepeatedCompositeFieldContainer[_growth_rules_pb2.Task]
    teams: _containers.RepeatedCompositeFieldContainer[_growth_rules_pb2.TeamKind]
    mall: _containers.RepeatedCompositeFieldContainer[_mall_rules_pb2.MallItem]
    identities: _containers.RepeatedCompositeFieldContainer[_member_rules_pb2.IdentityRule]
    referrals: _member_rules_pb2.ReferralRules
    grants: _containers.RepeatedCompositeFieldContainer[_member_rules_pb2.CalendarGrantRule]
    memberships: _containers.RepeatedCompositeFieldContainer[_member_rules_pb2.MembershipPlanRule]
    coupons: _containers.RepeatedCompositeFieldContainer[_member_rules_pb2.CouponTemplateRule]
    def __init__(self, program: _Optional[str] = ..., revision: _Optional[int] = ..., etag: _Optional[str] = ..., applied_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., display_name: _Optional[str] = ..., timezone: _Optional[str] = ..., units: _Optional[_Iterable[_Union[Unit, _Mapping]]] = ..., funds: _Optional[_Iterable[str]] = ..., rules: _Optional[_Iterable[_Union[_rule_pb2.Rule, _Mapping]]] = ..., refunds: _Optional[_Union[Refunds, _Mapping]] = ..., holds: _Optional[_Union[Holds, _Mapping]] = ..., request_retention_days: _Optional[int] = ..., document: _Optional[str] = ..., in_force_from: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., spend: _Optional[_Union[_rule_pb2.Spend, _Mapping]] = ..., calendars: _Optional[_Iterable[_Union[_rule_pb2.Calendar, _Mapping]]] = ..., events: _Optional[_Iterable[_Union[_rule_pb2.DeclaredEvent, _Mapping]]] = ..., caps: _Optional[_Iterable[_Union[_rule_pb2.UnitCaps, _Mapping]]] = ..., budgets: _Optional[_Iterable[_Union[_rule_pb2.Budget, _Mapping]]] = ..., stored_value: _Optional[_Iterable[_Union[StoredValueRules, _Mapping]]] = ..., codes: _Optional[_Union[CodeRules, _Mapping]] = ..., ladders: _Optional[_Iterable[_Union[_growth_rules_pb2.Ladder, _Mapping]]] = ..., tasks: _Optional[_Iterable[_Union[_growth_rules_pb2.Task, _Mapping]]] = ..., teams: _Optional[_Iterable[_Union[_growth_rules_pb2.TeamKind, _Mapping]]] = ..., mall: _Optional[_Iterable[_Union[_mall_rules_pb2.MallItem, _Mapping]]] = ..., identities: _Optional[_Iterable[_Union[_member_rules_pb2.IdentityRule, _Mapping]]] = ..., referrals: _Optional[_Union[_member_rules_pb2.ReferralRules, _Mapping]] = ..., grants: _Optional[_Iterable[_Union[_member_rules_pb2.CalendarGrantRule, _Mapping]]] = ..., memberships: _Optional[_Iterable[_Union[_member_rules_pb2.MembershipPlanRule, _Mapping]]] = ..., coupons: _Optional[_Iterable[_Union[_member_rules_pb2.CouponTemplateRule, _Mapping]]] = ...) -> None: ...

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

class CodeRules(_message.Message):
    __slots__ = ("tries", "lock_seconds")
    TRIES_FIELD_NUMBER: _ClassVar[int]
    LOCK_SECONDS_FIELD_NUMBER: _ClassVar[int]
    tries: int
    lock_seconds: int
    def __init__(self, tries: _Optional[int] = ..., lock_seconds: _Optional[int] = ...) -> None: ...

class StoredValueRules(_message.Message):
    __slots__ = ("unit", "currency", "spend_first", "principal_expiry", "bonus_expiry", "plans", "bonus_on_refund", "confirm_seconds", "payout_seconds", "top_up_limit", "spend_limit", "payout_limit", "principal_never_expires", "named_most", "unnamed_most", "reactivation")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    SPEND_FIRST_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_EXPIRY_FIELD_NUMBER: _ClassVar[int]
    BONUS_EXPIRY_FIELD_NUMBER: _ClassVar[int]
    PLANS_FIELD_NUMBER: _ClassVar[int]
    BONUS_ON_REFUND_FIELD_NUMBER: _ClassVar[int]
    CONFIRM_SECONDS_FIELD_NUMBER: _ClassVar[int]
    PAYOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    TOP_UP_LIMIT_FIELD_NUMBER: _ClassVar[int]
    SPEND_LIMIT_FIELD_NUMBER: _ClassVar[int]
    PAYOUT_LIMIT_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_NEVER_EXPIRES_FIELD_NUMBER: _ClassVar[int]
    NAMED_MOST_FIELD_NUMBER: _ClassVar[int]
    UNNAMED_MOST_FIELD_NUMBER: _ClassVar[int]
    REACTIVATION_FIELD_NUMBER: _ClassVar[int]
    unit: str
    currency: str
    spend_first: SpendFirst
    principal_expiry: ExpiryPolicy
    bonus_expiry: ExpiryPolicy
    plans: _containers.RepeatedCompositeFieldContainer[TopUpPlan]
    bonus_on_refund: BonusOnRefund
    confirm_seconds: int
    payout_seconds: int
    top_up_limit: MoneyLimit
    spend_limit: MoneyLimit
    payout_limit: MoneyLimit
    principal_never_expires: bool
    named_most: int
    unnamed_most: int
    reactivation: bool
    def __init__(self, unit: _Optional[str] = ..., currency: _Optional[str] = ..., spend_first: _Optional[_Union[SpendFirst, str]] = ..., principal_expiry: _Optional[_Union[ExpiryPolicy, _Mapping]] = ..., bonus_expiry: _Optional[_Union[ExpiryPolicy, _Mapping]] = ..., plans: _Optional[_Iterable[_Union[TopUpPlan, _Mapping]]] = ..., bonus_on_refund: _Optional[_Union[BonusOnRefund, str]] = ..., confirm_seconds: _Optional[int] = ..., payout_seconds: _Optional[int] = ..., top_up_limit: _Optional[_Union[MoneyLimit, _Mapping]] = ..., spend_limit: _Optional[_Union[MoneyLimit, _Mapping]] = ..., payout_limit: _Optional[_Union[MoneyLimit, _Mapping]] = ..., principal_never_expires: bool = ..., named_most: _Optional[int] = ..., unnamed_most: _Optional[int] = ..., reactivation: bool = ...) -> None: ...

class TopUpPlan(_message.Message):
    __slots__ = ("plan", "display_name", "steps", "first_only", "most_times", "budget")
    PLAN_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    FIRST_ONLY_FIELD_NUMBER: _ClassVar[int]
    MOST_TIMES_FIELD_NUMBER: _ClassVar[int]
    BUDGET_FIELD_NUMBER: _ClassVar[int]
    plan: str
    display_name: str
    steps: _containers.RepeatedCompositeFieldContainer[TopUpStep]
    first_only: bool
    most_times: int
    budget: int
    def __init__(self, plan: _Optional[str] = ..., display_name: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[TopUpStep, _Mapping]]] = ..., first_only: bool = ..., most_times: _Optional[int] = ..., budget: _Optional[int] = ...) -> None: ...

class TopUpStep(_message.Message):
    __slots__ = ("pay", "bonus")
    PAY_FIELD_NUMBER: _ClassVar[int]
    BONUS_FIELD_NUMBER: _ClassVar[int]
    pay: int
    bonus: int
    def __init__(self, pay: _Optional[int] = ..., bonus: _Optional[int] = ...) -> None: ...

class MoneyLimit(_message.Message):
    __slots__ = ("at_once", "a_day")
    AT_ONCE_FIELD_NUMBER: _ClassVar[int]
    A_DAY_FIELD_NUMBER: _ClassVar[int]
    at_once: int
    a_day: int
    def __init__(self, at_once: _Optional[int] = ..., a_day: _Optional[int] = ...) -> None: ...
