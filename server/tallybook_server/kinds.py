"""Every kind of command on the wire: its messages, and what converts them. Pure: no clock, no database.

A new kind is a function on either side and a line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import tallybook as tb
from google.protobuf.message import Message
from tallybook_client._gen.tallybook.v1 import coupon_pb2 as wire_coupons
from tallybook_client._gen.tallybook.v1 import mall_pb2 as goods
from tallybook_client._gen.tallybook.v1 import member_command_pb2 as people
from tallybook_client._gen.tallybook.v1.card_pb2 import ActivateCardRequest, VoidCardRequest
from tallybook_client._gen.tallybook.v1.event_pb2 import RecordEventRequest
from tallybook_client._gen.tallybook.v1.hold_pb2 import CaptureRequest, HoldRequest, ReleaseRequest
from tallybook_client._gen.tallybook.v1.member_service_pb2 import (
    EnrollMemberRequest,
    FreezeMemberRequest,
    UnfreezeMemberRequest,
)
from tallybook_client._gen.tallybook.v1.membership_pb2 import (
    BuyMembershipRequest,
    CancelMembershipRequest,
    GrantMembershipDaysRequest,
    RefundMembershipRequest,
    RenewMembershipRequest,
)
from tallybook_client._gen.tallybook.v1.posting_pb2 import (
    AdjustRequest,
    AwardRequest,
    GiftRequest,
    RedeemRequest,
    ReverseRequest,
)
from tallybook_client._gen.tallybook.v1.referral_pb2 import BindReferralRequest, IssueReferralCodeRequest
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
from tallybook_client._gen.tallybook.v1.task_pb2 import ClaimTaskRequest
from tallybook_client._gen.tallybook.v1.team_pb2 import JoinTeamRequest, LeaveTeamRequest, StartTeamRequest
from tallybook_client._gen.tallybook.v1.tier_pb2 import (
    EndOverrideRequest,
    OverrideTierRequest,
    ReturnBenefitRequest,
    UseBenefitRequest,
)

from tallybook_server import convert_cards as cards
from tallybook_server import convert_commands as commands
from tallybook_server import convert_coupons as coupons
from tallybook_server import convert_events as events
from tallybook_server import convert_growth as growth
from tallybook_server import convert_mall as mall
from tallybook_server import convert_members as members
from tallybook_server import convert_memberships as memberships
from tallybook_server import convert_referrals as referrals
from tallybook_server import convert_replies as replies
from tallybook_server import convert_stored_value as money
from tallybook_server import convert_teams as teams


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
    Kind(
        "set_birthday", "SetBirthday", people.SetBirthdayRequest, members.set_birthday, members.birthday_set
    ),
    Kind("tag_member", "TagMember", people.TagMemberRequest, members.tag_member, members.tagged),
    Kind("untag_member", "UntagMember", people.UntagMemberRequest, members.untag_member, members.untagged),
    Kind("erase_member", "EraseMember", people.EraseMemberRequest, members.erase_member, members.erased),
    Kind(
        "resolve_review",
        "ResolveReview",
        people.ResolveReviewRequest,
        members.resolve_review,
        members.review_resolved,
    ),
    Kind(
        "merge_members",
        "MergeMembers",
        people.MergeMembersRequest,
        members.merge_members,
        members.members_merged,
    ),
    Kind(
        "split_members",
        "SplitMembers",
        people.SplitMembersRequest,
        members.split_members,
        members.members_split,
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
    Kind(
        "transfer_value",
        "TransferValue",
        TransferValueRequest,
        money.transfer_value,
        money.value_transferred,
    ),
)
CARDS: Final = (
    Kind("activate_card", "ActivateCard", ActivateCardRequest, cards.activate_card, cards.card_activated),
    Kind("void_card", "VoidCard", VoidCardRequest, cards.void_card, cards.card_voided),
)
COUPONS: Final = (
    Kind(
        "issue_coupons",
        "IssueCoupons",
        wire_coupons.IssueCouponsRequest,
        coupons.issue_coupons,
        coupons.coupons_issued,
    ),
    Kind(
        "claim_coupon",
        "ClaimCoupon",
        wire_coupons.ClaimCouponRequest,
        coupons.claim_coupon,
        coupons.coupon_claimed,
    ),
    Kind(
        "reserve_coupons",
        "ReserveCoupons",
        wire_coupons.ReserveCouponsRequest,
        coupons.reserve_coupons,
        coupons.coupons_reserved,
    ),
    Kind(
        "release_coupons",
        "ReleaseCoupons",
        wire_coupons.ReleaseCouponsRequest,
        coupons.release_coupons,
        coupons.coupons_released,
    ),
    Kind(
        "use_coupons",
        "UseCoupons",
        wire_coupons.UseCouponsRequest,
        coupons.use_coupons,
        coupons.coupons_used,
    ),
    Kind(
        "return_coupons",
        "ReturnCoupons",
        wire_coupons.ReturnCouponsRequest,
        coupons.return_coupons,
        coupons.coupons_returned,
    ),
    Kind(
        "void_coupon",
        "VoidCoupon",
        wire_coupons.VoidCouponRequest,
        coupons.void_coupon,
        coupons.coupon_voided,
    ),
    Kind(
        "transfer_coupon",
        "TransferCoupon",
        wire_coupons.TransferCouponRequest,
        coupons.transfer_coupon,
        coupons.coupon_transferred,
    ),
    Kind(
        "redeem_in_store",
        "RedeemInStore",
        wire_coupons.RedeemInStoreRequest,
        coupons.redeem_in_store,
        coupons.redeemed_in_store,
    ),
    Kind(
        "revoke_redemption",
        "RevokeRedemption",
        wire_coupons.RevokeRedemptionRequest,
        coupons.revoke_redemption,
        coupons.redemption_revoked,
    ),
)
REFERRALS: Final = (
    Kind(
        "issue_referral_code",
        "IssueReferralCode",
        IssueReferralCodeRequest,
        referrals.issue_referral_code,
        referrals.referral_code_issued,
    ),
    Kind(
        "bind_referral",
        "BindReferral",
        BindReferralRequest,
        referrals.bind_referral,
        referrals.referral_bound,
    ),
)
MEMBERSHIPS: Final = (
    Kind(
        "buy_membership",
        "BuyMembership",
        BuyMembershipRequest,
        memberships.buy_membership,
        memberships.membership_bought,
    ),
    Kind(
        "renew_membership",
        "RenewMembership",
        RenewMembershipRequest,
        memberships.renew_membership,
        memberships.membership_renewed,
    ),
    Kind(
        "grant_membership_days",
        "GrantMembershipDays",
        GrantMembershipDaysRequest,
        memberships.grant_membership_days,
        memberships.membership_days_given,
    ),
    Kind(
        "refund_membership",
        "RefundMembership",
        RefundMembershipRequest,
        memberships.refund_membership,
        memberships.membership_refunded,
    ),
    Kind(
        "cancel_membership",
        "CancelMembership",
        CancelMembershipRequest,
        memberships.cancel_membership,
        memberships.membership_cancelled,
    ),
)
TIERS: Final = (
    Kind("override_tier", "OverrideTier", OverrideTierRequest, growth.override_tier, growth.tier_set),
    Kind("end_override", "EndOverride", EndOverrideRequest, growth.end_override, growth.override_ended),
    Kind("use_benefit", "UseBenefit", UseBenefitRequest, growth.use_benefit, growth.benefit_used),
    Kind(
        "return_benefit",
        "ReturnBenefit",
        ReturnBenefitRequest,
        growth.return_benefit,
        growth.benefit_returned,
    ),
)
TASKS: Final = (
    Kind("claim_task", "ClaimTask", ClaimTaskRequest, growth.claim_task, growth.task_claimed),
    Kind("start_team", "StartTeam", StartTeamRequest, teams.start_team, teams.team_started),
    Kind("join_team", "JoinTeam", JoinTeamRequest, teams.join_team, teams.team_joined),
    Kind("leave_team", "LeaveTeam", LeaveTeamRequest, teams.leave_team, teams.team_left),
)
MALL: Final = (
    Kind("place_order", "PlaceOrder", goods.PlaceOrderRequest, mall.place_order, mall.order_placed),
    Kind("pay_order", "PayOrder", goods.PayOrderRequest, mall.pay_order, mall.order_paid),
    Kind("fulfil_order", "FulfilOrder", goods.FulfilOrderRequest, mall.fulfil_order, mall.order_fulfilled),
    Kind("cancel_order", "CancelOrder", goods.CancelOrderRequest, mall.cancel_order, mall.order_cancelled),
    Kind("return_order", "ReturnOrder", goods.ReturnOrderRequest, mall.return_order, mall.order_returned),
    Kind("adjust_stock", "AdjustStock", goods.AdjustStockRequest, mall.adjust_stock, mall.stock_adjusted),
)
KINDS: Final = {
    kind.field: kind
    for kind in (
        *POINTS,
        *MEMBERS,
        *EVENTS,
        *STORED_VALUE,
        *REFERRALS,
        *CARDS,
        *MEMBERSHIPS,
        *TIERS,
        *TASKS,
        *COUPONS,
        *MALL,
    )
}
