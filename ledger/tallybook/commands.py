"""Every kind of command, and what time does to notes: a file in its slice, a line here. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping

from tallybook.earning.differences import RETURN
from tallybook.earning.gatherer import stories
from tallybook.earning.record_event import RecordEvent
from tallybook.engine.command import AnyCommand, Kinds
from tallybook.journal.settle import Effects
from tallybook.members.enroll import Enroll
from tallybook.members.freeze import Freeze, Unfreeze
from tallybook.points.adjust import Adjust
from tallybook.points.award import Award
from tallybook.points.gift import Gift
from tallybook.points.hold import Capture, Hold, Release
from tallybook.points.redeem import Redeem
from tallybook.points.reverse import Reverse
from tallybook.stored_value.cancel_payout import CancelPayout
from tallybook.stored_value.cancel_top_up import CancelTopUp
from tallybook.stored_value.confirm_payout import ConfirmPayout
from tallybook.stored_value.confirm_top_up import ConfirmTopUp
from tallybook.stored_value.gatherer import money
from tallybook.stored_value.name_holder import NameHolder
from tallybook.stored_value.notes import PAYOUT, TOP_UP
from tallybook.stored_value.payouts import TIME_OUT_PAYOUT
from tallybook.stored_value.reactivate import Reactivate
from tallybook.stored_value.refund_spend import RefundSpend
from tallybook.stored_value.request_top_up_refund import RequestTopUpRefund
from tallybook.stored_value.request_withdrawal import RequestWithdrawal
from tallybook.stored_value.spend_value import SpendValue
from tallybook.stored_value.top_up import TIME_OUT_TOP_UP, TopUp

COMMANDS: Mapping[str, type[AnyCommand]] = {
    command.kind(): command
    for command in (
        Enroll,
        Freeze,
        Unfreeze,
        Award,
        Redeem,
        Hold,
        Capture,
        Release,
        Reverse,
        Adjust,
        Gift,
        RecordEvent,
        TopUp,
        ConfirmTopUp,
        CancelTopUp,
        SpendValue,
        RefundSpend,
        RequestTopUpRefund,
        RequestWithdrawal,
        ConfirmPayout,
        CancelPayout,
        Reactivate,
        NameHolder,
    )
}

EFFECTS = Effects(
    notes={
        TOP_UP: TIME_OUT_TOP_UP,
        PAYOUT: TIME_OUT_PAYOUT,
    },
    clocks={},
)

KINDS = Kinds(COMMANDS, EFFECTS, parts={RETURN}, gatherers=(stories, money))
