"""A member's growth as a story is told: tiers and tasks, step by step. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from msgspec.structs import replace

from tallybook.growth import ladders
from tallybook.growth.growth import GivenNote, Growth, Move, ladder_units
from tallybook.growth.happenings import Happening, Holds, Left
from tallybook.growth.joining import tasks_joined, tiers_joined, tiers_parted
from tallybook.growth.ladders import terms_of
from tallybook.growth.portions import portion_of
from tallybook.growth.task_state import Counted as CountedTowards
from tallybook.growth.task_state import Portion, TasksState, completed
from tallybook.growth.tasks import Step, after_claim, after_event, after_refund
from tallybook.growth.tier_state import (
    Change,
    Counted,
    Held,
    Outcome,
    Override,
    TierState,
)
from tallybook.journal.moves import Lot
from tallybook.programs.ladders import main_of
from tallybook.programs.local_days import TICK
from tallybook.programs.program import Program

Sums = dict[Lot, int]
"""Steps by lot, below zero where more is taken back than given."""


class ToldOrder(NamedTuple):
    """An order as it was told: by which program, and what it counted towards."""

    program: Program
    happening: Happening
    counted: Iterable[CountedTowards]


class Growing:
    """Growth on its way through a story.

    `given` is what was given on the way, by what for, and `given_on` on which days, as far as that is known.
    `changes` are those of tiers. `has_joined` says whether another member's were joined on the way. `earlier`
    are revisions that were in force on the way, in their order: what falls due goes by the one of its moment,
    and `given_by` tells which it was that units or coupons came by last. `filed` is what is recorded of what
    was given: what time gives on the day that it was given on keeps its days. Who `gets_nothing` has had the
    periodic grants that fall due, as `given` tells without any lots: these do not come later.
    """

    def __init__(
        self,
        growth: Growth,
        earlier: Iterable[Program] = (),
        filed: Mapping[str, GivenNote] | None = None,
        *,
        gets_nothing: bool = False,
    ) -> None:
        self.tiers = growth.tiers
        self.tasks = growth.tasks
        self.given: dict[str, Sums] = {}
        self.given_on: dict[str, date] = {}
        self.given_by: dict[tuple[str, Lot], Program] = {}
        self.changes: list[Change] = []
        self.has_joined = False
        self._moves = growth.moves
        self._told_at = growth.told_at
        self._acted_at = growth.acted_at
        self._program: Program | None = None
        self._earlier = list(earlier)
        self._filed = {} if filed is None else filed
        self._gets_nothing = gets_nothing

    def growth(self) -> Growth:
        """Growth as it is now."""
        return Growth(
            tiers=self.tiers,
            tasks=self.tasks,
            moves=self._moves,
            told_at=self._told_at,
            acted_at=self._acted_at,
        )

    def tier(self, program: Program) -> str:
        """The member's tier on the main ladder, empty for none."""
        main = main_of(program.ladders.values())
        return "" if main is None else self._tier(main.code)

    def all_tiers(self, program: Program) -> tuple[str, ...]:
        """The member's tiers on all ladders."""
        return tuple(tier for code in program.ladders if (tier := self._tier(code)))

    def _tier(self, ladder: str) -> str:
        standing = self.tiers.ladders.get(ladder)
        return "" if standing is None else standing.tier

    # --- steps -------------------------------------------------------------------------------------------

    def advance(self, program: Program, to: datetime) -> None:
        """Let time pass up to a moment. What falls due is done by the revision that is in force then."""
        program = self._latest(program)
        for each in (*self._on_the_way_to(program), program):
            before, self._program = self._program, each
            if before is None or before is each:
                continue
            if before.ladders_revision == each.ladders_revision:
                self._pass_time(before, min(each.in_force_from - TICK, to))
            else:
                if before.ladders:
                    self._pass_time(before, each.in_force_from)
                self._pass_time(each, each.in_force_from)
        self._pass_time(program, to)

    def _latest(self, program: Program) -> Program:
        """The latest revision by now: what is told by an earlier one does not bring its ladders back."""
        known = self._program
        return program if known is None or known.revision < program.revision else known

    def _on_the_way_to(self, program: Program) -> list[Program]:
        known = 0 if self._program is None else self._program.revision
        return [each for each in self._earlier if known < each.revision < program.revision]

    def _pass_time(self, program: Program, to: datetime) -> None:
        """Do what falls due. What counts itself of that is gained at its moment, and not when all is done."""
        is_done = not (program.ladders or self.tiers.ladders)
        while not is_done:
            outcome = ladders.advanced(self.tiers, terms_of(program), to, as_far_as_given=True)
            self._follow(program, outcome)
            is_done = not outcome.due

    def tell(
        self, program: Program, happening: Happening, holds: Holds, gained: Mapping[Lot, int]
    ) -> tuple[CountedTowards, ...]:
        """Go on with an event that gave units. Returns what it counted towards."""
        self._told(happening.at)
        step = after_event(self.tasks, program, happening, holds)
        day = happening.local.date()
        self._count(program, happening.at, step, [(lot, steps, day) for lot, steps in gained.items()])
        return step.counted

    def tell_refund(
        self, program: Program, at: datetime, order: ToldOrder, left: tuple[Left, Left], lost: Sums
    ) -> None:
        """Go on with a refund that took units back: what was `left` of the order before, and after."""
        self._told(at)
        step = after_refund(self.tasks, order.program, order.happening, order.counted, *left)
        day = order.happening.local.date()
        self._count(program, at, step, [(lot, -steps, day) for lot, steps in lost.items()])

    def claim(self, program: Program, at: datetime, task: str, since: date) -> None:
        """Go on with a member's claim of what a task gives."""
        self._acted_at = at
        step = after_claim(self.tasks, program.units, task, since, program.today(at))
        self._count(program, at, step, ())

    def override(self, program: Program, at: datetime, ladder: str, override: Override) -> None:
        """Go on with a tier that is set by hand, where the ladder still has it."""
        self._acted_at, program = at, self._latest(program)
        on = program.ladders.get(ladder)
        if on is not None and override.tier in on.ranks:
            self._follow(program, ladders.overridden(self.tiers, terms_of(program), at, ladder, override))

    def end_override(self, program: Program, at: datetime, ladder: str, reason: str) -> None:
        """Go on with the end of a tier that was set by hand."""
        self._acted_at, program = at, self._latest(program)
        if ladder in program.ladders:
            self._follow(program, ladders.override_ended(self.tiers, terms_of(program), at, ladder, reason))

    def join(self, program: Program, at: datetime, tiers: TierState, tasks: TasksState) -> None:
        """Go on with another member's tiers and tasks, who turns out to be the same."""
        self._acted_at, program = at, self._latest(program)
        self.has_joined = True
        if program.ladders:
            self._follow(program, tiers_joined(self.tiers, tiers, terms_of(program), at))
        self._count(program, at, tasks_joined(self.tasks, tasks, program, program.today(at)), ())

    def give_before(self, given: Mapping[str, Iterable[Portion]]) -> None:
        """Take in what was given already, where all that was given is told."""
        for key, portions in given.items():
            for each in portions:
                self._give(key, Lot(each.unit, each.fund, each.vests_on, each.expires_on), each.amount)

    def part(self, program: Program, at: datetime, held: Mapping[str, Held]) -> None:
        """Go on when that was a mistake: with what was held on these ladders before."""
        self._acted_at, program = at, self._latest(program)
        if program.ladders:
            self._follow(program, tiers_parted(self.tiers, terms_of(program), at, held))

    def move(self, program: Program, move: Move) -> None:
        """Go on with units that came or went by something else than events."""
        program = self._latest(program)
        terms = terms_of(program)
        if move.lost:
            self._follow(program, ladders.lost(self.tiers, terms, move.at, move.lost))
        if move.gained:
            self._follow(program, ladders.gained(self.tiers, terms, move.at, move.gained))

    def keep_move(self, program: Program, move: Move) -> None:
        """Go on with such a move that is new, and remember it."""
        self._moves = (*self._moves, move)
        self.move(program, move)

    # --- what steps come to ------------------------------------------------------------------------------

    def _count(
        self, program: Program, at: datetime, step: Step, units: Iterable[tuple[Lot, int, date]]
    ) -> None:
        """Follow a step in tasks, with the units that came or went with it, each with the day it came."""
        by, program = program, self._latest(program)
        before, self.tasks = self.tasks, step.state
        moved = list(units)
        for each in step.given:
            lot = Lot(each.unit, each.fund, each.vests_on, each.expires_on)
            completion = (before if each.amount < 0 else step.state).of(each.task).completion(each.since)
            assert completion is not None, "what is given is given for something"
            day = completion.claimed_on or completion.on
            self._give(f"task/{each.task}/{each.since}", lot, each.amount, day, by)
            moved.append((lot, each.amount, day))
        if not program.ladders:
            return
        gained = _counted(((lot, steps, day) for lot, steps, day in moved if steps > 0), program)
        lost = _counted(((lot, -steps, day) for lot, steps, day in moved if steps < 0), program)
        done, now = completed(before), completed(step.state)
        undone = done.keys() - now.keys()
        new = {task: on for task, on in now.items() if done.get(task) != on}
        if lost or undone:
            self._follow(program, ladders.lost(self.tiers, terms_of(program), at, lost, undone))
        if gained or new:
            self._follow(program, ladders.gained(self.tiers, terms_of(program), at, gained, new))

    def _follow(self, program: Program, outcome: Outcome) -> None:
        """Take over what became of tiers, and give what fell due, which may lead to higher ones."""
        self.tiers = outcome.state
        self.changes.extend(outcome.changes)
        for due in outcome.due:
            day, key = program.today(due.at), f"tier/{due.id}"
            given = []
            if due.is_grant and self._was_nothing(key):
                self.given.setdefault(key, {})
                self.given_on[key] = day
                continue
            for reward in due.rewards:
                each = self._as_filed(key, day, portion_of(reward, program.units, day))
                lot = Lot(each.unit, each.fund, each.vests_on, each.expires_on)
                self._give(key, lot, each.amount, day, program)
                given.append((lot, each.amount, day))
            gained = _counted(given, program)
            if gained:
                self._follow(program, ladders.gained(self.tiers, terms_of(program), due.at, gained))

    def _was_nothing(self, key: str) -> bool:
        """Whether a periodic grant is nothing: as it is filed, or else to who gets nothing now."""
        note = self._filed.get(key)
        return self._gets_nothing if note is None else not note.portions

    def _as_filed(self, key: str, day: date, portion: Portion) -> Portion:
        """A portion with the days of the one that was given for the same on that day."""
        note = self._filed.get(key)
        was = [] if note is None or note.on != day else note.portions
        same = [each for each in was if (each.unit, each.fund) == (portion.unit, portion.fund)]
        if len(same) != 1:
            return portion
        return replace(portion, vests_on=same[0].vests_on, expires_on=same[0].expires_on)

    def _told(self, at: datetime) -> None:
        self._told_at = at if self._told_at is None else max(self._told_at, at)

    def _give(
        self, key: str, lot: Lot, amount: int, day: date | None = None, by: Program | None = None
    ) -> None:
        if day is not None:
            self.given_on[key] = day
        if by is not None and amount > 0:
            self.given_by[key, lot] = by
        sums = self.given.setdefault(key, {})
        sums[lot] = sums.get(lot, 0) + amount


def _counted(units: Iterable[tuple[Lot, int, date]], program: Program) -> list[Counted]:
    """What counts for tiers, of units that came on a day."""
    counts = ladder_units(program)
    return [
        Counted(lot.unit, max(lot.vests_on, day), lot.expires_on, steps)
        for lot, steps, day in units
        if lot.unit in counts and steps
    ]
