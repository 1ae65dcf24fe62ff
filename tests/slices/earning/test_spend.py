"""What counts of an order: discounts, taxes, shipping, and tenders that do not count. Knows no rule."""

from itertools import permutations
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.earning.events import Custom, Discount, Purchase, total_of
from tallybook.earning.spend import basket_of, goods_of
from tallybook.programs.rules import LineFilter, Spend

from tests.slices.earning.orders import orders
from tests.slices.earning.till import line, order

POINTS = frozenset({"points"})


def counted(event: Purchase, **spend: Any) -> dict[str, int]:
    basket = basket_of(event, Spend(**spend))
    return dict(zip(basket.ids, basket.spend, strict=True))


def test_goods_count_after_their_share_of_the_discounts() -> None:
    assert counted(order(1000, 500)) == {"1": 1000, "2": 500}
    assert counted(order(1000, 500, off=300)) == {"1": 800, "2": 400}
    assert counted(order(1000, 500, off=1500)) == {"1": 0, "2": 0}
    two = Purchase(
        order_id="o",
        currency="USD",
        lines=(line(100), line(50)),
        discounts=(Discount(code="a", amount=10),) * 2,
    )
    assert goods_of(two) == [87, 43]


def test_tax_counts_where_the_program_says_so() -> None:
    event = order(line(1000, tax=190), line(500, tax=35))
    assert counted(event) == {"1": 1000, "2": 500}
    assert counted(event, tax=True) == {"1": 1190, "2": 535}


def test_the_orders_tax_is_shared_out_by_what_the_goods_cost() -> None:
    assert counted(order(1000, 500, tax=30), tax=True) == {"1": 1020, "2": 510}
    free = order(line(0, quantity=2), line(0), tax=30)
    assert counted(free, tax=True) == {"1": 20, "2": 10}


def test_shipping_counts_as_a_line_of_its_own() -> None:
    event = order(1000, shipping=499)
    assert counted(event) == {"1": 1000}
    assert counted(event, shipping=True) == {"1": 1000, "shipping": 499}
    assert counted(order(1000), shipping=True) == {"1": 1000}


def test_shipping_is_no_goods_to_a_filter() -> None:
    basket = basket_of(order(line(1000, "dairy"), shipping=499), Spend(shipping=True))
    assert basket.of(LineFilter(categories=frozenset({"dairy"})), basket.spend) == [1000, 0]
    assert basket.of(LineFilter(except_categories=frozenset({"dairy"})), basket.spend) == [0, 499]


def test_an_excluded_tender_pays_for_everything_alike() -> None:
    event = order(600, 300, tax=60, shipping=40, paid={"points": 500, "card": 500})
    assert counted(event, excluded_tenders=POINTS) == {"1": 300, "2": 150}
    assert counted(event, excluded_tenders=POINTS, tax=True, shipping=True) == {
        "1": 320, "2": 160, "shipping": 20,
    }  # fmt: skip
    assert counted(event, excluded_tenders=frozenset({"voucher"})) == {"1": 600, "2": 300}


def test_an_order_paid_with_excluded_tenders_alone_counts_for_nothing() -> None:
    event = order(600, shipping=40, paid={"points": 640})
    assert counted(event, excluded_tenders=POINTS, shipping=True) == {"1": 0}


def test_a_custom_event_is_one_part_that_cost_nothing() -> None:
    basket = basket_of(Custom(name="review", event_id="r1"), Spend(tax=True, shipping=True))
    assert (basket.ids, basket.spend, basket.currency) == ([""], [0], "")


@pytest.mark.parametrize(
    ("lines", "counting"),
    [
        (LineFilter(), [1, 2, 3]),
        (LineFilter(skus=frozenset({"a", "c"})), [1, 0, 3]),
        (LineFilter(categories=frozenset({"x"})), [1, 2, 0]),
        (LineFilter(categories=frozenset({"x"}), brands=frozenset({"n"})), [0, 2, 0]),
        (LineFilter(except_brands=frozenset({"n"})), [1, 0, 3]),
        (LineFilter(categories=frozenset({"x"}), except_skus=frozenset({"a"})), [0, 2, 0]),
        (LineFilter(skus=frozenset({"z"})), [0, 0, 0]),
    ],
)
def test_a_filter_lets_lines_count_that_are_any_of_each_and_none_of_those_excepted(
    lines: LineFilter, counting: list[int]
) -> None:
    event = order(
        line(1, "x", sku="a", brand="m"), line(2, "x", sku="b", brand="n"), line(3, "y", sku="c", brand="m")
    )
    basket = basket_of(event, Spend())
    assert list(basket.of(lines, basket.spend)) == counting


@given(orders())
def test_what_counts_of_everything_is_the_total_less_what_excluded_tenders_paid(event: Purchase) -> None:
    basket = basket_of(event, Spend(tax=True, shipping=True, excluded_tenders=POINTS))
    assert sum(basket.spend) == total_of(event) - event.tenders[0].amount
    assert min(basket.spend) >= 0


@given(orders(), st.booleans(), st.booleans(), st.booleans())
def test_nothing_counts_for_more_than_it_cost(
    event: Purchase, tax: bool, shipping: bool, excluded: bool
) -> None:
    most = counted(event, tax=tax, shipping=shipping)
    found = counted(event, tax=tax, shipping=shipping, excluded_tenders=POINTS if excluded else frozenset())
    assert all(0 <= amount <= most[line_id] for line_id, amount in found.items())


def by_what(event: Purchase, spend: Spend) -> list[tuple[str, str, int, int]]:
    """What counts, by what the lines are, whatever their places."""
    basket = basket_of(event, spend)
    skus, categories = basket.named("sku"), basket.named("category")
    return sorted(zip(skus, categories, basket.quantities, basket.spend, strict=True))


@given(orders(), st.randoms(use_true_random=False))
def test_the_places_of_lines_do_not_matter(event: Purchase, random: Random) -> None:
    spend = Spend(tax=True, shipping=True, excluded_tenders=POINTS)
    lines = random.sample(event.lines, len(event.lines))
    moved = msgspec.structs.replace(event, lines=tuple(lines))
    assert by_what(moved, spend) == by_what(event, spend)


def test_a_cent_that_two_lines_could_lose_is_lost_by_the_same_goods_in_any_order() -> None:
    lines = (line(101, "dairy", sku="b"), line(101, "meat", sku="a"))
    found = {
        dict(zip(basket.named("sku"), basket.spend, strict=True))["b"]
        for basket in (basket_of(order(*each, off=1), Spend()) for each in permutations(lines))
    }
    assert found == {101}
