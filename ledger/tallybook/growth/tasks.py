"""Progress in tasks, as part of a member's story. Pure: no clock, no database.

Events are told in the order of the story, refunds and claims in their place among them. What an event counts
towards is asked once, when it is told: its kind, its window, its condition, and the tasks that come before.
What it counts is asked again after every refund, by what is left of its order. So what was done in a period,
and which of them complete a task, is a function of what is left of everything that counted; only the day on
which a goal was reached may be earlier than what is left would have it, or later where it was reached again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from tallybook.growth.completions import Given, claimed_on, given_between, not_reached, reached, settled
from tallybook.growth.goals import Measure, measured
from tallybook.growth.happenings import Happening, Holds, Left
from tallybook.growth.task_state import Counted, PeriodState, TasksState, TaskState, with_horizon
from tallybook.programs.program import Unit
from tallybook.programs.tasks import Task, Tasks
from tallybook.programs.windows import is_open, starts_of


class TasksProgram(Protocol):
    """What tasks need of a program."""

    @property
    def tasks(self) -> Tasks: ...
    @property
    def units(self) -> Mapping[str, Unit]: ...


class Changed(NamedTuple):
    """A task that is completed in the period that began on `since`, or is not any more."""

    task: str
    since: date
    is_completed: bool


class Step(NamedTuple):
    """The state after something was told, and what that did.

    `counted` is what an event counted towards, to be kept with it. `given` are rewards, those below zero
    taken back: over a story, they come to what the completions that stand give.
    """

    state: TasksState
    counted: tuple[Counted, ...] = ()
    changed: tuple[Changed, ...] = ()
    given: tuple[Given, ...] = ()


def after_event(state: TasksState, program: TasksProgram, happening: Happening, holds: Holds) -> Step:
    """Go on with an event that stands behind all that was told."""
    of_kind = program.tasks.by_event.get(happening.event)
    if of_kind is None:
        return Step(state)
    day = happening.local.date()
    starts = starts_of(day)
    counted, telling = [], _Telling(state, program.units)
    for task in of_kind.tasks:
        since = starts[task.period]
        if not _counts(task, state, happening, holds):
            continue
        measure = measured(task, happening)
        if measure != Measure() and telling.count(task, since, day, measure):
            counted.append(Counted(task.code, since, measure.amount + len(measure.values)))
    return telling.step(counted)


def after_refund(
    state: TasksState,
    program: TasksProgram,
    happening: Happening,
    counted: Iterable[Counted],
    before: Left,
    after: Left,
) -> Step:
    """Go on with a refund of an order, which is told as it was, with what it counted towards.

    `program` is the one by which the order was told, and says what it counted. The refund leaves `after` of
    it of what was left `before`. A state that is trimmed has to reach that far: see `reaches_back`.
    """
    telling = _Telling(state, program.units)
    for each in counted:
        task = program.tasks.by_code[each.task]
        if task.take_back:
            telling.take_back(
                task, each.since, measured(task, happening, before), measured(task, happening, after)
            )
    return telling.step(())


def after_claim(state: TasksState, units: Mapping[str, Unit], task: str, since: date, day: date) -> Step:
    """Go on with a member's claim, on a local day, of what was completed in the period that began on `since`.

    It does nothing where that is not to be claimed, or was never completed as the story is told now.
    """
    before = state.of(task)
    found = before.completion(since)
    if found is None or found.is_given:
        return Step(state)
    place = before.place_of_completion(since)
    completions = (
        *before.completions[:place],
        claimed_on(found, day, units),
        *before.completions[place + 1 :],
    )
    after = replace(before, completions=completions)
    given = tuple(given_between(task, before, after, since))
    return Step(state.put(task, after), given=given)


def _counts(task: Task, state: TasksState, happening: Happening, holds: Holds) -> bool:
    if any(not state.of(code).times for code in task.after):
        return False
    if not is_open(task.window, happening.at, happening.local):
        return False
    return task.condition is None or holds(task.condition)


class _Telling:
    """One step of the story, task by task."""

    def __init__(self, state: TasksState, units: Mapping[str, Unit]) -> None:
        self._state = state
        self._units = units
        self._changed: list[Changed] = []
        self._given: list[Given] = []

    def step(self, counted: Iterable[Counted]) -> Step:
        """What it came to."""
        return Step(self._state, tuple(counted), tuple(self._changed), tuple(self._given))

    def count(self, task: Task, since: date, day: date, measure: Measure) -> bool:
        """Count towards a period; not where that is forgotten, since clocks have been set back that far."""
        state = self._state.of(task.code)
        if state.is_forgotten(since):
            return False
        was = state.period(since) or PeriodState(since)
        values = was.values
        if measure.values:
            values = dict(values)
            for value in measure.values:
                values[value] = values.get(value, 0) + 1
            values = dict(sorted(values.items()))
        now = replace(was, amount=was.amount + measure.amount, values=values)
        if now.reached_on is None and now.progress >= task.goal.reach:
            now = reached(task, now, day, self._units)
        self._put(task, state, was, now)
        return True

    def take_back(self, task: Task, since: date, before: Measure, after: Measure) -> None:
        """Count less towards a period. One that is over and was not reached is gone, and stays so."""
        state = self._state.of(task.code)
        was = state.period(since)
        if was is None or before == after:
            return
        assert not was.is_cut, "the story is told anew for it"
        gone = set(before.values).difference(after.values)
        values = {value: left for value, times in was.values.items() if (left := times - (value in gone))}
        now = replace(was, amount=was.amount - before.amount + after.amount, values=values)
        if now.progress < now.reach:
            now = not_reached(now)
        self._put(task, state, was, now)

    def _put(self, task: Task, before: TaskState, was: PeriodState, now: PeriodState) -> None:
        since, place = now.since, before.place_of(now.since)
        first, last = before.periods[:place], before.periods[place:]
        if last and last[0].since == since:
            last = last[1:]
        if not last and first and first[-1].reached_on is None:
            first = first[:-1]
        stays = now.reached_on is not None or (not last and now.progress > 0)
        periods = (*first, now, *last) if stays else (*first, *last)
        after = replace(before, periods=periods)
        if (was.reached_on is None) != (now.reached_on is None):
            after = settled(task.period, after, since)
            self._given.extend(given_between(task.code, before, after, since))
            self._changed.extend(_changed_between(task.code, before, after, since))
        self._state = self._state.put(task.code, with_horizon(after))


def _changed_between(task: str, before: TaskState, after: TaskState, since: date) -> Iterable[Changed]:
    was = {each.since for each in before.completions[before.place_of_completion(since) :]}
    now = {each.since for each in after.completions[after.place_of_completion(since) :]}
    for each in sorted(was ^ now):
        yield Changed(task, each, each in now)
