"""StoredValueService: money that members pay in, spend, and are paid back."""

from __future__ import annotations

from typing import Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1.stored_value_service_pb2 import (
    DESCRIPTOR,
    GetMaxRefundRequest,
    GetMaxRefundResponse,
    GetMaxWithdrawalRequest,
    GetMaxWithdrawalResponse,
    GetPayoutRequest,
    GetPayoutResponse,
    GetTopUpRequest,
    GetTopUpResponse,
)

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import asking, posting
from tallybook_server.convert_stored_value import payout_message, refundable_message, top_up_message
from tallybook_server.kinds import STORED_VALUE
from tallybook_server.methods import Handler

NAME: Final = DESCRIPTOR.services_by_name["StoredValueService"].full_name


def handlers(lanes: Lanes) -> dict[str, Handler]:
    """The rpcs by name."""
    reads = {
        "GetTopUp": asking(GetTopUpRequest, lanes.read, _top_up, _one_top_up),
        "GetPayout": asking(GetPayoutRequest, lanes.read, _payout, _one_payout),
        "GetMaxRefund": asking(GetMaxRefundRequest, lanes.read, _max_refund, _refund),
        "GetMaxWithdrawal": asking(GetMaxWithdrawalRequest, lanes.read, _max_withdrawal, _withdrawal),
    }
    return {kind.rpc: posting(kind, lanes) for kind in STORED_VALUE} | reads


def _top_up(request: GetTopUpRequest) -> tb.GetTopUp:
    return tb.GetTopUp(program=request.program, member=request.member, top_up_id=request.top_up_id)


def _one_top_up(_: GetTopUpRequest, view: tb.TopUpView) -> GetTopUpResponse:
    return GetTopUpResponse(top_up=top_up_message(view), refundable=refundable_message(view.refundable))


def _payout(request: GetPayoutRequest) -> tb.GetPayout:
    return tb.GetPayout(program=request.program, member=request.member, payout_id=request.payout_id)


def _one_payout(_: GetPayoutRequest, view: tb.PayoutView) -> GetPayoutResponse:
    return GetPayoutResponse(payout=payout_message(view))


def _max_refund(request: GetMaxRefundRequest) -> tb.MaxRefund:
    return tb.MaxRefund(program=request.program, member=request.member, top_up_id=request.top_up_id)


def _refund(_: GetMaxRefundRequest, refundable: tb.Refundable) -> GetMaxRefundResponse:
    return GetMaxRefundResponse(refundable=refundable_message(refundable))


def _max_withdrawal(request: GetMaxWithdrawalRequest) -> tb.MaxWithdrawal:
    return tb.MaxWithdrawal(program=request.program, member=request.member, unit=request.unit)


def _withdrawal(_: GetMaxWithdrawalRequest, refundable: tb.Refundable) -> GetMaxWithdrawalResponse:
    return GetMaxWithdrawalResponse(refundable=refundable_message(refundable))
