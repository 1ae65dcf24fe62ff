"""Paid memberships: bought, renewed, given, refunded, called off, and over."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.memberships.club import PROGRAM, Club


@pytest.fixture
def club(database_url: str, clock: SetClock) -> Iterator[Club]:
    club = Club(database_url, clock)
    club.enroll("2026-01-01")
    yield club
    assert club.problems() == []
    club.book.close()


def test_a_term_of_months_ends_the_day_before_its_day_comes_again(club: Club) -> None:
    bought = club.buy("2026-01-31")
    assert (bought.until, bought.days, bought.paid, bought.currency) == (date(2026, 2, 27), 28, 10_000, "USD")
    assert bought.ends_at == datetime(2026, 3, 3, tzinfo=UTC), "three days of grace come after it"


def test_renewals_keep_the_day_of_the_month_and_add_to_the_end(club: Club) -> None:
    club.buy("2026-01-31")
    assert [club.renew("2026-02-01").until for _ in range(3)] == [
        date(2026, 3, 30),
        date(2026, 4, 29),
        date(2026, 5, 30),
    ]


def test_a_renewal_in_the_grace_counts_from_the_end_and_a_later_one_from_today(club: Club) -> None:
    club.buy("2026-01-10")
    assert club.renew("2026-02-11").until == date(2026, 3, 9)
    assert club.view("2026-03-12").held[0].is_in_grace
    assert club.view("2026-03-13").held == ()
    renewed = club.renew("2026-03-20")
    assert (renewed.until, club.view().held[0].since.date()) == (date(2026, 4, 19), date(2026, 3, 20))


def test_who_never_had_a_plan_cannot_renew_it_and_who_has_it_cannot_buy_it(club: Club) -> None:
    with pytest.raises(tb.NoMembership):
        club.renew("2026-01-02")
    club.buy()
    with pytest.raises(tb.MembershipExists):
        club.buy()
    with pytest.raises(tb.UnknownMembershipPlan):
        club.buy(plan="gold")


def test_a_payment_pays_once(club: Club) -> None:
    club.buy("2026-01-02", payment="pay-1")
    with pytest.raises(tb.PaymentUsed):
        club.renew(payment="pay-1")
    club.renew(payment="pay-2")


def test_a_purchase_earns_by_the_plan_that_was_held_when_it_happened(club: Club) -> None:
    club.buy("2026-01-10")
    assert club.purchase("o1") == 20
    assert club.purchase("o2", "2026-02-12T23:59") == 20, "the grace counts"
    assert club.purchase("o3", "2026-02-13T00:00") == 10
    assert club.purchase("o4", happened="2026-02-01T12:00") == 20, "late, and told of the time before"
    assert club.purchase("o5", happened="2026-01-09T12:00") == 10


@pytest.mark.parametrize("stop", ["freeze", "erase"])
def test_who_may_not_be_given_anything_has_had_what_a_plan_gives(club: Club, stop: str) -> None:
    club.buy("2026-01-15")
    club.renew()
    club.renew()
    assert club.points() == 5
    if stop == "freeze":
        club.do(tb.Freeze, "2026-01-20", scope="earn", reason="looked into")
        club.do(tb.Unfreeze, "2026-03-20", reason="all is well")
    else:
        club.do(tb.EraseMember, "2026-01-20")
    club.at("2026-03-25")
    assert club.points() == 5
    club.at("2026-04-10")
    assert club.points() == (10 if stop == "freeze" else 5)
    assert club.problems() == []


def test_a_plan_gives_in_every_period_while_it_lasts_and_no_longer(club: Club) -> None:
    club.buy("2026-01-20")
    assert club.points() == 5
    club.renew("2026-01-21")
    assert club.points() == 5, "January has had its gift"
    club.view("2026-03-31")
    assert club.points() == 15, "February's and March's came when they began"
    kinds = [each.kind for each in club.book.ask(tb.Statement(program="club", member="m1")).entries]
    assert kinds.count("membership_grant") == 2
    assert kinds[0] == "membership_ended"


@pytest.mark.parametrize(
    ("day", "amount", "days"),
    [("2026-03-01", 9_677, 30), ("2026-03-10", 6_774, 21), ("2026-03-30", 322, 1)],
)
def test_a_prorated_refund_is_of_the_days_to_come_rounded_down(
    club: Club, day: str, amount: int, days: int
) -> None:
    assert club.buy("2026-03-01").days == 31
    refunded = club.refund(day)
    assert (refunded.amount, refunded.days) == (amount, days)


def test_on_the_last_day_nothing_is_paid_back(club: Club) -> None:
    club.buy("2026-03-01")
    with pytest.raises(tb.MembershipNotRefundable):
        club.refund("2026-03-31")


def test_what_a_refund_pays_back_is_known_before(club: Club) -> None:
    club.buy("2026-01-01")
    club.renew("2026-01-01", paid=5_000)
    held = club.view("2026-01-11").held[0]
    assert (held.bought, held.used, held.left) == (59, 11, 48)
    assert (held.refund, held.refund_days) == (10_000 * 20 // 31 + 5_000, 48)
    refunded = club.refund()
    assert (refunded.amount, refunded.days, refunded.until) == (11_451, 48, None)
    (over,) = club.view().over
    assert (over.plan, over.why, over.until.date()) == ("plus", "refunded", date(2026, 1, 11))
    assert club.purchase("o1") == 10


def test_days_that_were_given_stay_after_a_refund_and_move_up(club: Club) -> None:
    club.buy("2026-01-01")
    club.give(7)
    club.renew()
    refunded = club.refund("2026-01-10")
    assert (refunded.days, refunded.until) == (21 + 31 - 3, date(2026, 1, 17))
    held = club.view().held[0]
    assert (held.bought, held.given, held.used, held.left, held.taken_back) == (59, 7, 10, 7, 49)
    with pytest.raises(tb.MembershipNotRefundable):
        club.refund()


def test_all_of_a_price_is_paid_back_for_as_long_as_the_plan_says(club: Club) -> None:
    club.buy("2026-01-01", "pro")
    club.renew("2026-01-05", "pro")
    refunded = club.refund("2026-01-09", "pro")
    assert (refunded.amount, refunded.days, refunded.until) == (30_000, 30, date(2026, 1, 30))
    with pytest.raises(tb.MembershipNotRefundable):
        club.refund("2026-01-13", "pro")


def test_a_plan_without_refunds_pays_nothing_back(club: Club) -> None:
    club.buy("2026-01-01", "lite")
    with pytest.raises(tb.MembershipNotRefundable):
        club.refund(plan="lite")


def test_an_upgrade_counts_the_days_to_come_towards_the_price(club: Club) -> None:
    club.buy("2026-01-01")
    club.give(2)
    bought = club.buy("2026-01-11", "pro", upgrade_from="plus")
    assert (bought.credit, bought.paid, bought.pay_back) == (6_451, 23_549, 0)
    held = {each.plan: each for each in club.view().held}
    assert (held["pro"].refund, held["plus"].left) == (30_000, 2)
    assert [each.plan for each in club.view("2026-01-17").held] == ["pro"]


def test_what_an_upgrade_counts_beyond_the_price_is_paid_back(club: Club) -> None:
    club.buy("2026-01-01")
    bought = club.buy("2026-01-02", "lite", upgrade_from="plus")
    assert (bought.credit, bought.paid, bought.pay_back) == (9_354, 0, 9_254)
    assert club.view().over[0].why == "upgraded"
    with pytest.raises(tb.UpgradeNotOffered):
        club.buy(plan="plus", upgrade_from="lite")


def test_what_is_called_off_lasts_to_its_last_day_without_grace(club: Club) -> None:
    club.buy("2026-01-10")
    assert club.do(tb.CancelMembership, plan="plus").ends_at == datetime(2026, 2, 10, tzinfo=UTC)
    assert club.renew("2026-01-11").ends_at == datetime(2026, 3, 13, tzinfo=UTC), "it goes on"
    assert club.do(tb.CancelMembership, "2026-03-11", plan="plus").ends_at == club.clock.now
    assert club.view().held == ()


def test_nobody_has_more_than_a_hundred_terms_ahead(club: Club) -> None:
    club.buy("2026-01-01")
    for _ in range(99):
        club.renew()
    with pytest.raises(tb.MembershipTooLong):
        club.renew()
    with pytest.raises(tb.MembershipTooLong):
        club.give(36_600)


def test_a_request_is_carried_out_once_and_can_be_tried_before(club: Club) -> None:
    tried = club.book.simulate(
        tb.BuyMembership(program="club", member="m1", request_id="b1", plan="plus", payment="pay-1")
    )
    assert tried.paid == 10_000
    assert club.view().held == ()
    first = club.buy(request_id="b1")
    again = club.buy(request_id="b1")
    assert (again.replayed, again.entry, club.view().held[0].bought) == (True, first.entry, first.days)


def test_two_who_become_one_have_the_days_to_come_of_both(club: Club) -> None:
    club.do(tb.Enroll, member="m2")
    club.buy("2026-01-01")
    club.buy(member="m2")
    club.give(4)
    club.do(tb.GrantMembershipDays, member="m2", plan="lite", days=15, reason="sorry")
    club.do(tb.MergeMembers, "2026-01-11", other="m2")
    held = {each.plan: each for each in club.view().held}
    plus = held["plus"]
    assert (plus.bought, plus.given, plus.used, plus.left) == (31 + 20, 4, 11, 44)
    assert (plus.refund, plus.until) == (6_451 + 6_451, date(2026, 2, 24))
    assert held["lite"].since.date() == date(2026, 1, 1)
    owed = club.book.ask(tb.MembershipObligations(program="club"))
    assert {each.plan: each.members for each in owed} == {"lite": 1, "plus": 1, "pro": 0}


def test_days_to_come_begin_tomorrow_for_who_is_merged_in_the_grace(club: Club) -> None:
    club.do(tb.Enroll, member="m2")
    club.buy("2026-01-01")
    club.buy("2026-02-02", member="m2")
    club.do(tb.MergeMembers, "2026-02-03", other="m2")
    (held,) = club.view().held
    assert (held.until, held.is_in_grace, held.refund) == (date(2026, 3, 1), False, 10_000 * 26 // 28)
    assert (held.bought, held.used, held.left) == (31 + 26, 31, 26)
    assert [(term.starts, term.ends) for term in held.terms] == [(date(2026, 2, 4), date(2026, 3, 1))]
    assert club.refund("2026-02-04").amount == 10_000 * 25 // 28


def test_who_has_nothing_to_come_stays_in_the_grace_after_a_merge(club: Club) -> None:
    club.do(tb.Enroll, member="m2")
    club.buy("2026-01-01")
    club.buy("2026-01-01", member="m2")
    club.do(tb.MergeMembers, "2026-02-02", other="m2")
    (held,) = club.view().held
    assert (held.until, held.is_in_grace, held.bought) == (date(2026, 1, 31), True, 31)
    assert club.renew().until == date(2026, 2, 28), "it counts from the end, as any in the grace"


def test_all_of_a_price_is_paid_back_after_a_merge_too(club: Club) -> None:
    club.do(tb.Enroll, member="m2")
    club.buy("2026-01-01", "pro")
    club.buy(plan="pro", member="m2")
    club.do(tb.MergeMembers, "2026-01-06", other="m2")
    (held,) = club.view().held
    assert (held.left, held.refund, held.refund_days) == (48, 60_000, 48)
    owed = {each.plan: each for each in club.book.ask(tb.MembershipObligations(program="club"))}
    assert owed["pro"].unearned == 2 * 30_000 * 24 // 30, "and no more than the days to come is owed"
    assert club.refund("2026-01-08", "pro").amount == 60_000


def test_days_given_in_the_grace_begin_today(club: Club) -> None:
    club.buy("2026-01-01")
    given = club.give(2, "2026-02-03")
    assert (given.until, given.ends_at) == (date(2026, 2, 4), datetime(2026, 2, 8, tzinfo=UTC))
    (held,) = club.view().held
    assert (held.bought, held.given, held.used, held.left) == (31, 2, 32, 1)
    assert [term.starts for term in held.terms] == [date(2026, 2, 3)]
    assert (held.since.date(), held.refund) == (date(2026, 1, 1), 0)
    assert club.renew("2026-02-04").until == date(2026, 3, 4)


def test_a_renewal_begins_today_where_it_would_be_over_already(club: Club) -> None:
    patient = PROGRAM.format(timezone="UTC").replace("grace_days: 3", "grace_days: 90")
    club.book.apply(patient)
    club.buy("2026-01-01")
    club.book.apply(PROGRAM.format(timezone="UTC"))
    assert club.view("2026-03-04").held[0].is_in_grace, "as it was bought"
    renewed = club.renew()
    assert (renewed.until, renewed.ends_at) == (date(2026, 4, 3), datetime(2026, 4, 7, tzinfo=UTC))
    (held,) = club.view().held
    assert (held.bought, held.used, held.left, held.refund) == (31 + 31, 32, 30, 10_000 * 30 // 31)
    assert club.renew().until == date(2026, 5, 3), "counted from the day on which it began anew"


def test_of_two_renewals_at_once_by_one_payment_one_counts(club: Club) -> None:
    club.buy("2026-01-01")
    renewals = [
        tb.RenewMembership(
            program="club", member="m1", request_id=f"till-{till}", plan="plus", payment="pay-1"
        )
        for till in range(4)
    ]
    with ThreadPoolExecutor(4) as tills:
        outcomes = list(tills.map(lambda renewal: club.book.do([renewal])[0], renewals))
    assert sorted(type(each).__name__ for each in outcomes) == ["MembershipBought", *["PaymentUsed"] * 3]
    assert club.view().held[0].bought == 31 + 28


def test_the_house_knows_what_it_owes_in_days_and_money(club: Club) -> None:
    club.buy("2026-01-01")
    club.give(4)
    club.at("2026-01-11")
    owed = {each.plan: each for each in club.book.ask(tb.MembershipObligations(program="club"))}
    assert owed["plus"] == tb.PlanObligation(
        plan="plus", currency="USD", members=1, in_grace=0, days_bought=20, days_given=4, unearned=6_451
    )
    assert owed["pro"].members == 0
    club.at("2026-03-11")
    assert club.book.ask(tb.MembershipObligations(program="club"))[1].members == 0


def test_a_festival_may_give_days_of_a_plan(database_url: str, clock: SetClock) -> None:
    with tb.Book.open(database_url, clock=clock) as book:
        book.apply("""
