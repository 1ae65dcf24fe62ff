"""MemberService: who takes part, what is known of them, and who may do what.

Identities are hashed here, before anything is queued: the lanes, the scribe and the book only see hashes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, Final

import tallybook as tb
from google.protobuf.message import Message
from tallybook_client._gen.tallybook.v1.identity_pb2 import (
    GetMemberByIdentityRequest,
    GetMemberByIdentityResponse,
    LinkIdentityRequest,
    ListIdentitiesRequest,
    ListIdentitiesResponse,
    UnlinkIdentityRequest,
)
from tallybook_client._gen.tallybook.v1.member_service_pb2 import (
    DESCRIPTOR,
    GetMemberRequest,
    GetMemberResponse,
    GetSegmentCountsRequest,
    GetSegmentCountsResponse,
    ListMemberSegmentsRequest,
    ListMemberSegmentsResponse,
    ListReviewsRequest,
    ListReviewsResponse,
    ListSegmentMembersRequest,
    ListSegmentMembersResponse,
)

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import Context, asking, listing, posting, unary
from tallybook_server.convert_members import (
    counts_message,
    identified,
    identity_linked,
    identity_message,
    identity_unlinked,
    link_identity,
    review_message,
    unlink_identity,
)
from tallybook_server.convert_views import member_message
from tallybook_server.keyed import Keyed
from tallybook_server.kinds import MEMBERS
from tallybook_server.methods import Handler

NAME: Final = DESCRIPTOR.services_by_name["MemberService"].full_name


def handlers(lanes: Lanes, key: tb.CodeKey | None) -> dict[str, Handler]:
    """The rpcs by name. Without a key, those that take or tell identities are refused."""
    desk = _Desk(lanes, key)

    def counts(request: GetSegmentCountsRequest, context: Context) -> Awaitable[tb.SegmentCounts]:
        query = tb.CountSegments(program=request.program)
        return asyncio.get_running_loop().run_in_executor(lanes.slow, lanes.book.ask, query)

    reads = {
        "GetMember": asking(GetMemberRequest, lanes.read, _query, _response),
        "ListReviews": listing(ListReviewsRequest, lanes.history, _reviews, _review_page, "reviews"),
        "ListMemberSegments": asking(ListMemberSegmentsRequest, lanes.read, _segments, _segments_of),
        "ListSegmentMembers": asking(ListSegmentMembersRequest, lanes.history, _segment, _segment_page),
        "GetSegmentCounts": unary(GetSegmentCountsRequest, counts, _counts),
    }
    by_identity = {
        "LinkIdentity": unary(LinkIdentityRequest, desk.link, _linked),
        "UnlinkIdentity": unary(UnlinkIdentityRequest, desk.unlink, _unlinked),
        "GetMemberByIdentity": unary(GetMemberByIdentityRequest, desk.find, _found),
        "ListIdentities": unary(ListIdentitiesRequest, desk.identities, desk.identities_told),
    }
    return {kind.rpc: posting(kind, lanes) for kind in MEMBERS} | reads | by_identity


class _Desk(Keyed):
    """What takes or tells identities."""

    def link(self, request: LinkIdentityRequest, context: Context) -> Awaitable[list[Any]]:
        """Have a member recognised by an identity."""
        return self._lanes.write.put(link_identity(self._key, request), context.time_remaining())

    def unlink(self, request: UnlinkIdentityRequest, context: Context) -> Awaitable[list[Any]]:
        """Have a member recognised by it no more."""
        return self._lanes.write.put(unlink_identity(self._key, request), context.time_remaining())

    def find(self, request: GetMemberByIdentityRequest, context: Context) -> Awaitable[list[Any]]:
        """Find who is recognised by an identity."""
        identity = identified(self._key, request.program, request.identity)
        query = tb.ResolveMember(program=request.program, identity=identity)
        return self._lanes.read.put(query, context.time_remaining())

    def identities(self, request: ListIdentitiesRequest, context: Context) -> Awaitable[list[Any]]:
        """List what a member is recognised by."""
        if request.reveal:
            _ = self._key
        query = tb.ListIdentities(program=request.program, member=request.member)
        return self._lanes.read.put(query, context.time_remaining())

    def identities_told(
        self, request: ListIdentitiesRequest, answers: list[Any]
    ) -> Message | tb.TallybookError:
        """The list, with values where they were asked for."""
        (answer,) = answers
        if isinstance(answer, tb.TallybookError):
            return answer
        key = self._key if request.reveal else None
        found = [identity_message(key, request.program, view) for view in answer]
        return ListIdentitiesResponse(identities=found)


def _query(request: GetMemberRequest) -> tb.GetMember:
    return tb.GetMember(program=request.program, member=request.member)


def _response(_: GetMemberRequest, view: tb.MemberView) -> GetMemberResponse:
    return GetMemberResponse(member=member_message(view))


def _linked(_: LinkIdentityRequest, outcomes: list[Any]) -> Message | tb.TallybookError:
    (outcome,) = outcomes
    return outcome if isinstance(outcome, tb.TallybookError) else identity_linked(outcome)


def _unlinked(_: UnlinkIdentityRequest, outcomes: list[Any]) -> Message | tb.TallybookError:
    (outcome,) = outcomes
    return outcome if isinstance(outcome, tb.TallybookError) else identity_unlinked(outcome)


def _found(_: GetMemberByIdentityRequest, answers: list[Any]) -> Message | tb.TallybookError:
    (answer,) = answers
    return answer if isinstance(answer, tb.TallybookError) else GetMemberByIdentityResponse(member=answer)


def _reviews(request: ListReviewsRequest) -> tb.ListReviews:
    return tb.ListReviews(
        program=request.program,
        done=request.done,
        page_size=request.page_size,
        page_token=request.page_token,
    )


def _review_page(_: ListReviewsRequest, page: tb.ReviewPage) -> ListReviewsResponse:
    return ListReviewsResponse(
        reviews=map(review_message, page.reviews), next_page_token=page.next_page_token
    )


def _segments(request: ListMemberSegmentsRequest) -> tb.SegmentsOf:
    return tb.SegmentsOf(program=request.program, member=request.member)


def _segments_of(_: ListMemberSegmentsRequest, segments: tuple[str, ...]) -> ListMemberSegmentsResponse:
    return ListMemberSegmentsResponse(segments=segments)


def _segment(request: ListSegmentMembersRequest) -> tb.ListSegment:
    return tb.ListSegment(
        program=request.program,
        segment=request.segment,
        page_size=request.page_size,
        page_token=request.page_token,
    )


def _segment_page(_: ListSegmentMembersRequest, page: tb.SegmentPage) -> ListSegmentMembersResponse:
    return ListSegmentMembersResponse(members=page.members, next_page_token=page.next_page_token)


def _counts(_: GetSegmentCountsRequest, counts: tb.SegmentCounts) -> GetSegmentCountsResponse:
    return counts_message(counts)
