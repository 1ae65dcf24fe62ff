"""Stored value, as bonus: nobody has paid it in, so nobody is paid it back. Pure: no clock, no database."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from tallybook.growth.giving import can_hold
from tallybook.growth.task_state import Portion
from tallybook.journal.accounts import AVAILABLE, BONUS, BONUS_COST, VESTED, Posting, lot_key
from tallybook.journal.folio import Folio
from tallybook.journal.moves import credit
from tallybook.mall.kinds.kind import Kind
from tallybook.mall.kinds.units import lot_of
from tallybook.mall.notes import Gave
from tallybook.members.passbook import check_room, page_of
from tallybook.programs.mall import ValueReward
from tallybook.programs.program import Program
from tallybook.refusals.money import BalanceLimitExceeded


def _fits(folio: Folio, program: Program, reward: ValueReward, pieces: int, at: datetime) -> bool:
    steps = reward.steps * pieces
    try:
        check_room(folio, program.stored_value[reward.unit], page_of(folio, reward.unit), steps)
    except BalanceLimitExceeded:
        return False
    return can_hold(folio, reward.unit, steps)


def _give(folio: Folio, program: Program, reward: ValueReward, pieces: int, at: datetime) -> Gave:
    today, unit = program.today(at), program.units[reward.unit]
    portion = Portion(reward.unit, BONUS, reward.steps * pieces, VESTED, unit.expires_on(today, BONUS))
    credit(folio, lot_of(portion), BONUS_COST, portion.amount, program, today)
    return Gave(portion=portion)


def _take_back(folio: Folio, program: Program, gave: Gave, at: datetime) -> str:
    """Out of the bonus that lapses on the same day: as much must be there."""
    portion = gave.portion
    assert portion is not None, "what gave value remembers a portion"
    unit, fund, amount, _, expires_on = msgspec.structs.astuple(portion)
    there = folio.lots.get(lot_key(unit, AVAILABLE, fund, VESTED, expires_on), 0)
    if there < amount:
        return f"{amount - there} {unit} of the bonus that it gave are not there any more"
    folio.post(Posting(unit, fund, VESTED, expires_on, AVAILABLE, BONUS_COST, amount))
    return ""


VALUE: Final = Kind(_fits, _give, _take_back)
