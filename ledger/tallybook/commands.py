"""Every kind of command, and what time does to notes: a file in its slice, a line here. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping

from tallybook.checkout.capture_checkout import CaptureCheckout
from tallybook.checkout.gatherer import checkouts
from tallybook.checkout.hold_checkout import HoldCheckout, ReleaseCheckout
from tallybook.checkout.notes import CHECKOUT, TIME_OUT_CHECKOUT
from tallybook.checkout.quote_checkout import QuoteCheckout
from tallybook.checkout.refund_checkout import RefundCheckout
from tallybook.coupons.claim_code import ClaimCode
from tallybook.coupons.claim_coupon import ClaimCoupon
from tallybook.coupons.gatherer import coupons
from tallybook.coupons.issue_codes import IssueCodes
from tallybook.coupons.issue_coupons import IssueCoupons
from tallybook.coupons.notes import BASKET, COUPON
from tallybook.coupons.orders import EXPIRE_COUPON, TIME_OUT_RESERVATION
from tallybook.coupons.present_coupon import PresentCoupon
from tallybook.coupons.redeem_in_store import RedeemInStore, RevokeRedemption
from tallybook.coupons.reserve_coupons import ReleaseCoupons, ReserveCoupons
from tallybook.coupons.return_coupons import ReturnCoupons
from tallybook.coupons.transfer_coupon import TransferCoupon
from tallybook.coupons.use_coupons import UseCoupons
from tallybook.coupons.void_codes import VoidCodes
from tallybook.coupons.void_coupon import VoidCoupon
from tallybook.draws.claim_red_packet import ClaimRedPacket
from tallybook.draws.close_draw import CloseDraw
from tallybook.draws.create_red_packet import CreateRedPacket
from tallybook.draws.deliver_prize import DeliverPrize
from tallybook.draws.draw import Draw
from tallybook.draws.gatherer import draws
from tallybook.draws.notes import PACKET
from tallybook.draws.open_draw import OpenDraw
from tallybook.draws.packets import LAPSE_RED_PACKET
from tallybook.earning.differences import RETURN
from tallybook.earning.gatherer import stories
from tallybook.earning.record_event import RecordEvent
from tallybook.earning.referral_gatherer import referrers
from tallybook.engine.command import AnyCommand, Kinds
from tallybook.flows.gatherer import merges
from tallybook.flows.merge_members import MergeMembers
from tallybook.flows.split_members import SplitMembers
from tallybook.flows.taken_over import SPENT_BEFORE, SPENT_ELSEWHERE
from tallybook.growth.grants import GRANT, GRANT_CLOCK
from tallybook.growth.membership_grants import MEMBERSHIP_GRANT, MEMBERSHIP_GRANT_CLOCK
from tallybook.growth.memberships import END_MEMBERSHIP, MEMBERSHIPS
from tallybook.growth.newcomers import REFERRAL
from tallybook.growth.referral_notes import COMMISSION, NEWCOMER, REFEREE
from tallybook.growth.referrals import NEWCOMER_REWARDED, REFERRER_REWARDED
from tallybook.growth.review import REVIEW, REVIEW_TIERS
from tallybook.growth.team_notes import TEAM, TEAM_LAPSED
from tallybook.growth.team_places import TEAM_COMPLETED, TEAM_LEFT, TEAM_PLACE_MOVED
from tallybook.journal.settle import Effects
from tallybook.mall.adjust_stock import AdjustStock
from tallybook.mall.cancel_order import CancelOrder
from tallybook.mall.fulfil_order import FulfilOrder
from tallybook.mall.gatherer import orders
from tallybook.mall.notes import ORDER
from tallybook.mall.orders import TIME_OUT_ORDER
from tallybook.mall.pay_order import PayOrder
from tallybook.mall.place_order import PlaceOrder
from tallybook.mall.return_order import ReturnOrder
from tallybook.members.enroll import Enroll
from tallybook.members.erased import EraseMember
from tallybook.members.freeze import Freeze, Unfreeze
from tallybook.members.gatherer import known_by
from tallybook.members.link_identity import LinkIdentity, UnlinkIdentity
from tallybook.members.resolve_review import ResolveReview
from tallybook.members.set_birthday import SetBirthday
from tallybook.members.tag import TagMember, UntagMember
from tallybook.memberships.buy_membership import BuyMembership
from tallybook.memberships.cancel_membership import CancelMembership
from tallybook.memberships.grant_membership_days import GrantMembershipDays
from tallybook.memberships.refund_membership import RefundMembership
from tallybook.memberships.renew_membership import RenewMembership
from tallybook.points.adjust import Adjust
from tallybook.points.award import Award
from tallybook.points.gift import Gift
from tallybook.points.hold import Capture, Hold, Release
from tallybook.points.redeem import Redeem
from tallybook.points.reverse import Reverse
from tallybook.referrals.bind import BindReferral
from tallybook.referrals.issue_code import IssueReferralCode
from tallybook.stored_value.activate_card import ActivateCard
from tallybook.stored_value.cancel_payout import CancelPayout
from tallybook.stored_value.cancel_top_up import CancelTopUp
from tallybook.stored_value.claim_card import ClaimCard
from tallybook.stored_value.confirm_payout import ConfirmPayout
from tallybook.stored_value.confirm_top_up import ConfirmTopUp
from tallybook.stored_value.gatherer import money
from tallybook.stored_value.issue_card import IssueCard
from tallybook.stored_value.name_holder import NameHolder
from tallybook.stored_value.notes import PAYOUT, TOP_UP
from tallybook.stored_value.payouts import TIME_OUT_PAYOUT
from tallybook.stored_value.present_card import PresentCard
from tallybook.stored_value.reactivate import Reactivate
from tallybook.stored_value.refund_spend import RefundSpend
from tallybook.stored_value.replace_card import ReplaceCard
from tallybook.stored_value.request_top_up_refund import RequestTopUpRefund
from tallybook.stored_value.request_withdrawal import RequestWithdrawal
from tallybook.stored_value.spend_value import SpendValue
from tallybook.stored_value.top_up import TIME_OUT_TOP_UP, TopUp
from tallybook.stored_value.transfer_value import TransferValue
from tallybook.stored_value.void_card import VoidCard
from tallybook.tasks.claim_task import ClaimTask
from tallybook.tasks.join_team import JoinTeam
from tallybook.tasks.leave_team import LeaveTeam
from tallybook.tasks.start_team import StartTeam
from tallybook.tiers.override_tier import EndOverride, OverrideTier
from tallybook.tiers.use_benefit import ReturnBenefit, UseBenefit

COMMANDS: Mapping[str, type[AnyCommand]] = {
    command.kind(): command
    for command in (
        Enroll,
        Freeze,
        Unfreeze,
        SetBirthday,
        TagMember,
        UntagMember,
        LinkIdentity,
        UnlinkIdentity,
        EraseMember,
        ResolveReview,
        MergeMembers,
        SplitMembers,
        Award,
        Redeem,
        Hold,
        Capture,
        Release,
        Reverse,
        Adjust,
        Gift,
        RecordEvent,
        TopUp,
        ConfirmTopUp,
        CancelTopUp,
        SpendValue,
        RefundSpend,
        TransferValue,
        RequestTopUpRefund,
        RequestWithdrawal,
        ConfirmPayout,
        CancelPayout,
        Reactivate,
        NameHolder,
        BuyMembership,
        RenewMembership,
        GrantMembershipDays,
        RefundMembership,
        CancelMembership,
        IssueCard,
        ActivateCard,
        PresentCard,
        ClaimCard,
        ReplaceCard,
        VoidCard,
        IssueReferralCode,
        BindReferral,
        ClaimTask,
        StartTeam,
        JoinTeam,
        LeaveTeam,
        OverrideTier,
        EndOverride,
        IssueCoupons,
        ClaimCoupon,
        IssueCodes,
        PresentCoupon,
        ClaimCode,
        ReserveCoupons,
        ReleaseCoupons,
        UseCoupons,
        ReturnCoupons,
        VoidCodes,
        VoidCoupon,
        TransferCoupon,
        RedeemInStore,
        RevokeRedemption,
        OpenDraw,
        Draw,
        CloseDraw,
        DeliverPrize,
        CreateRedPacket,
        ClaimRedPacket,
        UseBenefit,
        ReturnBenefit,
        AdjustStock,
        PlaceOrder,
        PayOrder,
        FulfilOrder,
        CancelOrder,
        ReturnOrder,
        QuoteCheckout,
        HoldCheckout,
        CaptureCheckout,
        ReleaseCheckout,
        RefundCheckout,
    )
}

EFFECTS = Effects(
    notes={
        TOP_UP: TIME_OUT_TOP_UP,
        PAYOUT: TIME_OUT_PAYOUT,
        BASKET: TIME_OUT_RESERVATION,
        COUPON: EXPIRE_COUPON,
        ORDER: TIME_OUT_ORDER,
        CHECKOUT: TIME_OUT_CHECKOUT,
        PACKET: LAPSE_RED_PACKET,
        MEMBERSHIPS: END_MEMBERSHIP,
        NEWCOMER: NEWCOMER_REWARDED,
        REFEREE: REFERRER_REWARDED,
        TEAM: TEAM_LAPSED,
    },
    clocks={GRANT: GRANT_CLOCK, MEMBERSHIP_GRANT: MEMBERSHIP_GRANT_CLOCK, REVIEW_TIERS: REVIEW},
)

KINDS = Kinds(
    COMMANDS,
    EFFECTS,
    parts={
        RETURN,
        REFERRAL,
        COMMISSION,
        SPENT_BEFORE,
        SPENT_ELSEWHERE,
        TEAM_COMPLETED,
        TEAM_LEFT,
        TEAM_PLACE_MOVED,
    },
    gatherers=(stories, money, known_by, merges, referrers, coupons, checkouts, draws, orders),
)
