"""The sections of a program about tasks and teams: what they compile to, and what they must not say."""

from __future__ import annotations

from typing import Any

import pytest
from tallybook.programs import ProgramInvalid, parse
from tallybook.programs.changes import forbidden_changes
from tallybook.programs.rewards import UnitsReward
from tallybook.programs.rules import LineFilter, Period
from tallybook.programs.tasks import (
    CountGoal,
    DistinctGoal,
    Goal,
    Of,
    QuantityGoal,
    SpendGoal,
    SumGoal,
    Task,
    Tasks,
)

from tests.programs.documents import base, program, text

GIFT = [{"kind": "units", "unit": "points", "units": 50}]
EVENTS = {"walk": {"attributes": {"steps": "number", "where": "text"}}}
UNITS = {
    "points": {"kind": "redeemable", "expiry": {"kind": "after_days", "days": 30}},
    "USD": {"kind": "money", "scale": 2},
}


def task(**changes: Any) -> Task:
    return program(events=EVENTS, tasks={"it": changes}).tasks.by_code["it"]


def mistakes(section: str = "tasks", **changes: Any) -> list[str]:
    """What is wrong with a document, by path."""
    with pytest.raises(ProgramInvalid) as raised:
        parse(text(**{"units": UNITS, "events": EVENTS, section: {"it": changes}}))
    return [f"{problem.path} {problem.message}" for problem in raised.value.problems]


def test_what_is_left_out_has_a_default() -> None:
    found = task()
    assert (found.event, found.goal, found.period, found.streak) == ("purchase", CountGoal(1), Period.LIFE, 1)
    assert (found.after, found.most_times, found.take_back, found.by_member) == ((), None, True, False)
    assert (found.display_name, found.rewards, found.claim_days, found.lines) == ("it", (), None, None)
    assert program().tasks == Tasks()


@pytest.mark.parametrize(
    ("goal", "compiled"),
    [
        ({"kind": "count", "reach": 3}, CountGoal(3)),
        ({"kind": "spend", "currency": "USD", "reach": "10.50"}, SpendGoal(1_050, "USD")),
        ({"kind": "spend", "currency": "JPY", "reach": 500}, SpendGoal(500, "JPY")),
        ({"kind": "quantity", "reach": 4}, QuantityGoal(4)),
        ({"kind": "sum", "of": "attributes.points", "reach": 9}, SumGoal(9, "points")),
        ({"kind": "distinct", "of": "lines.brand", "reach": 2}, DistinctGoal(2, Of.BRAND)),
        ({"kind": "distinct", "of": "store", "reach": 2}, DistinctGoal(2, Of.STORE)),
        (
            {"kind": "distinct", "of": "attributes.a b", "reach": 2},
            DistinctGoal(2, Of.ATTRIBUTE, "a b"),
        ),
    ],
)
def test_goals_are_in_smallest_steps(goal: dict[str, Any], compiled: Goal) -> None:
    assert task(goal=goal).goal == compiled


