"""What a member has done in tasks, as it is kept. Pure: no clock, no database.

Told from the beginning, a story keeps every period here and forgets nothing. What is written down between
events is `trimmed`: enough to go on with at the end of the story, and to take back what counted in the
last few periods. A refund of what lies further back needs the story (`reaches_back`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Final

import msgspec

from tallybook.programs.tasks_document import COMPLETIONS_KEPT

PERIODS_KEPT: Final = 3
"""The period of each task in which something counts now, and the last in which its goal was reached."""
VALUES_BEYOND: Final = 8
"""So many different values are kept beyond those that a goal takes."""


class Portion(msgspec.Struct, array_like=True, frozen=True):
    """Steps of a unit that a completed task gives, with their days."""

    unit: str
    fund: str
    amount: int
    vests_on: date
    expires_on: date


class PeriodState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was done in the period that began on local day `since`: an amount, or values and how often each.

    `reached_on` is the day on which it came to `reach`, None while it does not. With that come the terms of
    that day: `streak` and `most_times` of the task, and the `portions` that it gives if it is completed here,
    with the last day to claim them in `claim_by`. `run` is the period's place in its streak, from 1. With
    `is_cut` there were more values than are kept.
    """

    since: date
    amount: int = 0
    values: dict[str, int] = {}
    is_cut: bool = False
    reached_on: date | None = None
    reach: int = 0
    streak: int = 1
    most_times: int | None = None
    claim_by: date | None = None
    portions: tuple[Portion, ...] = ()
    run: int = 0

    @property
    def open_streak(self) -> int:
        """How many periods in a row the next one can go on with: none after one that ended its streak."""
        return self.run if self.run < self.streak else 0

    @property
    def always_completes(self) -> bool:
        """Whether the task is completed here for as long as the goal is reached."""
        return self.streak == 1 and self.most_times is None

    @property
    def progress(self) -> int:
        """What it comes to: of values, how many there are."""
        return self.amount + len(self.values)


class Completion(msgspec.Struct, array_like=True, frozen=True):
    """A task completed for the `number`th time, in the period that began on `since`, on a local day.

    Rewards that are to be claimed have the last day for that in `claim_by`. `portions` are what is given,
    or what can be claimed: they are forgotten once refunds that reach this far are for the whole story.
    """

    since: date
    on: date
    number: int
    claim_by: date | None = None
    claimed_on: date | None = None
    portions: tuple[Portion, ...] = ()

    @property
    def is_given(self) -> bool:
        """Whether its rewards are the member's."""
        return self.claim_by is None or self.claimed_on is not None

    def can_be_claimed(self, day: date) -> bool:
        """Whether its rewards wait to be claimed on a local day."""
        return not self.is_given and self.claim_by is not None and day <= self.claim_by


class Forgotten(msgspec.Struct, frozen=True):
    """The last of the periods that were not written down, and what the one after it can go on with."""

    since: date
    open_streak: int


