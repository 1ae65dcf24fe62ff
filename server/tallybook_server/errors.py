"""What each error is on the wire: one table, from classes to statuses. Pure: no clock, no database.

The library's errors say what a caller may know, so they are told as they are. Anything else that is raised is
a mistake of ours: the caller gets the number of an incident, and the log the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Final, NamedTuple

import tallybook as tb
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from google.rpc.status_pb2 import Status
from grpc import StatusCode

DOMAIN: Final = "tallybook"
DETAILS: Final = "grpc-status-details-bin"
PUSHBACK: Final = "grpc-retry-pushback-ms"

# A status travels in headers, which gRPC limits to 8 KiB together: long texts are cut, and long lists.
TEXT_MAX: Final = 512
VIOLATIONS_BYTES_MAX: Final = 3_072

MILLISECONDS_PER_SECOND: Final = 1_000


# --- the server's own ------------------------------------------------------------------------------------


@dataclass(eq=False)
class Overloaded(tb.TallybookError):
    """More requests are waiting than the server takes: send it again a little later."""

    code: ClassVar[str] = "OVERLOADED"
    retry_ms: int


@dataclass(eq=False)
class Draining(tb.TallybookError):
    """The server is stopping: send it again, and another one takes it."""

    code: ClassVar[str] = "DRAINING"


@dataclass(eq=False)
class GiftToSelf(tb.TallybookError):
    """Member {member!r} cannot be given what is their own."""

    code: ClassVar[str] = "GIFT_TO_SELF"
    member: str


@dataclass(eq=False)
class DeadlinePassed(tb.TallybookError):
    """The deadline passed before the request's turn came: nothing was recorded."""

    code: ClassVar[str] = "DEADLINE_PASSED"


@dataclass(eq=False)
class Incident(tb.TallybookError):
    """The server failed at this request; its log tells more under incident {incident}."""

    code: ClassVar[str] = "INTERNAL"
    incident: str


# --- the table -------------------------------------------------------------------------------------------


class Wire(NamedTuple):
    """The status that an error class comes with, and when the same request may be sent again, if it may."""

    status: StatusCode
    retry_ms: int | None = None


