"""What time does to a folio: release dead holds, vest, expire. Pure: no clock, no database.

`settle` runs before every command and in every read, so no answer depends on whether a job has run. Each
moment that falls due becomes an entry of its own, dated at that moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from tallybook.journal.accounts import (
    ARREARS,
    AVAILABLE,
    EXPIRED,
    HELD,
    PENDING,
    VESTED,
    LotKey,
    Posting,
)
from tallybook.journal.calendar import Calendar, last_day
from tallybook.journal.due import CLOCK, LOTS, NOTE, TIME_OUT, VEST, Agenda, Due, lot_due_at
from tallybook.journal.folio import Folio
from tallybook.journal.holds import OPEN, TIMED_OUT, HeldLot
from tallybook.journal.merged import merged_into
from tallybook.journal.moves import Lot, credit

Record = Callable[[Any, str, datetime, str], None]
"""Seals the drafted entry: the calendar it goes by, its kind, when it occurred, and its subject."""

Earlier = Sequence[tuple[Any, datetime]]
"""Calendars that were in force before, in their order, each with the moment at which the next followed."""


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

    `lasts` says whether what `next_at` said still holds after these postings, with which lots vested, lapsed
    or were released; it is there where to ask again means to look through all lots.
    """

    entry_kind: str
    next_at: Callable[[Folio, Any], datetime | None]
    apply: Callable[[Folio, Any, datetime], str | None]
    lasts: Callable[[Folio, Any, Sequence[Posting]], bool] | None = None


class Effects(NamedTuple):
    """What time does besides vesting and lapsing: to notes, by their kind, and by clocks, by entry kind."""

    notes: Mapping[str, Effect] = {}
    clocks: Mapping[str, Clock] = {}


NO_EFFECTS: Final = Effects()


def settle(
    folio: Folio,
    calendar: Calendar,
    now: datetime,
    record: Record,
    effects: Effects,
    at_most: int | None = None,
    earlier: Earlier = (),
) -> None:
    """Bring a folio up to `now`, one entry for each moment that fell due, and set when the next one does.

    What fell due when one of the `earlier` calendars was in force goes by that one, so that it makes no
    difference who settles the folio when.

    After `at_most` moments it leaves off: the folio is due then, and notes how far it has come, so that who
    goes on does the same as if nobody had left off.
    """
    ahead = _Ahead(folio, calendar, effects, earlier)
    due, moments = ahead.pass_to(now), 0
    if due is not None and due.at <= now:
        folio.stirred = []
        folio.go_on()
    while due is not None and due.at <= now and moments != at_most:
        noted = folio.standing.notes
        reached = max(due.at, folio.told_until or due.at)
        by = ahead.calendar
        subject = _happen(folio, by, due, ahead, effects)
        folio.reached = reached
        ahead.follow(due)
        last, due, moments = due, ahead.pass_to(now), moments + 1
        is_done = due is None or last.source != CLOCK or due > last or folio.standing.notes != noted
        is_done = is_done or ahead.calendar is not by
        assert is_done, "a clock goes forward, or notes what it has done"
        if moments == at_most and due is not None and due.at <= now:
            folio.leave_off()
        kind = effects.notes[last.kind].entry_kind if last.source == NOTE else last.kind
        record(by, kind, last.at, subject)
    folio.reached = folio.stirred = None
    next_at = due.at if due else None
    if folio.unread_until is not None and not merged_into(folio):
        next_at = min(next_at or folio.unread_until, folio.unread_until)
    folio.standing = folio.planned = replace(folio.standing, next_due_at=next_at)


def next_due(folio: Folio, calendar: Calendar, effects: Effects = NO_EFFECTS) -> Due | None:
    """The first thing that time will do to this folio, or None. On one that was merged, time stands still."""
    return _Ahead(folio, calendar, effects).first()


class _Ahead:
    """What time will do to a folio: what lies on its agenda, and what clocks say, by one calendar after the
    other.
    """

    def __init__(self, folio: Folio, calendar: Calendar, effects: Effects, earlier: Earlier = ()) -> None:
        self._folio = folio
        self._clocks = effects.clocks
        self._stands_still = bool(merged_into(folio))
        self._reigns = iter((*earlier, (calendar, None)))
        self._turn()

    def _turn(self) -> None:
        """Go on by the next calendar."""
        self.calendar, self._until = next(self._reigns)
        self._told: dict[str, datetime | None] = {}
        self.agenda = Agenda(self._folio, self.calendar)

    def pass_to(self, now: datetime) -> Due | None:
        """The first of it, by the calendar that is in force then; where that is after `now`, by the last."""
        due = self.first()
        while self._until is not None and (due is None or due.at >= self._until or due.at > now):
            self._turn()
            due = self.first()
        return due

    def first(self) -> Due | None:
        """The first of it. Where the page was merged, time stands still."""
        if self._stands_still:
            return None
        soonest = self.agenda.first()
        for kind, clock in self._clocks.items():
            if kind not in self._told:
                self._told[kind] = clock.next_at(self._folio, self.calendar)
            at = self._told[kind]
            if at is not None and (soonest is None or at <= soonest.at):
                due = Due(at, kind, source=CLOCK)
                soonest = due if soonest is None else min(soonest, due)
        return soonest

    def follow(self, done: Due) -> None:
        """Take in what has happened when something fell due, before an entry tells of it."""
        self.agenda.follow()
        for kind, clock in self._clocks.items():
            lasts = clock.lasts if done.source == LOTS else None
            if lasts is None or not lasts(self._folio, self.calendar, self._folio.posted):
                self._told.pop(kind, None)


def plan_next_due(folio: Folio, calendar: Calendar, effects: Effects) -> None:
    """Bring the folio's next due moment forward to what this batch added.

    It may be too early, never too late: what left the folio is noticed when that moment comes. Where nothing
    has happened since `settle` said when, it is that.
    """
    if folio.standing is folio.planned:
        return
    moments = [folio.standing.next_due_at, folio.notes_due_at()]
    for key in folio.touched_lots:
        if key in folio.lots:
            moments.append(lot_due_at(folio, calendar, key))
    for hold_id in folio.touched_holds:
        hold = folio.holds.get(hold_id)
        if hold is not None and hold.state == OPEN:
            moments.append(hold.deadline)
    for clock in effects.clocks.values():
        moments.append(clock.next_at(folio, calendar))
    soonest = min(filter(None, moments), default=None)
    if merged_into(folio):
        soonest = None
    if soonest != folio.standing.next_due_at:
        folio.standing = replace(folio.standing, next_due_at=soonest)


def _happen(folio: Folio, calendar: Calendar, due: Due, ahead: _Ahead, effects: Effects) -> str:
    """Do what falls due. Returns what the entry is about."""
    if due.source == NOTE:
        effects.notes[due.kind].apply(folio, calendar, due.subject, due.at)
    elif due.source == CLOCK:
        return effects.clocks[due.kind].apply(folio, calendar, due.at) or ""
    elif due.kind == TIME_OUT:
        hold = folio.holds[due.subject]
        release_lots(folio, hold.unit, hold.lots, calendar, calendar.today(due.at))
        folio.put_hold(hold.resolve(TIMED_OUT, folio.next_version))
    else:
        for key in ahead.agenda.lots(due):
            if due.kind == VEST:
                _vest(folio, key, folio.lots[key], calendar, calendar.today(due.at))
            else:
                _lapse(folio, key, folio.lots[key])
    return due.subject


def _lapse(folio: Folio, key: LotKey, amount: int) -> None:
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
