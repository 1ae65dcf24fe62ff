"""A member's tiers on their way through time, up and down. Pure: no clock, no database.

`ladders` tells the rules, and is what others use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from msgspec.structs import replace as changed

from tallybook.growth import counting
from tallybook.growth.counting import counts_on
from tallybook.growth.periods import next_start
from tallybook.growth.tier_state import (
    HISTORY_MAX,
    Basis,
    Change,
    Coming,
    Counted,
    Due,
    Held,
    Outcome,
    Override,
    Standing,
    Terms,
    TierState,
    Why,
)
from tallybook.programs.benefits import Grant
from tallybook.programs.expiry import NEVER, after_days
from tallybook.programs.ladders import NO_TIER, Downgrade, Ladder, RefundPolicy
from tallybook.programs.local_days import BEGINNING_OF_TIME, END_OF_TIME
from tallybook.programs.windows import starts_of


class Walk:
    """A state on its way through time. It copies what it changes, and leaves the state that it began with."""

    def __init__(self, state: TierState, terms: Terms) -> None:
        self._before = state
        self._terms = terms
        self._days = terms.days
        self._ladders = terms.ladders
        self._lots = {unit: dict(of_unit) for unit, of_unit in state.lots.items()}
        self._coming = list(state.coming)
        self._returned = {unit: dict(of_unit) for unit, of_unit in state.returned.items()}
        self._tasks = state.tasks
        self._standings = {code: state.ladders.get(code, _NOWHERE) for code in terms.ladders}
        self._changes: list[Change] = []
        self._due: list[Due] = []
        self._is_changed = False
        self.at = BEGINNING_OF_TIME if state.at is None else state.at
        self._day = self._days.day_of(self.at)
        if terms.are_new_to(state):
            self._come_under(terms.since)

    def outcome(self) -> Outcome:
        """The state as it is now: the same object where nothing has happened."""
        if not self._is_changed:
            return Outcome(self._before)
        history = (*self._before.history, *self._changes)
        standings = {code: each for code, each in sorted(self._standings.items()) if each != _NOWHERE}
        state = TierState(
            at=self.at,
            revision=self._terms.program.revision,
            lots=counting.pruned(self._lots, self._day),
            coming=tuple(sorted(self._coming)),
            returned=counting.pruned(self._returned, self._day),
            tasks=dict(sorted(self._tasks.items())),
            ladders=standings,
            history=history[-HISTORY_MAX:],
            forgotten=self._before.forgotten + max(0, len(history) - HISTORY_MAX),
        )
        return Outcome(state, tuple(self._changes), tuple(self._due))

    def _happen(self, at: datetime) -> None:
        """Something happens at a moment, or now where that lies behind."""
        self._is_changed = True
        self.at = max(self.at, at)
        self._day = self._days.day_of(self.at)

    def _become(self, ladder: Ladder, why: Why, detail: str = "", **values: object) -> None:
        """Stand otherwise on a ladder. Where the tier that counts is another then, that is told."""
        standing = changed(self._standings[ladder.code], **values)
        if standing.held == _NOWHERE.held:  # the same object, which is left out of JSON
            standing = changed(standing, held=_NOWHERE.held)
        tier = effective(ladder, standing)
        if tier != standing.tier:
            self._changes.append(Change(ladder.code, self.at, standing.tier, tier, why, detail))
            standing = changed(standing, tier=tier, since=self.at)
        self._standings[ladder.code] = standing

    # --- facts -------------------------------------------------------------------------------------------

    def gain(self, at: datetime, units: Sequence[Counted], tasks: Mapping[str, date]) -> None:
        """Add units and tasks, and climb."""
        self._happen(at)
        for each in units:
            if each.counts_from > self._day:
                self._coming.append(Coming(each.counts_from, each.unit, each.counts_through, each.steps))
            elif each.counts_through >= self._day:
                counting.add(self._lots, each.unit, each.counts_through, each.steps)
        self._tasks = {**self._tasks, **tasks}
        for ladder in self._ladders.values():
            self._rebase(ladder, units, 1)
        self._climb()
        self._grant()

    def lose(self, at: datetime, units: Sequence[Counted], tasks: frozenset[str]) -> None:
        """Take units and tasks back, and what was reached with them."""
        self._happen(at)
        for each in units:
            if each.counts_through >= self._day:  # of what has lapsed there is nothing to take
                self._take(each)
        undone = tasks & self._tasks.keys()
        self._tasks = {task: done for task, done in self._tasks.items() if task not in tasks}
        for code, ladder in self._ladders.items():
            self._rebase(ladder, units, -1)
            if undone or any(each.unit in ladder.units for each in units):
                self._become(ladder, Why.REFUND, held=self._left_of(ladder, self._standings[code].held))
        self._grant()

    def _take(self, lost: Counted) -> None:
        if lost.counts_from > self._day:
            left = lost.steps - counting.take_coming(self._coming, lost)
        else:
            taken = counting.take(self._lots, lost.unit, lost.counts_through, lost.steps)
            if taken and any(each.refunds is RefundPolicy.NEVER for each in self._ladders.values()):
                counting.add(self._returned, lost.unit, lost.counts_through, taken)
            left = lost.steps - taken
        left -= counting.take_any(self._lots, lost.unit, self._day, left)
        counting.take_any_coming(self._coming, lost.unit, left)

    def override(
        self, at: datetime, ladder: Ladder, override: Override | None, why: Why, detail: str
    ) -> None:
        """Set a tier by hand, or no longer."""
        self._happen(at)
        self._become(ladder, why, detail, override=override)
        self._grant()

    # --- time --------------------------------------------------------------------------------------------

    def pass_time(self, to: datetime, *, as_far_as_given: bool = False) -> None:
        """Do what falls due up to a moment, each thing at its own; or as far as something is given that tiers
        are reached by, which has to be gained before time goes on.
        """
        moment, units = self.next_moment(), self._terms.units if as_far_as_given else frozenset()
        while moment is not None and moment <= to and not any(each.gives(units) for each in self._due):
            self._happen(moment)
            for code, ladder in self._ladders.items():
                if self._days.end_of(self._standings[code].held.ends_on) <= moment:
                    self._review(ladder)
                override = self._standings[code].override
                if override is not None and self._days.end_of(override.until) <= moment:
                    self._become(ladder, Why.OVERRIDE_ENDED, override.reason, override=None)
            if self._begin():
                self._climb()
            self._grant()
            moment = self.next_moment()

    def next_moment(self) -> datetime | None:
        """When something falls due next."""
        return moment_after(self._standings, self._coming, self._terms)

    def _begin(self) -> bool:
        """Count what begins to count. Says whether anything does."""
        begun = [each for each in self._coming if each.counts_from <= self._day]
        for each in begun:
            self._coming.remove(each)
            counting.add(self._lots, each.unit, each.counts_through, each.steps)
        return bool(begun)

    def _grant(self) -> None:
        """Give what tiers give in every period, where it is not given in this one."""
        for code, ladder in self._ladders.items():
            standing = self._standings[code]
            granted = dict(standing.granted)
            for key, grant in _grants_of(ladder, standing.tier):
                start = starts_of(self._day)[grant.every]
                if granted.get(key) != start:
                    granted[key] = start
                    due = f"{code}/{key}/{start}"
                    self._due.append(Due(due, self.at, code, standing.tier, grant.rewards, is_grant=True))
            if granted != standing.granted:
                granted = dict(sorted(granted.items()))
                self._standings[code] = changed(standing, granted=granted)

    # --- up ----------------------------------------------------------------------------------------------

    def _climb(self) -> None:
        """Reach what units and tasks suffice for, and keep what is in its grace."""
        for code, ladder in self._ladders.items():
            held = self._standings[code].held
            rank = ladder.ranks[held.tier]
            counts = counts_on(self._lots, ladder.units, self._day)
            above = ladder.reached(counts, self._tasks.keys(), above=rank)
            if above > rank:
                self._reach(ladder, above, counts)
            elif held.grace_until is not None:
                counts = self._counts_for_keeping(ladder, self._day)
                if ladder.at(rank).is_kept(counts, self._tasks.keys()):
                    self._become(ladder, Why.REACHED, held=self._kept(ladder, held, self._day, counts))

    def _reach(self, ladder: Ladder, rank: int, counts: dict[str, int]) -> None:
        """Come up to a rank, and be given the rewards of all tiers up to it."""
        standing = self._standings[ladder.code]
        reached = dict(standing.reached)
        for tier in ladder.tiers[ladder.ranks[standing.held.tier] : rank]:
            if tier.rewards:
                times = reached[tier.code] = reached.get(tier.code, 0) + 1
                if times == 1 or tier.rewards_again:
                    due = f"{ladder.code}/{tier.code}/{times}"
                    self._due.append(Due(due, self.at, ladder.code, tier.code, tier.rewards))
        held = self._held(ladder, rank, ladder.validity.reached(self._day), Basis(self._day, False, counts))
        if standing.held.tier:
            held = changed(held, beneath=standing.held)
        self._become(ladder, Why.REACHED, held=held, reached=dict(sorted(reached.items())))

    def _held(self, ladder: Ladder, rank: int, until: date, basis: Basis | None) -> Held:
        """A tier from today on."""
        tier = ladder.at(rank)
        if tier.asks_nothing:
            return Held(tier=tier.code)
        basis = basis if ladder.refunds is RefundPolicy.AT_ONCE else None
        anchor = self._day if until < NEVER else date.min
        return Held(tier=tier.code, anchor=anchor, until=until, basis=basis)

    # --- down --------------------------------------------------------------------------------------------

    def _review(self, ladder: Ladder) -> None:
        """Look at a tier whose last day is over: it is kept, has a grace, or goes."""
        held = self._standings[ladder.code].held
        rank, last, tasks = ladder.ranks[held.tier], held.ends_on, self._tasks.keys()
        counts = self._counts_for_keeping(ladder, last)
        if ladder.at(rank).is_kept(counts, tasks):
            held = self._kept(ladder, held, last, counts)
        elif held.grace_until is None and ladder.grace_days:
            held = changed(held, grace_until=after_days(last, ladder.grace_days))
        else:
            to = ladder.kept(counts, tasks, rank - 1)
            basis: Basis | None = Basis(last, True, counts)
            if ladder.downgrade is Downgrade.ONE_STEP and to < rank - 1:
                to, basis = rank - 1, None  # it is left to the member, whatever there is
            held = self._held(ladder, to, ladder.validity.lowered(self._day), basis)
        self._become(ladder, Why.NOT_KEPT, held=held)

    def _kept(self, ladder: Ladder, held: Held, day: date, counts: dict[str, int]) -> Held:
        """The same tier for another period, with what counted on a day."""
        return changed(
            held,
            until=ladder.validity.renewed(held.anchor, held.until, self._day),
            grace_until=None,
            basis=Basis(day, True, counts) if ladder.refunds is RefundPolicy.AT_ONCE else None,
            beneath=None,
        )

    def _counts_for_keeping(self, ladder: Ladder, day: date) -> dict[str, int]:
        """What counts for keeping a tier beyond a day: with what refunds took, if that is the policy."""
        counts = counts_on(self._lots, ladder.units, day, ladder.rolling)
        if ladder.refunds is RefundPolicy.NEVER:
            back = counts_on(self._returned, ladder.units, day, ladder.rolling)
            return counting.joined(counts, back)
        return counts

    # --- refunds -----------------------------------------------------------------------------------------

    def _rebase(self, ladder: Ladder, units: Sequence[Counted], sign: int) -> None:
        """Add to what tiers were reached and kept with, or take off it."""
        standing = self._standings[ladder.code]
        held = counting.rebased(standing.held, units, ladder.rolling, sign)
        self._standings[ladder.code] = changed(standing, held=held)

    def _left_of(self, ladder: Ladder, held: Held) -> Held:
        """What is left of a tier, given what it was reached or kept with."""
        basis, rank, tasks = held.basis, ladder.ranks[held.tier], self._tasks.keys()
        if basis is None:
            return held
        now = counts_on(self._lots, ladder.units, self._day)
        highest = ladder.kept if basis.by_review else ladder.reached_up_to
        left = max(highest(basis.counts, tasks, rank), highest(now, tasks, rank))
        if left == rank:
            return held
        beneath = self._left_beneath(ladder, held.beneath)
        if left <= ladder.ranks[beneath.tier]:
            return beneath
        tier = ladder.at(left)
        if tier.asks_nothing:
            return Held(tier=tier.code)
        return changed(held, tier=tier.code, beneath=beneath if beneath.tier else None)

    def _left_beneath(self, ladder: Ladder, beneath: Held | None) -> Held:
        """What is left of the tier that a member had before. One that has run out is reviewed today."""
        if beneath is None or not beneath.tier:
            return Held()
        if beneath.ends_on >= self._day:
            return self._left_of(ladder, beneath)
        counts = self._counts_for_keeping(ladder, self._day)
        rank = ladder.kept(counts, self._tasks.keys(), ladder.ranks[beneath.tier])
        until = ladder.validity.lowered(self._day)
        return self._held(ladder, rank, until, Basis(self._day, True, counts))

    # --- revisions ---------------------------------------------------------------------------------------

    def _come_under(self, since: datetime) -> None:
        """Other ladders take force: what they bring gives no rewards for reaching it.

        It has happened only where it changes where the member stands.
        """
        before = dict(self._standings)
        self.at = max(self.at, since)
        self._day = self._days.day_of(self.at)
        for code in sorted(self._before.ladders.keys() - self._ladders.keys()):
            tier = self._before.ladders[code].tier
            if tier:
                self._changes.append(Change(code, self.at, tier, NO_TIER, Why.PROGRAM))
        for code, ladder in self._ladders.items():
            standing = self._standings[code]
            override = standing.override
            if override is not None and override.tier not in ladder.ranks:
                override = None
            counts = counts_on(self._lots, ladder.units, self._day)
            rank = ladder.ranks.get(standing.held.tier, 0)
            above = ladder.reached(counts, self._tasks.keys(), above=rank)
            if above > rank or standing.held.tier not in ladder.ranks:
                until = ladder.validity.reached(self._day)
                held = self._held(ladder, above, until, Basis(self._day, False, counts))
            else:
                held = self._under(ladder, standing.held)
            known = {key: day for key, day in standing.granted.items() if _is_grant(ladder, key)}
            self._become(ladder, Why.PROGRAM, held=held, override=override, granted=known)
        self._grant()
        is_gone = not self._before.ladders.keys() <= self._ladders.keys()
        self._is_changed = is_gone or self._standings != before

    def _under(self, ladder: Ladder, held: Held) -> Held:
        """A tier that is held, under another revision. It is reviewed when it was to be, if ever."""
        if held.beneath is not None and held.beneath.tier not in ladder.ranks:
            held = changed(held, beneath=None)
        if held.basis is not None and (
            ladder.refunds is not RefundPolicy.AT_ONCE or held.basis.counts.keys() != ladder.units
        ):
            held = changed(held, basis=None)
        until = ladder.validity.reached(self._day)
        if ladder.tier(held.tier).asks_nothing or until == NEVER:
            return changed(held, anchor=date.min, until=NEVER, grace_until=None)
        return changed(held, anchor=self._day, until=until) if held.until == NEVER else held


_NOWHERE: Final = Standing()


def moment_after(
    standings: Mapping[str, Standing], coming: Iterable[Coming], terms: Terms
) -> datetime | None:
    """When something falls due next of what stands so under a revision; None for never."""
    ends, starts = NEVER, NEVER
    for code, ladder in terms.ladders.items():
        standing = standings.get(code, _NOWHERE)
        ends = min(ends, standing.held.ends_on)
        if standing.override is not None:
            ends = min(ends, standing.override.until)
        for key, grant in _grants_of(ladder, standing.tier):
            starts = min(starts, next_start(grant.every, standing.granted[key]))
    for each in coming:
        starts = min(starts, each.counts_from)
    if ends == starts == NEVER:
        return None
    start = END_OF_TIME if starts == NEVER else terms.days.start_of(starts)
    return min(terms.days.end_of(ends), start)


def effective(ladder: Ladder, standing: Standing) -> str:
    """The tier that counts: the member's own, unless somebody has set another."""
    override = standing.override
    if override is None:
        return standing.held.tier
    is_higher = ladder.ranks[override.tier] > ladder.ranks[standing.held.tier]
    return override.tier if override.exactly or is_higher else standing.held.tier


def _grants_of(ladder: Ladder, tier: str) -> Iterator[tuple[str, Grant]]:
    """The periodic grants of a tier, by what they are known under."""
    if ladder.has_grants:
        for place, grant in enumerate(ladder.tier(tier).benefits.grants):
            yield f"{tier}/{place}", grant


def _is_grant(ladder: Ladder, key: str) -> bool:
    tier, _, place = key.rpartition("/")
    return tier in ladder.ranks and int(place) < len(ladder.tier(tier).benefits.grants)
