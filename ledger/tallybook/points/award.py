"""Award: give points. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from tallybook.engine.checks import check_day, check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.accounts import HOUSE_FUND, ISSUED, VESTED
from tallybook.journal.moves import Lot, credit
from tallybook.members.bearers import check_member_name
from tallybook.members.freeze import check_may_earn
from tallybook.members.spending import points_unit
from tallybook.members.velocity import count
from tallybook.points.posted import Dated
from tallybook.programs.velocity import What


class Awarded(Dated, frozen=True, kw_only=True):
    """`amount` was given: the sum of `available`, `pending`, `repaid` and `lapsed`."""


class Award(Command[Awarded], frozen=True, kw_only=True, tag="award"):
    """Give a member `amount` of `unit`.

    The program says when the points vest and expire, counted from the day they were earned on;
    `vests_on` and `expires_on` override it. `fund` names who pays. What the member owes is repaid first.

    Refused with `UnknownUnit`, `MoneyUnit`, `UnknownFund`, `MemberFrozen` or `AmountOverflow`.

    >>> Award(program="demo", member="alice", request_id="order-1", unit="points", amount=120).amount
    120
    """

    unit: str
    amount: int
    fund: str = HOUSE_FUND
    vests_on: date | None = None
    expires_on: date | None = None
    reply_type = Awarded
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_member_name(self.member)
        check_id("unit", self.unit)
        check_whole("amount", self.amount)
        check_id("fund", self.fund)
        if self.vests_on is not None:
            check_day("vests_on", self.vests_on)
        if self.expires_on is not None:
            check_day("expires_on", self.expires_on)

    def decide(self, desk: Desk) -> Awarded:
        check_may_earn(desk)
        unit = points_unit(desk, self.unit)
        desk.check_fund(self.fund)
        count(desk, What.UNITS_EARNED, self.amount, self.unit)
        earned_on = desk.today if self.occurred_at is None else desk.program.today(self.occurred_at)
        vests_on = self.vests_on or unit.vests_on(earned_on) or VESTED
        expires_on = self.expires_on or unit.expires_on(earned_on)
        lot = Lot(self.unit, self.fund, vests_on, expires_on)
        credited = credit(desk.folio, lot, ISSUED, self.amount, desk.program, desk.today)
        return Awarded(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=self.unit,
            amount=self.amount,
            balance=desk.balance(self.unit),
            available=credited.available,
            pending=credited.pending,
            repaid=credited.repaid,
            lapsed=credited.lapsed,
            expires_on=expires_on,
            vests_on=vests_on if credited.pending else None,
        )
