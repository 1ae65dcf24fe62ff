"""The life of a coupon: issued, claimed, reserved, used, released, returned, voided, expired, transferred."""

from __future__ import annotations

from datetime import timedelta

import pytest
import tallybook as tb

from tests.slices.coupons.drawer import Drawer, basket

# --- how members get coupons -----------------------------------------------------------------------------


def test_a_claimed_coupon_has_its_own_days(drawer: Drawer) -> None:
    view = drawer.view(drawer.claim())
    assert (view.state, view.template, view.order, view.has_code) == ("issued", "five", "", False)
    assert view.starts_at == drawer.clock.now
    assert view.ends_at.date() == drawer.clock.now.date() + timedelta(days=10)


def test_the_shop_gives_several_at_once_and_all_have_names(drawer: Drawer) -> None:
    given = drawer.issue(count=3)
    assert len(set(given)) == 3
    assert drawer.names() == sorted(given)
    assert drawer.report("given").issued == 3


@pytest.mark.parametrize(
    ("template", "problem"),
    [("given", "only given out"), ("gold", "at another time"), ("spring", "by their code")],
)
def test_what_cannot_be_claimed_is_told_why(drawer: Drawer, template: str, problem: str) -> None:
    with pytest.raises(tb.CouponNotClaimable, match=problem):
        drawer.claim(template)


def test_a_claim_asks_who_the_coupon_is_for(drawer: Drawer) -> None:
    drawer.clock.forward(days=1)
    with pytest.raises(tb.CouponNotClaimable, match="other tags"):
        drawer.claim("gold")
    drawer.do(tb.TagMember, tags=("gold",))
    drawer.claim("gold")


def test_a_shared_code_is_claimed_in_any_letters_and_once(drawer: Drawer) -> None:
    got = drawer.do(tb.ClaimCoupon, code="sPRING-24")
    assert got.coupons[0].template == "spring"
    with pytest.raises(tb.CouponLimitReached):
        drawer.do(tb.ClaimCoupon, code="SPRING-24")
    with pytest.raises(tb.UnknownCouponCode):
        drawer.do(tb.ClaimCoupon, code="SPRING-25")


def test_a_frozen_member_gets_none_and_uses_none(drawer: Drawer) -> None:
    coupon = drawer.claim()
    drawer.do(tb.Freeze, reason="fraud")
    for attempt in (drawer.claim, lambda: drawer.use("o1", coupon), lambda: drawer.reserve("o1", coupon)):
        with pytest.raises(tb.MemberFrozen):
            attempt()


# --- orders ----------------------------------------------------------------------------------------------


def test_what_is_used_is_shared_to_lines_and_booked(drawer: Drawer) -> None:
    coupon = drawer.claim()
    used = drawer.use("o1", coupon, of=basket(2000, 1000))
    (discount,) = used.combination.discounts
    assert (used.combination.amount, discount.shares) == (500, {"1": 333, "2": 167})
    assert drawer.state(coupon) == "used"
    assert drawer.view(coupon).order == "o1"
    assert drawer.names() == []
    assert drawer.names("used") == [coupon]
    sheet = drawer.report()
    assert (sheet.used, sheet.open) == (1, 0)
    assert [(each.fund, each.amount) for each in sheet.costs] == [("acme", 500)]


def test_coupons_are_used_all_or_none(drawer: Drawer) -> None:
    five, scarce = drawer.claim(), drawer.claim("scarce")
    with pytest.raises(tb.CouponNotUsable) as refused:
        drawer.use("o1", five, scarce)
    assert refused.value.why == "not_together"
    assert (drawer.state(five), drawer.state(scarce)) == ("issued", "issued")
    assert drawer.cost() == 0


def test_an_order_uses_coupons_once(drawer: Drawer) -> None:
    first, second = drawer.claim(), drawer.claim()
    drawer.use("o1", first)
    for attempt in (drawer.use, drawer.reserve):
        with pytest.raises(tb.CouponOrderState):
            attempt("o1", second)
    with pytest.raises(tb.CouponState, match="is used"):
        drawer.use("o2", first)


def test_a_reserved_coupon_is_the_orders_own(drawer: Drawer) -> None:
    coupon = drawer.claim()
    reserved = drawer.reserve("o1", coupon, basket=basket(3000))
    assert reserved.combination.amount == 500
    assert reserved.deadline == drawer.clock.now + timedelta(seconds=600)
    for attempt in (drawer.use, drawer.reserve):
        with pytest.raises(tb.CouponState, match="order o1 has it"):
            attempt("o2", coupon)
    assert drawer.do(tb.UseCoupons, order_id="o1").combination.amount == 500
    assert drawer.state(coupon) == "used"


