import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from tallybook_client._gen.tallybook.v1 import growth_rules_pb2 as _growth_rules_pb2
from tallybook_client._gen.tallybook.v1 import rule_pb2 as _rule_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class IdentityRule(_message.Message):
    __slots__ = ("kind", "kept", "normal", "most")
    KIND_FIELD_NUMBER: _ClassVar[int]
    KEPT_FIELD_NUMBER: _ClassVar[int]
    NORMAL_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    kind: str
    kept: str
    normal: str
    most: int
    def __init__(self, kind: _Optional[str] = ..., kept: _Optional[str] = ..., normal: _Optional[str] = ..., most: _Optional[int] = ...) -> None: ...

class ReferralRules(_message.Message):
    __slots__ = ("return_window_days", "bind_within_days", "may_have_bought", "minimum", "currency", "newcomer", "referrer", "caps", "commission")
    RETURN_WINDOW_DAYS_FIELD_NUMBER: _ClassVar[int]
    BIND_WITHIN_DAYS_FIELD_NUMBER: _ClassVar[int]
    MAY_HAVE_BOUGHT_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    NEWCOMER_FIELD_NUMBER: _ClassVar[int]
    REFERRER_FIELD_NUMBER: _ClassVar[int]
    CAPS_FIELD_NUMBER: _ClassVar[int]
    COMMISSION_FIELD_NUMBER: _ClassVar[int]
    return_window_days: int
    bind_within_days: int
    may_have_bought: bool
    minimum: int
    currency: str
    newcomer: _containers.RepeatedCompositeFieldContainer[_growth_rules_pb2.RewardRule]
    referrer: _containers.RepeatedCompositeFieldContainer[_growth_rules_pb2.RewardRule]
    caps: _containers.RepeatedCompositeFieldContainer[ReferrerCapRule]
    commission: CommissionRule
    def __init__(self, return_window_days: _Optional[int] = ..., bind_within_days: _Optional[int] = ..., may_have_bought: bool = ..., minimum: _Optional[int] = ..., currency: _Optional[str] = ..., newcomer: _Optional[_Iterable[_Union[_growth_rules_pb2.RewardRule, _Mapping]]] = ..., referrer: _Optional[_Iterable[_Union[_growth_rules_pb2.RewardRule, _Mapping]]] = ..., caps: _Optional[_Iterable[_Union[ReferrerCapRule, _Mapping]]] = ..., commission: _Optional[_Union[CommissionRule, _Mapping]] = ...) -> None: ...

class ReferrerCapRule(_message.Message):
    __slots__ = ("period", "newcomers")
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    NEWCOMERS_FIELD_NUMBER: _ClassVar[int]
    period: _rule_pb2.CapPeriod
    newcomers: int
    def __init__(self, period: _Optional[_Union[_rule_pb2.CapPeriod, str]] = ..., newcomers: _Optional[int] = ...) -> None: ...

class CommissionRule(_message.Message):
    __slots__ = ("unit", "fund", "currency", "rates", "levels", "rounding", "vesting_days", "months")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    FUND_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    RATES_FIELD_NUMBER: _ClassVar[int]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_FIELD_NUMBER: _ClassVar[int]
    VESTING_DAYS_FIELD_NUMBER: _ClassVar[int]
    MONTHS_FIELD_NUMBER: _ClassVar[int]
    unit: str
    fund: str
    currency: str
    rates: _containers.RepeatedScalarFieldContainer[str]
    levels: int
    rounding: str
    vesting_days: int
    months: int
    def __init__(self, unit: _Optional[str] = ..., fund: _Optional[str] = ..., currency: _Optional[str] = ..., rates: _Optional[_Iterable[str]] = ..., levels: _Optional[int] = ..., rounding: _Optional[str] = ..., vesting_days: _Optional[int] = ..., months: _Optional[int] = ...) -> None: ...

class CalendarGrantRule(_message.Message):
    __slots__ = ("grant", "display_name", "day", "starts", "ends", "catch_up_days", "rewards", "tiers", "tags", "condition")
    GRANT_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    STARTS_FIELD_NUMBER: _ClassVar[int]
    ENDS_FIELD_NUMBER: _ClassVar[int]
    CATCH_UP_DAYS_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    TIERS_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    grant: str
    display_name: str
    day: GrantDayRule
    starts: _date_pb2.Date
    ends: _date_pb2.Date
    catch_up_days: int
    rewards: _containers.RepeatedCompositeFieldContainer[_growth_rules_pb2.RewardRule]
    tiers: _containers.RepeatedScalarFieldContainer[str]
    tags: _containers.RepeatedScalarFieldContainer[str]
    condition: str
    def __init__(self, grant: _Optional[str] = ..., display_name: _Optional[str] = ..., day: _Optional[_Union[GrantDayRule, _Mapping]] = ..., starts: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., ends: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., catch_up_days: _Optional[int] = ..., rewards: _Optional[_Iterable[_Union[_growth_rules_pb2.RewardRule, _Mapping]]] = ..., tiers: _Optional[_Iterable[str]] = ..., tags: _Optional[_Iterable[str]] = ..., condition: _Optional[str] = ...) -> None: ...

