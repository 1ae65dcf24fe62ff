"""ConfirmPayout: the gateway has paid back what was set aside. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tallybook.engine.checks import check_id
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.stored_value.notes import CONFIRMED, PAYOUT, moved_to, payout_of, put_payout
from tallybook.stored_value.payouts import PayoutClosed, closed, pay_out


class ConfirmPayout(Command[PayoutClosed], frozen=True, kw_only=True, tag="confirm_payout"):
    """Say that a payout was made, by a payment that is called `payment` elsewhere; the rest is forfeited.

    Refused with `UnknownPayout`, or `PayoutState` for one confirmed before, cancelled or timed out.
    """

    payout_id: str
    payment: str = ""
    reply_type = PayoutClosed

    def check(self) -> None:
        check_id("payout_id", self.payout_id)
        if self.payment != "":
            check_id("payment", self.payment)

    def named_notes(self) -> Sequence[NoteKey]:
        return [(PAYOUT, self.payout_id)]

    def decide(self, desk: Desk) -> PayoutClosed:
        note = payout_of(desk.folio, self.payout_id)
        pay_out(desk.folio, note)
        paid = msgspec.structs.replace(note, state=moved_to(note, CONFIRMED), payment=self.payment)
        put_payout(desk.folio, self.payout_id, paid)
        return closed(desk, self.payout_id, note, payment=self.payment)