def test_reserving_again_replaces(drawer: Drawer) -> None:
    first, second = drawer.claim(), drawer.claim("tenth")
    drawer.reserve("o1", first)
    drawer.reserve("o1", first, second)
    drawer.reserve("o1", second)
    assert (drawer.state(first), drawer.state(second)) == ("issued", "reserved")
    used = drawer.use("o1")
    assert [each.coupon for each in used.combination.discounts] == [second]


def test_reserving_again_in_one_batch_replaces(drawer: Drawer) -> None:
    first, second = drawer.claim(), drawer.claim("tenth")
    make = drawer.make
    outcomes = drawer.book.do(
        [
            make(tb.ReserveCoupons, order_id="o1", coupons=(first,)),
            make(tb.ReserveCoupons, order_id="o1", coupons=(second,)),
            make(tb.ReleaseCoupons, order_id="o1"),
            make(tb.UseCoupons, order_id="o1", coupons=(first,), basket=basket(3000)),
            make(tb.ReturnCoupons, order_id="o1"),
        ]
    )
    assert [type(each).__name__ for each in outcomes[:3]] == ["CouponsReserved"] * 2 + ["CouponsReleased"]
    assert isinstance(outcomes[4], tb.CouponsReturned)
    assert outcomes[4].amount == 500
    assert (drawer.state(first), drawer.state(second)) == ("issued", "issued")


def test_what_is_named_lets_go_of_the_rest(drawer: Drawer) -> None:
    first, second = drawer.claim(), drawer.claim("tenth")
    drawer.reserve("o1", first, second)
    drawer.use("o1", first)
    assert (drawer.state(first), drawer.state(second)) == ("used", "issued")


def test_a_left_order_lets_go(drawer: Drawer) -> None:
    coupon = drawer.claim()
    drawer.reserve("o1", coupon)
    assert drawer.do(tb.ReleaseCoupons, order_id="o1").coupons == (coupon,)
    assert drawer.state(coupon) == "issued"
    for kind in (tb.ReleaseCoupons, tb.UseCoupons, tb.ReturnCoupons):
        with pytest.raises(tb.UnknownCouponOrder):
            drawer.do(kind, order_id="o1")


# --- time ------------------------------------------------------------------------------------------------


def test_a_reservation_is_over_by_itself(drawer: Drawer) -> None:
    coupon = drawer.claim()
    drawer.reserve("o1", coupon, seconds=60)
    drawer.clock.forward(seconds=59)
    assert drawer.state(coupon) == "reserved"
    drawer.clock.forward(seconds=1)
    assert drawer.state(coupon) == "issued"
    assert drawer.names("issued") == [coupon]
    with pytest.raises(tb.UnknownCouponOrder):
        drawer.do(tb.UseCoupons, order_id="o1", basket=basket(3000))
    drawer.use("o2", coupon)


def test_an_expired_coupon_is_not_used_whether_a_sweep_has_run_or_not(drawer: Drawer) -> None:
    coupon, other = drawer.claim(), drawer.claim("tenth")
    drawer.clock.forward(days=10)
    assert drawer.state(coupon) == "expired"
    assert (drawer.names(), drawer.names("expired")) == ([other], [coupon])
    with pytest.raises(tb.CouponState, match="is expired"):
        drawer.use("o1", coupon)
    assert (drawer.report().expired, drawer.report().open) == (1, 0)
    assert (drawer.names(), drawer.names("expired")) == ([other], [coupon])


def test_what_is_reserved_in_time_is_used_though_its_end_has_come(drawer: Drawer) -> None:
    coupon = drawer.claim()
    drawer.clock.now = drawer.view(coupon).ends_at - timedelta(seconds=10)
    drawer.reserve("o1", coupon)
    drawer.clock.forward(seconds=60)
    assert drawer.state(coupon) == "reserved"
    assert drawer.use("o1").combination.amount == 500


def test_what_is_let_go_after_its_end_has_expired(drawer: Drawer) -> None:
    coupon, second = drawer.claim(), drawer.claim()
    drawer.clock.now = drawer.view(coupon).ends_at - timedelta(seconds=10)
    drawer.reserve("o1", coupon)
    drawer.reserve("o2", second)
    drawer.clock.forward(seconds=60)
    assert drawer.do(tb.ReleaseCoupons, order_id="o1").expired == (coupon,)
    drawer.clock.forward(seconds=600)
    assert (drawer.state(coupon), drawer.state(second)) == ("expired", "expired")
    assert drawer.report().expired == 2


