"""However terms change, tasks come to what surviving orders come to, each period by the terms of its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tallybook.growth import task_state
from tallybook.programs.program import Program
from tallybook.programs.rules import Period

from tests.growth.surviving_facts import first_day
from tests.growth.telling import GIFT, START, Event, Fact, Refund, Telling, line, tasks, told
from tests.lengths import TIMES_LONGER


class Terms(NamedTuple):
    """What a revision says of the tasks."""

    reach: int
    streak: int
    most_times: int | None
    units: int

    def program(self) -> Program:
        section: dict[str, Any] = {
            "goal": {"kind": "count", "reach": self.reach},
            "streak": self.streak,
            "rewards": [{**GIFT[0], "units": self.units}],
        }
        if self.most_times is not None:
            section["most_times"] = self.most_times
        return tasks(daily={**section, "period": "day"}, weekly={**section, "period": "week"})


REVISED = (START.replace(hour=0), *(START.replace(hour=0) + timedelta(days=days) for days in (7, 14)))
"""Weeks and days begin when revisions do: each has the terms of one of them."""
TERMS = st.builds(
    Terms, st.integers(1, 2), st.integers(1, 3), st.sampled_from([None, 1, 2]), st.sampled_from([40, 70])
)
HOURS = st.integers(0, 24 * 25)


@st.composite
def orders(draw: st.DrawFn) -> list[Fact]:
    """Orders, most of them one a day, some refunded wholly, in the order in which they come in."""
    hours = [24 * day for day in draw(st.sets(st.integers(0, 24), min_size=4))] + draw(st.lists(HOURS))
    facts: list[Fact] = []
    for number, hour in enumerate(hours):
        facts.append(Event(f"o{number}", _at(hour), lines=(line(),)))
        if draw(st.integers(0, 3)) == 0:
            facts.append(Refund(f"r{number}", _at(draw(HOURS)), f"o{number}", whole=True))
    return draw(st.permutations(facts))


def _at(hour: int) -> datetime:
    return START + timedelta(hours=hour)


def completed(period: Period, facts: list[Fact], revisions: list[Terms]) -> Iterator[tuple[date, int]]:
    """The periods in which a task is completed, and what each gives."""
    back = {each.order for each in facts if isinstance(each, Refund)}
    days = [each.at.date() for each in facts if isinstance(each, Event) and each.key not in back]
    starts = [first_day(period, day) for day in days]
    row, times, after = 0, 0, date.max
    for since in sorted(set(starts)):
        terms = next(
            terms
            for begins, terms in zip(REVISED[::-1], revisions[::-1], strict=True)
            if begins.date() <= since
        )
        if starts.count(since) < terms.reach:
            continue
        row, after = (row + 1 if since == after else 1), since + timedelta(days=7 if period == "week" else 1)
        if row >= terms.streak:
            row = 0
            if terms.most_times is None or times < terms.most_times:
                times += 1
                yield since, terms.units


def telling_of(facts: list[Fact], revisions: list[Terms]) -> Telling:
    first, *later = (each.program() for each in revisions)
    return told(first, facts, dict(zip(REVISED[1:], later, strict=True)))


@pytest.mark.parametrize("kept", [(3, 8), (1, 0)], ids=["as it is", "hardly anything kept"])
def test_each_period_goes_by_the_terms_of_its_time(
    kept: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task_state, "PERIODS_KEPT", kept[0])
    monkeypatch.setattr(task_state, "VALUES_BEYOND", kept[1])

    @settings(max_examples=150 * TIMES_LONGER, deadline=None)
    @given(orders(), st.lists(TERMS, min_size=3, max_size=3), st.randoms(use_true_random=False))
    def holds(facts: list[Fact], revisions: list[Terms], random: Random) -> None:
        telling = telling_of(facts, revisions)
        for code, period in (("daily", Period.DAY), ("weekly", Period.WEEK)):
            expected = dict(completed(period, facts, revisions))
            given = {since: amount for (task, since, _), amount in telling.balance().items() if task == code}
            assert given == expected, code
            assert telling.state.of(code).times == len(expected), code
        random.shuffle(facts)
        other = telling_of(facts, revisions)
        assert other.state == telling.state
        assert other.balance() == telling.balance()

    holds()
