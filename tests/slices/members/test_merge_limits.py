"""What was had counts towards the limits of whoever had it: of both while they are one, and once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.members.test_merge import START, merge, split
from tests.slices.shop import PROGRAM, Shop

MOST: Final = 4
LIMITED: Final = (
    PROGRAM
    + """
coupons:
  five:
    currency: USD
    offer: {kind: amount_off, amount: "5.00"}
    validity: {kind: after_issue, days: 10}
    claims: {}
    limits: [{period: day, most: 4}, {period: life, most: 4}]
mall:
  mug: {gives: {kind: goods}, price: {kind: free}, limits: [{period: day, most: 4}, {period: life, most: 4}]}
draws:
  wheel: {limits: [{period: day, most: 4}, {period: life, most: 4}], prizes: {cup: {weight: 1, goods: cup}}}
  costly:
    cost: {unit: points, units: 1000}
    free: {most: 4, period: day}
    prizes: {cup: {weight: 1, goods: cup}}
memberships:
  plus:
    price: "1.00"
    currency: USD
    term: {kind: days, days: 90}
    benefits: {quotas: {lounge: {most: 4, period: year}}}
velocity: {burst: {what: units_redeemed, unit: points, most: 4, period: day, then: refuse}}
"""
)
KEY: Final = tb.CodeKey("a key of thirty-two bytes for us")

Have = Callable[[Shop, str], Any]
"""Has a member have one of what is limited to `MOST`."""


@pytest.fixture
def shop(database_url: str, clock: SetClock) -> Iterator[Shop]:
    """A shop with limits of every kind, and members who have used none of them."""
    clock.now = START
    with tb.Book.open(database_url, clock=clock, code_key=KEY) as book:
        book.apply(LIMITED)
        shop = Shop(book, clock)
        for name in ("m1", "m2", "m3"):
            shop.enroll(name)
            shop.award(10, name)
        for draw in ("wheel", "costly"):
            book.draws.open("shop", draw, f"open-{draw}")
        yield shop
        assert shop.problems() == []


def order(shop: Shop, name: str) -> Any:
    return shop.book.do(shop.make(tb.PlaceOrder, name, item="mug"))


def claim(shop: Shop, name: str) -> Any:
    return shop.book.do(shop.make(tb.ClaimCoupon, name, template="five"))


def draw(shop: Shop, name: str, draw: str = "wheel") -> Any:
    return shop.book.draws.draw("shop", name, draw, shop.make(tb.Enroll).request_id)


def draw_for_nothing(shop: Shop, name: str) -> Any:
    return draw(shop, name, "costly")


def use(shop: Shop, name: str, **fields: Any) -> Any:
    shop.book.do(shop.make(tb.GrantMembershipDays, name, plan="plus", days=1, reason="for its lounge"))
    return shop.book.do(shop.make(tb.UseBenefit, name, quota="lounge", **fields))


def redeem(shop: Shop, name: str) -> Any:
    return shop.redeem(1, name)


def left(shop: Shop, have: Have, name: str) -> int:
    """How many more a member can have, by having them."""
    for number in range(MOST + 1):
        try:
            have(shop, name)
        except tb.TallybookError:
            return number
    return MOST + 1


LIMITS: Final = pytest.mark.parametrize("have", [order, claim, draw, draw_for_nothing, use, redeem])


@LIMITS
def test_while_two_are_one_what_both_had_counts(shop: Shop, have: Have) -> None:
    have(shop, "m1")
    have(shop, "m2")
    merge(shop)
    assert left(shop, have, "m1") == MOST - 2


@LIMITS
def test_who_are_two_again_have_what_was_left_of_their_own(shop: Shop, have: Have) -> None:
    have(shop, "m2")
    for _ in range(MOST):
        merge(shop)
        split(shop)
    have(shop, "m1")
    merge(shop)
    have(shop, "m1")
    split(shop)
    assert (left(shop, have, "m1"), left(shop, have, "m2")) == (MOST - 2, MOST - 1)


@LIMITS
def test_what_a_third_had_goes_along_and_comes_back(shop: Shop, have: Have) -> None:
    have(shop, "m2")
    have(shop, "m3")
    merge(shop, "m2", "m3")
    merge(shop, "m1", "m2")
    split(shop, "m1", "m2")
    split(shop, "m2", "m3")
    merge(shop, "m3", "m1")
    merge(shop, "m3", "m2")
    assert left(shop, have, "m3") == MOST - 2
    split(shop, "m3", "m1")
    assert left(shop, have, "m1") == MOST


def test_what_was_given_back_of_the_others_since_is_taken_from_nobody_else(shop: Shop) -> None:
    use(shop, "m2", request_id="theirs")
    merge(shop)
    shop.book.do(shop.make(tb.ReturnBenefit, "m1", use="theirs"))
    split(shop)
    assert (left(shop, use, "m1"), left(shop, use, "m2")) == (MOST, MOST - 1)


def test_what_is_counted_of_a_period_that_is_over_limits_nobody(shop: Shop) -> None:
    redeem(shop, "m2")
    merge(shop)
    shop.clock.forward(days=1)
    redeem(shop, "m1")
    split(shop)
    assert left(shop, redeem, "m1") == MOST - 1
