"""The refusals about who a member is, one class a reason. Pure: no clock, no database.

They are refusals like those in `errors`. None of them tells what identifies a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tallybook.errors import NotDecided, NotDeclared, Refusal, refusal


@refusal
@dataclass(eq=False)
class TooManyTags(Refusal):
    """Member {member!r} would have {asked} tags, and may have {most}."""

    code: ClassVar[str] = "TOO_MANY_TAGS"
    member: str
    asked: int
    most: int


@refusal
@dataclass(eq=False)
class UnknownIdentityKind(NotDeclared):
    """Program {program!r} knows nobody by {kind!r}."""

    code: ClassVar[str] = "UNKNOWN_IDENTITY_KIND"
    program: str
    kind: str


@refusal
@dataclass(eq=False)
class IdentityTaken(Refusal):
    """Somebody else is known by this {kind}."""

    code: ClassVar[str] = "IDENTITY_TAKEN"
    kind: str


@refusal
@dataclass(eq=False)
class IdentityNotLinked(Refusal):
    """Member {member!r} is not known by this {kind}."""

    code: ClassVar[str] = "IDENTITY_NOT_LINKED"
    member: str
    kind: str


@refusal
@dataclass(eq=False)
class TooManyIdentities(Refusal):
    """Member {member!r} is known by {most} of {kind!r} already, which is the most."""

    code: ClassVar[str] = "TOO_MANY_IDENTITIES"
    member: str
    kind: str
    most: int


@refusal
@dataclass(eq=False)
class MemberErased(Refusal):
    """Member {member!r} was erased: nothing that tells who it is may be noted again."""

    code: ClassVar[str] = "MEMBER_ERASED"
    member: str


@dataclass(eq=False)
class UnknownIdentity(NotDecided):
    """Program {program!r} knows nobody by this {kind}."""

    code: ClassVar[str] = "UNKNOWN_IDENTITY"
    program: str
    kind: str


@refusal
@dataclass(eq=False)
class VelocityExceeded(Refusal):
    """Limit {limit!r} leaves {left} {unit} for now, {asked} were asked for."""

    code: ClassVar[str] = "VELOCITY_EXCEEDED"
    limit: str
    unit: str
    asked: int
    left: int


@refusal
@dataclass(eq=False)
class UnknownReview(Refusal):
    """Member {member!r} has no review {review!r}."""

    code: ClassVar[str] = "UNKNOWN_REVIEW"
    member: str
    review: str


@refusal
@dataclass(eq=False)
class ReviewDone(Refusal):
    """Review {review!r} is {decision} already, by {decided_by}."""

    code: ClassVar[str] = "REVIEW_DONE"
    review: str
    decision: str
    decided_by: str


@dataclass(eq=False)
class UnknownSegment(NotDecided):
    """Program {program!r} has no segment {segment!r}."""

    code: ClassVar[str] = "UNKNOWN_SEGMENT"
    program: str
    segment: str


@refusal
@dataclass(eq=False)
class MemberMerged(Refusal):
    """Member {member!r} has become one with {into!r}: ask for it there."""

    code: ClassVar[str] = "MEMBER_MERGED"
    member: str
    into: str


@refusal
@dataclass(eq=False)
class MergeBlocked(Refusal):
    """Member {member!r} cannot be merged: {problem}."""

    code: ClassVar[str] = "MERGE_BLOCKED"
    member: str
    problem: str


@refusal
@dataclass(eq=False)
class MergeConflict(Refusal):
    """Both members have {what} {name!r}."""

    code: ClassVar[str] = "MERGE_CONFLICT"
    what: str
    name: str


@refusal
@dataclass(eq=False)
class OrderElsewhere(Refusal):
    """Order {order!r} went along when {member!r} was one with {kept_by!r}: it is refunded there."""

    code: ClassVar[str] = "ORDER_ELSEWHERE"
    order: str
    member: str
    kept_by: str


@refusal
@dataclass(eq=False)
class NotMerged(Refusal):
    """Member {other!r} was not merged into {member!r}."""

    code: ClassVar[str] = "NOT_MERGED"
    member: str
    other: str
