"""Grants by the calendar as the ledger runs on them: compiled, immutable. Pure: no clock, no database.

A grant has a day: a birthday, a festival, an anniversary. A new kind of day is a class here, a model in
`grants_document` and a case in `days_of`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple, Protocol

from tallybook.programs.conditions import Condition
from tallybook.programs.expiry import NEVER, after_months
from tallybook.programs.rewards import Reward

ONCE: Final = "once"
"""The key of what a member gets only once."""
FEBRUARY_29: Final = (2, 29)


class Leap(StrEnum):
    """When a birthday of 29 February is in other years."""

    FEB_28 = "feb_28"
    MAR_1 = "mar_1"


class Person(NamedTuple):
    """What a member's days are found by: the local day of enrolment, and month and day of birth, if known."""

    enrolled_on: date
    birthday: tuple[int, int] | None


class Occasion(NamedTuple):
    """A day that something is given for. Keys rise with days: the year, the date itself, or `once`."""

    key: str
    day: date


class Days(Protocol):
    """The days of a grant."""

    def since(self, day: date, person: Person) -> Iterator[Occasion]:
        """The occasions on a day and after it, in their order."""


@dataclass(frozen=True, slots=True)
class Birthdays:
    """Every birthday."""

    leap: Leap = Leap.FEB_28

    def since(self, day: date, person: Person) -> Iterator[Occasion]:
        if person.birthday is None:
            return
        for year in range(day.year, NEVER.year):
            on = self.in_year(year, person.birthday)
            if on >= day:
                yield Occasion(str(year), on)

    def in_year(self, year: int, birthday: tuple[int, int]) -> date:
        """The day of a birthday in a year."""
        if birthday == FEBRUARY_29 and not is_leap(year):
            return date(year, 2, 28) if self.leap is Leap.FEB_28 else date(year, 3, 1)
        return date(year, *birthday)


@dataclass(frozen=True, slots=True)
class Festival:
    """The same day of every year."""

    month: int
    day: int

    def since(self, day: date, person: Person) -> Iterator[Occasion]:
        for year in range(day.year, NEVER.year):
            on = date(year, self.month, self.day)
            if on >= day:
                yield Occasion(str(year), on)


@dataclass(frozen=True, slots=True)
class Dates:
    """Days that somebody has written down, in their order."""

    dates: tuple[date, ...]

    def since(self, day: date, person: Person) -> Iterator[Occasion]:
        for on in self.dates:
            if on >= day:
                yield Occasion(on.isoformat(), on)


@dataclass(frozen=True, slots=True)
class Anniversaries:
    """Every anniversary of enrolment; of 29 February, 28 February in other years."""

    def since(self, day: date, person: Person) -> Iterator[Occasion]:
        enrolled_on = person.enrolled_on
        for year in range(max(day.year, enrolled_on.year + 1), NEVER.year):
            on = after_months(enrolled_on, 12 * (year - enrolled_on.year))
            if on >= day:
                yield Occasion(str(year), on)


@dataclass(frozen=True, slots=True)
class Tenure:
    """The day so many months after enrolment, or the last of a shorter month. It comes once."""

    months: int

    def since(self, day: date, person: Person) -> Iterator[Occasion]:
        on = after_months(person.enrolled_on, self.months)
        if day <= on < NEVER:
            yield Occasion(ONCE, on)


def is_leap(year: int) -> bool:
    """Whether a year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@dataclass(frozen=True, slots=True)
class Grant:
    """What members get on days of the calendar, from `starts` through `ends`.

    A member who comes to fit it after such a day still gets it, up to `catch_up_days` later. Of `tiers` and
    `tags` any will do; none at all is everybody.
    """

    code: str
    display_name: str
    days: Days
    starts: date
    ends: date
    catch_up_days: int
    rewards: tuple[Reward, ...]
    condition: Condition | None = None
    tiers: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
