"""Ladders for tests: compiled by hand, small, in any time zone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tallybook.growth.ladders import advanced, gained
from tallybook.growth.tier_state import Counted, Outcome, Terms, TierState
from tallybook.programs.expiry import NEVER, end_of_year
from tallybook.programs.ladders import (
    Downgrade,
    Forever,
    ForMonths,
    Ladder,
    RefundPolicy,
    Tier,
    ToEnd,
    Validity,
    Way,
)
from tallybook.programs.local_days import LocalDays, local_days

START = date(2026, 1, 1)
ENROLLED = TierState(at=datetime(2024, 1, 1, tzinfo=UTC))
YEAR = ForMonths(12)
CALENDAR_YEAR = ToEnd(lambda day: end_of_year(day, 12), lambda day: end_of_year(day, 0))


@dataclass
class Plan:
    """As much of a program as ladders need."""

    ladders: Mapping[str, Ladder]
    days: LocalDays = field(default_factory=lambda: local_days("UTC"))
    revision: int = 1


def tier(code: str, growth: int = 0, keep: int = 0, **changes: Any) -> Tier:
    """A tier for so much growth, kept with so much."""
    entry = (Way({"growth": growth}),) if growth else ()
    return Tier(
        code, code, **{"entry": entry, "keep": (Way({"growth": keep}),) if keep else entry, **changes}
    )


def ladder(*tiers: Tier, code: str = "status", validity: Validity | None = None, **changes: Any) -> Ladder:
    """A ladder of tiers, never reviewed if nothing else is said."""
    return Ladder(
        code=code,
        display_name=code,
        tiers=tiers or (tier("silver", 100), tier("gold", 200)),
        validity=validity or Forever(),
        **{
            "grace_days": 0,
            "downgrade": Downgrade.TO_EARNED,
            "refunds": RefundPolicy.AT_ONCE,
            "rolling": frozenset({"growth"}),
            **changes,
        },
    )


def terms(*ladders: Ladder, zone: str = "UTC", revision: int = 1, since: datetime | None = None) -> Terms:
    """A program of these ladders in force."""
    plan = Plan({each.code: each for each in ladders}, local_days(zone), revision)
    return Terms(plan) if since is None else Terms(plan, since)


def at(day: str, hour: int = 12) -> datetime:
    """A moment of a day, in UTC."""
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def growth(steps: int, since: str, through: str = "", unit: str = "growth") -> Counted:
    """Steps that count from a day, through another or for good."""
    last = date.fromisoformat(through) if through else NEVER
    return Counted(unit, date.fromisoformat(since), last, steps)


def day(offset: int) -> date:
    """So many days after the start."""
    return START + timedelta(days=offset)


def told(of: Terms, *facts: Any, state: TierState = ENROLLED) -> Outcome:
    """The outcome of facts, each a moment with units gained, or time that passes to a moment."""
    changes, due = [], []
    for fact in facts:
        if isinstance(fact, datetime):
            outcome = advanced(state, of, fact)
        else:
            moment, *units = fact
            outcome = gained(state, of, moment, units)
        state = outcome.state
        changes += outcome.changes
        due += outcome.due
    return Outcome(state, tuple(changes), tuple(due))


def year_of(steps: int, day: str) -> tuple[datetime, Counted]:
    """Steps gained on a day that count for twelve months."""
    earned = date.fromisoformat(day)
    return at(day), growth(steps, day, earned.replace(year=earned.year + 1).isoformat())


def path(outcome: Outcome) -> list[str]:
    """The changes, as in `2026-01-01 silver -> gold reached`."""
    return [
        f"{change.at:%Y-%m-%d %H:%M} {change.before or '-'} -> {change.after or '-'} {change.why}"
        for change in outcome.changes
    ]
