"""When a local day begins and when it is over, in a time zone. Pure: no clock, no database.

Most days begin at midnight. Some do not: clocks that go forward at midnight skip it, clocks that go back can
show it twice, and a country that crosses the date line skips a whole day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from tallybook.programs.expiry import NEVER
from tallybook.programs.memo import Memo

TICK: Final = timedelta(microseconds=1)
"""From one moment to the next."""
BEGINNING_OF_TIME: Final = datetime.min.replace(tzinfo=UTC)
END_OF_TIME: Final = datetime.max.replace(tzinfo=UTC)

_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)


class LocalDays:
    """The days of one time zone. Moments are aware; those given back are in UTC."""

    __slots__ = ("_ends", "_starts", "zone")

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._starts = Memo(self._start_of)
        self._ends = Memo(self._end_of)

    def day_of(self, moment: datetime) -> date:
        """The local date at `moment`; at the ends of the calendar, its first or last day."""
        assert moment.tzinfo is not None, "a moment without a time zone is no moment"
        try:
            return moment.astimezone(self.zone).date()
        except OverflowError:
            return date.min if moment.year == date.min.year else date.max

    def start_of(self, day: date) -> datetime:
        """The first moment whose local date is `day` or later."""
        return self._starts[day]

    def end_of(self, day: date) -> datetime:
        """The first moment after which the local date is never `day` or earlier again.

        END_OF_TIME for NEVER.
        """
        return self._ends[day]

    def _start_of(self, day: date) -> datetime:
        first, second = self._midnights(day)
        return self._jump_to(day, second, first) if second < first else first

    def _end_of(self, day: date) -> datetime:
        if day >= NEVER:
            return END_OF_TIME
        after = day + _DAY
        first, second = self._midnights(after)
        if second < first:
            return self._jump_to(after, second, first)
        # Clocks that go back over midnight return to `day`: it is over the second time.
        returned = first < second and self.day_of(second - _SECOND) <= day
        return second if returned else first

    def _midnights(self, day: date) -> tuple[datetime, datetime]:
        """The moments when clocks show midnight of `day`: the same one twice, but for changes of the clock.

        Where clocks show it twice, the earlier comes first. Where they skip it, the second comes before the
        change and the first at it or after it (PEP 495).
        """
        midnight = datetime.combine(day, time(), tzinfo=self.zone)
        return _in_utc(midnight), _in_utc(midnight.replace(fold=1))

    def _jump_to(self, day: date, before: datetime, after: datetime) -> datetime:
        """The moment between the two when clocks jump to `day` or past it. Offsets are whole seconds."""
        while after - before > _SECOND:
            middle = before + (after - before) // _SECOND // 2 * _SECOND
            if self.day_of(middle) < day:
                before = middle
            else:
                after = middle
        return after


@cache
def local_days(timezone: str) -> LocalDays:
    """The days of an IANA time zone: all programs in it share what is known of them."""
    return LocalDays(ZoneInfo(timezone))


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return BEGINNING_OF_TIME if moment.year == date.min.year else END_OF_TIME
