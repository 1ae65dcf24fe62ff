"""The grocer's example in short: forty real households, and the checks themselves."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from examples.grocer.baskets import Basket, Line, baskets_of, cents, side_by_side
from examples.grocer.expected import Expected, Holding, account_differences, holding_differences
from examples.grocer.findings import Findings
from examples.grocer.replay import Advance
from examples.grocer.service import ServerFailed, serving
from examples.grocer.story import LATER, YEAR_OVER, Story
from tests.examples.plain_year import expected_by_playing

SAMPLE = Path(__file__).with_name("grocer_sample") / "lines.csv"
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture(scope="module")
def baskets() -> list[Basket]:
    with SAMPLE.open(newline="") as rows:
        return baskets_of(
            Line(household, basket, dollars, datetime.fromisoformat(at))
            for household, basket, dollars, at in list(csv.reader(rows))[1:]
        )


@pytest.fixture(scope="module")
def expected(baskets: list[Basket]) -> Expected:
    return expected_by_playing(baskets)


@contextmanager
def unseen(title: str, total: int) -> Iterator[Advance]:
    yield lambda steps: None


def tell(url: str, baskets: list[Basket], expected: Expected) -> Findings:
    with serving(url, beginning=baskets[0].occurred_at) as service:
        return Story(service, baskets, expected, unseen).tell(again=True)


# --- the story ---------------------------------------------------------------------------------------------


def test_the_book_is_as_computed(database_url: str, baskets: list[Basket], expected: Expected) -> None:
    findings = tell(database_url, baskets, expected)
    assert findings.differences == []
    assert [check for check in findings.checks if not check.agrees] == []
    assert {check.chapter for check in findings.checks} == {"the year", "the same again", "on 1 July 2018"}


def test_one_point_that_differs_is_found(sqlite_url: str, baskets: list[Basket], expected: Expected) -> None:
    household, lots = next((each, lots) for each, lots in expected.lots.items() if max(lots) > LATER.date())
    day = max(lots)
    planted = replace(expected, lots={**expected.lots, household: {**lots, day: lots[day] + 1}})
    findings = tell(sqlite_url, baskets, planted)
    assert not findings.sound
    assert (
        f"the year: household {household} has {lots[day]} until {day}, expected {lots[day] + 1}"
        in findings.differences
    )


def test_a_server_that_does_not_start_says_why(baskets: list[Basket]) -> None:
    with pytest.raises(ServerFailed) as caught, serving("sqlite://", beginning=baskets[0].occurred_at):
        pass
    assert "name a file" in "".join(caught.value.__notes__)


# --- the sample --------------------------------------------------------------------------------------------


def test_the_sample_has_what_is_worth_checking(baskets: list[Basket], expected: Expected) -> None:
    moments = [(basket.household, basket.occurred_at) for basket in baskets]
    assert len(expected.lots) == 40
    assert any(basket.cents == 0 for basket in baskets)
    assert any(0 < basket.cents < 100 for basket in baskets)
    assert len(set(moments)) < len(moments)
    assert expected.redemptions > 20
    assert expected.lapses(LATER.date())
    assert any(basket.occurred_at.day != basket.occurred_at.astimezone(NEW_YORK).day for basket in baskets)


# --- the door ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dollars", "whole"),
    [(2.5, 250), (0.29, 29), (1.1, 110), (2.675, 268), (2.665, 266), ("0.125", 12), ("0.135", 14), (0.0, 0)],
)
def test_dollars_become_cents_half_to_even(dollars: float | str, whole: int) -> None:
    assert cents(dollars) == whole


def test_lines_become_baskets_in_time_order() -> None:
    at = datetime(2017, 1, 1, 12)  # noqa: DTZ001
    lines = [
        Line("h1", "b3", 0.1, at + timedelta(hours=1)),
        Line("h2", "b2", 0.5, at),
        Line("h1", "b1", 0.2, at),
        Line("h1", "b3", 0.2, at + timedelta(hours=1)),
    ]
    noon = at.replace(tzinfo=UTC)
    assert baskets_of(lines) == [
        Basket("h1", "b1", 20, noon),
        Basket("h2", "b2", 50, noon),
        Basket("h1", "b3", 30, noon + timedelta(hours=1)),
    ]


def test_baskets_sent_together_are_of_different_households(baskets: list[Basket]) -> None:
    runs = list(side_by_side(baskets, 10))
    assert [basket for run in runs for basket in run] == baskets
    assert max(map(len, runs)) == 10
    assert all(len({basket.household for basket in run}) == len(run) for run in runs)


# --- the comparison ----------------------------------------------------------------------------------------

JANUARY, FEBRUARY = date(2018, 1, 31), date(2018, 2, 28)
AS_IT_IS = {"h1": Holding(30, {JANUARY: 10, FEBRUARY: 20}), "h2": Holding(0, {})}


def test_equal_holdings_do_not_differ() -> None:
    assert list(holding_differences(AS_IT_IS, dict(AS_IT_IS))) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ({"h1": Holding(31, {JANUARY: 10, FEBRUARY: 20})}, ["household h1 has 30 available, expected 31"]),
        (
            {"h1": Holding(30, {JANUARY: 11, FEBRUARY: 19})},
            [
                "household h1 has 10 until 2018-01-31, expected 11",
                "household h1 has 20 until 2018-02-28, expected 19",
            ],
        ),
        ({"h3": Holding(0, {})}, ["household h3 is not in the book"]),
    ],
)
def test_a_planted_difference_of_a_household_is_found(planted: dict[str, Holding], found: list[str]) -> None:
    assert list(holding_differences(AS_IT_IS | planted, AS_IT_IS)) == found


def test_a_household_that_nobody_expects_is_found() -> None:
    assert list(holding_differences({}, {"h2": Holding(0, {})})) == ["household h2 is in the book alone"]


def test_planted_differences_of_accounts_are_found() -> None:
    sums = {"issued": -30, "available": 30}
    assert list(account_differences(sums, dict(sums))) == []
    assert list(account_differences(sums, {"issued": -30, "available": 29, "held": 1})) == [
        "account available is 29, expected 30",
        "account held is 1, expected 0",
    ]
    assert list(account_differences({}, {"issued": -1})) == [
        "account issued is -1, expected 0",
        "the accounts sum to -1, not to zero",
    ]


def test_the_expectation_itself_sums_to_zero(expected: Expected) -> None:
    for today in (YEAR_OVER, date(2018, 3, 1), LATER.date(), date(2019, 1, 1)):
        assert sum(expected.accounts(today).values()) == 0
    assert "available" not in expected.accounts(date(2019, 1, 1))
