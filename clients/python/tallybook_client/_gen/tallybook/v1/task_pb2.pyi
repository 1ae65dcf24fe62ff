import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from tallybook_client._gen.tallybook.v1 import amounts_pb2 as _amounts_pb2
from tallybook_client._gen.tallybook.v1 import growth_pb2 as _growth_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class TaskProgress(_message.Message):
    __slots__ = ("task", "display_name", "since", "last_day", "progress", "reach", "missing", "values", "streak", "streak_reach", "waits_for", "times", "is_over", "claimable", "completions")
    TASK_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    LAST_DAY_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    REACH_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    STREAK_FIELD_NUMBER: _ClassVar[int]
    STREAK_REACH_FIELD_NUMBER: _ClassVar[int]
    WAITS_FOR_FIELD_NUMBER: _ClassVar[int]
    TIMES_FIELD_NUMBER: _ClassVar[int]
    IS_OVER_FIELD_NUMBER: _ClassVar[int]
    CLAIMABLE_FIELD_NUMBER: _ClassVar[int]
    COMPLETIONS_FIELD_NUMBER: _ClassVar[int]
    task: str
    display_name: str
    since: _date_pb2.Date
    last_day: _date_pb2.Date
    progress: int
    reach: int
    missing: int
    values: _containers.RepeatedScalarFieldContainer[str]
    streak: int
    streak_reach: int
    waits_for: _containers.RepeatedScalarFieldContainer[str]
    times: int
    is_over: bool
    claimable: _containers.RepeatedCompositeFieldContainer[TaskCompletion]
    completions: _containers.RepeatedCompositeFieldContainer[TaskCompletion]
    def __init__(self, task: _Optional[str] = ..., display_name: _Optional[str] = ..., since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., last_day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., progress: _Optional[int] = ..., reach: _Optional[int] = ..., missing: _Optional[int] = ..., values: _Optional[_Iterable[str]] = ..., streak: _Optional[int] = ..., streak_reach: _Optional[int] = ..., waits_for: _Optional[_Iterable[str]] = ..., times: _Optional[int] = ..., is_over: bool = ..., claimable: _Optional[_Iterable[_Union[TaskCompletion, _Mapping]]] = ..., completions: _Optional[_Iterable[_Union[TaskCompletion, _Mapping]]] = ...) -> None: ...

class TaskCompletion(_message.Message):
    __slots__ = ("since", "on", "number", "claim_by", "claimed_on", "is_given")
    SINCE_FIELD_NUMBER: _ClassVar[int]
    ON_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    CLAIM_BY_FIELD_NUMBER: _ClassVar[int]
    CLAIMED_ON_FIELD_NUMBER: _ClassVar[int]
    IS_GIVEN_FIELD_NUMBER: _ClassVar[int]
    since: _date_pb2.Date
    on: _date_pb2.Date
    number: int
    claim_by: _date_pb2.Date
    claimed_on: _date_pb2.Date
    is_given: bool
    def __init__(self, since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., number: _Optional[int] = ..., claim_by: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., claimed_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., is_given: bool = ...) -> None: ...

class ClaimTaskRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "task", "since", "occurred_at", "source", "reason", "metadata", "validate_only")
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
    TASK_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    task: str
    since: _date_pb2.Date
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., task: _Optional[str] = ..., since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class ClaimTaskResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "task", "since", "given", "balances")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    GIVEN_FIELD_NUMBER: _ClassVar[int]
    BALANCES_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    task: str
    since: _date_pb2.Date
    given: _containers.RepeatedCompositeFieldContainer[_growth_pb2.GivenReward]
    balances: _containers.RepeatedCompositeFieldContainer[_amounts_pb2.Balance]
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., task: _Optional[str] = ..., since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., given: _Optional[_Iterable[_Union[_growth_pb2.GivenReward, _Mapping]]] = ..., balances: _Optional[_Iterable[_Union[_amounts_pb2.Balance, _Mapping]]] = ...) -> None: ...
