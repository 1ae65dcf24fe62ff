"""Which coupons are used together, in which order, and which are best. Knows no database."""

from typing import Any

import pytest
from tallybook.coupons.basket import Basket
from tallybook.coupons.evaluation import COUPONS_MAX
from tallybook.coupons.facts import Reason, Why
from tallybook.errors import InvalidInput
from tallybook.programs.coupon_kinds.amount_off import AmountOff
from tallybook.programs.coupon_kinds.fixed_price import FixedPrice
from tallybook.programs.coupon_kinds.free_item import FreeItem
from tallybook.programs.coupon_kinds.free_shipping import FreeShipping
from tallybook.programs.coupon_kinds.nth_item import NthItem
from tallybook.programs.coupon_kinds.percentage import Percentage
from tallybook.programs.coupons import CouponTemplate, Stacking

from tests.slices.coupons.counter import basket, coupon, evaluated, line, only, taken_together, template

HUNDRED = basket(10_000)
TEA = only(categories=["tea"])


def best(of: Basket, *templates: CouponTemplate, **changes: Any) -> dict[str, int]:
    """The best combination: what each coupon takes off, in the order in which they are applied."""
    return {each.coupon: each.amount for each in evaluated(of, *templates, **changes).best.discounts}


def test_without_coupons_nothing_is_off() -> None:
    found = evaluated(HUNDRED)
    assert (found.best.amount, found.best.discounts, found.is_proven) == (0, (), True)


def test_what_pieces_cost_comes_before_percentages_and_these_before_amounts() -> None:
    of = basket(line(10_000, "tea", quantity=4), shipping=500)
    made = [
        template(FreeShipping(), "a"),
        template(AmountOff(1000), "b"),
        template(Percentage(1000), "c"),
        template(AmountOff(1000), "d", lines=TEA),
        template(Percentage(1000), "e", lines=TEA),
        template(NthItem(4, basis_points=5000), "f"),
        template(FreeItem(), "g"),
        template(FixedPrice(2000), "h"),
    ]
    assert list(best(of, *made)) == ["h", "g", "f", "e", "d", "c", "b", "a"]


def test_each_coupon_applies_to_what_those_before_it_have_left() -> None:
    assert best(HUNDRED, template(AmountOff(2000), "a"), template(Percentage(1000), "b")) == {
        "b": 1000,
        "a": 2000,
    }
    of = basket(line(10_000, "tea"), 10_000)
    tea = template(Percentage(5000), "a", lines=TEA)
    assert best(of, tea, template(Percentage(1000), "b")) == {"a": 5000, "b": 1500}


def test_of_the_same_kind_those_of_a_higher_priority_come_first_and_then_the_least_code() -> None:
    made = [template(AmountOff(1), code, priority=n) for code, n in (("a", 0), ("b", 0), ("c", 1))]
    assert list(best(HUNDRED, *made)) == ["c", "a", "b"]


def test_minimums_go_by_what_lines_cost_or_by_what_coupons_left() -> None:
    first = template(AmountOff(2000), "a", priority=1)
    assert best(HUNDRED, first, template(AmountOff(100), "b", min_spend=9000)) == {"a": 2000, "b": 100}
    after = template(AmountOff(100), "b", min_spend=9000, spend_after_coupons=True)
    assert best(HUNDRED, first, after) == {"a": 2000}
    assert best(HUNDRED, template(AmountOff(1000), "a", priority=1), after) == {"a": 1000, "b": 100}


def test_taking_less_is_better_where_taking_more_spoils_the_minimum_of_another() -> None:
    either = Stacking("", "e", None)
    made = [
        template(AmountOff(2), "a", stacking=either),
        template(AmountOff(1), "b", stacking=either),
        template(AmountOff(20), "c", min_spend=30, spend_after_coupons=True),
    ]
    assert best(basket(31), *made) == {"b": 1, "c": 20}


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (Stacking(), Stacking(), False),
        (Stacking(stacks_with=None), Stacking(), False),
        (Stacking(stacks_with=None), Stacking(stacks_with=None), True),
        (Stacking("g"), Stacking("h", stacks_with=frozenset("g")), False),
        (Stacking("g", stacks_with=frozenset("h")), Stacking("h", stacks_with=frozenset("g")), True),
        (Stacking("g", stacks_with=frozenset("g")), Stacking("g", stacks_with=frozenset("g")), True),
        (Stacking("", "e", None), Stacking("", "e", None), False),
        (Stacking("", "e", None), Stacking("", "f", None), True),
    ],
)
def test_coupons_are_used_together_if_both_say_so(one: Stacking, other: Stacking, together: bool) -> None:
    found = best(
        HUNDRED, template(AmountOff(30), "a", stacking=one), template(AmountOff(20), "b", stacking=other)
    )
    assert found == ({"a": 30, "b": 20} if together else {"a": 30})


