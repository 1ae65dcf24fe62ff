import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tallybook_client._gen.tallybook.v1 import amounts_pb2 as _amounts_pb2
from tallybook_client._gen.tallybook.v1 import growth_pb2 as _growth_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class TeamStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TEAM_STATUS_UNSPECIFIED: _ClassVar[TeamStatus]
    TEAM_STATUS_OPEN: _ClassVar[TeamStatus]
    TEAM_STATUS_COMPLETE: _ClassVar[TeamStatus]
    TEAM_STATUS_LAPSED: _ClassVar[TeamStatus]
TEAM_STATUS_UNSPECIFIED: TeamStatus
TEAM_STATUS_OPEN: TeamStatus
TEAM_STATUS_COMPLETE: TeamStatus
TEAM_STATUS_LAPSED: TeamStatus

class Team(_message.Message):
    __slots__ = ("team", "team_kind", "display_name", "starter", "status", "size", "missing", "started_at", "ends_at", "completed_at", "places")
    TEAM_FIELD_NUMBER: _ClassVar[int]
    TEAM_KIND_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    STARTER_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_AT_FIELD_NUMBER: _ClassVar[int]
    PLACES_FIELD_NUMBER: _ClassVar[int]
    team: str
    team_kind: str
    display_name: str
    starter: str
    status: TeamStatus
    size: int
    missing: int
    started_at: _timestamp_pb2.Timestamp
    ends_at: _timestamp_pb2.Timestamp
    completed_at: _timestamp_pb2.Timestamp
    places: _containers.RepeatedCompositeFieldContainer[TeamPlace]
    def __init__(self, team: _Optional[str] = ..., team_kind: _Optional[str] = ..., display_name: _Optional[str] = ..., starter: _Optional[str] = ..., status: _Optional[_Union[TeamStatus, str]] = ..., size: _Optional[int] = ..., missing: _Optional[int] = ..., started_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ends_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., completed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., places: _Optional[_Iterable[_Union[TeamPlace, _Mapping]]] = ...) -> None: ...

class TeamPlace(_message.Message):
    __slots__ = ("member", "event_key", "at")
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    EVENT_KEY_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    member: str
    event_key: str
    at: _timestamp_pb2.Timestamp
    def __init__(self, member: _Optional[str] = ..., event_key: _Optional[str] = ..., at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class MemberTeam(_message.Message):
    __slots__ = ("team", "team_kind", "event_key", "ends_at", "is_complete")
    TEAM_FIELD_NUMBER: _ClassVar[int]
    TEAM_KIND_FIELD_NUMBER: _ClassVar[int]
    EVENT_KEY_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    IS_COMPLETE_FIELD_NUMBER: _ClassVar[int]
    team: str
    team_kind: str
    event_key: str
    ends_at: _timestamp_pb2.Timestamp
    is_complete: bool
    def __init__(self, team: _Optional[str] = ..., team_kind: _Optional[str] = ..., event_key: _Optional[str] = ..., ends_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., is_complete: bool = ...) -> None: ...

class StartTeamRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "team", "team_kind", "event_key", "occurred_at", "source", "reason", "metadata", "validate_only")
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
    TEAM_FIELD_NUMBER: _ClassVar[int]
    TEAM_KIND_FIELD_NUMBER: _ClassVar[int]
    EVENT_KEY_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    team: str
    team_kind: str
    event_key: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., team: _Optional[str] = ..., team_kind: _Optional[str] = ..., event_key: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class StartTeamResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "team", "team_kind", "size", "started_at", "ends_at")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    TEAM_KIND_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    team: str
    team_kind: str
    size: int
    started_at: _timestamp_pb2.Timestamp
    ends_at: _timestamp_pb2.Timestamp
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., team: _Optional[str] = ..., team_kind: _Optional[str] = ..., size: _Optional[int] = ..., started_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ends_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class JoinTeamRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "team", "event_key", "occurred_at", "source", "reason", "metadata", "validate_only")
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
    TEAM_FIELD_NUMBER: _ClassVar[int]
    EVENT_KEY_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    team: str
    event_key: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., team: _Optional[str] = ..., event_key: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class JoinTeamResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "team", "team_kind", "missing", "ends_at", "given", "balances")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    TEAM_KIND_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    GIVEN_FIELD_NUMBER: _ClassVar[int]
    BALANCES_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    team: str
    team_kind: str
    missing: int
    ends_at: _timestamp_pb2.Timestamp
    given: _containers.RepeatedCompositeFieldContainer[_growth_pb2.GivenReward]
    balances: _containers.RepeatedCompositeFieldContainer[_amounts_pb2.Balance]
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., team: _Optional[str] = ..., team_kind: _Optional[str] = ..., missing: _Optional[int] = ..., ends_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., given: _Optional[_Iterable[_Union[_growth_pb2.GivenReward, _Mapping]]] = ..., balances: _Optional[_Iterable[_Union[_amounts_pb2.Balance, _Mapping]]] = ...) -> None: ...

class LeaveTeamRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "team", "occurred_at", "source", "reason", "metadata", "validate_only")
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
    TEAM_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    team: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., team: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., validate_only: bool = ...) -> None: ...

class LeaveTeamResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "team", "event_key", "missing")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    EVENT_KEY_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    team: str
    event_key: str
    missing: int
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., team: _Optional[str] = ..., event_key: _Optional[str] = ..., missing: _Optional[int] = ...) -> None: ...
