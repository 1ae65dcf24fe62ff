"""What time does to a folio: release dead holds, vest, expire. Pure: no clock, no database.

`settle` runs before every command and in every read, so no answer depends on whether a job has run. Each
moment that falls due becomes an entry of its own, dated at that moment.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final, NamedTuple, Protocol

from tallybook.journal.accounts import (
    ARREARS,
    AVAILABLE,
    EXPIRED,
    HELD,
    NEVER,
    PENDING,
    VESTED,
    LotKey,
    Posting,
)
from tallybook.journal.folio import Folio
from tallybook.journal.holds import OPEN, TIMED_OUT, HeldLot, Hold
from tallybook.journal.moves import Lot, credit

VEST: Final = "vest"
EXPIRE: Final = "expire"
TIME_OUT: Final = "time_out"


class Calendar(Protocol):
    """When days begin and end: a program's time zone, and its units' rules on inactivity."""

    def today(self, now: datetime) -> date: ...
    def lapse_at(self, expires_on: date) -> datetime: ...
    def vest_at(self, vests_on: date) -> datetime: ...
    def idle_until(self, unit: str, active_at: datetime) -> date | None: ...


class Due(NamedTuple):
    """Something that falls due: sorted by moment, then by kind, then by name."""

    at: datetime
    kind: str
    hold_id: str = ""


Record = Callable[[str, datetime, str], None]
"""Seals the drafted entry: its kind, when it occurred, and its subject."""


def settle(folio: Folio, calendar: Calendar, now: datetime, record: Record) -> None:
    """Bring a folio up to `now`, one entry for each moment that fell due, and set when the next one does."""
    standing = folio.standing
    if standing.next_due_at is None or standing.next_due_at > now:
        return
    due = next_due(folio, calendar)
    while due is not None and due.at <= now:
        _apply(folio, calendar, due)
        record(due.kind, due.at, due.hold_id)
        due = next_due(folio, calendar)
    folio.standing = folio.standing._replace(next_due_at=due.at if due else None)


def next_due(folio: Folio, calendar: Calendar) -> Due | None:
    """The first thing that time will do to this folio, or None."""
    soonest: Due | None = None
    for key in folio.lots:
        at = lot_due_at(folio, calendar, key)
        if at is not None:
            due = Due(at, VEST if key.account == PENDING else EXPIRE)
            soonest = due if soonest is None else min(soonest, due)
    for hold in folio.holds.values():
        if hold.state == OPEN:
            due = Due(hold.deadline, TIME_OUT, hold.hold_id)
            soonest = due if soonest is None else min(soonest, due)
    return soonest


def lot_due_at(folio: Folio, calendar: Calendar, key: LotKey) -> datetime | None:
    """When a lot vests or lapses; None for never. Held lots wait for their hold."""
    if key.account == PENDING:
        return calendar.vest_at(key.vests_on)
    if key.account != AVAILABLE:
        return None
    expires_on = effective_expiry(folio, calendar, key)
    return None if expires_on == NEVER else calendar.lapse_at(expires_on)


def effective_expiry(folio: Folio, calendar: Calendar, key: LotKey) -> date:
    """The last day a lot can be spent on, where inactivity may bring it forward."""
    active_at = folio.standing.active_at
    idle = calendar.idle_until(key.unit, active_at) if active_at is not None else None
    return key.expires_on if idle is None else min(idle, key.expires_on)


def _apply(folio: Folio, calendar: Calendar, due: Due) -> None:
    if due.kind == TIME_OUT:
        hold = folio.holds[due.hold_id]
        release_lots(folio, hold, hold.lots, calendar.today(due.at))
        folio.put_hold(hold.resolve(TIMED_OUT, folio.next_version))
        return
    for key, amount in list(folio.lots.items()):
        if lot_due_at(folio, calendar, key) != due.at:
            continue
        if key.account == PENDING:
            _vest(folio, key, amount, calendar.today(due.at))
        elif due.kind == EXPIRE:
            folio.post(Posting(key.unit, key.fund, VESTED, key.expires_on, AVAILABLE, EXPIRED, amount))


def _vest(folio: Folio, key: LotKey, amount: int, today: date) -> None:
    """Pending points become usable, or repay what is owed first; past their day, they expire on the spot."""
    repaid = min(folio.arrears(key.unit), amount)
    if repaid:
        folio.post(Posting(key.unit, key.fund, key.vests_on, key.expires_on, PENDING, ARREARS, repaid))
    rest = amount - repaid
    if rest:
        target = AVAILABLE if key.expires_on >= today else EXPIRED
        folio.post(Posting(key.unit, key.fund, key.vests_on, key.expires_on, PENDING, target, rest))


def release_lots(folio: Folio, hold: Hold, lots: tuple[HeldLot, ...] | list[HeldLot], today: date) -> int:
    """Give held lots back, each with its own expiry; what is past its day lapses. Returns what lapsed."""
    lapsed = 0
    for lot in lots:
        if lot.expires_on < today:
            folio.post(Posting(hold.unit, lot.fund, VESTED, lot.expires_on, HELD, EXPIRED, lot.amount))
            lapsed += lot.amount
        else:
            credit(folio, Lot(hold.unit, lot.fund, VESTED, lot.expires_on), HELD, lot.amount, today)
    return lapsed
