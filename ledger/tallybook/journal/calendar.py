"""The last day a member can spend a lot on, inactivity counted in. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from tallybook.journal.folio import Folio


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
    return expires_on if idle is None else min(idle, expires_on)
