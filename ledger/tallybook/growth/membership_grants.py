"""What members of a plan get in every period, as long as they have it. Pure: no clock, no database.

A membership keeps which periods it was given for. What a revision adds to a plan begins with the next term.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from tallybook.growth.memberships import memberships_of, put_memberships, with_held
from tallybook.growth.periods import next_start
from tallybook.growth.timely import give_if_may
from tallybook.journal.folio import Folio
from tallybook.journal.settle import Clock
from tallybook.programs.program import Program

MEMBERSHIP_GRANT: Final = "membership_grant"
"""The kind of entry that tells of one."""


class Period(NamedTuple):
    """A period that a plan's grant is given for: sorted by moment, then by plan and place."""

    at: datetime
    plan: str
    place: str
    since: date


def _coming(folio: Folio, program: Program) -> Iterator[Period]:
    for code, held in memberships_of(folio).held.items():
        plan = program.memberships.get(code)
        grants = () if plan is None else plan.benefits.grants
        for place, since in held.periods.items():
            if int(place) < len(grants):
                following = next_start(grants[int(place)].every, since)
                at = program.days.start_of(following)
                if at < held.ends_at:
                    yield Period(at, code, place, following)


def _next_at(folio: Folio, program: Program) -> datetime | None:
    if not program.memberships:
        return None
    return min((each.at for each in _coming(folio, program)), default=None)


def _apply(folio: Folio, program: Program, at: datetime) -> str:
    period = min(_coming(folio, program))
    memberships = memberships_of(folio)
    held = memberships.held[period.plan]
    grant = program.memberships[period.plan].benefits.grants[int(period.place)]
    give_if_may(folio, program, grant.rewards, at)
    held = replace(held, periods={**held.periods, period.place: period.since})
    put_memberships(folio, with_held(memberships, period.plan, held))
    return f"{period.plan}/{period.since.isoformat()}"


MEMBERSHIP_GRANT_CLOCK: Final = Clock(MEMBERSHIP_GRANT, _next_at, _apply)
"""What time gives to members of a plan."""
