"""Tallybook: a double-entry ledger for loyalty. Everything that callers need is named here.

Open a `Book`, `do` commands, `ask` queries. All amounts are whole numbers in a unit's smallest step.
"""

from tallybook.book import Book
from tallybook.commands import COMMANDS
from tallybook.engine.batch import Outcome
from tallybook.engine.command import Command, Reply
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
    NotEnoughPoints,
    NothingEarned,
    NotRedeemable,
    NotReversible,
    OutcomeUnknown,
    PageTokenInvalid,
    Refusal,
    RequestIdReused,
    ReversalExceedsEntry,
    SchemaOutdated,
    StaleEtag,
    TallybookError,
    UnknownEntry,
    UnknownFund,
    UnknownHold,
    UnknownMember,
    UnknownProgram,
    UnknownUnit,
    WrongCurrency,
)
from tallybook.journal.accounts import Balance, Posting
from tallybook.journal.holds import Hold as HoldState
from tallybook.journal.moves import Shortfall
from tallybook.journal.seal import Seal
from tallybook.journal.verify import Checked, Disagreement
from tallybook.members.count import CountMembers
from tallybook.members.enroll import Enroll, Enrolled
from tallybook.members.freeze import Freeze, Frozen, Scope, Unfreeze
from tallybook.members.queries import GetMember, MemberView
from tallybook.points.adjust import Adjust, Adjusted
from tallybook.points.award import Award, Awarded, Money
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
from tallybook.programs import DEMO_PROGRAM, Applied, Problem, ProgramInvalid, Revision, UnknownRevision
from tallybook.programs import compiled as compile_program
from tallybook.programs import parse as parse_program
from tallybook.reports.trial_balance import AccountSum, TrialBalance, TrialBalanceSheet

__all__ = [
    "COMMANDS",
    "DEMO_PROGRAM",
    "REFUSALS",
    "AccountSum",
    "Adjust",
    "Adjusted",
    "AmountOverflow",
    "Applied",
    "Award",
    "Awarded",
    "Balance",
    "BalanceSheet",
    "Balances",
    "Book",
    "Capture",
    "CaptureExceedsHold",
    "Checked",
    "Command",
    "Contention",
    "CountMembers",
    "DatabaseUnavailable",
    "Disagreement",
    "Enroll",
    "Enrolled",
    "EntryView",
    "Freeze",
    "Frozen",
    "GetEntry",
    "GetHold",
    "GetMember",
    "Gift",
    "Gifted",
    "Held",
    "Hold",
    "HoldExists",
    "HoldResolved",
    "HoldState",
    "HoldTooLong",
    "HoldView",
    "InternalError",
    "InvalidInput",
    "LotView",
    "MemberExists",
    "MemberFrozen",
    "MemberView",
    "Money",
    "NotDecided",
    "NotEnoughPoints",
    "NotRedeemable",
    "NotReversible",
    "NothingEarned",
    "Outcome",
    "OutcomeUnknown",
    "Page",
    "PageTokenInvalid",
    "PastBalances",
    "Posted",
    "Posting",
    "Problem",
    "ProgramInvalid",
    "Query",
    "Redeem",
    "Redeemed",
    "Refusal",
    "Release",
    "Reply",
    "RequestIdReused",
    "Resolved",
    "ReversalExceedsEntry",
    "Reverse",
    "Reversed",
    "Revision",
    "SchemaOutdated",
    "Scope",
    "Seal",
    "Shortfall",
    "StaleEtag",
    "Statement",
    "TallybookError",
    "TrialBalance",
    "TrialBalanceSheet",
    "Unfreeze",
    "UnitBalance",
    "UnknownEntry",
    "UnknownFund",
    "UnknownHold",
    "UnknownMember",
    "UnknownProgram",
    "UnknownRevision",
    "UnknownUnit",
    "WrongCurrency",
    "compile_program",
    "parse_program",
]
