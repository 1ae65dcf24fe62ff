"""Programs as the oracle reads them, and documents that tell the book the same. Pure: no clock, no database.

Written from the design's pages and the glossary, not from the library: nothing here is imported from it.
"""

from __future__ import annotations

import json
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

NEVER = date(9999, 12, 31)
DAY = timedelta(days=1)
PARTNER = "partner"
HOLD_SECONDS_DEFAULT = 900
HOLD_SECONDS_MAX = 7 * 24 * 60 * 60
GRACE_DAYS = 2

# What a policy of one date for all lapses on: the machine's clocks start within a few days before it.
ONE_DATE = date(2026, 3, 10)
IDLE = ("after_idle_months", 1)
LONG_LIVED = [("never", 0), ("after_days", 3), ("after_months", 1), ("end_of_month", 1), ("on_date", 0), IDLE]
SHORT_LIVED = [("after_days", 1), ("end_of_month", 0), ("end_of_quarter", 0), ("end_of_year", 0)]
ZONES = ["UTC", "Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"]


@dataclass(frozen=True)
class UnitPolicy:
    """How one unit lapses, vests and is spent."""

    kind: str
    expiry: tuple[str, int]
    vesting_days: int = 0
    funds_first: tuple[str, ...] = ()

    def expires_on(self, earned_on: date) -> date:
        """The last day on which points earned on a day can be spent."""
        kind, number = self.expiry
        if kind in ("never", "after_idle_months"):
            return NEVER
        if kind == "after_days":
            return earned_on + number * DAY
        if kind == "on_date":
            return ONE_DATE
        month = months_later(earned_on, number)
        if kind == "after_months":
            return month
        period = {"end_of_month": 1, "end_of_quarter": 3, "end_of_year": 12}[kind]
        while month.month % period:
            month = months_later(month.replace(day=1), 1)
        return month.replace(day=monthrange(month.year, month.month)[1])

    def document(self) -> dict[str, Any]:
        """The unit's section."""
        kind, number = self.expiry
        argument = {
            "after_days": {"days": number},
            "after_months": {"months": number},
            "after_idle_months": {"months": number},
            "on_date": {"date": ONE_DATE.isoformat()},
            "never": {},
        }.get(kind, {"plus_months": number})
        section: dict[str, Any] = {"kind": self.kind, "expiry": {"kind": kind, **argument}}
        if self.vesting_days:
            section["vesting"] = {"kind": "after_days", "days": self.vesting_days}
        if self.funds_first:
            section["spend_order"] = {"kind": "fund_order", "funds": list(self.funds_first)}
        return section


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True)
class Policy:
    """A program: what the oracle decides by."""

    zone: str
    units: dict[str, UnitPolicy]
    shortfall: str
    lapsed: str

    def today(self, now: datetime) -> date:
        """The day it is in the program's time zone."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def midnight(self, day: date) -> datetime:
        """When a day begins. None of the zones below ever changes its clocks at midnight."""
        if day >= NEVER:
            return datetime.max.replace(tzinfo=UTC)
        return datetime.combine(day, time(), ZoneInfo(self.zone)).astimezone(UTC)

    @property
    def days(self) -> tuple[str, dict[str, bool]]:
        """What decides when that which members have vests and lapses."""
        return self.zone, {code: unit.expiry == IDLE for code, unit in self.units.items()}

    def with_days_of(self, other: Policy) -> Policy:
        """The same, but for what would move days."""
        moved = {code for code, is_idle in self.days[1].items() if is_idle != other.days[1][code]}
        units = {code: other.units[code] if code in moved else unit for code, unit in self.units.items()}
        return replace(self, zone=other.zone, units=units)

    def idle_day(self, unit: str, active_at: datetime | None) -> date:
        """The last day before inactivity takes a unit; NEVER without such a rule."""
        kind, months = self.units[unit].expiry if unit in self.units else ("never", 0)
        if kind != "after_idle_months" or active_at is None:
            return NEVER
        return months_later(self.today(active_at), months)

    def document(self, program: str) -> str:
        """The same as a document for the book."""
        lapsed = {"kind": self.lapsed} | ({"days": GRACE_DAYS} if self.lapsed == "grace_days" else {})
        return json.dumps(
            {
                "program": program,
                "timezone": self.zone,
                "funds": [PARTNER],
                "units": {code: unit.document() for code, unit in self.units.items()},
                "refunds": {"shortfall": self.shortfall, "lapsed": lapsed},
                "holds": {"default_seconds": HOLD_SECONDS_DEFAULT, "longest_seconds": HOLD_SECONDS_MAX},
            }
        )


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Any program that the machine plays by."""
    return Policy(
        zone=draw(st.sampled_from(ZONES)),
        units={
            "points": draw(units_of("redeemable", LONG_LIVED + SHORT_LIVED)),
            "growth": draw(units_of("qualifying", [("never", 0), ("after_days", 3)])),
        },
        shortfall=draw(st.sampled_from(["arrears", "within_balance", "only_pending"])),
        lapsed=draw(st.sampled_from(["keep_expired", "grace_days", "reissue"])),
    )


@st.composite
def units_of(draw: st.DrawFn, kind: str, expiries: list[tuple[str, int]]) -> UnitPolicy:
    """A unit whose points never lapse before they vest, which no document may ask for."""
    expiry = draw(st.sampled_from(expiries))
    return UnitPolicy(
        kind=kind,
        expiry=expiry,
        vesting_days=draw(st.sampled_from([0, 0, 1, 2] if expiry in LONG_LIVED else [0])),
        funds_first=draw(st.sampled_from([(), (PARTNER,), ("house", PARTNER)])),
    )
