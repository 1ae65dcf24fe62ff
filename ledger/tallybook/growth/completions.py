"""When tasks are completed, and what is given for it. Pure: no clock, no database.

The periods in which the goal is reached say it all: so many of them in a row complete the task, in the last
of them, and the period after begins anew. Each goes by the terms under which it was reached, whatever later
revisions of the program say. What is completed already stays as it is while it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec
from msgspec.structs import replace

from tallybook.growth.periods import next_start
from tallybook.growth.portions import moved_to, portion_of
from tallybook.growth.task_state import Completion, Forgotten, PeriodState, Portion, TaskState
from tallybook.programs.expiry import NEVER, after_days
from tallybook.programs.program import Unit
from tallybook.programs.rules import Period
from tallybook.programs.tasks import Task


class Given(msgspec.Struct, array_like=True, frozen=True):
    """What a task completed in the period that began on `since` gives, or what is taken back if below zero.

    Steps of one unit, with the days of their lot, or what stands where a unit does: see `portions`.
    """

    task: str
    since: date
    unit: str
    fund: str
    amount: int
    vests_on: date
    expires_on: date


def reached(task: Task, period: PeriodState, on: date, units: Mapping[str, Unit]) -> PeriodState:
    """A period in which the goal is reached on a local day, with the terms of that day."""
    claim_by = None
    if task.by_member:
        claim_by = NEVER if task.claim_days is None else after_days(on, task.claim_days)
    return replace(
        period,
        reached_on=on,
        reach=task.goal.reach,
        streak=task.streak,
        most_times=task.most_times,
        claim_by=claim_by,
        portions=tuple(portion_of(reward, units, on) for reward in task.rewards),
    )


def not_reached(period: PeriodState) -> PeriodState:
    """A period in which the goal is not reached any more."""
    return PeriodState(period.since, period.amount, period.values, period.is_cut)


def settled(kind: Period, state: TaskState, since: date) -> TaskState:
    """The state after what was done in the period that began on `since` has changed, or is no more.

    Whether a task can be completed once more is asked of what is not: two members who are one may have
    completed it more often than either could.
    """
    periods, place = list(state.periods), state.place_of(since)
    done = list(state.completions[: state.place_of_completion(since)])
    stood = {each.since: each for each in state.completions[len(done) :]}
    before = periods[place - 1] if place else state.forgotten
    for index in range(place, len(periods)):
        each = periods[index]
        run = _run(kind, before, each)
        number = done[-1].number + 1 if done else 1
        if run == each.streak:
            found = stood.get(each.since)
            if found is not None:
                done.append(found if found.number == number else replace(found, number=number))
            elif each.most_times is None or number <= each.most_times:
                done.append(_completion(each, number))
        before = periods[index] = each if each.run == run else replace(each, run=run)
    return replace(state, periods=tuple(periods), completions=tuple(done))


def _run(kind: Period, before: PeriodState | Forgotten | None, period: PeriodState) -> int:
    """A period's place in its streak, the last one of which it is where there are more before it."""
    if period.reached_on is None:
        return 0
    return min(open_streak(kind, before, period.since) + 1, period.streak)


def open_streak(kind: Period, before: PeriodState | Forgotten | None, since: date) -> int:
    """How many periods in a row the one that began on `since` can go on with."""
    is_next = before is not None and next_start(kind, before.since) == since
    return before.open_streak if before is not None and is_next else 0


def _completion(period: PeriodState, number: int) -> Completion:
    assert period.reached_on is not None, "a task is completed where its goal is reached"
    return Completion(period.since, period.reached_on, number, period.claim_by, None, period.portions)


def claimed_on(completion: Completion, day: date, units: Mapping[str, Unit]) -> Completion:
    """A completion whose rewards are claimed on a local day: their days count from then."""
    portions = (moved_to(each, completion.on, day, units) for each in completion.portions)
    return replace(completion, claimed_on=day, portions=tuple(portions))


def given_between(task: str, before: TaskState, after: TaskState, since: date) -> Iterator[Given]:
    """What is given, and what is taken back, from one state to the next; nothing changed before `since`."""
    was, now = _given_from(before, since), _given_from(after, since)
    for each in sorted(was.keys() | now.keys()):
        if was.get(each) != now.get(each):
            for portion in was.get(each, ()):
                yield _given(task, each, portion, -portion.amount)
            for portion in now.get(each, ()):
                yield _given(task, each, portion, portion.amount)


def _given_from(state: TaskState, since: date) -> dict[date, tuple[Portion, ...]]:
    found = state.completions[state.place_of_completion(since) :]
    return {each.since: each.portions for each in found if each.is_given}


def _given(task: str, since: date, portion: Portion, amount: int) -> Given:
    return Given(task, since, portion.unit, portion.fund, amount, portion.vests_on, portion.expires_on)