STATUSES: Final[dict[type[tb.TallybookError], Wire]] = {
    tb.InvalidInput: Wire(StatusCode.INVALID_ARGUMENT),
    tb.ProgramInvalid: Wire(StatusCode.INVALID_ARGUMENT),
    tb.PageTokenInvalid: Wire(StatusCode.INVALID_ARGUMENT),
    tb.UnknownProgram: Wire(StatusCode.NOT_FOUND),
    tb.UnknownMember: Wire(StatusCode.NOT_FOUND),
    tb.UnknownUnit: Wire(StatusCode.NOT_FOUND),
    tb.UnknownFund: Wire(StatusCode.NOT_FOUND),
    tb.UnknownEntry: Wire(StatusCode.NOT_FOUND),
    tb.UnknownHold: Wire(StatusCode.NOT_FOUND),
    tb.UnknownEventType: Wire(StatusCode.NOT_FOUND),
    tb.UnknownLine: Wire(StatusCode.NOT_FOUND),
    tb.UnknownTopUp: Wire(StatusCode.NOT_FOUND),
    tb.UnknownPayout: Wire(StatusCode.NOT_FOUND),
    tb.MemberExists: Wire(StatusCode.ALREADY_EXISTS),
    tb.HoldExists: Wire(StatusCode.ALREADY_EXISTS),
    tb.TopUpExists: Wire(StatusCode.ALREADY_EXISTS),
    tb.PayoutExists: Wire(StatusCode.ALREADY_EXISTS),
    tb.RequestIdReused: Wire(StatusCode.ALREADY_EXISTS),
    tb.NotEnoughPoints: Wire(StatusCode.FAILED_PRECONDITION),
    tb.NotRedeemable: Wire(StatusCode.FAILED_PRECONDITION),
    tb.WrongCurrency: Wire(StatusCode.FAILED_PRECONDITION),
    tb.MemberFrozen: Wire(StatusCode.FAILED_PRECONDITION),
    GiftToSelf: Wire(StatusCode.INVALID_ARGUMENT),
    tb.HoldTooLong: Wire(StatusCode.FAILED_PRECONDITION),
    tb.HoldResolved: Wire(StatusCode.FAILED_PRECONDITION),
    tb.CaptureExceedsHold: Wire(StatusCode.FAILED_PRECONDITION),
    tb.NotReversible: Wire(StatusCode.FAILED_PRECONDITION),
    tb.ReversalExceedsEntry: Wire(StatusCode.FAILED_PRECONDITION),
    tb.RefundExceedsPurchase: Wire(StatusCode.FAILED_PRECONDITION),
    tb.MoneyUnit: Wire(StatusCode.FAILED_PRECONDITION),
    tb.NotStoredValue: Wire(StatusCode.FAILED_PRECONDITION),
    tb.NotEnoughValue: Wire(StatusCode.FAILED_PRECONDITION),
    tb.LimitExceeded: Wire(StatusCode.FAILED_PRECONDITION),
    tb.BalanceLimitExceeded: Wire(StatusCode.FAILED_PRECONDITION),
    tb.PlanNotApplicable: Wire(StatusCode.FAILED_PRECONDITION),
    tb.TopUpState: Wire(StatusCode.FAILED_PRECONDITION),
    tb.PaymentDiffers: Wire(StatusCode.FAILED_PRECONDITION),
    tb.PayoutExceedsValue: Wire(StatusCode.FAILED_PRECONDITION),
    tb.PayoutState: Wire(StatusCode.FAILED_PRECONDITION),
    tb.ReactivationExceedsLapsed: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownCard: Wire(StatusCode.NOT_FOUND),
    tb.CardExists: Wire(StatusCode.ALREADY_EXISTS),
    tb.CardState: Wire(StatusCode.FAILED_PRECONDITION),
    tb.CardInUse: Wire(StatusCode.FAILED_PRECONDITION),
    tb.CodeNotAccepted: Wire(StatusCode.PERMISSION_DENIED),
    tb.TooManyTries: Wire(StatusCode.FAILED_PRECONDITION),
    tb.CodeKeyMissing: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownReferralCode: Wire(StatusCode.NOT_FOUND),
    tb.ReferralCodeTaken: Wire(StatusCode.ALREADY_EXISTS),
    tb.NoReferrals: Wire(StatusCode.FAILED_PRECONDITION),
    tb.SelfReferral: Wire(StatusCode.FAILED_PRECONDITION),
    tb.AlreadyReferred: Wire(StatusCode.FAILED_PRECONDITION),
    tb.NotANewcomer: Wire(StatusCode.FAILED_PRECONDITION),
    tb.ReferralCircle: Wire(StatusCode.FAILED_PRECONDITION),
    tb.TooManyTags: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownIdentityKind: Wire(StatusCode.NOT_FOUND),
    tb.UnknownIdentity: Wire(StatusCode.NOT_FOUND),
    tb.IdentityTaken: Wire(StatusCode.ALREADY_EXISTS),
    tb.IdentityNotLinked: Wire(StatusCode.NOT_FOUND),
    tb.TooManyIdentities: Wire(StatusCode.FAILED_PRECONDITION),
    tb.MemberErased: Wire(StatusCode.FAILED_PRECONDITION),
    tb.VelocityExceeded: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownReview: Wire(StatusCode.NOT_FOUND),
    tb.ReviewDone: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownSegment: Wire(StatusCode.NOT_FOUND),
    tb.MemberMerged: Wire(StatusCode.FAILED_PRECONDITION),
    tb.MergeBlocked: Wire(StatusCode.FAILED_PRECONDITION),
    tb.MergeConflict: Wire(StatusCode.FAILED_PRECONDITION),
    tb.NotMerged: Wire(StatusCode.FAILED_PRECONDITION),
    tb.OrderElsewhere: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownMembershipPlan: Wire(StatusCode.NOT_FOUND),
    tb.MembershipExists: Wire(StatusCode.ALREADY_EXISTS),
    tb.NoMembership: Wire(StatusCode.NOT_FOUND),
    tb.MembershipNotRefundable: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UpgradeNotOffered: Wire(StatusCode.FAILED_PRECONDITION),
    tb.PaymentUsed: Wire(StatusCode.ALREADY_EXISTS),
    tb.MembershipTooLong: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownLadder: Wire(StatusCode.NOT_FOUND),
    tb.UnknownTier: Wire(StatusCode.NOT_FOUND),
    tb.OverrideEndsTooSoon: Wire(StatusCode.FAILED_PRECONDITION),
    tb.NoOverride: Wire(StatusCode.FAILED_PRECONDITION),
    tb.NoBenefit: Wire(StatusCode.FAILED_PRECONDITION),
    tb.BenefitUsedUp: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownUse: Wire(StatusCode.NOT_FOUND),
    tb.ReturnExceedsUse: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownTask: Wire(StatusCode.NOT_FOUND),
    tb.NothingToClaim: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownTeamKind: Wire(StatusCode.NOT_FOUND),
    tb.TeamExists: Wire(StatusCode.ALREADY_EXISTS),
    tb.NotForTeam: Wire(StatusCode.FAILED_PRECONDITION),
    tb.NoPlaceInTeam: Wire(StatusCode.FAILED_PRECONDITION),
    tb.TooManyTeams: Wire(StatusCode.FAILED_PRECONDITION),
    tb.CannotLeaveTeam: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownCouponTemplate: Wire(StatusCode.NOT_FOUND),
    tb.UnknownCouponCode: Wire(StatusCode.NOT_FOUND),
    tb.UnknownCoupon: Wire(StatusCode.NOT_FOUND),
    tb.CouponState: Wire(StatusCode.FAILED_PRECONDITION),
    tb.CouponNotClaimable: Wire(StatusCode.FAILED_PRECONDITION),
    tb.CouponLimitReached: Wire(StatusCode.FAILED_PRECONDITION),
    tb.CouponOutOfStock: Wire(StatusCode.FAILED_PRECONDITION),
    tb.CodesExist: Wire(StatusCode.ALREADY_EXISTS),
    tb.CouponNotUsable: Wire(StatusCode.FAILED_PRECONDITION),
    tb.CouponNotTransferable: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownCouponOrder: Wire(StatusCode.NOT_FOUND),
    tb.CouponOrderState: Wire(StatusCode.FAILED_PRECONDITION),
    tb.ReturnExceedsOrder: Wire(StatusCode.FAILED_PRECONDITION),
    tb.RevocationTooLate: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownItem: Wire(StatusCode.NOT_FOUND),
    tb.ItemNotOffered: Wire(StatusCode.FAILED_PRECONDITION),
    tb.ItemOutOfStock: Wire(StatusCode.FAILED_PRECONDITION),
    tb.ItemLimitReached: Wire(StatusCode.FAILED_PRECONDITION),
    tb.ItemNotStocked: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownOrder: Wire(StatusCode.NOT_FOUND),
    tb.OrderExists: Wire(StatusCode.ALREADY_EXISTS),
    tb.OrderState: Wire(StatusCode.FAILED_PRECONDITION),
    tb.OrderPaymentDiffers: Wire(StatusCode.FAILED_PRECONDITION),
    tb.OrderNotReturnable: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownQuote: Wire(StatusCode.NOT_FOUND),
    tb.QuoteLapsed: Wire(StatusCode.FAILED_PRECONDITION),
    tb.QuoteConsumed: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownCheckout: Wire(StatusCode.NOT_FOUND),
    tb.CheckoutState: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownTender: Wire(StatusCode.NOT_FOUND),
    tb.TenderCurrency: Wire(StatusCode.FAILED_PRECONDITION),
    tb.TenderExceedsLimit: Wire(StatusCode.FAILED_PRECONDITION),
    tb.CaptureExceedsCheckout: Wire(StatusCode.FAILED_PRECONDITION),
    tb.EventExists: Wire(StatusCode.ALREADY_EXISTS),
    tb.SeedSealed: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownDraw: Wire(StatusCode.NOT_FOUND),
    tb.DrawOpen: Wire(StatusCode.FAILED_PRECONDITION),
    tb.DrawNotOpen: Wire(StatusCode.FAILED_PRECONDITION),
    tb.DrawNotAllowed: Wire(StatusCode.FAILED_PRECONDITION),
    tb.DrawLimitReached: Wire(StatusCode.FAILED_PRECONDITION),
    tb.NoPrizeLeft: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownWonPrize: Wire(StatusCode.NOT_FOUND),
    tb.PrizeDelivered: Wire(StatusCode.FAILED_PRECONDITION),
    tb.UnknownRedPacketKind: Wire(StatusCode.NOT_FOUND),
    tb.UnknownRedPacket: Wire(StatusCode.NOT_FOUND),
    tb.RedPacketExists: Wire(StatusCode.ALREADY_EXISTS),
    tb.RedPacketTooLarge: Wire(StatusCode.FAILED_PRECONDITION),
    tb.RedPacketBudgetSpent: Wire(StatusCode.FAILED_PRECONDITION),
    tb.RedPacketOver: Wire(StatusCode.FAILED_PRECONDITION),
    tb.RedPacketClaimed: Wire(StatusCode.FAILED_PRECONDITION),
    tb.OwnRedPacket: Wire(StatusCode.FAILED_PRECONDITION),
    tb.AmountOverflow: Wire(StatusCode.FAILED_PRECONDITION),
    tb.StaleEtag: Wire(StatusCode.ABORTED),
    tb.RevisionPlanned: Wire(StatusCode.FAILED_PRECONDITION),
    tb.Contention: Wire(StatusCode.ABORTED, retry_ms=50),
    Overloaded: Wire(StatusCode.RESOURCE_EXHAUSTED),
    Draining: Wire(StatusCode.UNAVAILABLE, retry_ms=50),
    tb.DatabaseUnavailable: Wire(StatusCode.UNAVAILABLE, retry_ms=500),
    tb.SchemaOutdated: Wire(StatusCode.UNAVAILABLE),
    tb.OutcomeUnknown: Wire(StatusCode.UNAVAILABLE, retry_ms=200),
    DeadlinePassed: Wire(StatusCode.DEADLINE_EXCEEDED),
    tb.InternalError: Wire(StatusCode.INTERNAL),
    Incident: Wire(StatusCode.INTERNAL),
}

