"""TaskService: what members do to get rewards or tiers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1.task_service_pb2 import (
    DESCRIPTOR,
    GetMemberTeamsRequest,
    GetMemberTeamsResponse,
    GetTasksRequest,
    GetTasksResponse,
    GetTeamRequest,
    GetTeamResponse,
)

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import asking, posting
from tallybook_server.convert_growth import progress_message
from tallybook_server.convert_teams import member_team_message, team_message
from tallybook_server.kinds import TASKS
from tallybook_server.methods import Handler

NAME: Final = DESCRIPTOR.services_by_name["TaskService"].full_name


def handlers(lanes: Lanes) -> dict[str, Handler]:
    """The rpcs by name."""
    reads = {
        "GetTasks": asking(GetTasksRequest, lanes.read, _query, _response),
        "GetTeam": asking(GetTeamRequest, lanes.history, _team_query, _team),
        "GetMemberTeams": asking(GetMemberTeamsRequest, lanes.read, _teams_query, _teams),
    }
    return {kind.rpc: posting(kind, lanes) for kind in TASKS} | reads


def _query(request: GetTasksRequest) -> tb.GetTasks:
    return tb.GetTasks(program=request.program, member=request.member)


def _response(_: GetTasksRequest, tasks: Iterable[tb.TaskProgress]) -> GetTasksResponse:
    return GetTasksResponse(tasks=map(progress_message, tasks))


def _team_query(request: GetTeamRequest) -> tb.GetTeam:
    return tb.GetTeam(program=request.program, team=request.team)


def _team(_: GetTeamRequest, view: tb.TeamView) -> GetTeamResponse:
    return GetTeamResponse(team=team_message(view))


def _teams_query(request: GetMemberTeamsRequest) -> tb.MyTeams:
    return tb.MyTeams(program=request.program, member=request.member)


def _teams(_: GetMemberTeamsRequest, teams: Iterable[tb.TeamOfMember]) -> GetMemberTeamsResponse:
    return GetMemberTeamsResponse(teams=map(member_team_message, teams))
