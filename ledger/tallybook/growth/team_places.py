"""Places in teams: taken, given up, and what all get when the last is taken. Pure: no clock, no database.

All that concerns somebody besides the desk's member is sealed as an entry on the team and on that member.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from tallybook.engine.desk import Desk, seal_on_both
from tallybook.growth.growth import GIVEN, TEAM_SOURCE, GivenNote
from tallybook.growth.portions import portion_of
from tallybook.growth.postings import Given, post_given
from tallybook.growth.referrals import may_be_given
from tallybook.growth.team_notes import (
    PLACE,
    SEAT,
    TAKEN,
    Mine,
    PlaceNote,
    mine_of,
    place_of,
    put_mine,
    put_place,
    put_team,
    taken_handle,
    team_of,
)
from tallybook.growth.teams import Place, Team, left, rewards_in
from tallybook.growth.timely import has_room_for
from tallybook.journal.entries import own_entry
from tallybook.journal.folio import Folio
from tallybook.journal.merged import merged_into
from tallybook.journal.moves import Lot
from tallybook.journal.notes import Note, decoded
from tallybook.programs.program import Program
from tallybook.programs.rewards import Reward

TEAM_COMPLETED: Final = "team_completed"
TEAM_LEFT: Final = "team_left"
"""Entries on a team and one of its members: of what it is given, and of a refund of what a place was taken
with."""


class TeamEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The reply that stands on such an entry of the team's: the member, and what was given or taken back."""

    team: str
    member: str
    given: tuple[Given, ...] = ()


def take_place(desk: Desk, name: str, page: Folio, team: Team) -> None:
    """Note the last place of a team, which is that of the desk's member; `page` is the team's."""
    folio, place = desk.folio, team.places[-1]
    put_team(page, team)
    page.put_note(TAKEN, Note(msgspec.json.encode(name).decode()), taken_handle(place.member, place.event)[1])
    folio.put_note(SEAT, Note("{}"), f"{name}/{place.seat}")
    put_place(folio, place.event, PlaceNote(name))
    mine = Mine(name, team.rules, place.event, team.ends_at)
    put_mine(folio, (*mine_of(folio).teams, mine), desk.now)


def reward_others(desk: Desk, name: str, page: Folio, team: Team) -> None:
    """Give what a team gives that is complete to all its members but the desk's own, and those who have
    become one with somebody else. Nothing may be posted or noted yet on the team's folio.
    """
    for member, rewards in rewards_in(team, desk.program.teams[team.rules]).items():
        folio = desk.folio if member == desk.folio.member else desk.others[member]
        if folio is not desk.folio and not merged_into(folio):
            reply = TeamEntry(team=name, member=member, given=_reward(desk, folio, name, rewards))
            entry = own_entry(
                page,
                TEAM_COMPLETED,
                desk.program.revision,
                desk.now,
                desk.occurred_at,
                subject=name,
                reply=msgspec.json.encode(reply).decode(),
            )
            seal_on_both(entry, page, folio)


def reward_own(desk: Desk, name: str, team: Team) -> tuple[Given, ...]:
    """Give the desk's member what the team gives, and tell what that was."""
    rewards = rewards_in(team, desk.program.teams[team.rules])
    return _reward(desk, desk.folio, name, rewards[desk.folio.member])


def _reward(desk: Desk, folio: Folio, name: str, rewards: Iterable[Reward]) -> tuple[Given, ...]:
    """Give a member's share, all or none of it: nobody waits for who is frozen or erased by now."""
    _mark_complete(desk, folio, name)
    rewards, program = tuple(rewards), desk.program
    if not may_be_given(folio) or not has_room_for(folio, program, rewards, desk.now):
        return ()
    sums: dict[Lot, int] = {}
    for reward in rewards:
        portion = portion_of(reward, program.units, desk.today)
        lot = Lot(portion.unit, portion.fund, portion.vests_on, portion.expires_on)
        sums[lot] = sums.get(lot, 0) + portion.amount
    return _post(desk, folio, program, name, {}, sums)


def _mark_complete(desk: Desk, folio: Folio, name: str) -> None:
    teams = [
        msgspec.structs.replace(each, is_complete=True) if each.team == name else each
        for each in mine_of(folio).teams
    ]
    put_mine(folio, teams, desk.now)


def _post(
    desk: Desk, folio: Folio, program: Program, name: str, before: dict[str, GivenNote], after: dict[Lot, int]
) -> tuple[Given, ...]:
    source = TEAM_SOURCE + name
    posted = post_given(folio, program, desk.now, before, {source: after}, {source: desk.today})
    return tuple(given for given, _ in posted)


def give_up(desk: Desk, name: str, page: Folio, team: Team, place: Place) -> None:
    """Note that the desk's member has no place any more in a team, which is `team` without it."""
    folio = desk.folio
    put_team(page, team)
    page.put_note(TAKEN, None, taken_handle(place.member, place.event)[1])
    folio.put_note(SEAT, None, f"{name}/{place.seat}")
    folio.notes.setdefault((PLACE, place.event), None)
    put_place(folio, place.event, None)
    put_mine(folio, [each for each in mine_of(folio).teams if each.team != name], desk.now)


def order_went_back(desk: Desk, event: str) -> None:
    """An order of the desk's member was refunded wholly: give up the place that was taken with it, if any,
    and take back what the team gave for it. It seals an entry, so nothing may be posted yet.
    """
    folio = desk.folio
    note = place_of(folio, event)
    page = None if note is None else desk.holder(*taken_handle(folio.member, event))
    team = None if page is None else team_of(page)
    if note is None or page is None or team is None:
        return
    after = left(team, folio.member, event)
    if after == team:
        return
    place = next(each for each in team.places if each.member == folio.member)
    given = decoded(GivenNote, folio.notes.get((GIVEN, TEAM_SOURCE + note.team)))
    back = (
        ()
        if given is None
        else _post(desk, folio, desk.program, note.team, {TEAM_SOURCE + note.team: given}, {})
    )
    give_up(desk, note.team, page, after, place)
    reply = TeamEntry(team=note.team, member=folio.member, given=back)
    desk.seal_part(TEAM_LEFT, reply, other=page)