FAULTS: Final = frozenset(
    {StatusCode.INTERNAL, StatusCode.UNAVAILABLE, StatusCode.RESOURCE_EXHAUSTED, StatusCode.UNKNOWN}
)
"""Statuses that tell of trouble of ours, not of the caller's request: they are worth a log line."""


class Told(NamedTuple):
    """An error, ready for the wire."""

    status: StatusCode
    message: str
    trailers: tuple[tuple[str, str | bytes], ...]


def told(error: tb.TallybookError) -> Told:
    """An error as a call of its own ends with it."""
    wire = wire_of(error)
    status = status_message(error)
    trailers: tuple[tuple[str, str | bytes], ...] = ((DETAILS, status.SerializeToString()),)
    if isinstance(error, Overloaded):
        trailers += ((PUSHBACK, str(error.retry_ms)),)
    return Told(wire.status, status.message, trailers)


def wire_of(error: tb.TallybookError) -> Wire:
    """The table's row for an error: its class's, or that of the class it is a special case of."""
    for kind in type(error).__mro__:
        if kind in STATUSES:
            return STATUSES[kind]
    raise AssertionError(f"{type(error).__name__} is not in the table")


def status_message(error: tb.TallybookError) -> Status:
    """An error as an item of a batch carries it."""
    wire = wire_of(error)
    retry_ms = error.retry_ms if isinstance(error, Overloaded) else wire.retry_ms
    details = [_packed(ErrorInfo(reason=error.code, domain=DOMAIN, metadata=_facts(error)))]
    violations = _violations(error)
    if violations:
        details.append(_packed(BadRequest(field_violations=violations)))
    if retry_ms is not None:
        details.append(_packed(RetryInfo(retry_delay=_duration(retry_ms))))
    return Status(code=wire.status.value[0], message=cut(str(error)), details=details)