program: feast
timezone: UTC
units: {points: {kind: redeemable}}
memberships: {plus: {price: 1, currency: USD, term: {kind: days, days: 30}}}
grants:
  feast:
    day: {kind: festival, month: 2, day: 1}
    from: 2026-01-01
    rewards: [{kind: membership_days, plan: plus, days: 7}]
""")
        book.do(tb.Enroll(program="feast", member="m1", request_id="r1"))
        month = tb.ForecastGrants(program="feast", first_day=date(2026, 2, 1), last_day=date(2026, 2, 28))
        assert [each.membership_days for each in book.ask(month)] == [{"plus": 7}]
        clock.now = datetime(2026, 2, 3, tzinfo=UTC)
        (held,) = book.ask(tb.GetMemberships(program="feast", member="m1")).held
        assert (held.until, held.given, held.used, held.left) == (date(2026, 2, 7), 7, 3, 4)
        book.sweep()
        assert [each.disagreement for each in book.verify("feast") if each.disagreement] == []


def test_rules_and_segments_see_the_plans_that_are_held(club: Club) -> None:
    rule = """rules:
  holders:
    unit: points
    condition: '"plus" in member.memberships'
    formula: {kind: fixed, units: 7}
    group: extra
"""
    segments = "segments: {holders: '\"plus\" in member.memberships'}\n"
    club.book.apply(PROGRAM.format(timezone="UTC").replace("rules:\n", rule) + segments)
    asked = tb.SegmentsOf(program="club", member="m1")
    assert (club.purchase("o1", "2026-01-05"), club.book.ask(asked)) == (10, ())
    club.buy("2026-01-10")
    assert (club.purchase("o2", "2026-01-11"), club.book.ask(asked)) == (2 * 10 + 7, ("holders",))
    assert club.purchase("o3", happened="2026-01-06T12:00") == 10, "late, and told of the time before"
    club.view("2026-03-31")
    assert club.book.ask(asked) == ()
