"""Build the messages that are sent, from plain values. It draws request ids, and knows no channel.

Amounts are whole numbers in the unit's smallest step, money is in the currency's minor unit, and every time
has a time zone. A wrong type or an impossible combination raises here (TypeError, ValueError); all else is
for the server to decide. The messages name no program: the client that sends them does.

Every command takes these by keyword:

- `request_id`: names the request, once for the member. Drawn at random when it is not given; give one that
  comes from your own order or event to be safe from sending the same thing twice under two ids.
- `occurred_at`: when it happened. `source`: where. `reason`: why. `metadata`: facts of your own.
- `validate_only`: answer as usual and record nothing.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypedDict, Unpack

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date

from ._gen.tallybook.v1.amounts_pb2 import Money
from ._gen.tallybook.v1.batch_pb2 import BatchPostRequest, PostCommand
from ._gen.tallybook.v1.hold_pb2 import CaptureRequest, HoldRequest, ReleaseRequest
from ._gen.tallybook.v1.member_pb2 import FreezeScope
from ._gen.tallybook.v1.member_service_pb2 import (
    EnrollMemberRequest,
    FreezeMemberRequest,
    GetMemberRequest,
    UnfreezeMemberRequest,
)
from ._gen.tallybook.v1.points_service_pb2 import (
    GetBalancesRequest,
    GetEntryRequest,
    GetHoldRequest,
    ListEntriesRequest,
)
from ._gen.tallybook.v1.posting_pb2 import (
    AdjustRequest,
    AwardRequest,
    GiftRequest,
    RedeemRequest,
    ReverseRequest,
)
from ._gen.tallybook.v1.program_pb2 import ShortfallPolicy
from ._gen.tallybook.v1.program_service_pb2 import ApplyProgramRequest, GetProgramRequest, ListProgramsRequest
from ._gen.tallybook.v1.report_service_pb2 import GetTrialBalanceRequest, VerifyRequest

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
)


class Reasoned(TypedDict, total=False):
    """What every command takes; the module says what it means."""

    request_id: str
    occurred_at: datetime | None
    source: str
    metadata: Mapping[str, str]
    validate_only: bool


class Common(Reasoned, total=False):
    """The same with a reason, which some commands require and others take."""

    reason: str


def _common(given: Reasoned) -> dict[str, Any]:
    fields: dict[str, Any] = dict(given)
    fields["request_id"] = given.get("request_id") or str(uuid.uuid4())
    fields["occurred_at"] = _timestamp(given.get("occurred_at"))
    return fields


def award(
    member: str,
    *,
    amount: int | None = None,
    unit: str = "",
    spend: Money | None = None,
    fund: str = "",
    vests_on: date | None = None,
    expires_on: date | None = None,
    **common: Unpack[Common],
) -> AwardRequest:
    """Give `amount` of `unit`, or what the program's rate gives for the money in `spend`.

    >>> request = award("m1", amount=120, unit="points", request_id="order-1")
    >>> request.amount, request.request_id
    (120, 'order-1')
    """
    if (amount is None) == (spend is None):
        raise ValueError("an award takes an amount or spend: one of them, and not both")
    return AwardRequest(
        member=member,
        unit=unit,
        amount=amount,
        spend=spend,
        fund=fund,
        vests_on=_date(vests_on),
        expires_on=_date(expires_on),
        **_common(common),
    )


def redeem(
    member: str, *, amount: int, unit: str, allow_partial: bool = False, **common: Unpack[Common]
) -> RedeemRequest:
    """Spend units; with `allow_partial`, as many as there are when they are fewer."""
    return RedeemRequest(
        member=member, unit=unit, amount=amount, allow_partial=allow_partial, **_common(common)
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
        member=member, unit=unit, amount=amount, hold_id=hold_id, ttl=_duration(ttl), **_common(common)
    )


def capture(
    member: str, hold_id: str, *, amount: int | None = None, **common: Unpack[Common]
) -> CaptureRequest:
    """Spend a hold, or `amount` of it; the rest is released."""
    return CaptureRequest(member=member, hold_id=hold_id, amount=amount, **_common(common))


def release(member: str, hold_id: str, **common: Unpack[Common]) -> ReleaseRequest:
    """Give up a hold."""
    return ReleaseRequest(member=member, hold_id=hold_id, **_common(common))


def reverse(
    member: str,
    entry: int,
    *,
    amount: int | None = None,
    shortfall: ShortfallPolicy | None = None,
    **common: Unpack[Common],
) -> ReverseRequest:
    """Undo an entry, or `amount` of it. `shortfall` goes before the program's for units already spent."""
    return ReverseRequest(member=member, entry=entry, amount=amount, shortfall=shortfall, **_common(common))


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
        **_common(common),
    )


