"""Reactivate: give a member principal again that has lapsed. Pure: no clock, no database."""

from __future__ import annotations

import msgspec

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.accounts import EXPIRED, PRINCIPAL, VESTED
from tallybook.journal.folio import Folio
from tallybook.journal.moves import Lot, credit
from tallybook.members.layers import with_older
from tallybook.members.passbook import page_of, put_page
from tallybook.refusals.money import ReactivationExceedsLapsed
from tallybook.stored_value.moved import MoneyMoved, rules_of


class Reactivated(MoneyMoved, frozen=True, kw_only=True):
    """`amount` of principal is available again."""


class Reactivate(Command[Reactivated], frozen=True, kw_only=True, tag="reactivate"):
    """Give a member lapsed principal of `unit` again: all that lapsed, or `amount`. Needs a reason.

    It lapses as if it had been paid in today. Refused with `NotStoredValue`, `UnknownUnit`, or
    `ReactivationExceedsLapsed`, where nothing can be had in a program that offers no reactivation.
    """

    unit: str
    amount: int | None = None
    reply_type = Reactivated

    def check(self) -> None:
        check_id("unit", self.unit)
        if self.amount is not None:
            check_whole("amount", self.amount)
        if not self.reason:
            raise InvalidInput("reason", "must say why the member is given it again")

    def decide(self, desk: Desk) -> Reactivated:
        rules = rules_of(desk, self.unit)
        lapsed = lapsed_principal(desk.folio, self.unit) if rules.reactivation else 0
        amount = lapsed if self.amount is None else self.amount
        if not 0 < amount <= lapsed:
            raise ReactivationExceedsLapsed(unit=self.unit, asked=amount, lapsed=lapsed)
        page = page_of(desk.folio, self.unit)
        expires_on = desk.unit(self.unit).expires_on(desk.today, PRINCIPAL)
        lot = Lot(self.unit, PRINCIPAL, VESTED, expires_on)
        credit(desk.folio, lot, EXPIRED, amount, desk.program, desk.today)
        put_page(desk.folio, self.unit, msgspec.structs.replace(page, layers=with_older(page.layers, amount)))
        return Reactivated(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=self.unit,
            amount=amount,
            balance=desk.balance(self.unit),
        )


def lapsed_principal(folio: Folio, unit: str) -> int:
    """What of a member's principal ever lapsed and did not come back."""
    lapsed = 0
    for _, posting in folio.expiries_now():
        if posting.unit == unit and posting.fund == PRINCIPAL:
            lapsed += posting.amount * ((posting.to_account == EXPIRED) - (posting.from_account == EXPIRED))
    return lapsed
