"""Orders that were checked out by a member who has become one with another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import tallybook as tb

from tests.slices.checkout.shop import PROGRAM, Shop, basket


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """A shop with two members who are one: `m1` has ordered, and `m2` goes on."""
    shop.enroll("m2")
    shop.do(tb.Award, "m2", unit="points", amount=70, expires_on=date(2026, 12, 31))
    shop.do(tb.Redeem, "m2", unit="points", amount=20)
    shop.enroll(points=3000, money=5000)
    return shop


def merge(shop: Shop, kept: str = "m2", gone: str = "m1") -> None:
    """Merge them."""
    shop.do(tb.MergeMembers, kept, other=gone)


def refund(shop: Shop, order: str, member: str = "m2", **fields: object) -> tb.CheckoutRefunded:
    """Refund an order, under its member's name."""
    shop.requests += 1
    refunded: tb.CheckoutRefunded = shop.do(
        tb.RefundCheckout, member, order_id=order, refund_id=f"f{shop.requests}", **fields
    )
    return refunded


def test_an_order_that_was_paid_is_refunded_through_the_page_that_goes_on(shop: Shop) -> None:
    five = shop.issue("five")
    shop.buy("o1", basket(4000, 2000), points=1000, balance=3500)
    merge(shop)
    assert shop.state("o1", "m2") == "captured"
    back = refund(shop, "o1", lines={"2": 1})
    assert back.amount > 0
    merge_again(shop)
    whole = refund(shop, "o1", "m3")
    assert (whole.is_whole, whole.amount + back.amount) == (True, 5500)
    assert (shop.has("points", "m3"), shop.has("usd", "m3")) == ((3050, 0), (6000, 0))
    assert shop.state("o1", "m3") == "refunded"
    assert shop.coupon(five, "m3") in ("issued", "returned")


def merge_again(shop: Shop) -> None:
    """Merge them into a third."""
    shop.enroll("m3")
    merge(shop, "m3", "m2")


def test_parts_that_went_back_before_and_after_come_to_the_whole(shop: Shop) -> None:
    shop.buy("o1", basket(4000, 2000, 999), points=1000, balance=3500)
    first = shop.refund("o1", {"1": 1})
    merge(shop)
    parts = [refund(shop, "o1", lines={line: 1}) for line in ("3", "2")]
    assert parts[-1].is_whole
    assert first.amount + sum(each.amount for each in parts) == 6999
    assert (shop.has("points", "m2"), shop.has("usd", "m2")) == ((3050, 0), (6000, 0))
    with pytest.raises(tb.CheckoutState):
        refund(shop, "o1")


def test_what_is_held_for_an_order_is_captured_through_the_page_that_goes_on(shop: Shop) -> None:
    five = shop.issue("five")
    quote = shop.quote("o1", basket(6000), points=1000, balance="most")
    shop.hold("o1", quote)
    merge(shop)
    assert (shop.has("points", "m1"), shop.has("points", "m2")) == ((0, 0), (2050, 1000))
    assert (shop.has("usd", "m1"), shop.has("usd", "m2")) == ((0, 0), (1500, 4500))
    assert (shop.coupon(five, "m2"), shop.state("o1", "m2")) == ("reserved", "held")
    captured = shop.do(tb.CaptureCheckout, "m2", order_id="o1")
    assert (captured.total, captured.payment) == (quote.total, quote.payment)
    assert {each.unit: each.given for each in captured.event.moved} == quote.earns
    assert shop.coupon(five, "m2") == "used"
    assert refund(shop, "o1").is_whole
    assert (shop.has("points", "m2"), shop.has("usd", "m2")) == ((3050, 0), (6000, 0))
    assert "1,000 points taken along by a merge, set aside before, of what is to be spent" in told(shop, "m1")
    assert "1,000 points brought by a merge, set aside, to be spent through" in told(shop, "m2")


def told(shop: Shop, member: str) -> str:
    """What all entries of a member's say."""
    page = shop.book.ask(tb.Statement(program="shop", member=member, page_size=100))
    asked = [tb.Explain(program="shop", member=member, entry=each.version) for each in page.entries]
    return "\n".join(text for each in asked for text in shop.book.ask(each).sentences)


