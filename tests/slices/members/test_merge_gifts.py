"""What two members were given for an occasion is not given again to the one, and goes back as it came."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import tallybook as tb

from tests.slices.members.test_merge import bought, merge, refunded, split
from tests.slices.shop import Shop

START = datetime(2026, 3, 4, 12, tzinfo=UTC)
CLUB = """
program: shop
timezone: UTC
units:
  points: {kind: redeemable}
  stars: {kind: redeemable}
  growth: {kind: qualifying, expiry: {kind: after_months, months: 12}}
rules:
  growing: {unit: growth, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
coupons:
  five: {currency: USD, offer: {kind: amount_off, amount: "5.00"}, validity: {kind: after_issue, days: 90}}
  nine: {currency: USD, offer: {kind: amount_off, amount: "9.00"}, validity: {kind: after_issue, days: 90}}
memberships:
  plus:
    price: "30.00"
    currency: USD
    term: {kind: days, days: 30}
    benefits: {grants: [{every: month, rewards: [{kind: units, unit: points, units: 40}]}]}
tasks:
  twice:
    goal: {kind: count, reach: 2}
    period: month
    rewards: [{kind: coupon, template: five, count: 2}, {kind: membership_days, plan: plus, days: 7}]
ladders:
  status:
    validity: {kind: after_months, months: 12}
    tiers:
      - code: silver
        any_of: [{units: {growth: 100}}]
        rewards: [{kind: coupon, template: nine}]
        benefits: {grants: [{every: month, rewards: [{kind: units, unit: points, units: 500}]}]}
grants:
  birth:
    day: {kind: birthday}
    from: 2026-01-02
    catch_up_days: 20
    rewards: [{kind: units, unit: points, units: 10000}]
  feast:
    day: {kind: dates, dates: ["2026-03-05", "2026-05-01"]}
    from: 2026-01-02
    catch_up_days: 5
    tags: [vip]
    rewards: [{kind: units, unit: points, units: 70}]
"""
BASKET = tb.Basket(currency="USD", lines=(tb.BasketLine(line_id="1", amount=3_000),))


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """A club with two members who are one."""
    shop.book.apply(CLUB)
    shop.clock.now = START
    shop.enroll("m2", "m3")
    return shop


def coupons(shop: Shop, name: str = "m1") -> list[str]:
    """The templates of the coupons that a member can use."""
    asked = tb.MyCoupons(program="shop", member=name, state=tb.CouponStanding("issued"))
    return sorted(each.template for each in shop.book.ask(asked).coupons)


def points(shop: Shop, name: str = "m1") -> int:
    """What a member can spend."""
    return shop.balance(name).available


def until(shop: Shop, name: str = "m1") -> date | None:
    """The last day of a membership."""
    held = shop.book.ask(tb.GetMemberships(program="shop", member=name)).held
    return held[0].until if held else None


def birthday(shop: Shop, name: str, month: int, day: int) -> None:
    """Set a birthday."""
    shop.book.do(shop.make(tb.SetBirthday, name, month=month, day=day))


@pytest.mark.parametrize(("kept", "gone"), [("m1", "m2"), ("m2", "m1")])
def test_a_birthday_is_given_for_once_a_year(shop: Shop, kept: str, gone: str) -> None:
    birthday(shop, gone, 3, 5)
    birthday(shop, kept, 6, 1)
    shop.clock.now = datetime(2026, 3, 20, tzinfo=UTC)
    merge(shop, kept, gone)
    assert points(shop, kept) == 10_000
    shop.clock.now = datetime(2026, 7, 1, tzinfo=UTC)
    assert points(shop, kept) == 10_000
    shop.clock.now = datetime(2027, 7, 1, tzinfo=UTC)
    assert points(shop, kept) == 20_000
    assert shop.problems() == []


def test_a_birthday_that_was_caught_up_counts_for_the_year_in_which_it_came(shop: Shop) -> None:
    birthday(shop, "m1", 3, 5)
    shop.clock.now = datetime(2027, 1, 2, tzinfo=UTC)
    birthday(shop, "m2", 12, 30)
    shop.clock.now = datetime(2027, 1, 3, tzinfo=UTC)
    assert (points(shop, "m1"), points(shop, "m2")) == (10_000, 10_000)
    merge(shop)
    shop.clock.now = datetime(2027, 12, 1, tzinfo=UTC)
    assert points(shop) == 20_000, "that of 2026 came in 2027"
    shop.clock.now = datetime(2028, 12, 1, tzinfo=UTC)
    assert points(shop) == 30_000
    assert shop.problems() == []


def test_a_feast_that_either_had_is_over_for_both(shop: Shop) -> None:
    shop.book.do(shop.make(tb.TagMember, "m2", tags=("vip",)))
    shop.clock.forward(days=2)
    assert points(shop, "m2") == 70
    merge(shop)
    shop.clock.forward(seconds=60)
    assert points(shop) == 70, "m1 is tagged only now, and it could be caught up"
    shop.clock.now = datetime(2026, 6, 1, tzinfo=UTC)
    assert points(shop) == 140
    assert shop.problems() == []


def test_what_a_tier_gives_in_a_month_is_given_once(shop: Shop) -> None:
    bought(shop, "m2", "o1", 20_000)
    assert (points(shop, "m2"), coupons(shop, "m2")) == (500, ["nine"])
    merge(shop)
    shop.clock.forward(seconds=60)
    bought(shop, "m1", "o2", 20_000)
    assert (points(shop), coupons(shop).count("nine")) == (500 + 40, 1)
    shop.clock.now = datetime(2026, 4, 2, tzinfo=UTC)
    assert points(shop) == 1_040
    assert shop.problems() == []


def test_coupons_and_days_of_who_is_gone_go_back_with_the_order(shop: Shop) -> None:
    bought(shop, "m2", "o1", 100)
    bought(shop, "m2", "o2", 100)
    assert (coupons(shop, "m2"), until(shop, "m2")) == (["five", "five"], date(2026, 3, 10))
    merge(shop)
    assert (coupons(shop), until(shop)) == (["five", "five"], date(2026, 3, 10))
    merge(shop, "m3", "m1")
    refunded(shop, "m3", "o1")
    assert (coupons(shop, "m3"), until(shop, "m3")) == ([], date(2026, 3, 4)), "today counts as used"
    assert shop.problems() == []


def used(shop: Shop, name: str) -> None:
    """Use a coupon of a member's."""
    asked = tb.MyCoupons(program="shop", member=name, state=tb.CouponStanding("issued"))
    coupon = shop.book.ask(asked).coupons[0].coupon
    shop.book.do(shop.make(tb.UseCoupons, name, order_id=coupon, coupons=(coupon,), basket=BASKET))


def test_what_has_stayed_with_who_is_gone_is_not_given_again(shop: Shop) -> None:
    bought(shop, "m2", "o1", 100)
    bought(shop, "m2", "o2", 100)
    used(shop, "m2")
    refunded(shop, "m2", "o2")
    assert coupons(shop, "m2") == []
    merge(shop)
    shop.clock.forward(seconds=60)
    bought(shop, "m1", "o3", 100)
    assert coupons(shop) == ["five"], "of two, one has stayed"
    assert shop.problems() == []


def test_it_is_not_given_again_by_the_merge_itself(shop: Shop) -> None:
    bought(shop, "m2", "o1", 100)
    bought(shop, "m2", "o2", 100)
    used(shop, "m2")
    refunded(shop, "m2", "o2")
    bought(shop, "m1", "o3", 100)
    assert [each.stayed for each in merge(shop).given if each.template] == [1]
    assert coupons(shop) == ["five"]
    split(shop)
    assert shop.problems() == []


def test_what_a_plan_gives_in_a_month_is_given_once(shop: Shop) -> None:
    without = CLUB.replace(
        "    benefits: {grants: [{every: month, rewards: [{kind: units, unit: points, units: 40}]}]}\n", ""
    )
    shop.book.apply(without)
    shop.book.do(shop.make(tb.GrantMembershipDays, "m1", plan="plus", days=5, reason="x"))
    shop.book.apply(CLUB)
    shop.book.do(shop.make(tb.GrantMembershipDays, "m2", plan="plus", days=5, reason="x"))
    assert (points(shop, "m1"), points(shop, "m2")) == (0, 40)
    merge(shop)
    shop.book.do(shop.make(tb.GrantMembershipDays, "m1", plan="plus", days=5, reason="x"))
    assert points(shop) == 40
    assert shop.problems() == []
