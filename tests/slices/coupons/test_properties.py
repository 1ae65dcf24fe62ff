"""What holds whatever the templates, coupons and baskets are. Knows no database."""

from random import Random
from typing import Any
from unittest import mock

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from tallybook.coupons import combination
from tallybook.coupons.basket import Basket, BasketLine
from tallybook.coupons.facts import Coupon
from tallybook.programs.coupon_kinds.amount_off import AmountOff
from tallybook.programs.coupon_kinds.fixed_price import FixedPrice
from tallybook.programs.coupon_kinds.free_item import FreeItem
from tallybook.programs.coupon_kinds.free_shipping import FreeShipping
from tallybook.programs.coupon_kinds.nth_item import NthItem
from tallybook.programs.coupon_kinds.percentage import Percentage
from tallybook.programs.coupon_kinds.pieces import Which
from tallybook.programs.coupons import CouponTemplate, Stacking
from tallybook.programs.rules import LineFilter

from tests.lengths import TIMES_LONGER
from tests.slices.coupons import by_hand
from tests.slices.coupons.counter import coupon, evaluated, taken_together, template

MONEY = st.integers(1, 9) | st.integers(1, 150)
COUNT = st.integers(1, 3)
POINTS = st.integers(1, 10_000)
MAYBE = st.none() | MONEY
WHICH = st.sampled_from(list(Which))
GROUPS = ("", "g", "h")

offers = st.one_of(
    st.builds(AmountOff, MONEY),
    st.builds(Percentage, POINTS, MAYBE),
    st.builds(FreeShipping, MAYBE),
    st.builds(FreeItem, COUNT, st.integers(0, 50), WHICH),
    st.builds(NthItem, st.integers(2, 3), MONEY, st.just(0), st.none() | COUNT, WHICH),
    st.builds(NthItem, st.integers(2, 3), st.none(), POINTS, st.none() | COUNT, WHICH),
    st.builds(FixedPrice, MONEY, COUNT, WHICH),
)
filters = st.none() | st.builds(LineFilter, categories=st.frozensets(st.sampled_from("xyz"), min_size=1))
stackings = st.one_of(
    st.just(Stacking(stacks_with=None)),
    st.builds(
        Stacking,
        st.sampled_from(GROUPS),
        st.sampled_from(("", "", "e")),
        st.none() | st.frozensets(st.sampled_from(GROUPS)),
        st.integers(1, 2),
    ),
)
lines = st.builds(
    BasketLine,
    category=st.sampled_from("xyz"),
    quantity=st.integers(1, 3),
    amount=st.integers(0, 300),
)
baskets = st.builds(
    Basket,
    currency=st.just("USD"),
    lines=st.lists(lines, min_size=1, max_size=4).map(tuple),
    shipping=st.integers(0, 90),
)


@st.composite
def templates(draw: st.DrawFn, most: int = 5) -> list[CouponTemplate]:
    """Templates of every kind."""
    return [
        template(
            draw(offers),
            f"t{number}",
            lines=draw(filters),
            counted_lines=draw(st.none() | filters),
            min_spend=draw(st.sampled_from((0, 0, 100, 200))),
            min_quantity=draw(st.sampled_from((0, 0, 2))),
            spend_after_coupons=draw(st.booleans()),
            priority=draw(st.integers(0, 1)),
            stacking=draw(stackings),
        )
        for number in range(draw(st.integers(1, most)))
    ]


@st.composite
def purses(draw: st.DrawFn, of: list[CouponTemplate]) -> list[Coupon]:
    """One or two coupons of each template."""
    found = [
        coupon(each.code, f"{each.code}-{copy}", days=draw(st.integers(1, 3)))
        for each in of
        for copy in range(draw(st.integers(1, 2)))
    ]
    return found[:7]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Basket, list[CouponTemplate], list[Coupon]]:
    found = draw(templates())
    return draw(baskets), found, draw(purses(found))


