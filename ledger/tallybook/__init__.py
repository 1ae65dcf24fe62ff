"""Tallybook: a double-entry ledger for loyalty. Everything that callers need is named here.

Open a `Book`, `do` commands, `ask` queries. All amounts are whole numbers in a unit's smallest step.
"""

from tallybook.book import Book
from tallybook.checkout import public as _checkout
from tallybook.checkout.public import *  # noqa: F403
from tallybook.codes import CodeKey, CodeKeyMissing, CodeNotAccepted, TooManyTries
from tallybook.commands import COMMANDS
from tallybook.coupons import public as _coupons
from tallybook.coupons.public import *  # noqa: F403
from tallybook.draws import public as _draws
from tallybook.draws.public import *  # noqa: F403
from tallybook.earning.compared import Backtest, BacktestCell, BacktestUnit, Compared, Counted
from tallybook.earning.events import (
    Custom,
    Discount,
    Event,
    Line,
    Purchase,
    Refund,
    RefundedLine,
    Tender,
)
from tallybook.earning.explain import (
    CountedLine,
    Decision,
    Earned,
    Explanation,
    GivenBack,
    Reclaimed,
    Since,
)
from tallybook.earning.origins import BalanceExplained, BalancePart
from tallybook.earning.queries import Explain, ExplainBalance, WaitingPage, WaitingRefunds, WaitingRefundView
from tallybook.earning.record_event import RecordEvent
from tallybook.earning.results import Cut, EventRecorded, Moved, Revalued, Reward, Skipped, Taken
from tallybook.engine.batch import Outcome
from tallybook.engine.command import Command, Reply, checked_before
from tallybook.engine.query import Query
from tallybook.errors import (
    REFUSALS,
    AmountOverflow,
    CaptureExceedsHold,
    Contention,
    DatabaseUnavailable,
    HoldExists,
    HoldResolved,
    HoldTooLong,
    InternalError,
    InvalidInput,
    MemberExists,
    MemberFrozen,
    NotDecided,
    NotDeclared,
    NotEnoughPoints,
    NotRedeemable,
    NotReversible,
    OutcomeUnknown,
    PageTokenInvalid,
    RefundExceedsPurchase,
    Refusal,
    RequestIdReused,
    ReversalExceedsEntry,
    RevisionPlanned,
    SchemaOutdated,
    StaleEtag,
    TallybookError,
    UnknownEntry,
    UnknownEventType,
    UnknownFund,
    UnknownHold,
    UnknownLine,
    UnknownMember,
    UnknownProgram,
    UnknownUnit,
    WrongCurrency,
)
from tallybook.flows.merge_members import Merged, MergeMembers
from tallybook.flows.split_members import Split, SplitMembers
from tallybook.grants import public as _grants
from tallybook.grants.public import *  # noqa: F403
from tallybook.growth.referral_notes import ReferralState
from tallybook.journal.accounts import Balance, Posting
from tallybook.journal.holds import Hold as HoldState
from tallybook.journal.moves import Shortfall
from tallybook.journal.seal import Seal
from tallybook.journal.verify import Checked, Disagreement
from tallybook.mall import public as _mall
from tallybook.mall.public import *  # noqa: F403
from tallybook.members import public as _members
from tallybook.members.public import *  # noqa: F403
from tallybook.memberships import public as _memberships
from tallybook.memberships.public import *  # noqa: F403
from tallybook.points.adjust import Adjust, Adjusted
from tallybook.points.award import Award, Awarded
from tallybook.points.gift import Gift, Gifted
from tallybook.points.hold import Capture, Held, Hold, Release, Resolved
from tallybook.points.posted import Posted
from tallybook.points.queries import (
    Balances,
    BalanceSheet,
    EntryView,
    GetEntry,
    GetHold,
    HoldView,
    LotView,
    Page,
    PastBalances,
    Statement,
    UnitBalance,
)
from tallybook.points.redeem import Redeem, Redeemed
from tallybook.points.reverse import Reverse, Reversed
from tallybook.programs import (
    DEMO_PROGRAM,
    Applied,
    Change,
    Problem,
    ProgramInvalid,
    Revision,
    RevisionLine,
    UnknownRevision,
)
from tallybook.programs import compiled as compile_program
from tallybook.programs import parse as parse_program
from tallybook.referrals.bind import BindReferral, ReferralBound
from tallybook.referrals.issue_code import IssueReferralCode, ReferralCodeIssued
from tallybook.referrals.queries import (
    BroughtBy,
    CapLeft,
    GetReferral,
    ListNewcomers,
    Newcomer,
    NewcomerPage,
    ReferralView,
)
from tallybook.refusals.referrals import (
    AlreadyReferred,
    NoReferrals,
    NotANewcomer,
    ReferralCircle,
    ReferralCodeTaken,
    SelfReferral,
    UnknownReferralCode,
)
from tallybook.reports.coupons import CouponCost, CouponReport, CouponSheet
from tallybook.reports.settlement import (
    Confirmed,
    Settled,
    SettlementDifference,
    SettlementProblem,
    SettlementSums,
)
from tallybook.reports.settlement_file import Columns, read_settlement
from tallybook.reports.stock import StockReport, StockSheet
from tallybook.reports.stored_value import FundSheet, MoneySheet, StoredValueReport
from tallybook.reports.trial_balance import AccountSum, TrialBalance, TrialBalanceSheet
from tallybook.stored_value import public as _money
from tallybook.stored_value.public import *  # noqa: F403
from tallybook.tasks import public as _tasks
from tallybook.tasks.public import *  # noqa: F403
from tallybook.tiers import public as _tiers
from tallybook.tiers.public import *  # noqa: F403
from tallybook.traces import trace_of

