"""What time does to tiers: reviews, grants, the end of what was set by hand. Pure: no clock, no database.

It also looks whether the units that tiers are reached by are still those that the story knows of: a
correction by hand, a gift of growth for a birthday, an order of the support all bring some without an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from tallybook.growth.growing import Growing
from tallybook.growth.growth import (
    Growth,
    Move,
    begun,
    gives_to_everybody,
    growth_of,
    ladder_units,
    put_growth,
)
from tallybook.growth.ladders import next_moment, terms_of
from tallybook.growth.postings import post_given
from tallybook.growth.tier_state import Counted, TierState
from tallybook.growth.timely import may_be_given
from tallybook.journal.accounts import AVAILABLE, EXPIRED, PENDING, VESTED, Posting
from tallybook.journal.folio import Folio
from tallybook.journal.settle import Clock
from tallybook.members.bearers import PREFIXES
from tallybook.members.erased import erased_on
from tallybook.programs.program import Program

REVIEW_TIERS: Final = "review_tiers"


def _next_at(folio: Folio, program: Program) -> datetime | None:
    growth = _growth(folio, program)
    if not program.ladders and (growth is None or not growth.tiers.ladders):
        return None
    tiers = TierState() if growth is None else growth.tiers
    moment = None if growth is None else next_moment(tiers, terms_of(program))
    if not any(_moved(folio, program, tiers)):
        return moment
    latest = _latest(folio, tiers)
    return latest if moment is None else min(moment, latest)


def _growth(folio: Folio, program: Program) -> Growth | None:
    """A member's growth. It begins with enrolment where that brings a tier which gives something, and
    elsewhere with what is told.
    """
    growth = growth_of(folio)
    if growth is not None or not gives_to_everybody(program):
        return growth
    if folio.member.startswith(PREFIXES) or erased_on(folio) is not None:
        return None
    assert folio.told_until is not None, "who is there was enrolled"
    return begun(folio, folio.told_until)


def _apply(folio: Folio, program: Program, at: datetime) -> None:
    gets_nothing = not may_be_given(folio)
    growing = Growing(growth_of(folio) or begun(folio, at), gets_nothing=gets_nothing)
    growing.advance(program, at)
    _give(folio, program, at, growing)  # first: what counts of it has to be there when it is looked for
    gained, lost = _moved(folio, program, growing.tiers)
    if (gained or lost) and at >= _latest(folio, growing.tiers):
        growing = Growing(growing.growth(), gets_nothing=gets_nothing)
        growing.keep_move(program, Move(at, program.revision, gained, lost))
        _give(folio, program, at, growing)
    put_growth(folio, growing.growth())


def _give(folio: Folio, program: Program, at: datetime, growing: Growing) -> None:
    for _ in post_given(folio, program, at, {}, growing.given, growing.given_on, growing.given_by):
        pass


def _lasts(folio: Folio, program: Program, postings: Sequence[Posting]) -> bool:
    """Whether units that tiers are reached by came and went only on the days that the story knows as well."""
    units = ladder_units(program)
    moved = [posting for posting in postings if posting.unit in units]
    if not moved:
        return True
    assert folio.told_until is not None, "who is there was enrolled"
    today = program.today(folio.told_until)
    return all(
        (each.from_account, each.to_account) == (PENDING, AVAILABLE)
        or (each.to_account == EXPIRED and each.expires_on < today)
        for each in moved
    )


REVIEW: Final = Clock(REVIEW_TIERS, _next_at, _apply, _lasts)


def _latest(folio: Folio, tiers: TierState) -> datetime:
    """When something last happened, to the folio or to tiers: however late it is looked at."""
    assert folio.told_until is not None, "who is there was enrolled"
    return max(folio.told_until, tiers.at or folio.told_until)


def _moved(
    folio: Folio, program: Program, tiers: TierState
) -> tuple[tuple[Counted, ...], tuple[Counted, ...]]:
    """The units that are there and the story does not know of, and those that it knows of and are gone."""
    today = program.today(_latest(folio, tiers))
    there = _there(folio, ladder_units(program), today)
    known = _known(tiers, today)
    if there == known:
        return (), ()
    gained: list[Counted] = []
    lost: list[Counted] = []
    for (unit, since, through), steps in sorted(there.items()):
        more = steps - known.pop((unit, since, through), 0)
        if more > 0:
            gained.append(Counted(unit, max(since, today), through, more))
        elif more:
            lost.append(Counted(unit, since, through, -more))  # whatever it was reached with is less by it
    lost += [Counted(unit, since, through, steps) for (unit, since, through), steps in sorted(known.items())]
    return tuple(gained), tuple(lost)


_Key = tuple[str, date, date]


def _there(folio: Folio, units: frozenset[str], today: date) -> dict[_Key, int]:
    sums: dict[_Key, int] = {}
    for key, steps in folio.lots.items():
        if key.unit in units and key.account in (AVAILABLE, PENDING) and key.expires_on >= today:
            since = VESTED if key.vests_on <= today else key.vests_on
            place = key.unit, since, key.expires_on
            sums[place] = sums.get(place, 0) + steps
    return sums


def _known(tiers: TierState, today: date) -> dict[_Key, int]:
    sums: dict[_Key, int] = {
        (unit, VESTED, through): steps
        for unit, lots in tiers.lots.items()
        for through, steps in lots.items()
        if through >= today
    }
    for each in tiers.coming:
        if each.counts_through >= today:
            since = VESTED if each.counts_from <= today else each.counts_from
            place = each.unit, since, each.counts_through
            sums[place] = sums.get(place, 0) + each.steps
    return sums
