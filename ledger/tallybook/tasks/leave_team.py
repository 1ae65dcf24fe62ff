"""LeaveTeam: a member gives a place in a team up, while it is open. Pure: no clock, no database."""

from __future__ import annotations

from typing import ClassVar

from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.growth.team_notes import folio_name, team_of
from tallybook.growth.team_places import give_up
from tallybook.growth.teams import TeamStatus, departed
from tallybook.refusals.teams import CannotLeaveTeam
from tallybook.tasks.start_team import check_team_name


class TeamLeft(Reply, frozen=True, kw_only=True):
    """The place is free, and `missing` members are needed now. `event` can be used for another one."""

    team: str
    event: str
    missing: int


class LeaveTeam(Command[TeamLeft], frozen=True, kw_only=True, tag="leave_team"):
    """Give a place in a team up. Who has started it may leave as well, and the team goes on.

    Refused with `UnknownMember` for a team that nobody has started, or `CannotLeaveTeam` where the member has
    no place in it, or it is complete, or its time is over.
    """

    team: str
    reply_type = TeamLeft
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_team_name(self.team)

    def counterpart(self) -> str | None:
        return folio_name(self.team)

    def decide(self, desk: Desk) -> TeamLeft:
        page = desk.other
        team = None if page is None else team_of(page)
        assert page is not None, "a command that names another folio gets it"
        assert team is not None, "a folio with such a name is a team"
        place = next((each for each in team.places if each.member == self.member), None)
        problem = ""
        if place is None:
            problem = "the member has no place in it"
        elif team.status is TeamStatus.COMPLETE:
            problem = "it is complete"
        elif team.status is TeamStatus.LAPSED:
            problem = "its time is over"
        if place is None or problem:
            raise CannotLeaveTeam(member=self.member, team=self.team, problem=problem)
        team = departed(team, self.member)
        give_up(desk, self.team, page, team, place)
        missing = team.size - len(team.places)
        return TeamLeft(
            entry=desk.entry, recorded_at=desk.now, team=self.team, event=place.event, missing=missing
        )
