"""The events that places in teams are taken with. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from tallybook.engine.desk import Desk
from tallybook.growth.team_notes import PLACE, mine_of, place_of
from tallybook.journal.merged import event_kept_by
from tallybook.journal.notes import NoteKey, decoded
from tallybook.programs.teams import TeamRules
from tallybook.refusals.teams import NotForTeam, TooManyTeams

EVENT: Final = "event"
RECORD_EVENT: Final = "record_event"


class _Reply(msgspec.Struct, frozen=True):
    """As much of the reply that an event was answered with as counts here."""

    teams: tuple[str, ...] = ()


class _Refunded(msgspec.Struct, frozen=True):
    whole: bool = False


class _Noted(msgspec.Struct, frozen=True):
    """Of the note `event`."""

    refunded: _Refunded = _Refunded()


_decode_reply = msgspec.json.Decoder(_Reply).decode


def notes_of(event: str) -> Sequence[NoteKey]:
    """The filed notes that tell what has become of an event."""
    return (EVENT, event), (PLACE, event)


def moment_of(desk: Desk, event: str, rules: TeamRules) -> datetime:
    """When an event of the desk's member occurred that a place is taken with; raises `NotForTeam`."""
    folio, problem = desk.folio, ""
    entry = folio.requested(event)
    noted = decoded(_Noted, folio.note(EVENT, event)) or _Noted()
    place = place_of(folio, event)
    if entry is None or entry.kind != RECORD_EVENT:
        raise NotForTeam(event=event, team_kind=rules.code, problem="nothing is known of it")
    keeper = event_kept_by(folio, entry)
    if keeper:
        problem = f"it went along when the member was one with {keeper}"
    elif rules.code not in _decode_reply(entry.reply).teams:
        problem = "it is not what such a team is for"
    elif noted.refunded.whole:
        problem = "it was refunded"
    elif place is not None:
        problem = f"a place in team {place.team} was taken with it"
    if problem:
        raise NotForTeam(event=event, team_kind=rules.code, problem=problem)
    return entry.occurred_at


def check_not_in_too_many(desk: Desk, rules: TeamRules) -> None:
    """Raise `TooManyTeams` for a member who may not be in one more team of a kind."""
    if rules.most_times is not None and mine_of(desk.folio).times(rules.code, desk.now) >= rules.most_times:
        raise TooManyTeams(member=desk.folio.member, team_kind=rules.code, most=rules.most_times)
