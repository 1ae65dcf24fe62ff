"""Tiers and tasks are part of the story: what is done by hand keeps its place, whenever events come in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import tallybook as tb

from tests.clocks import SetClock

PROGRAM = """
program: shop
timezone: UTC
units:
  points: {kind: redeemable}
  growth: {kind: qualifying, expiry: {kind: after_months, months: 12}}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
  growing: {unit: growth, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
tasks:
  twice:
    goal: {kind: count, reach: 2}
    period: month
    claim: by_member
    claim_days: 10
    rewards: [{kind: units, unit: points, units: 500}]
ladders:
  status:
    validity: {kind: after_months, months: 12}
    refunds: at_once
    tiers:
      - code: silver
        any_of: [{units: {growth: 100}}]
        benefits: {multipliers: [{unit: points, times: 2}]}
"""
START = datetime(2026, 3, 10, 12, tzinfo=UTC)


class Shop:
    """A member in a shop, and a clock."""

    def __init__(self, url: str) -> None:
        self.clock = SetClock(START)
        self.book = tb.Book.open(url, clock=self.clock)
        self.book.apply(PROGRAM)
        self.do(tb.Enroll, "e")

    def do(self, kind: Any, request: str, **fields: Any) -> Any:
        return self.book.do(kind(program="shop", member="amy", request_id=request, **fields))

    def buy(self, order: str, dollars: int, at: datetime | None = None) -> tb.EventRecorded:
        bought = tb.Purchase(order_id=order, currency="USD", lines=(tb.Line(amount=100 * dollars),))
        return self.book.do(tb.RecordEvent(program="shop", member="amy", event=bought, occurred_at=at))

    def refund(self, order: str) -> tb.EventRecorded:
        back = tb.Refund(refund_id=f"{order}-back", order_id=order)
        return self.book.do(tb.RecordEvent(program="shop", member="amy", event=back))

    def points(self) -> int:
        return self.book.ask(tb.Balances(program="shop", member="amy")).of("points").available

    def tier(self) -> str:
        """The tier, before what time does is recorded and after."""
        tiers = self.book.ask(tb.GetTiers(program="shop", member="amy"))
        while self.book.sweep():
            pass
        assert self.book.ask(tb.GetTiers(program="shop", member="amy")) == tiers
        (standing,) = tiers.ladders
        return standing.tier

    def faults(self) -> list[str]:
        return [each.disagreement.problem for each in self.book.verify("shop") if each.disagreement]


@pytest.fixture
def shop(database_url: str) -> Any:
    opened = Shop(database_url)
    yield opened
    assert opened.faults() == []
    opened.book.close()


def test_a_tier_multiplies_what_comes_after_it(shop: Shop) -> None:
    assert shop.buy("o1", 100).balances["points"].available == 100
    assert shop.tier() == "silver"
    shop.buy("o2", 10)
    assert shop.points() == 120


def test_a_late_order_makes_the_tier_begin_when_it_should_have(shop: Shop) -> None:
    shop.clock.forward(days=5)
    shop.buy("o2", 10)
    told = shop.buy("o1", 100, at=START)
    assert [each.after for each in told.tiers] == ["silver"]
    assert shop.points() == 120


def test_a_refund_takes_back_the_tier_that_it_was_reached_with(shop: Shop) -> None:
    shop.buy("o1", 100)
    told = shop.refund("o1")
    assert [(each.before, each.after, each.why) for each in told.tiers] == [("silver", "", "refund")]
    assert shop.points() == 0


def test_growth_given_by_hand_counts_and_stays_where_it_was_given(shop: Shop) -> None:
    shop.do(tb.Award, "gift", unit="growth", amount=100)
    assert shop.tier() == "silver"
    shop.clock.forward(days=5)
    shop.buy("o2", 10)
    assert shop.points() == 20
    shop.buy("late", 7, at=START + timedelta(days=2))
    assert shop.points() == 34
    shop.do(tb.Adjust, "sorry", unit="growth", amount=-60, reason="a mistake")
    assert shop.tier() == ""


def test_what_is_claimed_stays_claimed_when_the_story_is_told_anew(shop: Shop) -> None:
    with pytest.raises(tb.NothingToClaim, match="not completed"):
        shop.do(tb.ClaimTask, "c0", task="twice")
    shop.buy("o1", 1)
    shop.buy("o2", 1)
    shop.clock.forward(days=1)
    claimed = shop.do(tb.ClaimTask, "c1", task="twice")
    assert [(each.unit, each.amount) for each in claimed.given] == [("points", 500)]
    with pytest.raises(tb.NothingToClaim, match="already"):
        shop.do(tb.ClaimTask, "c2", task="twice")
    shop.buy("late", 3, at=START + timedelta(hours=1))
    assert shop.points() == 505
    shop.refund("o1")
    assert shop.points() == 504, "two orders are left"
    shop.refund("o2")
    assert shop.points() == 3, "one is not enough: what was claimed goes back"


def test_what_can_be_claimed_can_be_claimed_for_a_time(shop: Shop) -> None:
    shop.buy("o1", 1)
    shop.buy("o2", 1)
    shop.clock.forward(days=11)
    with pytest.raises(tb.NothingToClaim, match="its time was through 2026-03-20"):
        shop.do(tb.ClaimTask, "c1", task="twice")


def test_a_tier_set_by_hand_lasts_as_long_as_it_was_set_for(shop: Shop) -> None:
    told = shop.do(
        tb.OverrideTier, "o", ladder="status", tier="silver", until=date(2026, 3, 20), reason="for the wait"
    )
    assert told.standing.tier == "silver"
    shop.clock.forward(days=1)
    shop.buy("o1", 10)
    shop.buy("late", 10, at=START - timedelta(days=1))
    assert shop.points() == 30, "the late one came before it was set"
    shop.clock.forward(days=30)
    assert shop.tier() == ""


def test_a_tier_set_by_hand_can_be_ended(shop: Shop) -> None:
    shop.do(tb.OverrideTier, "o", ladder="status", tier="silver", until=date(2026, 12, 31), reason="a friend")
    told = shop.do(tb.EndOverride, "x", ladder="status", reason="not any more")
    assert told.standing.tier == ""
    assert shop.tier() == ""


def test_a_ladder_that_comes_later_begins_with_what_there_is(shop: Shop) -> None:
    shop.book.apply(PROGRAM.split("ladders:", maxsplit=1)[0])
    shop.buy("o1", 150)
    shop.clock.forward(days=1)
    shop.book.apply(PROGRAM)
    assert shop.tier() == "silver"
    shop.clock.forward(days=1)
    shop.buy("o2", 10)
    assert shop.points() == 170
    shop.buy("late", 10, at=START)
    assert shop.points() == 180, "there was no ladder yet"
    assert shop.tier() == "silver"
