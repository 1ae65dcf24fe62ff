"""Shipping that a coupon has made free: a line of the order like any other, which costs nothing."""

from __future__ import annotations

import pytest
import tallybook as tb

from tests.slices.checkout.shop import Shop, basket


@pytest.fixture
def freight(shop: Shop) -> str:
    """A coupon for free shipping of a member with points."""
    shop.enroll(points=3000)
    return shop.issue("freight")


def quoted(shop: Shop) -> tb.Quote:
    """An order of two lines whose shipping is free."""
    quote = shop.quote("o1", basket(3000, 2000, shipping=300), points=1000)
    assert [(each.line, each.amount - each.coupons) for each in quote.lines] == [
        ("1", 3000),
        ("2", 2000),
        ("shipping", 0),
    ]
    return quote


def test_the_lines_of_a_quote_can_be_captured_by_name(shop: Shop, freight: str) -> None:
    quote = quoted(shop)
    shop.hold("o1", quote)
    captured = shop.capture("o1", lines={each.line: each.quantity for each in quote.lines})
    assert (captured.total, captured.payment, captured.coupons_back) == (5000, 4000, ())
    assert {each.unit: each.given for each in captured.event.moved if each.given} == quote.earns
    assert (shop.coupon(freight), shop.state("o1")) == ("used", "captured")


def test_shipping_that_is_not_captured_costs_the_coupon_nothing(shop: Shop, freight: str) -> None:
    shop.hold("o1", quoted(shop))
    captured = shop.capture("o1", lines={"1": 1})
    assert captured.total == 3000
    assert [(each.coupon, each.shares) for each in captured.coupons_back] == [(freight, {"shipping": 300})]
    with pytest.raises(tb.ReturnExceedsOrder):
        shop.refund("o1", {"shipping": 1})
    assert shop.refund("o1", {"1": 1}).is_whole


def test_a_part_by_amount_has_its_shipping(shop: Shop, freight: str) -> None:
    shop.hold("o1", quoted(shop))
    captured = shop.capture("o1", amount=2500)
    assert (captured.total, captured.coupons_back) == (2500, ())
    rest = shop.refund("o1", {"1": 1, "2": 1, "shipping": 1})
    assert (rest.amount, rest.is_whole) == (2500, True)


@pytest.mark.parametrize(
    "steps",
    [
        [None],
        [{"1": 1, "2": 1}],
        [{"1": 1, "2": 1, "shipping": 1}],
        [{"shipping": 1}, {"1": 1, "2": 1}],
        [{"shipping": 1}, None],
        [{"1": 1}, {"2": 1}],
        [{"1": 1, "shipping": 1}, {"2": 1}],
        [{"2": 1}, {"shipping": 1}, {"1": 1}],
    ],
)
def test_however_free_shipping_goes_back_the_order_does(
    shop: Shop, freight: str, steps: list[dict[str, int] | None]
) -> None:
    before = shop.lots()
    shop.hold("o1", quoted(shop))
    shop.capture("o1")
    refunds = [shop.refund("o1", lines) for lines in steps]
    assert [each.is_whole for each in refunds] == [False] * (len(steps) - 1) + [True]
    assert sum(each.amount for each in refunds) == 5000
    assert sum(each.payment for each in refunds) == 4000
    assert sum(each.amount for refund in refunds for each in refund.coupons) == 300
    assert (shop.lots(), shop.coupon(freight), shop.state("o1")) == (before, "issued", "refunded")


def test_free_shipping_goes_back_by_itself_once_and_takes_nothing_back(shop: Shop, freight: str) -> None:
    shop.hold("o1", quoted(shop))
    shop.capture("o1")
    alone = shop.refund("o1", {"shipping": 1})
    assert (alone.amount, alone.event.moved, alone.is_whole) == (0, (), False)
    assert [(each.coupon, each.shares) for each in alone.coupons] == [(freight, {"shipping": 300})]
    with pytest.raises(tb.ReturnExceedsOrder):
        shop.refund("o1", {"1": 1, "shipping": 1})


def test_shipping_of_which_nothing_was_captured_goes_back_with_the_rest(shop: Shop) -> None:
    shop.enroll()
    shop.hold("o1", shop.quote("o1", basket(9000, shipping=1)))
    shop.capture("o1", amount=1)
    assert shop.refund("o1").amount == 1
