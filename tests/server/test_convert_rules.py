"""What a program says about earning, as the contract has it. Knows no server."""

from __future__ import annotations

from datetime import UTC, datetime

from google.protobuf.json_format import MessageToDict
from tallybook_client._gen.tallybook.v1.program_pb2 import Program
from tallybook_server.convert_program import program_message

MARKET = """
program: market
timezone: Europe/Berlin
funds: [board]
units:
  points: {kind: redeemable}
  miles: {kind: redeemable, scale: 2}
spend: {tax: true, excluded_tenders: [points]}
calendars:
  happy_hour: {weekdays: [fri, sun], hours: ["17:30-19:00", "22:00-24:00"]}
  holidays: {month_days: [8], dates: [2026-12-25, 9999-12-31]}
events:
  visit: {attributes: {store: text, minutes: number, first: flag}}
rules:
  base: {unit: points, formula: {kind: rate, currency: JPY, units: 3, per: 200}, rounding: half_even}
  extra:
    unit: points
    fund: board
    formula: {kind: multiplier, times: "1.5"}
    lines: {categories: [dairy], except_skus: [A1, B2]}
    when: {calendars: [happy_hour, holidays], from: "2026-01-01T10:00+01:00", until: 2026-12-31}
    condition: order.ordinal == 1
    priority: 10
    group: extras
    caps: [{period: month, most: 500}, {period: life, times: 2}]
    budget: spring
    vesting: {kind: at_once}
  bulk: {unit: miles, formula: {kind: quantity, units: 5, per: 3}}
  ladder:
    unit: miles
    formula: {kind: steps, currency: JPY, steps: [{spend: 50, units: "0.5"}, {spend: 90, units: 1}]}
  visiting: {event: visit, unit: miles, formula: {kind: fixed, units: 2}, budget: summer, priority: -1}
caps:
  miles: [{period: day, most: 10}, {period: event, most: 1}]
budgets:
  spring: {unit: points, most: 100}
  summer: {unit: miles, currency: JPY, most: 5000, cost: {units: 1, money: 2}}
"""


def market(text: str = MARKET) -> Program:
    return program_message(text, 3, "etag")


def test_rules_stand_in_the_order_in_which_they_apply() -> None:
    assert [rule.rule for rule in market().rules] == ["base", "extra", "bulk", "ladder", "visiting"]


def test_a_rule_that_says_little_has_its_defaults_filled_in() -> None:
    assert MessageToDict(market().rules[0]) == {
        "rule": "base",
        "event": "purchase",
        "unit": "points",
        "fund": "house",
        "rate": {"currency": "JPY", "steps": "3", "perMinorUnits": "200"},
        "rounding": "ROUNDING_HALF_EVEN",
    }


def test_a_rule_that_says_all_there_is_comes_back_whole() -> None:
    assert MessageToDict(market().rules[1]) == {
        "rule": "extra",
        "event": "purchase",
        "unit": "points",
        "fund": "board",
        "multiplier": {"numerator": "3", "denominator": "2", "of": ["base"]},
        "rounding": "ROUNDING_FLOOR",
        "lines": {"categories": ["dairy"], "exceptSkus": ["A1", "B2"]},
        "when": {
            "startsAt": "2026-01-01T09:00:00Z",
            "endsAt": "2026-12-31T23:00:00Z",
            "calendars": ["happy_hour", "holidays"],
        },
        "condition": "order.ordinal == 1",
        "priority": 10,
        "group": "extras",
        "caps": [{"period": "CAP_PERIOD_MONTH", "most": "500"}, {"period": "CAP_PERIOD_LIFE", "times": "2"}],
        "budget": "spring",
        "vestingDays": 0,
    }


def test_every_formula_is_in_smallest_steps_and_minor_units() -> None:
    found = {rule.rule: MessageToDict(rule) for rule in market().rules}
    assert found["bulk"]["quantity"] == {"steps": "500", "per": "3"}
    rows = [{"minorUnits": "50", "steps": "50"}, {"minorUnits": "90", "steps": "100"}]
    assert found["ladder"]["steps"] == {"currency": "JPY", "rows": rows}
    assert found["visiting"]["fixed"] == {"steps": "200"}
    assert found["visiting"]["event"] == "visit"


def test_what_rules_share_comes_back() -> None:
    program = market()
    assert MessageToDict(program.spend) == {"tax": True, "excludedTenders": ["points"]}
    assert [MessageToDict(calendar) for calendar in program.calendars] == [
        {
            "calendar": "happy_hour",
            "weekdays": ["FRIDAY", "SUNDAY"],
            "hours": [
                {"startsAt": {"hours": 17, "minutes": 30}, "endsAt": {"hours": 19}},
                {"startsAt": {"hours": 22}, "endsAt": {"hours": 24}},
            ],
        },
        {
            "calendar": "holidays",
            "monthDays": [8],
            "dates": [{"year": 2026, "month": 12, "day": 25}, {"year": 9999, "month": 12, "day": 31}],
        },
    ]
    (event,) = program.events
    types = {"store": "TEXT", "minutes": "NUMBER", "first": "FLAG"}
    assert MessageToDict(event) == {
        "event": "visit",
        "attributes": {name: f"ATTRIBUTE_TYPE_{kind}" for name, kind in types.items()},
    }
    day, each = {"period": "CAP_PERIOD_DAY", "most": "1000"}, {"period": "CAP_PERIOD_EVENT", "most": "100"}
    assert [MessageToDict(caps) for caps in program.caps] == [{"unit": "miles", "caps": [day, each]}]


def test_a_budget_is_in_units_or_in_money() -> None:
    assert [MessageToDict(budget) for budget in market().budgets] == [
        {"budget": "spring", "unit": "points", "most": "100"},
        {
            "budget": "summer",
            "unit": "miles",
            "most": "5000",
            "currency": "JPY",
            "costSteps": "50",
            "costMinorUnits": "1",
        },
    ]


def test_a_window_may_be_open_on_both_sides() -> None:
    always = MARKET.replace(', from: "2026-01-01T10:00+01:00", until: 2026-12-31', "")
    assert MessageToDict(market(always).rules[1].when) == {"calendars": ["happy_hour", "holidays"]}
    later = MARKET.replace(", until: 2026-12-31", "")
    when = market(later).rules[1].when
    assert when.starts_at.ToDatetime(UTC) == datetime(2026, 1, 1, 9, tzinfo=UTC)
    assert not when.HasField("ends_at")
