"""How far a member is in each task, for people. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date

import msgspec

from tallybook.growth.completions import open_streak
from tallybook.growth.periods import last_day
from tallybook.growth.task_state import Completion, PeriodState, TasksState, TaskState
from tallybook.programs.rules import Period
from tallybook.programs.tasks import Task, Tasks
from tallybook.programs.windows import starts_of


class TaskProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a member is in a task, in the period that lasts from `since` to the end of `last_day`.

    `progress` is what has come together of `reach`: events, minor units, pieces, a sum, or different
    `values`, of which the first in their order are named. `streak` are the periods in a row so far, of
    `streak_reach`. `waits_for` are tasks that have to be completed before anything counts. `times` is how
    often it was completed, `is_over` that it cannot be again. `completions` are the last 12, in their order,
    and `claimable` those of them whose rewards wait for the member.
    """

    task: str
    display_name: str
    since: date
    last_day: date
    progress: int
    reach: int
    missing: int
    values: tuple[str, ...]
    streak: int
    streak_reach: int
    waits_for: tuple[str, ...]
    times: int
    is_over: bool
    claimable: tuple[Completion, ...]
    completions: tuple[Completion, ...]


def progress_of(state: TasksState, tasks: Tasks, day: date) -> tuple[TaskProgress, ...]:
    """The progress in every task of a program, as of a local day."""
    return tuple(_progress(task, state, day) for task in tasks.by_code.values())


def _progress(task: Task, state: TasksState, day: date) -> TaskProgress:
    own, since = state.of(task.code), starts_of(day)[task.period]
    period = own.period(since) or PeriodState(since)
    return TaskProgress(
        task=task.code,
        display_name=task.display_name,
        since=since,
        last_day=last_day(task.period, since),
        progress=period.progress,
        reach=task.goal.reach,
        missing=0 if period.reached_on is not None else max(0, task.goal.reach - period.progress),
        values=tuple(period.values),
        streak=_streak(task, own, period),
        streak_reach=task.streak,
        waits_for=tuple(code for code in task.after if not state.of(code).times),
        times=own.times,
        is_over=_is_over(task, own),
        claimable=tuple(each for each in own.completions if each.can_be_claimed(day)),
        completions=own.completions,
    )


def _streak(task: Task, state: TaskState, period: PeriodState) -> int:
    """Periods in a row up to this one, or up to the one before where this one can still go on with them.

    Where the task took more in a row before, this one can be the last of them.
    """
    if period.reached_on is not None:
        return period.run
    place = state.place_of(period.since)
    before = state.periods[place - 1] if place else state.forgotten
    return min(open_streak(task.period, before, period.since), task.streak - 1)


def _is_over(task: Task, state: TaskState) -> bool:
    most = 1 if task.period is Period.LIFE else task.most_times
    return most is not None and state.times >= most
