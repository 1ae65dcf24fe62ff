"""Days of a plan of membership, at the end of what there is. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from tallybook.growth.memberships import given_back, memberships_of, put_memberships, with_held
from tallybook.growth.timely import give_timely, has_room_for
from tallybook.journal.folio import Folio
from tallybook.mall.kinds.kind import Kind
from tallybook.mall.notes import Gave
from tallybook.programs.program import Program
from tallybook.programs.rewards import MembershipDaysReward


def _fits(folio: Folio, program: Program, reward: MembershipDaysReward, pieces: int, at: datetime) -> bool:
    return has_room_for(folio, program, [replace(reward, days=reward.days * pieces)], at)


def _give(folio: Folio, program: Program, reward: MembershipDaysReward, pieces: int, at: datetime) -> Gave:
    whole = replace(reward, days=reward.days * pieces)
    give_timely(folio, program, whole, at)
    return Gave(plan=whole.plan, days=whole.days)


def _take_back(folio: Folio, program: Program, gave: Gave, at: datetime) -> str:
    memberships = memberships_of(folio)
    held, taken = memberships.held.get(gave.plan), 0
    if held is not None:
        taken, after = given_back(held, program, program.today(at), gave.days)
        put_memberships(folio, with_held(memberships, gave.plan, after))
    return f"{gave.days - taken} of the {gave.days} days it gave are used" if taken < gave.days else ""


DAYS: Final = Kind(_fits, _give, _take_back)
