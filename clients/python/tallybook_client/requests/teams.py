"""Commands and questions about teams. Knows no channel.

Places are taken with an event: `event_key` is what recording it was answered with, such as "purchase/o1".
"""

from typing import Unpack

from tallybook_client._gen.tallybook.v1.task_service_pb2 import GetMemberTeamsRequest, GetTeamRequest
from tallybook_client._gen.tallybook.v1.team_pb2 import JoinTeamRequest, LeaveTeamRequest, StartTeamRequest

from .circumstances import Common, common_fields

TeamCommand = StartTeamRequest | JoinTeamRequest | LeaveTeamRequest


def start_team(
    member: str, team: str, team_kind: str, event_key: str, **common: Unpack[Common]
) -> StartTeamRequest:
    """Start a team of a kind, under a name that no other has, with a place in it for the member.

    >>> start_team("m1", "t1", "buy_together", "purchase/o1").event_key
    'purchase/o1'
    """
    return StartTeamRequest(
        member=member, team=team, team_kind=team_kind, event_key=event_key, **common_fields(common)
    )


def join_team(member: str, team: str, event_key: str, **common: Unpack[Common]) -> JoinTeamRequest:
    """Take a place in a team. With the last one it is complete, and all its members get what it gives."""
    return JoinTeamRequest(member=member, team=team, event_key=event_key, **common_fields(common))


def leave_team(member: str, team: str, **common: Unpack[Common]) -> LeaveTeamRequest:
    """Give a place in an open team up."""
    return LeaveTeamRequest(member=member, team=team, **common_fields(common))


def get_team(team: str) -> GetTeamRequest:
    """Read a team, with its members and what is missing."""
    return GetTeamRequest(team=team)


def get_member_teams(member: str) -> GetMemberTeamsRequest:
    """Read which teams a member is in: open ones, and the last that were completed."""
    return GetMemberTeamsRequest(member=member)
