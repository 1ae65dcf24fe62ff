"""Refusals about teams."""

from .facts import Fact
from .families import Refused


class UnknownTeamKind(Refused):
    """The program has no such kind of team."""

    REASON = "UNKNOWN_TEAM_KIND"
    program = Fact(str)
    team_kind = Fact(str)


class TeamExists(Refused):
    """There is a team of this name already."""

    REASON = "TEAM_EXISTS"
    team = Fact(str)


class NotForTeam(Refused):
    """The event is good for no place in such a team."""

    REASON = "NOT_FOR_TEAM"
    event = Fact(str)
    team_kind = Fact(str)
    problem = Fact(str)


class NoPlaceInTeam(Refused):
    """The member cannot join the team."""

    REASON = "NO_PLACE_IN_TEAM"
    member = Fact(str)
    team = Fact(str)
    problem = Fact(str)


class TooManyTeams(Refused):
    """The member is in as many teams of this kind as a member may be."""

    REASON = "TOO_MANY_TEAMS"
    member = Fact(str)
    team_kind = Fact(str)
    most = Fact(int)


class CannotLeaveTeam(Refused):
    """The member has no place in the team, or it is complete, or over."""

    REASON = "CANNOT_LEAVE_TEAM"
    member = Fact(str)
    team = Fact(str)
    problem = Fact(str)
