"""What falls due on a folio, and when, the soonest first. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from heapq import heappop, heappush
from typing import Final, NamedTuple

from tallybook.journal.accounts import AVAILABLE, NEVER, PENDING, LotKey
from tallybook.journal.calendar import Calendar, last_day
from tallybook.journal.folio import Folio, Stirred
from tallybook.journal.holds import OPEN

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


class Agenda:
    """What time will do to a folio's lots, holds and notes.

    It looks through the folio once. Then it is told what was stirred, and passes over what is no longer so:
    what a moment costs does not depend on how much else there is.
    """

    def __init__(self, folio: Folio, calendar: Calendar) -> None:
        self._folio = folio
        self._calendar = calendar
        self._ahead: list[tuple[Due, Stirred]] = []  # a heap
        resident = [(kind, "") for kind in folio.resident_notes()]
        self._add([*folio.lots, *folio.holds, *folio.notes, *resident])

    def first(self) -> Due | None:
        """The first of it."""
        while self._ahead:
            due, each = self._ahead[0]
            if self._due(each) == due:
                return due
            heappop(self._ahead)
        return None

    def lots(self, due: Due) -> list[LotKey]:
        """The lots that fall due together, which is the first thing ahead. Sorted, so that the same lot
        repays what is owed wherever and whenever this is worked out.
        """
        found = set()
        while self.first() == due:
            _, each = heappop(self._ahead)
            assert isinstance(each, LotKey), "a hold falls due on its own"
            found.add(each)
        return sorted(found)

    def follow(self) -> None:
        """Take in what was stirred since the last time."""
        self._add(self._folio.stirred or ())
        self._folio.stirred = []

    def _add(self, stirred: Iterable[Stirred]) -> None:
        for each in stirred:
            due = self._due(each)
            if due is not None:
                heappush(self._ahead, (due, each))

    def _due(self, each: Stirred) -> Due | None:
        """What time will do to something, as it is now."""
        folio = self._folio
        if isinstance(each, str):
            hold = folio.holds.get(each)
            return Due(hold.deadline, TIME_OUT, each) if hold is not None and hold.state == OPEN else None
        if isinstance(each, LotKey):
            at = lot_due_at(folio, self._calendar, each) if each in folio.lots else None
            return None if at is None else Due(at, VEST if each.account == PENDING else EXPIRE)
        kind, key = each
        note = folio.notes.get(each) if key else folio.resident_notes().get(kind)
        return None if note is None or note.due_at is None else Due(note.due_at, kind, key, NOTE)


def lot_due_at(folio: Folio, calendar: Calendar, key: LotKey) -> datetime | None:
    """When a lot vests or lapses; None for never. Held lots wait for their hold."""
    if key.account == PENDING:
        return calendar.vest_at(key.vests_on)
    if key.account != AVAILABLE:
        return None
    expires_on = last_day(folio, calendar, key.unit, key.expires_on)
    return None if expires_on == NEVER else calendar.lapse_at(expires_on)
