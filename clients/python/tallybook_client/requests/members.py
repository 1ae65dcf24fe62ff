"""Commands and questions about who a member is: profiles, identities, reviews, segments. Knows no channel.

An identity is sent as it was typed, over a channel that nobody else reads; the server hashes it, and the book
never has it.
"""

import uuid
from typing import Unpack

from tallybook_client._gen.tallybook.v1.identity_pb2 import (
    GetMemberByIdentityRequest,
    IdentityValue,
    LinkIdentityRequest,
    ListIdentitiesRequest,
    UnlinkIdentityRequest,
)
from tallybook_client._gen.tallybook.v1.member_command_pb2 import (
    EraseMemberRequest,
    MergeMembersRequest,
    ResolveReviewRequest,
    SetBirthdayRequest,
    SplitMembersRequest,
    TagMemberRequest,
    UntagMemberRequest,
)
from tallybook_client._gen.tallybook.v1.member_pb2 import Birthday, ReviewDecision
from tallybook_client._gen.tallybook.v1.member_service_pb2 import (
    GetSegmentCountsRequest,
    ListMemberSegmentsRequest,
    ListReviewsRequest,
    ListSegmentMembersRequest,
)

from .circumstances import Common, common_fields


def set_birthday(
    member: str, month: int | None = None, day: int | None = None, **common: Unpack[Common]
) -> SetBirthdayRequest:
    """Note a birthday without its year; with neither month nor day, that it is not known any more.

    >>> set_birthday("alice", 2, 29).birthday.day
    29
    """
    if (month is None) != (day is None):
        raise ValueError("a birthday has a month and a day")
    birthday = None if month is None else Birthday(month=month, day=day)
    return SetBirthdayRequest(member=member, birthday=birthday, **common_fields(common))


def tag_member(member: str, *tags: str, **common: Unpack[Common]) -> TagMemberRequest:
    """Put tags on a member."""
    return TagMemberRequest(member=member, tags=tags, **common_fields(common))


def untag_member(member: str, *tags: str, **common: Unpack[Common]) -> UntagMemberRequest:
    """Take tags off a member."""
    return UntagMemberRequest(member=member, tags=tags, **common_fields(common))


def link_identity(
    member: str, *, kind: str, value: str, request_id: str = "", source: str = "", reason: str = ""
) -> LinkIdentityRequest:
    """Have a member recognised by an identity, such as a telephone number, from now on."""
    return LinkIdentityRequest(
        member=member,
        identity=IdentityValue(kind=kind, value=value),
        request_id=request_id or str(uuid.uuid4()),
        source=source,
        reason=reason,
    )


def unlink_identity(
    member: str, *, kind: str, value: str, request_id: str = "", source: str = "", reason: str = ""
) -> UnlinkIdentityRequest:
    """Have a member recognised by an identity no more."""
    return UnlinkIdentityRequest(
        member=member,
        identity=IdentityValue(kind=kind, value=value),
        request_id=request_id or str(uuid.uuid4()),
        source=source,
        reason=reason,
    )


def get_member_by_identity(*, kind: str, value: str) -> GetMemberByIdentityRequest:
    """Find the member who is recognised by an identity."""
    return GetMemberByIdentityRequest(identity=IdentityValue(kind=kind, value=value))


def list_identities(member: str, *, reveal: bool = False) -> ListIdentitiesRequest:
    """List what a member is recognised by; with `reveal`, the values that are kept encrypted."""
    return ListIdentitiesRequest(member=member, reveal=reveal)


def erase_member(member: str, **common: Unpack[Common]) -> EraseMemberRequest:
    """Forget who a member is. Numbers stay."""
    return EraseMemberRequest(member=member, **common_fields(common))


def list_reviews(*, done: bool = False, page_size: int = 0) -> ListReviewsRequest:
    """List what somebody is to look at, or has looked at. Pages are fetched as needed."""
    return ListReviewsRequest(done=done, page_size=page_size)


def resolve_review(
    member: str, review_id: str, *, decision: ReviewDecision, decided_by: str, **common: Unpack[Common]
) -> ResolveReviewRequest:
    """Say what came of a review, and who has looked at it."""
    return ResolveReviewRequest(
        member=member,
        review_id=review_id,
        decision=decision,
        decided_by=decided_by,
        **common_fields(common),
    )


def list_member_segments(member: str) -> ListMemberSegmentsRequest:
    """List the segments that a member is in."""
    return ListMemberSegmentsRequest(member=member)


def list_segment_members(segment: str, *, page_size: int = 0) -> ListSegmentMembersRequest:
    """List the members that are in a segment, by name. Pages are fetched as needed."""
    return ListSegmentMembersRequest(segment=segment, page_size=page_size)


def get_segment_counts() -> GetSegmentCountsRequest:
    """Count all members by segment and by stage."""
    return GetSegmentCountsRequest()


def merge_members(member: str, other: str, **common: Unpack[Common]) -> MergeMembersRequest:
    """Make one of two members: `member` goes on, with what `other` had."""
    return MergeMembersRequest(member=member, other=other, **common_fields(common))


def split_members(member: str, other: str, **common: Unpack[Common]) -> SplitMembersRequest:
    """Undo a merge for what is left of it."""
    return SplitMembersRequest(member=member, other=other, **common_fields(common))
