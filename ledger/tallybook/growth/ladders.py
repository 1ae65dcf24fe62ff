"""What becomes of a member's tiers, step by step in the order of time. Pure: no clock, no database.

A member's tier is a function of facts in their order: units gained and lost, tasks done, what was set by
hand, and time. Each function takes a state and the moment of a fact, does first what time has done until
then, and returns the state after it, with the changes of tiers and the rewards that fell due on the way.

A tier is reached at once, by any of its ways, with what counts on that day; its validity begins then. At the
end of its last day it is reviewed with what counts on that day, but for units of the rolling kind, which
must outlast it: so a year of a rolling year has no day of the year before. Who passes keeps the tier, and
who does not has the grace, in which it is kept as soon as units suffice; then the member falls.

What refunds take is looked at tier by tier: one that was reached or kept with the units of a day, and would
not have been with what is left of them, is gone, unless what counts now suffices. What the member had before
it is there again.

A revision with other ladders takes force at its moment. What is due before that has to be done under the one
before: `advanced(state, old, new.since)`. Any other revision changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from tallybook.growth.tier_state import Counted, Outcome, Override, Terms, TierState, Why
from tallybook.growth.tier_walk import Walk, moment_after
from tallybook.programs.program import Program


def terms_of(program: Program) -> Terms:
    """What tiers are told by under a revision of a program."""
    return Terms(program, program.ladders_since, program.ladders_revision)


def advanced(state: TierState, terms: Terms, to: datetime, *, as_far_as_given: bool = False) -> Outcome:
    """What time does up to a moment. The state stays the same where nothing fell due.

    Whoever asks gives what falls due. Where that counts towards tiers, time may go only `as_far_as_given`:
    first it is gained, and then time goes on.
    """
    walk = Walk(state, terms)
    if walk.at > to:
        return Outcome(state)
    walk.pass_time(to, as_far_as_given=as_far_as_given)
    return walk.outcome()


def gained(
    state: TierState,
    terms: Terms,
    at: datetime,
    units: Iterable[Counted],
    tasks: Mapping[str, date] | None = None,
) -> Outcome:
    """Units that a member gained at a moment, and tasks that are done, each with its local day."""
    walk = Walk(state, terms)
    walk.pass_time(at)
    walk.gain(at, tuple(units), tasks or {})
    return walk.outcome()


def lost(
    state: TierState, terms: Terms, at: datetime, units: Iterable[Counted], tasks: Iterable[str] = ()
) -> Outcome:
    """Units that a refund took back at a moment, each named as it was gained, and tasks that it undid.

    What is no longer there of units that have not lapsed is taken from others of the kind.
    """
    walk = Walk(state, terms)
    walk.pass_time(at)
    walk.lose(at, tuple(units), frozenset(tasks))
    return walk.outcome()


def overridden(state: TierState, terms: Terms, at: datetime, ladder: str, override: Override) -> Outcome:
    """A tier that somebody sets by hand, or none. The ladder must have it."""
    assert override.tier in terms.ladders[ladder].ranks, "who sets a tier names one of the ladder"
    walk = Walk(state, terms)
    walk.pass_time(at)
    walk.override(at, terms.ladders[ladder], override, Why.OVERRIDE, override.reason)
    return walk.outcome()


def override_ended(state: TierState, terms: Terms, at: datetime, ladder: str, reason: str) -> Outcome:
    """What somebody set by hand is over before its time."""
    walk = Walk(state, terms)
    walk.pass_time(at)
    walk.override(at, terms.ladders[ladder], None, Why.OVERRIDE_ENDED, reason)
    return walk.outcome()


def next_moment(state: TierState, terms: Terms) -> datetime | None:
    """When `advanced` would next change anything; None for never. It may lie in the past."""
    if not terms.are_new_to(state):
        return moment_after(state.ladders, state.coming, terms)
    walk = Walk(state, terms)
    changed_by_terms = walk.outcome().state
    if changed_by_terms is not state:
        return changed_by_terms.at
    moment = walk.next_moment()
    return None if moment is None else max(moment, walk.at)  # a revision does nothing before it takes force
