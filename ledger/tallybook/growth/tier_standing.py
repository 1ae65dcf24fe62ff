"""Where a member stands on a ladder, as people want to know it. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import msgspec
from msgspec.structs import replace as changed

from tallybook.growth import counting
from tallybook.growth.counting import counts_on
from tallybook.growth.ladders import advanced, next_moment
from tallybook.growth.tier_state import Held, LadderProgram, Override, Standing, Terms, TierState
from tallybook.programs.benefits import NO_BENEFITS
from tallybook.programs.expiry import NEVER
from tallybook.programs.ladders import NO_TIER, Ladder, RefundPolicy, Way
from tallybook.programs.local_days import LocalDays

LAPSES_MAX: Final = 5


class Missing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one way asks for besides what there is: steps by unit, and tasks. Nothing where it is met."""

    units: dict[str, int] = {}
    tasks: tuple[str, ...] = ()


class Lapse(msgspec.Struct, frozen=True, kw_only=True):
    """Steps of a unit that count through a local day, and no longer."""

    unit: str
    counts_through: date
    steps: int


class Drop(msgspec.Struct, frozen=True, kw_only=True):
    """The moment at which a tier is lost if nothing more comes in, and the tier that is left."""

    at: datetime
    tier: str


class LadderStanding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a member stands on a ladder at a moment.

    `tier` is what counts, and `own_tier` what the member has without the override. `valid_through` is the
    last day before the review, and `grace_through` that of the grace that the member is in; None is never.
    `counts` are the steps that count, of the units that the ladder asks for. `to_next` has one entry for each
    way to the tier `next_tier`, and `to_keep` for each way to keep `own_tier`: any is enough. `lapses` are
    the next steps that stop counting.
    """

    ladder: str
    tier: str
    own_tier: str
    since: datetime | None = None
    valid_through: date | None = None
    grace_through: date | None = None
    override: Override | None = None
    counts: dict[str, int] = {}
    next_tier: str = NO_TIER
    to_next: tuple[Missing, ...] = ()
    to_keep: tuple[Missing, ...] = ()
    drop: Drop | None = None
    lapses: tuple[Lapse, ...] = ()


def standing(state: TierState, terms: Terms, at: datetime, ladder: str) -> LadderStanding:
    """Where a member stands at a moment, which is not before the last thing that happened."""
    state = advanced(state, terms, at).state
    on = terms.ladders[ladder]
    here = state.ladders.get(ladder, Standing())
    held, day = here.held, terms.days.day_of(at)
    counts = counts_on(state.lots, sorted(on.units), day)
    rank = on.ranks[held.tier]
    above = on.at(rank + 1) if rank < len(on.tiers) else None
    return LadderStanding(
        ladder=ladder,
        tier=here.tier,
        own_tier=held.tier,
        since=here.since,
        valid_through=_or_never(held.until),
        grace_through=held.grace_until,
        override=here.override,
        counts=counts,
        next_tier=NO_TIER if above is None else above.code,
        to_next=() if above is None else _missing(above.entry, counts, state.tasks.keys()),
        to_keep=_to_keep(state, on, held),
        drop=_drop(state, terms, on),
        lapses=_lapses(state, on, day),
    )


def tier_at(state: TierState, ladder: str, at: datetime) -> str | None:
    """The tier that a member had at a moment that has passed; None where the history no longer tells."""
    own = [change for change in state.history if change.ladder == ladder]
    told = [change for change in own if change.at <= at]
    if told:
        return told[-1].after
    if state.forgotten and (not state.history or at < state.history[0].at):
        return None
    if own:
        return own[0].before
    return state.ladders[ladder].tier if ladder in state.ladders else NO_TIER


def _or_never(day: date) -> date | None:
    return None if day == NEVER else day


def _missing(ways: Sequence[Way], counts: Mapping[str, int], tasks: Set[str]) -> tuple[Missing, ...]:
    return tuple(
        Missing(
            units={
                unit: steps - counts.get(unit, 0)
                for unit, steps in sorted(way.units.items())
                if steps > counts.get(unit, 0)
            },
            tasks=tuple(sorted(way.tasks - tasks)),
        )
        for way in ways
    )


def _to_keep(state: TierState, ladder: Ladder, held: Held) -> tuple[Missing, ...]:
    """What is missing on the day of the review, or of the end of the grace, with what is known of already."""
    if held.ends_on == NEVER:
        return ()
    lots = _with_coming(state, held.ends_on)
    counts = counts_on(lots, ladder.units, held.ends_on, ladder.rolling)
    if ladder.refunds is RefundPolicy.NEVER:
        back = counts_on(state.returned, ladder.units, held.ends_on, ladder.rolling)
        counts = counting.joined(counts, back)
    return _missing(ladder.tier(held.tier).keep, counts, state.tasks.keys())


def _with_coming(state: TierState, day: date) -> dict[str, dict[date, int]]:
    """What counts on a day to come, as far as is known."""
    lots = {unit: dict(of_unit) for unit, of_unit in state.lots.items()}
    for each in state.coming:
        if each.counts_from <= day:
            counting.add(lots, each.unit, each.counts_through, each.steps)
    return lots


def _lapses(state: TierState, ladder: Ladder, day: date) -> tuple[Lapse, ...]:
    soonest = sorted(
        (last, unit, steps)
        for unit in ladder.units
        for last, steps in state.lots.get(unit, {}).items()
        if day <= last < NEVER
    )
    return tuple(
        Lapse(unit=unit, counts_through=last, steps=steps) for last, unit, steps in soonest[:LAPSES_MAX]
    )


def _drop(state: TierState, terms: Terms, ladder: Ladder) -> Drop | None:
    """When the tier would be lost, and what would be left, if nothing more came in.

    What is kept at a review after all that ever lapses has lapsed is kept for good.
    """
    terms = Terms(_alone(ladder, terms.program), terms.since, terms.first)
    state = changed(state, ladders={each: on for each, on in state.ladders.items() if each == ladder.code})
    begun = here = state.ladders.get(ladder.code, Standing())
    lasts = [each.counts_through for each in state.coming]
    lasts += [last for lots in (state.lots, state.returned) for of_unit in lots.values() for last in of_unit]
    settled = max((last for last in lasts if last < NEVER), default=date.min)
    moment = next_moment(state, terms)
    while moment is not None:
        before = here.held
        state = advanced(state, terms, moment).state
        here = state.ladders.get(ladder.code, Standing())
        if ladder.ranks[here.tier] < ladder.ranks[begun.tier]:
            return Drop(at=moment, tier=here.tier)
        is_reviewed = terms.days.end_of(before.ends_on) <= moment and before.ends_on > settled
        is_kept = here.held.tier == before.tier and here.held.grace_until is None
        if is_reviewed and is_kept and here.override is None:
            return None
        moment = next_moment(state, terms)
    return None


@dataclass(frozen=True, slots=True)
class _Alone:
    """A program of one ladder that gives nothing."""

    revision: int
    ladders: Mapping[str, Ladder]
    days: LocalDays


def _alone(ladder: Ladder, program: LadderProgram) -> _Alone:
    tiers = tuple(replace(tier, benefits=NO_BENEFITS) for tier in ladder.tiers)
    return _Alone(program.revision, {ladder.code: replace(ladder, tiers=tiers)}, program.days)
