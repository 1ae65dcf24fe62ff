"""The section of a program about referrals: what it compiles to, and what it must not say."""

from typing import Any

import pytest
from tallybook.programs import ProgramInvalid, Rounding, parse
from tallybook.programs.changes import forbidden_changes
from tallybook.programs.difference import differences
from tallybook.programs.referrals import Commission, Referrals, ReferrerCap
from tallybook.programs.rewards import MembershipDaysReward, UnitsReward
from tallybook.programs.rules import Period

from tests.programs.documents import program, text

UNITS = {
    "points": {"kind": "redeemable"},
    "cash": {"kind": "redeemable", "scale": 2, "expiry": {"kind": "after_days", "days": 10}},
    "USD": {"kind": "money", "scale": 2},
}
COMMISSION = {"unit": "cash", "currency": "USD", "per": "1.00", "rates": ["0.05"]}


def section(**changes: Any) -> dict[str, Any]:
    return {"return_window_days": 7, **changes}


def compiled(**changes: Any) -> Referrals:
    found = program(units=UNITS, referrals=section(**changes)).referrals
    assert found is not None
    return found


def mistakes(**changes: Any) -> list[str]:
    """What is wrong with a document that has referrals, by path."""
    with pytest.raises(ProgramInvalid) as raised:
        parse(text(units=UNITS, referrals=section(**changes)))
    return [f"{problem.path} {problem.message}" for problem in raised.value.problems]


def test_a_program_has_none_unless_it_says_so() -> None:
    assert program().referrals is None


def test_what_is_left_out_has_a_default() -> None:
    assert compiled() == Referrals(return_window_days=7)


def test_amounts_are_in_smallest_steps_and_minor_units() -> None:
    found = compiled(
        newcomer={"bind_within_days": 30, "may_have_bought": True},
        minimum_spend={"amount": "19.50", "currency": "USD"},
        rewards={
            "newcomer": [{"kind": "units", "unit": "cash", "units": "0.5"}],
            "referrer": [{"kind": "units", "unit": "points", "units": 100}],
        },
        caps=[{"period": "month", "newcomers": 3}],
    )
    assert found == Referrals(
        return_window_days=7,
        bind_within_days=30,
        may_have_bought=True,
        minimum=1_950,
        currency="USD",
        newcomer=(UnitsReward("cash", "house", 50),),
        referrer=(UnitsReward("points", "house", 100),),
        caps=(ReferrerCap(Period.MONTH, 3),),
    )


def test_days_of_membership_can_be_a_reward() -> None:
    plan = {"term": {"kind": "days", "days": 30}, "price": "10.00", "currency": "USD"}
    rewards = {"referrer": [{"kind": "membership_days", "plan": "gold", "days": 7}]}
    found = program(memberships={"gold": plan}, referrals=section(rewards=rewards)).referrals
    assert found is not None
    assert found.referrer == (MembershipDaysReward("gold", 7),)


def test_rates_are_exact() -> None:
    found = compiled(commission={**COMMISSION, "levels": 2, "rates": ["0.05", "0.01"], "per": "3.00"})
    assert found.commission == Commission(
        unit="cash",
        fund="house",
        currency="USD",
        rates=((1, 60), (1, 300)),
        rounding=Rounding.FLOOR,
        levels=2,
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"return_window_days": -1}, "referrals.return_window_days"),
        (
            {"minimum_spend": {"amount": "1.005", "currency": "USD"}},
            "referrals.minimum_spend.currency has more than the 2 decimals of USD",
        ),
        ({"caps": [{"period": "event", "newcomers": 1}]}, "referrals.caps[0].period bounds nothing"),
        (
            {
                "caps": [{"period": "month", "newcomers": 1}, {"period": "month", "newcomers": 2}],
                "rewards": {"referrer": [{"kind": "units", "unit": "points", "units": 1}]},
            },
            "referrals.caps[1].period has a cap already",
        ),
        ({"caps": [{"period": "month", "newcomers": 1}]}, "referrals.caps bound nothing"),
        (
            {"commission": {**COMMISSION, "rates": ["0.05", "0.01"]}},
            "referrals.commission.rates are 2, and levels is 1",
        ),
        ({"commission": {**COMMISSION, "levels": 3}}, "referrals.commission.levels"),
        ({"commission": {**COMMISSION, "per": "0.001"}}, "referrals.commission.per has more than"),
        ({"commission": {**COMMISSION, "unit": "USD"}}, "referrals.commission.unit is money"),
        ({"commission": {**COMMISSION, "unit": "gold"}}, "referrals.commission.unit is not a unit"),
        (
            {"commission": {**COMMISSION, "vesting": {"kind": "after_days", "days": 11}}},
            "referrals.commission.vesting is too long",
        ),
        (
            {"rewards": {"newcomer": [{"kind": "units", "unit": "USD", "units": 1}]}},
            "referrals.rewards.newcomer[0].unit is money",
        ),
    ],
)
def test_what_cannot_be_is_told_with_its_place(changes: dict[str, Any], expected: str) -> None:
    found = mistakes(**changes)
    assert len(found) == 1, found
    assert found[0].startswith(expected)


def forbidden(before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[str]:
    """The paths that a new revision must not change so."""
    old, new = (
        parse(text(units=UNITS, **({} if each is None else {"referrals": each}))) for each in (before, after)
    )
    return [".".join(map(str, path)) for path, _ in forbidden_changes(old, new)]


def test_what_members_were_bound_by_stays() -> None:
    paying = section(commission={**COMMISSION, "levels": 2, "rates": []})
    assert forbidden(None, section()) == []
    assert forbidden(section(), section(return_window_days=70)) == []
    assert forbidden(section(), None) == ["referrals"]
    assert forbidden(paying, section()) == ["referrals.commission"]
    assert forbidden(paying, section(commission=COMMISSION)) == ["referrals.commission.levels"]
    assert forbidden(section(commission=COMMISSION), paying) == []


def test_a_change_is_told_by_its_path() -> None:
    before, after = (
        parse(text(units=UNITS, referrals=section(return_window_days=days))).canonical() for days in (7, 14)
    )
    assert [str(each) for each in differences(before, after)] == ["referrals.return_window_days: 7 -> 14"]
