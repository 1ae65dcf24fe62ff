"""The commands about teams, and their words. Knows the client alone."""

import argparse
from collections.abc import Callable, Iterator
from typing import Any

from google.protobuf.message import Message

from .arguments import common
from .cli_money import Commands
from .client import TallybookClient
from .teams import JoinTeamResponse, LeaveTeamResponse, MemberTeam, StartTeamResponse, Team, TeamStatus
from .text import LINES, Lines, given_text, instant_text, recorded_text

Arguments = argparse.Namespace


def _start(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.start_team(given.member, given.team, given.team_kind, given.event_key, **common(given))


def _join(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.join_team(given.member, given.team, given.event_key, **common(given))


def _leave(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.leave_team(given.member, given.team, **common(given))


def _team(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_team(given.team).team


def _teams(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from client.get_member_teams(given.member).teams


def add_teams(commands: Commands, writes: argparse.ArgumentParser, reads: argparse.ArgumentParser) -> None:
    """The commands about teams."""
    start = commands.add_of_member("start-team", _start, writes, "start a team, with a place for the member")
    join = commands.add_of_member("join-team", _join, writes, "take a place in a team")
    leave = commands.add_of_member("leave-team", _leave, writes, "give a place in an open team up")
    for command in (start, join, leave):
        command.add_argument("team", help="name of the team")
    start.add_argument("team_kind", help="code of its kind")
    for command in (start, join):
        command.add_argument("event_key", help="the event that it is taken with, such as purchase/o1")
    commands.add_of_member("teams", _teams, reads, "show which teams a member is in")
    team = commands.add("team", _team, reads, "show a team, with its members and what is missing")
    team.add_argument("team", help="name of the team")


# --- words -----------------------------------------------------------------------------------------------


def _told(team: Team) -> Lines:
    status = TeamStatus.Name(team.status).removeprefix("TEAM_STATUS_").lower()
    missing = f", {team.missing} missing until {instant_text(team.ends_at)}" if team.missing else ""
    yield f"{team.team}: {team.display_name}, {status}{missing}"
    for place in team.places:
        starter = ", who started it" if place.member == team.starter else ""
        yield f"  {place.member} with {place.event_key} of {instant_text(place.at)}{starter}"


def _mine(team: MemberTeam) -> Lines:
    state = "complete" if team.is_complete else f"open until {instant_text(team.ends_at)}"
    yield f"{team.team}: {team.team_kind}, {state}, with {team.event_key}"


def _started(reply: StartTeamResponse) -> Lines:
    yield f"team {reply.team} needs {reply.size} members until {instant_text(reply.ends_at)}"
    yield recorded_text(reply)


def _joined(reply: JoinTeamResponse) -> Lines:
    yield f"{reply.missing} missing until {instant_text(reply.ends_at)}" if reply.missing else "complete"
    yield from map(given_text, reply.given)
    yield recorded_text(reply)


def _left(reply: LeaveTeamResponse) -> Lines:
    yield f"left; {reply.missing} missing now"
    yield recorded_text(reply)


_WORDS: dict[type[Message], Callable[[Any], Lines]] = {
    Team: _told,
    MemberTeam: _mine,
    StartTeamResponse: _started,
    JoinTeamResponse: _joined,
    LeaveTeamResponse: _left,
}
LINES.update(_WORDS)