class GrantDayRule(_message.Message):
    __slots__ = ("kind", "feb_29", "month", "day", "dates", "months")
    KIND_FIELD_NUMBER: _ClassVar[int]
    FEB_29_FIELD_NUMBER: _ClassVar[int]
    MONTH_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    DATES_FIELD_NUMBER: _ClassVar[int]
    MONTHS_FIELD_NUMBER: _ClassVar[int]
    kind: str
    feb_29: str
    month: int
    day: int
    dates: _containers.RepeatedCompositeFieldContainer[_date_pb2.Date]
    months: int
    def __init__(self, kind: _Optional[str] = ..., feb_29: _Optional[str] = ..., month: _Optional[int] = ..., day: _Optional[int] = ..., dates: _Optional[_Iterable[_Union[_date_pb2.Date, _Mapping]]] = ..., months: _Optional[int] = ...) -> None: ...

class MembershipPlanRule(_message.Message):
    __slots__ = ("plan", "display_name", "price", "currency", "days", "months", "grace_days", "refund", "full_days", "upgrades_to", "benefits")
    PLAN_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    MONTHS_FIELD_NUMBER: _ClassVar[int]
    GRACE_DAYS_FIELD_NUMBER: _ClassVar[int]
    REFUND_FIELD_NUMBER: _ClassVar[int]
    FULL_DAYS_FIELD_NUMBER: _ClassVar[int]
    UPGRADES_TO_FIELD_NUMBER: _ClassVar[int]
    BENEFITS_FIELD_NUMBER: _ClassVar[int]
    plan: str
    display_name: str
    price: int
    currency: str
    days: int
    months: int
    grace_days: int
    refund: str
    full_days: int
    upgrades_to: _containers.RepeatedScalarFieldContainer[str]
    benefits: _growth_rules_pb2.TierBenefits
    def __init__(self, plan: _Optional[str] = ..., display_name: _Optional[str] = ..., price: _Optional[int] = ..., currency: _Optional[str] = ..., days: _Optional[int] = ..., months: _Optional[int] = ..., grace_days: _Optional[int] = ..., refund: _Optional[str] = ..., full_days: _Optional[int] = ..., upgrades_to: _Optional[_Iterable[str]] = ..., benefits: _Optional[_Union[_growth_rules_pb2.TierBenefits, _Mapping]] = ...) -> None: ...