def _facts(error: tb.TallybookError) -> dict[str, str]:
    if isinstance(error, tb.ProgramInvalid):
        return {"total": str(error.total)}
    if isinstance(error, Overloaded):
        return {}
    facts = {name: cut(str(fact)) for name, fact in error.facts().items()}
    if isinstance(error, tb.Refusal) and error.replayed:
        facts["replayed"] = "true"
    return facts


def _violations(error: tb.TallybookError) -> list[BadRequest.FieldViolation]:
    if isinstance(error, tb.InvalidInput):
        return [BadRequest.FieldViolation(field=cut(error.field), description=cut(error.problem))]
    if isinstance(error, tb.ProgramInvalid):
        return list(_that_fit(_mistake(problem) for problem in error.problems))
    return []


def _mistake(problem: tb.Problem) -> BadRequest.FieldViolation:
    return BadRequest.FieldViolation(field=cut(problem.path), description=cut(str(problem)))


def _that_fit(violations: Iterable[BadRequest.FieldViolation]) -> Iterable[BadRequest.FieldViolation]:
    room = VIOLATIONS_BYTES_MAX
    for violation in violations:
        room -= violation.ByteSize()
        if room < 0:
            return
        yield violation


def cut(text: str) -> str:
    """A text that is not too long for where it goes."""
    return text if len(text) <= TEXT_MAX else text[: TEXT_MAX - 1] + "…"


def _packed(message: Message) -> AnyMessage:
    kind: Any = message.DESCRIPTOR.full_name
    return AnyMessage(type_url=f"type.googleapis.com/{kind}", value=message.SerializeToString())


def _duration(milliseconds: int) -> Duration:
    seconds, rest = divmod(milliseconds, MILLISECONDS_PER_SECOND)
    return Duration(seconds=seconds, nanos=rest * 1_000_000)
