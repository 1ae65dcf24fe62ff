import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from tallybook_client._gen.tallybook.v1 import growth_pb2 as _growth_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class LadderStanding(_message.Message):
    __slots__ = ("ladder", "tier", "own_tier", "since", "valid_through", "grace_through", "override", "counts", "next_tier", "to_next", "to_keep", "drop", "lapses")
    class CountsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    LADDER_FIELD_NUMBER: _ClassVar[int]
    TIER_FIELD_NUMBER: _ClassVar[int]
    OWN_TIER_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    VALID_THROUGH_FIELD_NUMBER: _ClassVar[int]
    GRACE_THROUGH_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_TIER_FIELD_NUMBER: _ClassVar[int]
    TO_NEXT_FIELD_NUMBER: _ClassVar[int]
    TO_KEEP_FIELD_NUMBER: _ClassVar[int]
    DROP_FIELD_NUMBER: _ClassVar[int]
    LAPSES_FIELD_NUMBER: _ClassVar[int]
    ladder: str
    tier: str
    own_tier: str
    since: _timestamp_pb2.Timestamp
    valid_through: _date_pb2.Date
    grace_through: _date_pb2.Date
    override: TierOverride
    counts: _containers.ScalarMap[str, int]
    next_tier: str
    to_next: _containers.RepeatedCompositeFieldContainer[MissingForTier]
    to_keep: _containers.RepeatedCompositeFieldContainer[MissingForTier]
    drop: TierDrop
    lapses: _containers.RepeatedCompositeFieldContainer[LapsingUnits]
    def __init__(self, ladder: _Optional[str] = ..., tier: _Optional[str] = ..., own_tier: _Optional[str] = ..., since: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., valid_through: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., grace_through: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., override: _Optional[_Union[TierOverride, _Mapping]] = ..., counts: _Optional[_Mapping[str, int]] = ..., next_tier: _Optional[str] = ..., to_next: _Optional[_Iterable[_Union[MissingForTier, _Mapping]]] = ..., to_keep: _Optional[_Iterable[_Union[MissingForTier, _Mapping]]] = ..., drop: _Optional[_Union[TierDrop, _Mapping]] = ..., lapses: _Optional[_Iterable[_Union[LapsingUnits, _Mapping]]] = ...) -> None: ...

class MissingForTier(_message.Message):
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

class TierDrop(_message.Message):
    __slots__ = ("at", "tier")
    AT_FIELD_NUMBER: _ClassVar[int]
    TIER_FIELD_NUMBER: _ClassVar[int]
    at: _timestamp_pb2.Timestamp
    tier: str
    def __init__(self, at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., tier: _Optional[str] = ...) -> None: ...

class LapsingUnits(_message.Message):
    __slots__ = ("unit", "counts_through", "amount")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    COUNTS_THROUGH_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    unit: str
    counts_through: _date_pb2.Date
    amount: int
    def __init__(self, unit: _Optional[str] = ..., counts_through: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., amount: _Optional[int] = ...) -> None: ...

class TierOverride(_message.Message):
    __slots__ = ("tier", "until", "reason", "exactly")
    TIER_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EXACTLY_FIELD_NUMBER: _ClassVar[int]
    tier: str
    until: _date_pb2.Date
    reason: str
    exactly: bool
    def __init__(self, tier: _Optional[str] = ..., until: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reason: _Optional[str] = ..., exactly: bool = ...) -> None: ...

class PastTierChange(_message.Message):
    __slots__ = ("at", "change", "detail")
    AT_FIELD_NUMBER: _ClassVar[int]
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    at: _timestamp_pb2.Timestamp
    change: _growth_pb2.TierChange
    detail: str
    def __init__(self, at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., change: _Optional[_Union[_growth_pb2.TierChange, _Mapping]] = ..., detail: _Optional[str] = ...) -> None: ...

