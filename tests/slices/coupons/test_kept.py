"""What is left of coupons when parts of their order go back. Knows no database."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tallybook.coupons.basket import Basket
from tallybook.coupons.kept import KeptDiscount, kept_discounts
from tallybook.programs.coupon_kinds.amount_off import AmountOff
from tallybook.programs.coupon_kinds.fixed_price import FixedPrice
from tallybook.programs.coupon_kinds.free_shipping import FreeShipping
from tallybook.programs.coupon_kinds.percentage import Percentage
from tallybook.programs.coupons import CouponTemplate

from tests.slices.coupons.counter import basket, evaluated, line, only, template
from tests.slices.coupons.test_properties import cases

TEA_AND_CUPS = basket(line(1000, "tea", quantity=3), line(500, "cups"), shipping=300)


def kept(of: Basket, returned: dict[str, int], *templates: CouponTemplate) -> tuple[KeptDiscount, ...]:
    """What is left of the best combination, after so many pieces of each line went back."""
    found = evaluated(of, *templates).best.discounts
    return kept_discounts(of, found, returned, {each.code: each for each in templates})


def test_each_piece_of_a_line_bears_the_same_part_of_its_share() -> None:
    (found,) = kept(TEA_AND_CUPS, {"1": 1}, template(AmountOff(300)))
    assert (found.returned, found.kept) == ({"1": 66}, {"1": 134, "2": 100})
    (found,) = kept(TEA_AND_CUPS, {"1": 3, "2": 1}, template(AmountOff(300)))
    assert (found.returned, found.kept) == ({"1": 200, "2": 100}, {})


def test_shipping_goes_back_as_one_piece() -> None:
    (found,) = kept(TEA_AND_CUPS, {"shipping": 1}, template(FreeShipping()))
    assert (found.returned, found.kept) == ({"shipping": 300}, {})


def test_what_is_kept_is_held_against_the_minimum() -> None:
    spend, pieces = template(AmountOff(300), min_spend=1167), template(AmountOff(300), min_quantity=3)
    assert [kept(TEA_AND_CUPS, {"1": n}, spend)[0].is_enough for n in (0, 1, 2)] == [True, True, False]
    assert [kept(TEA_AND_CUPS, {"1": n}, pieces)[0].is_enough for n in (0, 1, 2)] == [True, True, False]


def test_what_is_kept_is_held_against_the_pieces_of_the_offer_and_the_lines_that_count() -> None:
    three = template(FixedPrice(100, pieces=3), lines=only(categories=["tea"]))
    assert not kept(TEA_AND_CUPS, {"1": 1}, three)[0].is_enough
    cups = template(AmountOff(10), lines=only(categories=["cups"]))
    assert kept(TEA_AND_CUPS, {"1": 3}, cups)[0].is_enough
    assert not kept(TEA_AND_CUPS, {"2": 1}, cups)[0].is_enough


def test_a_minimum_after_coupons_goes_by_what_those_before_it_leave_of_what_is_kept() -> None:
    first = template(Percentage(5000), "a")
    after = template(AmountOff(10), "b", min_spend=700, spend_after_coupons=True)
    assert [each.is_enough for each in kept(TEA_AND_CUPS, {}, first, after)] == [True, True]
    assert [each.is_enough for each in kept(TEA_AND_CUPS, {"1": 1}, first, after)] == [True, False]


@given(cases(), st.data())
def test_parts_come_to_the_share_and_nobody_is_paid_more_than_was_paid(
    case: Any, data: st.DataObject
) -> None:
    of, made, coupons = case
    discounts = evaluated(of, *made, coupons=coupons).best.discounts
    back = {str(n): data.draw(st.integers(0, each.quantity)) for n, each in enumerate(of.lines, 1)}
    found = kept_discounts(of, discounts, back, {each.code: each for each in made})
    for each, whole in zip(found, discounts, strict=True):
        parts = [each.kept.get(name, 0) + each.returned.get(name, 0) for name in whole.shares]
        assert parts == list(whole.shares.values())
        assert min([*each.kept.values(), *each.returned.values()]) > 0
    for name, each_line in zip(back, of.lines, strict=True):
        gone = each_line.amount * back[name] // each_line.quantity
        off_gone = sum(each.returned.get(name, 0) for each in found)
        off_kept = sum(each.kept.get(name, 0) for each in found)
        assert off_gone <= gone
        assert off_kept <= each_line.amount - gone
