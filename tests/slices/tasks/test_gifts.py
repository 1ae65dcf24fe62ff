"""Coupons and days that tasks and tiers give, and what becomes of them when an order goes back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import tallybook as tb

from tests.slices.tiers.club import Club

PROGRAM = """
program: club
timezone: UTC
units:
  points: {kind: redeemable}
  growth: {kind: qualifying, expiry: {kind: after_months, months: 12}}
rules:
  growing: {unit: growth, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
coupons:
  five: {currency: USD, offer: {kind: amount_off, amount: "5.00"}, validity: {kind: after_issue, days: 10}}
  nine: {currency: USD, offer: {kind: amount_off, amount: "9.00"}, validity: {kind: between}}
memberships:
  plus: {price: "30.00", currency: USD, term: {kind: days, days: 30}}
tasks:
  twice:
    goal: {kind: count, reach: 2}
    period: month
    rewards: [{kind: coupon, template: five, count: 2}, {kind: membership_days, plan: plus, days: 7}]
  claimed:
    goal: {kind: spend, currency: USD, reach: "300.00"}
    claim: by_member
    rewards: [{kind: coupon, template: nine}]
ladders:
  status:
    validity: {kind: after_months, months: 12}
    tiers:
      - code: silver
        any_of: [{units: {growth: 100}}]
        rewards: [{kind: coupon, template: nine}]
        benefits: {grants: [{every: month, rewards: [{kind: coupon, template: five}]}]}
"""
BASKET = tb.Basket(currency="USD", lines=(tb.BasketLine(line_id="1", amount=3_000),))


class Member:
    """Amy, and what she has been given."""

    def __init__(self, club: Club) -> None:
        self.club = club
        club.book.apply(PROGRAM)

    def coupons(self, state: str = "issued") -> list[str]:
        """The templates of her coupons in a state, in order."""
        of_state = tb.MyCoupons(program="club", member="amy", state=tb.CouponStanding(state))
        return sorted(each.template for each in self.club.book.ask(of_state).coupons)

    def use(self, template: str) -> None:
        page = self.club.book.ask(tb.MyCoupons(program="club", member="amy"))
        coupon = next(each.coupon for each in page.coupons if each.template == template)
        self.club.do(tb.UseCoupons, coupon, order_id=coupon, coupons=(coupon,), basket=BASKET)

    def plus(self) -> date | None:
        """The last day of her membership."""
        held = self.club.book.ask(tb.GetMemberships(program="club", member="amy")).held
        return held[0].until if held else None


@pytest.fixture
def member(club: Club) -> Member:
    return Member(club)


def test_a_task_gives_coupons_and_days_and_its_entry_says_so(member: Member) -> None:
    member.club.buy("o1", 1)
    done = member.club.buy("o2", 1)
    assert [(each.template, each.plan, each.amount) for each in done.given] == [
        ("five", "", 2),
        ("", "plus", 7),
    ]
    assert (member.coupons(), member.plus()) == (["five", "five"], date(2026, 3, 16))
    told = member.club.explain(done.entry)
    assert "task twice in the period from 2026-03-01 gives 2 coupons of five." in told
    assert "task twice in the period from 2026-03-01 gives 7 days of plus." in told


def test_a_refund_voids_coupons_and_takes_back_days_to_come(member: Member) -> None:
    member.club.buy("o1", 1)
    member.club.buy("o2", 1)
    member.club.clock.forward(days=2)
    back = member.club.refund("o1")
    assert (member.coupons(), member.coupons("voided")) == ([], ["five", "five"])
    assert member.plus() == date(2026, 3, 12), "three of the days were used"
    told = member.club.explain(back.entry)
    assert "2 coupons of five that task twice in the period from 2026-03-01 gave: taken back." in told
    assert "4 days of plus that task twice in the period from 2026-03-01 gave: taken back." in told


def test_a_coupon_that_was_used_stays_and_is_not_given_again(member: Member) -> None:
    member.club.buy("o1", 1)
    member.club.buy("o2", 1)
    member.use("five")
    back = member.club.refund("o1")
    assert (member.coupons(), member.coupons("used")) == ([], ["five"])
    told = member.club.explain(back.entry)
    assert (
        "1 coupon of five that task twice in the period from 2026-03-01 gave before: used, so it stays and is"
        " not given again." in told
    )
    again = member.club.buy("o3", 1)
    assert member.coupons() == ["five"], "the other one is given again"
    assert [(each.amount, each.stayed) for each in again.given] == [(1, 1), (6, 1)]
    assert member.plus() == date(2026, 3, 16), "seven days in all"


def test_what_waits_for_an_order_is_voided_too(member: Member) -> None:
    member.club.buy("o1", 1)
    member.club.buy("o2", 1)
    page = member.club.book.ask(tb.MyCoupons(program="club", member="amy"))
    member.club.do(tb.ReserveCoupons, "r", order_id="b1", coupons=(page.coupons[0].coupon,))
    member.club.refund("o1")
    assert member.coupons("voided") == ["five", "five"]


def test_a_claim_gives_a_coupon_once_whatever_is_bought_and_given_back(member: Member) -> None:
    member.club.buy("o1", 300)
    assert member.coupons() == ["five", "nine"], "for reaching silver, and for the month"
    member.club.do(tb.ClaimTask, "c1", task="claimed")
    assert member.coupons() == ["five", "nine", "nine"]
    member.use("nine")
    member.use("nine")
    member.club.clock.forward(days=1)
    member.club.refund("o1")
    assert member.coupons() == ["five"], "what silver gave was given"
    member.club.clock.forward(days=1)
    member.club.buy("o2", 300)
    claimed = member.club.do(tb.ClaimTask, "c2", task="claimed")
    assert [(each.template, each.amount, each.stayed) for each in claimed.given] == [("nine", 0, 1)]
    assert member.coupons() == ["five"], "nothing comes twice"


def test_a_tier_brings_coupons_in_every_month(member: Member) -> None:
    member.club.buy("o1", 100)
    assert member.coupons() == ["five", "nine"]
    member.club.clock.now = datetime(2026, 4, 1, 9, tzinfo=UTC)
    assert member.coupons() == ["five", "nine"], "the first has expired, and another one came"
    assert member.coupons("expired") == ["five"]
    told = member.club.explain(member.club.last_of("review_tiers"))
    assert "silver of status in the period from 2026-04-01 gives 1 coupon of five." in told


def test_a_coupon_begins_on_the_day_of_its_completion_however_late_it_is_told(member: Member) -> None:
    member.club.buy("o1", 1)
    member.club.clock.forward(days=4)
    member.club.buy("o2", 1, at=datetime(2026, 3, 11, 9, tzinfo=UTC))
    page = member.club.book.ask(tb.MyCoupons(program="club", member="amy"))
    ends = {each.ends_at for each in page.coupons}
    assert ends == {datetime(2026, 3, 21, tzinfo=UTC)}
