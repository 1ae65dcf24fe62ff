"""ClaimTask: a member claims what a task gives. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date

from tallybook.engine.checks import check_day, check_id
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.growth import acts
from tallybook.growth.acting import act, growth_now
from tallybook.growth.postings import Given
from tallybook.growth.task_state import Completion
from tallybook.journal.accounts import Balance
from tallybook.members.freeze import check_may_earn
from tallybook.refusals.growth import NothingToClaim, UnknownTask


class TaskClaimed(Reply, frozen=True, kw_only=True):
    """What was claimed: for the completion of `task` in the period that began on `since`.

    `given` are its rewards; `balances` are of the units that they are in.
    """

    task: str
    since: date
    given: tuple[Given, ...]
    balances: dict[str, Balance]


class ClaimTask(Command[TaskClaimed], frozen=True, kw_only=True, tag=acts.CLAIM_TASK):
    """Claim the rewards of a task that is completed: in the period that began on local day `since`, or of the
    completion that can be claimed the shortest time.

    Refused with `UnknownTask`, `NothingToClaim` or `MemberFrozen`.
    """

    task: str
    since: date | None = None
    reply_type = TaskClaimed
    is_activity = True

    def check(self) -> None:
        check_id("task", self.task)
        if self.since is not None:
            check_day("since", self.since)

    def decide(self, desk: Desk) -> TaskClaimed:
        if self.task not in desk.program.tasks.by_code:
            raise UnknownTask(program=self.program, task=self.task)
        check_may_earn(desk)
        found = self._completion(desk)
        done = act(desk, acts.ClaimTask(self.task, found.since))
        units = sorted({each.unit for each in done.given if each.unit})
        return TaskClaimed(
            entry=desk.entry,
            recorded_at=desk.now,
            task=self.task,
            since=found.since,
            given=done.given,
            balances={unit: desk.balance(unit) for unit in units},
        )

    def _completion(self, desk: Desk) -> Completion:
        completions = growth_now(desk).tasks.of(self.task).completions
        if self.since is not None:
            completions = tuple(each for each in completions if each.since == self.since)
        claimable = [each for each in completions if each.can_be_claimed(desk.today)]
        if claimable:
            return min(claimable, key=lambda each: (each.claim_by or date.max, each.since))
        problem = "it is not completed"
        if completions:
            last = completions[-1]
            problem = (
                "it was claimed, or given, already"
                if last.is_given
                else f"its time was through {last.claim_by}"
            )
        raise NothingToClaim(member=self.member, task=self.task, problem=problem)
