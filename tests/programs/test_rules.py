"""Rules compiled: what the ledger runs on, and in which order. Knows no database and no events."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tallybook.programs import Rounding, compiled, parse, schema
from tallybook.programs.changes import forbidden_changes
from tallybook.programs.conditions import compile_condition
from tallybook.programs.rules import (
    Budget,
    Calendar,
    Cap,
    Fixed,
    LineFilter,
    Multiplier,
    Period,
    PerMoney,
    PerQuantity,
    Rule,
    Rules,
    Spend,
    StepTable,
    Window,
)
from tallybook.programs.schema import choices_at, kinds_at, names_at
from tallybook.programs.source import read

from tests.lengths import TIMES_LONGER
from tests.programs.documents import text, unit

SHOP = """\
program: shop
timezone: Europe/Berlin
units:
  points: {kind: redeemable}
  miles: {kind: redeemable, scale: 2}
funds: [dairy_board]
spend: {tax: true, excluded_tenders: [points, stored_value]}
calendars:
  member_day: {month_days: [8, 18, 28]}
  happy_hour: {weekdays: [tue, fri], hours: ["17:00-19:00", "22:00-24:00"]}
  holidays: {dates: [2026-12-25]}
events:
  check_in: {attributes: {store: text, minutes: number}}
  review: {}
rules:
  base:
    unit: points
    formula: {kind: rate, units: 1, per: "1.50", currency: USD}
    rounding: half_even
    vesting: {kind: after_days, days: 14}
  double_dairy:
    unit: points
    fund: dairy_board
    formula: {kind: multiplier, times: "2.5"}
    lines: {categories: [dairy], except_skus: [A1]}
    when: {calendars: [member_day, happy_hour], from: 2026-01-01, until: 2026-12-31}
    condition: order.ordinal == 1
    priority: 10
    group: campaigns
    caps: [{period: month, most: 500}, {period: life, times: 1}]
    budget: spring
  bulk: {unit: miles, formula: {kind: quantity, units: "0.5", per: 3}, budget: summer}
  ladder:
    unit: miles
    formula: {kind: steps, currency: USD, steps: [{spend: "49.99", units: 10}, {spend: 100, units: "30.25"}]}
    when: {from: "2026-03-01T12:00+01:00", until: "2026-03-02T00:00Z"}
  visit:
    event: check_in
    unit: points
    formula: {kind: fixed, units: 3}
    condition: event.attributes.minutes >= 30
    vesting: {kind: at_once}
caps:
  points: [{period: day, most: 1000}]
budgets:
  spring: {unit: points, most: 100000}
  summer: {unit: miles, currency: USD, most: "5000.00", cost: {units: 3, money: "0.01"}}
