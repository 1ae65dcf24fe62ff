"""Commands and questions about stored value: money that is paid in, spent and paid back. Knows no channel.

Amounts are in the minor unit of the unit's currency.
"""

from typing import Unpack

from tallybook_client._gen.tallybook.v1.stored_value_pb2 import (
    CancelPayoutRequest,
    CancelTopUpRequest,
    ConfirmPayoutRequest,
    ConfirmTopUpRequest,
    NameHolderRequest,
    ReactivateRequest,
    RefundSpendRequest,
    RequestTopUpRefundRequest,
    RequestWithdrawalRequest,
    SpendValueRequest,
    TopUpRequest,
    TransferValueRequest,
)
from tallybook_client._gen.tallybook.v1.stored_value_service_pb2 import (
    GetMaxRefundRequest,
    GetMaxWithdrawalRequest,
    GetPayoutRequest,
    GetTopUpRequest,
)

from .circumstances import Common, Reasoned, common_fields


def top_up(
    member: str, *, amount: int, unit: str, plan: str = "", top_up_id: str = "", **common: Unpack[Common]
) -> TopUpRequest:
    """Announce that `amount` will be paid in, and learn what bonus comes with it.

    Without a `plan` the one that adds most applies, and without a `top_up_id` it is named as the request is.

    >>> request = top_up("m1", amount=10_000, unit="wallet", top_up_id="T1")
    >>> request.amount, request.top_up_id
    (10000, 'T1')
    """
    return TopUpRequest(
        member=member, unit=unit, amount=amount, plan=plan, top_up_id=top_up_id, **common_fields(common)
    )


def confirm_top_up(
    member: str, top_up_id: str, *, amount: int, payment: str = "", **common: Unpack[Common]
) -> ConfirmTopUpRequest:
    """Make a top-up available, now that `amount` came in by a payment that is called `payment` elsewhere."""
    return ConfirmTopUpRequest(
        member=member, top_up_id=top_up_id, amount=amount, payment=payment, **common_fields(common)
    )


def cancel_top_up(member: str, top_up_id: str, **common: Unpack[Common]) -> CancelTopUpRequest:
    """Call off a top-up that waits for its payment."""
    return CancelTopUpRequest(member=member, top_up_id=top_up_id, **common_fields(common))


def spend_value(
    member: str, *, amount: int, unit: str, allow_partial: bool = False, **common: Unpack[Common]
) -> SpendValueRequest:
    """Spend stored value; with `allow_partial`, as much as there is when it is less."""
    return SpendValueRequest(
        member=member, unit=unit, amount=amount, allow_partial=allow_partial, **common_fields(common)
    )


def refund_spend(
    member: str, entry: int, *, amount: int | None = None, **common: Unpack[Common]
) -> RefundSpendRequest:
    """Give back what an entry spent, all that is left of it or `amount`, to the funds it came from."""
    return RefundSpendRequest(member=member, entry=entry, amount=amount, **common_fields(common))


def transfer_value(
    member: str, to_member: str, *, amount: int, unit: str, **common: Unpack[Common]
) -> TransferValueRequest:
    """Move stored value to another account or card of the same holder."""
    return TransferValueRequest(
        member=member, to_member=to_member, unit=unit, amount=amount, **common_fields(common)
    )


def request_top_up_refund(
    member: str,
    top_up_id: str,
    *,
    amount: int | None = None,
    payout_id: str = "",
    **common: Unpack[Common],
) -> RequestTopUpRefundRequest:
    """Set aside what a top-up is to be paid back: all that can be, or `amount`.

    Call the gateway after this, then `confirm_payout` or `cancel_payout`. Without a `payout_id` it is named
    as the request is.
    """
    return RequestTopUpRefundRequest(
        member=member, top_up_id=top_up_id, amount=amount, payout_id=payout_id, **common_fields(common)
    )


def request_withdrawal(
    member: str, *, amount: int, unit: str, payout_id: str = "", **common: Unpack[Common]
) -> RequestWithdrawalRequest:
    """Set principal aside to be paid back, of the oldest top-ups first.

    Then `confirm_payout` or `cancel_payout`. Without a `payout_id` it is named as the request is.
    """
    return RequestWithdrawalRequest(
        member=member, unit=unit, amount=amount, payout_id=payout_id, **common_fields(common)
    )


def confirm_payout(
    member: str, payout_id: str, *, payment: str = "", **common: Unpack[Common]
) -> ConfirmPayoutRequest:
    """Record that a payout was made, by a payment that is called `payment` elsewhere."""
    return ConfirmPayoutRequest(member=member, payout_id=payout_id, payment=payment, **common_fields(common))


def cancel_payout(member: str, payout_id: str, **common: Unpack[Common]) -> CancelPayoutRequest:
    """Make available again what was set aside for a payout."""
    return CancelPayoutRequest(member=member, payout_id=payout_id, **common_fields(common))


def reactivate(
    member: str, *, unit: str, reason: str, amount: int | None = None, **common: Unpack[Reasoned]
) -> ReactivateRequest:
    """Give a member principal again that has lapsed: all of it, or `amount`."""
    return ReactivateRequest(member=member, unit=unit, amount=amount, reason=reason, **common_fields(common))


def name_holder(
    member: str, *, reason: str, is_named: bool = True, **common: Unpack[Reasoned]
) -> NameHolderRequest:
    """Record that a member is known by name, or is not any more; `reason` tells how it was checked."""
    return NameHolderRequest(member=member, is_named=is_named, reason=reason, **common_fields(common))


def get_top_up(member: str, top_up_id: str) -> GetTopUpRequest:
    """Read one top-up, and what of it can be paid back."""
    return GetTopUpRequest(member=member, top_up_id=top_up_id)


def get_payout(member: str, payout_id: str) -> GetPayoutRequest:
    """Read one payout."""
    return GetPayoutRequest(member=member, payout_id=payout_id)


def get_max_refund(member: str, top_up_id: str) -> GetMaxRefundRequest:
    """Read what can be paid back now of a top-up."""
    return GetMaxRefundRequest(member=member, top_up_id=top_up_id)


def get_max_withdrawal(member: str, *, unit: str) -> GetMaxWithdrawalRequest:
    """Read what can be paid back now of all top-ups together."""
    return GetMaxWithdrawalRequest(member=member, unit=unit)
