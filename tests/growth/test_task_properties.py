"""Whatever is told, in whatever order, tasks come to what the surviving facts come to."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tallybook.growth import task_state

from tests.growth.surviving_facts import Surviving, first_day
from tests.growth.telling import EVENTS, GIFT, START, Claim, Event, Fact, Refund, line, tasks, told
from tests.lengths import TIMES_LONGER

PROGRAM = tasks(
    zone="Europe/Berlin",
    departments={
        "goal": {"kind": "distinct", "of": "lines.category", "reach": 2},
        "period": "week",
        "rewards": GIFT,
    },
    spender={
        "goal": {"kind": "spend", "currency": "USD", "reach": "25.00"},
        "period": "month",
        "most_times": 1,
        "rewards": GIFT,
    },
    shopper={"period": "week", "streak": 2, "rewards": GIFT, "after": ["visitor"]},
    north={"condition": 'store == "north"', "period": "day", "streak": 2, "rewards": GIFT},
    dairy={"goal": {"kind": "quantity", "reach": 3}, "lines": {"categories": ["dairy"]}, "rewards": GIFT},
    keeper={"period": "month", "goal": {"kind": "count", "reach": 2}, "refunds": "keep", "rewards": GIFT},
    visitor={"event": "checkin", "period": "day", "streak": 2, "most_times": 2, "rewards": GIFT},
    walker={"event": "walk", "goal": {"kind": "sum", "of": "attributes.steps", "reach": 10}, "period": "day"},
    liked={
        "event": "help",
        "goal": {"kind": "distinct", "of": "attributes.who", "reach": 2},
        "rewards": GIFT,
    },
    asked={"period": "week", "goal": {"kind": "count", "reach": 2}, "rewards": GIFT, "claim": "by_member"},
    tasted={"goal": {"kind": "distinct", "of": "lines.category", "reach": 1}, "period": "month", "streak": 2},
    feast={"after": ["asked", "dairy"], "period": "year", "rewards": GIFT},
)
HOURS = st.integers(0, 24 * 26)
ATTRIBUTES = {
    "checkin": st.just({}),
    "walk": st.fixed_dictionaries({"steps": st.integers(-5, 12)}),
    "help": st.fixed_dictionaries({"who": st.sampled_from(["bo", "cy", "di"])}),
}
assert ATTRIBUTES.keys() == EVENTS.keys()


@st.composite
def purchases(draw: st.DrawFn, number: int) -> list[Fact]:
    """An order with refunds of it, at any times."""
    lines = [
        line(
            str(place), draw(st.sampled_from(["", "dairy", "fruit", "bread"])), draw(st.integers(1, 3)), spend
        )
        for place, spend in enumerate(draw(st.lists(st.integers(0, 1_999), min_size=1, max_size=3)))
    ]
    order = Event(
        f"o{number}", _at(draw), lines=tuple(lines), store=draw(st.sampled_from(["north", "south"]))
    )
    left = {each.line_id: each.quantity for each in lines}
    hundredths, refunds = 100, list[Fact]()
    for each in range(draw(st.integers(0, 3))):
        pieces = {name: draw(st.integers(0, most)) for name, most in left.items()}
        left = {name: most - pieces[name] for name, most in left.items()}
        part = draw(st.sampled_from([0, 0, 33, hundredths]))
        part = min(part, hundredths)
        hundredths -= part
        whole = draw(st.integers(0, 3)) == 0
        refunds.append(Refund(f"r{number}-{each}", _at(draw), order.key, pieces, part, whole))
    return [order, *refunds]


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Orders, refunds, other events and claims, in the order in which they come in."""
    facts: list[Fact] = []
    for number in range(draw(st.integers(1, 6))):
        facts += draw(purchases(number))
    for number in range(draw(st.integers(0, 8))):
        name = draw(st.sampled_from(sorted(ATTRIBUTES)))
        facts.append(Event(f"e{number}", _at(draw), name, attributes=draw(ATTRIBUTES[name])))
    for number in range(draw(st.integers(0, 2))):
        at = _at(draw)
        since = first_day(PROGRAM.tasks.by_code["asked"].period, at.date())
        facts.append(Claim(f"c{number}", at, "asked", since - timedelta(days=draw(st.sampled_from([0, 7])))))
    return draw(st.permutations(facts))


def _at(draw: st.DrawFn) -> datetime:
    return START + timedelta(hours=draw(HOURS))


@pytest.fixture(params=[(3, 8), (1, 0)], ids=["as it is", "hardly anything kept"])
def kept(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    periods, values = request.param
    monkeypatch.setattr(task_state, "PERIODS_KEPT", periods)
    monkeypatch.setattr(task_state, "VALUES_BEYOND", values)


@pytest.mark.usefixtures("kept")
def test_tasks_come_to_what_the_surviving_facts_come_to() -> None:
    @settings(max_examples=150 * TIMES_LONGER, deadline=None)
    @given(histories())
    def holds(facts: list[Fact]) -> None:
        telling, surviving = told(PROGRAM, facts), Surviving(PROGRAM, facts)
        balance: Counter[object] = Counter()
        for code, task in PROGRAM.tasks.by_code.items():
            done, state = surviving.done(code), telling.state.of(code)
            assert [each.since for each in state.completions] == done.completed[-len(state.completions) :], (
                code
            )
            assert state.times == len(done.completed), code
            for period in state.periods:
                if not period.is_cut:
                    assert period.progress == done.progress[period.since], code
                assert (period.reached_on is not None) == (done.progress[period.since] >= task.goal.reach)
            if task.rewards:
                balance.update((code, since, "points") for since in surviving.given(code))
        assert {key: 50 * times for key, times in balance.items()} == dict(telling.balance())

    holds()


@pytest.mark.usefixtures("kept")
def test_any_order_of_arrival_comes_to_the_same() -> None:
    @settings(max_examples=150 * TIMES_LONGER, deadline=None)
    @given(histories(), st.randoms(use_true_random=False))
    def holds(facts: list[Fact], random: Random) -> None:
        one = told(PROGRAM, facts)
        random.shuffle(facts)
        other = told(PROGRAM, facts)
        assert one.state == other.state
        assert one.balance() == other.balance()

    holds()