def test_what_is_held_is_let_go_by_hand_and_by_time(shop: Shop) -> None:
    five = shop.issue("five")
    for order, points in (("o1", 500), ("o2", 300)):
        shop.hold(order, shop.quote(order, basket(6000), points=points))
    shop.hold("o3", shop.quote("o3", basket(1500), coupons=()))
    merge(shop)
    assert shop.has("points", "m2") == (2250, 800)
    shop.do(tb.ReleaseCheckout, "m2", order_id="o1")
    assert shop.has("points", "m2") == (2750, 300)
    assert shop.coupon(five, "m2") == "issued"
    shop.clock.forward(seconds=900)
    assert shop.has("points", "m2") == (3050, 0)
    assert [shop.state(order, "m2") for order in ("o1", "o2", "o3")] == ["released", "timed_out", "timed_out"]


def test_it_is_captured_and_refunded_in_the_batch_of_the_merge(shop: Shop) -> None:
    shop.hold("o1", shop.quote("o1", basket(4000), points=1000))
    shop.book.apply(PROGRAM.replace("quote_seconds: 600", "quote_seconds: 500"))
    outcomes = shop.book.do(
        [
            shop.make(tb.MergeMembers, "m2", other="m1"),
            shop.make(tb.CaptureCheckout, "m2", order_id="o1"),
            shop.make(tb.RefundCheckout, "m2", order_id="o1", refund_id="back"),
        ]
    )
    assert not [each for each in outcomes if isinstance(each, tb.TallybookError)], outcomes
    assert shop.has("points", "m2") == (3050, 0)


def test_what_was_let_go_stays_with_who_is_told_apart(shop: Shop) -> None:
    shop.hold("o1", shop.quote("o1", basket(4000), points=1000))
    merge(shop)
    shop.do(tb.ReleaseCheckout, "m2", order_id="o1")
    shop.do(tb.SplitMembers, "m2", other="m1")
    assert (shop.has("points", "m1"), shop.has("points", "m2")) == ((3000, 0), (50, 0))


def test_what_is_still_held_when_they_are_told_apart_stays_held(shop: Shop) -> None:
    shop.hold("o1", shop.quote("o1", basket(4000), points=1000))
    merge(shop)
    shop.do(tb.SplitMembers, "m2", other="m1")
    assert (shop.has("points", "m1"), shop.has("points", "m2")) == ((2000, 0), (50, 1000))
    assert shop.do(tb.CaptureCheckout, "m2", order_id="o1").total == 4000
    shop.clock.forward(seconds=3600)
    assert shop.has("points", "m1") == (2000, 0)


def test_an_order_that_both_have_checked_out_is_in_the_way_unless_it_is_over(shop: Shop) -> None:
    shop.hold("o1", shop.quote("o1", basket(4000), points=1000))
    asked = (tb.AskedTender(tender="points", units=50),)
    quoted = shop.do(tb.QuoteCheckout, "m2", order_id="o1", basket=basket(4000), tenders=asked)
    shop.do(tb.HoldCheckout, "m2", order_id="o1", quote=quoted.quote.quote)
    with pytest.raises(tb.MergeConflict):
        merge(shop)
    shop.do(tb.ReleaseCheckout, "m2", order_id="o1")
    merge(shop)
    assert shop.state("o1", "m2") == "held"
    assert shop.do(tb.CaptureCheckout, "m2", order_id="o1").payment == 3000


def test_what_is_held_by_hand_is_in_the_way_as_before(shop: Shop) -> None:
    shop.hold("o1", shop.quote("o1", basket(4000), points=1000))
    shop.do(tb.Hold, unit="points", amount=5, hold_id="H1")
    with pytest.raises(tb.MergeBlocked):
        merge(shop)
    shop.do(tb.Release, hold_id="H1")
    shop.do(tb.Release, hold_id=shop_hold(shop))
    merge(shop)
    with pytest.raises(tb.UnknownCheckout):
        shop.state("o1", "m2")
    shop.clock.forward(seconds=timedelta(hours=1).seconds)
    assert shop.has("points", "m2") == (3050, 0)


def shop_hold(shop: Shop) -> str:
    """The name of what is held for the order o1."""
    view = shop.book.ask(tb.GetCheckout(program="shop", member="m1", order_id="o1"))
    assert view.checkout is not None
    return str(view.checkout.holds["points"])
