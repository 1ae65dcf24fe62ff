"""What is kept of teams: on the team's own folio, and on those of its members. Pure: no clock, no database.

A team is a bearer, a folio named `team:` and its name, with a resident note of who has a place in it. Each of
its members holds a handle for the seat, by which whoever takes the last one finds all the others; and the
team holds one for each place under the event that it was taken with, by which a refund finds the team.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec

from tallybook.growth.teams import Team, due_at, lapsed
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, NoteKey, decoded
from tallybook.journal.settle import Effect
from tallybook.members.bearers import TEAMS

TEAM: Final = "team"
SEAT: Final = "@team_seat"
TAKEN: Final = "@team_place"
PLACE: Final = "team_place"
"""Filed with a member, under the event that a place was taken with."""
MINE: Final = "teams"
MINE_MAX: Final = 50
"""So many completed teams are remembered of each member, the last ones."""


class PlaceNote(msgspec.Struct, frozen=True, omit_defaults=True):
    """The team that a place was taken in. `given` is how it is filed what that brought, where the member has
    two places in a team, as one who was two when it was completed: empty for the usual way.
    """

    team: str
    given: str = ""


class Mine(msgspec.Struct, frozen=True, array_like=True):
    """A team that a member is in: its kind, with which event, and until when it must be complete."""

    team: str
    kind: str
    event: str
    ends_at: datetime
    is_complete: bool = False

    def counts(self, now: datetime) -> bool:
        """Whether it counts as one that the member is in: it is complete, or may still be."""
        return self.is_complete or now < self.ends_at


class MineNote(msgspec.Struct, frozen=True):
    """Resident on a member: the teams that the member is in, the newest last, and how many of each kind were
    completed and are not among them any more.
    """

    teams: tuple[Mine, ...] = ()
    before: Mapping[str, int] = {}

    def times(self, kind: str, now: datetime) -> int:
        """In how many teams of a kind the member is, those that have lapsed aside."""
        return self.before.get(kind, 0) + sum(each.kind == kind and each.counts(now) for each in self.teams)


_encode = msgspec.json.Encoder(order="deterministic").encode


def folio_name(team: str) -> str:
    """The name of a team's own folio."""
    return TEAMS + team


def seat_handles(team: str, size: int) -> Sequence[NoteKey]:
    """The handles of all seats of a team."""
    return [(SEAT, f"{team}/{seat}") for seat in range(1, size + 1)]


def taken_handle(member: str, event: str) -> NoteKey:
    """The handle of the place that a member took with an event. No id has a line break in it."""
    return TAKEN, f"{member}\n{event}"


def team_of(folio: Folio) -> Team | None:
    """The team that a folio is; None for one that is none."""
    return decoded(Team, folio.note(TEAM))


def put_team(folio: Folio, team: Team) -> None:
    """Write down how a team stands."""
    folio.put_note(TEAM, Note(_encode(team).decode(), due_at(team)))


def mine_of(folio: Folio) -> MineNote:
    """The teams that a member is in."""
    return decoded(MineNote, folio.note(MINE)) or MineNote()


def put_mine(
    folio: Folio, teams: Sequence[Mine], now: datetime, before: Mapping[str, int] | None = None
) -> None:
    """Write down the teams that a member is in, without those that have lapsed."""
    kept = [each for each in teams if each.counts(now)]
    before = dict(mine_of(folio).before if before is None else before)
    while len(kept) > MINE_MAX:
        oldest = kept.pop(0)
        before[oldest.kind] = before.get(oldest.kind, 0) + 1
    note = MineNote(tuple(kept), before)
    folio.put_note(MINE, None if note == MineNote() else Note(_encode(note).decode()))


def join_mine(kept: Folio, gone: Folio, now: datetime) -> None:
    """The teams of two members who are one, when places are the one's that were the other's."""
    one, other = mine_of(kept), mine_of(gone)
    named = {each.team for each in one.teams}
    teams = sorted((*one.teams, *(each for each in other.teams if each.team not in named)), key=_by_end)
    before = {
        kind: one.before.get(kind, 0) + other.before.get(kind, 0) for kind in one.before.keys() | other.before
    }
    if other != MineNote():
        put_mine(kept, teams, now, before)
        gone.put_note(MINE, None)


def _by_end(mine: Mine) -> datetime:
    return mine.ends_at


def place_of(folio: Folio, event: str) -> PlaceNote | None:
    """The place that a member took with an event; it must have been asked for."""
    return decoded(PlaceNote, folio.note(PLACE, event))


def put_place(folio: Folio, event: str, note: PlaceNote | None) -> None:
    """File which team a place was taken in with an event, or that it was given up."""
    folio.put_note(PLACE, None if note is None else Note(_encode(note).decode()), event)


def _lapse(folio: Folio, program: object, key: str, at: datetime) -> None:
    team = team_of(folio)
    assert team is not None, "what falls due is there"
    put_team(folio, lapsed(team))


TEAM_LAPSED: Final = Effect("team_lapsed", _lapse)
"""What time does to a team that is not complete at its end."""
