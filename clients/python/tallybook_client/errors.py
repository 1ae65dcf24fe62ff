"""What can go wrong with a call: one exception class per reason, with its facts. Knows no channel, no bytes.

`Refused` is for what the server decided against: nothing was recorded.
`Failed` is for a server that could not decide, or could not be heard.

Each class is named for its value of the contract's ErrorReason, whose comment shows its facts. A fact that
the server left out is None.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from grpc import StatusCode

from .facts import Fact

# What gRPC says of a call that it had no connection for.
NEVER_CONNECTED = "failed to connect to all addresses"


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """One thing wrong with a request: where, as a path of field names, and what."""

    field: str
    description: str


class TallybookError(Exception):
    """A call that did not give its reply.

    `reason` is the ErrorReason without its prefix, empty where the server named none. `metadata` holds the
    facts as they came. `retry_after` is how many seconds the server asks to wait: infinity where it says to
    stop.
    """

    REASON: ClassVar[str] = ""

    def __init__(
        self,
        message: str,
        *,
        code: StatusCode,
        reason: str = "",
        metadata: Mapping[str, str] | None = None,
        violations: Sequence[FieldViolation] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.reason = reason or self.REASON
        self.metadata = dict(metadata or {})
        self.violations = tuple(violations)
        self.retry_after = retry_after

    def __str__(self) -> str:
        return f"{self.reason or self.code.name}: {self.message}"

    @property
    def replayed(self) -> bool:
        """Whether the same request was refused this way before, and this is what it was told then."""
        return self.metadata.get("replayed") == "true"

    @property
    def retryable(self) -> bool:
        """Whether the same request, under the same id, may get another answer later."""
        if self.retry_after == math.inf:
            return False
        if self.code is StatusCode.RESOURCE_EXHAUSTED:  # also a message over the size limit, which stays so
            return self.retry_after is not None
        return self.code in {StatusCode.UNAVAILABLE, StatusCode.ABORTED}


class Refused(TallybookError):
    """The server decided against it; nothing was recorded."""


class Failed(TallybookError):
    """No decision was made, or none could be heard. The same request, sent again, finds out."""

    MAY_BE_RECORDED: ClassVar[bool] = True

    @property
    def in_doubt(self) -> bool:
        """Whether the request may have been carried out all the same."""
        return self.MAY_BE_RECORDED


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


class NothingEarned(Refused):
    """The money earns no whole unit at the program's rate."""

    REASON = "NOTHING_EARNED"
    minor_units = Fact(int)
    currency = Fact(str)
    revision = Fact(int)


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


class Contention(Failed):
    """Other commands won the race again and again; nothing was recorded."""

    REASON = "CONTENTION"
    MAY_BE_RECORDED = False


class Overloaded(Failed):
    """More requests wait than the server takes; nothing was recorded."""

    REASON = "OVERLOADED"
    MAY_BE_RECORDED = False


class Draining(Failed):
    """The server is stopping; nothing was recorded."""

    REASON = "DRAINING"
    MAY_BE_RECORDED = False


class DatabaseUnavailable(Failed):
    """The server cannot reach its database; nothing was recorded."""

    REASON = "DATABASE_UNAVAILABLE"
    MAY_BE_RECORDED = False


class SchemaOutdated(Failed):
    """The database is of another release and must be migrated first."""

    REASON = "SCHEMA_OUTDATED"
    MAY_BE_RECORDED = False
    found = Fact(str)
    needed = Fact(str)


class OutcomeUnknown(Failed):
    """The server lost its database during the commit: recorded, or not. The same request again tells."""

    REASON = "OUTCOME_UNKNOWN"


class Internal(Failed):
    """A mistake of the server's own; its log tells more under `incident`. Nothing was recorded."""

    REASON = "INTERNAL"
    MAY_BE_RECORDED = False
    incident = Fact(str)


class ServerUnreachable(Failed):
    """No server answered, or the connection broke before the answer."""

    @property
    def in_doubt(self) -> bool:
        """Whether the request may have been carried out all the same: not when it was never sent."""
        return not self.message.startswith(NEVER_CONNECTED)


class DeadlineExceeded(Failed):
    """No answer came in time. A command may be recorded or not: the same request again tells."""


class DeadlinePassed(DeadlineExceeded):
    """The deadline passed before the command's turn came; nothing was recorded."""

    REASON = "DEADLINE_PASSED"
    MAY_BE_RECORDED = False


def _classes_below(root: type[TallybookError]) -> list[type[TallybookError]]:
    return [root, *(each for child in root.__subclasses__() for each in _classes_below(child))]


BY_REASON: dict[str, type[TallybookError]] = {
    each.REASON: each for each in _classes_below(TallybookError) if each.REASON
}

# For a status without a reason: of the network's making, or of a server's that is not Tallybook.
BY_CODE: dict[StatusCode, type[TallybookError]] = {
    StatusCode.UNAVAILABLE: ServerUnreachable,
    StatusCode.DEADLINE_EXCEEDED: DeadlineExceeded,
}
