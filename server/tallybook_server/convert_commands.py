"""From the requests that post to the library's commands, one function a message. Pure: no clock, no database.

The library checks what the fields hold; here is checked only what the wire can say and a command cannot.
`program` is what a request means that names none: the program of its batch.
"""

from __future__ import annotations

from typing import Any, Final

from tallybook import (
    Adjust,
    Award,
    Capture,
    Enroll,
    Freeze,
    Gift,
    Hold,
    InvalidInput,
    Redeem,
    Release,
    Reverse,
    Scope,
    Shortfall,
    Unfreeze,
)
from tallybook_client._gen.tallybook.v1 import (
    checkout_pb2,
    coupon_pb2,
    identity_pb2,
    mall_pb2,
    member_command_pb2,
    membership_pb2,
    task_pb2,
    team_pb2,
    tier_pb2,
)
from tallybook_client._gen.tallybook.v1.card_pb2 import ActivateCardRequest, VoidCardRequest
from tallybook_client._gen.tallybook.v1.event_pb2 import RecordEventRequest
from tallybook_client._gen.tallybook.v1.hold_pb2 import CaptureRequest, HoldRequest, ReleaseRequest
from tallybook_client._gen.tallybook.v1.member_pb2 import FreezeScope
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
from tallybook_client._gen.tallybook.v1.program_pb2 import ShortfallPolicy
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

from tallybook_server.convert_days import day, moment, whole_seconds
from tallybook_server.errors import GiftToSelf

PostRequest = (
    AwardRequest
    | RedeemRequest
    | HoldRequest
    | CaptureRequest
    | ReleaseRequest
    | ReverseRequest
    | AdjustRequest
    | GiftRequest
    | EnrollMemberRequest
    | FreezeMemberRequest
    | UnfreezeMemberRequest
)
ReferralRequest = IssueReferralCodeRequest | BindReferralRequest
MembershipRequest = (
    membership_pb2.BuyMembershipRequest
    | membership_pb2.RenewMembershipRequest
    | membership_pb2.GrantMembershipDaysRequest
    | membership_pb2.RefundMembershipRequest
    | membership_pb2.CancelMembershipRequest
)
GrowthRequest = (
    tier_pb2.OverrideTierRequest
    | tier_pb2.EndOverrideRequest
    | tier_pb2.UseBenefitRequest
    | tier_pb2.ReturnBenefitRequest
    | task_pb2.ClaimTaskRequest
    | team_pb2.StartTeamRequest
    | team_pb2.JoinTeamRequest
    | team_pb2.LeaveTeamRequest
)
CouponRequest = (
    coupon_pb2.IssueCouponsRequest
    | coupon_pb2.ClaimCouponRequest
    | coupon_pb2.ReserveCouponsRequest
    | coupon_pb2.ReleaseCouponsRequest
    | coupon_pb2.UseCouponsRequest
    | coupon_pb2.ReturnCouponsRequest
    | coupon_pb2.VoidCouponRequest
    | coupon_pb2.TransferCouponRequest
    | coupon_pb2.RedeemInStoreRequest
    | coupon_pb2.RevokeRedemptionRequest
)
CheckoutRequest = (
    checkout_pb2.QuoteCheckoutRequest
    | checkout_pb2.HoldCheckoutRequest
    | checkout_pb2.CaptureCheckoutRequest
    | checkout_pb2.ReleaseCheckoutRequest
    | checkout_pb2.RefundCheckoutRequest
)
MallRequest = (
    mall_pb2.PlaceOrderRequest
    | mall_pb2.PayOrderRequest
    | mall_pb2.FulfilOrderRequest
    | mall_pb2.CancelOrderRequest
    | mall_pb2.ReturnOrderRequest
    | mall_pb2.AdjustStockRequest
)
MoneyRequest = (
    TopUpRequest
    | ConfirmTopUpRequest
    | CancelTopUpRequest
    | SpendValueRequest
    | RefundSpendRequest
    | RequestTopUpRefundRequest
    | RequestWithdrawalRequest
    | ConfirmPayoutRequest
    | CancelPayoutRequest
    | ReactivateRequest
    | NameHolderRequest
    | TransferValueRequest
    | ActivateCardRequest
    | VoidCardRequest
)

MemberRequest = (
    member_command_pb2.SetBirthdayRequest
    | member_command_pb2.TagMemberRequest
    | member_command_pb2.UntagMemberRequest
    | member_command_pb2.EraseMemberRequest
    | member_command_pb2.ResolveReviewRequest
    | member_command_pb2.MergeMembersRequest
    | member_command_pb2.SplitMembersRequest
    | identity_pb2.LinkIdentityRequest
    | identity_pb2.UnlinkIdentityRequest
)

HOUSE_FUND: Final = "house"

