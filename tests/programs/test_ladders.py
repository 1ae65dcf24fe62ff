"""The section of a program about ladders: what it compiles to, and what it must not say."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tallybook.programs import NEVER, ProgramInvalid, compiled, parse
from tallybook.programs.benefits import Grant, Quota
from tallybook.programs.difference import differences
from tallybook.programs.ladders import Downgrade, RefundPolicy, Way
from tallybook.programs.rewards import UnitsReward
from tallybook.programs.rules import Multiplier, Period

from tests.programs.documents import base, program, text

UNITS = {
    "points": {"kind": "redeemable"},
    "growth": {"kind": "qualifying", "scale": 1, "expiry": {"kind": "after_months", "months": 12}},
    "visits": {"kind": "qualifying", "expiry": {"kind": "end_of_year"}},
    "idle": {"kind": "qualifying", "expiry": {"kind": "after_idle_months", "months": 1}},
    "USD": {"kind": "money", "scale": 2},
}


def tier(code: str, growth: int | None = None, **changes: Any) -> dict[str, Any]:
    entry = {} if growth is None else {"any_of": [{"units": {"growth": growth}}]}
    return {"code": code, **entry, **changes}


def status(*tiers: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"status": {"tiers": list(tiers or (tier("silver", 100), tier("gold", 200))), **changes}}


def document(**changes: Any) -> str:
    return text(**{"units": UNITS, "ladders": status(), "rules": base(), **changes})


def mistakes(**changes: Any) -> list[str]:
    with pytest.raises(ProgramInvalid) as raised:
        parse(document(**changes))
    return [f"{problem.path} {problem.message}" for problem in raised.value.problems]


def test_what_is_left_out_has_a_default() -> None:
    ladder = program(units=UNITS, ladders=status()).ladders["status"]
    silver = ladder.tier("silver")
    assert silver.entry == silver.keep == (Way({"growth": 1000}),)
    assert (ladder.downgrade, ladder.refunds, ladder.grace_days) == (
        Downgrade.TO_EARNED,
        RefundPolicy.AT_ONCE,
        0,
    )
    assert ladder.is_main
    assert ladder.validity.reached(date(2026, 1, 1)) == NEVER
    assert {"growth", "visits"} & ladder.rolling == {"growth"}


def test_tiers_keep_their_order_in_the_canonical_document() -> None:
    written = parse(document(ladders=status(tier("zinc", 1), tier("amber", 2))))
    again = parse(written.canonical())
    assert [each.code for each in again.ladders["status"].tiers] == ["zinc", "amber"]
    assert again.etag() == written.etag()


def test_what_changes_of_a_tier_is_told_at_its_place() -> None:
    before, after = (
        parse(document(ladders=status(tier("silver", 100), tier("gold", gold)))).canonical()
        for gold in (200, 300)
    )
    assert [str(change) for change in differences(before, after)] == [
        'ladders.status.tiers[1].any_of[0].units.growth: "200" -> "300"'
    ]


@pytest.mark.parametrize(
    ("validity", "reached", "renewed"),
    [
        ({"kind": "after_days", "days": 30}, "2026-02-14", "2026-03-16"),
        ({"kind": "after_months", "months": 12}, "2027-01-15", "2028-01-15"),
        ({"kind": "end_of_month"}, "2026-01-31", "2026-02-28"),
        ({"kind": "end_of_quarter", "plus_months": 3}, "2026-06-30", "2026-09-30"),
        ({"kind": "end_of_year", "plus_months": 12}, "2027-12-31", "2028-12-31"),
    ],
)
def test_a_validity_counts_from_the_day_a_tier_is_reached(
    validity: dict[str, Any], reached: str, renewed: str
) -> None:
    rule = program(units=UNITS, ladders=status(validity=validity)).ladders["status"].validity
    day = date(2026, 1, 15)
    until = rule.reached(day)
    assert until == date.fromisoformat(reached)
    assert rule.renewed(day, until, date.fromordinal(until.toordinal() + 1)) == date.fromisoformat(renewed)


def test_benefits_are_ready_to_run() -> None:
    reward = {"kind": "units", "unit": "growth", "units": "1.5"}
    benefits = {
        "multipliers": [{"unit": "points", "times": "1.5"}],
        "discount_basis_points": 500,
        "quotas": {"free_shipping": {"most": 4, "period": "month"}},
        "grants": [{"every": "month", "rewards": [reward]}],
        "entitlements": ["lounge"],
    }
    found = program(
        units=UNITS, rules=base(), ladders=status(tier("gold", 1, benefits=benefits, rewards=[reward]))
    ).ladders["status"]
    gold, given = found.tier("gold"), (UnitsReward("growth", "house", 15),)
    assert gold.rewards == given
    assert gold.benefits.multipliers == {"points": Fraction(3, 2)}
    assert gold.benefits.quotas == {"free_shipping": Quota(4, Period.MONTH)}
    assert gold.benefits.grants == (Grant(Period.MONTH, given),)
    assert (gold.benefits.discount_basis_points, gold.benefits.entitlements) == (500, ("lounge",))


def test_multipliers_of_tiers_are_rules_that_come_last() -> None:
    benefits = {"multipliers": [{"unit": "points", "times": "1.5"}]}
    rules = program(
        units=UNITS,
        rules={**base(), "gift": {"unit": "points", "formula": {"kind": "fixed", "units": 1}}},
        ladders=status(tier("gold", 1, benefits=benefits)),
    ).rules
    rule = rules.rules[-1]
    assert (rule.code, rule.tiers, rule.event) == ("tier/gold/points", {"gold"}, "purchase")
    assert rule.formula == Multiplier(1, 2, frozenset({"base"}))
    applied = rules.by_event["purchase"].rules
    assert [each.rule.code for each in applied if each.is_multiplied] == ["base"]


def test_where_there_are_tiers_the_order_of_events_matters() -> None:
    assert program(units=UNITS, rules=base(), ladders=status()).rules.is_ordered
    assert not program(units=UNITS, rules=base()).rules.is_ordered


def test_a_rule_may_be_for_tiers() -> None:
    rules = {"more": {**base()["base"], "tiers": ["gold"]}}
    assert program(units=UNITS, ladders=status(), rules=rules).rules.rules[0].tiers == {"gold"}
    (found,) = mistakes(rules={"more": {**base()["base"], "tiers": ["godl"]}})
    assert found == "rules.more.tiers[0] is not a tier of this program"


def one_more(code: str, **changes: Any) -> dict[str, Any]:
    return {**status(), "club": {"tiers": [tier(code, 1)], **changes}}


GOLD_REWARDS = tier("gold", 1, rewards=[{"kind": "units", "unit": "USD", "units": 1}])
GRANT = {"grants": [{"every": "month", "rewards": [{"kind": "units", "unit": "USD", "units": 1}]}]}
TWICE = {"multipliers": [{"unit": "points", "times": 2}, {"unit": "points", "times": 3}]}


@pytest.mark.parametrize(
    ("ladders", "mistake"),
    [
        (status(tier("a", 1), tier("a", 2)), "status.tiers[1].code is named twice"),
        (one_more("gold", main=True), "club.tiers[0].code is a tier of status already"),
        (one_more("vip"), " must say of one of them {main: true}"),
        (
            {"status": {**status(main=True)["status"]}, "club": one_more("vip", main=True)["club"]},
            "club.main is status already",
        ),
        (
            status(tier("a", 200), tier("b", 200)),
            "status.tiers[1].any_of[0] must ask for more than each way to a, which is below",
        ),
        (status(tier("a", 1), tier("b")), "status.tiers[1] must have any_of"),
        (status(tier("a", 1, keep=[{}])), "status.tiers[0].keep[0] must ask for something"),
        (
            status(tier("a", 1, keep=[{"units": {"growth": 2}}])),
            "status.tiers[0].keep[0] asks for more than a way to the tier",
        ),
        (
            status(tier("a", keep=[{"units": {"growth": 2}}])),
            "status.tiers[0].keep is never asked",
        ),
        (
            status(tier("a", rewards=[{"kind": "units", "unit": "points", "units": 1}])),
            "status.tiers[0].rewards are never given",
        ),
        (
            status(tier("a", any_of=[{"units": {"growth": "0.25"}}])),
            "status.tiers[0].any_of[0].units.growth is finer than growth",
        ),
        (
            status(tier("a", any_of=[{"units": {"points": 1}}])),
            "status.tiers[0].any_of[0].units.points must be of kind qualifying",
        ),
        (
            status(tier("a", 1, keep=[{"units": {"idle": 1}}])),
            "status.tiers[0].keep[0].units.idle lapses when members do nothing",
        ),
        (
            status(tier("a", any_of=[{"tasks": ["profile"]}])),
            "status.tiers[0].any_of[0].tasks[0] is not a task of this program",
        ),
        (status(GOLD_REWARDS), "status.tiers[0].rewards[0].unit is money"),
        (
            status(tier("a", 1, benefits=GRANT)),
            "status.tiers[0].benefits.grants[0].rewards[0].unit is money",
        ),
        (
            status(tier("a", 1, benefits=TWICE)),
            "status.tiers[0].benefits.multipliers[1].unit is multiplied already",
        ),
        (
            status(tier("a", 1, benefits={"multipliers": [{"unit": "visits", "times": 2}]})),
            "status.tiers[0].benefits.multipliers[0].unit is multiplied, and no rule",
        ),
        (status(validity={"kind": "on_date", "date": "2027-01-01"}), "status.validity.kind must be one of"),
    ],
)
def test_what_cannot_be_is_said_where_it_stands(ladders: dict[str, Any], mistake: str) -> None:
    (found,) = mistakes(ladders=ladders)
    path, _, message = mistake.partition(" ")
    assert found.startswith(f"ladders{'.' if path else ''}{path} {message}")


def test_everybody_may_have_the_lowest_tier() -> None:
    ladder = compiled(parse(document(ladders=status(tier("member"), tier("gold", 1)))), 1).ladders["status"]
    assert ladder.tier("member").asks_nothing
    assert ladder.reached({}, frozenset()) == 1
