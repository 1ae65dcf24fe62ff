"""What each kind of coupon takes off, a fact each. Knows no database."""

import pytest
from tallybook.coupons.basket import Basket
from tallybook.programs.coupon_kinds.amount_off import AmountOff
from tallybook.programs.coupon_kinds.fixed_price import FixedPrice
from tallybook.programs.coupon_kinds.free_item import FreeItem
from tallybook.programs.coupon_kinds.free_shipping import FreeShipping
from tallybook.programs.coupon_kinds.nth_item import NthItem
from tallybook.programs.coupon_kinds.offer import Offer
from tallybook.programs.coupon_kinds.percentage import Percentage
from tallybook.programs.coupon_kinds.pieces import Which

from tests.slices.coupons.counter import alone, basket, line, only

TEA = line(1000, "tea", quantity=3)
CUPS = line(1500, "cups", quantity=2)
BOTH = basket(TEA, CUPS, shipping=490)
"""Three teas, of 3.33, 3.33 and 3.34; two cups of 7.50."""


def shares(offer: Offer, of: Basket = BOTH, categories: str = "") -> dict[str, int]:
    """What a coupon takes off each line, for all of them or those of one category."""
    lines = only(categories=[categories]) if categories else None
    found = alone(of, offer, lines=lines)
    return {} if found is None else found.shares


@pytest.mark.parametrize(
    ("offer", "categories", "expected"),
    [
        (AmountOff(500), "", {"1": 200, "2": 300}),
        (AmountOff(500), "tea", {"1": 500}),
        (AmountOff(5000), "", {"1": 1000, "2": 1500}),
        (Percentage(1000), "", {"1": 100, "2": 150}),
        (Percentage(1000, most=100), "", {"1": 40, "2": 60}),
        (Percentage(10_000), "tea", {"1": 1000}),
        (FreeShipping(), "", {"shipping": 490}),
        (FreeShipping(most=300), "tea", {"shipping": 300}),
        (FreeItem(), "", {"1": 333}),
        (FreeItem(pieces=4), "", {"1": 1000, "2": 750}),
        (FreeItem(pieces=9), "tea", {"1": 1000}),
        (FreeItem(price=99), "cups", {"2": 651}),
        (FreeItem(pieces=3, which=Which.DEAREST), "", {"1": 334, "2": 1500}),
        (FreeItem(price=333), "tea", {}),
        (NthItem(2, basis_points=5000), "", {"1": 333}),
        (NthItem(2, basis_points=5000, times=1), "", {"1": 166}),
        (NthItem(2, basis_points=5000, which=Which.DEAREST), "", {"2": 750}),
        (NthItem(3, price=100), "tea", {"1": 233}),
        (NthItem(2, price=800), "cups", {}),
        (FixedPrice(500), "", {"2": 250}),
        (FixedPrice(1000, pieces=3), "", {"1": 152, "2": 682}),
        (FixedPrice(100, pieces=2, which=Which.CHEAPEST), "tea", {"1": 566}),
        (FixedPrice(1000, pieces=3), "tea", {}),
    ],
)
def test_what_it_takes_off(offer: Offer, categories: str, expected: dict[str, int]) -> None:
    assert shares(offer, categories=categories) == expected


def test_a_percentage_is_rounded_down_once_on_the_sum() -> None:
    assert shares(Percentage(1500), basket(33, 33, 33)) == {"1": 5, "2": 5, "3": 4}


def test_what_a_share_leaves_over_goes_to_the_largest_remainders() -> None:
    assert shares(AmountOff(100), basket(100, 200, 400)) == {"1": 14, "2": 29, "3": 57}


def test_pieces_of_a_line_share_what_it_costs_and_the_rest_makes_some_dearer() -> None:
    dearest = FreeItem(which=Which.DEAREST)
    assert shares(dearest, basket(line(10, quantity=3))) == {"1": 4}
    assert shares(FreeItem(), basket(line(10, quantity=3))) == {"1": 3}


def test_pieces_are_not_counted_one_by_one() -> None:
    assert shares(NthItem(2, basis_points=10_000), basket(line(10**12, quantity=10**12))) == {
        "1": 10**12 // 2
    }
