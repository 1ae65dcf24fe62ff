"""The compiled program: what lapses when, what is spent first. Knows no database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tallybook.programs import (
    DEMO_PROGRAM,
    NEVER,
    LapsedPolicy,
    ShortfallPolicy,
    UnitKind,
    compiled,
    parse,
)
from tallybook.programs.memo import MEMORY_MAX, Memo
from tallybook.programs.rules import Rules

from tests.programs.documents import program, unit

TODAY = date(2026, 5, 17)


def test_the_demo_program_is_what_its_comments_say() -> None:
    demo = compiled(parse(DEMO_PROGRAM), 3)
    points, growth = demo.units["points"], demo.units["growth"]
    assert (demo.code, demo.revision, demo.timezone) == ("demo", 3, "America/New_York")
    assert (points.kind, points.redeemable) == (UnitKind.REDEEMABLE, True)
    assert (growth.kind, growth.redeemable) == (UnitKind.QUALIFYING, False)
    assert points.expires_on(date(2026, 3, 1)) == points.expires_on(date(2026, 3, 31)) == date(2027, 3, 31)
    assert growth.expires_on(date(2026, 3, 15)) == date(2027, 3, 15)
    assert {each.rule.code for each in demo.rules.by_event["purchase"].rules} == {
        "base",
        "growing",
        "dairy",
        "first_order",
        "tuesday",
        "tier/gold/points",
        "tier/platinum/points",
    }
    (ladder,) = demo.ladders.values()
    assert [tier.code for tier in ladder.tiers] == ["silver", "gold", "platinum"]
    assert [(task.code, task.streak) for task in demo.tasks.by_code.values()] == [("regular", 4)]
    assert list(demo.grants) == ["birthday"]
    assert demo.referrals is not None
    assert demo.referrals.return_window_days == 14
    assert demo.funds == {"house"}
    assert demo.refunds.shortfall is ShortfallPolicy.ARREARS
    assert (demo.holds.default_seconds, demo.holds.longest_seconds) == (900, 604_800)


def test_a_document_that_says_little_has_defaults() -> None:
    small = program()
    points = small.units["points"]
    assert (points.display_name, points.scale, points.vesting_days) == ("points", 0, 0)
    assert points.expires_on(TODAY) == NEVER
    assert points.vests_on(TODAY) is None
    assert points.inactivity_months is None
    assert small.rules == Rules()
    assert small.refunds.lapsed is LapsedPolicy.KEEP_EXPIRED
    assert small.request_retention_days == 30


@pytest.mark.parametrize(
    ("expiry", "expires_on"),
    [
        ({"kind": "never"}, NEVER),
        ({"kind": "after_days", "days": 14}, date(2026, 5, 31)),
        ({"kind": "after_months", "months": 9}, date(2027, 2, 17)),
        ({"kind": "end_of_month"}, date(2026, 5, 31)),
        ({"kind": "end_of_month", "plus_months": 12}, date(2027, 5, 31)),
        ({"kind": "end_of_quarter", "plus_months": 3}, date(2026, 9, 30)),
        ({"kind": "end_of_year", "plus_months": 12}, date(2027, 12, 31)),
        ({"kind": "on_date", "date": "2026-12-24"}, date(2026, 12, 24)),
        ({"kind": "on_date", "date": "2020-02-29"}, date(2020, 2, 29)),
        ({"kind": "after_idle_months", "months": 12}, NEVER),
    ],
)
def test_units_lapse_by_their_policy(expiry: dict[str, Any], expires_on: date) -> None:
    points = program(units=unit(expiry=expiry)).units["points"]
    assert points.expires_on(TODAY) == points.expires_on(TODAY) == expires_on


def test_inactivity_counts_from_the_last_local_day() -> None:
    idle = program(timezone="Asia/Tokyo", units=unit(expiry={"kind": "after_idle_months", "months": 1}))
    assert idle.units["points"].inactivity_months == 1
    active_at = datetime(2026, 1, 30, 23, tzinfo=UTC)  # the 31st in Tokyo
    assert idle.idle_until("points", active_at) == date(2026, 2, 28)
    assert program().idle_until("points", active_at) is None
    assert program().idle_until("gone", active_at) is None


def test_units_vest_after_so_many_days() -> None:
    points = program(units=unit(vesting={"kind": "after_days", "days": 14})).units["points"]
    assert points.vests_on(TODAY) == date(2026, 5, 31)
    assert points.vests_on(date(9999, 12, 25)) == NEVER


def test_lots_lapse_and_vest_at_local_midnight() -> None:
    berlin = program(timezone="Europe/Berlin")
    assert berlin.lapse_at(date(2026, 1, 31)) == datetime(2026, 1, 31, 23, tzinfo=UTC)
    assert berlin.vest_at(date(2026, 2, 1)) == datetime(2026, 1, 31, 23, tzinfo=UTC)
    assert berlin.today(datetime(2026, 1, 31, 23, tzinfo=UTC)) == date(2026, 2, 1)
    assert berlin.today(datetime(2026, 1, 31, 23, tzinfo=UTC) - timedelta(microseconds=1)) == date(
        2026, 1, 31
    )


def test_what_lapses_soonest_is_spent_first_whoever_paid() -> None:
    key = program(funds=["bonus"]).units["points"].spend_key
    lots = [(NEVER, "bonus"), (date(2027, 1, 31), "house"), (date(2026, 1, 31), "house"), (NEVER, "alpha")]
    assert sorted(lots, key=lambda lot: key(*lot)) == [
        (date(2026, 1, 31), "house"),
        (date(2027, 1, 31), "house"),
        (NEVER, "alpha"),
        (NEVER, "bonus"),
    ]


def test_funds_are_spent_in_their_order_and_others_last() -> None:
    order = {"kind": "fund_order", "funds": ["bonus", "house"]}
    key = program(funds=["bonus", "partner"], units=unit(spend_order=order)).units["points"].spend_key
    lots = [(date(2026, 1, 31), "partner"), (date(2026, 2, 28), "house"), (NEVER, "bonus"), (NEVER, "house")]
    assert [fund for _, fund in sorted(lots, key=lambda lot: key(*lot))] == [
        "bonus",
        "house",
        "house",
        "partner",
    ]


@pytest.mark.parametrize(
    ("lapsed", "renewed"),
    [
        ({"kind": "keep_expired"}, date(2026, 4, 30)),
        ({"kind": "grace_days", "days": 14}, date(2026, 5, 31)),
        ({"kind": "reissue"}, date(2027, 5, 31)),
    ],
)
def test_what_comes_back_after_its_day_is_renewed_by_policy(lapsed: dict[str, Any], renewed: date) -> None:
    expiry = {"kind": "end_of_month", "plus_months": 12}
    shop = program(units=unit(expiry=expiry), refunds={"lapsed": lapsed})
    points = shop.units["points"]
    assert shop.renewed(points, date(2026, 4, 30), TODAY) == renewed
    assert shop.renewed(points, TODAY, TODAY) == TODAY
    assert shop.refunds.grace_days == lapsed.get("days", 0)


def test_a_compiled_program_does_not_change() -> None:
    shop = program()
    with pytest.raises(AttributeError):
        shop.revision = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        shop.units["more"] = shop.units["points"]  # type: ignore[index]


def test_a_memo_forgets_rather_than_grows() -> None:
    asked = []

    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    memo = Memo(double)
    assert [memo[3], memo[3]] == [6, 6]
    assert asked == [3]
    assert [memo[number] for number in range(3 * MEMORY_MAX)] == [2 * n for n in range(3 * MEMORY_MAX)]
    assert len(memo) <= MEMORY_MAX
