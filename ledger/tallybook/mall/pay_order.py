"""PayOrder: the money of an order has come in. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.mall.moves import Move
from tallybook.mall.notes import moved, order_keys, order_of
from tallybook.mall.orders import OrderMoved, can_be_given, fulfil, move_order, spend_held, told
from tallybook.programs.program import Program
from tallybook.refusals.mall import OrderPaymentDiffers


class PayOrder(Command[OrderMoved], frozen=True, kw_only=True, tag="pay_order"):
    """Say that an order was paid: `money` came in, by a payment that is called `payment` elsewhere.

    What it costs in units is spent, and it is fulfilled, unless somebody has to send it or the member has no
    room for what it gives: then it waits for `FulfilOrder`. A frozen member's is taken all the same.

    Refused with `UnknownOrder`, `OrderPaymentDiffers`, or `OrderState`: money that comes in for an order that
    was cancelled or timed out has to be paid back.
    """

    order_id: str
    money: int
    payment: str
    reply_type = OrderMoved
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_id("order_id", self.order_id)
        check_whole("money", self.money)
        check_id("payment", self.payment)

    def named_notes(self) -> Sequence[NoteKey]:
        return order_keys(self.order_id)

    def finds_pools(self, program: Program) -> bool:
        return True

    def decide(self, desk: Desk) -> OrderMoved:
        note = order_of(desk.folio, self.order_id)
        moved(self.order_id, note, Move.PAY)
        if self.money != note.money:
            raise OrderPaymentDiffers(
                order=self.order_id, currency=note.currency, paid=self.money, expected=note.money
            )
        spend_held(desk, note)
        note = move_order(desk.folio, self.order_id, note, Move.PAY, desk.now, payment=self.payment)
        if can_be_given(desk, note):
            note = fulfil(desk, self.order_id, note)
        return told(desk, self.order_id, note)
