"""FulfilOrder: the member has what was ordered, or it is on its way. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.engine.checks import check_id, check_text
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.mall.kinds import kind_of
from tallybook.mall.moves import Move
from tallybook.mall.notes import moved, order_keys, order_of
from tallybook.mall.offers import Why
from tallybook.mall.orders import OrderMoved, can_be_given, fulfil, told
from tallybook.programs.program import Program
from tallybook.refusals.mall import ItemNotOffered


class FulfilOrder(Command[OrderMoved], frozen=True, kw_only=True, tag="fulfil_order"):
    """Say that the goods of a paid order were handed over, or sent by `carrier` under the number `tracking`.

    What is no goods is given, where the member had no room for it when the order was paid. Refused with
    `UnknownOrder`, `OrderState` or `ItemNotOffered`, for a member that has no room yet.
    """

    order_id: str
    carrier: str = ""
    tracking: str = ""
    reply_type = OrderMoved

    def check(self) -> None:
        check_id("order_id", self.order_id)
        check_text("carrier", self.carrier)
        check_text("tracking", self.tracking)

    def named_notes(self) -> Sequence[NoteKey]:
        return order_keys(self.order_id)

    def finds_pools(self, program: Program) -> bool:
        return True

    def decide(self, desk: Desk) -> OrderMoved:
        note = order_of(desk.folio, self.order_id)
        moved(self.order_id, note, Move.FULFIL)
        gives = desk.revision(note.revision).mall[note.chosen].gives
        if not kind_of(gives).is_sent and not can_be_given(desk, note):
            raise ItemNotOffered(item=note.chosen, why=Why.NO_ROOM, detail="", asked=note.pieces, there=0)
        after = fulfil(desk, self.order_id, note, carrier=self.carrier, tracking=self.tracking)
        return told(desk, self.order_id, after)
