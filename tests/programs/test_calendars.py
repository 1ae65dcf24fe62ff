"""Whether windows can meet: what decides that a group's rules need an order. Knows no clock."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from tallybook.programs.calendars import may_meet
from tallybook.programs.rules import Calendar, Window

NOON = datetime(2026, 5, 17, 12, tzinfo=UTC)  # a Sunday
MORNING, EVENING = (time(6), time(12)), (time(18), time(0))


def on(**calendar: Any) -> Window:
    return Window(calendars=(Calendar(**calendar),))


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (Window(), Window(), True),
        (Window(ends_at=NOON), Window(starts_at=NOON), False),
        (Window(ends_at=NOON), Window(ends_at=NOON), True),
        (Window(starts_at=NOON), on(weekdays={1}), True),
        (on(weekdays={1, 2}), on(weekdays={2}), True),
        (on(weekdays={1}), on(weekdays={2}), False),
        (on(month_days={1}), on(month_days={2}), False),
        (on(month_days={13}), on(weekdays={5}), True),
        (on(dates={date(2026, 5, 17)}), on(weekdays={7}), True),
        (on(dates={date(2026, 5, 17)}), on(weekdays={1}), False),
        (on(dates={date(2026, 5, 17)}), on(month_days={16}), False),
        (on(dates={date(2026, 5, 17)}, weekdays={1}), on(month_days={17}), False),
        (on(dates={date(2026, 5, 17)}), on(dates={date(2026, 5, 18)}), False),
        (on(hours=(MORNING,)), on(hours=(EVENING,)), False),
        (on(hours=(MORNING, EVENING)), on(hours=((time(23), time(0)),)), True),
        (on(hours=((time(10), time(11)),)), on(hours=((time(11), time(12)),)), False),
        (Window(calendars=(Calendar({1}), Calendar({2}))), on(weekdays={2}), True),
    ],
)
def test_windows_meet_or_not(one: Window, other: Window, meet: bool) -> None:
    assert may_meet(one, other) is may_meet(other, one) is meet
