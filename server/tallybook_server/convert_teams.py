"""Teams on the wire. Pure: no clock, no database.

The library checks what the fields hold.
"""

from __future__ import annotations

from typing import Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1 import team_pb2 as wire

from tallybook_server.convert_commands import common
from tallybook_server.convert_days import timestamp
from tallybook_server.convert_growth import given_messages
from tallybook_server.convert_replies import balance_message, recorded

STATUSES: Final = {
    tb.TeamStatus.OPEN: wire.TeamStatus.TEAM_STATUS_OPEN,
    tb.TeamStatus.COMPLETE: wire.TeamStatus.TEAM_STATUS_COMPLETE,
    tb.TeamStatus.LAPSED: wire.TeamStatus.TEAM_STATUS_LAPSED,
}


# --- commands --------------------------------------------------------------------------------------------


def start_team(request: wire.StartTeamRequest, program: str) -> tb.StartTeam:
    """Start a team."""
    return tb.StartTeam(
        **common(request, program),
        team=request.team,
        team_kind=request.team_kind,
        event_key=request.event_key,
    )


def join_team(request: wire.JoinTeamRequest, program: str) -> tb.JoinTeam:
    """Take a place in a team."""
    return tb.JoinTeam(**common(request, program), team=request.team, event_key=request.event_key)


def leave_team(request: wire.LeaveTeamRequest, program: str) -> tb.LeaveTeam:
    """Give a place up."""
    return tb.LeaveTeam(**common(request, program), team=request.team)


# --- replies ---------------------------------------------------------------------------------------------


def team_started(reply: tb.TeamStarted) -> wire.StartTeamResponse:
    """A team started."""
    return wire.StartTeamResponse(
        **recorded(reply),
        team=reply.team,
        team_kind=reply.team_kind,
        size=reply.size,
        started_at=timestamp(reply.started_at),
        ends_at=timestamp(reply.ends_at),
    )


def team_joined(reply: tb.TeamJoined) -> wire.JoinTeamResponse:
    """A place taken."""
    return wire.JoinTeamResponse(
        **recorded(reply),
        team=reply.team,
        team_kind=reply.team_kind,
        missing=reply.missing,
        ends_at=timestamp(reply.ends_at),
        given=given_messages(reply.given),
        balances=[balance_message(unit, balance) for unit, balance in reply.balances.items()],
    )


def team_left(reply: tb.TeamLeft) -> wire.LeaveTeamResponse:
    """A place given up."""
    return wire.LeaveTeamResponse(
        **recorded(reply),
        team=reply.team,
        event_key=reply.event,
        missing=reply.missing,
    )


# --- views -----------------------------------------------------------------------------------------------


def team_message(view: tb.TeamView) -> wire.Team:
    """A team as it is now."""
    return wire.Team(
        team=view.team,
        team_kind=view.team_kind,
        display_name=view.display_name,
        starter=view.starter,
        status=STATUSES[view.status],
        size=view.size,
        missing=view.missing,
        started_at=timestamp(view.started_at),
        ends_at=timestamp(view.ends_at),
        completed_at=None if view.completed_at is None else timestamp(view.completed_at),
        places=[
            wire.TeamPlace(member=each.member, event_key=each.event, at=timestamp(each.at))
            for each in view.places
        ],
    )


def member_team_message(mine: tb.TeamOfMember) -> wire.MemberTeam:
    """A team that a member is in."""
    return wire.MemberTeam(
        team=mine.team,
        team_kind=mine.kind,
        event_key=mine.event,
        ends_at=timestamp(mine.ends_at),
        is_complete=mine.is_complete,
    )
