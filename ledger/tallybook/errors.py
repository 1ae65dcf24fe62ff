"""Every error a caller can meet, one class a reason. Pure: no clock, no database.

Three families, told apart by what became of the request:

- `InvalidInput`: the command or query makes no sense in itself. Nothing was looked up, nothing is kept.
- `Refusal`: decided on the member's page and written down, so that the same request id is answered the
  same way for as long as refusals are kept. Those that are `NotDeclared` are not: a program may come to
  declare what it lacks.
- everything else (`NotDecided`): the request did not get as far as a decision. Nothing is kept.

Each class has a stable `code` and its facts as fields; its docstring is the message.
"""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from typing import Any, ClassVar


class TallybookError(Exception):
    """The root of all errors raised on purpose."""

    code: ClassVar[str]

    def facts(self) -> dict[str, Any]:
        """The fields of the error, as plain values."""
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions are pickled by their positional arguments, and these have none: they have fields.
        return partial(type(self), **self.facts()), (), self.__dict__

    def __str__(self) -> str:
        return (self.__doc__ or "").split("\n")[0].format(**self.facts())


def shown(value: object) -> str:
    """A value as a problem tells of it: a word, cut where it is long, and of anything else its type."""
    return reprlib.repr(value) if isinstance(value, str) else type(value).__name__


# --- malformed -------------------------------------------------------------------------------------------


@dataclass(eq=False)
class InvalidInput(TallybookError, ValueError):
    """{field}: {problem}."""

    code: ClassVar[str] = "FIELD_INVALID"
    field: str
    problem: str


@dataclass(eq=False)
class PageTokenInvalid(TallybookError, ValueError):
    """The page token does not belong to this query: {problem}."""

    code: ClassVar[str] = "PAGE_TOKEN_INVALID"
    problem: str


# --- not decided -----------------------------------------------------------------------------------------


class NotDecided(TallybookError):
    """The request did not reach a decision."""


@dataclass(eq=False)
class UnknownProgram(NotDecided):
    """No program {program!r} has been applied."""

    code: ClassVar[str] = "UNKNOWN_PROGRAM"
    program: str


@dataclass(eq=False)
class UnknownMember(NotDecided):
    """Program {program!r} has no member {member!r}."""

    code: ClassVar[str] = "UNKNOWN_MEMBER"
    program: str
    member: str


@dataclass(eq=False)
class RequestIdReused(NotDecided):
    """Request {request_id!r} of member {member!r} was used before, with another body."""

    code: ClassVar[str] = "REQUEST_ID_REUSED"
    program: str
    member: str
    request_id: str


@dataclass(eq=False)
class StaleEtag(NotDecided):
    """Program {program!r} is at etag {current!r}, not {expected!r}: read it again, then apply."""

    code: ClassVar[str] = "STALE_ETAG"
    program: str
    expected: str
    current: str


@dataclass(eq=False)
class RevisionPlanned(NotDecided):
    """Revision {revision} of program {program!r} is planned for {in_force_from}: none is in force before."""

    code: ClassVar[str] = "REVISION_PLANNED"
    program: str
    revision: int
    in_force_from: datetime


@dataclass(eq=False)
class Contention(NotDecided):
    """Other commands won the race again and again: nothing was recorded, and it may be asked again."""

    code: ClassVar[str] = "CONTENTION"


@dataclass(eq=False)
class DatabaseUnavailable(NotDecided):
    """The database could not be reached: nothing was recorded."""

    code: ClassVar[str] = "DATABASE_UNAVAILABLE"


@dataclass(eq=False)
class OutcomeUnknown(NotDecided):
    """The database went away during commit: ask again with the same request id to learn the outcome."""

    code: ClassVar[str] = "OUTCOME_UNKNOWN"


@dataclass(eq=False)
class InternalError(NotDecided):
    """Tallybook failed at this request, and recorded nothing; the log tells why."""

    code: ClassVar[str] = "INTERNAL"


@dataclass(eq=False)
class SchemaOutdated(NotDecided):
    """The database is at schema {found!r}, this release needs {needed!r}: run the migration."""

    code: ClassVar[str] = "SCHEMA_OUTDATED"
    found: str
    needed: str


# --- refused ---------------------------------------------------------------------------------------------


class Refusal(TallybookError):
    """A decision against the request, recorded under its request id."""

    replayed: bool = False


class NotDeclared(Refusal):
    """The request names what its program does not declare. It is decided anew when it is sent again."""


REFUSALS: dict[str, type[Refusal]] = {}


def refusal(cls: type[Refusal]) -> type[Refusal]:
    """Enter a class in the table that stored refusals are read back with."""
    REFUSALS[cls.code] = cls
    return cls


def restore_refusal(code: str, facts: Mapping[str, Any]) -> Refusal:
    """The refusal that was stored as `code` and `facts`, marked as replayed."""
    restored = REFUSALS[code](**facts)
    restored.replayed = True
    return restored


