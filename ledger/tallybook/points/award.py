"""Award: give points, so many or what an amount of money earns. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec

from tallybook.engine.checks import check_day, check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput, NothingEarned, WrongCurrency
from tallybook.journal.accounts import HOUSE_FUND, ISSUED, VESTED
from tallybook.journal.moves import Lot, credit
from tallybook.members.freeze import check_may_earn
from tallybook.points.posted import Dated


class Money(msgspec.Struct, frozen=True):
    """An amount of money: `minor_units` of an ISO 4217 `currency`, such as 1250 USD for $12.50."""

    minor_units: int
    currency: str


class Awarded(Dated, frozen=True, kw_only=True):
    """`amount` was given: the sum of `available`, `pending`, `repaid` and `lapsed`."""


class Award(Command[Awarded], frozen=True, kw_only=True, tag="award"):
    """Give a member `amount` of `unit`, or what `spend` earns at the program's rate.

    The program says when the points vest and expire, counted from the day they were earned on;
    `vests_on` and `expires_on` override it. `fund` names who pays. What the member owes is repaid first.

    Refused with `UnknownUnit`, `UnknownFund`, `MemberFrozen`, `NothingEarned`, `WrongCurrency` or
    `AmountOverflow`.

    >>> Award(program="demo", member="alice", request_id="order-1", unit="points", amount=120).amount
    120
    """

    unit: str = ""
    amount: int = 0
    spend: Money | None = None
    fund: str = HOUSE_FUND
    vests_on: date | None = None
    expires_on: date | None = None
    reply_type = Awarded
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        if self.spend is None:
            check_id("unit", self.unit)
            check_whole("amount", self.amount)
        else:
            if not isinstance(self.spend, Money):
                raise InvalidInput("spend", f"must be Money, not {type(self.spend).__name__}")
            check_whole("spend.minor_units", self.spend.minor_units)
            check_id("spend.currency", self.spend.currency)
            if self.amount or self.unit:
                raise InvalidInput("spend", "must stand alone: the program says what it earns, in which unit")
        check_id("fund", self.fund)
        if self.vests_on is not None:
            check_day("vests_on", self.vests_on)
        if self.expires_on is not None:
            check_day("expires_on", self.expires_on)

    def decide(self, desk: Desk) -> Awarded:
        check_may_earn(desk)
        unit_code, amount = self._value(desk)
        unit = desk.unit(unit_code)
        desk.check_fund(self.fund)
        earned_on = desk.today if self.occurred_at is None else desk.program.today(self.occurred_at)
        vests_on = self.vests_on or unit.vests_on(earned_on) or VESTED
        expires_on = self.expires_on or unit.expires_on(earned_on)
        lot = Lot(unit_code, self.fund, vests_on, expires_on)
        credited = credit(desk.folio, lot, ISSUED, amount, desk.program, desk.today)
        return Awarded(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=unit_code,
            amount=amount,
            balance=desk.balance(unit_code),
            available=credited.available,
            pending=credited.pending,
            repaid=credited.repaid,
            lapsed=credited.lapsed,
            expires_on=expires_on,
            vests_on=vests_on if credited.pending else None,
        )

    def _value(self, desk: Desk) -> tuple[str, int]:
        """The unit and amount to give."""
        if self.spend is None:
            return self.unit, self.amount
        earning = desk.program.earning
        currency, minor_units = self.spend.currency, self.spend.minor_units
        if earning is None:
            raise NothingEarned(minor_units=minor_units, currency=currency, revision=desk.program.revision)
        if earning.currency != currency:
            raise WrongCurrency(currency=currency, expected=earning.currency)
        amount = earning.units_for(minor_units)
        if amount < 1:
            raise NothingEarned(minor_units=minor_units, currency=currency, revision=desk.program.revision)
        return earning.unit, amount
