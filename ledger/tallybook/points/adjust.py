"""Adjust: correct a balance by hand, with a reason. Pure: no clock, no database."""

from __future__ import annotations

from tallybook.engine.checks import check_flag, check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput, NotEnoughPoints
from tallybook.journal.accounts import (
    ADJUSTED,
    ARREARS,
    HOUSE_FUND,
    MAX_AMOUNT,
    NEVER,
    VESTED,
    Posting,
)
from tallybook.journal.moves import Lot, credit, move_out, plan_spending
from tallybook.members.bearers import check_member_name
from tallybook.members.spending import points_unit
from tallybook.points.posted import Posted


class Adjusted(Posted, frozen=True, kw_only=True):
    """`amount` (below zero for a deduction) was booked; `arrears` of a deduction is owed now."""

    arrears: int = 0


class Adjust(Command[Adjusted], frozen=True, kw_only=True, tag="adjust"):
    """Add `amount` of `unit`, or deduct it where it is below zero. Needs a reason.

    What is added expires as an award of today would. A deduction beyond what is available is refused with
    `NotEnoughPoints`, unless `allow_arrears` is set: then the member owes the rest. Works on frozen members,
    and on units of every kind but money (`MoneyUnit`).
    """

    unit: str
    amount: int
    fund: str = HOUSE_FUND
    allow_arrears: bool = False
    reply_type = Adjusted

    def check(self) -> None:
        check_member_name(self.member)
        check_id("unit", self.unit)
        check_id("fund", self.fund)
        check_whole("amount", self.amount, smallest=-MAX_AMOUNT)
        if not self.amount:
            raise InvalidInput("amount", "must not be zero")
        check_flag("allow_arrears", self.allow_arrears)
        if not self.reason:
            raise InvalidInput("reason", "must say why the balance is corrected")

    def decide(self, desk: Desk) -> Adjusted:
        unit = points_unit(desk, self.unit)
        desk.check_fund(self.fund)
        owed = 0
        if self.amount > 0:
            lot = Lot(self.unit, self.fund, VESTED, unit.expires_on(desk.today))
            credit(desk.folio, lot, ADJUSTED, self.amount, desk.program, desk.today)
        else:
            owed = self._deduct(desk)
        return Adjusted(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=self.unit,
            amount=self.amount,
            balance=desk.balance(self.unit),
            arrears=owed,
        )

    def _deduct(self, desk: Desk) -> int:
        asked = -self.amount
        parts, missing = plan_spending(desk.folio, self.unit, asked, desk.unit(self.unit).spend_key)
        if missing and not self.allow_arrears:
            raise NotEnoughPoints(unit=self.unit, asked=asked, available=asked - missing)
        move_out(desk.folio, parts, ADJUSTED)
        if missing:
            desk.folio.post(Posting(self.unit, self.fund, VESTED, NEVER, ARREARS, ADJUSTED, missing))
        return missing
