"""Every kind of command on the wire: its messages, and what converts them. Pure: no clock, no database.

A new kind is a function on either side and a line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import tallybook as tb
from google.protobuf.message import Message
from tallybook_client._gen.tallybook.v1.event_pb2 import RecordEventRequest
from tallybook_client._gen.tallybook.v1.hold_pb2 import CaptureRequest, HoldRequest, ReleaseRequest
from tallybook_client._gen.tallybook.v1.member_service_pb2 import (
    EnrollMemberRequest,
    FreezeMemberRequest,
    UnfreezeMemberRequest,
)
from tallybook_client._gen.tallybook.v1.posting_pb2 import (
    AdjustRequest,
    AwardRequest,
    GiftRequest,
    RedeemRequest,
    ReverseRequest,
)
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
)

from tallybook_server import convert_commands as commands
from tallybook_server import convert_events as events
from tallybook_server import convert_replies as replies
from tallybook_server import convert_stored_value as money


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of command. `field` is its name in a batch, `rpc` that of the call of its own."""

    field: str
    rpc: str
    request: type[Message]
    command: Callable[[Any, str], tb.Command[Any]]
    response: Callable[[Any], Message]


POINTS: Final = (
    Kind("award", "Award", AwardRequest, commands.award, replies.awarded),
    Kind("redeem", "Redeem", RedeemRequest, commands.redeem, replies.redeemed),
    Kind("hold", "Hold", HoldRequest, commands.hold, replies.held),
    Kind("capture", "Capture", CaptureRequest, commands.capture, replies.captured),
    Kind("release", "Release", ReleaseRequest, commands.release, replies.released),
    Kind("reverse", "Reverse", ReverseRequest, commands.reverse, replies.reversed_),
    Kind("adjust", "Adjust", AdjustRequest, commands.adjust, replies.adjusted),
    Kind("gift", "Gift", GiftRequest, commands.gift, replies.gifted),
)
MEMBERS: Final = (
    Kind("enroll_member", "EnrollMember", EnrollMemberRequest, commands.enroll_member, replies.enrolled),
    Kind("freeze_member", "FreezeMember", FreezeMemberRequest, commands.freeze_member, replies.frozen),
    Kind(
        "unfreeze_member", "UnfreezeMember", UnfreezeMemberRequest, commands.unfreeze_member, replies.unfrozen
    ),
)
EVENTS: Final = (
    Kind("record_event", "RecordEvent", RecordEventRequest, events.record_event, events.event_recorded),
)
STORED_VALUE: Final = (
    Kind("top_up", "TopUp", TopUpRequest, money.top_up, money.top_up_opened),
    Kind("confirm_top_up", "ConfirmTopUp", ConfirmTopUpRequest, money.confirm_top_up, money.top_up_confirmed),
    Kind("cancel_top_up", "CancelTopUp", CancelTopUpRequest, money.cancel_top_up, money.top_up_cancelled),
    Kind("spend_value", "SpendValue", SpendValueRequest, money.spend_value, money.value_spent),
    Kind("refund_spend", "RefundSpend", RefundSpendRequest, money.refund_spend, money.spend_refunded),
    Kind(
        "request_top_up_refund",
        "RequestTopUpRefund",
        RequestTopUpRefundRequest,
        money.request_top_up_refund,
        money.top_up_refund_requested,
    ),
    Kind(
        "request_withdrawal",
        "RequestWithdrawal",
        RequestWithdrawalRequest,
        money.request_withdrawal,
        money.withdrawal_requested,
    ),
    Kind(
        "confirm_payout", "ConfirmPayout", ConfirmPayoutRequest, money.confirm_payout, money.payout_confirmed
    ),
    Kind("cancel_payout", "CancelPayout", CancelPayoutRequest, money.cancel_payout, money.payout_cancelled),
    Kind("reactivate", "Reactivate", ReactivateRequest, money.reactivate, money.reactivated),
    Kind("name_holder", "NameHolder", NameHolderRequest, money.name_holder, money.holder_named),
)
KINDS: Final = {kind.field: kind for kind in (*POINTS, *MEMBERS, *EVENTS, *STORED_VALUE)}
