"""CancelPayout: the gateway will not pay back what was set aside. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.engine.checks import check_id
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.stored_value.notes import CANCELLED, PAYOUT, payout_of
from tallybook.stored_value.payouts import PayoutClosed, closed, take_back


class CancelPayout(Command[PayoutClosed], frozen=True, kw_only=True, tag="cancel_payout"):
    """Make available again what was set aside to be paid back; what is past its day lapses.

    Refused with `UnknownPayout` or `PayoutState`.
    """

    payout_id: str
    reply_type = PayoutClosed

    def check(self) -> None:
        check_id("payout_id", self.payout_id)

    def named_notes(self) -> Sequence[NoteKey]:
        return [(PAYOUT, self.payout_id)]

    def decide(self, desk: Desk) -> PayoutClosed:
        note = payout_of(desk.folio, self.payout_id)
        lapsed = take_back(desk.folio, self.payout_id, note, CANCELLED, desk.program, desk.now)
        return closed(desk, self.payout_id, note, lapsed=lapsed)
