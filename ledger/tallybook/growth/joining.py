"""What tiers and tasks of two members come to who turn out to be one. Pure: no clock, no database.

What either holds, both hold; what counts adds up, and what that suffices for is reached at the merge. What
was given to either stays given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final, TypeVar

from msgspec.structs import replace

from tallybook.growth.completions import Given, given_between, reached, settled
from tallybook.growth.ladders import advanced, gained
from tallybook.growth.task_state import (
    Completion,
    Forgotten,
    PeriodState,
    TasksState,
    TaskState,
    with_horizon,
)
from tallybook.growth.tasks import Step, TasksProgram
from tallybook.growth.tier_state import (
    HISTORY_MAX,
    Change,
    Coming,
    Held,
    Lots,
    Outcome,
    Standing,
    Terms,
    TierState,
    Why,
)
from tallybook.growth.tier_walk import effective
from tallybook.programs.ladders import Ladder
from tallybook.programs.program import Unit
from tallybook.programs.tasks import Task

_NOWHERE: Final = Standing()
K = TypeVar("K")
V = TypeVar("V", date, int)


def tiers_joined(one: TierState, other: TierState, terms: Terms, at: datetime) -> Outcome:
    """Where a member stands who was two until now; `one` is where time has brought it."""
    theirs = advanced(other, terms, at).state
    standings, changes = {}, []
    for code, ladder in terms.ladders.items():
        before = one.ladders.get(code, _NOWHERE)
        now = _standing(ladder, before, theirs.ladders.get(code, _NOWHERE))
        if now.tier != before.tier:
            changes.append(Change(code, at, before.tier, now.tier, Why.MERGED))
            now = replace(now, since=at)
        if now != _NOWHERE:
            standings[code] = now
    state = _with_standings(one, terms, at, standings, changes)
    state = replace(
        state,
        lots=_lots(one.lots, theirs.lots),
        coming=_coming((*one.coming, *theirs.coming)),
        returned=_lots(one.returned, theirs.returned),
        tasks=_latest(one.tasks, theirs.tasks),
    )
    reached = gained(state, terms, at, ())
    return Outcome(reached.state, (*changes, *reached.changes), reached.due)


def tiers_parted(state: TierState, terms: Terms, at: datetime, held: Mapping[str, Held]) -> Outcome:
    """Where a member stands who is told apart from another one: as before on these ladders, or as what counts
    now suffices for.
    """
    standings, changes = dict(state.ladders), []
    for code, before in held.items():
        ladder, standing = terms.ladders.get(code), state.ladders.get(code, _NOWHERE)
        if ladder is None or before.tier not in ladder.ranks:
            continue
        now = replace(standing, held=before)
        tier = effective(ladder, now)
        if tier != standing.tier:
            changes.append(Change(code, at, standing.tier, tier, Why.SPLIT))
            now = replace(now, tier=tier, since=at)
        standings[code] = now
    reached = gained(_with_standings(state, terms, at, standings, changes), terms, at, ())
    return Outcome(reached.state, (*changes, *reached.changes), reached.due)


def _with_standings(
    state: TierState,
    terms: Terms,
    at: datetime,
    standings: dict[str, Standing],
    changes: Iterable[Change],
) -> TierState:
    history = (*state.history, *changes)
    return replace(
        state,
        at=at,
        revision=terms.program.revision,
        ladders=dict(sorted(standings.items())),
        history=history[-HISTORY_MAX:],
        forgotten=state.forgotten + max(0, len(history) - HISTORY_MAX),
    )


def _standing(ladder: Ladder, one: Standing, other: Standing) -> Standing:
    """The higher tier of two, or of the same the one that is held longer; gifts that either had count."""
    held = max(one.held, other.held, key=lambda each: (ladder.ranks[each.tier], each.ends_on))
    joined = replace(
        one,
        held=held,
        override=one.override or other.override,
        reached=_latest(one.reached, other.reached),
        granted=_latest(one.granted, other.granted),
    )
    return replace(joined, tier=effective(ladder, joined))


def _latest(one: Mapping[str, V], other: Mapping[str, V]) -> dict[str, V]:
    """Of what both have, the later or larger one."""
    found = {**one, **{key: max(value, one.get(key, value)) for key, value in other.items()}}
    return dict(sorted(found.items()))


def _sums(one: Mapping[K, int], other: Mapping[K, int]) -> dict[K, int]:
    found = {**one, **{key: steps + one.get(key, 0) for key, steps in other.items()}}
    return dict(sorted(found.items()))


def _lots(one: Lots, other: Lots) -> Lots:
    return {unit: _sums(one.get(unit, {}), other.get(unit, {})) for unit in sorted(one.keys() | other.keys())}


def _coming(several: Iterable[Coming]) -> tuple[Coming, ...]:
    sums: dict[tuple[date, str, date], int] = {}
    for each in several:
        key = each.counts_from, each.unit, each.counts_through
        sums[key] = sums.get(key, 0) + each.steps
    return tuple(sorted(Coming(*key, steps) for key, steps in sums.items()))


# --- tasks -----------------------------------------------------------------------------------------------


def tasks_joined(one: TasksState, other: TasksState, program: TasksProgram, day: date) -> Step:
    """What both have done in tasks. What adds up to a goal in the period that goes on completes it."""
    state, given = one, list[Given]()
    for code, theirs in other.tasks.items():
        joined, task = _joined(one.of(code), theirs), program.tasks.by_code.get(code)
        after = joined if task is None else _completed(task, joined, day, program.units)
        if after is not joined:
            given += given_between(code, joined, after, after.periods[-1].since)
        state = state.put(code, with_horizon(after))
    return Step(state, given=tuple(given))


def _joined(one: TaskState, other: TaskState) -> TaskState:
    horizon = max((each.horizon for each in (one, other) if each.horizon is not None), default=None)
    periods: dict[date, PeriodState] = {}
    for each in (*one.periods, *other.periods):
        there = periods.get(each.since)
        periods[each.since] = each if there is None else _period(there, each)
    last = max(periods, default=None)
    kept = [each for since, each in sorted(periods.items()) if each.reached_on or since == last]
    old = [each for each in kept if horizon is not None and each.since <= horizon]
    forgotten = [each for each in (one.forgotten, other.forgotten) if each is not None]
    forgotten += [Forgotten(each.since, each.open_streak) for each in old]
    return TaskState(
        periods=tuple(kept[len(old) :]),
        completions=_completions(one.completions, other.completions),
        horizon=horizon,
        forgotten=max(forgotten, key=lambda each: each.since, default=None),
    )


def _period(one: PeriodState, other: PeriodState) -> PeriodState:
    """What both have done in a period, by the terms of the one who reached the goal first."""
    return replace(
        min(one, other, key=lambda each: each.reached_on or date.max),
        amount=one.amount + other.amount,
        values=_sums(one.values, other.values),
        is_cut=one.is_cut or other.is_cut,
        reach=max(one.reach, other.reach),
        run=max(one.run, other.run),
    )


def _completions(one: tuple[Completion, ...], other: tuple[Completion, ...]) -> tuple[Completion, ...]:
    found: dict[date, Completion] = {}
    for each in (*one, *other):
        there = found.get(each.since)
        found[each.since] = each if there is None else _completion(there, each)
    number = sum(several[0].number - 1 for several in (one, other) if several)
    return tuple(
        replace(each, number=number + place) for place, (_, each) in enumerate(sorted(found.items()), 1)
    )


def _completion(one: Completion, other: Completion) -> Completion:
    """Completed by both in one period: it counts once, and what was given to either was given."""
    if one.is_given and other.is_given:
        return replace(one, on=min(one.on, other.on), portions=(*one.portions, *other.portions))
    return other if other.is_given else one


def _completed(task: Task, state: TaskState, day: date, units: Mapping[str, Unit]) -> TaskState:
    """With the period that goes on, reached by what adds up, and its place in a streak of both."""
    last = state.periods[-1] if state.periods else None
    if last is None or state.completion(last.since) is not None:
        return state
    if last.reached_on is None and last.progress >= task.goal.reach:
        last = reached(task, last, day, units)
    after = replace(state, periods=(*state.periods[:-1], last))
    after = settled(task.period, after, last.since)
    return state if after == state else after
