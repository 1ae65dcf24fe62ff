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

class LifecycleStage(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LIFECYCLE_STAGE_UNSPECIFIED: _ClassVar[LifecycleStage]
    LIFECYCLE_STAGE_AWARE: _ClassVar[LifecycleStage]
    LIFECYCLE_STAGE_INTERESTED: _ClassVar[LifecycleStage]
    LIFECYCLE_STAGE_CONSIDERING: _ClassVar[LifecycleStage]
    LIFECYCLE_STAGE_BUYING: _ClassVar[LifecycleStage]
    LIFECYCLE_STAGE_RETAINED: _ClassVar[LifecycleStage]
    LIFECYCLE_STAGE_RECOMMENDING: _ClassVar[LifecycleStage]
    LIFECYCLE_STAGE_ASLEEP: _ClassVar[LifecycleStage]

class ReviewDecision(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REVIEW_DECISION_UNSPECIFIED: _ClassVar[ReviewDecision]
    REVIEW_DECISION_CLEARED: _ClassVar[ReviewDecision]
    REVIEW_DECISION_CONFIRMED: _ClassVar[ReviewDecision]

class FreezeScope(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FREEZE_SCOPE_UNSPECIFIED: _ClassVar[FreezeScope]
    FREEZE_SCOPE_EARN: _ClassVar[FreezeScope]
    FREEZE_SCOPE_REDEEM: _ClassVar[FreezeScope]
    FREEZE_SCOPE_ALL: _ClassVar[FreezeScope]
LIFECYCLE_STAGE_UNSPECIFIED: LifecycleStage
LIFECYCLE_STAGE_AWARE: LifecycleStage
LIFECYCLE_STAGE_INTERESTED: LifecycleStage
LIFECYCLE_STAGE_CONSIDERING: LifecycleStage
LIFECYCLE_STAGE_BUYING: LifecycleStage
LIFECYCLE_STAGE_RETAINED: LifecycleStage
LIFECYCLE_STAGE_RECOMMENDING: LifecycleStage
LIFECYCLE_STAGE_ASLEEP: LifecycleStage
REVIEW_DECISION_UNSPECIFIED: ReviewDecision
REVIEW_DECISION_CLEARED: ReviewDecision
REVIEW_DECISION_CONFIRMED: ReviewDecision
FREEZE_SCOPE_UNSPECIFIED: FreezeScope
FREEZE_SCOPE_EARN: FreezeScope
FREEZE_SCOPE_REDEEM: FreezeScope
FREEZE_SCOPE_ALL: FreezeScope

class Member(_message.Message):
    __slots__ = ("program", "member", "version", "enrolled_at", "active_at", "frozen", "frozen_reason", "birthday", "tags", "stage", "erased_on", "merged_into")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    ENROLLED_AT_FIELD_NUMBER: _ClassVar[int]
    ACTIVE_AT_FIELD_NUMBER: _ClassVar[int]
    FROZEN_FIELD_NUMBER: _ClassVar[int]
    FROZEN_REASON_FIELD_NUMBER: _ClassVar[int]
    BIRTHDAY_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    ERASED_ON_FIELD_NUMBER: _ClassVar[int]
    MERGED_INTO_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    version: int
    enrolled_at: _timestamp_pb2.Timestamp
    active_at: _timestamp_pb2.Timestamp
    frozen: FreezeScope
    frozen_reason: str
    birthday: Birthday
    tags: _containers.RepeatedScalarFieldContainer[str]
    stage: LifecycleStage
    erased_on: _date_pb2.Date
    merged_into: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., version: _Optional[int] = ..., enrolled_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., active_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., frozen: _Optional[_Union[FreezeScope, str]] = ..., frozen_reason: _Optional[str] = ..., birthday: _Optional[_Union[Birthday, _Mapping]] = ..., tags: _Optional[_Iterable[str]] = ..., stage: _Optional[_Union[LifecycleStage, str]] = ..., erased_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., merged_into: _Optional[str] = ...) -> None: ...

class Birthday(_message.Message):
    __slots__ = ("month", "day")
    MONTH_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    month: int
    day: int
    def __init__(self, month: _Optional[int] = ..., day: _Optional[int] = ...) -> None: ...

class Review(_message.Message):
    __slots__ = ("member", "review_id", "limit", "what", "unit", "most", "counted", "since", "raised_at", "decision", "decided_by", "decided_at")
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    WHAT_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    COUNTED_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    RAISED_AT_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    DECIDED_AT_FIELD_NUMBER: _ClassVar[int]
    member: str
    review_id: str
    limit: str
    what: str
    unit: str
    most: int
    counted: int
    since: _timestamp_pb2.Timestamp
    raised_at: _timestamp_pb2.Timestamp
    decision: ReviewDecision
    decided_by: str
    decided_at: _timestamp_pb2.Timestamp
    def __init__(self, member: _Optional[str] = ..., review_id: _Optional[str] = ..., limit: _Optional[str] = ..., what: _Optional[str] = ..., unit: _Optional[str] = ..., most: _Optional[int] = ..., counted: _Optional[int] = ..., since: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., raised_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., decision: _Optional[_Union[ReviewDecision, str]] = ..., decided_by: _Optional[str] = ..., decided_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
