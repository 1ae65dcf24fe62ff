"""What time does to a folio: release dead holds, vest, expire. Pure: no clock, no database.

`settle` runs before every command and in every read, so no answer depends on whether a job has run. Each
moment that falls due becomes an entry of its own, dated at that moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

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
from tallybook.journal.calendar import Calendar, last_day
from tallybook.journal.folio import Folio
from tallybook.journal.holds import OPEN, TIMED_OUT, HeldLot
from tallybook.journal.merged import merged_into
from tallybook.journal.moves import Lot, credit

VEST: Final = "vest"
EXPIRE: Final = "expire"
TIME_OUT: Final = "time_out"

LOTS: Final = "lots"
NOTE: Final = "note"
CLOCK: Final = "clock"


class Due(NamedTuple):
    """Something that falls due: sorted by moment, then by kind, then by subject: a hold, or a note's key.

    `source` is what says so: a lot or a hold, a note, or a clock.
    """

    at: datetime
    kind: str
    subject: str = ""
    source: str = LOTS


Record = Callable[[str, datetime, str], None]
"""Seals the drafted entry: its kind, when it occurred, and its subject."""


class Effect(NamedTuple):
    """What time does to a note whose moment has come: `apply` gets the folio, the program, the note's key and
    the moment, and leaves the note with a later moment, or none. An entry of `entry_kind` tells of it.
    """

    entry_kind: str
    apply: Callable[[Folio, Any, str, datetime], None]


class Clock(NamedTuple):
    """What time does to every member of a program, noted or not, such as a birthday's gift.

    `next_at` tells when next, from the folio and the program, or None for never; `apply` does it at that
    moment, notes that it is done, and says what the entry is about, if anything in particular. An entry of
    `entry_kind` tells of it. Where a revision changes what `next_at` says of members who are there, it moves
    days: `programs/changes.py`.
    """

    entry_kind: str
    next_at: Callable[[Folio, Any], datetime | None]
    apply: Callable[[Folio, Any, datetime], str | None]


class Effects(NamedTuple):
    """What time does besides vesting and lapsing: to notes, by their kind, and by clocks, by entry kind."""

    notes: Mapping[str, Effect] = {}
    clocks: Mapping[str, Clock] = {}


NO_EFFECTS: Final = Effects()


def settle(folio: Folio, calendar: Calendar, now: datetime, record: Record, effects: Effects) -> None:
    """Bring a folio up to `now`, one entry for each moment that fell due, and set when the next one does."""
    due = next_due(folio, calendar, effects)
    while due is not None and due.at <= now:
        reached, noted = max(due.at, folio.told_until or due.at), folio.standing.notes
        if due.source == NOTE:
            effect = effects.notes[due.kind]
            effect.apply(folio, calendar, due.subject, due.at)
            record(effect.entry_kind, due.at, due.subject)
        elif due.source == CLOCK:
            subject = effects.clocks[due.kind].apply(folio, calendar, due.at)
            record(due.kind, due.at, subject or "")
        else:
            _apply(folio, calendar, due)
            record(due.kind, due.at, due.subject)
        folio.reached = reached
        last, due = due, next_due(folio, calendar, effects)
        is_done = due is None or last.source != CLOCK or due > last or folio.standing.notes != noted
        assert is_done, "a clock goes forward, or notes what it has done"
    folio.reached = None
    folio.standing = folio.planned = folio.standing._replace(next_due_at=due.at if due else None)


def next_due(folio: Folio, calendar: Calendar, effects: Effects = NO_EFFECTS) -> Due | None:
    """The first thing that time will do to this folio, or None. On one that was merged, time stands still."""
    if merged_into(folio):
        return None
    soonest: Due | None = None
    for key in folio.lots:
        at = lot_due_at(folio, calendar, key)
        if at is not None and (soonest is None or at <= soonest.at):
            due = Due(at, VEST if key.account == PENDING else EXPIRE)
            soonest = due if soonest is None else min(soonest, due)
    for hold in folio.holds.values():
        if hold.state == OPEN:
            due = Due(hold.deadline, TIME_OUT, hold.hold_id)
            soonest = due if soonest is None else min(soonest, due)
    at = folio.notes_due_at()
    if at is not None:
        due = min(_notes_due(folio, at))
        soonest = due if soonest is None else min(soonest, due)
    for kind, clock in effects.clocks.items():
        at = clock.next_at(folio, calendar)
        if at is not None and (soonest is None or at <= soonest.at):
            due = Due(at, kind, source=CLOCK)
            soonest = due if soonest is None else min(soonest, due)
    return soonest


def _notes_due(folio: Folio, at: datetime) -> list[Due]:
    """The notes that time does something to at a moment."""
    resident = [((kind, ""), note) for kind, note in folio.resident_notes().items()]
    return [
        Due(at, kind, subject=key, source=NOTE)
        for (kind, key), note in [*folio.notes.items(), *resident]
        if note is not None and note.due_at == at
    ]


def plan_next_due(folio: Folio, calendar: Calendar, effects: Effects) -> None:
    """Bring the folio's next due moment forward to what this batch added.

    It may be too early, never too late: what left the folio is noticed when that moment comes. Where nothing
    has happened since `settle` said when, it is that.
    """
    if folio.standing is folio.planned:
        return
    moments = [folio.standing.next_due_at]
    moments += [lot_due_at(folio, calendar, key) for key in folio.touched_lots if key in folio.lots]
    holds = [folio.holds[hold_id] for hold_id in folio.touched_holds if hold_id in folio.holds]
    moments += [hold.deadline for hold in holds if hold.state == OPEN]
    moments.append(folio.notes_due_at())
    moments += [clock.next_at(folio, calendar) for clock in effects.clocks.values()]
    soonest = min((moment for moment in moments if moment is not None), default=None)
    if merged_into(folio):
        soonest = None
    if soonest != folio.standing.next_due_at:
        folio.standing = folio.standing._replace(next_due_at=soonest)


def lot_due_at(folio: Folio, calendar: Calendar, key: LotKey) -> datetime | None:
    """When a lot vests or lapses; None for never. Held lots wait for their hold."""
    if key.account == PENDING:
        return calendar.vest_at(key.vests_on)
    if key.account != AVAILABLE:
        return None
    expires_on = last_day(folio, calendar, key.unit, key.expires_on)
    return None if expires_on == NEVER else calendar.lapse_at(expires_on)


def _apply(folio: Folio, calendar: Calendar, due: Due) -> None:
    if due.kind == TIME_OUT:
        hold = folio.holds[due.subject]
        release_lots(folio, hold.unit, hold.lots, calendar, calendar.today(due.at))
        folio.put_hold(hold.resolve(TIMED_OUT, folio.next_version))
        return
    # Sorted, so that the same lot repays what is owed wherever and whenever this is worked out.
    for key, amount in sorted(folio.lots.items()):
        if lot_due_at(folio, calendar, key) != due.at:
            continue
        if key.account == PENDING and due.kind == VEST:
            _vest(folio, key, amount, calendar, calendar.today(due.at))
        elif key.account == AVAILABLE and due.kind == EXPIRE:
            folio.post(Posting(key.unit, key.fund, VESTED, key.expires_on, AVAILABLE, EXPIRED, amount))


def _vest(folio: Folio, key: LotKey, amount: int, calendar: Calendar, today: date) -> None:
    """Pending points become usable, or repay what is owed first; past their day, they expire on the spot."""
    repaid = min(folio.arrears(key.unit), amount)
    if repaid:
        folio.post(Posting(key.unit, key.fund, key.vests_on, key.expires_on, PENDING, ARREARS, repaid))
    rest = amount - repaid
    if rest:
        usable = last_day(folio, calendar, key.unit, key.expires_on) >= today
        target = AVAILABLE if usable else EXPIRED
        folio.post(Posting(key.unit, key.fund, key.vests_on, key.expires_on, PENDING, target, rest))


def release_lots(folio: Folio, unit: str, lots: Sequence[HeldLot], calendar: Calendar, today: date) -> int:
    """Give held lots back, each with its own expiry; what is past its day lapses. Returns what lapsed."""
    lapsed = 0
    for lot in lots:
        if last_day(folio, calendar, unit, lot.expires_on) < today:
            folio.post(Posting(unit, lot.fund, VESTED, lot.expires_on, HELD, EXPIRED, lot.amount))
            lapsed += lot.amount
        else:
            credit(folio, Lot(unit, lot.fund, VESTED, lot.expires_on), HELD, lot.amount, calendar, today)
    return lapsed
