"""Questions about teams. Writes nothing."""

from __future__ import annotations

from datetime import datetime

import msgspec

from tallybook.engine.query import FolioQuery
from tallybook.engine.reading import HistoryQuery, Reading
from tallybook.growth.team_notes import Mine, folio_name, mine_of, team_of
from tallybook.growth.teams import Place, TeamStatus
from tallybook.journal.folio import Folio
from tallybook.programs.program import Program
from tallybook.tasks.start_team import check_team_name


class TeamView(msgspec.Struct, frozen=True, kw_only=True):
    """A team as it is now: open through the moment before `ends_at`, complete, or lapsed.

    `places` are in the order in which they were taken, and `missing` are the members that it still needs. In
    one that is complete, who has given an order back has no place any more.
    """

    team: str
    team_kind: str
    display_name: str
    starter: str
    status: TeamStatus
    size: int
    missing: int
    started_at: datetime
    ends_at: datetime
    completed_at: datetime | None
    places: tuple[Place, ...]


class GetTeam(HistoryQuery[TeamView], frozen=True, kw_only=True):
    """A team, with its members and what is missing. Raises `UnknownMember` where nobody has started it."""

    team: str

    def check(self) -> None:
        check_team_name(self.team)

    def read(self, reading: Reading) -> TeamView:
        team = team_of(reading.settled_folio(self.program, folio_name(self.team)))
        assert team is not None, "a folio with such a name is a team"
        is_complete = team.status is TeamStatus.COMPLETE
        return TeamView(
            team=self.team,
            team_kind=team.rules,
            display_name=reading.program(self.program).teams[team.rules].display_name,
            starter=team.starter,
            status=team.status,
            size=team.size,
            missing=0 if is_complete else team.size - len(team.places),
            started_at=team.started_at,
            ends_at=team.ends_at,
            completed_at=team.completed_at,
            places=team.places,
        )


class MyTeams(FolioQuery[tuple[Mine, ...]], frozen=True, kw_only=True):
    """The teams that a member is in, the newest first: open ones, and the last 50 that are complete. Raises
    `UnknownMember`.
    """

    def answer(self, folio: Folio, program: Program, now: datetime) -> tuple[Mine, ...]:
        return tuple(each for each in reversed(mine_of(folio).teams) if each.counts(now))
