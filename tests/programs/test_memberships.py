"""The section of a program about paid memberships: what it compiles to, and what it must not say."""

from __future__ import annotations

from typing import Any

import pytest
from tallybook.programs import ProgramInvalid, parse
from tallybook.programs.changes import forbidden_changes, moved_days
from tallybook.programs.memberships import MembershipPlan, RefundKind

from tests.programs.documents import base, program, text


def plan(**changes: Any) -> dict[str, Any]:
    return {"price": "88.00", "currency": "USD", "term": {"kind": "months", "months": 12}, **changes}


def mistakes(**changes: Any) -> list[str]:
    with pytest.raises(ProgramInvalid) as raised:
        parse(text(**changes))
    return [f"{problem.path} {problem.message}" for problem in raised.value.problems]


def test_a_plan_is_compiled_in_minor_units() -> None:
    found = program(memberships={"plus": plan(refund={"kind": "full_within", "days": 7}, grace_days=3)})
    assert found.memberships["plus"] == MembershipPlan(
        code="plus",
        display_name="plus",
        price=8_800,
        currency="USD",
        days=0,
        months=12,
        grace_days=3,
        refund=RefundKind.FULL_WITHIN,
        full_days=7,
    )


def test_a_multiplier_is_a_rule_for_the_members_of_the_plan() -> None:
    benefits = {"multipliers": [{"unit": "points", "times": "1.5"}]}
    rules = program(rules=base(), memberships={"plus": plan(benefits=benefits)}).rules.rules
    assert [(rule.code, rule.memberships, rule.tiers) for rule in rules] == [
        ("base", frozenset(), frozenset()),
        ("membership/plus/points", frozenset({"plus"}), frozenset()),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"price": "0.001"}, "currency has more than the 2 decimals of USD"),
        ({"price": 0}, "price must be above zero"),
        ({"term": {"kind": "days", "days": 0}}, "term.days"),
        ({"upgrades_to": ["plus"]}, "upgrades_to[0] is the plan itself"),
        ({"upgrades_to": ["gold"]}, "upgrades_to[0] is not a plan of membership of this program"),
        ({"upgrades_to": ["euro"]}, "upgrades_to[0] costs EUR, and this plan USD"),
        (
            {"benefits": {"multipliers": [{"unit": "points", "times": 2}]}},
            "benefits.multipliers[0].unit is multiplied, and no rule",
        ),
        (
            {
                "benefits": {
                    "grants": [{"every": "day", "rewards": [{"kind": "units", "unit": "x", "units": 1}]}]
                }
            },
            "benefits.grants[0].rewards[0].unit is not a unit of this program",
        ),
    ],
)
def test_a_mistake_is_told_where_it_stands(changes: dict[str, Any], said: str) -> None:
    found = mistakes(memberships={"plus": plan(**changes), "euro": plan(currency="EUR")})
    assert len(found) == 1
    assert found[0].startswith(f"memberships.plus.{said}")


def test_a_plan_and_its_currency_stay() -> None:
    old = parse(text(memberships={"plus": plan()}))
    told = [
        said
        for new in ({}, {"plus": plan(currency="EUR")})
        for _, said in forbidden_changes(old, parse(text(memberships=new)))
    ]
    assert told == [
        "leaves out plus, which members may have: a plan once declared stays",
        "was USD, and members paid in that: it stays",
    ]


def test_only_what_is_given_by_time_moves_days() -> None:
    grants = [{"every": "month", "rewards": [{"kind": "units", "unit": "points", "units": 1}]}]
    old = parse(text(memberships={"plus": plan()}))
    for changes, moves in (({"price": 1}, False), ({"benefits": {"grants": grants}}, True)):
        new = parse(text(memberships={"plus": plan(**changes)}))
        assert bool(list(moved_days(old, new))) is moves


def test_uses_of_one_quota_are_counted_in_one_period() -> None:
    quotas = {"lounge": {"most": 2, "period": "month"}}, {"lounge": {"most": 5, "period": "year"}}
    plans = {
        code: plan(benefits={"quotas": each}) for code, each in zip(("plus", "pro"), quotas, strict=True)
    }
    assert mistakes(memberships=plans) == [
        "memberships.pro.benefits.quotas.lounge.period is year, and elsewhere lounge counts by month:"
        " its uses are one count"
    ]
