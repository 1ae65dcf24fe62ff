"""Calendars and windows: the days and hours on which rules apply. Pure: no clock, no database.

All of them are local to the program's time zone. What a document says is turned into what the ledger runs on
by `calendar_of` and `window_of`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from tallybook.programs.local_days import LocalDays
from tallybook.programs.rules import Calendar, Window
from tallybook.programs.section import Section
from tallybook.programs.words import (
    Day,
    DayOrMoment,
    DeclaredCalendar,
    declared,
    mistake,
    without_repeats,
)

DATES_MAX: Final = 10_000
SPANS_MAX: Final = 24
MIDNIGHT: Final = time()
"""As the end of a span of hours: the end of the day."""

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

_SPAN: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])", re.ASCII)


def _span(value: str) -> str:
    if not _SPAN.fullmatch(value) or value[6:] > "24:00":
        raise mistake('must be hours of a day, such as "09:00-17:30", with 24:00 as the end of the day')
    if value[:5] == value[6:]:
        raise mistake("is empty: it ends when it begins")
    if value[:5] > value[6:]:
        raise mistake(
            f'ends before it begins: over midnight it is "{value[:5]}-24:00" and "00:00-{value[6:]}"'
        )
    return value


Span = Annotated[
    str,
    AfterValidator(_span),
    Field(json_schema_extra={"pattern": "^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$"}),
]


class CalendarSection(Section):
    """Days and hours: a moment is in the calendar if it is in all that is given here."""

    weekdays: Annotated[tuple[Weekday, ...], AfterValidator(without_repeats)] = ()
    """Days of the week: mon, tue, wed, thu, fri, sat, sun."""
    month_days: Annotated[
        tuple[Annotated[int, Field(ge=1, le=31)], ...], AfterValidator(without_repeats)
    ] = ()
    """Days of the month, from 1 to 31."""
    dates: Annotated[tuple[Day, ...], Field(max_length=DATES_MAX), AfterValidator(without_repeats)] = ()
    """Single dates, such as 2026-12-25."""
    hours: Annotated[tuple[Span, ...], Field(max_length=SPANS_MAX), AfterValidator(without_repeats)] = ()
    """Spans of hours, such as "17:00-19:00", each without its end."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set or not (self.weekdays or self.month_days or self.dates or self.hours):
            raise mistake("must say weekdays, month_days, dates or hours")
        return self


class WhenSection(Section):
    """When a rule applies."""

    calendars: Annotated[tuple[DeclaredCalendar, ...], AfterValidator(without_repeats)] = ()
    """Calendars, on any of which the rule applies. Without one, it always does."""
    starts: Annotated[DayOrMoment | None, Field(alias="from")] = None
    """The first day, or the moment from which on."""
    ends: Annotated[DayOrMoment | None, Field(alias="until")] = None
    """The last day, or the moment before which."""

    @field_validator("ends")
    @classmethod
    def _after_it_starts(cls, ends: date | datetime | None, info: ValidationInfo) -> date | datetime | None:
        starts, days = info.data.get("starts"), declared(info).days
        if starts is None or ends is None or days is None:
            return ends
        if moment_until(ends, days) <= moment_from(starts, days):
            raise mistake(f"is not after {starts.isoformat()}, from which on it applies")
        return ends


def calendar_of(section: CalendarSection) -> Calendar:
    """The calendar that a section describes."""
    names = get_args(Weekday)
    return Calendar(
        weekdays=frozenset(names.index(name) + 1 for name in section.weekdays),
        month_days=frozenset(section.month_days),
        dates=frozenset(section.dates),
        hours=tuple((time.fromisoformat(span[:5]), _hour(span[6:])) for span in sorted(section.hours)),
    )


def window_of(when: WhenSection | None, calendars: Mapping[str, Calendar], days: LocalDays) -> Window:
    """The window that a section describes, with the calendars of the document."""
    if when is None:
        return Window()
    return Window(
        starts_at=None if when.starts is None else moment_from(when.starts, days),
        ends_at=None if when.ends is None else moment_until(when.ends, days),
        calendars=tuple(calendars[code] for code in when.calendars),
    )


def _hour(text: str) -> time:
    return MIDNIGHT if text == "24:00" else time.fromisoformat(text)


def moment_from(value: date | datetime, days: LocalDays) -> datetime:
    """When something begins that is said to be from a day, or from a moment, on."""
    return value if isinstance(value, datetime) else days.start_of(value)


def moment_until(value: date | datetime, days: LocalDays) -> datetime:
    """When something is over: a last day at its end; a moment is the end itself."""
    return value if isinstance(value, datetime) else days.end_of(value)


# --- windows that meet -----------------------------------------------------------------------------------


def may_meet(one: Window, other: Window) -> bool:
    """Whether there can be a moment in both windows, as far as their ends and calendars tell."""
    if one.ends_at is not None and other.starts_at is not None and one.ends_at <= other.starts_at:
        return False
    if other.ends_at is not None and one.starts_at is not None and other.ends_at <= one.starts_at:
        return False
    if not one.calendars or not other.calendars:
        return True
    return any(_may_share_days(a, b) and _share_hours(a, b) for a in one.calendars for b in other.calendars)


def _may_share_days(one: Calendar, other: Calendar) -> bool:
    if one.dates or other.dates:
        dates = one.dates & other.dates if one.dates and other.dates else one.dates | other.dates
        return any(_is_on(day, one) and _is_on(day, other) for day in dates)
    return _share(one.weekdays, other.weekdays) and _share(one.month_days, other.month_days)


def _is_on(day: date, calendar: Calendar) -> bool:
    return not (calendar.weekdays and day.isoweekday() not in calendar.weekdays) and not (
        calendar.month_days and day.day not in calendar.month_days
    )


def _share(one: frozenset[int], other: frozenset[int]) -> bool:
    return not one or not other or bool(one & other)


def _share_hours(one: Calendar, other: Calendar) -> bool:
    if not one.hours or not other.hours:
        return True
    return any(
        (begins < ends_other or ends_other == MIDNIGHT) and (begins_other < ends or ends == MIDNIGHT)
        for begins, ends in one.hours
        for begins_other, ends_other in other.hours
    )
