"""What callers know of members, to be had from `tallybook` itself. Decides nothing."""

from __future__ import annotations

from tallybook.members.count import CountMembers
from tallybook.members.enroll import Enroll, Enrolled
from tallybook.members.erased import Erased, EraseMember
from tallybook.members.freeze import Freeze, Frozen, Scope, Unfreeze
from tallybook.members.identities import Identity, identify, reveal
from tallybook.members.identity_queries import IdentityView, ListIdentities, ResolveMember
from tallybook.members.link_identity import IdentitiesChanged, LinkIdentity, UnlinkIdentity
from tallybook.members.merges import Brought
from tallybook.members.profile import Birthday, Earlier, Profile
from tallybook.members.queries import GetMember, MemberView
from tallybook.members.resolve_review import ResolveReview, ReviewDecision, ReviewResolved
from tallybook.members.review_queries import ListReviews, ReviewPage, ReviewView
from tallybook.members.segment_queries import (
    CountSegments,
    ListSegment,
    SegmentCounts,
    SegmentPage,
    SegmentsOf,
)
from tallybook.members.set_birthday import BirthdaySet, SetBirthday
from tallybook.members.tag import Tagged, TagMember, UntagMember
from tallybook.programs.lifecycle import Stage
from tallybook.refusals.members import (
    IdentityNotLinked,
    IdentityTaken,
    MemberErased,
    MemberMerged,
    MergeBlocked,
    MergeConflict,
    NotMerged,
    OrderElsewhere,
    ReviewDone,
    TooManyIdentities,
    TooManyTags,
    UnknownIdentity,
    UnknownIdentityKind,
    UnknownReview,
    UnknownSegment,
    VelocityExceeded,
)

__all__ = [
    "Birthday",
    "BirthdaySet",
    "Brought",
    "CountMembers",
    "CountSegments",
    "Earlier",
    "Enroll",
    "Enrolled",
    "EraseMember",
    "Erased",
    "Freeze",
    "Frozen",
    "GetMember",
    "IdentitiesChanged",
    "Identity",
    "IdentityNotLinked",
    "IdentityTaken",
    "IdentityView",
    "LinkIdentity",
    "ListIdentities",
    "ListReviews",
    "ListSegment",
    "MemberErased",
    "MemberMerged",
    "MemberView",
    "MergeBlocked",
    "MergeConflict",
    "NotMerged",
    "OrderElsewhere",
    "Profile",
    "ResolveMember",
    "ResolveReview",
    "ReviewDecision",
    "ReviewDone",
    "ReviewPage",
    "ReviewResolved",
    "ReviewView",
    "Scope",
    "SegmentCounts",
    "SegmentPage",
    "SegmentsOf",
    "SetBirthday",
    "Stage",
    "TagMember",
    "Tagged",
    "TooManyIdentities",
    "TooManyTags",
    "Unfreeze",
    "UnknownIdentity",
    "UnknownIdentityKind",
    "UnknownReview",
    "UnknownSegment",
    "UnlinkIdentity",
    "UntagMember",
    "VelocityExceeded",
    "identify",
    "reveal",
]
