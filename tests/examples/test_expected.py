"""How the grocer's example compares a book with what was computed: planted differences are found."""

from __future__ import annotations

from datetime import date

import pytest

from examples.grocer.expected import (
    Holding,
    account_differences,
    amount_differences,
    holding_differences,
    standing_differences,
)
from examples.grocer.grown import Standing

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
        ({"h2": Holding(0, {}, 7)}, ["household h2 owes 0, expected 7"]),
    ],
)
def test_a_planted_difference_of_a_household_is_found(planted: dict[str, Holding], found: list[str]) -> None:
    assert list(holding_differences(AS_IT_IS | planted, AS_IT_IS)) == found


def test_a_household_that_nobody_expects_is_found() -> None:
    assert list(holding_differences({}, {"h2": Holding(0, {})})) == ["household h2 is in the book alone"]


def test_planted_differences_of_rewards_are_found() -> None:
    expected = {("b1", "base"): 5, ("b2", "base"): 7}
    assert list(amount_differences("basket", expected, dict(expected))) == []
    assert list(amount_differences("basket", expected, {("b1", "base"): 5, ("b3", "produce"): 2})) == [
        "basket b2: 0 by base, expected 7",
        "basket b3: 2 by produce, expected 0",
    ]


def test_planted_differences_of_standings_are_found() -> None:
    day = date(2017, 3, 31)
    expected = {"h1": Standing("silver", 1000, 2, 1), "h2": Standing("gold", 3000)}
    assert list(standing_differences(expected, dict(expected), day)) == []
    found = {"h1": Standing("silver", 1001, 2, 0)}
    assert list(standing_differences(expected, found, day)) == [
        "household h1 on 2017-03-31: growth 1001, expected 1000",
        "household h1 on 2017-03-31: weeks 0, expected 1",
        "household h2 on 2017-03-31: tier '', expected 'gold'",
        "household h2 on 2017-03-31: growth 0, expected 3000",
    ]


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
