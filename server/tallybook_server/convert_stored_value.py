"""Stored value on the wire: requests to commands, and what came of them to responses.

Pure: no clock, no database. The library checks what the fields hold.
"""

from __future__ import annotations

from typing import Any, Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1 import stored_value_pb2 as wire

from tallybook_server.convert_commands import common
from tallybook_server.convert_days import date_message, timestamp
from tallybook_server.convert_replies import moved, recorded

PAYMENT_STATES: Final = {
    "waiting": wire.PaymentState.PAYMENT_STATE_WAITING,
    "confirmed": wire.PaymentState.PAYMENT_STATE_CONFIRMED,
    "cancelled": wire.PaymentState.PAYMENT_STATE_CANCELLED,
    "timed_out": wire.PaymentState.PAYMENT_STATE_TIMED_OUT,
}


# --- commands --------------------------------------------------------------------------------------------


def top_up(request: wire.TopUpRequest, program: str) -> tb.TopUp:
    """Announce a payment."""
    return tb.TopUp(
        **common(request, program),
        unit=request.unit,
        amount=request.amount,
        plan=request.plan,
        top_up_id=request.top_up_id,
    )


def confirm_top_up(request: wire.ConfirmTopUpRequest, program: str) -> tb.ConfirmTopUp:
    """Make a payment available."""
    return tb.ConfirmTopUp(
        **common(request, program),
        top_up_id=request.top_up_id,
        amount=request.amount,
        payment=request.payment,
    )


def cancel_top_up(request: wire.CancelTopUpRequest, program: str) -> tb.CancelTopUp:
    """Call off a top-up."""
    return tb.CancelTopUp(**common(request, program), top_up_id=request.top_up_id)


def spend_value(request: wire.SpendValueRequest, program: str) -> tb.SpendValue:
    """Spend."""
    return tb.SpendValue(
        **common(request, program),
        unit=request.unit,
        amount=request.amount,
        allow_partial=request.allow_partial,
    )


def refund_spend(request: wire.RefundSpendRequest, program: str) -> tb.RefundSpend:
    """Give back a spending, all or part."""
    return tb.RefundSpend(
        **common(request, program),
        entry=request.entry,
        amount=request.amount if request.HasField("amount") else None,
    )


def transfer_value(request: wire.TransferValueRequest, program: str) -> tb.TransferValue:
    """Move money to another account or card of the same holder."""
    return tb.TransferValue(
        **common(request, program),
        to_member=request.to_member,
        unit=request.unit,
        amount=request.amount,
    )


def request_top_up_refund(request: wire.RequestTopUpRefundRequest, program: str) -> tb.RequestTopUpRefund:
    """Set a refund of a top-up aside."""
    return tb.RequestTopUpRefund(
        **common(request, program),
        top_up_id=request.top_up_id,
        amount=request.amount if request.HasField("amount") else None,
        payout_id=request.payout_id,
    )


def request_withdrawal(request: wire.RequestWithdrawalRequest, program: str) -> tb.RequestWithdrawal:
    """Set a withdrawal aside."""
    return tb.RequestWithdrawal(
        **common(request, program),
        unit=request.unit,
        amount=request.amount,
        payout_id=request.payout_id,
    )


def confirm_payout(request: wire.ConfirmPayoutRequest, program: str) -> tb.ConfirmPayout:
    """Record a payout."""
    return tb.ConfirmPayout(**common(request, program), payout_id=request.payout_id, payment=request.payment)


def cancel_payout(request: wire.CancelPayoutRequest, program: str) -> tb.CancelPayout:
    """Call off a payout."""
    return tb.CancelPayout(**common(request, program), payout_id=request.payout_id)


def reactivate(request: wire.ReactivateRequest, program: str) -> tb.Reactivate:
    """Give lapsed principal again."""
    return tb.Reactivate(
        **common(request, program),
        unit=request.unit,
        amount=request.amount if request.HasField("amount") else None,
    )


def name_holder(request: wire.NameHolderRequest, program: str) -> tb.NameHolder:
    """Record whether a member is known by name."""
    return tb.NameHolder(
        **common(request, program),
        is_named=request.is_named if request.HasField("is_named") else True,
    )


# --- replies ---------------------------------------------------------------------------------------------


def top_up_opened(reply: tb.TopUpOpened) -> wire.TopUpResponse:
    """A payment announced."""
    return wire.TopUpResponse(
        **moved(reply),
        top_up_id=reply.top_up_id,
        bonus=reply.bonus,
        plan=reply.plan,
        deadline=timestamp(reply.deadline),
    )


