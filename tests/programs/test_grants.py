"""The section of a program about grants by the calendar: its days, and what it must not say."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Any

import pytest
from tallybook.programs import ProgramInvalid, parse
from tallybook.programs.changes import moved_days
from tallybook.programs.grant_contradictions import late_grants
from tallybook.programs.grants import Anniversaries, Birthdays, Dates, Festival, Leap, Person, Tenure

from tests.programs.documents import program, text

PERSON = Person(date(2024, 2, 29), (2, 29))


def grant(**changes: Any) -> dict[str, Any]:
    """The section with one grant."""
    section = {
        "day": {"kind": "birthday"},
        "from": "2026-01-01",
        "rewards": [{"kind": "units", "unit": "points", "units": 5}],
    }
    return {"gift": {**section, **changes}}


def mistakes(**changes: Any) -> list[str]:
    """What is wrong with a document, by path."""
    with pytest.raises(ProgramInvalid) as raised:
        parse(text(**changes))
    return [f"{problem.path} {problem.message}" for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (Birthdays(Leap.FEB_28), ["2026-02-28", "2027-02-28", "2028-02-29"]),
        (Birthdays(Leap.MAR_1), ["2026-03-01", "2027-03-01", "2028-02-29"]),
        (Festival(1, 15), ["2027-01-15", "2028-01-15", "2029-01-15"]),
        (Dates((date(2025, 1, 1), date(2026, 1, 20), date(2026, 2, 1))), ["2026-01-20", "2026-02-01"]),
        (Anniversaries(), ["2026-02-28", "2027-02-28", "2028-02-29"]),
        (Tenure(24), ["2026-02-28"]),
        (Tenure(23), ["2026-01-29"]),
        (Tenure(22), []),
    ],
)
def test_the_days_from_one_day_on(days: Any, first: list[str]) -> None:
    found = islice(days.since(date(2026, 1, 20), PERSON), 3)
    assert [each.day.isoformat() for each in found] == first


def test_an_anniversary_is_a_year_after_at_the_earliest() -> None:
    assert next(Anniversaries().since(date(2024, 2, 29), PERSON)).day == date(2025, 2, 28)


def test_nobody_has_a_birthday_that_is_not_known() -> None:
    assert list(Birthdays().since(date(2026, 1, 1), Person(date(2024, 1, 1), None))) == []


def test_keys_rise_with_days() -> None:
    for days in (Birthdays(), Festival(1, 1), Anniversaries(), Dates((date(2026, 1, 2), date(2026, 11, 1)))):
        keys = [each.key for each in islice(days.since(date(2026, 1, 1), PERSON), 5)]
        assert keys == sorted(set(keys))


def test_a_grant_is_compiled_with_its_defaults() -> None:
    found = program(grants=grant()).grants["gift"]
    assert (found.display_name, found.catch_up_days, found.ends) == ("gift", 0, date(9999, 12, 31))
    assert (found.tiers, found.tags, found.condition) == (frozenset(), frozenset(), None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"day": {"kind": "festival", "month": 4, "day": 31}}, "day.day is not a day of month 4"),
        ({"day": {"kind": "festival", "month": 2, "day": 29}}, "day.day is not in every year"),
        ({"day": {"kind": "moon"}}, "day"),
        ({"until": "2025-12-31"}, "until is before 2026-01-01, from which on it is given"),
        ({"rewards": []}, "rewards"),
        ({"condition": "order.spend > 5"}, "condition"),
        ({"condition": "event.name == 'x'"}, "condition names event.name, and there is no event"),
        ({"condition": "member.days_enrolled"}, "condition must be true or false"),
        ({"tiers": ["gold"]}, "tiers[0] is not a tier of this program"),
        (
            {"rewards": [{"kind": "membership_days", "plan": "plus", "days": 3}]},
            "rewards[0].plan is not a plan of membership of this program",
        ),
        (
            {"rewards": [{"kind": "units", "unit": "USD", "units": 3}]},
            "rewards[0].unit is money, which is paid in and never earned",
        ),
    ],
)
def test_a_mistake_is_told_where_it_stands(changes: dict[str, Any], said: str) -> None:
    units = {"points": {"kind": "redeemable"}, "USD": {"kind": "money", "scale": 2}}
    found = mistakes(grants=grant(**changes), units=units, stored_value={"USD": {"currency": "USD"}})
    assert len(found) == 1
    assert found[0].startswith(f"grants.gift.{said}")


@pytest.mark.parametrize(
    ("changes", "moves"),
    [
        ({"display_name": "A gift"}, False),
        ({"catch_up_days": 3}, True),
        ({"until": "2027-01-01"}, True),
        ({"tags": ["vip"]}, True),
        ({"rewards": [{"kind": "units", "unit": "points", "units": 6}]}, True),
    ],
)
def test_what_says_who_gets_what_when_moves_days(changes: dict[str, Any], moves: bool) -> None:
    before, after = parse(text(grants=grant())), parse(text(grants=grant(**changes)))
    assert bool(list(moved_days(before, after))) is moves


@pytest.mark.parametrize(
    ("before", "after", "late"),
    [
        (None, {}, True),
        (None, {"from": "2026-06-01"}, False),
        (None, {"from": "2026-05-30", "catch_up_days": 2}, False),
        (None, {"from": "2026-05-29", "catch_up_days": 2}, True),
        ({}, {}, False),
        ({}, {"rewards": [{"kind": "units", "unit": "points", "units": 6}]}, False),
        ({}, {"until": "2026-03-01"}, False),
        ({}, {"from": "2026-05-01"}, False),
        ({}, {"tags": ["vip"]}, True),
        ({}, {"tags": ["vip"], "from": "2026-06-01"}, False),
        ({}, {"catch_up_days": 1}, True),
        ({"catch_up_days": 9}, {"catch_up_days": 1}, False),
        ({"until": "2026-03-01"}, {}, True),
        ({"until": "2026-05-31"}, {}, False),
        ({"until": "2026-03-01"}, {"from": "2026-06-01"}, False),
    ],
)
def test_nothing_is_new_for_days_long_over(
    before: dict[str, Any] | None, after: dict[str, Any], late: bool
) -> None:
    old = parse(text() if before is None else text(grants=grant(**before)))
    found = list(late_grants(old, parse(text(grants=grant(**after))), date(2026, 6, 1)))
    assert bool(found) is late
