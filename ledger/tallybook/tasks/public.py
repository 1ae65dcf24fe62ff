"""What callers know of tasks, to be had from `tallybook` itself. Decides nothing."""

from __future__ import annotations

from tallybook.growth.task_progress import TaskProgress
from tallybook.growth.task_state import Completion
from tallybook.growth_errors import NothingToClaim, UnknownTask
from tallybook.tasks.claim_task import ClaimTask, TaskClaimed
from tallybook.tasks.queries import GetTasks

__all__ = [
    "ClaimTask",
    "Completion",
    "GetTasks",
    "NothingToClaim",
    "TaskClaimed",
    "TaskProgress",
    "UnknownTask",
]
