"""Where other ladders would put all members with what they have now. Knows SQL by name; writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Final, NamedTuple

import msgspec

from tallybook.db.database import Session
from tallybook.growth.counting import counts_on
from tallybook.growth.growth import Growth, growth_of, ladder_units
from tallybook.growth.ladders import advanced, terms_of
from tallybook.growth.task_state import completed
from tallybook.growth.tier_state import Lots, TierState
from tallybook.journal.folio import Folio
from tallybook.programs.compile import compiled
from tallybook.programs.ladders import NO_TIER
from tallybook.programs.program import Program
from tallybook.programs.queries import ProgramCache, applicable
from tallybook.tiers.queries import count_members, members_with_units

SAMPLE_MAX: Final = 5
"""So many members are named of those that move alike."""
MEMBERS_A_STEP: Final = 1_000
"""After so many members, progress is told."""

Progress = Callable[[int, int], None]
"""Told how many more members have been looked at, and how many there are in all."""


class LadderMove(msgspec.Struct, frozen=True, kw_only=True):
    """So many `members` are of tier `before` on a ladder now, and would be of tier `after`; empty is none.

    `sample` names the first of them.
    """

    ladder: str
    before: str
    after: str
    members: int
    sample: tuple[str, ...]


class LaddersSimulated(msgspec.Struct, frozen=True, kw_only=True):
    """Where the ladders of a document would put the `members` of a program, ladder by ladder, lowest first.

    Goes by what is recorded.
    They stand by what counts for them today and by the tasks that they have completed, as if they came to the
    ladder now: neither what a tier that is held was granted for, nor what was set by hand, goes with them.
    """

    program: str
    members: int
    moves: tuple[LadderMove, ...]


class _Place(NamedTuple):
    ladder: str
    before: str
    after: str


def simulate_ladders(
    session: Session, text: str, programs: ProgramCache, now: datetime, progress: Progress
) -> LaddersSimulated:
    """Look at every member of a document's program once. Raises `ProgramInvalid` or `UnknownProgram`."""
    connection = session.connection
    document, revision = applicable(connection, text)
    new = compiled(document, revision)
    in_force = programs.load_timeline(connection, new.code).in_force(now)
    old = programs.load(connection, new.code, in_force)
    codes = [*old.ladders, *(code for code in new.ladders if code not in old.ladders)]
    today = new.today(now)
    total, done = count_members(connection, old.code), 0
    counts: dict[_Place, int] = {}
    samples: dict[_Place, list[str]] = {}
    with closing(members_with_units(connection, old.code, sorted(ladder_units(new)), today)) as found:
        for done, (folio, lots) in enumerate(found, 1):
            growth = growth_of(folio)
            for code in codes:
                place = _Place(
                    code, _now(growth, folio, old, code, now), _then(growth, lots, new, code, today)
                )
                counts[place] = counts.get(place, 0) + 1
                sample = samples.setdefault(place, [])
                if len(sample) < SAMPLE_MAX:
                    sample.append(folio.member)
            if done % MEMBERS_A_STEP == 0:
                progress(MEMBERS_A_STEP, total)
    if done % MEMBERS_A_STEP:
        progress(done % MEMBERS_A_STEP, total)
    moves = (
        LadderMove(**place._asdict(), members=counts[place], sample=tuple(samples[place]))
        for place in _in_order(counts, old, new, codes)
    )
    return LaddersSimulated(program=old.code, members=done, moves=tuple(moves))


def _now(growth: Growth | None, folio: Folio, program: Program, ladder: str, now: datetime) -> str:
    if ladder not in program.ladders:
        return NO_TIER
    tiers = TierState(at=folio.standing.enrolled_at) if growth is None else growth.tiers
    terms = terms_of(program)
    at = now if tiers.at is None else max(now, tiers.at)
    standing = advanced(tiers, terms, at).state.ladders.get(ladder)
    return NO_TIER if standing is None else standing.tier


def _then(growth: Growth | None, lots: Lots, program: Program, ladder: str, today: date) -> str:
    if ladder not in program.ladders:
        return NO_TIER
    on = program.ladders[ladder]
    tasks = {} if growth is None else completed(growth.tasks)
    return on.at(on.reached(counts_on(lots, on.units, today), tasks.keys())).code


def _in_order(counts: dict[_Place, int], old: Program, new: Program, codes: list[str]) -> Iterator[_Place]:
    def rank(program: Program, ladder: str, tier: str) -> int:
        return program.ladders[ladder].ranks[tier] if ladder in program.ladders else 0

    for code in codes:
        here = [place for place in counts if place.ladder == code]
        yield from sorted(here, key=lambda each: (rank(old, code, each.before), rank(new, code, each.after)))
