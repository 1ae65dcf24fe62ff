from tallybook_client._gen.tallybook.v1 import rule_pb2 as _rule_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Ladder(_message.Message):
    __slots__ = ("ladder", "display_name", "main", "validity", "grace_days", "downgrade", "refunds", "tiers")
    LADDER_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    MAIN_FIELD_NUMBER: _ClassVar[int]
    VALIDITY_FIELD_NUMBER: _ClassVar[int]
    GRACE_DAYS_FIELD_NUMBER: _ClassVar[int]
    DOWNGRADE_FIELD_NUMBER: _ClassVar[int]
    REFUNDS_FIELD_NUMBER: _ClassVar[int]
    TIERS_FIELD_NUMBER: _ClassVar[int]
    ladder: str
    display_name: str
    main: bool
    validity: TierValidity
    grace_days: int
    downgrade: str
    refunds: str
    tiers: _containers.RepeatedCompositeFieldContainer[Tier]
    def __init__(self, ladder: _Optional[str] = ..., display_name: _Optional[str] = ..., main: bool = ..., validity: _Optional[_Union[TierValidity, _Mapping]] = ..., grace_days: _Optional[int] = ..., downgrade: _Optional[str] = ..., refunds: _Optional[str] = ..., tiers: _Optional[_Iterable[_Union[Tier, _Mapping]]] = ...) -> None: ...

class TierValidity(_message.Message):
    __slots__ = ("kind", "days", "months", "plus_months")
    KIND_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    MONTHS_FIELD_NUMBER: _ClassVar[int]
    PLUS_MONTHS_FIELD_NUMBER: _ClassVar[int]
    kind: str
    days: int
    months: int
    plus_months: int
    def __init__(self, kind: _Optional[str] = ..., days: _Optional[int] = ..., months: _Optional[int] = ..., plus_months: _Optional[int] = ...) -> None: ...

class Tier(_message.Message):
    __slots__ = ("tier", "display_name", "any_of", "keep", "benefits", "rewards", "rewards_again")
    TIER_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ANY_OF_FIELD_NUMBER: _ClassVar[int]
    KEEP_FIELD_NUMBER: _ClassVar[int]
    BENEFITS_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    REWARDS_AGAIN_FIELD_NUMBER: _ClassVar[int]
    tier: str
    display_name: str
    any_of: _containers.RepeatedCompositeFieldContainer[TierWay]
    keep: _containers.RepeatedCompositeFieldContainer[TierWay]
    benefits: TierBenefits
    rewards: _containers.RepeatedCompositeFieldContainer[RewardRule]
    rewards_again: bool
    def __init__(self, tier: _Optional[str] = ..., display_name: _Optional[str] = ..., any_of: _Optional[_Iterable[_Union[TierWay, _Mapping]]] = ..., keep: _Optional[_Iterable[_Union[TierWay, _Mapping]]] = ..., benefits: _Optional[_Union[TierBenefits, _Mapping]] = ..., rewards: _Optional[_Iterable[_Union[RewardRule, _Mapping]]] = ..., rewards_again: bool = ...) -> None: ...

class TierWay(_message.Message):
    __slots__ = ("units", "tasks")
    class UnitsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    UNITS_FIELD_NUMBER: _ClassVar[int]
    TASKS_FIELD_NUMBER: _ClassVar[int]
    units: _containers.ScalarMap[str, int]
    tasks: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, units: _Optional[_Mapping[str, int]] = ..., tasks: _Optional[_Iterable[str]] = ...) -> None: ...

class TierBenefits(_message.Message):
    __slots__ = ("multipliers", "discount_basis_points", "quotas", "grants", "entitlements")
    class MultipliersEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    MULTIPLIERS_FIELD_NUMBER: _ClassVar[int]
    DISCOUNT_BASIS_POINTS_FIELD_NUMBER: _ClassVar[int]
    QUOTAS_FIELD_NUMBER: _ClassVar[int]
    GRANTS_FIELD_NUMBER: _ClassVar[int]
    ENTITLEMENTS_FIELD_NUMBER: _ClassVar[int]
    multipliers: _containers.ScalarMap[str, str]
    discount_basis_points: int
    quotas: _containers.RepeatedCompositeFieldContainer[QuotaRule]
    grants: _containers.RepeatedCompositeFieldContainer[PeriodicGrant]
    entitlements: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, multipliers: _Optional[_Mapping[str, str]] = ..., discount_basis_points: _Optional[int] = ..., quotas: _Optional[_Iterable[_Union[QuotaRule, _Mapping]]] = ..., grants: _Optional[_Iterable[_Union[PeriodicGrant, _Mapping]]] = ..., entitlements: _Optional[_Iterable[str]] = ...) -> None: ...

class QuotaRule(_message.Message):
    __slots__ = ("quota", "most", "period")
    QUOTA_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    quota: str
    most: int
    period: _rule_pb2.CapPeriod
    def __init__(self, quota: _Optional[str] = ..., most: _Optional[int] = ..., period: _Optional[_Union[_rule_pb2.CapPeriod, str]] = ...) -> None: ...