@st.composite
def cases_of_sums(draw: st.DrawFn) -> tuple[Basket, list[CouponTemplate], list[Coupon]]:
    """Many coupons for all of a small order and its shipping, of which many exclude each other."""
    offers = st.one_of(
        st.builds(AmountOff, st.integers(1, 20)),
        st.builds(Percentage, POINTS, st.none() | st.integers(1, 20)),
        st.builds(FreeShipping, st.none() | st.integers(1, 9)),
    )
    exclusive = st.builds(Stacking, st.just(""), st.sampled_from(("", "e", "f", "g")), st.none())
    found = [
        template(
            draw(offers),
            f"t{number}",
            min_spend=draw(st.sampled_from((0, 10, 30, 40))),
            spend_after_coupons=draw(st.booleans()),
            priority=draw(st.integers(0, 1)),
            stacking=draw(exclusive),
        )
        for number in range(draw(st.integers(4, 8)))
    ]
    amounts = draw(st.lists(st.integers(10, 40), min_size=1, max_size=2))
    lines = tuple(BasketLine(amount=amount) for amount in amounts)
    shipping = draw(st.integers(0, 12))
    return (
        Basket(currency="USD", lines=lines, shipping=shipping),
        found,
        [coupon(each.code) for each in found],
    )


@settings(max_examples=300 * TIMES_LONGER)
@given(cases() | cases_of_sums())
def test_the_best_combination_is_the_best_of_all(case: Any) -> None:
    basket, made, coupons = case
    found = evaluated(basket, *made, coupons=coupons)
    assert found.is_proven
    able = {each.coupon for each in found.usable}
    expected = by_hand.best(
        basket, [each for each in coupons if each.coupon in able], {each.code: each for each in made}
    )
    assert [(each.coupon, each.shares) for each in found.best.discounts] == expected
    # A good beginning makes the search short, and hides what it would do wrong.
    with mock.patch.object(combination._Search, "_seed", return_value=None):
        assert evaluated(basket, *made, coupons=coupons) == found


@given(cases(), st.integers(0, 10))
def test_the_order_in_which_coupons_and_lines_come_is_the_same(case: Any, seed: int) -> None:
    basket, made, coupons = case
    named = [msgspec.structs.replace(line, line_id=f"l{n}") for n, line in enumerate(basket.lines)]
    first = msgspec.structs.replace(basket, lines=tuple(named))
    shuffle = Random(seed)
    shuffle.shuffle(named)
    other = msgspec.structs.replace(basket, lines=tuple(named))
    mixed = shuffle.sample(coupons, len(coupons))
    found = evaluated(first, *made, coupons=coupons)
    assert evaluated(other, *shuffle.sample(made, len(made)), coupons=mixed) == found


@given(cases())
def test_discounts_are_shared_out_whole_and_leave_no_line_below_zero(case: Any) -> None:
    basket, made, coupons = case
    found = evaluated(basket, *made, coupons=coupons)
    left = {str(place): line.amount for place, line in enumerate(basket.lines, 1)} | {
        "shipping": basket.shipping
    }
    for each in (*found.usable, *found.best.discounts):
        assert each.amount == sum(each.shares.values()) > 0
        assert all(0 < share <= left[line] for line, share in each.shares.items())
    for each in found.best.discounts:
        left = {line: amount - each.shares.get(line, 0) for line, amount in left.items()}
    assert min(left.values()) >= 0
    assert found.best.amount == sum(each.amount for each in found.best.discounts)


@given(cases())
def test_every_coupon_is_usable_or_told_why_not(case: Any) -> None:
    basket, made, coupons = case
    found = evaluated(basket, *made, coupons=coupons)
    told = [each.coupon for each in found.usable] + [each.coupon for each in found.unusable]
    assert sorted(told) == sorted(each.coupon for each in coupons)
    assert all(each.reasons for each in found.unusable)


@given(cases(), st.data())
def test_a_coupon_that_the_best_does_without_changes_nothing(case: Any, data: st.DataObject) -> None:
    basket, made, coupons = case
    best = evaluated(basket, *made, coupons=coupons).best
    used = {each.coupon for each in best.discounts}
    kept = [each for each in coupons if each.coupon in used or data.draw(st.booleans())]
    assert evaluated(basket, *made, coupons=kept).best == best


@given(cases())
def test_the_best_combination_taken_together_is_what_it_says(case: Any) -> None:
    basket, made, coupons = case
    best = evaluated(basket, *made, coupons=coupons).best
    used = {each.coupon for each in best.discounts}
    found = taken_together(basket, *made, coupons=[each for each in coupons if each.coupon in used])
    assert found.combination == best
    assert not found.unusable


@given(cases(), st.integers(0, 40))
def test_a_search_cut_short_says_so_and_never_invents(case: Any, steps: int) -> None:
    basket, made, coupons = case
    whole = evaluated(basket, *made, coupons=coupons)
    found = evaluated(basket, *made, coupons=coupons, steps_max=steps)
    assert found.best.amount <= whole.best.amount
    assert found.best == whole.best or not found.is_proven
    assert found.best.amount >= max((each.amount for each in found.usable), default=0)
