"""CancelOrder: an order is not to be fulfilled. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.engine.checks import check_id
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.mall.moves import Move, State
from tallybook.mall.notes import order_keys, order_of
from tallybook.mall.orders import OrderMoved, let_go, move_order, refund, told
from tallybook.programs.program import Program


class CancelOrder(Command[OrderMoved], frozen=True, kw_only=True, tag="cancel_order"):
    """Cancel an order that is placed or paid: its units go back to their own lots, and its pieces into stock.

    The reply tells what of its money is to be paid back, which the shop does. Refused with `UnknownOrder` or
    `OrderState`.
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
        after = move_order(folio, self.order_id, note, Move.CANCEL, desk.now)
        if note.state is State.PLACED:
            lapsed = let_go(folio, desk.program, note, desk.now)
        else:
            lapsed = refund(desk, note).lapsed
        return told(desk, self.order_id, after, lapsed)
