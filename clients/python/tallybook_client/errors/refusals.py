"""Refusals of any request: what it says, who and what it names, and what is done with units."""

from datetime import datetime

from .facts import Fact
from .families import Refused


class FieldInvalid(Refused):
    """A field is malformed or out of its range; `violations` names each one."""

    REASON = "FIELD_INVALID"
    field = Fact(str)
    problem = Fact(str)


class ProgramInvalid(Refused):
    """A program document has mistakes; `violations` names each one with its place."""

    REASON = "PROGRAM_INVALID"
    total = Fact(int)


class PageTokenInvalid(Refused):
    """A page token was edited, or used with other arguments than it was given for."""

    REASON = "PAGE_TOKEN_INVALID"
    problem = Fact(str)


class UnknownProgram(Refused):
    """No program has this id, or it has no such revision."""

    REASON = "UNKNOWN_PROGRAM"
    program = Fact(str)
    revision = Fact(int)


class UnknownMember(Refused):
    """No member of the program has this id."""

    REASON = "UNKNOWN_MEMBER"
    program = Fact(str)
    member = Fact(str)


class UnknownUnit(Refused):
    """The program counts no such unit."""

    REASON = "UNKNOWN_UNIT"
    program = Fact(str)
    unit = Fact(str)


class UnknownFund(Refused):
    """The program declares no such fund."""

    REASON = "UNKNOWN_FUND"
    program = Fact(str)
    fund = Fact(str)


class UnknownEntry(Refused):
    """The member has no entry of this version."""

    REASON = "UNKNOWN_ENTRY"
    member = Fact(str)
    entry = Fact(int)


class UnknownHold(Refused):
    """The member has no hold of this id."""

    REASON = "UNKNOWN_HOLD"
    member = Fact(str)
    hold = Fact(str)


class MemberExists(Refused):
    """Another request has enrolled this member."""

    REASON = "MEMBER_EXISTS"
    member = Fact(str)


class HoldExists(Refused):
    """The member already has a hold of this id."""

    REASON = "HOLD_EXISTS"
    member = Fact(str)
    hold = Fact(str)


class RequestIdReused(Refused):
    """The request id stands on another request of this member."""

    REASON = "REQUEST_ID_REUSED"
    member = Fact(str)
    request_id = Fact(str)


class NotEnoughPoints(Refused):
    """Fewer units can be spent than were asked for."""

    REASON = "NOT_ENOUGH_POINTS"
    unit = Fact(str)
    asked = Fact(int)
    available = Fact(int)


class NotRedeemable(Refused):
    """The unit is of a kind that cannot be spent or given away."""

    REASON = "NOT_REDEEMABLE"
    unit = Fact(str)
    kind = Fact(str)


class WrongCurrency(Refused):
    """The program earns on another currency."""

    REASON = "WRONG_CURRENCY"
    currency = Fact(str)
    expected = Fact(str)


class MemberFrozen(Refused):
    """The member is frozen for what was asked."""

    REASON = "MEMBER_FROZEN"
    member = Fact(str)
    scope = Fact(str)
    frozen_reason = Fact(str, "reason")


class GiftToSelf(Refused):
    """The giver and the receiver are the same member."""

    REASON = "GIFT_TO_SELF"
    member = Fact(str)


class HoldTooLong(Refused):
    """The hold was to stay open for longer than the program allows."""

    REASON = "HOLD_TOO_LONG"
    asked_seconds = Fact(int)
    longest_seconds = Fact(int)


class HoldResolved(Refused):
    """The hold was captured or released before, or has run out, at `entry`."""

    REASON = "HOLD_RESOLVED"
    hold = Fact(str)
    state = Fact(str)
    entry = Fact(int)


class CaptureExceedsHold(Refused):
    """More was to be captured than is held."""

    REASON = "CAPTURE_EXCEEDS_HOLD"
    hold = Fact(str)
    asked = Fact(int)
    held = Fact(int)


class NotReversible(Refused):
    """The entry is of a kind that cannot be reversed."""

    REASON = "NOT_REVERSIBLE"
    entry = Fact(int)
    kind = Fact(str)
    problem = Fact(str)


class ReversalExceedsEntry(Refused):
    """More was to be reversed than is left of the entry."""

    REASON = "REVERSAL_EXCEEDS_ENTRY"
    entry = Fact(int)
    asked = Fact(int)
    left = Fact(int)


class AmountOverflow(Refused):
    """A balance would leave the range of a signed 64-bit number."""

    REASON = "AMOUNT_OVERFLOW"
    unit = Fact(str)


class StaleEtag(Refused):
    """The program has changed since this etag was read."""

    REASON = "STALE_ETAG"
    program = Fact(str)
    expected = Fact(str)
    current = Fact(str)

    @property
    def retryable(self) -> bool:
        """Never: what was read is out of date, and so may be what is asked."""
        return False


class RevisionPlanned(Refused):
    """Another revision of the program is planned, and nothing can be in force before it."""

    REASON = "REVISION_PLANNED"
    program = Fact(str)
    revision = Fact(int)
    in_force_from = Fact(datetime.fromisoformat)
