"""What callers know of stored value, to be had from `tallybook` itself. Decides nothing."""

from __future__ import annotations

from tallybook.refusals.money import (
    BalanceLimitExceeded,
    CardExists,
    CardInUse,
    CardState,
    LimitExceeded,
    MoneyUnit,
    NotEnoughValue,
    NotStoredValue,
    PaymentDiffers,
    PayoutExceedsValue,
    PayoutExists,
    PayoutState,
    PlanNotApplicable,
    ReactivationExceedsLapsed,
    TopUpExists,
    TopUpState,
    UnknownCard,
    UnknownPayout,
    UnknownTopUp,
)
from tallybook.stored_value.activate_card import ActivateCard, CardActivated
from tallybook.stored_value.by_code import Cards, CardsToIssue, NewCard, present_card, replace_card
from tallybook.stored_value.cancel_payout import CancelPayout
from tallybook.stored_value.cancel_top_up import CancelTopUp, TopUpCancelled
from tallybook.stored_value.card_view import CardView, GetCard
from tallybook.stored_value.claim_card import CardClaimed, ClaimCard
from tallybook.stored_value.confirm_payout import ConfirmPayout
from tallybook.stored_value.confirm_top_up import ConfirmTopUp, TopUpConfirmed
from tallybook.stored_value.issue_card import CardIssued, IssueCard
from tallybook.stored_value.name_holder import HolderNamed, NameHolder
from tallybook.stored_value.payouts import PayoutClosed, PayoutOpened
from tallybook.stored_value.present_card import CardPresented, PresentCard
from tallybook.stored_value.queries import (
    GetPayout,
    GetTopUp,
    MaxRefund,
    MaxWithdrawal,
    PayoutView,
    Refundable,
    TopUpView,
)
from tallybook.stored_value.reactivate import Reactivate, Reactivated
from tallybook.stored_value.refund_spend import RefundSpend, SpendRefunded
from tallybook.stored_value.replace_card import CardReplaced, ReplaceCard
from tallybook.stored_value.request_top_up_refund import RequestTopUpRefund
from tallybook.stored_value.request_withdrawal import RequestWithdrawal
from tallybook.stored_value.spend_value import SpendValue, ValueSpent
from tallybook.stored_value.top_up import TopUp, TopUpOpened
from tallybook.stored_value.transfer_value import TransferValue, ValueTransferred
from tallybook.stored_value.void_card import CardVoided, VoidCard

__all__ = [
    "ActivateCard",
    "BalanceLimitExceeded",
    "CancelPayout",
    "CancelTopUp",
    "CardActivated",
    "CardClaimed",
    "CardExists",
    "CardInUse",
    "CardIssued",
    "CardPresented",
    "CardReplaced",
    "CardState",
    "CardView",
    "CardVoided",
    "Cards",
    "CardsToIssue",
    "ClaimCard",
    "ConfirmPayout",
    "ConfirmTopUp",
    "GetCard",
    "GetPayout",
    "GetTopUp",
    "HolderNamed",
    "IssueCard",
    "LimitExceeded",
    "MaxRefund",
    "MaxWithdrawal",
    "MoneyUnit",
    "NameHolder",
    "NewCard",
    "NotEnoughValue",
    "NotStoredValue",
    "PaymentDiffers",
    "PayoutClosed",
    "PayoutExceedsValue",
    "PayoutExists",
    "PayoutOpened",
    "PayoutState",
    "PayoutView",
    "PlanNotApplicable",
    "PresentCard",
    "Reactivate",
    "Reactivated",
    "ReactivationExceedsLapsed",
    "RefundSpend",
    "Refundable",
    "ReplaceCard",
    "RequestTopUpRefund",
    "RequestWithdrawal",
    "SpendRefunded",
    "SpendValue",
    "TopUp",
    "TopUpCancelled",
    "TopUpConfirmed",
    "TopUpExists",
    "TopUpOpened",
    "TopUpState",
    "TopUpView",
    "TransferValue",
    "UnknownCard",
    "UnknownPayout",
    "UnknownTopUp",
    "ValueSpent",
    "ValueTransferred",
    "VoidCard",
    "present_card",
    "replace_card",
]