class MemberBenefits(_message.Message):
    __slots__ = ("multipliers", "discount_basis_points", "quotas", "entitlements")
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
    ENTITLEMENTS_FIELD_NUMBER: _ClassVar[int]
    multipliers: _containers.ScalarMap[str, str]
    discount_basis_points: int
    quotas: _containers.RepeatedCompositeFieldContainer[BenefitQuota]
    entitlements: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, multipliers: _Optional[_Mapping[str, str]] = ..., discount_basis_points: _Optional[int] = ..., quotas: _Optional[_Iterable[_Union[BenefitQuota, _Mapping]]] = ..., entitlements: _Optional[_Iterable[str]] = ...) -> None: ...

class BenefitQuota(_message.Message):
    __slots__ = ("quota", "most", "period", "used", "left", "since", "last_day")
    QUOTA_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    USED_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    LAST_DAY_FIELD_NUMBER: _ClassVar[int]
    quota: str
    most: int
    period: str
    used: int
    left: int
    since: _date_pb2.Date
    last_day: _date_pb2.Date
    def __init__(self, quota: _Optional[str] = ..., most: _Optional[int] = ..., period: _Optional[str] = ..., used: _Optional[int] = ..., left: _Optional[int] = ..., since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., last_day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class OverrideTierRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "ladder", "tier", "until", "exactly", "occurred_at", "source", "reason", "metadata", "validate_only")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    LADDER_FIELD_NUMBER: _ClassVar[int]
    TIER_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    EXACTLY_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    ladder: str
    tier: str
    until: _date_pb2.Date
    exactly: bool
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., ladder: _Optional[str] = ..., tier: _Optional[str] = ..., until: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., exactly: bool = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class OverrideTierResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "standing", "given")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    STANDING_FIELD_NUMBER: _ClassVar[int]
    GIVEN_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    standing: LadderStanding
    given: _containers.RepeatedCompositeFieldContainer[_growth_pb2.GivenReward]
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., standing: _Optional[_Union[LadderStanding, _Mapping]] = ..., given: _Optional[_Iterable[_Union[_growth_pb2.GivenReward, _Mapping]]] = ...) -> None: ...

class EndOverrideRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "ladder", "occurred_at", "source", "reason", "metadata", "validate_only")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    LADDER_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    ladder: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., ladder: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class EndOverrideResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "standing", "given")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    STANDING_FIELD_NUMBER: _ClassVar[int]
    GIVEN_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    standing: LadderStanding
    given: _containers.RepeatedCompositeFieldContainer[_growth_pb2.GivenReward]
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., standing: _Optional[_Union[LadderStanding, _Mapping]] = ..., given: _Optional[_Iterable[_Union[_growth_pb2.GivenReward, _Mapping]]] = ...) -> None: ...

class UseBenefitRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "quota", "times", "occurred_at", "source", "reason", "metadata", "validate_only")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    QUOTA_FIELD_NUMBER: _ClassVar[int]
    TIMES_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    quota: str
    times: int
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., quota: _Optional[str] = ..., times: _Optional[int] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class UseBenefitResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "quota", "times", "left")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    QUOTA_FIELD_NUMBER: _ClassVar[int]
    TIMES_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    quota: str
    times: int
    left: BenefitQuota
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., quota: _Optional[str] = ..., times: _Optional[int] = ..., left: _Optional[_Union[BenefitQuota, _Mapping]] = ...) -> None: ...

class ReturnBenefitRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "use", "times", "occurred_at", "source", "reason", "metadata", "validate_only")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    USE_FIELD_NUMBER: _ClassVar[int]
    TIMES_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    use: str
    times: int
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., use: _Optional[str] = ..., times: _Optional[int] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class ReturnBenefitResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "quota", "times", "left")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    QUOTA_FIELD_NUMBER: _ClassVar[int]
    TIMES_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    quota: str
    times: int
    left: BenefitQuota
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., quota: _Optional[str] = ..., times: _Optional[int] = ..., left: _Optional[_Union[BenefitQuota, _Mapping]] = ...) -> None: ...
