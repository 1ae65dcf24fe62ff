"""Does something by hand to tiers or tasks, at the end of the story. Pure: no clock, no database."""

from __future__ import annotations

from typing import NamedTuple

from tallybook.engine.desk import Desk
from tallybook.growth.acts import Act, Aside, ToldAct, written_act
from tallybook.growth.growing import Growing
from tallybook.growth.growth import Growth, begun, growth_of, put_growth
from tallybook.growth.postings import Given, post_given
from tallybook.growth.timely import may_be_given


class Acted(NamedTuple):
    """Growth after an act, and what tasks and tiers gave because of it."""

    growth: Growth
    given: tuple[Given, ...]


def growth_now(desk: Desk) -> Growth:
    """The member's growth, begun where there is none yet."""
    return growth_of(desk.folio) or begun(desk.folio, desk.now)


def act(desk: Desk, what: Act) -> Acted:
    """Carry out an act, which the caller has checked, and keep it with the entry."""
    folio, program = desk.folio, desk.program
    growth = growth_now(desk)
    at = growth.end(desk.now)
    desk.content = written_act(ToldAct(what, at, program.revision))
    growing = Growing(growth, gets_nothing=not may_be_given(folio))
    Aside(at, program, what).tell(growing)
    posted = post_given(folio, program, desk.now, {}, growing.given, growing.given_on, growing.given_by)
    given = tuple(each for each, _ in posted)
    put_growth(folio, growing.growth())
    return Acted(growing.growth(), given)