def test_a_task_is_compiled() -> None:
    found = program(
        units=UNITS,
        tasks={
            "profile": {"condition": 'store == "north"'},
            "it": {
                "lines": {"categories": ["dairy"]},
                "period": "week",
                "streak": 4,
                "after": ["profile"],
                "rewards": [{**GIFT[0], "vesting": {"kind": "after_days", "days": 14}}],
                "claim": "by_member",
                "claim_days": 30,
            },
        },
    ).tasks
    it = found.by_code["it"]
    assert it.lines == LineFilter(categories=frozenset({"dairy"}))
    assert (it.period, it.streak, it.after, it.claim_days) == (Period.WEEK, 4, ("profile",), 30)
    assert it.rewards == (UnitsReward("points", "house", 50, vesting_days=14),)
    assert [each.code for each in found.by_event["purchase"].tasks] == ["it", "profile"]
    assert found.by_event["purchase"].reads == {"store"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"event": "walks"}, "tasks.it.event is not an event of this program"),
        ({"event": "walk", "lines": {"skus": ["a"]}}, "tasks.it.lines is for purchases: walk has no lines"),
        (
            {"event": "walk", "goal": {"kind": "quantity", "reach": 1}},
            "tasks.it.goal is for purchases: walk has no lines and no money",
        ),
        (
            {"event": "walk", "goal": {"kind": "distinct", "of": "lines.sku", "reach": 1}},
            "tasks.it.goal is for purchases: walk has no lines and no money",
        ),
        (
            {"event": "walk", "goal": {"kind": "sum", "of": "attributes.step", "reach": 1}},
            "tasks.it.goal.of is not an attribute of walk",
        ),
        (
            {"event": "walk", "goal": {"kind": "sum", "of": "attributes.where", "reach": 1}},
            "tasks.it.goal.of is a text, and only numbers add up",
        ),
        (
            {"goal": {"kind": "sum", "of": "steps", "reach": 1}},
            "tasks.it.goal.of must be an attribute of the event, such as attributes.steps",
        ),
        (
            {"goal": {"kind": "distinct", "of": "category", "reach": 1}},
            "tasks.it.goal.of must be one of lines.sku, lines.category, lines.brand, store, channel, or such",
        ),
        (
            {"goal": {"kind": "spend", "currency": "USD", "reach": "0.001"}},
            "tasks.it.goal.reach has more than the 2 decimals of USD",
        ),
        ({"condition": "order.spent > 1"}, "tasks.it.condition is wrong at column"),
        ({"streak": 2}, "tasks.it.streak needs a period of day, week, month or year"),
        ({"most_times": 2}, "tasks.it.most_times is more than once, which is the period"),
        ({"claim": "by_member"}, "tasks.it.claim needs rewards: there is nothing to claim"),
        ({"claim_days": 3}, "tasks.it.claim_days is for claim by_member: these rewards are given at once"),
        (
            {"period": "day", "streak": 2, "rewards": GIFT, "claim": "by_member", "claim_days": 25},
            "tasks.it.claim_days must be at most 24: the last 12 times can be claimed",
        ),
        ({"after": ["its"]}, "tasks.it.after[0] is not a task of this program"),
        ({"after": ["it"]}, "tasks.it.after goes in circles: it before it"),
        (
            {"rewards": [{"kind": "units", "unit": "USD", "units": 5}]},
            "tasks.it.rewards[0].unit is money, which is paid in and never earned",
        ),
        (
            {"rewards": [{**GIFT[0], "vesting": {"kind": "after_days", "days": 31}}]},
            "tasks.it.rewards[0].vesting is too long: some of these units would lapse",
        ),
    ],
)
def test_a_mistake_in_a_task_is_found(changes: dict[str, Any], said: str) -> None:
    (found,) = mistakes(**changes)
    assert found.startswith(said)


def test_circles_of_tasks_are_found_once_each() -> None:
    after = {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["e"], "e": ["d"], "f": ["a"]}
    with pytest.raises(ProgramInvalid) as raised:
        parse(text(tasks={code: {"after": others} for code, others in after.items()}))
    assert [f"{each.path} {each.message}" for each in raised.value.problems] == [
        "tasks.a.after goes in circles: a before c before b before a",
        "tasks.d.after goes in circles: d before e before d",
    ]


def test_money_that_no_purchase_can_be_in_is_a_mistake() -> None:
    with pytest.raises(ProgramInvalid, match=r"goal.currency is EUR, and only purchases in USD are taken"):
        parse(text(rules=base(), tasks={"it": {"goal": {"kind": "spend", "currency": "EUR", "reach": 1}}}))


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        ({"period": "week"}, [("tasks", "it", "period")]),
        ({"goal": {"kind": "quantity", "reach": 3}}, [("tasks", "it", "goal")]),
        ({"goal": {"kind": "count", "reach": 5}, "streak": 2, "condition": 'store == "n"'}, []),
    ],
)
def test_what_is_counted_stays(changes: dict[str, Any], paths: list[Any]) -> None:
    section = {"period": "month", "goal": {"kind": "count", "reach": 3}}
    before = parse(text(tasks={"it": section}))
    after = parse(text(tasks={"it": {**section, **changes}}))
    assert [path for path, _ in forbidden_changes(before, after)] == paths
    assert not list(forbidden_changes(before, parse(text())))


# --- teams -----------------------------------------------------------------------------------------------


def test_a_team_is_compiled() -> None:
    found = program(teams={"it": {"size": 3, "hours": 24, "joiner": GIFT, "refunds": "keep"}}).teams["it"]
    assert (found.event, found.size, found.hours, found.take_back) == ("purchase", 3, 24, False)
    assert (found.starter, found.joiner) == ((), (UnitsReward("points", "house", 50),))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"size": 2, "hours": 1},
            "teams.it must say what it gives: to the starter, to each joiner, or to both",
        ),
        ({"size": 1, "hours": 1, "starter": GIFT}, "teams.it.size must be at least 2"),
        ({"size": 2, "starter": GIFT}, "teams.it.hours is missing"),
        (
            {"size": 2, "hours": 1, "joiner": [{"kind": "units", "unit": "USD", "units": 5}]},
            "teams.it.joiner[0].unit is money, which is paid in and never earned",
        ),
    ],
)
def test_a_mistake_in_a_team_is_found(changes: dict[str, Any], said: str) -> None:
    assert mistakes("teams", **changes) == [said]
