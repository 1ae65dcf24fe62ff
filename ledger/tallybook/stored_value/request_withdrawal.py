"""RequestWithdrawal: principal is to be paid back, whichever top-up it is of. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_member_or_card
from tallybook.members.freeze import check_may_redeem
from tallybook.stored_value.moved import rules_of
from tallybook.stored_value.notes import PAYOUT
from tallybook.stored_value.payable import payable_in_all
from tallybook.stored_value.payouts import PayoutOpened, open_payout


class RequestWithdrawal(Command[PayoutOpened], frozen=True, kw_only=True, tag="request_withdrawal"):
    """Set `amount` of principal aside to be paid back, of the oldest top-ups first.

    `payout_id` names it, by default the request id. The bonus that those top-ups brought goes with it as the
    program says; `MaxWithdrawal` says beforehand how much can be had. Top-ups with a payout under way are
    left out. Then `ConfirmPayout` or `CancelPayout`.

    Refused with `NotStoredValue`, `UnknownUnit`, `PayoutExists`, `PayoutExceedsValue`, `LimitExceeded` or
    `MemberFrozen`.
    """

    unit: str
    amount: int
    payout_id: str = ""
    reply_type = PayoutOpened

    def check(self) -> None:
        check_member_or_card(self.member)
        check_id("unit", self.unit)
        check_whole("amount", self.amount)
        if self.payout_id != "":
            check_id("payout_id", self.payout_id)

    def name(self) -> str:
        """What the payout is called."""
        return self.payout_id or self.request_id

    def named_notes(self) -> Sequence[NoteKey]:
        return [(PAYOUT, self.name())]

    def decide(self, desk: Desk) -> PayoutOpened:
        check_may_redeem(desk)
        rules = rules_of(desk, self.unit)
        return open_payout(desk, rules, self.name(), self.amount, payable_in_all(desk.folio, self.unit))
