"""Questions about a member's tasks. Writes nothing."""

from __future__ import annotations

from datetime import datetime

from tallybook.engine.query import FolioQuery
from tallybook.growth.growth import growth_of
from tallybook.growth.task_progress import TaskProgress, progress_of
from tallybook.growth.task_state import TasksState
from tallybook.journal.folio import Folio
from tallybook.programs.program import Program


class GetTasks(FolioQuery[tuple[TaskProgress, ...]], frozen=True, kw_only=True):
    """How far a member is in every task, and when each was completed. Raises `UnknownMember`."""

    def answer(self, folio: Folio, program: Program, now: datetime) -> tuple[TaskProgress, ...]:
        growth = growth_of(folio)
        state = TasksState() if growth is None else growth.tasks
        return progress_of(state, program.tasks, program.today(now))