def top_up_confirmed(reply: tb.TopUpConfirmed) -> wire.ConfirmTopUpResponse:
    """A payment made available."""
    return wire.ConfirmTopUpResponse(
        **moved(reply),
        top_up_id=reply.top_up_id,
        bonus=reply.bonus,
        principal_expires_on=date_message(reply.principal_expires_on),
        bonus_expires_on=date_message(reply.bonus_expires_on),
        payment=reply.payment,
    )


def top_up_cancelled(reply: tb.TopUpCancelled) -> wire.CancelTopUpResponse:
    """A top-up called off."""
    return wire.CancelTopUpResponse(**moved(reply), top_up_id=reply.top_up_id)


def value_spent(reply: tb.ValueSpent) -> wire.SpendValueResponse:
    """Stored value spent."""
    return wire.SpendValueResponse(
        **moved(reply),
        asked=reply.asked,
        principal=reply.principal,
        bonus=reply.bonus,
    )


def spend_refunded(reply: tb.SpendRefunded) -> wire.RefundSpendResponse:
    """A spending given back."""
    return wire.RefundSpendResponse(
        **moved(reply),
        refunded_entry=reply.refunded_entry,
        principal=reply.principal,
        bonus=reply.bonus,
        lapsed=reply.lapsed,
    )


def value_transferred(reply: tb.ValueTransferred) -> wire.TransferValueResponse:
    """Money moved."""
    return wire.TransferValueResponse(
        **moved(reply),
        to_member=reply.to_member,
        to_entry=reply.to_entry,
        principal=reply.principal,
        bonus=reply.bonus,
    )


def _payout_opened(reply: tb.PayoutOpened) -> dict[str, Any]:
    return moved(reply) | {
        "payout_id": reply.payout_id,
        "bonus": reply.bonus,
        "charged": reply.charged,
        "deadline": timestamp(reply.deadline),
    }


def top_up_refund_requested(reply: tb.PayoutOpened) -> wire.RequestTopUpRefundResponse:
    """A refund of a top-up set aside."""
    return wire.RequestTopUpRefundResponse(**_payout_opened(reply))


def withdrawal_requested(reply: tb.PayoutOpened) -> wire.RequestWithdrawalResponse:
    """A withdrawal set aside."""
    return wire.RequestWithdrawalResponse(**_payout_opened(reply))


def payout_confirmed(reply: tb.PayoutClosed) -> wire.ConfirmPayoutResponse:
    """A payout recorded."""
    return wire.ConfirmPayoutResponse(
        **moved(reply),
        payout_id=reply.payout_id,
        bonus=reply.bonus,
        charged=reply.charged,
        payment=reply.payment,
    )


def payout_cancelled(reply: tb.PayoutClosed) -> wire.CancelPayoutResponse:
    """A payout called off."""
    return wire.CancelPayoutResponse(
        **moved(reply),
        payout_id=reply.payout_id,
        bonus=reply.bonus,
        charged=reply.charged,
        lapsed=reply.lapsed,
    )


def reactivated(reply: tb.Reactivated) -> wire.ReactivateResponse:
    """Lapsed principal given again."""
    return wire.ReactivateResponse(**moved(reply))


def holder_named(reply: tb.HolderNamed) -> wire.NameHolderResponse:
    """Whether a member is known by name."""
    return wire.NameHolderResponse(**recorded(reply), is_named=reply.is_named)


# --- views -----------------------------------------------------------------------------------------------


def top_up_message(view: tb.TopUpView) -> wire.TopUp:
    """A top-up as it is now."""
    note = view.top_up
    return wire.TopUp(
        top_up_id=view.top_up_id,
        unit=note.unit,
        amount=note.amount,
        bonus=note.bonus,
        plan=note.plan,
        state=PAYMENT_STATES[note.state],
        asked_on=date_message(note.day),
        refunded=note.refunded,
        forfeited=note.forfeited,
        payment=note.payment,
    )


def payout_message(view: tb.PayoutView) -> wire.Payout:
    """A payout as it is now."""
    note = view.payout
    return wire.Payout(
        payout_id=view.payout_id,
        unit=note.unit,
        amount=note.amount,
        bonus=note.bonus,
        charged=note.charged,
        top_up_id=note.top_up,
        state=PAYMENT_STATES[note.state],
        asked_on=date_message(note.day),
        payment=note.payment,
    )


def refundable_message(refundable: tb.Refundable) -> wire.Refundable:
    """What can be paid back."""
    return wire.Refundable(
        unit=refundable.unit,
        amount=refundable.amount,
        bonus=refundable.bonus,
        charged=refundable.charged,
    )
