"""Velocity limits: how much a member may do in an hour, a day or a week. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final, Self

from pydantic import ValidationInfo, field_validator, model_validator

from tallybook.programs.local_days import LocalDays
from tallybook.programs.section import Section
from tallybook.programs.words import Amount, DeclaredUnit, check_whole_steps, mistake

VELOCITY_MAX: Final = 32


class What(StrEnum):
    """What is counted."""

    EVENTS = "events"  # events that are recorded, of any kind
    UNITS_EARNED = "units_earned"  # units that are awarded, or that events earn
    UNITS_REDEEMED = "units_redeemed"  # units that are spent, held or given away
    MONEY_SPENT = "money_spent"  # stored value that is spent or held


HAS_HAPPENED: Final = frozenset({What.EVENTS, What.UNITS_EARNED})
"""What is too late to be refused when it is told."""


class Span(StrEnum):
    """How long is counted before counting begins anew."""

    HOUR = "hour"  # from one full hour to the next, in UTC
    DAY = "day"  # of the program's time zone
    WEEK = "week"  # from Monday on


class Then(StrEnum):
    """What happens when there is more."""

    REFUSE = "refuse"  # it is not done
    REVIEW = "review"  # it is done, and somebody is to look at it
    FREEZE = "freeze"  # the same, and the member can do no more meanwhile


class FreezeScope(StrEnum):
    """What a member that is frozen cannot do."""

    EARN = "earn"
    REDEEM = "redeem"
    ALL = "all"


class VelocitySection(Section):
    """A bound on how much one member does in a short time, against abuse."""

    what: What
    """What is counted: events, units_earned, units_redeemed or money_spent."""
    unit: DeclaredUnit | None = None
    """The unit that is counted. Events have none."""
    most: Amount
    """So many events or whole units are nothing to wonder about."""
    period: Span
    """In which time: an hour, a day or a week."""
    then: Then
    """What happens when there is more: refuse, review or freeze."""
    scope: FreezeScope | None = None
    """Of freeze: what the member cannot do any more: earn, redeem or all, which is the default."""

    @field_validator("most")
    @classmethod
    def _countable(cls, most: Fraction, info: ValidationInfo) -> Fraction:
        if info.data.get("unit") is not None:
            check_whole_steps(most, info.data["unit"], info, ())
        elif most.denominator != 1:
            raise mistake("must be a whole number of events")
        return most

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if self.what is What.EVENTS and self.unit is not None:
            raise mistake("belongs to what is counted in units, and events are not", at=("unit",))
        if self.what is not What.EVENTS and self.unit is None:
            raise mistake(f"counts {self.what}, and needs the unit")
        if self.what in HAS_HAPPENED and self.then is Then.REFUSE:
            raise mistake(f"cannot be refuse: {self.what} are told when they have happened", at=("then",))
        if self.scope is not None and self.then is not Then.FREEZE:
            raise mistake("belongs to freeze", at=("scope",))
        return self


@dataclass(frozen=True, slots=True)
class VelocityLimit:
    """A limit as the ledger runs on it: `most` in the smallest step of `unit`, which is empty for events."""

    code: str
    what: What
    unit: str
    most: int
    period: Span
    then: Then
    scope: FreezeScope

    def since(self, days: LocalDays, now: datetime) -> datetime:
        """When the period began that a moment lies in, in UTC."""
        if self.period is Span.HOUR:
            return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        day = days.day_of(now)
        return days.start_of(day - timedelta(days=day.weekday()) if self.period is Span.WEEK else day)


Velocity = Mapping[tuple[What, str], tuple[VelocityLimit, ...]]
"""The limits by what they count."""


def velocity_of(sections: Mapping[str, VelocitySection], scales: Mapping[str, int]) -> Velocity:
    """The limits of a program, whose units have these scales."""
    found: dict[tuple[What, str], tuple[VelocityLimit, ...]] = {}
    for code, section in sections.items():
        unit = section.unit or ""
        limit = VelocityLimit(
            code=code,
            what=section.what,
            unit=unit,
            most=int(section.most * 10 ** scales.get(unit, 0)),
            period=section.period,
            then=section.then,
            scope=section.scope or FreezeScope.ALL,
        )
        found[limit.what, unit] = (*found.get((limit.what, unit), ()), limit)
    return found