__all__ = [
    "COMMANDS",
    "DEMO_PROGRAM",
    "REFUSALS",
    "AccountSum",
    "Adjust",
    "Adjusted",
    "AlreadyReferred",
    "AmountOverflow",
    "Applied",
    "Award",
    "Awarded",
    "Backtest",
    "BacktestCell",
    "BacktestUnit",
    "Balance",
    "BalanceExplained",
    "BalancePart",
    "BalanceSheet",
    "Balances",
    "BindReferral",
    "Book",
    "BroughtBy",
    "CapLeft",
    "Capture",
    "CaptureExceedsHold",
    "Change",
    "Checked",
    "CodeKey",
    "CodeKeyMissing",
    "CodeNotAccepted",
    "Columns",
    "Command",
    "Compared",
    "Confirmed",
    "Contention",
    "Counted",
    "CountedLine",
    "CouponCost",
    "CouponReport",
    "CouponSheet",
    "Custom",
    "Cut",
    "DatabaseUnavailable",
    "Decision",
    "Disagreement",
    "Discount",
    "Earned",
    "EntryView",
    "Event",
    "EventRecorded",
    "Explain",
    "ExplainBalance",
    "Explanation",
    "FundSheet",
    "GetEntry",
    "GetHold",
    "GetReferral",
    "Gift",
    "Gifted",
    "GivenBack",
    "Held",
    "Hold",
    "HoldExists",
    "HoldResolved",
    "HoldState",
    "HoldTooLong",
    "HoldView",
    "InternalError",
    "InvalidInput",
    "IssueReferralCode",
    "Line",
    "ListNewcomers",
    "LotView",
    "MemberExists",
    "MemberFrozen",
    "MergeMembers",
    "Merged",
    "MoneySheet",
    "Moved",
    "Newcomer",
    "NewcomerPage",
    "NoReferrals",
    "NotANewcomer",
    "NotDecided",
    "NotDeclared",
    "NotEnoughPoints",
    "NotRedeemable",
    "NotReversible",
    "Outcome",
    "OutcomeUnknown",
    "Page",
    "PageTokenInvalid",
    "PastBalances",
    "Posted",
    "Posting",
    "Problem",
    "ProgramInvalid",
    "Purchase",
    "Query",
    "Reclaimed",
    "RecordEvent",
    "Redeem",
    "Redeemed",
    "ReferralBound",
    "ReferralCircle",
    "ReferralCodeIssued",
    "ReferralCodeTaken",
    "ReferralState",
    "ReferralView",
    "Refund",
    "RefundExceedsPurchase",
    "RefundedLine",
    "Refusal",
    "Release",
    "Reply",
    "RequestIdReused",
    "Resolved",
    "Revalued",
    "ReversalExceedsEntry",
    "Reverse",
    "Reversed",
    "Revision",
    "RevisionLine",
    "RevisionPlanned",
    "Reward",
    "SchemaOutdated",
    "Seal",
    "SelfReferral",
    "Settled",
    "SettlementDifference",
    "SettlementProblem",
    "SettlementSums",
    "Shortfall",
    "Since",
    "Skipped",
    "Split",
    "SplitMembers",
    "StaleEtag",
    "Statement",
    "StockReport",
    "StockSheet",
    "StoredValueReport",
    "Taken",
    "TallybookError",
    "Tender",
    "TooManyTries",
    "TrialBalance",
    "TrialBalanceSheet",
    "UnitBalance",
    "UnknownEntry",
    "UnknownEventType",
    "UnknownFund",
    "UnknownHold",
    "UnknownLine",
    "UnknownMember",
    "UnknownProgram",
    "UnknownReferralCode",
    "UnknownRevision",
    "UnknownUnit",
    "WaitingPage",
    "WaitingRefundView",
    "WaitingRefunds",
    "WrongCurrency",
    "checked_before",
    "compile_program",
    "parse_program",
    "read_settlement",
    "trace_of",
]
__all__ += _money.__all__
__all__ += _checkout.__all__
__all__ += _coupons.__all__
__all__ += _draws.__all__
__all__ += _grants.__all__
__all__ += _mall.__all__
__all__ += _memberships.__all__
__all__ += _members.__all__
__all__ += _tasks.__all__
__all__ += _tiers.__all__
