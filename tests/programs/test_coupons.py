"""Coupon templates: what a document compiles to, and when coupons can be used. Knows no basket."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from tallybook.programs import compiled, parse, schema
from tallybook.programs.changes import forbidden_changes
from tallybook.programs.coupon_kinds import KINDS
from tallybook.programs.coupon_kinds.amount_off import AmountOff
from tallybook.programs.coupon_kinds.fixed_price import FixedPrice
from tallybook.programs.coupon_kinds.free_item import FreeItem
from tallybook.programs.coupon_kinds.free_shipping import FreeShipping
from tallybook.programs.coupon_kinds.nth_item import NthItem
from tallybook.programs.coupon_kinds.offer import Offer
from tallybook.programs.coupon_kinds.percentage import Percentage
from tallybook.programs.coupon_kinds.pieces import Which
from tallybook.programs.coupons import (
    Claims,
    CodeForm,
    CouponTemplate,
    IssueLimit,
    OnPartialRefund,
    Returns,
    Stacking,
    Validity,
)
from tallybook.programs.difference import differences
from tallybook.programs.local_days import END_OF_TIME, local_days
from tallybook.programs.rules import Calendar, LineFilter, Period

from tests.programs.documents import program, text

FIVE_OFF = {"kind": "amount_off", "amount": "5.00"}
WEEK = {"kind": "after_issue", "days": 7}
BERLIN = local_days("Europe/Berlin")


def coupon(**changes: Any) -> dict[str, Any]:
    """The section with one template: five dollars off, for a week."""
    return {"spring": {"currency": "USD", "offer": FIVE_OFF, "validity": WEEK, **changes}}


def template(**changes: Any) -> CouponTemplate:
    """The same, compiled."""
    shared = {
        "calendars": {"tue": {"weekdays": ["tue"]}},
        "funds": ["acme"],
        "timezone": "Europe/Berlin",
        "ladders": {"status": {"tiers": [{"code": "gold"}]}},
    }
    return program(coupons=coupon(**changes), **shared).coupons["spring"]


def test_what_is_left_out_has_a_default() -> None:
    assert template() == CouponTemplate(
        "spring", "spring", "USD", AmountOff(500), rank=4, validity=Validity(days=7)
    )


def test_a_program_without_coupons_has_none() -> None:
    assert not program().coupons


@pytest.mark.parametrize(
    ("terms", "offer"),
    [
        (FIVE_OFF, AmountOff(500)),
        ({"kind": "percentage", "basis_points": 1500}, Percentage(1500)),
        ({"kind": "percentage", "basis_points": 1, "most": "0.01"}, Percentage(1, 1)),
        ({"kind": "free_shipping"}, FreeShipping()),
        ({"kind": "free_shipping", "most": 5}, FreeShipping(500)),
        ({"kind": "free_item"}, FreeItem(1, 0, Which.CHEAPEST)),
        (
            {"kind": "free_item", "pieces": 2, "price": 1, "which": "dearest"},
            FreeItem(2, 100, Which.DEAREST),
        ),
        ({"kind": "nth_item", "nth": 2, "basis_points": 5000}, NthItem(2, None, 5000)),
        ({"kind": "nth_item", "nth": 3, "price": 1, "times": 4}, NthItem(3, 100, 0, 4)),
        ({"kind": "fixed_price", "price": "9.90"}, FixedPrice(990, 1, Which.DEAREST)),
        ({"kind": "fixed_price", "price": 10, "pieces": 3}, FixedPrice(1000, 3)),
    ],
)
def test_money_of_every_kind_is_in_minor_units(terms: dict[str, Any], offer: Offer) -> None:
    assert template(offer=terms).offer == offer


def test_kinds_are_ranked_in_the_order_in_which_they_are_applied() -> None:
    names = [kind.model_fields["kind"].annotation.__args__[0] for kind in KINDS]  # type: ignore[attr-defined]
    assert names == ["fixed_price", "free_item", "nth_item", "percentage", "amount_off", "free_shipping"]


def test_the_minor_units_are_those_of_the_currency() -> None:
    found = template(currency="JPY", offer={"kind": "amount_off", "amount": 500}, min_spend=3000)
    assert (found.offer, found.min_spend) == (AmountOff(500), 3000)


def test_whatever_is_said_is_compiled() -> None:
    found = template(
        display_name="Spring",
        calendars=["tue"],
        channels=["app"],
        stores=["s1", "s2"],
        lines={"skus": ["A1"], "except_brands": ["b"]},
        counted_lines={"categories": ["tea"]},
        min_spend="10.50",
        spend_after_coupons=True,
        min_quantity=2,
        first_order_only=True,
        tiers=["gold"],
        tags=["vip"],
        condition="order.total > 100",
        group="g",
        exclusive_group="e",
        stacks_with={"kind": "groups", "groups": ["g"]},
        priority=5,
        stock=1000,
        limits=[{"period": "life", "most": 2}, {"period": "day", "most": 1}],
        fund="acme",
        returns={
            "on_cancel": False,
            "on_full_refund": False,
            "on_partial_refund": "below_minimum",
            "extension_days": 3,
        },
        claims={"from": "2026-03-01", "until": "2026-03-31"},
        codes={"kind": "shared", "text": "Spring-24"},
        reserve_seconds=60,
        transferable=True,
        revocable_within_seconds=3600,
    )
    assert found.condition is not None
    assert found == CouponTemplate(
        code="spring",
        display_name="Spring",
        currency="USD",
        offer=AmountOff(500),
        rank=4,
        validity=Validity(days=7),
        calendars={"tue": Calendar(frozenset({2}))},
        channels=frozenset({"app"}),
        stores=frozenset({"s1", "s2"}),
        lines=LineFilter(skus=frozenset({"A1"}), except_brands=frozenset({"b"})),
        counted_lines=LineFilter(categories=frozenset({"tea"})),
        min_spend=1050,
        min_quantity=2,
        spend_after_coupons=True,
        first_order_only=True,
        tiers=frozenset({"gold"}),
        tags=frozenset({"vip"}),
        condition=found.condition,
        stacking=Stacking("g", "e", frozenset({"g"}), 1),
        priority=5,
        stock=1000,
        limits=(IssueLimit(Period.LIFE, 2), IssueLimit(Period.DAY, 1)),
        claims=Claims(BERLIN.start_of(date(2026, 3, 1)), BERLIN.end_of(date(2026, 3, 31))),
        fund="acme",
        returns=Returns(False, False, OnPartialRefund.BELOW_MINIMUM, 3),
        code_form=CodeForm.SHARED,
        shared_code="SPRING-24",
        reserve_seconds=60,
        transferable=True,
        revocable_within_seconds=3600,
    )


@pytest.mark.parametrize(
    ("stacks_with", "expected"), [({"kind": "never"}, frozenset()), ({"kind": "any"}, None)]
)
def test_a_coupon_stacks_never_or_with_any(stacks_with: dict[str, str], expected: object) -> None:
    assert template(stacks_with=stacks_with, most_per_order=3).stacking == Stacking("", "", expected, 3)  # type: ignore[arg-type]


# --- when coupons can be used ----------------------------------------------------------------------------

ISSUED = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)
"""Half past eleven in the evening in Berlin, where it is the third of March."""


def midnight(day: str) -> datetime:
    """When a day begins in Berlin."""
    return datetime.combine(date.fromisoformat(day), time(), tzinfo=BERLIN.zone).astimezone(UTC)


def span(**validity: Any) -> tuple[datetime, datetime]:
    """From when until when a coupon can be used that was issued on that evening."""
    return template(validity=validity).validity.span(ISSUED, BERLIN)


def test_a_coupon_can_be_used_for_days_after_its_issue_the_first_one_included() -> None:
    assert span(kind="after_issue", days=1) == (ISSUED, midnight("2026-03-04"))
    assert span(kind="after_issue", days=7) == (ISSUED, midnight("2026-03-10"))


def test_a_coupon_can_be_used_from_tomorrow_on_for_seven_days() -> None:
    assert span(kind="after_issue", days=7, wait_days=1) == (midnight("2026-03-04"), midnight("2026-03-11"))


def test_days_on_which_clocks_change_are_days() -> None:
    march = span(kind="after_issue", days=1, wait_days=26)
    assert march == (midnight("2026-03-29"), midnight("2026-03-30"))
    assert march[1] - march[0] == timedelta(hours=23)


def test_days_after_the_issue_end_on_a_last_day_at_the_latest() -> None:
    assert span(kind="after_issue", days=7, until="2026-03-05") == (ISSUED, midnight("2026-03-06"))
    start, end = span(kind="after_issue", days=7, wait_days=1, until="2026-02-05")
    assert end < start


@pytest.mark.parametrize(
    ("validity", "expected"),
    [
        ({"from": "2026-03-01", "until": "2026-03-31"}, (ISSUED, midnight("2026-04-01"))),
        ({"from": "2026-04-01"}, (midnight("2026-04-01"), END_OF_TIME)),
        ({"until": "2026-03-31T12:00Z"}, (ISSUED, datetime(2026, 3, 31, 12, tzinfo=UTC))),
        ({}, (ISSUED, END_OF_TIME)),
    ],
)
def test_all_coupons_can_be_used_in_the_same_time(
    validity: dict[str, str], expected: tuple[datetime, datetime]
) -> None:
    assert span(kind="between", **validity) == expected


def test_days_past_the_end_of_the_calendar_never_end() -> None:
    late = datetime(9999, 12, 1, tzinfo=UTC)
    assert Validity(days=100).span(late, BERLIN) == (late, END_OF_TIME)


# --- revisions -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("coupons", "path"),
    [
        ({}, ("coupons",)),
        (coupon(currency="EUR"), ("coupons", "spring", "currency")),
        (coupon(codes={"kind": "unique"}), ("coupons", "spring", "codes")),
        (coupon(offer={"kind": "free_shipping"}, stock=1), None),
    ],
)
def test_what_members_have_coupons_of_stays(coupons: dict[str, Any], path: tuple[str, ...] | None) -> None:
    before, after = parse(text(coupons=coupon())), parse(text(coupons=coupons))
    assert [where for where, _ in forbidden_changes(before, after)] == ([] if path is None else [path])


def test_a_difference_between_templates_is_told_by_its_path() -> None:
    before, after = parse(text(coupons=coupon())), parse(text(coupons=coupon(stock=5, min_spend=20)))
    told = [str(each) for each in differences(before.canonical(), after.canonical())]
    assert told == ['coupons.spring.min_spend: added "20"', "coupons.spring.stock: added 5"]


def test_a_document_that_spells_defaults_out_is_the_same() -> None:
    spelt = coupon(priority=0, codes={"kind": "none"}, stacks_with={"kind": "never"}, returns={})
    assert parse(text(coupons=spelt)).etag() == parse(text(coupons=coupon())).etag()


def test_twenty_thousand_skus_are_no_problem() -> None:
    skus = [str(1_000_000 + number) for number in range(20_000)]
    found = compiled(parse(text(coupons=coupon(lines={"skus": skus}))), 1).coupons["spring"]
    assert found.lines is not None
    assert len(found.lines.skus) == 20_000


def test_the_json_schema_knows_every_kind_of_coupon() -> None:
    section = schema()["$defs"]["CouponSection"]["properties"]
    kinds = ["amount_off", "fixed_price", "free_item", "free_shipping", "nth_item", "percentage"]
    assert sorted(section["offer"]["discriminator"]["mapping"]) == kinds
    assert sorted(section["validity"]["discriminator"]["mapping"]) == ["after_issue", "between"]


def test_templates_are_compared_by_what_they_say() -> None:
    assert template() == template()
    assert template() != replace(template(), priority=1)
