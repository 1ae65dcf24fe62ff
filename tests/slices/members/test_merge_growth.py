"""What two members have reached, done and used is one's after a merge, and each one's after a split."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import tallybook as tb

from tests.slices.members.test_merge import bought, merge, refunded, split
from tests.slices.shop import Shop

START = datetime(2026, 3, 4, 12, tzinfo=UTC)
CLUB = """
program: shop
timezone: UTC
units:
  points: {kind: redeemable, expiry: {kind: after_days, days: 100}}
  stars: {kind: redeemable}
  growth: {kind: qualifying, expiry: {kind: after_months, months: 12}}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
  growing: {unit: growth, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
budgets:
  campaign: {unit: stars, most: 1000}
tasks:
  twice:
    goal: {kind: count, reach: 2}
    period: month
    rewards: [{kind: units, unit: stars, units: 30}]
  weekly:
    goal: {kind: count, reach: 1}
    period: week
    streak: 2
    rewards: [{kind: units, unit: stars, units: 7}]
ladders:
  status:
    validity: {kind: after_months, months: 6}
    tiers:
      - code: silver
        any_of: [{units: {growth: 100}}]
        rewards: [{kind: units, unit: stars, units: 100}]
        benefits: {quotas: {lounge: {most: 3, period: month}}}
      - code: gold
        any_of: [{units: {growth: 1000}}]
        benefits: {quotas: {lounge: {most: 5, period: month}}}
"""


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """A club with two members who are one."""
    shop.clock.now = START
    shop.book.apply(CLUB)
    shop.enroll("m2", "m3")
    return shop


def tier(shop: Shop, name: str = "m1") -> str:
    """Where a member stands."""
    (standing,) = shop.book.ask(tb.GetTiers(program="shop", member=name)).ladders
    return standing.tier


def done(shop: Shop, task: str, name: str = "m1") -> Any:
    """Where a member is in a task."""
    return next(each for each in shop.book.ask(tb.GetTasks(program="shop", member=name)) if each.task == task)


def stars(shop: Shop, name: str = "m1") -> int:
    """What tasks and tiers have given."""
    return shop.balance(name, "stars").available


def test_the_higher_tier_of_two_is_the_members(shop: Shop) -> None:
    bought(shop, "m1", "o1", 10_000)
    bought(shop, "m2", "o2", 100_000)
    assert (tier(shop, "m1"), tier(shop, "m2")) == ("silver", "gold")
    assert [each.source for each in merge(shop).given] == ["task/twice/2026-03-01"]
    assert tier(shop) == "gold"
    assert stars(shop) == 200 + 30, "what was given to either stays given"
    split(shop)
    assert (tier(shop, "m1"), tier(shop, "m2")) == ("silver", "gold")
    assert shop.problems() == []


def test_a_tier_is_reached_by_what_both_have(shop: Shop) -> None:
    bought(shop, "m1", "o1", 6_000)
    bought(shop, "m2", "o2", 5_000)
    assert tier(shop) == ""
    reply = merge(shop)
    assert [(each.source, each.amount) for each in reply.given if each.source.startswith("tier/")] == [
        ("tier/status/silver/1", 100)
    ]
    assert tier(shop) == "silver"
    split(shop)
    assert tier(shop, "m2") == ""
    assert shop.problems() == []


def test_a_task_is_completed_by_what_both_have_done_and_taken_back_with_it(shop: Shop) -> None:
    bought(shop, "m1", "o1", 100)
    bought(shop, "m2", "o2", 100)
    assert stars(shop) == 0
    assert [each.source for each in merge(shop).given] == ["task/twice/2026-03-01"]
    assert (done(shop, "twice").times, stars(shop)) == (1, 30)
    refunded(shop, "m1", "o2")
    assert (done(shop, "twice").times, stars(shop)) == (0, 0)
    assert shop.problems() == []


def test_a_streak_goes_on_with_the_others_weeks(shop: Shop) -> None:
    bought(shop, "m1", "o1", 100)
    shop.clock.forward(days=7)
    bought(shop, "m2", "o2", 100)
    merge(shop)
    assert done(shop, "weekly").times == 1
    assert stars(shop) == 7 + 30
    assert shop.problems() == []


def test_what_was_given_to_the_other_is_taken_back_of_the_member(shop: Shop) -> None:
    bought(shop, "m2", "o1", 100)
    bought(shop, "m2", "o2", 100)
    assert stars(shop, "m2") == 30
    merge(shop)
    refunded(shop, "m1", "o1")
    assert stars(shop) == 0
    assert shop.problems() == []


@pytest.mark.parametrize("late", [timedelta(hours=1), timedelta(days=40)])
def test_a_story_that_is_told_anew_comes_to_the_same(shop: Shop, late: timedelta) -> None:
    for day in range(3):
        bought(shop, "m1", f"a{day}", 4_000)
        bought(shop, "m2", f"b{day}", 50_000)
        shop.clock.forward(days=11)
    merge(shop)
    before = tier(shop), stars(shop), done(shop, "twice").times
    late_one = tb.Purchase(order_id="late", currency="USD", lines=(tb.Line(amount=1),))
    shop.clock.forward(seconds=60)
    command = shop.make(
        tb.RecordEvent, "m1", request_id="", event=late_one, occurred_at=shop.clock.now - late
    )
    shop.book.do(command)
    assert tier(shop) == before[0]
    assert done(shop, "twice").times >= before[2]
    assert stars(shop) >= before[1]
    refunded(shop, "m1", "late")
    assert (tier(shop), stars(shop), done(shop, "twice").times) == before
    assert shop.problems() == []


def test_uses_of_a_benefit_add_up(shop: Shop) -> None:
    for name in ("m1", "m2"):
        bought(shop, name, f"{name}-o", 10_000)
        shop.book.do(shop.make(tb.UseBenefit, name, quota="lounge", request_id=f"use-{name}"))
    merge(shop)
    assert shop.book.do(shop.make(tb.UseBenefit, "m1", quota="lounge")).left == 0
    assert shop.book.do(shop.make(tb.ReturnBenefit, "m1", use="use-m2")).left == 1
    assert shop.problems() == []


def test_what_paid_for_the_others_order_comes_back(shop: Shop) -> None:
    shop.award(500, "m2", expires_on=date(2026, 12, 31))
    paid = shop.redeem(300, "m2")
    event = tb.Purchase(
        order_id="o1",
        currency="USD",
        lines=(tb.Line(amount=1_000),),
        tenders=(tb.Tender(kind="points", amount=1_000, entry=paid.entry),),
    )
    shop.book.do(shop.make(tb.RecordEvent, "m2", request_id="", event=event))
    refunded(shop, "m2", "o1", 400)
    assert shop.balance("m2").available == 320 + 6
    merge(shop)
    assert shop.balance("m1").available == 320 + 6
    refunded(shop, "m1", "o1")
    assert shop.balance("m1").available == 500
    assert shop.sums().get(("points", "merged", "house"), 0) == 0
    assert shop.problems() == []


def test_what_lapsed_with_the_other_is_not_taken_from_the_member(shop: Shop) -> None:
    bought(shop, "m2", "o1", 5_000)
    shop.clock.forward(days=101)
    shop.award(80, "m1", expires_on=date(2027, 1, 1))
    merge(shop)
    refunded(shop, "m1", "o1")
    assert shop.balance("m1").available == 80
    assert shop.problems() == []


def test_an_order_is_refunded_in_the_batch_of_the_merge(shop: Shop) -> None:
    rule = "  staff: {unit: stars, budget: campaign, formula: {kind: fixed, units: 11}}\nbudgets:"
    shop.book.apply(CLUB.replace("budgets:", rule))
    bought(shop, "m2", "o1", 5_000)
    assert stars(shop, "m2") == 11
    merging = shop.make(tb.MergeMembers, "m1", other="m2")
    back = tb.RecordEvent(program="shop", member="m1", event=tb.Refund(refund_id="r", order_id="o1"))
    outcomes = shop.book.do([merging, back])
    assert not [each for each in outcomes if isinstance(each, tb.TallybookError)], outcomes
    assert stars(shop) == 0
    assert shop.problems() == []
