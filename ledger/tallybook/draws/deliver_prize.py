"""DeliverPrize: goods that a member has won were delivered. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tallybook.draws.notes import WON_GOODS, GoodsNote, found, put
from tallybook.engine.checks import check_id, check_text
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.refusals.draws import PrizeDelivered, UnknownWonPrize


class PrizeSent(Reply, frozen=True, kw_only=True):
    """The `goods` that were won are marked as delivered."""

    won: str
    prize: str
    goods: str


class DeliverPrize(Command[PrizeSent], frozen=True, kw_only=True, tag="deliver_prize"):
    """Mark goods as delivered that a member has won as `won`: by a `carrier` under its `number`, if any.

    Refused with `UnknownWonPrize` or `PrizeDelivered`.
    """

    won: str
    carrier: str = ""
    number: str = ""
    reply_type = PrizeSent

    def check(self) -> None:
        check_id("won", self.won)
        check_text("carrier", self.carrier)
        check_text("number", self.number)

    def named_notes(self) -> Sequence[NoteKey]:
        return ((WON_GOODS, self.won),)

    def decide(self, desk: Desk) -> PrizeSent:
        note = found(GoodsNote, desk.folio, WON_GOODS, self.won)
        if note is None:
            raise UnknownWonPrize(member=self.member, won=self.won)
        if note.delivered_at is not None:
            raise PrizeDelivered(won=self.won)
        note = replace(note, delivered_at=desk.occurred_at, carrier=self.carrier, number=self.number)
        put(desk.folio, WON_GOODS, self.won, note)
        desk.subject = self.won
        return PrizeSent(
            entry=desk.entry, recorded_at=desk.now, won=self.won, prize=note.prize, goods=note.goods
        )
