"""Places in teams: taken, given up, and what all get when the last is taken. Pure: no clock, no database.

All that concerns somebody besides the desk's member is sealed as an entry on the team and on that member.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from tallybook.engine.desk import Desk, seal_on_both
from tallybook.growth.growth import GIVEN, TEAM_SOURCE, GivenNote
from tallybook.growth.portions import portion_of
from tallybook.growth.postings import Given, post_given
from tallybook.growth.team_notes import (
    PLACE,
    SEAT,
    TAKEN,
    Mine,
    PlaceNote,
    folio_name,
    join_mine,
    mine_of,
    place_of,
    put_mine,
    put_place,
    put_team,
    taken_handle,
    team_of,
)
from tallybook.growth.teams import Place, Team, left, moved, rewards_in
from tallybook.growth.timely import has_room_for, may_be_given
from tallybook.journal.entries import own_entry
from tallybook.journal.folio import Folio
from tallybook.journal.merged import merged_into
from tallybook.journal.moves import Lot
from tallybook.journal.notes import Note, decoded
from tallybook.programs.rewards import Reward

TEAM_COMPLETED: Final = "team_completed"
TEAM_LEFT: Final = "team_left"
TEAM_PLACE_MOVED: Final = "team_place_moved"
"""Entries on a team and one of its members: of what it is given, of a refund of what a place was taken with,
and of a place that is the member's now because somebody else turned out to be the same."""


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
    return _post(desk, folio, TEAM_SOURCE + name, {}, sums)


def _mark_complete(desk: Desk, folio: Folio, name: str) -> None:
    teams = [
        msgspec.structs.replace(each, is_complete=True) if each.team == name else each
        for each in mine_of(folio).teams
    ]
    put_mine(folio, teams, desk.now)


def _post(
    desk: Desk, folio: Folio, source: str, before: dict[str, GivenNote], after: dict[Lot, int]
) -> tuple[Given, ...]:
    posted = post_given(folio, desk.program, desk.now, before, {source: after}, {source: desk.today})
    return tuple(given for given, _ in posted)


def give_up(desk: Desk, name: str, page: Folio, team: Team, place: Place) -> None:
    """Note that the desk's member has no place any more in a team, which is `team` without it."""
    folio = desk.folio
    put_team(page, team)
    page.put_note(TAKEN, None, taken_handle(place.member, place.event)[1])
    folio.put_note(SEAT, None, f"{name}/{place.seat}")
    folio.notes.setdefault((PLACE, place.event), None)
    put_place(folio, place.event, None)
    if folio.member not in team.members:
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
    place = next(each for each in team.places if (each.member, each.event) == (folio.member, event))
    source = note.given or TEAM_SOURCE + note.team
    given = decoded(GivenNote, folio.notes.get((GIVEN, source)))
    back = () if given is None else _post(desk, folio, source, {source: given}, {})
    give_up(desk, note.team, page, after, place)
    reply = TeamEntry(team=note.team, member=folio.member, given=back)
    desk.seal_part(TEAM_LEFT, reply, other=page)


# --- two members who are one -----------------------------------------------------------------------------


def teams_of(folio: Folio) -> Mapping[str, str]:
    """The teams that a member has taken places in, by the events: all filed notes have to be there."""
    events = sorted(key for (kind, key), note in folio.notes.items() if kind == PLACE and note is not None)
    notes = {event: place_of(folio, event) for event in events}
    return {event: note.team for event, note in notes.items() if note is not None}


def move_places(desk: Desk, gone: Folio) -> dict[str, str]:
    """Have the places of a member be those of the desk's own, who turned out to be the same, each in an entry
    on the team. Nothing may be posted yet.

    Returns how it is filed by now what teams have given, where that has changed.
    """
    kept, renamed = desk.folio, {}
    for event, name in teams_of(gone).items():
        page = desk.others[folio_name(name)]
        team = team_of(page)
        assert team is not None, "a place is one in a team"
        place = next(each for each in team.places if (each.member, each.event) == (gone.member, event))
        after, note = moved(team, place, kept.member), place_of(gone, event)
        is_second = kept.member in team.members
        put_team(page, after)
        page.put_note(TAKEN, None, taken_handle(gone.member, event)[1])
        gone.put_note(SEAT, None, f"{name}/{place.seat}")
        gone.put_note(PLACE, None, event)
        if len(after.places) == len(team.places):
            taken = Note(msgspec.json.encode(name).decode())
            page.put_note(TAKEN, taken, taken_handle(kept.member, event)[1])
            kept.put_note(SEAT, Note("{}"), f"{name}/{place.seat}")
            assert note is not None, "it was listed"
            source = note.given or TEAM_SOURCE + name
            if is_second and not note.given:
                renamed[source] = f"{source}\n{place.seat}"
            kept.notes.setdefault((PLACE, event), None)
            put_place(kept, event, PlaceNote(name, renamed.get(source, note.given)))
        reply = TeamEntry(team=name, member=kept.member)
        desk.seal_part(TEAM_PLACE_MOVED, reply, other=page, subject=gone.member)
    join_mine(kept, gone, desk.now)
    return renamed
