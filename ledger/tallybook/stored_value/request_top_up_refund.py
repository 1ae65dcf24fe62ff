"""RequestTopUpRefund: a top-up is to be paid back, whole or in part. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_member_or_card
from tallybook.members.freeze import check_may_redeem
from tallybook.stored_value.moved import rules_of
from tallybook.stored_value.notes import CONFIRMED, PAYOUT, TOP_UP, top_up_of
from tallybook.stored_value.payable import payable_of, total
from tallybook.stored_value.payouts import PayoutOpened, open_payout


class RequestTopUpRefund(Command[PayoutOpened], frozen=True, kw_only=True, tag="request_top_up_refund"):
    """Set aside what a top-up is to be paid back: `amount`, or all that can be.

    `payout_id` names it, by default the request id. Never more than was paid, less what was bought with it:
    `MaxRefund` says how much beforehand. The bonus that the top-up brought goes with it as the program says.
    Call the gateway after this, then `ConfirmPayout` or `CancelPayout`: a top-up has one payout at a time.

    Refused with `UnknownTopUp`, `TopUpState` for one that was never paid, `PayoutExists`,
    `PayoutExceedsValue`, `LimitExceeded` or `MemberFrozen`.
    """

    top_up_id: str
    amount: int | None = None
    payout_id: str = ""
    reply_type = PayoutOpened

    def check(self) -> None:
        check_member_or_card(self.member)
        check_id("top_up_id", self.top_up_id)
        if self.amount is not None:
            check_whole("amount", self.amount)
        if self.payout_id != "":
            check_id("payout_id", self.payout_id)

    def name(self) -> str:
        """What the payout is called."""
        return self.payout_id or self.request_id

    def named_notes(self) -> Sequence[NoteKey]:
        return [(TOP_UP, self.top_up_id), (PAYOUT, self.name())]

    def decide(self, desk: Desk) -> PayoutOpened:
        check_may_redeem(desk)
        note = top_up_of(desk.folio, self.top_up_id, CONFIRMED)
        payable = payable_of(desk.folio, self.top_up_id, note)
        asked = total(payable) if self.amount is None else self.amount
        return open_payout(
            desk, rules_of(desk, note.unit), self.name(), asked, payable, top_up=self.top_up_id
        )
