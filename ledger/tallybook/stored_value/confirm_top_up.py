"""ConfirmTopUp: the money of a top-up has come in. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

import msgspec

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.members.passbook import page_of
from tallybook.programs.program import Program
from tallybook.refusals.money import PaymentDiffers
from tallybook.stored_value.moved import MoneyMoved
from tallybook.stored_value.notes import CONFIRMED, TOP_UP, WAITING, moved_to, put_top_up, top_up_of
from tallybook.stored_value.paying_in import pay_in


class TopUpConfirmed(MoneyMoved, frozen=True, kw_only=True):
    """`amount` of principal and `bonus` are available, until the days given."""

    top_up_id: str
    bonus: int
    principal_expires_on: date
    bonus_expires_on: date | None
    payment: str = ""


class ConfirmTopUp(Command[TopUpConfirmed], frozen=True, kw_only=True, tag="confirm_top_up"):
    """Say that a top-up was paid: `amount` came in, by a payment that is called `payment` elsewhere.

    A frozen member's is taken all the same: the money is there. Refused with `UnknownTopUp`, `TopUpState` for
    one confirmed before, cancelled or timed out, or `PaymentDiffers`. Money that comes in for a top-up that
    timed out has to be paid back where it came from, or topped up anew.
    """

    top_up_id: str
    amount: int
    payment: str = ""
    reply_type = TopUpConfirmed
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_id("top_up_id", self.top_up_id)
        check_whole("amount", self.amount)
        if self.payment != "":
            check_id("payment", self.payment)

    def named_notes(self) -> Sequence[NoteKey]:
        return [(TOP_UP, self.top_up_id)]

    def finds_pools(self, program: Program) -> bool:
        return True

    def decide(self, desk: Desk) -> TopUpConfirmed:
        folio = desk.folio
        note = top_up_of(folio, self.top_up_id, WAITING)
        if self.amount != note.amount:
            raise PaymentDiffers(
                top_up=self.top_up_id, unit=note.unit, paid=self.amount, expected=note.amount
            )
        page = page_of(folio, note.unit)
        kept = msgspec.structs.replace(page, promised=page.promised - note.amount - note.bonus)
        paid = pay_in(desk, note.unit, kept, self.top_up_id, note.amount, note.bonus)
        closed = msgspec.structs.replace(note, state=moved_to(note, CONFIRMED), payment=self.payment)
        put_top_up(folio, self.top_up_id, closed)
        desk.subject = self.top_up_id
        return TopUpConfirmed(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=note.unit,
            amount=note.amount,
            balance=desk.balance(note.unit),
            top_up_id=self.top_up_id,
            bonus=note.bonus,
            principal_expires_on=paid.principal_until,
            bonus_expires_on=paid.bonus_until,
            payment=self.payment,
        )
