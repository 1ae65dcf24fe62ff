"""Teams: members who do the same within a time, from the first to the last. Pure: no clock, no database.

A team is of several members, and no story of one: it takes who joins in the order in which that is told, as
budgets do. What it gives is a function of who has a place in it and of whether it is complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count
from typing import Final

import msgspec
from msgspec.structs import replace

from tallybook.programs.rewards import Reward
from tallybook.programs.teams import TeamRules


class TeamStatus(StrEnum):
    """Where a team stands."""

    OPEN = "open"  # has places, and time
    COMPLETE = "complete"  # had all its members in time
    LAPSED = "lapsed"  # had not


class Move(StrEnum):
    """What can happen to a team."""

    JOIN = "join"  # somebody takes a place that is not the last
    FILL = "fill"  # somebody takes the last
    LEAVE = "leave"  # somebody gives a place up, or back what it was taken with
    LAPSE = "lapse"  # its time is over


MOVES: Final[Mapping[tuple[TeamStatus, Move], TeamStatus]] = {
    (TeamStatus.OPEN, Move.JOIN): TeamStatus.OPEN,
    (TeamStatus.OPEN, Move.FILL): TeamStatus.COMPLETE,
    (TeamStatus.OPEN, Move.LEAVE): TeamStatus.OPEN,
    (TeamStatus.OPEN, Move.LAPSE): TeamStatus.LAPSED,
    (TeamStatus.COMPLETE, Move.LEAVE): TeamStatus.COMPLETE,
    (TeamStatus.LAPSED, Move.LEAVE): TeamStatus.LAPSED,
}
"""From where a team stands, and what happens, to where it stands then. All else cannot happen."""


class NoPlace(StrEnum):
    """Why somebody cannot join a team."""

    IS_IN = "is_in"
    COMPLETE = "complete"
    OVER = "over"
    NOT_YET = "not_yet"


class Place(msgspec.Struct, frozen=True):
    """A member's place in a team: a seat from 1 on, taken with the event of this key, that occurred then."""

    member: str
    event: str
    at: datetime
    seat: int


class Team(msgspec.Struct, frozen=True, omit_defaults=True):
    """A team, as a note on the folio of the member who started it: `rules` are its kind, by code.

    How many it needs, until when (in UTC, not included) and what a refund does are as they were at its start.
    `places` are in the order in which they were taken. `completed_at` is when the last one was.
    """

    rules: str
    starter: str
    size: int
    started_at: datetime
    ends_at: datetime
    take_back: bool = True
    places: tuple[Place, ...] = ()
    status: TeamStatus = TeamStatus.OPEN
    completed_at: datetime | None = None

    @property
    def members(self) -> tuple[str, ...]:
        """Who has a place."""
        return tuple(place.member for place in self.places)


def started(rules: TeamRules, member: str, event: str, at: datetime) -> Team:
    """A new team, with the member who starts it in its first place."""
    ends_at = at + timedelta(hours=rules.hours)
    return Team(rules.code, member, rules.size, at, ends_at, rules.take_back, (Place(member, event, at, 1),))


def no_place(team: Team, member: str, at: datetime) -> NoPlace | None:
    """Why a member cannot join at a moment, or None."""
    if member in team.members:
        return NoPlace.IS_IN
    if team.status is TeamStatus.COMPLETE:
        return NoPlace.COMPLETE
    if team.status is TeamStatus.LAPSED or at >= team.ends_at:
        return NoPlace.OVER
    return NoPlace.NOT_YET if at < team.started_at else None


def joined(team: Team, member: str, event: str, at: datetime) -> Team:
    """The team with one more member, who can join; complete with the last."""
    assert no_place(team, member, at) is None, "who joins was asked before"
    places = (*team.places, Place(member, event, at, free_seat(team)))
    if len(places) < team.size:
        return replace(team, places=places, status=_moved(team, Move.JOIN))
    completed_at = max(place.at for place in places)
    return replace(team, places=places, status=_moved(team, Move.FILL), completed_at=completed_at)


def free_seat(team: Team) -> int:
    """The first seat that nobody has."""
    taken = {place.seat for place in team.places}
    return next(seat for seat in count(1) if seat not in taken)


def left(team: Team, member: str, event: str) -> Team:
    """The team after a member's order was refunded wholly, if a place was taken with that order.

    Where the rules take back, the place is free again while the team is open. In one that is complete nobody
    can follow: who left has no share in it, and it stays complete for the others.
    """
    places = tuple(place for place in team.places if (place.member, place.event) != (member, event))
    if not team.take_back or places == team.places:
        return team
    return replace(team, places=places, status=_moved(team, Move.LEAVE))


def moved(team: Team, place: Place, member: str) -> Team:
    """The team of whose places one is another member's now. Where that one has a place in it as well, and it
    is open, there is room again: nobody has two in the same.
    """
    starter = member if team.starter == place.member else team.starter
    if member in team.members and team.status is TeamStatus.OPEN:
        return replace(departed(team, place.member), starter=starter)
    places = tuple(replace(each, member=member) if each == place else each for each in team.places)
    return replace(team, starter=starter, places=places)


def departed(team: Team, member: str) -> Team:
    """The team after somebody has left who has a place in it, which one can as long as it is open."""
    places = tuple(place for place in team.places if place.member != member)
    return replace(team, places=places, status=_moved(team, Move.LEAVE))


def lapsed(team: Team) -> Team:
    """The team at its end, which one that is complete does not have."""
    return replace(team, status=_moved(team, Move.LAPSE))


def due_at(team: Team) -> datetime | None:
    """When time does something to a team."""
    return team.ends_at if team.status is TeamStatus.OPEN else None


def rewards_in(team: Team, rules: TeamRules) -> dict[str, tuple[Reward, ...]]:
    """What each member gets who has a place in a team that is complete; of any other team, nobody does."""
    if team.status is not TeamStatus.COMPLETE:
        return {}
    return {member: rules.starter if member == team.starter else rules.joiner for member in team.members}


def _moved(team: Team, move: Move) -> TeamStatus:
    assert (team.status, move) in MOVES, f"a team that is {team.status} cannot {move}"
    return MOVES[team.status, move]
