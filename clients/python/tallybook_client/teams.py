"""What is public of teams: places in them, and where they stand."""

from ._gen.tallybook.v1.task_service_pb2 import GetMemberTeamsResponse, GetTeamResponse
from ._gen.tallybook.v1.team_pb2 import (
    JoinTeamResponse,
    LeaveTeamResponse,
    MemberTeam,
    StartTeamResponse,
    Team,
    TeamPlace,
    TeamStatus,
)

__all__ = [
    "GetMemberTeamsResponse",
    "GetTeamResponse",
    "JoinTeamResponse",
    "LeaveTeamResponse",
    "MemberTeam",
    "StartTeamResponse",
    "Team",
    "TeamPlace",
    "TeamStatus",
]
