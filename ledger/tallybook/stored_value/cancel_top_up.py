"""CancelTopUp: the money of a top-up will not come. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.engine.checks import check_id
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.programs.program import Program
from tallybook.stored_value.moved import MoneyMoved
from tallybook.stored_value.notes import CANCELLED, TOP_UP, WAITING, top_up_of
from tallybook.stored_value.top_up import never_paid


class TopUpCancelled(MoneyMoved, frozen=True, kw_only=True):
    """`amount` will not be paid in, and nothing was."""

    top_up_id: str


class CancelTopUp(Command[TopUpCancelled], frozen=True, kw_only=True, tag="cancel_top_up"):
    """Call off a top-up that waits for its payment: as if it had never been asked for.

    Refused with `UnknownTopUp` or `TopUpState`.
    """

    top_up_id: str
    reply_type = TopUpCancelled

    def check(self) -> None:
        check_id("top_up_id", self.top_up_id)

    def named_notes(self) -> Sequence[NoteKey]:
        return [(TOP_UP, self.top_up_id)]

    def finds_pools(self, program: Program) -> bool:
        return True

    def decide(self, desk: Desk) -> TopUpCancelled:
        note = top_up_of(desk.folio, self.top_up_id, WAITING)
        if note.pool:
            desk.draw(note.pool, note.unit, -note.bonus)
        never_paid(desk.folio, self.top_up_id, note, CANCELLED)
        desk.subject = self.top_up_id
        return TopUpCancelled(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=note.unit,
            amount=note.amount,
            balance=desk.balance(note.unit),
            top_up_id=self.top_up_id,
        )
