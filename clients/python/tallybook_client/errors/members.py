"""Refusals about who a member is. None of them tells what identifies a person."""

from .facts import Fact
from .families import Refused


class TooManyTags(Refused):
    """The member would have more than 100 tags."""

    REASON = "TOO_MANY_TAGS"
    member = Fact(str)
    asked = Fact(int)
    most = Fact(int)


class UnknownIdentityKind(Refused):
    """The program knows nobody by such a thing."""

    REASON = "UNKNOWN_IDENTITY_KIND"
    program = Fact(str)
    kind = Fact(str)


class IdentityTaken(Refused):
    """Somebody else is known by this identity; nobody is told who."""

    REASON = "IDENTITY_TAKEN"
    kind = Fact(str)


class IdentityNotLinked(Refused):
    """The member is not known by this identity."""

    REASON = "IDENTITY_NOT_LINKED"
    member = Fact(str)
    kind = Fact(str)


class TooManyIdentities(Refused):
    """The member is known by as many of the kind as the program allows."""

    REASON = "TOO_MANY_IDENTITIES"
    member = Fact(str)
    kind = Fact(str)
    most = Fact(int)


class MemberErased(Refused):
    """The member was erased, and nothing is noted again that tells who it is."""

    REASON = "MEMBER_ERASED"
    member = Fact(str)


class UnknownIdentity(Refused):
    """The program knows nobody by this identity."""

    REASON = "UNKNOWN_IDENTITY"
    program = Fact(str)
    kind = Fact(str)


class VelocityExceeded(Refused):
    """A velocity limit leaves less for now than was asked for."""

    REASON = "VELOCITY_EXCEEDED"
    limit = Fact(str)
    unit = Fact(str)
    asked = Fact(int)
    left = Fact(int)


class UnknownReview(Refused):
    """The member has no review of this id."""

    REASON = "UNKNOWN_REVIEW"
    member = Fact(str)
    review = Fact(str)


class ReviewDone(Refused):
    """Somebody has looked at the review already."""

    REASON = "REVIEW_DONE"
    review = Fact(str)
    decision = Fact(str)
    decided_by = Fact(str)


class UnknownSegment(Refused):
    """The program has no such segment."""

    REASON = "UNKNOWN_SEGMENT"
    program = Fact(str)
    segment = Fact(str)


class MemberMerged(Refused):
    """The member has become one with another: ask for it there."""

    REASON = "MEMBER_MERGED"
    member = Fact(str)
    into = Fact(str)


class MergeBlocked(Refused):
    """Something has to end before the member can be merged."""

    REASON = "MERGE_BLOCKED"
    member = Fact(str)
    problem = Fact(str)


class MergeConflict(Refused):
    """Both members have something of one name."""

    REASON = "MERGE_CONFLICT"
    what = Fact(str)
    name = Fact(str)


class OrderElsewhere(Refused):
    """The member's order went along when it was one with somebody: it is refunded there."""

    REASON = "ORDER_ELSEWHERE"
    order = Fact(str)
    member = Fact(str)
    kept_by = Fact(str)


class NotMerged(Refused):
    """The other member was not merged into this one."""

    REASON = "NOT_MERGED"
    member = Fact(str)
    other = Fact(str)
