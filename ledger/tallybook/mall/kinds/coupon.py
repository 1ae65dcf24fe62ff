"""Coupons of a template without a stock and limits: the item has its own. Pure: no clock, no database."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from tallybook.coupons.issue import give_coupons
from tallybook.coupons.moves import Move, State
from tallybook.coupons.notes import find_coupon, move_coupon
from tallybook.journal.folio import Folio
from tallybook.mall.kinds.kind import Kind
from tallybook.mall.notes import Gave
from tallybook.programs.program import Program
from tallybook.programs.rewards import CouponReward


def _fits(folio: Folio, program: Program, reward: CouponReward, pieces: int, at: datetime) -> bool:
    """Unless they would have expired when they are issued."""
    _, ends_at = program.coupons[reward.template].validity.span(at, program.days)
    return ends_at > at


def _give(folio: Folio, program: Program, reward: CouponReward, pieces: int, at: datetime) -> Gave:
    return Gave(coupons=give_coupons(folio, program, reward.template, reward.count * pieces, at))


def _take_back(folio: Folio, program: Program, gave: Gave, at: datetime) -> str:
    for coupon in gave.coupons:
        note = find_coupon(folio, coupon)
        if note is None or note.state is not State.ISSUED:
            return f"coupon {coupon} is {'gone' if note is None else note.state}"
        move_coupon(folio, coupon, note, Move.VOID, at)
    return ""


COUPON: Final = Kind(_fits, _give, _take_back)
