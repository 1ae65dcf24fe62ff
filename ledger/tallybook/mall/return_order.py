"""ReturnOrder: what was ordered comes back. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.engine.checks import check_id
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.mall.kinds import kind_of
from tallybook.mall.moves import Move
from tallybook.mall.notes import moved, order_keys, order_of
from tallybook.mall.orders import OrderMoved, move_order, refund, told
from tallybook.programs.program import Program
from tallybook.refusals.mall import OrderNotReturnable


class ReturnOrder(Command[OrderMoved], frozen=True, kw_only=True, tag="return_order"):
    """Take back a whole order that was fulfilled: goods into stock, coupons that are not used, units and
    bonus that are there, days of membership that are to come. What it has cost in units goes back to its own
    lots.

    The reply tells what of its money is to be paid back, which the shop does. Goods that cannot be sold again
    are taken out of stock by `AdjustStock`. Refused with `UnknownOrder`, `OrderState` or
    `OrderNotReturnable`.
    """

    order_id: str
    reply_type = OrderMoved

    def check(self) -> None:
        check_id("order_id", self.order_id)

    def named_notes(self) -> Sequence[NoteKey]:
        return order_keys(self.order_id)

    def finds_pools(self, program: Program) -> bool:
        return True

    def decide(self, desk: Desk) -> OrderMoved:
        folio = desk.folio
        note = order_of(folio, self.order_id)
        moved(self.order_id, note, Move.RETURN)
        if note.gave is not None:
            kind = kind_of(desk.revision(note.revision).mall[note.chosen].gives)
            problem = kind.take_back(folio, desk.program, note.gave, desk.now)
            if problem:
                raise OrderNotReturnable(order=self.order_id, problem=problem)
        after = move_order(folio, self.order_id, note, Move.RETURN, desk.now)
        return told(desk, self.order_id, after, refund(desk, note).lapsed)
