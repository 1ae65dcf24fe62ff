"""The client of Tallybook, a double-entry ledger for loyalty: the whole public API, re-exported.

`TallybookClient` and `AsyncTallybookClient` make calls. `requests` builds commands for their batches and
streams. `errors` holds one exception class for each reason to refuse; all are `TallybookError`.
"""

from . import errors, requests
from ._gen.tallybook.v1.amounts_pb2 import Balance, Expiry, Lot, UnitBalance
from ._gen.tallybook.v1.entry_pb2 import Entry, Posting
from ._gen.tallybook.v1.event_pb2 import (
    MovedUnit,
    PurchaseDiscount,
    PurchaseLine,
    RecordEventResponse,
    RefundLine,
    Reward,
    SkippedRule,
    SkipReason,
    TakenReward,
    Tender,
)
from ._gen.tallybook.v1.event_service_pb2 import ExplainEntryResponse, WaitingRefund
from ._gen.tallybook.v1.explanation_pb2 import Explanation
from ._gen.tallybook.v1.hold_pb2 import CaptureResponse, Hold, HoldResponse, HoldState, ReleaseResponse
from ._gen.tallybook.v1.member_pb2 import FreezeScope, Member
from ._gen.tallybook.v1.member_service_pb2 import (
    EnrollMemberResponse,
    FreezeMemberResponse,
    GetMemberResponse,
    UnfreezeMemberResponse,
)
from ._gen.tallybook.v1.points_service_pb2 import GetBalancesResponse, GetEntryResponse, GetHoldResponse
from ._gen.tallybook.v1.posting_pb2 import (
    AdjustResponse,
    AwardResponse,
    GiftResponse,
    RedeemResponse,
    ReverseResponse,
)
from ._gen.tallybook.v1.program_pb2 import Program, ShortfallPolicy
from ._gen.tallybook.v1.program_service_pb2 import ApplyProgramResponse, ProgramChange, ProgramRevision
from ._gen.tallybook.v1.report_service_pb2 import GetTrialBalanceResponse, VerifyResponse
from ._gen.tallybook.v1.stored_value_pb2 import (
    CancelPayoutResponse,
    CancelTopUpResponse,
    ConfirmPayoutResponse,
    ConfirmTopUpResponse,
    NameHolderResponse,
    PaymentState,
    Payout,
    ReactivateResponse,
    Refundable,
    RefundSpendResponse,
    RequestTopUpRefundResponse,
    RequestWithdrawalResponse,
    SpendValueResponse,
    TopUp,
    TopUpResponse,
)
from ._gen.tallybook.v1.stored_value_service_pb2 import (
    GetMaxRefundResponse,
    GetMaxWithdrawalResponse,
    GetPayoutResponse,
    GetTopUpResponse,
)
from .aio import AsyncTallybookClient
from .bulk import Outcome, Reply
from .client import TallybookClient
from .errors import Failed, Refused, TallybookError
from .requests import Command
from .retry import RetryPolicy

__all__ = [
    "AdjustResponse",
    "ApplyProgramResponse",
    "AsyncTallybookClient",
    "AwardResponse",
    "Balance",
    "CancelPayoutResponse",
    "CancelTopUpResponse",
    "CaptureResponse",
    "Command",
    "ConfirmPayoutResponse",
    "ConfirmTopUpResponse",
    "EnrollMemberResponse",
    "Entry",
    "Expiry",
    "ExplainEntryResponse",
    "Explanation",
    "Failed",
    "FreezeMemberResponse",
    "FreezeScope",
    "GetBalancesResponse",
    "GetEntryResponse",
    "GetHoldResponse",
    "GetMaxRefundResponse",
    "GetMaxWithdrawalResponse",
    "GetMemberResponse",
    "GetPayoutResponse",
    "GetTopUpResponse",
    "GetTrialBalanceResponse",
    "GiftResponse",
    "Hold",
    "HoldResponse",
    "HoldState",
    "Lot",
    "Member",
    "MovedUnit",
    "NameHolderResponse",
    "Outcome",
    "PaymentState",
    "Payout",
    "Posting",
    "Program",
    "ProgramChange",
    "ProgramRevision",
    "PurchaseDiscount",
    "PurchaseLine",
    "ReactivateResponse",
    "RecordEventResponse",
    "RedeemResponse",
    "RefundLine",
    "RefundSpendResponse",
    "Refundable",
    "Refused",
    "ReleaseResponse",
    "Reply",
    "RequestTopUpRefundResponse",
    "RequestWithdrawalResponse",
    "RetryPolicy",
    "ReverseResponse",
    "Reward",
    "ShortfallPolicy",
    "SkipReason",
    "SkippedRule",
    "SpendValueResponse",
    "TakenReward",
    "TallybookClient",
    "TallybookError",
    "Tender",
    "TopUp",
    "TopUpResponse",
    "UnfreezeMemberResponse",
    "UnitBalance",
    "VerifyResponse",
    "WaitingRefund",
    "errors",
    "requests",
]
