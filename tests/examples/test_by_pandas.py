"""The computation with pandas, against sums done by hand. Skipped where there is no pandas."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

pd = pytest.importorskip("pandas")

from examples.grocer.by_pandas import expected_by_pandas  # noqa: E402
from examples.grocer.expected import Expected  # noqa: E402
from examples.grocer.grown import Standing  # noqa: E402
from examples.grocer.refunds import Refund  # noqa: E402
from examples.grocer.year import Year  # noqa: E402
from tests.examples.sample import EXPECTED, kept  # noqa: E402
from tests.examples.sample_by_pandas import computed  # noqa: E402

# Household, basket, department, quantity, dollars, moment of UTC.
Row = tuple[int, int, str, int, float, str]
CAMPAIGNS = [
    (1, "Type A", "2017-03-01", "2017-03-31"),
    (2, "Type B", "2017-03-01", "2017-03-31"),
    (3, "Type C", "2017-03-01", "2017-03-31"),
]


def points(expected: Expected) -> dict[tuple[str, str], int]:
    """What rules gave in points: growth is a unit of its own."""
    return {key: units for key, units in expected.rewards.items() if key[1] != "growth"}


def points_taken(expected: Expected) -> dict[tuple[str, str], int]:
    return {key: units for key, units in expected.taken.items() if key[1] != "growth"}


def expect(rows: list[Row], *refunds: Refund, invitations: list[tuple[int, int]] | None = None) -> Expected:
    return expected_by_pandas(year_of(rows, invitations or []), refunds)


def year_of(rows: list[Row], invitations: list[tuple[int, int]]) -> Year:
    columns = ["household_id", "basket_id", "department", "quantity", "sales_value", "transaction_timestamp"]
    purchases = pd.DataFrame(rows, columns=columns)
    purchases["product_id"] = range(1001, 1001 + len(rows))
    moments = pd.to_datetime(purchases["transaction_timestamp"]).astype("datetime64[ns]")
    campaigns = pd.DataFrame(CAMPAIGNS, columns=["campaign_id", "campaign_type", "start_date", "end_date"])
    for day in ("start_date", "end_date"):
        campaigns[day] = pd.to_datetime(campaigns[day]).astype("datetime64[ns]")
    return Year(
        purchases.assign(transaction_timestamp=moments),
        pd.DataFrame(invitations, columns=["campaign_id", "household_id"]).astype("int64"),
        campaigns,
    )


def refund(number: int, basket: int, line: int, day: int, month: int = 3, **much: Any) -> Refund:
    return Refund("1", f"r{number}", str(basket), line, datetime(2017, month, day, 20, tzinfo=UTC), **much)


def test_the_file_is_what_pandas_makes_of_the_sample() -> None:
    assert kept(computed()) == EXPECTED.read_text(encoding="utf-8")


def test_the_base_is_of_whole_dollars_of_the_basket_and_fuel_earns_nothing() -> None:
    rows = [
        (1, 10, "GROCERY", 1, 3.50, "2017-03-10 15:00"),
        (1, 10, "DELI", 2, 3.49, "2017-03-10 15:00"),
        (1, 10, "FUEL", 9_000, 20.00, "2017-03-10 15:00"),
        (1, 11, "GROCERY", 1, 0.99, "2017-03-11 15:00"),
    ]
    assert points(expect(rows)) == {("10", "base"): 6}


def test_departments_earn_more_of_the_bases_shares() -> None:
    # 9.98 earns 9: exactly 2.70, 1.80, 3.62, 0.87; the largest remainders are those of 0.87, 1.80 and 2.70.
    rows = [
        (1, 10, "PRODUCE", 1, 3.00, "2017-03-10 15:00"),
        (1, 10, "SEAFOOD", 1, 2.00, "2017-03-10 15:00"),
        (1, 10, "DRUG GM", 1, 4.01, "2017-03-10 15:00"),
        (1, 10, "GROCERY", 1, 0.97, "2017-03-10 15:00"),
    ]
    assert points(expect(rows)) == {
        ("10", "base"): 9,
        ("10", "produce"): 3,
        ("10", "seafood"): 4,
        ("10", "drugstore"): 1,
    }


def test_of_equal_remainders_the_product_that_comes_first_as_text_goes_up() -> None:
    year = year_of(
        [
            (1, 10, "GROCERY", 1, 1.50, "2017-03-10 15:00"),
            (1, 10, "PRODUCE", 1, 1.50, "2017-03-10 15:00"),
        ],
        [],
    )
    year.purchases["product_id"] = [999, 1010]
    assert points(expected_by_pandas(year, [])) == {("10", "base"): 3, ("10", "produce"): 2}


def test_the_member_day_is_one_of_new_york_and_doubles_steps_as_well() -> None:
    rows = [
        (1, 10, "GROCERY", 1, 51.00, "2017-03-09 04:59"),
        (1, 11, "GROCERY", 1, 51.00, "2017-03-09 05:00"),
        (2, 12, "GROCERY", 1, 5.00, "2017-03-08 05:00"),
        (2, 13, "GROCERY", 1, 5.00, "2017-03-08 04:59"),
    ]
    rewards = expect(rows, invitations=[(3, 1)]).rewards
    # 51 and 10 more, cut to 60 a month.
    assert rewards["10", "member_day"] == 60
    assert rewards["12", "member_day"] == 5
    assert {basket for basket, rule in rewards if rule == "member_day"} == {"10", "12"}


def test_campaigns_are_for_the_invited_and_for_their_days() -> None:
    rows = [
        (1, 10, "GROCERY", 1, 19.99, "2017-03-10 15:00"),
        (1, 11, "GROCERY", 1, 100.00, "2017-03-11 15:00"),
        (1, 12, "GROCERY", 1, 100.00, "2017-04-01 04:00"),
        (2, 13, "GROCERY", 1, 100.00, "2017-03-11 15:00"),
        (1, 14, "GROCERY", 1, 20.00, "2017-04-01 03:59"),
        (1, 15, "GROCERY", 1, 20.00, "2017-03-01 04:59"),
    ]
    rewards = expect(rows, invitations=[(1, 1), (2, 1), (3, 1)]).rewards
    assert {key: points for key, points in rewards.items() if key[1] not in ("base", "growth")} == {
        ("10", "campaign_2"): 9,
        ("11", "campaign_1"): 10,
        # Half of 100 is 50, of which 9 are gone.
        ("11", "campaign_2"): 41,
        ("11", "campaign_3"): 30,
        ("14", "campaign_1"): 10,
    }


def test_a_refund_takes_from_every_reward_by_the_lines_share() -> None:
    rows = [
        (1, 10, "PRODUCE", 4, 8.00, "2017-03-10 15:00"),
        (1, 10, "GROCERY", 1, 12.00, "2017-03-10 15:00"),
    ]
    found = expect(
        rows,
        refund(1, 10, 1, day=12, quantity=1),
        refund(2, 10, 2, day=13, cents=1_19),
        refund(3, 10, 1, day=14),
        invitations=[(1, 1)],
    )
    assert points(found) == {("10", "base"): 20, ("10", "produce"): 8, ("10", "campaign_1"): 10}
    assert points_taken(found) == {
        ("r1", "base"): 2,
        ("r1", "produce"): 2,
        ("r1", "campaign_1"): 1,
        # With 1.19 of the base's 12 there are 3.19 due, with 0.595 of the campaign's 6 there are 1.595.
        ("r2", "base"): 1,
        ("r3", "base"): 6,
        ("r3", "produce"): 6,
        ("r3", "campaign_1"): 3,
    }


def test_tiers_multiply_what_comes_after_them_and_tasks_give_and_take() -> None:
    rows = [(1, 10, "GROCERY", 1, 1000.00, "2017-03-10 15:00")]
    rows += [(1, 11, department, 1, 2.00, "2017-04-10 15:00") for department in ("A", "B", "C", "D", "E")]
    found = expect(rows, refund(1, 11, 1, day=20, month=4))
    assert found.rewards == {
        ("10", "base"): 800,
        ("10", "growth"): 1000,
        ("11", "base"): 10,
        ("11", "growth"): 10,
        ("11", "tier/silver/points"): 2,
    }
    # Of equal lines the first has a point of the two.
    assert found.taken == {("r1", "base"): 2, ("r1", "growth"): 2, ("r1", "tier/silver/points"): 1}
    task = "task/five_departments/2017-04-01"
    assert found.gifts == {("11", task): 25, ("r1", task): -25}
    assert found.standings[date(2017, 3, 31)] == {"1": Standing("silver", 1000)}
    assert found.standings[date(2017, 4, 30)] == {"1": Standing("silver", 1008)}
    assert found.lots == {"1": {date(2018, 3, 31): 300, date(2018, 4, 30): 9}}
    assert found.growth == {"1": {date(2018, 3, 10): 1000, date(2018, 4, 10): 8}}


def test_redemptions_lots_and_what_is_owed() -> None:
    rows = [
        (1, 10, "GROCERY", 1, 300.00, "2017-03-10 15:00"),
        (1, 11, "GROCERY", 1, 240.00, "2017-04-10 15:00"),
        (2, 12, "GROCERY", 1, 90.00, "2017-04-11 15:00"),
    ]
    # 500 of 540 are spent in April; then 60 of April's go back, of which 40 are there.
    found = expect(rows, refund(1, 11, 1, day=20, month=4, cents=60_00))
    assert found.redemptions == 1
    assert found.arrears == {"1": 20}
    assert found.lots == {"1": {}, "2": {date(2018, 4, 30): 90}}
    assert found.issued == 630 - 60
    assert found.entries == 2 + 4 + 1


def test_lines_of_nothing_are_none_and_have_no_place() -> None:
    rows = [
        (1, 10, "GROCERY", 0, 0.00, "2017-03-10 15:00"),
        (1, 10, "GROCERY", 0, 4.00, "2017-03-10 15:00"),
        (1, 10, "GROCERY", 2, 2.00, "2017-03-10 15:00"),
        (1, 11, "GROCERY", 0, 0.00, "2017-03-10 15:00"),
    ]
    found = expect(rows, refund(1, 10, 2, day=11, quantity=1))
    assert points_taken(found) == {("r1", "base"): 1}
    assert found.events == 2
