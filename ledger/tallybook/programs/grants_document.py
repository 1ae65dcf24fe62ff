"""Grants by the calendar as a document says them: birthdays, festivals. Pure: no clock, no database.

What concerns units too is in `grant_contradictions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from tallybook.programs import grants
from tallybook.programs.conditions import compile_condition
from tallybook.programs.expiry import NEVER
from tallybook.programs.grants import Leap
from tallybook.programs.rewards_document import RewardSections, rewards_of
from tallybook.programs.section import Section
from tallybook.programs.words import Day, DeclaredTier, DisplayName, Label, Months, mistake, without_repeats

GRANTS_MAX: Final = 50
"""What a member was given of each lies on the folio."""
DATES_MAX: Final = 366
CATCH_UP_DAYS_MAX: Final = 366
FITTING_MAX: Final = 100
_A_LEAP_YEAR: Final = 2000


class BirthdayDay(Section):
    """The member's birthday, as far as it is known."""

    kind: Literal["birthday"]
    feb_29: Leap = Leap.FEB_28
    """When a birthday of 29 February is in other years."""


class FestivalDay(Section):
    """The same day of every year, such as 1 January."""

    kind: Literal["festival"]
    month: Annotated[int, Field(ge=1, le=12)]
    """The month, 1 to 12."""
    day: Annotated[int, Field(ge=1, le=31)]
    """The day of the month."""

    @field_validator("day")
    @classmethod
    def _is_in_every_year(cls, day: int, info: ValidationInfo) -> int:
        month = info.data.get("month")
        if month is None:
            return day
        try:
            date(_A_LEAP_YEAR, month, day)
        except ValueError:
            raise mistake(f"is not a day of month {month}") from None
        if (month, day) == grants.FEBRUARY_29:
            raise mistake("is not in every year: take kind dates, or another day")
        return day


class GivenDays(Section):
    """Dates, each for itself: a festival by the moon, the members' day of every month."""

    kind: Literal["dates"]
    dates: Annotated[
        tuple[Day, ...], Field(min_length=1, max_length=DATES_MAX), AfterValidator(without_repeats)
    ]
    """The dates, such as 2027-02-06."""


class AnniversaryDay(Section):
    """Every anniversary of the member's enrolment."""

    kind: Literal["anniversary"]


class TenureDay(Section):
    """The day on which the member has been one for so long: once."""

    kind: Literal["tenure"]
    months: Months
    """How many months after enrolment."""


DaySection = Annotated[
    BirthdayDay | FestivalDay | GivenDays | AnniversaryDay | TenureDay, Field(discriminator="kind")
]


class CalendarGrantSection(Section):
    """What members get on days of the calendar, when the day begins in the program's time zone."""

    display_name: DisplayName = ""
    """Name for people."""
    day: DaySection
    """The day: birthday, festival, dates, anniversary or tenure. Its kind stays."""
    starts: Annotated[Day, Field(alias="from")]
    """The first day that it is given for. No day before a member's enrolment counts."""
    ends: Annotated[Day | None, Field(alias="until")] = None
    """The last day that it is given for."""
    catch_up_days: Annotated[int, Field(ge=0, le=CATCH_UP_DAYS_MAX)] = 0
    """How many days later a member gets it who fits it only then, or whose birthday is told only then."""
    rewards: Annotated[RewardSections, Field(min_length=1)]
    """What is given."""
    tiers: Annotated[
        tuple[DeclaredTier, ...], Field(max_length=FITTING_MAX), AfterValidator(without_repeats)
    ] = ()
    """The only tiers that get it."""
    tags: Annotated[tuple[Label, ...], Field(max_length=FITTING_MAX), AfterValidator(without_repeats)] = ()
    """The only members that get it: those with any of these tags."""
    condition: str | None = None
    """What must hold besides, in CEL over member and local, such as `member.days_enrolled >= 30`."""

    @field_validator("ends")
    @classmethod
    def _not_before_it_starts(cls, ends: date | None, info: ValidationInfo) -> date | None:
        starts = info.data.get("starts")
        if ends is not None and starts is not None and ends < starts:
            raise mistake(f"is before {starts.isoformat()}, from which on it is given")
        return ends

    @field_validator("condition")
    @classmethod
    def _is_about_the_member(cls, condition: str | None) -> str | None:
        if condition is not None:
            reads = compile_condition(condition, frozenset()).reads
            others = sorted(name for name in reads if not name.startswith(("member.", "local.")))
            if others:
                raise mistake(f"names {others[0]}, and there is no event: only member and local are known")
        return condition


def grants_of(
    sections: Mapping[str, CalendarGrantSection], scales: Mapping[str, int]
) -> Mapping[str, grants.Grant]:
    """Grants ready to run, by code; `scales` are those of the units."""
    return MappingProxyType(
        {
            code: grants.Grant(
                code=code,
                display_name=section.display_name or code,
                days=days_of(section.day),
                starts=section.starts,
                ends=section.ends or NEVER,
                catch_up_days=section.catch_up_days,
                rewards=rewards_of(section.rewards, scales),
                condition=None
                if section.condition is None
                else compile_condition(section.condition, frozenset()),
                tiers=frozenset(section.tiers),
                tags=frozenset(section.tags),
            )
            for code, section in sorted(sections.items())
        }
    )


def days_of(section: DaySection) -> grants.Days:
    """The days that a section describes."""
    match section:
        case BirthdayDay(feb_29=leap):
            return grants.Birthdays(leap)
        case FestivalDay(month=month, day=day):
            return grants.Festival(month, day)
        case GivenDays(dates=dates):
            return grants.Dates(tuple(sorted(dates)))
        case AnniversaryDay():
            return grants.Anniversaries()
        case TenureDay(months=months):
            return grants.Tenure(months)