def test_an_order_takes_so_many_of_a_template_those_that_expire_first() -> None:
    made = template(AmountOff(10), stacking=Stacking(most_per_order=2))
    coupons = [coupon("t", name, days) for name, days in (("a", 9), ("b", 5), ("c", 7))]
    assert best(HUNDRED, made, coupons=coupons) == {"b": 10, "c": 10}


def test_two_small_ones_that_go_together_are_better_than_a_large_one_that_does_not() -> None:
    made = [
        template(AmountOff(50), "a", stacking=Stacking()),
        template(AmountOff(30), "b"),
        template(AmountOff(30), "c"),
    ]
    assert best(HUNDRED, *made) == {"b": 30, "c": 30}


def test_of_equals_the_fewest_coupons_are_best() -> None:
    made = [template(AmountOff(500), "a"), template(AmountOff(500), "b"), template(Percentage(10_000), "c")]
    assert best(basket(1000), *made) == {"c": 1000}


def test_of_as_many_those_that_expire_soonest_are_best_and_then_the_least_id() -> None:
    made = [template(AmountOff(100), code, stacking=Stacking()) for code in "abc"]
    coupons = [coupon("a", "z", 9), coupon("b", "y", 5), coupon("c", "x", 5)]
    assert best(HUNDRED, *made, coupons=coupons) == {"x": 100}
    assert best(HUNDRED, *made, coupons=coupons[:2]) == {"y": 100}


def test_fifty_coupons_that_all_go_together_are_all_used() -> None:
    made = [template(AmountOff(number + 1), f"t{number}") for number in range(25)]
    made += [template(Percentage(10 + number), f"p{number}") for number in range(25)]
    found = evaluated(HUNDRED, *made)
    assert len(found.best.discounts) == 50
    assert found.is_proven


def test_a_search_that_is_cut_short_still_answers_with_what_it_has() -> None:
    made = [template(AmountOff(50 + number), f"t{number}") for number in range(9)]
    found = evaluated(HUNDRED, *made, steps_max=0)
    assert not found.is_proven
    assert found.best.amount == sum(50 + number for number in range(9))


def test_chosen_coupons_that_do_not_go_together_are_told() -> None:
    made = [
        template(AmountOff(10), "a", stacking=Stacking(most_per_order=1)),
        template(AmountOff(20), "b", stacking=Stacking(stacks_with=None)),
    ]
    coupons = [coupon("a", "a1"), coupon("a", "a2"), coupon("b")]
    found = taken_together(HUNDRED, *made, coupons=coupons)
    assert [each.coupon for each in found.combination.discounts] == ["a1"]
    assert {each.coupon: each.reasons for each in found.unusable} == {
        "a2": (Reason(why=Why.TOO_MANY, asked=1, there=2),),
        "b": (Reason(why=Why.NOT_TOGETHER, detail="a1"),),
    }


def test_a_chosen_coupon_whose_minimum_others_have_spoilt_is_told() -> None:
    after = template(AmountOff(100), "b", min_spend=9000, spend_after_coupons=True)
    found = taken_together(HUNDRED, template(AmountOff(2000), "a"), after)
    (told,) = found.unusable
    assert told.reasons == (Reason(why=Why.BELOW_SPEND, asked=9000, there=8000),)


@pytest.mark.parametrize(
    ("of", "problem"),
    [
        (basket(), "basket.lines: must have from 1 to 1000"),
        (basket(1, currency="usd"), "basket.currency: must be a currency"),
        (basket(-1), "basket.lines[0].amount: must be from 0"),
        (basket(line(1, quantity=0)), "basket.lines[0].quantity: must be from 1"),
        (basket(line(1, line_id="a"), line(1, line_id="a")), "basket.lines: name a twice"),
        (basket(line(1, line_id="shipping"), shipping=1), "basket.lines: name shipping twice"),
        (basket(1, shipping=-1), "basket.shipping: must be from 0"),
        (basket(1, store=" "), "basket.store: must be printable"),
        (basket(line(2**62), line(2**62)), "basket.lines: must be from"),
    ],
)
def test_a_basket_that_makes_no_sense_is_refused(of: Basket, problem: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        evaluated(of)
    assert str(raised.value).startswith(problem)


def test_coupons_are_named_once_and_bounded() -> None:
    with pytest.raises(InvalidInput, match="twice"):
        evaluated(HUNDRED, coupons=[coupon(), coupon()])
    with pytest.raises(InvalidInput, match="at most 200"):
        evaluated(HUNDRED, coupons=[coupon("t", str(number)) for number in range(COUPONS_MAX + 1)])