class TaskState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was done in one task, both in the order of periods.

    Of periods that are over, only those in which the goal was reached: nothing counts in the others any more.
    What is written down begins after `horizon`, the first day of a period. It moves on with the story and
    never goes back, so that it is the same however the story was told.
    """

    periods: tuple[PeriodState, ...] = ()
    completions: tuple[Completion, ...] = ()
    horizon: date | None = None
    forgotten: Forgotten | None = None

    @property
    def times(self) -> int:
        """How often it was completed."""
        return self.completions[-1].number if self.completions else 0

    def is_forgotten(self, since: date) -> bool:
        """Whether a period lies too far back to be written down."""
        return self.horizon is not None and since <= self.horizon

    def place_of(self, since: date) -> int:
        """Where a period stands among those that are kept, or would stand."""
        if self.periods and self.periods[-1].since < since:
            return len(self.periods)
        return bisect_left(self.periods, since, key=_SINCE)

    def period(self, since: date) -> PeriodState | None:
        """A period, where it is kept."""
        place = self.place_of(since)
        found = self.periods[place] if place < len(self.periods) else None
        return found if found is not None and found.since == since else None

    def place_of_completion(self, since: date) -> int:
        """Where a completion in a period stands among those that are kept, or would stand."""
        if self.completions and self.completions[-1].since < since:
            return len(self.completions)
        return bisect_left(self.completions, since, key=_SINCE)

    def completion(self, since: date) -> Completion | None:
        """What was completed in the period that began on a day, where it is kept."""
        place = self.place_of_completion(since)
        found = self.completions[place] if place < len(self.completions) else None
        return found if found is not None and found.since == since else None


_SINCE: Final = attrgetter("since")


class Counted(msgspec.Struct, array_like=True, frozen=True):
    """What an event counted, when it was told, towards a task in the period that began on a day."""

    task: str
    since: date
    amount: int


class TasksState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was done in all tasks, by code: equal states have equal JSON."""

    tasks: dict[str, TaskState] = {}

    def of(self, task: str) -> TaskState:
        """What was done in a task."""
        return self.tasks.get(task, NOT_BEGUN)

    def put(self, task: str, state: TaskState) -> TasksState:
        """The same with another state of one task."""
        if task in self.tasks and state != NOT_BEGUN:
            return TasksState({**self.tasks, task: state})
        others = {code: each for code, each in self.tasks.items() if code != task}
        return TasksState(others if state == NOT_BEGUN else dict(sorted({**others, task: state}.items())))


NOT_BEGUN: Final = TaskState()


def completed(state: TasksState) -> dict[str, date]:
    """The tasks that were completed, each with the local day of the last time."""
    return {code: task.completions[-1].on for code, task in state.tasks.items() if task.completions}


# --- what is kept ----------------------------------------------------------------------------------------


def trimmed(state: TasksState) -> TasksState:
    """What is written down of a state. To go on from it comes to the same as to go on from all of it."""
    return TasksState({code: _trimmed(task) for code, task in state.tasks.items()})


def with_horizon(task: TaskState) -> TaskState:
    """A state whose horizon has moved on with its periods."""
    if len(task.periods) <= PERIODS_KEPT:
        return task
    last = task.periods[-PERIODS_KEPT - 1].since
    return task if task.is_forgotten(last) else msgspec.structs.replace(task, horizon=last)


def _trimmed(task: TaskState) -> TaskState:
    if task.horizon is None:
        return msgspec.structs.replace(task, periods=tuple(map(_cut, task.periods)))
    place = bisect_right(task.periods, task.horizon, key=_SINCE)
    forgotten = task.forgotten
    if place:
        forgotten = Forgotten(task.periods[place - 1].since, task.periods[place - 1].open_streak)
    old = bisect_right(task.completions, task.horizon, key=_SINCE)
    completions = (
        *map(_without_portions, task.completions[max(0, old - COMPLETIONS_KEPT) : old]),
        *task.completions[old:],
    )
    return TaskState(tuple(map(_cut, task.periods[place:])), completions, task.horizon, forgotten)


def _without_portions(completion: Completion) -> Completion:
    """What was given so long ago is with the event that it was given for."""
    if not completion.portions or not completion.is_given:
        return completion
    return msgspec.structs.replace(completion, portions=())


def _cut(period: PeriodState) -> PeriodState:
    """With the first values in their order: which these are does not depend on how often it was cut before.

    What a period gives whose completion stands as long as it does is with that.
    """
    if period.portions and period.always_completes:
        period = msgspec.structs.replace(period, claim_by=None, portions=())
    if period.reached_on is None or len(period.values) <= period.reach + VALUES_BEYOND:
        return period
    values = dict(sorted(period.values.items())[: period.reach + VALUES_BEYOND])
    return msgspec.structs.replace(period, values=values, is_cut=True)


def reaches_back(state: TasksState, counted: Iterable[Counted]) -> bool:
    """Whether a refund of an order that counted like this takes the whole story, told from its beginning."""
    for each in counted:
        task = state.of(each.task)
        if task.is_forgotten(each.since):
            return True
        period = task.period(each.since)
        if period is not None and period.is_cut:
            return True
    return False