SCOPES: Final = {
    FreezeScope.FREEZE_SCOPE_EARN: Scope.EARN,
    FreezeScope.FREEZE_SCOPE_REDEEM: Scope.REDEEM,
    FreezeScope.FREEZE_SCOPE_ALL: Scope.ALL,
}
SHORTFALLS: Final = {
    ShortfallPolicy.SHORTFALL_POLICY_UNSPECIFIED: None,
    ShortfallPolicy.SHORTFALL_POLICY_ONLY_PENDING: Shortfall.ONLY_PENDING,
    ShortfallPolicy.SHORTFALL_POLICY_WITHIN_BALANCE: Shortfall.WITHIN_BALANCE,
    ShortfallPolicy.SHORTFALL_POLICY_ARREARS: Shortfall.ARREARS,
}


def common(
    request: PostRequest
    | MoneyRequest
    | ReferralRequest
    | MemberRequest
    | MembershipRequest
    | GrowthRequest
    | CouponRequest
    | CheckoutRequest
    | MallRequest,
    program: str,
) -> dict[str, Any]:
    """What every command takes."""
    return circumstances(request, program) | {"request_id": request.request_id}


def circumstances(
    request: PostRequest
    | MoneyRequest
    | ReferralRequest
    | MemberRequest
    | MembershipRequest
    | GrowthRequest
    | CouponRequest
    | CheckoutRequest
    | MallRequest
    | RecordEventRequest,
    program: str,
) -> dict[str, Any]:
    """The same without the request id. Fields that most requests leave out are not even read."""
    fields: dict[str, Any] = {
        "program": request.program or program,
        "member": request.member,
        "source": request.source,
        "reason": request.reason,
    }
    if request.HasField("occurred_at"):
        fields["occurred_at"] = moment("occurred_at", request.occurred_at)
    if request.metadata:
        fields["metadata"] = dict(request.metadata)
    return fields


def award(request: AwardRequest, program: str) -> Award:
    """Give."""
    return Award(
        **common(request, program),
        unit=request.unit,
        amount=request.amount,
        fund=request.fund or HOUSE_FUND,
        vests_on=day("vests_on", request.vests_on) if request.HasField("vests_on") else None,
        expires_on=day("expires_on", request.expires_on) if request.HasField("expires_on") else None,
    )


def redeem(request: RedeemRequest, program: str) -> Redeem:
    """Spend."""
    return Redeem(
        **common(request, program),
        unit=request.unit,
        amount=request.amount,
        allow_partial=request.allow_partial,
    )


def hold(request: HoldRequest, program: str) -> Hold:
    """Set aside."""
    seconds = None
    if request.HasField("ttl"):
        seconds = whole_seconds("ttl", request.ttl)
        if seconds < 1:
            raise InvalidInput("ttl", f"must be at least a second, not {seconds} seconds")
    return Hold(
        **common(request, program),
        unit=request.unit,
        amount=request.amount,
        hold_id=request.hold_id,
        seconds=seconds,
    )


def capture(request: CaptureRequest, program: str) -> Capture:
    """Spend a hold, all or part."""
    return Capture(
        **common(request, program),
        hold_id=request.hold_id,
        amount=request.amount if request.HasField("amount") else None,
    )


def release(request: ReleaseRequest, program: str) -> Release:
    """Give up a hold."""
    return Release(**common(request, program), hold_id=request.hold_id)


def reverse(request: ReverseRequest, program: str) -> Reverse:
    """Undo an entry, all or part."""
    if request.shortfall not in SHORTFALLS:
        raise InvalidInput("shortfall", f"has no value numbered {int(request.shortfall)}")
    return Reverse(
        **common(request, program),
        entry=request.entry,
        amount=request.amount if request.HasField("amount") else None,
        shortfall=SHORTFALLS[request.shortfall],
    )


def adjust(request: AdjustRequest, program: str) -> Adjust:
    """Correct by hand."""
    return Adjust(
        **common(request, program),
        unit=request.unit,
        amount=request.amount,
        fund=request.fund or HOUSE_FUND,
        allow_arrears=request.allow_arrears,
    )


def gift(request: GiftRequest, program: str) -> Gift:
    """Pass on to another member."""
    if request.to_member == request.member:
        raise GiftToSelf(member=request.member)
    return Gift(
        **common(request, program),
        unit=request.unit,
        amount=request.amount,
        to_member=request.to_member,
    )


def enroll_member(request: EnrollMemberRequest, program: str) -> Enroll:
    """Open a member's page."""
    return Enroll(**common(request, program))


def freeze_member(request: FreezeMemberRequest, program: str) -> Freeze:
    """Stop a member from earning or spending."""
    if request.scope not in SCOPES:
        raise InvalidInput("scope", "must be EARN, REDEEM or ALL")
    return Freeze(**common(request, program), scope=SCOPES[request.scope])


def unfreeze_member(request: UnfreezeMemberRequest, program: str) -> Unfreeze:
    """Lift a freeze."""
    return Unfreeze(**common(request, program))