# --- what comes back -------------------------------------------------------------------------------------


def test_a_cancelled_order_gives_back_what_the_template_says(drawer: Drawer) -> None:
    five, tenth = drawer.claim(), drawer.claim("tenth")
    drawer.use("o1", five, tenth)
    back = drawer.give_back("o1", cancelled=True)
    assert {each.coupon: (each.is_back, each.state) for each in back.coupons} == {
        five: (True, "issued"),
        tenth: (False, "used"),
    }
    assert (drawer.cost(), drawer.cost("tenth")) == (0, 0)
    assert (drawer.report().returned, drawer.report("tenth").returned) == (1, 0)
    drawer.use("o2", five)


def test_a_coupon_that_comes_back_is_extended(drawer: Drawer) -> None:
    coupon = drawer.claim()
    drawer.clock.forward(days=9)
    drawer.use("o1", coupon)
    drawer.clock.forward(days=5)
    (back,) = drawer.give_back("o1").coupons
    assert back.ends_at.date() == drawer.clock.now.date() + timedelta(days=3)
    assert drawer.view(coupon).returns == 1


def test_a_coupon_that_comes_back_too_late_has_expired(drawer: Drawer) -> None:
    (coupon,) = drawer.issue()
    drawer.use("o1", coupon)
    drawer.clock.forward(days=20)
    (back,) = drawer.give_back("o1").coupons
    assert (back.is_back, back.state) == (True, "expired")
    assert (drawer.cost("given"), drawer.report("given").expired) == (0, 1)


def test_parts_come_to_the_whole_and_below_the_minimum_the_coupon_is_back(drawer: Drawer) -> None:
    coupon = drawer.claim()
    drawer.use("o1", coupon, of=basket(1000, 1000, 1000))
    first = drawer.give_back("o1", lines={"1": 1})
    assert (first.amount in (166, 167), first.coupons[0].is_back) == (True, False)
    second = drawer.give_back("o1", lines={"3": 1})
    assert (second.amount in (166, 167), second.coupons[0].is_back) == (True, True)
    with pytest.raises(tb.ReturnExceedsOrder) as exceeds:
        drawer.give_back("o1", lines={"1": 1})
    assert exceeds.value.left == 0
    third = drawer.give_back("o1")
    assert (first.amount + second.amount + third.amount, drawer.cost()) == (500, 0)
    assert not third.coupons[0].is_back
    assert drawer.report().returned == 1


def test_the_terms_of_a_return_are_those_of_its_use(drawer: Drawer) -> None:
    coupon = drawer.claim()
    drawer.use("o1", coupon, of=basket(1500, 1500))
    document = drawer.book.program("shop").document
    drawer.book.apply(document.replace('min_spend: "20.00"', 'min_spend: "1.00"'))
    assert drawer.give_back("o1", lines={"1": 1}).coupons[0].is_back


# --- void and transferred --------------------------------------------------------------------------------


def test_a_void_coupon_is_good_for_nothing(drawer: Drawer) -> None:
    coupon, reserved = drawer.claim(), drawer.claim()
    drawer.reserve("o1", reserved)
    for each in (coupon, reserved):
        drawer.do(tb.VoidCoupon, coupon=each, reason="mistake")
    assert (drawer.state(coupon), drawer.report().voided) == ("voided", 2)
    with pytest.raises(tb.CouponState, match="is voided"):
        drawer.use("o1")
    with pytest.raises(tb.CouponState, match="no way to void it"):
        drawer.do(tb.VoidCoupon, coupon=coupon, reason="again")
    drawer.clock.forward(seconds=600)
    assert drawer.state(reserved) == "voided"


def test_a_transferred_coupon_goes_there_and_back(drawer: Drawer) -> None:
    drawer.enroll("m2")
    coupon = drawer.claim()
    drawer.do(tb.TransferCoupon, coupon=coupon, to_member="m2")
    assert (drawer.state(coupon), drawer.state(coupon, "m2")) == ("transferred", "issued")
    drawer.do(tb.TransferCoupon, "m2", coupon=coupon, to_member="m1")
    assert (drawer.state(coupon), drawer.state(coupon, "m2")) == ("issued", "transferred")
    with pytest.raises(tb.CouponState):
        drawer.do(tb.TransferCoupon, "m2", coupon=coupon, to_member="m1")
    with pytest.raises(tb.CouponNotTransferable):
        drawer.do(tb.TransferCoupon, coupon=drawer.claim("tenth"), to_member="m2")
    with pytest.raises(tb.UnknownCoupon):
        drawer.use("o1", "nobody's")
    assert drawer.report().open == 1


