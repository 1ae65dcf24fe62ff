from tallybook_client._gen.tallybook.v1 import task_pb2 as _task_pb2
from tallybook_client._gen.tallybook.v1 import team_pb2 as _team_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetTasksRequest(_message.Message):
    __slots__ = ("program", "member")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ...) -> None: ...

class GetTasksResponse(_message.Message):
    __slots__ = ("tasks",)
    TASKS_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedCompositeFieldContainer[_task_pb2.TaskProgress]
    def __init__(self, tasks: _Optional[_Iterable[_Union[_task_pb2.TaskProgress, _Mapping]]] = ...) -> None: ...

class GetTeamRequest(_message.Message):
    __slots__ = ("program", "team")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    program: str
    team: str
    def __init__(self, program: _Optional[str] = ..., team: _Optional[str] = ...) -> None: ...

class GetTeamResponse(_message.Message):
    __slots__ = ("team",)
    TEAM_FIELD_NUMBER: _ClassVar[int]
    team: _team_pb2.Team
    def __init__(self, team: _Optional[_Union[_team_pb2.Team, _Mapping]] = ...) -> None: ...

class GetMemberTeamsRequest(_message.Message):
    __slots__ = ("program", "member")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ...) -> None: ...

class GetMemberTeamsResponse(_message.Message):
    __slots__ = ("teams",)
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    teams: _containers.RepeatedCompositeFieldContainer[_team_pb2.MemberTeam]
    def __init__(self, teams: _Optional[_Iterable[_Union[_team_pb2.MemberTeam, _Mapping]]] = ...) -> None: ...
