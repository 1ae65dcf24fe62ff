"""The refusals about teams, one class a reason. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tallybook.errors import NotDeclared, Refusal, refusal


@refusal
@dataclass(eq=False)
class UnknownTeamKind(NotDeclared):
    """Program {program!r} has no kind of team {team_kind!r}."""

    code: ClassVar[str] = "UNKNOWN_TEAM_KIND"
    program: str
    team_kind: str


@refusal
@dataclass(eq=False)
class TeamExists(Refusal):
    """There is a team {team!r} already."""

    code: ClassVar[str] = "TEAM_EXISTS"
    team: str


@refusal
@dataclass(eq=False)
class NotForTeam(Refusal):
    """Event {event!r} is good for no place in a team of kind {team_kind!r}: {problem}."""

    code: ClassVar[str] = "NOT_FOR_TEAM"
    event: str
    team_kind: str
    problem: str


@refusal
@dataclass(eq=False)
class NoPlaceInTeam(Refusal):
    """Member {member!r} cannot join team {team!r}: {problem}."""

    code: ClassVar[str] = "NO_PLACE_IN_TEAM"
    member: str
    team: str
    problem: str


@refusal
@dataclass(eq=False)
class TooManyTeams(Refusal):
    """Member {member!r} may be in at most {most} teams of kind {team_kind!r}."""

    code: ClassVar[str] = "TOO_MANY_TEAMS"
    member: str
    team_kind: str
    most: int


@refusal
@dataclass(eq=False)
class CannotLeaveTeam(Refusal):
    """Member {member!r} cannot leave team {team!r}: {problem}."""

    code: ClassVar[str] = "CANNOT_LEAVE_TEAM"
    member: str
    team: str
    problem: str
