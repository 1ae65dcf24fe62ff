"""Tasks: what counts, when they are completed, and what refunds and claims do to that."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from tallybook.growth.completions import Given
from tallybook.growth.task_progress import TaskProgress, progress_of
from tallybook.growth.task_state import Counted, completed, trimmed
from tallybook.journal.accounts import VESTED
from tallybook.programs.program import Program

from tests.growth.telling import (
    GIFT,
    Claim,
    Event,
    Fact,
    Refund,
    Telling,
    day,
    line,
    tasks,
    told,
)

EVER = date.min


def days(telling: Telling, task: str) -> list[tuple[date, date]]:
    """In which periods a task was completed, and on which days."""
    return [(each.since, each.on) for each in telling.state.of(task).completions]


def checkin(key: str, at: datetime) -> Event:
    return Event(key, at, "checkin")


def order(key: str, at: datetime, *categories: str, spend: int = 1_000) -> Event:
    return Event(
        key, at, lines=tuple(line(str(n), name, spend=spend) for n, name in enumerate(categories or [""]))
    )


def given(telling: Telling, key: str) -> list[tuple[int, date, date]]:
    return [(each.amount, each.vests_on, each.expires_on) for each in telling.given[key]]


def seen(telling: Telling, task: str, at: datetime) -> TaskProgress:
    found = progress_of(telling.state, telling.program.tasks, telling.program.today(at))
    return next(each for each in found if each.task == task)


# --- goals -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "events", "progress"),
    [
        ({"kind": "count", "reach": 9}, [order("a", day(0)), order("b", day(0))], 2),
        (
            {"kind": "spend", "currency": "USD", "reach": 99},
            [order("a", day(0), "x", "y"), order("b", day(0))],
            3_000,
        ),
        ({"kind": "spend", "currency": "EUR", "reach": 99}, [order("a", day(0))], 0),
        ({"kind": "quantity", "reach": 9}, [Event("a", day(0), lines=(line("1", quantity=3),))], 3),
        (
            {"kind": "distinct", "of": "lines.category", "reach": 9},
            [order("a", day(0), "x", "y", ""), order("b", day(0), "y")],
            2,
        ),
        (
            {"kind": "distinct", "of": "store", "reach": 9},
            [Event(each, day(0), lines=(line(),), store=each) for each in ("n", "s")],
            2,
        ),
    ],
    ids=lambda each: each["kind"] if isinstance(each, dict) else "",
)
def test_orders_count(goal: dict[str, Any], events: list[Fact], progress: int) -> None:
    assert seen(told(tasks(it={"goal": goal}), events), "it", day(0)).progress == progress


def test_a_number_adds_up_and_takes_nothing_off() -> None:
    of = tasks(walk={"event": "walk", "goal": {"kind": "sum", "of": "attributes.steps", "reach": 100}})
    walks = [Event(str(n), day(n), "walk", attributes={"steps": n}) for n in (30, -40, 50)]
    assert seen(told(of, walks), "walk", day(60)).progress == 80


def test_one_friend_helps_once() -> None:
    goal = {"kind": "distinct", "of": "attributes.who", "reach": 3}
    of = tasks(bargain={"event": "help", "goal": goal, "rewards": GIFT})
    friends = ["bo", "cy", "bo", "bo", "di"]
    telling = told(
        of, [Event(f"h{n}", day(n), "help", attributes={"who": who}) for n, who in enumerate(friends)]
    )
    assert days(telling, "bargain") == [(EVER, day(4).date())]


def test_a_line_that_is_filtered_out_counts_for_nothing() -> None:
    of = tasks(dairy={"lines": {"categories": ["dairy"]}})
    assert not days(told(of, [order("a", day(0), "fruit")]), "dairy")
    assert days(told(of, [order("a", day(0), "fruit", "dairy")]), "dairy")


def test_shipping_alone_is_no_order() -> None:
    of = tasks(it={"lines": {"except_categories": ["fruit"]}})
    shipped = Event("a", day(0), lines=(line("1", "fruit"), line("shipping", quantity=0)))
    assert not days(told(of, [shipped]), "it")


def test_an_event_outside_of_the_window_does_not_count() -> None:
    of = tasks(
        it={"when": {"from": "2026-12-08", "until": "2026-12-08"}, "goal": {"kind": "count", "reach": 9}}
    )
    telling = told(of, [order(str(n), day(n)) for n in range(3)])
    assert seen(telling, "it", day(3)).progress == 1
    assert telling.counted == {"0": (), "1": (Counted("it", EVER, 1),), "2": ()}


# --- completing ------------------------------------------------------------------------------------------


def test_a_completion_gives_its_rewards_on_its_day() -> None:
    telling = told(tasks(it={"period": "month", "rewards": GIFT}), [order("a", day(0)), order("b", day(1))])
    assert telling.given["a"] == (
        Given("it", date(2026, 12, 1), "points", "house", 50, VESTED, date(2026, 12, 31)),
    )
    assert telling.given["b"] == ()
    assert completed(telling.state) == {"it": day(0).date()}


def test_vesting_counts_from_the_day_of_completion() -> None:
    gift = [{**GIFT[0], "unit": "stars", "vesting": {"kind": "after_days", "days": 14}}]
    telling = told(tasks(it={"rewards": gift}), [order("a", day(0))])
    assert given(telling, "a") == [(50, date(2026, 12, 21), date(2027, 12, 7))]


def test_a_completed_streak_begins_anew_with_the_next_period() -> None:
    of = tasks(week={"event": "checkin", "period": "day", "streak": 7})
    telling = told(of, [checkin(str(n), day(n)) for n in range(15)])
    assert [each.on for each in telling.state.of("week").completions] == [day(6).date(), day(13).date()]
    assert seen(telling, "week", day(14)).streak == 1


def test_a_missed_day_ends_a_streak() -> None:
    of = tasks(week={"event": "checkin", "period": "day", "streak": 3})
    telling = told(of, [checkin(str(n), day(n)) for n in (0, 1, 3, 4, 5)])
    assert days(telling, "week") == [(day(5).date(), day(5).date())]


def test_a_streak_goes_over_the_end_of_a_year() -> None:
    of = tasks(
        weekly={"period": "week", "streak": 4}, daily={"event": "checkin", "period": "day", "streak": 4}
    )
    weeks = [order(str(n), day(7 * n)) for n in range(4)]
    telling = told(of, [*weeks, *(checkin(f"c{n}", day(n)) for n in range(23, 27))])
    assert days(telling, "weekly") == [(date(2026, 12, 28), date(2026, 12, 28))]
    assert days(telling, "daily") == [(date(2027, 1, 2), date(2027, 1, 2))]


def test_february_counts_to_its_last_day() -> None:
    of = tasks(
        daily={"event": "checkin", "period": "day", "streak": 3}, monthly={"period": "month", "streak": 2}
    )
    leap = datetime(2028, 2, 28, 12, tzinfo=UTC)
    telling = told(
        of,
        [
            *(checkin(str(n), leap + timedelta(days=n)) for n in range(3)),
            order("a", leap + timedelta(days=1)),
            order("b", datetime(2028, 3, 31, 23, 59, 59, tzinfo=UTC)),
        ],
    )
    assert days(telling, "daily") == [(date(2028, 3, 1), date(2028, 3, 1))]
    assert days(telling, "monthly") == [(date(2028, 3, 1), date(2028, 3, 31))]


def test_days_are_those_of_the_time_zone() -> None:
    late = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)
    for zone, times in (("UTC", 1), ("Europe/Berlin", 0), ("Asia/Shanghai", 0)):
        of = tasks(zone, it={"event": "checkin", "period": "day", "streak": 2})
        telling = told(of, [checkin("a", late), checkin("b", late + timedelta(hours=2))])
        assert telling.state.of("it").times == times, zone


def test_the_day_on_which_clocks_go_back_is_one() -> None:
    of = tasks(
        "Europe/Berlin", it={"event": "checkin", "period": "day", "goal": {"kind": "count", "reach": 2}}
    )
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    telling = told(of, [checkin("a", before), checkin("b", before + timedelta(hours=1))])
    assert days(telling, "it") == [(date(2026, 10, 25), date(2026, 10, 25))]


def test_a_program_that_moves_to_another_zone_goes_on_with_its_days() -> None:
    section = {"event": "checkin", "period": "day", "streak": 3}
    telling = Telling(tasks("Pacific/Auckland", it=section))
    for number in range(2):
        telling.tell(checkin(str(number), day(number)))
    telling.program = tasks("America/New_York", it=section)
    telling.tell(checkin("same day again", day(1, 13)))  # it was the 9th in Auckland, and is the 8th here
    telling.tell(checkin("next", day(3)))
    assert [each.since.day for each in telling.state.of("it").periods] == [8, 9, 10]
    assert days(telling, "it") == [(date(2026, 12, 10), date(2026, 12, 10))]


def test_two_devices_that_check_in_at_the_same_second_are_one_day() -> None:
    of = tasks(it={"event": "checkin", "period": "day", "rewards": GIFT})
    for keys in (("a", "b"), ("b", "a")):
        telling = told(of, [checkin(key, day(0)) for key in keys])
        assert telling.balance().total() == 50
        assert given(telling, "a") == [(50, VESTED, date(2026, 12, 31))]
        assert given(telling, "b") == []


def test_nothing_counts_before_what_comes_first() -> None:
    of = tasks(
        profile={"event": "checkin"}, first={"after": ["profile"], "goal": {"kind": "count", "reach": 2}}
    )
    telling = told(of, [order("a", day(0)), checkin("p", day(1)), order("b", day(2))])
    assert seen(telling, "first", day(2)).progress == 1
    assert seen(told(of, []), "first", day(0)).waits_for == ("profile",)


def test_what_completes_a_task_does_not_count_for_what_comes_after_it() -> None:
    of = tasks(one={}, two={"after": ["one"]})
    assert not days(told(of, [order("a", day(0))]), "two")


def test_a_task_can_be_completed_so_many_times() -> None:
    of = tasks(it={"period": "day", "most_times": 2, "rewards": GIFT})
    telling = told(of, [order(str(n), day(n)) for n in range(4)])
    assert [since for since, _ in days(telling, "it")] == [day(0).date(), day(1).date()]
    assert seen(telling, "it", day(4)).is_over


# --- refunds ---------------------------------------------------------------------------------------------


def test_an_order_counts_until_it_is_refunded_wholly() -> None:
    of = tasks(it={"rewards": GIFT})
    bought = order("a", day(0), "x", "y")
    facts: list[Fact] = [bought, Refund("r1", day(1), "a", {"0": 1}), Refund("r2", day(2), "a", {"1": 1})]
    assert told(of, facts[:2]).balance().total() == 50
    assert not told(of, facts).balance()
    assert not told(of, facts).state.tasks


def test_a_category_goes_when_all_its_lines_went_back() -> None:
    of = tasks(it={"goal": {"kind": "distinct", "of": "lines.category", "reach": 9}})
    telling = told(of, [order("a", day(0), "x", "y"), order("b", day(1), "x")])
    telling.tell(Refund("r1", day(2), "a", {"0": 1}))
    assert seen(telling, "it", day(2)).values == ("x", "y")
    telling.tell(Refund("r2", day(3), "b", {"0": 1}))
    assert seen(telling, "it", day(3)).values == ("y",)


def test_money_given_back_for_no_line_shrinks_what_was_spent() -> None:
    of = tasks(it={"goal": {"kind": "spend", "currency": "USD", "reach": 99}})
    telling = told(of, [order("a", day(0), "x", "y", spend=999), Refund("r", day(1), "a", {"0": 1}, 50)])
    assert seen(telling, "it", day(1)).progress == 500  # half of 999, rounded up


def test_a_streak_is_broken_where_a_period_no_longer_reaches() -> None:
    of = tasks(it={"period": "week", "streak": 3, "rewards": GIFT})
    telling = told(of, [order(str(n), day(7 * n)) for n in range(3)])
    assert telling.balance().total() == 50
    telling.tell(Refund("r", day(22), "1", whole=True))
    assert given(telling, "r") == [(-50, VESTED, date(2026, 12, 31))]
    assert not days(telling, "it")
    assert seen(telling, "it", day(22)).streak == 1
    assert telling.anew == 0


def test_streaks_are_counted_anew_after_a_refund() -> None:
    of = tasks(it={"period": "day", "streak": 3, "rewards": GIFT})
    telling = told(of, [order(str(n), day(n)) for n in range(7)])
    assert [on.day for _, on in days(telling, "it")] == [9, 12]
    telling.tell(Refund("r", day(7), "0", whole=True))
    assert [on.day for _, on in days(telling, "it")] == [10, 13]
    assert telling.balance().total() == 100


def test_another_period_takes_the_place_of_one_that_was_undone() -> None:
    of = tasks(it={"period": "month", "most_times": 1, "rewards": GIFT})
    telling = told(of, [order("a", day(0)), order("b", day(30)), Refund("r", day(31), "a", whole=True)])
    assert days(telling, "it") == [(date(2027, 1, 1), date(2027, 1, 6))]
    assert given(telling, "r") == [(-50, VESTED, date(2026, 12, 31)), (50, VESTED, date(2027, 12, 31))]


def test_what_is_reached_again_is_given_at_the_later_time() -> None:
    of = tasks(it={"goal": {"kind": "count", "reach": 2}, "rewards": GIFT})
    two = [order("a", day(0)), order("b", day(1)), Refund("r", day(2), "a", whole=True)]
    telling = told(of, [*two, order("c", day(28))])
    assert days(telling, "it") == [(EVER, day(28).date())]
    assert given(telling, "c") == [(50, VESTED, date(2027, 12, 31))]


def test_what_still_stands_keeps_its_day() -> None:
    of = tasks(it={"goal": {"kind": "count", "reach": 2}, "rewards": GIFT})
    telling = told(of, [order(str(n), day(n)) for n in range(3)])
    telling.tell(Refund("r", day(4), "0", whole=True))
    assert days(telling, "it") == [(EVER, day(1).date())]


def test_who_keeps_is_not_asked_about_refunds() -> None:
    of = tasks(it={"refunds": "keep", "rewards": GIFT})
    assert told(of, [order("a", day(0)), Refund("r", day(1), "a", whole=True)]).balance().total() == 50


def test_conditions_are_not_asked_again() -> None:
    of = tasks(first={"lines": {"categories": ["x"]}}, then={"after": ["first"], "rewards": GIFT})
    facts = [order("a", day(0), "x"), order("b", day(1)), Refund("r", day(2), "a", whole=True)]
    assert completed(told(of, facts).state) == {"then": day(1).date()}


# --- claims ----------------------------------------------------------------------------------------------


def claims(**changes: Any) -> Program:
    return tasks(it={"period": "week", "rewards": GIFT, "claim": "by_member", **changes})


WEEK = date(2026, 12, 7)


def test_what_is_to_be_claimed_is_given_when_it_is() -> None:
    gift = [{**GIFT[0], "unit": "stars", "vesting": {"kind": "after_days", "days": 3}}]
    telling = told(claims(claim_days=40, rewards=gift), [order("a", day(0))])
    assert given(telling, "a") == []
    (waits,) = seen(telling, "it", day(40)).claimable
    assert (waits.since, waits.claim_by) == (WEEK, day(40).date())
    assert not seen(telling, "it", day(41)).claimable
    telling.tell(Claim("c", day(30), "it", WEEK))
    assert given(telling, "c") == [(50, day(33).date(), date(2028, 1, 6))]
    assert not seen(telling, "it", day(30)).claimable


def test_a_claim_of_what_is_not_there_does_nothing() -> None:
    facts = [order("a", day(0)), Claim("c", day(1), "it", WEEK), Claim("d", day(2), "it", WEEK)]
    assert told(claims(), facts).balance().total() == 50
    assert not told(tasks(it={"period": "week", "rewards": GIFT}), facts).given["c"]
    assert not told(claims(), facts[1:]).state.tasks


def test_what_was_claimed_is_taken_back_with_the_order() -> None:
    facts = [order("a", day(0)), Claim("c", day(1), "it", WEEK), Refund("r", day(2), "a", whole=True)]
    assert given(told(claims(), facts), "r") == [(-50, VESTED, date(2026, 12, 31))]


def test_at_least_the_last_twelve_can_be_claimed() -> None:
    telling = told(claims(), [order(str(n), day(7 * n)) for n in range(20)])
    assert len(seen(telling, "it", day(140)).claimable) == 15
    telling.tell(Claim("c", day(140), "it", telling.state.of("it").completions[0].since))
    assert telling.balance().total() == 50


# --- size ------------------------------------------------------------------------------------------------


def test_what_is_kept_stays_small() -> None:
    of = tasks(
        departments={"goal": {"kind": "distinct", "of": "lines.category", "reach": 5}, "period": "month"},
        daily={"event": "checkin", "period": "day", "rewards": GIFT},
        weekly={"period": "week", "streak": 4, "rewards": GIFT},
    )
    telling = Telling(of)
    sizes = []
    for number in range(800):
        telling.tell(checkin(f"c{number}", day(number)))
        if number % 3 == 0:
            telling.tell(order(f"o{number}", day(number, 13), *(f"department-{n}" for n in range(60))))
        sizes.append(len(msgspec.json.encode(telling.state)))
    assert telling.anew == 0
    assert max(sizes) < 4_500
    assert max(sizes[400:]) - min(sizes[400:]) < 1_000


def test_what_is_kept_is_trimmed_only_once() -> None:
    of = tasks(it={"goal": {"kind": "distinct", "of": "lines.category", "reach": 1}, "period": "week"})
    state = told(of, [order(str(n), day(7 * n), *map(str, range(n + 9))) for n in range(9)]).state
    assert trimmed(state) == state
    assert state.of("it").periods[-1].is_cut
