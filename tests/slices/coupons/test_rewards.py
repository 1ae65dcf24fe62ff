"""Coupons that the calendar and referrals give, and coupons of members who become one."""

from __future__ import annotations

from datetime import timedelta

import pytest
import tallybook as tb

from tests.slices.coupons.drawer import PROGRAM, Drawer, basket

BIRTHDAY = (
    PROGRAM
    + """
grants:
  birth:
    day: {kind: birthday}
    from: 2026-01-01
    rewards: [{kind: coupon, template: given, count: 2}, {kind: units, unit: points, units: 10}]
referrals:
  return_window_days: 7
  rewards: {referrer: [{kind: coupon, template: five}]}
"""
)


def test_a_birthday_brings_coupons_whether_a_sweep_has_run_or_not(drawer: Drawer) -> None:
    drawer.book.apply(BIRTHDAY)
    drawer.do(tb.SetBirthday, month=1, day=3)
    drawer.clock.forward(days=2)
    names = drawer.names()
    assert [drawer.view(name).template for name in names] == ["given", "given"]
    assert drawer.view(names[0]).issued_at.date() == drawer.clock.now.date()
    assert drawer.report("given").issued == 2
    assert drawer.names() == names
    drawer.use("o1", names[0])
    drawer.clock.forward(days=10)
    assert drawer.names() == []
    assert drawer.report("given").expired == 1


def test_a_newcomers_first_purchase_brings_its_referrer_a_coupon(drawer: Drawer) -> None:
    drawer.book.apply(BIRTHDAY)
    drawer.enroll("friend")
    drawer.do(tb.BindReferral, "friend", referrer="m1")
    order = tb.Purchase(order_id="o1", currency="USD", lines=(tb.Line(amount=5_000),))
    drawer.do(tb.RecordEvent, "friend", event=order, request_id="")
    drawer.clock.forward(days=9)
    drawer.book.sweep()
    (coupon,) = drawer.names()
    assert drawer.view(coupon).template == "five"


@pytest.mark.parametrize("template", ["scarce", "rationed", "paper", "nothing"])
def test_what_can_run_out_is_no_reward(drawer: Drawer, template: str) -> None:
    with pytest.raises(tb.ProgramInvalid, match="is not a coupon template without stock, limits"):
        drawer.book.apply(BIRTHDAY.replace("template: given", f"template: {template}"))


def test_coupons_go_along_when_two_members_become_one(drawer: Drawer) -> None:
    drawer.enroll("m2")
    free, used, reserved = (drawer.claim("five", "m2") for _ in range(3))
    drawer.claim("rationed", "m2")
    drawer.do(tb.UseCoupons, "m2", order_id="o1", coupons=(used,), basket=basket(3000))
    drawer.do(tb.ReserveCoupons, "m2", order_id="o2", coupons=(reserved,))
    drawer.do(tb.MergeMembers, other="m2")
    assert (drawer.state(free), drawer.state(used), drawer.state(reserved)) == ("issued", "used", "reserved")
    with pytest.raises(tb.CouponLimitReached):
        drawer.claim("rationed")
    assert drawer.give_back("o1").amount == 500
    drawer.clock.now += timedelta(seconds=600)
    assert drawer.state(reserved) == "issued"
    assert drawer.report().open == 3
