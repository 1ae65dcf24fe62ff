"""JoinTeam: a member takes a place in a team, the last of which completes it. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Final

from tallybook.engine.checks import check_id
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.growth.postings import Given
from tallybook.growth.team_notes import folio_name, seat_handles, team_of
from tallybook.growth.team_places import reward_others, reward_own, take_place
from tallybook.growth.teams import NoPlace, TeamStatus, joined, no_place
from tallybook.journal.accounts import Balance
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_member_name
from tallybook.members.freeze import check_may_earn
from tallybook.programs.program import Program
from tallybook.refusals.teams import NoPlaceInTeam
from tallybook.tasks.start_team import check_team_name
from tallybook.tasks.team_events import check_not_in_too_many, moment_of, notes_of

WHY: Final[Mapping[NoPlace, str]] = {
    NoPlace.IS_IN: "the member has a place in it",
    NoPlace.COMPLETE: "it is complete",
    NoPlace.OVER: "its time is over",
    NoPlace.NOT_YET: "it began later than the event",
}


class TeamJoined(Reply, frozen=True, kw_only=True):
    """The member has a place, and `missing` more are needed by `ends_at`.

    With none missing the team is complete: `given` is what this member got, and every other one has got
    theirs in an entry of their own. `balances` are of the units that it is in.
    """

    team: str
    team_kind: str
    missing: int
    ends_at: datetime
    given: tuple[Given, ...] = ()
    balances: dict[str, Balance]


class JoinTeam(Command[TeamJoined], frozen=True, kw_only=True, tag="join_team"):
    """Take a place in a team with an event of the member's that is good for it, and occurred in its time.

    `event_key` is the key that recording the event was answered with. Refused with `UnknownMember` for a team
    that nobody has started, `NoPlaceInTeam`, `NotForTeam`, `TooManyTeams` or `MemberFrozen`.
    """

    team: str
    event_key: str
    reply_type = TeamJoined
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_member_name(self.member)
        check_team_name(self.team)
        check_id("event_key", self.event_key)

    def counterpart(self) -> str | None:
        return folio_name(self.team)

    def named_requests(self) -> Sequence[str]:
        return (self.event_key,)

    def named_notes(self) -> Sequence[NoteKey]:
        return notes_of(self.event_key)

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        """The seats of the largest team that there can be: whoever has the others is given something with
        the last.
        """
        return seat_handles(self.team, max((rules.size for rules in program.teams.values()), default=0))

    def decide(self, desk: Desk) -> TeamJoined:
        page = desk.other
        team = None if page is None else team_of(page)
        assert page is not None, "a command that names another folio gets it"
        assert team is not None, "a folio with such a name is a team"
        rules = desk.program.teams[team.rules]
        check_may_earn(desk)
        at = moment_of(desk, self.event_key, rules)
        why = no_place(team, self.member, at)
        if why is not None:
            raise NoPlaceInTeam(member=self.member, team=self.team, problem=WHY[why])
        check_not_in_too_many(desk, rules)
        team = joined(team, self.member, self.event_key, at)
        is_complete = team.status is TeamStatus.COMPLETE
        if is_complete:
            reward_others(desk, self.team, page, team)
        take_place(desk, self.team, page, team)
        given = reward_own(desk, self.team, team) if is_complete else ()
        return TeamJoined(
            entry=desk.entry,
            recorded_at=desk.now,
            team=self.team,
            team_kind=rules.code,
            missing=team.size - len(team.places),
            ends_at=team.ends_at,
            given=given,
            balances={each.unit: desk.balance(each.unit) for each in given if each.unit},
        )