@pytest.mark.parametrize("kept", ["m1", "m2"])
@pytest.mark.parametrize("since", ["kept", "used", "expired", "passed on", "given back"])
def test_a_coupon_that_one_account_gave_to_the_other_is_one_when_they_are_merged(
    drawer: Drawer, since: str, kept: str
) -> None:
    drawer.enroll("m2", "m3")
    coupon = drawer.claim()
    drawer.do(tb.TransferCoupon, coupon=coupon, to_member="m2")
    match since:
        case "used":
            drawer.do(tb.UseCoupons, "m2", order_id="o1", coupons=(coupon,), basket=basket(3000))
        case "expired":
            drawer.clock.forward(days=20)
        case "passed on":
            drawer.do(tb.TransferCoupon, "m2", coupon=coupon, to_member="m3")
        case "given back":
            drawer.do(tb.TransferCoupon, "m2", coupon=coupon, to_member="m1")
    drawer.do(tb.MergeMembers, kept, other="m2" if kept == "m1" else "m1")
    state = {"used": "used", "expired": "expired", "passed on": "transferred"}.get(since, "issued")
    assert drawer.state(coupon, kept) == state
    for standing in tb.CouponStanding:
        assert drawer.names(standing, kept) == ([coupon] if standing == state else [])


# --- in a store ------------------------------------------------------------------------------------------


def test_a_redemption_in_a_store_comes_once_and_can_be_revoked(drawer: Drawer) -> None:
    coupon = drawer.claim()
    redeem = drawer.make(
        tb.RedeemInStore, coupon=coupon, store="s1", operator="kim", basket=basket(3000), order_id="receipt-1"
    )
    first, again = drawer.book.do(redeem), drawer.book.do(redeem)
    assert (first.discount.amount, again.replayed, drawer.cost()) == (500, True, 500)
    order = drawer.book.ask(tb.GetCouponOrder(program="shop", member="m1", order_id="receipt-1"))
    assert (order.store, order.operator, order.state) == ("s1", "kim", "used")
    revoked = drawer.do(tb.RevokeRedemption, order_id="receipt-1", operator="lee", reason="wrong coupon")
    assert (revoked.coupon, revoked.amount, drawer.cost(), drawer.state(coupon)) == (coupon, 500, 0, "issued")
    with pytest.raises(tb.CouponOrderState, match="are revoked"):
        drawer.do(tb.RevokeRedemption, order_id="receipt-1", operator="lee", reason="again")


def test_a_redemption_is_revoked_in_time_and_only_a_stores(drawer: Drawer) -> None:
    coupon, other = drawer.claim(), drawer.claim()
    drawer.do(
        tb.RedeemInStore, coupon=coupon, store="s1", operator="kim", basket=basket(3000), order_id="receipt-1"
    )
    drawer.use("o1", other)
    with pytest.raises(tb.CouponOrderState, match="used by no store"):
        drawer.do(tb.RevokeRedemption, order_id="o1", operator="lee", reason="x")
    drawer.clock.forward(seconds=3600)
    with pytest.raises(tb.RevocationTooLate):
        drawer.do(tb.RevokeRedemption, order_id="receipt-1", operator="lee", reason="x")


# --- what they are worth ---------------------------------------------------------------------------------


def test_a_basket_is_told_what_the_members_coupons_are_worth(drawer: Drawer) -> None:
    five, tenth, other = drawer.claim(), drawer.claim("tenth"), drawer.claim("scarce")
    drawer.reserve("o1", five)
    drawer.reserve("o2", tenth)
    query = tb.EvaluateBasket(program="shop", member="m1", basket=basket(3000, order_id="o1"))
    found = drawer.book.ask(query).evaluation
    assert [each.coupon for each in found.best.discounts] == [five]
    assert {each.coupon for each in found.usable} == {five, other}
    ((reason,),) = (each.reasons for each in found.unusable)
    assert (reason.why, reason.detail) == ("reserved", "o2")
    drawer.clock.forward(days=10)
    assert [each.coupon for each in drawer.book.ask(query).evaluation.usable] == [tenth]


def test_coupons_are_told_by_pages(drawer: Drawer) -> None:
    made = sorted(drawer.issue(count=5))
    page = drawer.book.ask(tb.MyCoupons(program="shop", member="m1", page_size=2))
    seen = [each.coupon for each in page.coupons]
    while page.next_page_token:
        page = drawer.book.ask(
            tb.MyCoupons(program="shop", member="m1", page_size=2, page_token=page.next_page_token)
        )
        seen += [each.coupon for each in page.coupons]
    assert seen == made
