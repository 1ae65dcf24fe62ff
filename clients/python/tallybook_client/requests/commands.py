"""Commands on a member's units and on members, and batches of commands. Knows no channel."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Unpack

from google.protobuf.duration_pb2 import Duration
from google.type.date_pb2 import Date

from tallybook_client._gen.tallybook.v1.batch_pb2 import BatchPostRequest, PostCommand
from tallybook_client._gen.tallybook.v1.card_pb2 import ActivateCardRequest, VoidCardRequest
from tallybook_client._gen.tallybook.v1.event_pb2 import RecordEventRequest
from tallybook_client._gen.tallybook.v1.hold_pb2 import CaptureRequest, HoldRequest, ReleaseRequest
from tallybook_client._gen.tallybook.v1.member_command_pb2 import (
    EraseMemberRequest,
    MergeMembersRequest,
    ResolveReviewRequest,
    SetBirthdayRequest,
    SplitMembersRequest,
    TagMemberRequest,
    UntagMemberRequest,
)
from tallybook_client._gen.tallybook.v1.member_pb2 import FreezeScope
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
from tallybook_client._gen.tallybook.v1.task_pb2 import ClaimTaskRequest
from tallybook_client._gen.tallybook.v1.tier_pb2 import (
    EndOverrideRequest,
    OverrideTierRequest,
    ReturnBenefitRequest,
    UseBenefitRequest,
)

from .circumstances import Common, Reasoned, common_fields
from .coupons import CouponCommand
from .mall import MallCommand
from .teams import TeamCommand

Command = (
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
    | SetBirthdayRequest
    | TagMemberRequest
    | UntagMemberRequest
    | EraseMemberRequest
    | ResolveReviewRequest
    | MergeMembersRequest
    | SplitMembersRequest
    | RecordEventRequest
    | TopUpRequest
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
    | IssueReferralCodeRequest
    | BindReferralRequest
    | BuyMembershipRequest
    | RenewMembershipRequest
    | GrantMembershipDaysRequest
    | RefundMembershipRequest
    | CancelMembershipRequest
    | OverrideTierRequest
    | EndOverrideRequest
    | UseBenefitRequest
    | ReturnBenefitRequest
    | ClaimTaskRequest
    | TeamCommand
    | CouponCommand
    | MallCommand
)


def award(
    member: str,
    *,
    amount: int,
    unit: str,
    fund: str = "",
    vests_on: date | None = None,
    expires_on: date | None = None,
    **common: Unpack[Common],
) -> AwardRequest:
    """Give `amount` of `unit`.

    >>> request = award("m1", amount=120, unit="points", request_id="order-1")
    >>> request.amount, request.request_id
    (120, 'order-1')
    """
    return AwardRequest(
        member=member,
        unit=unit,
        amount=amount,
        fund=fund,
        vests_on=_date(vests_on),
        expires_on=_date(expires_on),
        **common_fields(common),
    )


def redeem(
    member: str, *, amount: int, unit: str, allow_partial: bool = False, **common: Unpack[Common]
) -> RedeemRequest:
    """Spend units; with `allow_partial`, as many as there are when they are fewer."""
    return RedeemRequest(
        member=member, unit=unit, amount=amount, allow_partial=allow_partial, **common_fields(common)
    )


def hold(
    member: str,
    *,
    amount: int,
    unit: str,
    hold_id: str = "",
    ttl: timedelta | None = None,
    **common: Unpack[Common],
) -> HoldRequest:
    """Set units aside for `ttl`, to capture or release. Without a `hold_id` it is named as the request is."""
    return HoldRequest(
        member=member, unit=unit, amount=amount, hold_id=hold_id, ttl=_duration(ttl), **common_fields(common)
    )


def capture(
    member: str, hold_id: str, *, amount: int | None = None, **common: Unpack[Common]
) -> CaptureRequest:
    """Spend a hold, or `amount` of it; the rest is released."""
    return CaptureRequest(member=member, hold_id=hold_id, amount=amount, **common_fields(common))


def release(member: str, hold_id: str, **common: Unpack[Common]) -> ReleaseRequest:
    """Give up a hold."""
    return ReleaseRequest(member=member, hold_id=hold_id, **common_fields(common))


def reverse(
    member: str,
    entry: int,
    *,
    amount: int | None = None,
    shortfall: ShortfallPolicy | None = None,
    **common: Unpack[Common],
) -> ReverseRequest:
    """Undo an entry, or `amount` of it. `shortfall` goes before the program's for units already spent."""
    return ReverseRequest(
        member=member, entry=entry, amount=amount, shortfall=shortfall, **common_fields(common)
    )


def adjust(
    member: str,
    *,
    amount: int,
    unit: str,
    reason: str,
    allow_arrears: bool = False,
    fund: str = "",
    **common: Unpack[Reasoned],
) -> AdjustRequest:
    """Correct by hand: add units, or below zero take them."""
    return AdjustRequest(
        member=member,
        unit=unit,
        amount=amount,
        allow_arrears=allow_arrears,
        fund=fund,
        reason=reason,
        **common_fields(common),
    )


def gift(member: str, to_member: str, *, amount: int, unit: str, **common: Unpack[Common]) -> GiftRequest:
    """Pass units of `member` on to `to_member`."""
    return GiftRequest(member=member, to_member=to_member, unit=unit, amount=amount, **common_fields(common))


def enroll_member(member: str, **common: Unpack[Common]) -> EnrollMemberRequest:
    """Open a member's page of the book."""
    return EnrollMemberRequest(member=member, **common_fields(common))


def freeze_member(
    member: str, *, scope: FreezeScope, reason: str, **common: Unpack[Reasoned]
) -> FreezeMemberRequest:
    """Stop a member from earning, from redeeming, or from both."""
    return FreezeMemberRequest(member=member, scope=scope, reason=reason, **common_fields(common))


def unfreeze_member(member: str, *, reason: str, **common: Unpack[Reasoned]) -> UnfreezeMemberRequest:
    """Lift whatever freeze is in force."""
    return UnfreezeMemberRequest(member=member, reason=reason, **common_fields(common))


_FIELD_OF_COMMAND = {
    field.message_type.full_name: field.name
    for field in PostCommand.DESCRIPTOR.oneofs_by_name["command"].fields
    if field.message_type is not None
}


def post_command(command: Command) -> PostCommand:
    """One item of a batch."""
    fields: dict[str, Any] = {_FIELD_OF_COMMAND[command.DESCRIPTOR.full_name]: command}
    return PostCommand(**fields)


def batch_post(commands: Iterable[Command], *, validate_only: bool = False) -> BatchPostRequest:
    """Carry out commands together: at most 1,000, of any kinds, made by the functions of this module.

    The reply is a list of what became of each: its own reply, or the exception that a call of its own would
    have raised.
    """
    return BatchPostRequest(commands=map(post_command, commands), validate_only=validate_only)


def _date(value: date | None) -> Date | None:
    return None if value is None else Date(year=value.year, month=value.month, day=value.day)


def _duration(value: timedelta | None) -> Duration | None:
    if value is None:
        return None
    duration = Duration()
    duration.FromTimedelta(value)
    return duration
