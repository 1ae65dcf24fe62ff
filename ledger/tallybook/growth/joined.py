"""What the calendar gave, and memberships, of two members who become one. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from tallybook.growth.grants import had_of, put_had
from tallybook.growth.memberships import (
    MEMBERSHIPS,
    Membership,
    Term,
    afresh,
    ending,
    left_of_each,
    memberships_of,
    put_memberships,
    with_held,
)
from tallybook.journal.folio import Folio
from tallybook.programs.program import Program


def join_grants(kept: Folio, gone: Folio) -> None:
    """What either had, both had: nothing is given twice a year. Of the same occasion, what came later counts:
    another birthday's may be of the year after.
    """
    one, other = had_of(kept), had_of(gone)
    more = {
        code: had
        for code, had in other.items()
        if code not in one or (had.key, had.on) > (one[code].key, one[code].on)
    }
    if more:
        put_had(kept, {**one, **more})


def join_memberships(kept: Folio, gone: Folio, program: Program, now: datetime) -> None:
    """The other's days to come go along, at the end of those that there are, and are worth what they were."""
    memberships = memberships_of(kept)
    others = memberships_of(gone).held
    for plan, other in others.items():
        memberships = with_held(memberships, plan, _joined(memberships.held.get(plan), other, program, now))
    if others:
        put_memberships(kept, memberships)
        gone.put_note(MEMBERSHIPS, None)


def _joined(one: Membership | None, other: Membership, program: Program, now: datetime) -> Membership:
    if one is None:
        return other
    today = program.today(now)
    terms = [_to_come(term, left) for term, left in left_of_each(other, today) if left]
    if terms and one.last_day < today:
        one = afresh(one, today + timedelta(days=1))
    given = sum(term.days for term in terms if term.worth is None)
    together = replace(
        one,
        terms=(*one.terms, *terms),
        bought=one.bought + sum(term.days for term in terms) - given,
        given=one.given + given,
        renews=one.renews or other.renews,
        periods=_later(one.periods, other.periods),
    )
    return ending(together, program)


def _to_come(term: Term, left: int) -> Term:
    """The days to come of a term, counted from no other day any more where some of it were used."""
    if left == term.days:
        return term
    return replace(term, days=left, anchor=None, months=0, used=term.used + term.days - left)


def _later(one: Mapping[str, date], other: Mapping[str, date]) -> dict[str, date]:
    """The periods that either was given for: of two, the later one."""
    return {**one, **{place: max(since, one.get(place, since)) for place, since in other.items()}}
