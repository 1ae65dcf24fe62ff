"""Tasks whose terms change: each period goes by those under which its goal was reached."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tallybook.growth.task_progress import progress_of
from tallybook.programs.program import Program

from tests.growth.telling import GIFT, START, Claim, Event, Refund, Telling, day, line, tasks, told


def order(key: str, at: datetime) -> Event:
    return Event(key, at, lines=(line(),))


WEEK_3 = day(14, 0)


def weekly(**terms: Any) -> Program:
    return tasks(it={"period": "week", "rewards": GIFT, **terms})


def weeks_of(telling: Telling) -> list[int]:
    """The weeks in which a task is completed, from 1."""
    return [(each.since - START.date()).days // 7 + 1 for each in telling.state.of("it").completions]


def test_a_streak_that_gets_shorter_is_ended_by_the_next_period() -> None:
    telling = Telling(weekly(streak=3), {WEEK_3: weekly(streak=2)})
    for number in range(2):
        telling.tell(order(str(number), day(7 * number)))
    now = progress_of(telling.state, weekly(streak=2).tasks, day(14).date())[0]
    assert (now.streak, now.streak_reach) == (1, 2), "one more is missing"
    telling.tell(order("2", day(14)))
    assert weeks_of(telling) == [3]
    telling.tell(order("3", day(21)))
    assert weeks_of(telling) == [3]


def test_a_period_that_ended_a_streak_begins_none_under_another_revision() -> None:
    telling = told(weekly(), [order(str(n), day(7 * n)) for n in range(4)], {WEEK_3: weekly(streak=2)})
    assert weeks_of(telling) == [1, 2, 4]


def test_a_streak_is_counted_on_as_it_was_where_its_first_periods_are_forgotten() -> None:
    later = {WEEK_3: weekly(streak=9)}
    telling = told(weekly(streak=2), [order(str(n), day(7 * n)) for n in range(11)], later)
    assert telling.state.of("it").forgotten is not None
    assert weeks_of(telling)[-2:] == [2, 11]
    assert telling.anew == 0


def test_what_a_refund_lets_come_first_is_claimed_by_the_terms_of_its_own_day() -> None:
    more = [{**GIFT[0], "units": 70}]
    later = {WEEK_3: weekly(most_times=1, claim="by_member", claim_days=10, rewards=more)}
    facts = [order("a", day(0)), order("b", day(14)), Refund("r", day(20), "a", whole=True)]
    telling = told(weekly(most_times=1), facts, later)
    (found,) = telling.state.of("it").completions
    assert (found.on, found.claim_by, found.is_given) == (day(14).date(), day(24).date(), False)
    telling.tell(Claim("c", day(21), "it", found.since))
    assert [each.amount for each in telling.given["c"]] == [70]
    assert telling.balance().total() == 70