class PeriodicGrant(_message.Message):
    __slots__ = ("every", "rewards")
    EVERY_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    every: _rule_pb2.CapPeriod
    rewards: _containers.RepeatedCompositeFieldContainer[RewardRule]
    def __init__(self, every: _Optional[_Union[_rule_pb2.CapPeriod, str]] = ..., rewards: _Optional[_Iterable[_Union[RewardRule, _Mapping]]] = ...) -> None: ...

class RewardRule(_message.Message):
    __slots__ = ("unit", "fund", "amount", "vesting_days", "plan", "coupon_template")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    FUND_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VESTING_DAYS_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    COUPON_TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    unit: str
    fund: str
    amount: int
    vesting_days: int
    plan: str
    coupon_template: str
    def __init__(self, unit: _Optional[str] = ..., fund: _Optional[str] = ..., amount: _Optional[int] = ..., vesting_days: _Optional[int] = ..., plan: _Optional[str] = ..., coupon_template: _Optional[str] = ...) -> None: ...

class Task(_message.Message):
    __slots__ = ("task", "display_name", "event", "goal", "period", "streak", "when", "condition", "lines", "after", "most_times", "take_back", "rewards", "by_member", "claim_days")
    TASK_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    GOAL_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    STREAK_FIELD_NUMBER: _ClassVar[int]
    WHEN_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    MOST_TIMES_FIELD_NUMBER: _ClassVar[int]
    TAKE_BACK_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    BY_MEMBER_FIELD_NUMBER: _ClassVar[int]
    CLAIM_DAYS_FIELD_NUMBER: _ClassVar[int]
    task: str
    display_name: str
    event: str
    goal: TaskGoal
    period: _rule_pb2.CapPeriod
    streak: int
    when: _rule_pb2.Window
    condition: str
    lines: _rule_pb2.LineFilter
    after: _containers.RepeatedScalarFieldContainer[str]
    most_times: int
    take_back: bool
    rewards: _containers.RepeatedCompositeFieldContainer[RewardRule]
    by_member: bool
    claim_days: int
    def __init__(self, task: _Optional[str] = ..., display_name: _Optional[str] = ..., event: _Optional[str] = ..., goal: _Optional[_Union[TaskGoal, _Mapping]] = ..., period: _Optional[_Union[_rule_pb2.CapPeriod, str]] = ..., streak: _Optional[int] = ..., when: _Optional[_Union[_rule_pb2.Window, _Mapping]] = ..., condition: _Optional[str] = ..., lines: _Optional[_Union[_rule_pb2.LineFilter, _Mapping]] = ..., after: _Optional[_Iterable[str]] = ..., most_times: _Optional[int] = ..., take_back: bool = ..., rewards: _Optional[_Iterable[_Union[RewardRule, _Mapping]]] = ..., by_member: bool = ..., claim_days: _Optional[int] = ...) -> None: ...

class TeamKind(_message.Message):
    __slots__ = ("team_kind", "display_name", "event", "size", "hours", "when", "condition", "lines", "most_times", "take_back", "starter", "joiner")
    TEAM_KIND_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    WHEN_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    MOST_TIMES_FIELD_NUMBER: _ClassVar[int]
    TAKE_BACK_FIELD_NUMBER: _ClassVar[int]
    STARTER_FIELD_NUMBER: _ClassVar[int]
    JOINER_FIELD_NUMBER: _ClassVar[int]
    team_kind: str
    display_name: str
    event: str
    size: int
    hours: int
    when: _rule_pb2.Window
    condition: str
    lines: _rule_pb2.LineFilter
    most_times: int
    take_back: bool
    starter: _containers.RepeatedCompositeFieldContainer[RewardRule]
    joiner: _containers.RepeatedCompositeFieldContainer[RewardRule]
    def __init__(self, team_kind: _Optional[str] = ..., display_name: _Optional[str] = ..., event: _Optional[str] = ..., size: _Optional[int] = ..., hours: _Optional[int] = ..., when: _Optional[_Union[_rule_pb2.Window, _Mapping]] = ..., condition: _Optional[str] = ..., lines: _Optional[_Union[_rule_pb2.LineFilter, _Mapping]] = ..., most_times: _Optional[int] = ..., take_back: bool = ..., starter: _Optional[_Iterable[_Union[RewardRule, _Mapping]]] = ..., joiner: _Optional[_Iterable[_Union[RewardRule, _Mapping]]] = ...) -> None: ...

class TaskGoal(_message.Message):
    __slots__ = ("kind", "reach", "currency", "of")
    KIND_FIELD_NUMBER: _ClassVar[int]
    REACH_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    OF_FIELD_NUMBER: _ClassVar[int]
    kind: str
    reach: int
    currency: str
    of: str
    def __init__(self, kind: _Optional[str] = ..., reach: _Optional[int] = ..., currency: _Optional[str] = ..., of: _Optional[str] = ...) -> None: ...