class CouponTemplateRule(_message.Message):
    __slots__ = ("template", "display_name", "currency", "offer", "starts_at", "ends_at", "days", "wait_days", "calendars", "channels", "stores", "lines", "counted_lines", "min_spend", "min_quantity", "spend_after_coupons", "first_order_only", "tiers", "tags", "condition", "group", "exclusive_group", "stacks_with", "stacks_with_groups", "most_per_order", "priority", "stock", "limits", "claimable", "claims_start_at", "claims_end_at", "fund", "returns_on_cancel", "returns_on_full_refund", "returns_on_partial_refund", "extension_days", "codes", "shared_code", "reserve_seconds", "transferable", "revocable_within_seconds")
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    OFFER_FIELD_NUMBER: _ClassVar[int]
    STARTS_AT_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    WAIT_DAYS_FIELD_NUMBER: _ClassVar[int]
    CALENDARS_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    STORES_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    COUNTED_LINES_FIELD_NUMBER: _ClassVar[int]
    MIN_SPEND_FIELD_NUMBER: _ClassVar[int]
    MIN_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    SPEND_AFTER_COUPONS_FIELD_NUMBER: _ClassVar[int]
    FIRST_ORDER_ONLY_FIELD_NUMBER: _ClassVar[int]
    TIERS_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    EXCLUSIVE_GROUP_FIELD_NUMBER: _ClassVar[int]
    STACKS_WITH_FIELD_NUMBER: _ClassVar[int]
    STACKS_WITH_GROUPS_FIELD_NUMBER: _ClassVar[int]
    MOST_PER_ORDER_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    STOCK_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    CLAIMABLE_FIELD_NUMBER: _ClassVar[int]
    CLAIMS_START_AT_FIELD_NUMBER: _ClassVar[int]
    CLAIMS_END_AT_FIELD_NUMBER: _ClassVar[int]
    FUND_FIELD_NUMBER: _ClassVar[int]
    RETURNS_ON_CANCEL_FIELD_NUMBER: _ClassVar[int]
    RETURNS_ON_FULL_REFUND_FIELD_NUMBER: _ClassVar[int]
    RETURNS_ON_PARTIAL_REFUND_FIELD_NUMBER: _ClassVar[int]
    EXTENSION_DAYS_FIELD_NUMBER: _ClassVar[int]
    CODES_FIELD_NUMBER: _ClassVar[int]
    SHARED_CODE_FIELD_NUMBER: _ClassVar[int]
    RESERVE_SECONDS_FIELD_NUMBER: _ClassVar[int]
    TRANSFERABLE_FIELD_NUMBER: _ClassVar[int]
    REVOCABLE_WITHIN_SECONDS_FIELD_NUMBER: _ClassVar[int]
    template: str
    display_name: str
    currency: str
    offer: CouponOffer
    starts_at: _timestamp_pb2.Timestamp
    ends_at: _timestamp_pb2.Timestamp
    days: int
    wait_days: int
    calendars: _containers.RepeatedScalarFieldContainer[str]
    channels: _containers.RepeatedScalarFieldContainer[str]
    stores: _containers.RepeatedScalarFieldContainer[str]
    lines: _rule_pb2.LineFilter
    counted_lines: _rule_pb2.LineFilter
    min_spend: int
    min_quantity: int
    spend_after_coupons: bool
    first_order_only: bool
    tiers: _containers.RepeatedScalarFieldContainer[str]
    tags: _containers.RepeatedScalarFieldContainer[str]
    condition: str
    group: str
    exclusive_group: str
    stacks_with: str
    stacks_with_groups: _containers.RepeatedScalarFieldContainer[str]
    most_per_order: int
    priority: int
    stock: int
    limits: _containers.RepeatedCompositeFieldContainer[CouponLimitRule]
    claimable: bool
    claims_start_at: _timestamp_pb2.Timestamp
    claims_end_at: _timestamp_pb2.Timestamp
    fund: str
    returns_on_cancel: bool
    returns_on_full_refund: bool
    returns_on_partial_refund: str
    extension_days: int
    codes: str
    shared_code: str
    reserve_seconds: int
    transferable: bool
    revocable_within_seconds: int
    def __init__(self, template: _Optional[str] = ..., display_name: _Optional[str] = ..., currency: _Optional[str] = ..., offer: _Optional[_Union[CouponOffer, _Mapping]] = ..., starts_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ends_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., days: _Optional[int] = ..., wait_days: _Optional[int] = ..., calendars: _Optional[_Iterable[str]] = ..., channels: _Optional[_Iterable[str]] = ..., stores: _Optional[_Iterable[str]] = ..., lines: _Optional[_Union[_rule_pb2.LineFilter, _Mapping]] = ..., counted_lines: _Optional[_Union[_rule_pb2.LineFilter, _Mapping]] = ..., min_spend: _Optional[int] = ..., min_quantity: _Optional[int] = ..., spend_after_coupons: bool = ..., first_order_only: bool = ..., tiers: _Optional[_Iterable[str]] = ..., tags: _Optional[_Iterable[str]] = ..., condition: _Optional[str] = ..., group: _Optional[str] = ..., exclusive_group: _Optional[str] = ..., stacks_with: _Optional[str] = ..., stacks_with_groups: _Optional[_Iterable[str]] = ..., most_per_order: _Optional[int] = ..., priority: _Optional[int] = ..., stock: _Optional[int] = ..., limits: _Optional[_Iterable[_Union[CouponLimitRule, _Mapping]]] = ..., claimable: bool = ..., claims_start_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., claims_end_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., fund: _Optional[str] = ..., returns_on_cancel: bool = ..., returns_on_full_refund: bool = ..., returns_on_partial_refund: _Optional[str] = ..., extension_days: _Optional[int] = ..., codes: _Optional[str] = ..., shared_code: _Optional[str] = ..., reserve_seconds: _Optional[int] = ..., transferable: bool = ..., revocable_within_seconds: _Optional[int] = ...) -> None: ...

class CouponOffer(_message.Message):
    __slots__ = ("kind", "terms")
    class TermsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    KIND_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    kind: str
    terms: _containers.ScalarMap[str, str]
    def __init__(self, kind: _Optional[str] = ..., terms: _Optional[_Mapping[str, str]] = ...) -> None: ...

class CouponLimitRule(_message.Message):
    __slots__ = ("period", "most")
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    period: _rule_pb2.CapPeriod
    most: int
    def __init__(self, period: _Optional[_Union[_rule_pb2.CapPeriod, str]] = ..., most: _Optional[int] = ...) -> None: ...
