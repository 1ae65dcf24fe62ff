"""The section of a program about stored value: what it compiles to, and what it must not say."""

from datetime import date
from typing import Any

import pytest
from tallybook.programs import ProgramInvalid, parse
from tallybook.programs.changes import forbidden_changes
from tallybook.programs.stored_value import BonusPolicy, Limit, Plan, SpendFirst

from tests.programs.documents import program, text

DAY = date(2026, 1, 31)


def units(**changes: Any) -> dict[str, Any]:
    return {"USD": {"kind": "money", "scale": 2, **changes}}


def money(**changes: Any) -> dict[str, Any]:
    return {"USD": {"currency": "USD", **changes}}


def mistakes(**changes: Any) -> list[str]:
    """What is wrong with a document that keeps dollars, by path."""
    with pytest.raises(ProgramInvalid) as raised:
        parse(text(**{"units": units(), "stored_value": money(), **changes}))
    return [f"{problem.path} {problem.message}" for problem in raised.value.problems]


def test_what_is_left_out_has_a_default() -> None:
    rules = program(units=units(), stored_value=money()).stored_value["USD"]
    assert (rules.spend_first, rules.bonus_policy) == (SpendFirst.BONUS_FIRST, BonusPolicy.FORFEITED)
    assert (rules.confirm_seconds, rules.payout_seconds) == (1800, 604800)
    assert (rules.top_up, rules.spend, rules.payout) == (Limit(), Limit(), Limit())
    assert (rules.named_most, rules.unnamed_most, rules.reactivation) == (None, None, False)


def test_amounts_are_in_minor_units() -> None:
    plans = {"big": {"steps": [{"pay": "100.00", "bonus": 20}], "budget": 1000, "most_times": 2}}
    limits = {"spend": {"at_once": "0.01", "a_day": 5}}
    rules = program(
        units=units(),
        stored_value=money(plans=plans, limits=limits, jurisdiction={"unnamed_most": "10.50"}),
    ).stored_value["USD"]
    assert rules.plans["big"] == Plan("big", ((10_000, 2_000),), most_times=2, budget=100_000)
    assert rules.spend == Limit(1, 500)
    assert rules.unnamed_most == 1_050
    assert rules.pools == {"top_up/USD/big"}


@pytest.mark.parametrize(("paid", "bonus"), [(99, 0), (100, 20), (199, 20), (200, 50), (10**9, 50)])
def test_the_last_step_that_is_reached_counts(paid: int, bonus: int) -> None:
    assert Plan("big", ((100, 20), (200, 50))).bonus_for(paid) == bonus


def test_principal_and_bonus_have_days_of_their_own() -> None:
    found = program(
        units=units(),
        stored_value=money(
            principal_expiry={"kind": "after_months", "months": 1},
            bonus_expiry={"kind": "after_days", "days": 1},
        ),
    ).units["USD"]
    assert found.expires_on(DAY, "principal") == date(2026, 2, 28)
    assert found.expires_on(DAY, "bonus") == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("order", "first"),
    [("bonus_first", "bonus"), ("principal_first", "principal"), ("proportional", "bonus")],
)
def test_funds_are_spent_in_the_order_that_is_named(order: str, first: str) -> None:
    found = program(units=units(), stored_value=money(spend_first=order)).units["USD"]
    assert min(("bonus", "principal"), key=lambda fund: found.spend_key(DAY, fund)) == first
    assert found.in_proportion is (order == "proportional")


def test_money_is_spent_to_revenue_and_points_are_redeemed() -> None:
    found = program(units=units() | {"points": {"kind": "redeemable"}}, stored_value=money()).units
    assert (found["USD"].spent_to, found["points"].spent_to) == ("revenue", "redeemed")


STEP = {"pay": 1, "bonus": 1}


@pytest.mark.parametrize(
    ("changes", "mistake"),
    [
        ({"stored_value": {"EUR": {"currency": "EUR"}}}, "stored_value.EUR is not a unit of this program"),
        ({"units": units(scale=3)}, "units.USD.scale must be 2, the decimals of USD"),
        ({"units": units(kind="redeemable")}, "units.USD.kind must be money: it is kept as stored value"),
        ({"units": units(expiry={"kind": "after_days", "days": 1})}, "units.USD.expiry must be never or"),
        ({"units": units(vesting={"kind": "after_days", "days": 1})}, "units.USD.vesting must be at_once"),
        (
            {"units": units(spend_order={"kind": "fund_order", "funds": ["house"]})},
            "units.USD.spend_order must be left out",
        ),
        (
            {
                "units": units(expiry={"kind": "after_idle_months", "months": 1}),
                "stored_value": money(jurisdiction={"principal_never_expires": True}),
            },
            "units.USD.expiry lets principal lapse",
        ),
        (
            {
                "stored_value": money(
                    principal_expiry={"kind": "after_days", "days": 1},
                    jurisdiction={"principal_never_expires": True},
                )
            },
            "stored_value.USD.jurisdiction forbids that principal lapses",
        ),
        (
            {"stored_value": money(plans={"a": {"steps": [STEP, {"pay": 2, "bonus": 1}]}})},
            "stored_value.USD.plans.a.steps[1] must be above the step before it",
        ),
        (
            {"stored_value": money(plans={"a": {"steps": [{"pay": "0.001", "bonus": 1}]}})},
            "stored_value.USD.plans.a.steps[0].pay has more than the 2 decimals of USD",
        ),
        (
            {"stored_value": money(limits={"spend": {"a_day": "0.001"}})},
            "stored_value.USD.limits.spend.a_day has more than the 2 decimals of USD",
        ),
        (
            {"stored_value": money(jurisdiction={"named_most": "0.001"})},
            "stored_value.USD.jurisdiction.named_most has more than the 2 decimals of USD",
        ),
        (
            {"rules": {"r": {"unit": "USD", "formula": {"kind": "fixed", "units": 1}}}},
            "rules.r.unit is money, which is paid in and never earned",
        ),
    ],
)
def test_what_cannot_be_is_said_where_it_stands(changes: dict[str, Any], mistake: str) -> None:
    (found,) = mistakes(**changes)
    assert found.startswith(mistake)


@pytest.mark.parametrize(
    ("stored_value", "path"),
    [({}, ("stored_value",)), (money(currency="EUR"), ("stored_value", "USD", "currency"))],
)
def test_money_that_members_paid_in_stays_what_it_is(stored_value: dict[str, Any], path: tuple[str]) -> None:
    before = parse(text(units=units(), stored_value=money()))
    after = parse(text(units=units(), stored_value=stored_value))
    assert [where for where, _ in forbidden_changes(before, after)] == [path]
