"""Prices and tenders by themselves: what is shared out, and what goes back of it."""

from __future__ import annotations

import tallybook as tb
from hypothesis import given
from hypothesis import strategies as st
from tallybook.checkout.prices import Part, back_of, price, scaled_to, some_of, whole_of, worth_of
from tallybook.checkout.tenders import goes_back
from tallybook.coupons.facts import Combination
from tallybook.programs.checkout import Checkout, MemberDiscount
from tallybook.programs.rounding import Rounding

NAMES = ("payment", "balance", "points")
AMOUNTS = st.lists(st.integers(0, 500), min_size=3, max_size=3)


def terms(
    discount: MemberDiscount = MemberDiscount.BEFORE_COUPONS, *, in_proportion: bool = False
) -> Checkout:
    return Checkout({}, NAMES, in_proportion, discount, Rounding.FLOOR, 60, 60)


@given(AMOUNTS, st.booleans())
def test_nobody_gets_less_as_more_goes_back_and_all_of_it_is_all_of_each(
    amounts: list[int], in_proportion: bool
) -> None:
    paid = dict(zip(NAMES, amounts, strict=True))
    before = dict.fromkeys(NAMES, 0)
    for amount in range(sum(amounts) + 1):
        now = goes_back(terms(in_proportion=in_proportion), paid, amount)
        assert sum(now.values()) == amount
        assert all(before[name] <= now[name] <= paid[name] for name in NAMES)
        before = now
    assert before == paid


def test_in_order_one_comes_after_the_other_and_in_proportion_all_at_once() -> None:
    paid = {"payment": 100, "balance": 300, "points": 600}
    assert goes_back(terms(), paid, 250) == {"payment": 100, "balance": 150, "points": 0}
    in_proportion = goes_back(terms(in_proportion=True), paid, 255)
    assert in_proportion == {"payment": 25, "balance": 76, "points": 154}


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 999), st.integers(0, 99)), min_size=1), st.data())
def test_parts_of_an_order_are_worth_no_more_than_all_of_it(
    lines: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    whole = {str(place): Part(*line) for place, line in enumerate(lines, 1)}
    pieces = {line: data.draw(st.integers(0, part.quantity)) for line, part in whole.items()}
    taken = {line: number for line, number in pieces.items() if number}
    rest = {line: whole[line].quantity - number for line, number in pieces.items()}
    left = {line: number for line, number in rest.items() if number}
    some = worth_of(some_of("o1", whole, taken))
    assert some + worth_of(some_of("o1", whole, left)) <= worth_of(whole)
    assert back_of(whole, {line: part.quantity for line, part in whole.items()}) == worth_of(whole)
    amount = data.draw(st.integers(0, worth_of(whole)))
    if worth_of(whole):
        assert worth_of(scaled_to("o1", whole, amount)) == amount


def test_a_discount_is_rounded_once_and_shared_out() -> None:
    basket = tb.Basket(
        currency="USD", lines=tuple(tb.BasketLine(amount=each) for each in (333, 333, 334)), tax=10
    )

    def no_coupons(seen: tb.Basket) -> Combination:
        assert sum(line.amount for line in seen.lines) == 1000 - 25
        return Combination(discounts=(), amount=0)

    priced = price(basket, 255, terms(), no_coupons)
    assert sum(each.discount for each in priced.lines) == 25  # of 25.5
    assert worth_of(whole_of(priced.lines)) == 1000 - 25 + 10