@refusal
@dataclass(eq=False)
class UnknownUnit(NotDeclared):
    """Program {program!r} counts no unit {unit!r}."""

    code: ClassVar[str] = "UNKNOWN_UNIT"
    program: str
    unit: str


@refusal
@dataclass(eq=False)
class UnknownFund(NotDeclared):
    """Program {program!r} declares no fund {fund!r}."""

    code: ClassVar[str] = "UNKNOWN_FUND"
    program: str
    fund: str


@refusal
@dataclass(eq=False)
class UnknownEntry(Refusal):
    """Member {member!r} has no entry {entry}."""

    code: ClassVar[str] = "UNKNOWN_ENTRY"
    member: str
    entry: int


@refusal
@dataclass(eq=False)
class UnknownHold(Refusal):
    """Member {member!r} has no hold {hold!r}."""

    code: ClassVar[str] = "UNKNOWN_HOLD"
    member: str
    hold: str


@refusal
@dataclass(eq=False)
class MemberExists(Refusal):
    """Member {member!r} is already enrolled."""

    code: ClassVar[str] = "MEMBER_EXISTS"
    member: str


@refusal
@dataclass(eq=False)
class MemberFrozen(Refusal):
    """Member {member!r} is frozen ({scope}): {reason}."""

    code: ClassVar[str] = "MEMBER_FROZEN"
    member: str
    scope: str
    reason: str


@refusal
@dataclass(eq=False)
class HoldExists(Refusal):
    """Member {member!r} already has a hold {hold!r}."""

    code: ClassVar[str] = "HOLD_EXISTS"
    member: str
    hold: str


@refusal
@dataclass(eq=False)
class HoldResolved(Refusal):
    """Hold {hold!r} is {state} since entry {entry}."""

    code: ClassVar[str] = "HOLD_RESOLVED"
    hold: str
    state: str
    entry: int


@refusal
@dataclass(eq=False)
class CaptureExceedsHold(Refusal):
    """Hold {hold!r} has {held}, {asked} were asked for."""

    code: ClassVar[str] = "CAPTURE_EXCEEDS_HOLD"
    hold: str
    asked: int
    held: int


@refusal
@dataclass(eq=False)
class NotEnoughPoints(Refusal):
    """{asked} {unit} were asked for, {available} are available."""

    code: ClassVar[str] = "NOT_ENOUGH_POINTS"
    unit: str
    asked: int
    available: int


@refusal
@dataclass(eq=False)
class NotRedeemable(Refusal):
    """{unit!r} is a {kind} unit: it counts, but cannot be spent or given away."""

    code: ClassVar[str] = "NOT_REDEEMABLE"
    unit: str
    kind: str


@refusal
@dataclass(eq=False)
class WrongCurrency(NotDeclared):
    """The program earns on {expected}, not on {currency}."""

    code: ClassVar[str] = "WRONG_CURRENCY"
    currency: str
    expected: str


@refusal
@dataclass(eq=False)
class NotReversible(Refusal):
    """Entry {entry} is of kind {kind!r}: {problem}."""

    code: ClassVar[str] = "NOT_REVERSIBLE"
    entry: int
    kind: str
    problem: str


@refusal
@dataclass(eq=False)
class ReversalExceedsEntry(Refusal):
    """Entry {entry} has {left} left to reverse, {asked} were asked for."""

    code: ClassVar[str] = "REVERSAL_EXCEEDS_ENTRY"
    entry: int
    asked: int
    left: int


@refusal
@dataclass(eq=False)
class UnknownLine(Refusal):
    """Order {order!r} has no line {line!r}."""

    code: ClassVar[str] = "UNKNOWN_LINE"
    order: str
    line: str


@refusal
@dataclass(eq=False)
class UnknownEventType(NotDeclared):
    """Program {program!r} declares no event {event!r} in revision {revision}."""

    code: ClassVar[str] = "UNKNOWN_EVENT_TYPE"
    program: str
    event: str
    revision: int


@refusal
@dataclass(eq=False)
class RefundExceedsPurchase(Refusal):
    """{asked} were to be refunded of the {what} of order {order!r}, {left} are left."""

    code: ClassVar[str] = "REFUND_EXCEEDS_PURCHASE"
    order: str
    what: str
    asked: int
    left: int


@refusal
@dataclass(eq=False)
class AmountOverflow(Refusal):
    """The balance of {unit} would leave the range of 64 bits."""

    code: ClassVar[str] = "AMOUNT_OVERFLOW"
    unit: str


@refusal
@dataclass(eq=False)
class HoldTooLong(Refusal):
    """A hold may last {longest_seconds} seconds, {asked_seconds} were asked for."""

    code: ClassVar[str] = "HOLD_TOO_LONG"
    asked_seconds: int
    longest_seconds: int
