"""The last day a member can spend a lot on, inactivity counted in. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Protocol

from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, mention

SPARED: Final = "spared"
"""The kind of the resident note that says through which day inactivity takes nothing from a member."""
_MENTIONED: Final = mention(SPARED)
"""How it begins in the text of a folio's resident notes."""


class Calendar(Protocol):
    """When days begin and end: a program's time zone, and its units' rules on inactivity."""

    def today(self, now: datetime) -> date: ...
    def lapse_at(self, expires_on: date) -> datetime: ...
    def vest_at(self, vests_on: date) -> datetime: ...
    def idle_until(self, unit: str, active_at: datetime) -> date | None: ...


def last_day(folio: Folio, calendar: Calendar, unit: str, expires_on: date) -> date:
    """The last day on which points of a unit can be spent: their own, or the one that inactivity sets."""
    active_at = folio.standing.active_at
    idle = calendar.idle_until(unit, active_at) if active_at is not None else None
    if idle is None:
        return expires_on
    if _MENTIONED in folio.standing.notes:
        idle = max(idle, _spared_until(folio))
    return min(idle, expires_on)


def spare(folio: Folio, until: date) -> None:
    """Let inactivity take nothing from a member through a day: what lapses of theirs has lapsed already, and
    something is given back now that is to be of use for a while.
    """
    if _MENTIONED in folio.standing.notes:
        until = max(until, _spared_until(folio))
    folio.put_note(SPARED, Note(f'"{until.isoformat()}"'))


def _spared_until(folio: Folio) -> date:
    note = folio.note(SPARED)
    assert note is not None, "it is mentioned"
    return date.fromisoformat(note.body.strip('"'))
