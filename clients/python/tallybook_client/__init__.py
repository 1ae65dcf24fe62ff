"""The client of Tallybook, a double-entry ledger for loyalty: the whole public API, re-exported.

`TallybookClient` and `AsyncTallybookClient` make calls. `requests` builds commands for their batches and
streams. `errors` holds one exception class for each reason to refuse; all are `TallybookError`.
"""

from . import errors, requests
from ._gen.tallybook.v1.amounts_pb2 import Balance, Expiry, Lot, Money, UnitBalance
from ._gen.tallybook.v1.entry_pb2 import Entry, Posting
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
from ._gen.tallybook.v1.program_service_pb2 import ApplyProgramResponse
from ._gen.tallybook.v1.report_service_pb2 import GetTrialBalanceResponse, VerifyResponse
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
    "CaptureResponse",
    "Command",
    "EnrollMemberResponse",
    "Entry",
    "Expiry",
    "Failed",
    "FreezeMemberResponse",
    "FreezeScope",
    "GetBalancesResponse",
    "GetEntryResponse",
    "GetHoldResponse",
    "GetMemberResponse",
    "GetTrialBalanceResponse",
    "GiftResponse",
    "Hold",
    "HoldResponse",
    "HoldState",
    "Lot",
    "Member",
    "Money",
    "Outcome",
    "Posting",
    "Program",
    "RedeemResponse",
    "Refused",
    "ReleaseResponse",
    "Reply",
    "RetryPolicy",
    "ReverseResponse",
    "ShortfallPolicy",
    "TallybookClient",
    "TallybookError",
    "UnfreezeMemberResponse",
    "UnitBalance",
    "VerifyResponse",
    "errors",
    "requests",
]
