"""What a task gave stays given when an order of an earlier revision is refunded: each period goes by
the terms under which its goal was reached: a refund takes back what its order's period gave, and no more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
import tallybook as tb

from tests.clocks import SetClock

MONTHS = range(1, 6)


def program(**terms: Any) -> str:
    """A task for an order a month, which gives 40 points."""
    gift = {"kind": "units", "unit": "points", "units": 40}
    task = {"goal": {"kind": "count", "reach": 1}, "period": "month", "rewards": [gift], **terms}
    content = {"program": "shop", "timezone": "UTC", "units": {"points": {"kind": "redeemable"}}}
    return json.dumps({**content, "tasks": {"monthly": task}})


class Customer:
    """Amy, who buys once a month; the program changes in March."""

    def __init__(self, url: str) -> None:
        self.clock = SetClock(datetime(2026, 1, 5, 9, tzinfo=UTC))
        self.book = tb.Book.open(url, clock=self.clock)

    def told(self, event: tb.Event, member: str = "amy", at: datetime | None = None) -> Any:
        self.clock.forward(seconds=60)
        return self.book.do(tb.RecordEvent(program="shop", member=member, event=event, occurred_at=at))

    def buy(self, order: str, member: str = "amy", at: datetime | None = None) -> Any:
        bought = tb.Purchase(order_id=order, currency="USD", lines=(tb.Line(amount=100),))
        return self.told(bought, member, at)

    def refund(self, order: str) -> Any:
        return self.told(tb.Refund(refund_id=f"{order}-back", order_id=order))

    def points(self) -> int:
        return self.book.ask(tb.Balances(program="shop", member="amy")).of("points").available

    def months(self) -> list[int]:
        """The months in which the task is completed, as things stand."""
        (task,) = self.book.ask(tb.GetTasks(program="shop", member="amy"))
        return [each.since.month for each in task.completions]

    def enroll(self, *members: str) -> None:
        for member in members:
            self.book.do(tb.Enroll(program="shop", member=member, request_id="e"))

    def buys_through(self, before: Mapping[str, Any], since_march: Mapping[str, Any]) -> None:
        """An order in each of the months."""
        self.book.apply(program(**before))
        self.enroll("amy")
        for month in MONTHS:
            self.clock.now = datetime(2026, month, 5, 9, tzinfo=UTC)
            if month == 3:
                self.book.apply(program(**since_march))
            self.buy(f"o{month}")


@pytest.fixture
def amy(database_url: str) -> Iterator[Customer]:
    opened = Customer(database_url)
    yield opened
    assert [each.disagreement for each in opened.book.verify("shop") if each.disagreement] == []
    opened.book.close()


TWICE: Mapping[str, Any] = {"most_times": 2}
PAIRS: Mapping[str, Any] = {"streak": 2}
ALWAYS: Mapping[str, Any] = {}


@pytest.mark.parametrize("anew", [False, True])
@pytest.mark.parametrize(
    ("before", "since_march", "completed", "refunded", "left"),
    [
        (TWICE, ALWAYS, [1, 2, 3, 4, 5], 1, [2, 3, 4, 5]),
        (TWICE, ALWAYS, [1, 2, 3, 4, 5], 2, [1, 3, 4, 5]),
        (TWICE, ALWAYS, [1, 2, 3, 4, 5], 3, [1, 2, 4, 5]),
        (ALWAYS, TWICE, [1, 2], 3, [1, 2]),
        (ALWAYS, TWICE, [1, 2], 2, [1, 3]),  # March was reached under "twice", and is the second time now
        (PAIRS, ALWAYS, [2, 3, 4, 5], 1, [3, 4, 5]),  # February was the second of a pair
        (PAIRS, ALWAYS, [2, 3, 4, 5], 2, [3, 4, 5]),
        (PAIRS, ALWAYS, [2, 3, 4, 5], 3, [2, 4, 5]),
        (ALWAYS, PAIRS, [1, 2, 4], 2, [1, 4]),
        (ALWAYS, PAIRS, [1, 2, 4], 3, [1, 2, 5]),  # April and May are a pair
    ],
)
def test_months_are_judged_by_the_terms_under_which_they_were_reached(
    amy: Customer,
    before: Mapping[str, Any],
    since_march: Mapping[str, Any],
    completed: list[int],
    refunded: int,
    left: list[int],
    anew: bool,
) -> None:
    amy.buys_through(before, since_march)
    assert (amy.months(), amy.points()) == (completed, 40 * len(completed))
    amy.refund(f"o{refunded}")
    assert (amy.months(), amy.points()) == (left, 40 * len(left))
    if anew:
        amy.buy("late", at=datetime(2026, 5, 4, tzinfo=UTC))
        assert (amy.months(), amy.points()) == (left, 40 * len(left))


@pytest.mark.parametrize("refund_before_merge", [True, False])
def test_what_takes_the_place_of_a_month_gives_what_it_was_reached_for(
    amy: Customer, refund_before_merge: bool
) -> None:
    """A month that was not the first gives what a month gave in its time."""
    more = [{"kind": "units", "unit": "points", "units": 70}]
    once: Mapping[str, Any] = {"most_times": 1}
    amy.buys_through(once, {**once, "rewards": more})
    amy.enroll("ann")
    assert (amy.months(), amy.points()) == ([1], 40)
    if refund_before_merge:
        amy.refund("o1")
    amy.book.do(tb.MergeMembers(program="shop", member="amy", other="ann", request_id="m", reason="same"))
    if not refund_before_merge:
        amy.refund("o1")
    assert (amy.months(), amy.points()) == ([2], 40)
    amy.refund("o2")
    assert (amy.months(), amy.points()) == ([3], 70)


def test_what_two_members_who_are_one_were_given_stays_given(amy: Customer) -> None:
    """Each completed it once, which is all that anybody can."""
    amy.book.apply(program(most_times=1))
    amy.enroll("amy", "ann")
    amy.buy("o1")
    for month, order, member in ((2, "o2", "amy"), (3, "o3", "ann")):
        amy.clock.now = datetime(2026, month, 5, 9, tzinfo=UTC)
        amy.buy(order, member)
    amy.book.do(tb.MergeMembers(program="shop", member="amy", other="ann", request_id="m", reason="same"))
    assert (amy.months(), amy.points()) == ([1, 3], 80)
    amy.refund("o2")
    assert (amy.months(), amy.points()) == ([1, 3], 80)
    amy.refund("o1")
    assert (amy.months(), amy.points()) == ([3], 40)