def gift(member: str, to_member: str, *, amount: int, unit: str, **common: Unpack[Common]) -> GiftRequest:
    """Pass units of `member` on to `to_member`."""
    return GiftRequest(member=member, to_member=to_member, unit=unit, amount=amount, **_common(common))


def enroll_member(member: str, **common: Unpack[Common]) -> EnrollMemberRequest:
    """Open a member's page of the book."""
    return EnrollMemberRequest(member=member, **_common(common))


def freeze_member(
    member: str, *, scope: FreezeScope, reason: str, **common: Unpack[Reasoned]
) -> FreezeMemberRequest:
    """Stop a member from earning, from redeeming, or from both."""
    return FreezeMemberRequest(member=member, scope=scope, reason=reason, **_common(common))


def unfreeze_member(member: str, *, reason: str, **common: Unpack[Reasoned]) -> UnfreezeMemberRequest:
    """Lift whatever freeze is in force."""
    return UnfreezeMemberRequest(member=member, reason=reason, **_common(common))


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


def get_member(member: str) -> GetMemberRequest:
    """Read a member."""
    return GetMemberRequest(member=member)


def get_balances(
    member: str, *, units: Iterable[str] = (), as_of: datetime | None = None
) -> GetBalancesRequest:
    """Read what a member has: of these units or of all, now or as of a past time."""
    return GetBalancesRequest(member=member, units=units, as_of=_timestamp(as_of))


def list_entries(member: str, *, unit: str = "", page_size: int = 0) -> ListEntriesRequest:
    """Read a member's entries, newest first: all, or those that move `unit`. Pages are fetched as needed."""
    return ListEntriesRequest(member=member, unit=unit, page_size=page_size)


def get_entry(member: str, entry: int) -> GetEntryRequest:
    """Read one entry with its postings."""
    return GetEntryRequest(member=member, entry=entry)


def get_hold(member: str, hold_id: str) -> GetHoldRequest:
    """Read one hold, open or resolved."""
    return GetHoldRequest(member=member, hold_id=hold_id)


def apply_program(document: str, *, etag: str = "", validate_only: bool = False) -> ApplyProgramRequest:
    """Make a document, YAML or JSON, its program's next revision; `etag` guards against another editor."""
    return ApplyProgramRequest(document=document, etag=etag, validate_only=validate_only)


def get_program(*, revision: int | None = None) -> GetProgramRequest:
    """Read the program, as it is in force or as it was at a revision."""
    return GetProgramRequest(revision=revision)


def list_programs(*, page_size: int = 0) -> ListProgramsRequest:
    """Read all programs. Pages are fetched as needed."""
    return ListProgramsRequest(page_size=page_size)


def get_trial_balance(*, unit: str = "") -> GetTrialBalanceRequest:
    """Sum every account of the program, for one unit or for all."""
    return GetTrialBalanceRequest(unit=unit)


def verify(*, member: str = "") -> VerifyRequest:
    """Replay the book, of one member or of all, and tell what disagrees; progress comes while it runs."""
    return VerifyRequest(member=member)


def _timestamp(value: datetime | None) -> Timestamp | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(f"{value} has no time zone; Tallybook does not guess one")
    timestamp = Timestamp()
    timestamp.FromDatetime(value)
    return timestamp


def _date(value: date | None) -> Date | None:
    return None if value is None else Date(year=value.year, month=value.month, day=value.day)


def _duration(value: timedelta | None) -> Duration | None:
    if value is None:
        return None
    duration = Duration()
    duration.FromTimedelta(value)
    return duration
