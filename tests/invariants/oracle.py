"""The oracle: what the book must answer to every command, worked out on paper. Pure: no clock, no database.

Written from the design and the glossary. From the library it takes the commands, which are the questions, and
nothing that decides: an answer is plain facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import tallybook as tb

from tests.invariants.decision import Decision, Facts
from tests.invariants.page import MEMBER_ACCOUNTS, Page, Refused, settle
from tests.invariants.policy import Policy
from tests.invariants.verdicts import carry_out

NOT_DECLARED = ("UNKNOWN_UNIT", "UNKNOWN_FUND")
"""Refusals that are not remembered: a program may come to declare what it lacks."""

REFUSALS_KEPT = timedelta(days=30)


class Answer(NamedTuple):
    """What became of a command: its reply's facts under an empty code, or an error's code and facts."""

    code: str
    facts: Facts
    replayed: bool = False


class Request(NamedTuple):
    """A request that was decided, and when if it was refused."""

    command: tb.Command
    answer: Answer
    refused_at: datetime | None


@dataclass
class Snapshot:
    """A page as it was after something was recorded."""

    recorded_at: datetime
    page: Page


@dataclass
class Oracle:
    """A book of one program on paper. `now` is its clock, which may also go back.

    `applied` has every revision, with the moment from which it is in force: some may be still to come.
    """

    program: str
    first: Policy
    now: datetime
    applied: list[tuple[datetime, Policy]] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    requests: dict[tuple[str, str], Request] = field(default_factory=dict)
    snapshots: dict[str, list[Snapshot]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.applied = self.applied or [(self.now, self.first)]

    @property
    def revision(self) -> int:
        """The number of the policy in force."""
        return self.revision_at(self.now)

    def revision_at(self, moment: datetime) -> int:
        """The number of the policy in force at a moment; 0 before the first."""
        return sum(start <= moment for start, _ in self.applied)

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.applied[self.revision - 1][1]

    @property
    def newest(self) -> Policy:
        """The policy that was applied last, in force or to come."""
        return self.applied[-1][1]

    def apply(self, policy: Policy, at: datetime | None = None) -> Answer:
        """Put another policy in force, now or later. What was due by the days before stays done."""
        start, planned = at or self.now, self.applied[-1][0]
        if policy == self.newest:
            return Answer("", {"revision": len(self.applied), "in_force_from": planned, "unchanged": True})
        if planned > self.now and start < planned:
            facts = {"program": self.program, "revision": len(self.applied), "in_force_from": planned}
            return Answer("REVISION_PLANNED", facts)
        if policy.days != self.newest.days:
            assert at is None, "what moves days cannot be planned"
            self.sweep()
        self.applied.append((start, policy))
        return Answer("", {"revision": len(self.applied), "in_force_from": start, "unchanged": False})

    def copied(self) -> Oracle:
        """An oracle that can go on by itself. Requests never change, and pages are replaced, not changed."""
        return replace(
            self,
            pages=dict(self.pages),
            requests=dict(self.requests),
            snapshots={member: list(found) for member, found in self.snapshots.items()},
        )

    def do(self, command: tb.Command) -> Answer:
        """Answer a command, and write down what it did."""
        page = self.pages.get(command.member)
        if page is None and not isinstance(command, tb.Enroll):
            return self._unknown(command.member)
        request = self.requests.get((command.member, command.request_id))
        if request is not None:
            if request.command != command:
                facts = {"member": command.member, "request_id": command.request_id}
                return Answer("REQUEST_ID_REUSED", {"program": self.program, **facts})
            return request.answer._replace(replayed=True)
        if isinstance(command, tb.Gift) and command.to_member not in self.pages:
            return self._unknown(command.to_member)
        answer = self._decided(command)
        if answer.code in NOT_DECLARED:
            return answer
        refused_at = self.now if answer.code else None
        self.requests[command.member, command.request_id] = Request(command, answer, refused_at)
        return answer

    def _unknown(self, member: str) -> Answer:
        return Answer("UNKNOWN_MEMBER", {"program": self.program, "member": member})

    def _decided(self, command: tb.Command) -> Answer:
        concerned = [command.member] + ([command.to_member] if isinstance(command, tb.Gift) else [])
        now = max([self.now, *(self.pages[m].recorded_at for m in concerned if m in self.pages)])
        for member in concerned:
            if member in self.pages:
                self.settle(member, now)
        tried = {m: self.pages[m].copied() for m in concerned if m in self.pages}
        try:
            facts = carry_out(Decision(self.program, self.policy, self.revision, command, tried, now))
        except Refused as refused:
            return Answer(refused.code, refused.facts)
        for member, page in tried.items():
            self._keep(member, page)
        return Answer("", facts)

    def settle(self, member: str, now: datetime) -> None:
        """Record what time has done to a member."""
        page = self.settled(member, now)
        if page.version != self.pages[member].version:
            self._keep(member, page)

    def settled(self, member: str, now: datetime | None = None) -> Page:
        """A member's page brought up to now, on another sheet. A member's own time never goes back."""
        page = self.pages[member].copied()
        now = max(now or self.now, page.recorded_at)
        settle(page, self.policy, self.revision, now, partial(self._due_by, now=self.now))
        return page

    def _due_by(self, moment: datetime, now: datetime) -> int:
        """The number of the policy by which something fell due at a moment, of what is not recorded now.

        What was due by other days than today's was recorded when days moved: by the policy that moved them
        it is due, at the soonest.
        """
        in_force = [policy.days for _, policy in self.applied[: self.revision_at(now)]]
        moved = [number for number, (old, new) in enumerate(pairwise(in_force), 2) if old != new]
        return max([self.revision_at(moment), *moved])

    def sweep(self) -> None:
        """Record what time has done to everybody."""
        for member in self.pages:
            self.settle(member, max(self.now, self.pages[member].recorded_at))

    def forget_refusals(self) -> None:
        """Forget requests that were refused thirty days ago or earlier."""
        self.requests = {
            key: request
            for key, request in self.requests.items()
            if request.refused_at is None or request.refused_at >= self.now - REFUSALS_KEPT
        }

    def _keep(self, member: str, page: Page) -> None:
        self.pages[member] = page
        self.snapshots.setdefault(member, []).append(Snapshot(page.recorded_at, page))

    def past(self, member: str, as_of: datetime) -> tuple[Page, datetime, Policy] | None:
        """A member's page as it stood at a moment, that moment, and the policy then; not of the future."""
        earlier = [each for each in self.snapshots.get(member, ()) if each.recorded_at <= as_of]
        if not earlier:
            return None
        page = earlier[-1].page.copied()
        as_of = min(as_of, max(self.now, page.recorded_at))
        in_force = self.revision_at(as_of)
        policy = self.applied[max(in_force, page.lines[-1].revision) - 1][1]
        settle(page, policy, in_force, as_of, partial(self._due_by, now=as_of))
        return page, as_of, policy

    def accounts(self) -> dict[tuple[str, str, str], int]:
        """The trial balance: what every account holds, by unit, account and fund."""
        sums: dict[tuple[str, str, str], int] = {}
        for page in self.pages.values():
            for lot, amount in page.lots.items():
                place = lot.unit, lot.account, lot.fund
                sums[place] = sums.get(place, 0) + amount
            for move in (move for line in page.lines for move in line.postings):
                for account, change in ((move.source, -move.amount), (move.target, move.amount)):
                    if account not in MEMBER_ACCOUNTS:
                        place = move.unit, account, move.fund
                        sums[place] = sums.get(place, 0) + change
        return {place: amount for place, amount in sums.items() if amount}
