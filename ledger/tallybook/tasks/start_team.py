"""StartTeam: a member begins a team, and takes its first place. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Final

from tallybook.engine.checks import check_id
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.growth.team_notes import folio_name
from tallybook.growth.team_places import take_place
from tallybook.growth.teams import started
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_member_name
from tallybook.members.freeze import check_may_earn
from tallybook.refusals.teams import NotForTeam, TeamExists, UnknownTeamKind
from tallybook.tasks.team_events import check_not_in_too_many, moment_of, notes_of

TEAM_LENGTH_MAX: Final = 96


def check_team_name(team: str) -> None:
    """Raise `InvalidInput` for what cannot be the name of a team."""
    check_id("team", team)
    if len(team) > TEAM_LENGTH_MAX:
        raise InvalidInput("team", f"must have at most {TEAM_LENGTH_MAX} characters")


class TeamStarted(Reply, frozen=True, kw_only=True):
    """The team needs `size` members, who starts it included, until `ends_at`, which is not in its time."""

    team: str
    team_kind: str
    size: int
    started_at: datetime
    ends_at: datetime


class StartTeam(Command[TeamStarted], frozen=True, kw_only=True, tag="start_team"):
    """Start a team of a kind that the program declares, with an event of the member's that is good for it.

    `team` is its name, which is new in the program. `event_key` is what recording the event was answered
    with. The team begins when the event occurred.

    Refused with `UnknownTeamKind`, `TeamExists`, `NotForTeam`, `TooManyTeams` or `MemberFrozen`.
    """

    team: str
    team_kind: str
    event_key: str
    reply_type = TeamStarted
    is_activity: ClassVar[bool] = True
    enrolls_other: ClassVar[bool] = True

    def check(self) -> None:
        check_member_name(self.member)
        check_team_name(self.team)
        check_id("team_kind", self.team_kind)
        check_id("event_key", self.event_key)

    def counterpart(self) -> str | None:
        return folio_name(self.team)

    def named_requests(self) -> Sequence[str]:
        return (self.event_key,)

    def named_notes(self) -> Sequence[NoteKey]:
        return notes_of(self.event_key)

    def decide(self, desk: Desk) -> TeamStarted:
        page, rules = desk.other, desk.program.teams.get(self.team_kind)
        assert page is not None, "a command that names another folio gets it"
        if rules is None:
            raise UnknownTeamKind(program=self.program, team_kind=self.team_kind)
        if page.exists:
            raise TeamExists(team=self.team)
        check_may_earn(desk)
        check_not_in_too_many(desk, rules)
        at = moment_of(desk, self.event_key, rules)
        team = started(rules, self.member, self.event_key, at)
        if team.ends_at <= desk.now:
            problem = "the time of a team that began with it is over"
            raise NotForTeam(event=self.event_key, team_kind=rules.code, problem=problem)
        page.begin(desk.now)
        take_place(desk, self.team, page, team)
        return TeamStarted(
            entry=desk.entry,
            recorded_at=desk.now,
            team=self.team,
            team_kind=rules.code,
            size=team.size,
            started_at=team.started_at,
            ends_at=team.ends_at,
        )
