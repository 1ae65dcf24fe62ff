"""Tasks as the ledger runs on them: compiled, immutable. Pure: no clock, no database.

Money is in minor units, units in smallest steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tallybook.programs.conditions import Condition
from tallybook.programs.rewards import Reward
from tallybook.programs.rules import LineFilter, Period, Window


@dataclass(frozen=True, slots=True)
class CountGoal:
    """So many events: an order counts if any of its lines does."""

    reach: int = 1


@dataclass(frozen=True, slots=True)
class SpendGoal:
    """So many minor units of `currency` spent on lines that count."""

    reach: int
    currency: str


@dataclass(frozen=True, slots=True)
class QuantityGoal:
    """So many pieces of lines that count."""

    reach: int


@dataclass(frozen=True, slots=True)
class SumGoal:
    """The sum of a number that events carry as an attribute. One below 1 does not count."""

    reach: int
    attribute: str


class Of(StrEnum):
    """What different values are counted of: what lines say, what the event says, or one of its attributes."""

    SKU = "sku"
    CATEGORY = "category"
    BRAND = "brand"
    STORE = "store"
    CHANNEL = "channel"
    ATTRIBUTE = "attribute"


@dataclass(frozen=True, slots=True)
class DistinctGoal:
    """So many different values, such as categories or helpers. `attribute` is the name of one, or empty."""

    reach: int
    of: Of
    attribute: str = ""


Goal = CountGoal | SpendGoal | QuantityGoal | SumGoal | DistinctGoal


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done in a period, or in `streak` of them in a row, each with the goal reached.

    `event` is purchase or the name of a declared event. A period of a member's life is one that never ends.
    An event counts only if all tasks in `after` were completed before it. `most_times` is how often a member
    can complete it in all, None is once in each period or streak. `take_back` says whether what is refunded
    counts no more. With `by_member` rewards are claimed, within `claim_days`, or at any time if that is None.
    """

    code: str
    display_name: str
    event: str
    goal: Goal
    period: Period
    window: Window
    streak: int = 1
    condition: Condition | None = None
    lines: LineFilter | None = None
    after: tuple[str, ...] = ()
    most_times: int | None = None
    take_back: bool = True
    rewards: tuple[Reward, ...] = ()
    by_member: bool = False
    claim_days: int | None = None


@dataclass(frozen=True, slots=True)
class EventTasks:
    """The tasks that one kind of event counts towards; their conditions read `reads`."""

    tasks: tuple[Task, ...]
    reads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tasks:
    """All tasks of a revision, by code and by the kind of event that counts towards them."""

    by_code: Mapping[str, Task] = field(default_factory=dict)
    by_event: Mapping[str, EventTasks] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        tasks = self.by_code.values()
        by_event = {event: _tasks_of(event, self.by_code) for event in {task.event for task in tasks}}
        object.__setattr__(self, "by_event", by_event)


def _tasks_of(event: str, tasks: Mapping[str, Task]) -> EventTasks:
    found = tuple(task for task in tasks.values() if task.event == event)
    conditions = [task.condition for task in found if task.condition is not None]
    return EventTasks(found, frozenset(name for each in conditions for name in each.reads))