"""


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(UTC)


def rules(**sections: Any) -> Rules:
    return compiled(parse(text(**sections)), 1).rules


def rule(**changes: Any) -> dict[str, Any]:
    return {"unit": "points", "formula": {"kind": "fixed", "units": 1}, **changes}


def multiplier(*of: str, **changes: Any) -> dict[str, Any]:
    formula = {"kind": "multiplier", "times": 2, **({"of": of} if of else {})}
    return rule(formula=formula, **changes)


def rate(currency: str = "USD", **changes: Any) -> dict[str, Any]:
    return rule(formula={"kind": "rate", "units": 1, "per": 1, "currency": currency}, **changes)


# --- what the ledger runs on -----------------------------------------------------------------------------


# Midnight ends the day.
HAPPY_HOUR = Calendar(weekdays=frozenset({2, 5}), hours=((time(17), time(19)), (time(22), time(0))))

SHOP_RULES = Rules(
    rules=(
        Rule(
            code="base",
            unit="points",
            fund="house",
            event="purchase",
            formula=PerMoney(1, 150, "USD"),
            rounding=Rounding.HALF_EVEN,
            vesting_days=14,
        ),
        Rule(
            code="double_dairy",
            unit="points",
            fund="dairy_board",
            event="purchase",
            formula=Multiplier(3, 2, frozenset({"base"})),
            window=Window(
                at("2026-01-01T00:00+01:00"),
                at("2027-01-01T00:00+01:00"),
                (Calendar(month_days=frozenset({8, 18, 28})), HAPPY_HOUR),
            ),
            condition=compile_condition("order.ordinal == 1"),
            lines=LineFilter(categories=frozenset({"dairy"}), except_skus=frozenset({"A1"})),
            priority=10,
            group="campaigns",
            caps=(Cap(Period.MONTH, 500), Cap(Period.LIFE, 1, times=True)),
            budget="spring",
        ),
        Rule(
            code="bulk",
            unit="miles",
            fund="house",
            event="purchase",
            formula=PerQuantity(50, 3),
            budget="summer",
        ),
        Rule(
            code="ladder",
            unit="miles",
            fund="house",
            event="purchase",
            formula=StepTable(((4_999, 1_000), (10_000, 3_025)), "USD"),
            window=Window(at("2026-03-01T11:00Z"), at("2026-03-02T00:00Z")),
        ),
        Rule(
            code="visit",
            unit="points",
            fund="house",
            event="check_in",
            formula=Fixed(3),
            condition=compile_condition(
                "event.attributes.minutes >= 30", frozenset([("store", "text"), ("minutes", "number")])
            ),
            vesting_days=0,
        ),
    ),
    spend=Spend(tax=True, excluded_tenders=frozenset({"points", "stored_value"})),
    unit_caps={"points": (Cap(Period.DAY, 1_000),)},
    budgets={
        "spring": Budget("spring", "points", 100_000),
        "summer": Budget("summer", "USD", 500_000, money=True, cost_minor_units=1, cost_steps=300),
    },
    events=frozenset({"check_in", "review"}),
    currencies=frozenset({"USD"}),
    is_ordered=True,
)


def test_a_document_becomes_rules() -> None:
    assert compiled(parse(SHOP), 1).rules == SHOP_RULES


def test_a_document_without_rules_has_none() -> None:
    assert rules() == Rules()


@pytest.mark.parametrize(
    ("formula", "compiled_formula"),
    [
        ({"kind": "rate", "units": "0.1", "per": "0.3", "currency": "USD"}, PerMoney(1, 3, "USD")),
        ({"kind": "rate", "units": 3, "per": 100, "currency": "JPY"}, PerMoney(3, 1, "JPY")),
        ({"kind": "rate", "units": "1.01", "per": "1.001", "currency": "KWD"}, PerMoney(101, 1_001, "KWD")),
        ({"kind": "quantity", "units": "0.01"}, PerQuantity(1, 1)),
        ({"kind": "quantity", "units": 2, "per": 6}, PerQuantity(200, 6)),
        ({"kind": "fixed", "units": "2.50"}, Fixed(250)),
    ],
)
def test_rates_are_exact_and_in_lowest_terms(formula: dict[str, Any], compiled_formula: object) -> None:
    found = rules(units=unit(scale=2), rules={"x": rule(formula=formula)})
    assert found.rules[0].formula == compiled_formula


@pytest.mark.parametrize(
    ("times", "added"), [(1, (0, 1)), (2, (1, 1)), ("1.25", (1, 4)), ("4/3", (1, 3)), ("010/4", (3, 2))]
)
def test_a_multiplier_adds_what_is_above_one(times: int | str, added: tuple[int, int]) -> None:
    double = multiplier("base")
    double["formula"]["times"] = times
    (_, found) = rules(rules={"base": rule(), "double": double}).rules
    assert found.formula == Multiplier(*added, frozenset({"base"}))


def test_a_multiplier_of_nothing_named_is_of_its_units_and_events_rates_quantities_and_steps() -> None:
    found = rules(
        units={"points": {"kind": "redeemable"}, "miles": {"kind": "redeemable"}},
        rules={
            "rate": rate(),
            "bulk": rule(formula={"kind": "quantity", "units": 1}),
            "steps": rule(formula={"kind": "steps", "currency": "USD", "steps": [{"spend": 1, "units": 1}]}),
            "of_the_group": rate(group="g", priority=1),
            "miles": {**rate(), "unit": "miles"},
            "gift": rule(),
            "other": multiplier(),
            "double": multiplier(group="g"),
        },
    )
    by_code = {each.code: each.formula for each in found.rules}
    assert by_code["double"] == Multiplier(1, 1, frozenset({"rate", "bulk", "steps"}))
    assert by_code["other"] == Multiplier(1, 1, frozenset({"rate", "bulk", "steps", "of_the_group"}))


@pytest.mark.parametrize(
    ("zone", "starts", "ends", "window"),
    [
        ("Europe/Berlin", "2026-07-01", None, Window(at("2026-06-30T22:00Z"), None)),
        ("Europe/Berlin", None, "2026-03-29", Window(None, at("2026-03-29T22:00Z"))),
        (
            "America/New_York",
            "2026-01-01",
            "2026-01-01",
            Window(at("2026-01-01T05:00Z"), at("2026-01-02T05:00Z")),
        ),
        (
            "UTC",
            "2026-01-01T12:00:30-05:30",
            "2026-01-02T00:00Z",
            Window(at("2026-01-01T17:30:30Z"), at("2026-01-02T00:00Z")),
        ),
    ],
)
def test_days_are_local_and_the_last_counts(zone: str, starts: Any, ends: Any, window: Window) -> None:
    when = {name: value for name, value in (("from", starts), ("until", ends)) if value}
    assert rules(timezone=zone, rules={"x": rule(when=when)}).rules[0].window == window


def test_a_calendar_is_what_it_says() -> None:
    section = {"weekdays": ["sun", "mon"], "dates": ["2028-02-29"], "hours": ["12:30-13:00", "00:00-01:00"]}
    found = rules(calendars={"c": section}, rules={"x": rule(when={"calendars": ["c"]})})
    assert found.rules[0].window.calendars == (
        Calendar(
            weekdays=frozenset({1, 7}),
            dates=frozenset({date(2028, 2, 29)}),
            hours=((time(0), time(1)), (time(12, 30), time(13))),
        ),
    )


# --- order -----------------------------------------------------------------------------------------------


def codes(**sections: Any) -> list[str]:
    return [each.code for each in rules(**sections).rules]


def test_rules_apply_by_priority_then_by_code() -> None:
    made = {"b": rule(), "a": rule(), "last": rule(priority=-1), "first": rule(priority=7)}
    assert codes(rules=made) == ["first", "a", "b", "last"]


def test_a_multiplier_comes_after_what_it_multiplies() -> None:
    made = {
        "a": multiplier("c", priority=9),
        "b": rule(priority=5),
        "c": multiplier("d", priority=1),
        "d": rule(),
    }
    assert codes(rules=made) == ["b", "d", "c", "a"]


def test_in_a_group_the_higher_priority_comes_first_even_if_it_waits() -> None:
    made = {
        "base": rate(),
        "double": multiplier("base", priority=9, group="g"),
        "gift": rule(priority=8, group="g"),
        "free": rule(priority=7),
    }
    assert codes(rules=made) == ["free", "base", "double", "gift"]


@settings(max_examples=20 * TIMES_LONGER)
@given(st.permutations(list(parse(SHOP).rules)))
def test_the_order_of_rules_in_a_document_does_not_matter(order: list[str]) -> None:
    root = read(SHOP).root
    assert root is not None
    document = root.plain()
    document["rules"] = {code: document["rules"][code] for code in order}
    again = parse(json.dumps(document))
    assert again.etag() == parse(SHOP).etag()
    assert compiled(again, 1).rules == compiled(parse(SHOP), 1).rules


# --- what depends on the past ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sections", "is_ordered"),
    [
        ({"rules": {"x": rate()}}, False),
        ({"rules": {"x": rule(condition='member.tier == "gold" && order.total > 3')}}, False),
        ({"rules": {"x": rule(caps=[{"period": "event", "most": 3}])}}, False),
        ({"caps": {"points": [{"period": "event", "most": 3}]}}, False),
        ({"rules": {"x": rule(caps=[{"period": "day", "most": 3}])}}, True),
        ({"rules": {"x": rule(caps=[{"period": "life", "times": 1}])}}, True),
        ({"caps": {"points": [{"period": "week", "most": 3}]}}, True),
        ({"rules": {"x": rule(condition="order.ordinal == 1")}}, True),
        ({"rules": {"x": rule(condition="true || order.days_since_last > 30")}}, True),
    ],
)
def test_rules_are_ordered_if_anything_depends_on_events_before(
    sections: dict[str, Any], is_ordered: bool
) -> None:
    assert rules(**sections).is_ordered is is_ordered


def test_a_program_earns_on_the_currencies_of_its_money() -> None:
    assert rules(rules={"x": rule()}).currencies == frozenset()
    units = {"points": {"kind": "redeemable"}, "miles": {"kind": "redeemable"}}
    made = {"x": rate("USD"), "y": rate("USD", priority=1), "z": {**rate("EUR"), "unit": "miles"}}
    assert rules(units=units, rules=made).currencies == {"USD", "EUR"}


# --- changes, schema -------------------------------------------------------------------------------------

BUDGETS = {
    "spring": {"unit": "points", "most": 5},
    "summer": {"unit": "points", "currency": "USD", "most": 5, "cost": {"units": 1, "money": 1}},
}


@pytest.mark.parametrize(
    ("name", "changed", "path"),
    [
        ("spring", None, ("budgets",)),
        ("spring", {"unit": "miles", "most": 5}, ("budgets", "spring", "unit")),
        ("summer", {**BUDGETS["summer"], "currency": "EUR"}, ("budgets", "summer", "currency")),
        ("summer", {**BUDGETS["summer"], "cost": {"units": 2, "money": 1}}, ("budgets", "summer", "cost")),
        ("spring", {**BUDGETS["summer"]}, ("budgets", "spring", "currency")),
    ],
)
def test_a_budget_stays_what_it_is(name: str, changed: dict[str, Any] | None, path: tuple[str, ...]) -> None:
    units = {"points": {"kind": "redeemable"}, "miles": {"kind": "redeemable"}}
    before = parse(text(units=units, budgets=BUDGETS))
    after = {code: each for code, each in {**BUDGETS, name: changed}.items() if each is not None}
    found = [each for each, _ in forbidden_changes(before, parse(text(units=units, budgets=after)))]
    assert path in found


def test_rules_calendars_and_what_a_budget_holds_may_change() -> None:
    before = parse(text(budgets=BUDGETS, rules={"x": rule()}, calendars={"c": {"weekdays": ["mon"]}}))
    after = parse(
        text(budgets={**BUDGETS, "spring": {"unit": "points", "most": 4}, "new": BUDGETS["spring"]})
    )
    assert list(forbidden_changes(before, after)) == []


def test_a_document_from_before_there_were_rules_is_the_same_document() -> None:
    sections = {"spend", "calendars", "events", "rules", "caps", "budgets"}
    assert not sections & json.loads(parse(text()).canonical()).keys()
    assert parse(text()).etag() == parse(text(**{name: {} for name in sections})).etag()


def test_the_schema_knows_rules() -> None:
    found = schema()
    assert found["$defs"]["WhenSection"]["properties"].keys() == {"calendars", "from", "until"}
    assert "formula" in names_at(("rules", "any"))
    assert kinds_at(("rules", "any", "formula")) == ["fixed", "multiplier", "quantity", "rate", "steps"]
    assert "of" in names_at(("rules", "any", "formula", "multiplier"))
    assert names_at(("caps", "points", 0)) == ["most", "period"]
    assert choices_at(("rules", "any", "caps", 0, "period")) == [period.value for period in Period]
    assert choices_at(("events", "any", "attributes", "any")) == ["text", "number", "flag"]
