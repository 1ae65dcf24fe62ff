"""Why coupons cannot be used: every reason, with its facts. Knows no database."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import msgspec
import pytest
from tallybook.coupons.facts import Reason, Why
from tallybook.coupons.variables import VARIABLES
from tallybook.programs.conditions import EVENT_VARIABLES, PURCHASE_VARIABLES
from tallybook.programs.coupon_kinds.amount_off import AmountOff
from tallybook.programs.coupon_kinds.fixed_price import FixedPrice
from tallybook.programs.coupon_kinds.free_shipping import FreeShipping
from tallybook.programs.coupon_kinds.nth_item import NthItem
from tallybook.programs.coupon_kinds.percentage import Percentage
from tallybook.programs.rules import Calendar, Spend

from tests.slices.coupons.counter import (
    GOLD,
    TUESDAY,
    basket,
    coupon,
    evaluated,
    line,
    only,
    taken_together,
    template,
)

TEA = basket(line(1000, "tea", sku="A1", quantity=2), store="s1", channel="app")
OFF = AmountOff(100)


def reasons(**changes: Any) -> list[Reason]:
    """Why a coupon with these changes cannot be used for two teas on a Tuesday at noon."""
    given = {name: changes.pop(name) for name in ("member", "at", "coupons") if name in changes}
    of = changes.pop("of", TEA)
    made = template(changes.pop("offer", OFF), **changes)
    found = evaluated(of, made, **given)
    return [reason for each in found.unusable for reason in each.reasons]


def test_a_coupon_without_conditions_can_be_used() -> None:
    assert reasons() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"currency": "EUR"}, Reason(why=Why.WRONG_CURRENCY, wanted=("EUR",))),
        ({"channels": frozenset({"web", "store"})}, Reason(why=Why.WRONG_CHANNEL, wanted=("store", "web"))),
        ({"stores": frozenset({"s2"})}, Reason(why=Why.WRONG_STORE, wanted=("s2",))),
        ({"tiers": frozenset({"silver"})}, Reason(why=Why.WRONG_TIER, wanted=("silver",))),
        ({"tags": frozenset({"staff"})}, Reason(why=Why.NO_TAG, wanted=("staff",))),
        (
            {"first_order_only": True, "member": msgspec.structs.replace(GOLD, orders=3)},
            Reason(why=Why.NOT_FIRST_ORDER, there=3),
        ),
        (
            {"calendars": {"nights": Calendar(hours=((time(18), time()),))}},
            Reason(why=Why.NOT_NOW, wanted=("nights",)),
        ),
        ({"lines": only(categories=["cups"])}, Reason(why=Why.NO_LINE_COUNTS)),
        ({"lines": only(except_skus=["A1"])}, Reason(why=Why.NO_LINE_COUNTS)),
        ({"counted_lines": only(brands=["b"])}, Reason(why=Why.NO_LINE_COUNTS)),
        ({"min_spend": 1001}, Reason(why=Why.BELOW_SPEND, asked=1001, there=1000)),
        ({"min_quantity": 3}, Reason(why=Why.BELOW_QUANTITY, asked=3, there=2)),
        ({"offer": NthItem(3, price=1)}, Reason(why=Why.BELOW_QUANTITY, asked=3, there=2)),
        ({"offer": FixedPrice(100, pieces=4)}, Reason(why=Why.BELOW_QUANTITY, asked=4, there=2)),
        ({"condition": "order.total > 1000"}, Reason(why=Why.CONDITION_NOT_MET)),
        ({"offer": FreeShipping()}, Reason(why=Why.NOTHING_TO_TAKE)),
        ({"offer": FixedPrice(500)}, Reason(why=Why.NOTHING_TO_TAKE)),
        ({"offer": Percentage(1), "of": basket(9)}, Reason(why=Why.NOTHING_TO_TAKE)),
    ],
)
def test_the_reason_is_told_with_its_facts(changes: dict[str, Any], expected: Reason) -> None:
    assert reasons(**changes) == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {"channels": frozenset({"web", "app"})},
        {"stores": frozenset({"s1"})},
        {"tiers": frozenset({"gold", "silver"})},
        {"tiers": frozenset({"club"}), "member": msgspec.structs.replace(GOLD, tiers=("gold", "club"))},
        {"tags": frozenset({"vip", "staff"})},
        {"first_order_only": True},
        {"calendars": {"nights": Calendar(hours=((time(18), time()),)), "tue": Calendar(frozenset({2}))}},
        {"lines": only(categories=["tea"])},
        {"min_spend": 1000, "min_quantity": 2},
        {"condition": 'order.ordinal == 1 && member.tier == "gold" && lines.exists(l, l.sku == "A1")'},
        {"condition": 'event.type == "purchase" && store == "s1" && local.hour == 12'},
    ],
)
def test_what_holds_is_no_reason(changes: dict[str, Any]) -> None:
    assert reasons(**changes) == []


def test_a_coupon_can_be_used_from_its_start_until_before_its_end() -> None:
    one = coupon()
    moment = timedelta(microseconds=1)
    assert reasons(coupons=[one], at=one.starts_at) == []
    assert reasons(coupons=[one], at=one.ends_at - moment) == []
    assert reasons(coupons=[one], at=one.starts_at - moment) == [Reason(why=Why.NOT_YET, at=one.starts_at)]
    assert reasons(coupons=[one], at=one.ends_at) == [Reason(why=Why.EXPIRED, at=one.ends_at)]


def test_every_reason_is_told_and_not_the_first_alone() -> None:
    found = reasons(
        coupons=[coupon(days=-2)],
        min_spend=2000,
        tiers=frozenset({"silver"}),
        stores=frozenset({"s2"}),
        lines=only(categories=["cups"]),
        condition="event.attributes.none == 1",
    )
    assert [each.why for each in found] == [
        Why.EXPIRED,
        Why.WRONG_STORE,
        Why.WRONG_TIER,
        Why.CONDITION_FAILED,
        Why.NO_LINE_COUNTS,
        Why.BELOW_SPEND,
    ]
    assert "none" in found[3].detail


def test_of_many_stores_some_are_told() -> None:
    (reason,) = reasons(stores=frozenset(f"t{number}" for number in range(10_000)))
    assert len(reason.wanted) == 10


def test_a_coupon_of_a_template_that_the_program_does_not_have_is_told() -> None:
    assert reasons(coupons=[coupon("other")]) == [Reason(why=Why.UNKNOWN_TEMPLATE)]


def test_the_minimum_may_go_by_other_lines_than_those_that_cost_less() -> None:
    both = basket(line(1000, "tea"), line(300, "cups"))
    free_cup = {"lines": only(categories=["cups"]), "counted_lines": only(categories=["tea"])}
    assert reasons(of=both, **free_cup, min_spend=1000) == []
    told = reasons(of=both, **free_cup, min_spend=1001)
    assert told == [Reason(why=Why.BELOW_SPEND, asked=1001, there=1000)]


def test_hours_and_days_are_those_of_the_programs_time_zone() -> None:
    wednesday = {"wed": Calendar(weekdays=frozenset({3}))}
    late = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    made = template(OFF, calendars=wednesday)
    assert evaluated(TEA, made, at=late).unusable
    assert evaluated(TEA, made, at=late, zone="Europe/Berlin").usable


def test_every_declared_variable_can_be_found_and_no_other() -> None:
    assert VARIABLES.keys() == EVENT_VARIABLES.keys() | PURCHASE_VARIABLES.keys()


def test_conditions_see_what_counts_of_the_order() -> None:
    taxed = basket(line(1000, tax=10), 500, tax=30, shipping=490)
    all_of_it = Spend(tax=True, shipping=True)
    asked = template(
        OFF, condition="order.spend == order.total && lines.exists(l, l.amount == 1000 && l.spend == 1030)"
    )
    assert evaluated(taxed, asked, spend=all_of_it).usable
    goods = template(OFF, condition="order.spend == 1500 && order.total == 2030")
    assert evaluated(taxed, goods).usable


def test_one_that_finds_nothing_left_is_told_so() -> None:
    found = taken_together(TEA, template(Percentage(10_000), "all"), template(OFF, "more"))
    assert [each.coupon for each in found.combination.discounts] == ["all"]
    assert [(each.coupon, each.reasons) for each in found.unusable] == [
        ("more", (Reason(why=Why.NOTHING_TO_TAKE),))
    ]


def test_reasons_have_the_time_of_the_question_and_no_other() -> None:
    assert reasons(at=TUESDAY + timedelta(days=29)) == []
