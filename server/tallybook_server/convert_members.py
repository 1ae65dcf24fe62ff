"""Between the messages about who a member is and the library's words for it. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date
from typing import Final

import tallybook as tb
from google.type.date_pb2 import Date
from tallybook_client._gen.tallybook.v1 import identity_pb2, member_command_pb2, member_pb2
from tallybook_client._gen.tallybook.v1 import member_service_pb2 as service

from tallybook_server.convert_commands import common
from tallybook_server.convert_days import date_message, timestamp
from tallybook_server.convert_growth import given_messages
from tallybook_server.convert_replies import recorded

DECISIONS: Final = {
    member_pb2.ReviewDecision.REVIEW_DECISION_CLEARED: tb.ReviewDecision.CLEARED,
    member_pb2.ReviewDecision.REVIEW_DECISION_CONFIRMED: tb.ReviewDecision.CONFIRMED,
}
DECIDED: Final = {
    "": member_pb2.ReviewDecision.REVIEW_DECISION_UNSPECIFIED,
    **{str(decision): number for number, decision in DECISIONS.items()},
}
STAGES: Final = {
    "aware": member_pb2.LifecycleStage.LIFECYCLE_STAGE_AWARE,
    "interested": member_pb2.LifecycleStage.LIFECYCLE_STAGE_INTERESTED,
    "considering": member_pb2.LifecycleStage.LIFECYCLE_STAGE_CONSIDERING,
    "buying": member_pb2.LifecycleStage.LIFECYCLE_STAGE_BUYING,
    "retained": member_pb2.LifecycleStage.LIFECYCLE_STAGE_RETAINED,
    "recommending": member_pb2.LifecycleStage.LIFECYCLE_STAGE_RECOMMENDING,
    "asleep": member_pb2.LifecycleStage.LIFECYCLE_STAGE_ASLEEP,
}

# --- commands --------------------------------------------------------------------------------------------


def set_birthday(request: member_command_pb2.SetBirthdayRequest, program: str) -> tb.SetBirthday:
    """Note a birthday."""
    if not request.HasField("birthday"):
        return tb.SetBirthday(**common(request, program))
    birthday = request.birthday
    return tb.SetBirthday(**common(request, program), month=birthday.month, day=birthday.day)


def tag_member(request: member_command_pb2.TagMemberRequest, program: str) -> tb.TagMember:
    """Put tags on."""
    return tb.TagMember(**common(request, program), tags=tuple(request.tags))


def untag_member(request: member_command_pb2.UntagMemberRequest, program: str) -> tb.UntagMember:
    """Take tags off."""
    return tb.UntagMember(**common(request, program), tags=tuple(request.tags))


def erase_member(request: member_command_pb2.EraseMemberRequest, program: str) -> tb.EraseMember:
    """Forget who a member is."""
    return tb.EraseMember(**common(request, program))


def resolve_review(request: member_command_pb2.ResolveReviewRequest, program: str) -> tb.ResolveReview:
    """Say what came of a review."""
    if request.decision not in DECISIONS:
        raise tb.InvalidInput("decision", "must be CLEARED or CONFIRMED")
    return tb.ResolveReview(
        **common(request, program),
        review_id=request.review_id,
        decision=DECISIONS[request.decision],
        decided_by=request.decided_by,
    )


def merge_members(request: member_command_pb2.MergeMembersRequest, program: str) -> tb.MergeMembers:
    """Make one of two members."""
    return tb.MergeMembers(**common(request, program), other=request.other)


def split_members(request: member_command_pb2.SplitMembersRequest, program: str) -> tb.SplitMembers:
    """Undo a merge."""
    return tb.SplitMembers(**common(request, program), other=request.other)


def identified(key: tb.CodeKey, program: str, identity: identity_pb2.IdentityValue) -> tb.Identity:
    """An identity, hashed: its value goes no further."""
    return tb.identify(key, program, identity.kind, identity.value)


def link_identity(key: tb.CodeKey, request: identity_pb2.LinkIdentityRequest) -> tb.LinkIdentity:
    """Have a member recognised by an identity."""
    identity = identified(key, request.program, request.identity)
    return tb.LinkIdentity(**common(request, ""), identity=identity)


def unlink_identity(key: tb.CodeKey, request: identity_pb2.UnlinkIdentityRequest) -> tb.UnlinkIdentity:
    """Have a member recognised by it no more."""
    identity = identified(key, request.program, request.identity)
    return tb.UnlinkIdentity(**common(request, ""), identity=identity)


# --- replies ---------------------------------------------------------------------------------------------


def birthday_message(birthday: tb.Birthday | None) -> member_pb2.Birthday | None:
    """A birthday; none for one that is not known."""
    return None if birthday is None else member_pb2.Birthday(month=birthday.month, day=birthday.day)


def birthday_set(reply: tb.BirthdaySet) -> member_command_pb2.SetBirthdayResponse:
    """A birthday noted."""
    return member_command_pb2.SetBirthdayResponse(
        **recorded(reply), birthday=birthday_message(reply.birthday), before=birthday_message(reply.before)
    )


def tagged(reply: tb.Tagged) -> member_command_pb2.TagMemberResponse:
    """Tags put on."""
    return member_command_pb2.TagMemberResponse(**recorded(reply), tags=reply.tags)


def untagged(reply: tb.Tagged) -> member_command_pb2.UntagMemberResponse:
    """Tags taken off."""
    return member_command_pb2.UntagMemberResponse(**recorded(reply), tags=reply.tags)


def erased(reply: tb.Erased) -> member_command_pb2.EraseMemberResponse:
    """A member forgotten."""
    return member_command_pb2.EraseMemberResponse(**recorded(reply), forgotten=reply.forgotten)


def review_resolved(reply: tb.ReviewResolved) -> member_command_pb2.ResolveReviewResponse:
    """A review resolved."""
    return member_command_pb2.ResolveReviewResponse(
        **recorded(reply),
        review_id=reply.review_id,
        decision=DECIDED[reply.decision],
        unfrozen=reply.unfrozen,
    )


def members_merged(reply: tb.Merged) -> member_command_pb2.MergeMembersResponse:
    """Two members merged."""
    return member_command_pb2.MergeMembersResponse(
        **recorded(reply),
        other=reply.other,
        other_entry=reply.other_entry,
        events=reply.events,
        given=given_messages(reply.given),
    )


def members_split(reply: tb.Split) -> member_command_pb2.SplitMembersResponse:
    """A merge undone."""
    return member_command_pb2.SplitMembersResponse(
        **recorded(reply),
        other=reply.other,
        other_entry=reply.other_entry,
        lots=[_lot(lot) for lot in reply.lots],
        identities=reply.identities,
    )


def _lot(lot: tb.Brought) -> member_command_pb2.BroughtLot:
    return member_command_pb2.BroughtLot(
        unit=lot.unit,
        fund=lot.fund,
        amount=lot.amount,
        vests_on=_day(lot.vests_on),
        expires_on=_day(lot.expires_on),
    )


def _day(day: date) -> Date | None:
    """A day; none for those that stand for always and for never."""
    return date_message(None if day in (date.min, date(9999, 12, 31)) else day)


def identity_linked(reply: tb.IdentitiesChanged) -> identity_pb2.LinkIdentityResponse:
    """An identity linked."""
    return identity_pb2.LinkIdentityResponse(**recorded(reply), kind=reply.kind, linked=reply.linked)


def identity_unlinked(reply: tb.IdentitiesChanged) -> identity_pb2.UnlinkIdentityResponse:
    """An identity unlinked."""
    return identity_pb2.UnlinkIdentityResponse(**recorded(reply), kind=reply.kind, linked=reply.linked)


# --- answers ---------------------------------------------------------------------------------------------


def identity_message(key: tb.CodeKey | None, program: str, view: tb.IdentityView) -> identity_pb2.Identity:
    """An identity of a member, with its value where there is a key to read it with."""
    value = tb.reveal(key, program, view.kind, view.sealed) if key is not None and view.sealed else ""
    return identity_pb2.Identity(kind=view.kind, linked_on=date_message(view.linked_on), value=value)


def review_message(view: tb.ReviewView) -> member_pb2.Review:
    """A review."""
    return member_pb2.Review(
        member=view.member,
        review_id=view.review_id,
        limit=view.limit,
        what=view.what,
        unit=view.unit,
        most=view.most,
        counted=view.counted,
        since=timestamp(view.since),
        raised_at=timestamp(view.raised_at),
        decision=DECIDED[view.decision],
        decided_by=view.decided_by,
        decided_at=None if view.decided_at is None else timestamp(view.decided_at),
    )


def counts_message(counts: tb.SegmentCounts) -> service.GetSegmentCountsResponse:
    """How many members are on each stage and in each segment."""
    return service.GetSegmentCountsResponse(
        members=counts.members,
        stages=[
            service.StageCount(stage=STAGES[stage], members=members)
            for stage, members in counts.stages.items()
        ],
        segments=[
            service.SegmentCount(segment=segment, members=members)
            for segment, members in counts.segments.items()
        ],
    )
