"""Giving rewards: units into lots. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tallybook.growth.portions import units_portion
from tallybook.journal.accounts import ISSUED, MAX_AMOUNT
from tallybook.journal.folio import Folio
from tallybook.journal.moves import Lot, credit
from tallybook.programs.program import Program
from tallybook.programs.rewards import UnitsReward


def can_hold(folio: Folio, unit: str, steps: int) -> bool:
    """Whether a member's balance in a unit can hold so much more."""
    balance = folio.balance(unit)
    return balance.available + balance.pending + balance.held + steps <= MAX_AMOUNT


def has_room(folio: Folio, rewards: Iterable[UnitsReward]) -> bool:
    """Whether a member's balances can hold these rewards. Time cannot be refused, so it asks before."""
    steps: dict[str, int] = {}
    for reward in rewards:
        steps[reward.unit] = steps.get(reward.unit, 0) + reward.steps
    return all(can_hold(folio, unit, more) for unit, more in steps.items())


def give(folio: Folio, program: Program, reward: UnitsReward, today: date) -> None:
    """Give a reward on a local day, from which its own days are counted."""
    portion = units_portion(reward, program.units[reward.unit], today)
    lot = Lot(portion.unit, portion.fund, portion.vests_on, portion.expires_on)
    credit(folio, lot, ISSUED, portion.amount, program, today)
