"""Units, such as points, or chances for a draw: into lots of their own. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from tallybook.growth.giving import has_room
from tallybook.growth.portions import units_portion
from tallybook.growth.task_state import Portion
from tallybook.journal.accounts import AVAILABLE, ISSUED, PENDING, VESTED, Posting
from tallybook.journal.folio import Folio
from tallybook.journal.moves import Lot, Shortfall, claw_back, credit
from tallybook.journal.originals import Original
from tallybook.mall.kinds.kind import Kind
from tallybook.mall.notes import Gave
from tallybook.programs.program import Program
from tallybook.programs.rewards import UnitsReward


def _fits(folio: Folio, program: Program, reward: UnitsReward, pieces: int, at: datetime) -> bool:
    return has_room(folio, [replace(reward, steps=reward.steps * pieces)])


def _give(folio: Folio, program: Program, reward: UnitsReward, pieces: int, at: datetime) -> Gave:
    today = program.today(at)
    whole = replace(reward, steps=reward.steps * pieces)
    portion = units_portion(whole, program.units[reward.unit], today)
    credit(folio, lot_of(portion), ISSUED, portion.amount, program, today)
    return Gave(portion=portion)


def _take_back(folio: Folio, program: Program, gave: Gave, at: datetime) -> str:
    """Out of the lot that they went to, or out of others: as many must be there."""
    portion = gave.portion
    assert portion is not None, "what gave units remembers a portion"
    target = AVAILABLE if portion.vests_on == VESTED else PENDING
    posting = Posting(*lot_of(portion), ISSUED, target, portion.amount)
    spend_key = program.units[portion.unit].spend_key
    taken = claw_back(
        folio, Original("", (posting,), 0, {}), portion.amount, Shortfall.WITHIN_BALANCE, spend_key
    )
    return f"{taken.forgiven} {portion.unit} of what it gave are not there any more" if taken.forgiven else ""


def lot_of(portion: Portion) -> Lot:
    """The lot of a portion."""
    return Lot(portion.unit, portion.fund, portion.vests_on, portion.expires_on)


UNITS: Final = Kind(_fits, _give, _take_back)
