"""From the library's replies to the responses of rpcs that post. Pure: no clock, no database."""

from __future__ import annotations

from typing import Any, Final

from tallybook import (
    Adjusted,
    Awarded,
    Balance,
    Enrolled,
    Frozen,
    Gifted,
    Held,
    Redeemed,
    Reply,
    Resolved,
    Reversed,
)
from tallybook_client._gen.tallybook.v1 import amounts_pb2
from tallybook_client._gen.tallybook.v1.hold_pb2 import CaptureResponse, HoldResponse, ReleaseResponse
from tallybook_client._gen.tallybook.v1.member_pb2 import FreezeScope
from tallybook_client._gen.tallybook.v1.member_service_pb2 import (
    EnrollMemberResponse,
    FreezeMemberResponse,
    UnfreezeMemberResponse,
)
from tallybook_client._gen.tallybook.v1.posting_pb2 import (
    AdjustResponse,
    AwardResponse,
    GiftResponse,
    RedeemResponse,
    ReverseResponse,
)

from tallybook_server.convert_days import date_message, timestamp

FREEZE_SCOPES: Final = {
    "": FreezeScope.FREEZE_SCOPE_UNSPECIFIED,
    "earn": FreezeScope.FREEZE_SCOPE_EARN,
    "redeem": FreezeScope.FREEZE_SCOPE_REDEEM,
    "all": FreezeScope.FREEZE_SCOPE_ALL,
}


def recorded(reply: Reply) -> dict[str, Any]:
    """What every response to a command tells: its entry, and since when; and whether it is told again."""
    return {
        "entry": reply.entry,
        "recorded_at": timestamp(reply.recorded_at),
        "replayed": reply.replayed,
    }


def balance_message(unit: str, balance: Balance) -> amounts_pb2.Balance:
    """The four figures of a unit."""
    message = amounts_pb2.Balance()
    write_balance(message, unit, balance)
    return message


def write_balance(message: amounts_pb2.Balance, unit: str, balance: Balance) -> None:
    """The same, written into a part of a message."""
    message.unit = unit
    message.available, message.pending, message.held, message.arrears = balance


def moved(reply: Any) -> dict[str, Any]:
    """The same of a reply that moves units of one kind, with how many, and the balance after it."""
    return recorded(reply) | {"balance": balance_message(reply.unit, reply.balance), "amount": reply.amount}


def awarded(reply: Awarded) -> AwardResponse:
    """Units given."""
    return AwardResponse(
        **moved(reply),
        available=reply.available,
        pending=reply.pending,
        repaid=reply.repaid,
        lapsed=reply.lapsed,
        expires_on=date_message(reply.expires_on),
        vests_on=date_message(reply.vests_on),
    )


def redeemed(reply: Redeemed) -> RedeemResponse:
    """Units spent."""
    return RedeemResponse(
        **moved(reply),
        asked=reply.asked,
    )


def held(reply: Held) -> HoldResponse:
    """Units set aside."""
    return HoldResponse(
        **moved(reply),
        hold_id=reply.hold_id,
        deadline=timestamp(reply.deadline),
    )


def captured(reply: Resolved) -> CaptureResponse:
    """A hold spent."""
    return CaptureResponse(
        **moved(reply),
        hold_id=reply.hold_id,
        released=reply.released,
        lapsed=reply.lapsed,
    )


def released(reply: Resolved) -> ReleaseResponse:
    """A hold given up."""
    return ReleaseResponse(
        **recorded(reply),
        balance=balance_message(reply.unit, reply.balance),
        hold_id=reply.hold_id,
        released=reply.released,
        lapsed=reply.lapsed,
    )


def reversed_(reply: Reversed) -> ReverseResponse:
    """An entry undone."""
    return ReverseResponse(
        **moved(reply),
        reversed_entry=reply.reversed_entry,
        pending=reply.pending,
        available=reply.available,
        lapsed=reply.lapsed,
        arrears=reply.arrears,
        forgiven=reply.forgiven,
        repaid=reply.repaid,
    )


def adjusted(reply: Adjusted) -> AdjustResponse:
    """A correction made."""
    return AdjustResponse(
        **moved(reply),
        arrears=reply.arrears,
    )


def gifted(reply: Gifted) -> GiftResponse:
    """Units passed on."""
    return GiftResponse(
        **moved(reply),
        to_member=reply.to_member,
        to_entry=reply.to_entry,
    )


def enrolled(reply: Enrolled) -> EnrollMemberResponse:
    """A member enrolled."""
    return EnrollMemberResponse(**recorded(reply))


def frozen(reply: Frozen) -> FreezeMemberResponse:
    """A member frozen."""
    return FreezeMemberResponse(
        **recorded(reply),
        scope=FREEZE_SCOPES[reply.scope],
    )


def unfrozen(reply: Frozen) -> UnfreezeMemberResponse:
    """A member unfrozen."""
    return UnfreezeMemberResponse(
        **recorded(reply),
        scope=FREEZE_SCOPES[reply.scope],
    )
