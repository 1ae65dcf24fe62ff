"""The client of Tallybook, a double-entry ledger for loyalty: the whole public API, re-exported.

`TallybookClient` and `AsyncTallybookClient` make calls. `requests` builds commands for their batches and
streams. `errors` holds one exception class for each reason to refuse; all are `TallybookError`.
"""

from . import errors, requests
from ._gen.tallybook.v1.amounts_pb2 import Balance, Expiry, Lot, Money, UnitBalance
from ._gen.tallybook.v1.entry_pb2 import Entry, Posting
from ._gen.tallybook.v1.hold_pb2 import Hold, HoldState
from ._gen.tallybook.v1.member_pb2 import FreezeScope, Member
from ._gen.tallybook.v1.program_pb2 import Program, ShortfallPolicy
from .aio import AsyncTallybookClient
from .bulk import Outcome, Reply
from .client import TallybookClient
from .errors import Failed, Refused, TallybookError
from .requests import Command
from .retry import RetryPolicy

__all__ = [
    "AsyncTallybookClient",
    "Balance",
    "Command",
    "Entry",
    "Expiry",
    "Failed",
    "FreezeScope",
    "Hold",
    "HoldState",
    "Lot",
    "Member",
    "Money",
    "Outcome",
    "Posting",
    "Program",
    "Refused",
    "Reply",
    "RetryPolicy",
    "ShortfallPolicy",
    "TallybookClient",
    "TallybookError",
    "UnitBalance",
    "errors",
    "requests",
]
