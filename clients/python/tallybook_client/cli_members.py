"""The commands about who a member is: profiles, identities, freezing, reviews, segments, merges; and their
words. Knows the client alone.

An identity is sent as it was typed, and neither kept nor shown here.
"""

import argparse
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from google.protobuf.message import Message
from google.type.date_pb2 import Date

from ._gen.tallybook.v1.identity_pb2 import (
    GetMemberByIdentityResponse,
    LinkIdentityResponse,
    ListIdentitiesResponse,
    UnlinkIdentityResponse,
)
from ._gen.tallybook.v1.member_command_pb2 import (
    BroughtLot,
    EraseMemberResponse,
    MergeMembersResponse,
    ResolveReviewResponse,
    SetBirthdayResponse,
    SplitMembersResponse,
    TagMemberResponse,
    UntagMemberResponse,
)
from ._gen.tallybook.v1.member_pb2 import (
    Birthday,
    FreezeScope,
    LifecycleStage,
    Member,
    Review,
    ReviewDecision,
)
from ._gen.tallybook.v1.member_service_pb2 import (
    FreezeMemberResponse,
    GetSegmentCountsResponse,
    ListMemberSegmentsResponse,
    UnfreezeMemberResponse,
)
from .arguments import common, day_of_year
from .cli_money import Commands
from .client import TallybookClient
from .text import LINES, Lines, day_text, given_text, instant_text

Arguments = argparse.Namespace

SCOPES = {
    "earn": FreezeScope.FREEZE_SCOPE_EARN,
    "redeem": FreezeScope.FREEZE_SCOPE_REDEEM,
    "all": FreezeScope.FREEZE_SCOPE_ALL,
}
DECISIONS = {
    "cleared": ReviewDecision.REVIEW_DECISION_CLEARED,
    "confirmed": ReviewDecision.REVIEW_DECISION_CONFIRMED,
}


def _member(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_member(given.member).member


def _birthday(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    month, day = given.day or (None, None)
    yield client.set_birthday(given.member, month, day, **common(given))


def _tag(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.tag_member(given.member, *given.tags, **common(given))


def _untag(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.untag_member(given.member, *given.tags, **common(given))


def _link(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.link_identity(
        given.member, kind=given.kind, value=given.value, request_id=given.request_id, reason=given.reason
    )


def _unlink(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.unlink_identity(
        given.member, kind=given.kind, value=given.value, request_id=given.request_id, reason=given.reason
    )


def _resolve(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_member_by_identity(kind=given.kind, value=given.value)


def _identities(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.list_identities(given.member, reveal=given.reveal)


def _freeze(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.freeze_member(given.member, scope=SCOPES[given.scope], **common(given))


def _unfreeze(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.unfreeze_member(given.member, **common(given))


def _reviews(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from islice(client.list_reviews(done=given.done), given.limit)


def _decide(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.resolve_review(
        given.member,
        given.review_id,
        decision=DECISIONS[given.decision],
        decided_by=given.decided_by,
        **common(given),
    )


def _segments(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.list_member_segments(given.member)


def _segment(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    for name in islice(client.list_segment_members(given.segment), given.limit):
        yield Member(member=name)


def _counts(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_segment_counts()


def _merge(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.merge_members(given.member, given.other, **common(given))


def _split(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.split_members(given.member, given.other, **common(given))


def _erase(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.erase_member(given.member, **common(given))


def add_members(commands: Commands, writes: argparse.ArgumentParser, reads: argparse.ArgumentParser) -> None:
    """The commands about who a member is."""
    commands.add_of_member("member", _member, reads, "show what is known of a member")
    birthday = commands.add_of_member("birthday", _birthday, writes, "note a birthday without its year")
    birthday.add_argument("day", type=day_of_year, help="such as 02-29, or none to forget it")
    for name, run, text in (
        ("tag", _tag, "put tags on a member"),
        ("untag", _untag, "take tags off a member"),
    ):
        tagging = commands.add_of_member(name, run, writes, text)
        tagging.add_argument("tags", nargs="+", help="words of the shop's own")
    _add_identities(commands, reads)
    freeze = commands.add_of_member("freeze", _freeze, writes, "stop a member, with a reason")
    freeze.add_argument("--scope", choices=SCOPES, default="all", help="from what (%(default)s)")
    commands.add_of_member("unfreeze", _unfreeze, writes, "let a member go on, with a reason")
    reviews = commands.add("reviews", _reviews, reads, "list what somebody is to look at")
    reviews.add_argument("--done", action="store_true", help="what was looked at, instead")
    decide = commands.add_of_member("resolve-review", _decide, writes, "say what came of a review")
    decide.add_argument("review_id", help="id of the review")
    decide.add_argument("decision", choices=DECISIONS, help="whether it was right")
    decide.add_argument("decided_by", help="who has looked at it")
    commands.add_of_member("segments", _segments, reads, "list the segments that a member is in")
    segment = commands.add("segment", _segment, reads, "list the members of a segment")
    segment.add_argument("segment", help="its name")
    for listing in (reviews, segment):
        listing.add_argument("--limit", type=int, default=100, help="how many at most (%(default)s)")
    commands.add("segment-counts", _counts, reads, "count members by segment and stage")
    merge = commands.add_of_member("merge", _merge, writes, "make one of two members: the first goes on")
    split = commands.add_of_member("split", _split, writes, "undo a merge for what is left of it")
    for command in (merge, split):
        command.add_argument("other", help="id of the other member")
    commands.add_of_member("erase", _erase, writes, "forget who a member is; numbers stay")


def _add_identities(commands: Commands, reads: argparse.ArgumentParser) -> None:
    link = commands.add_of_member("link-identity", _link, reads, "have a member recognised by something")
    unlink = commands.add_of_member("unlink-identity", _unlink, reads, "recognise a member by it no more")
    resolve = commands.add("whose-identity", _resolve, reads, "find the member recognised by something")
    for command in (link, unlink, resolve):
        command.add_argument("kind", help="kind of identity, such as phone")
        command.add_argument("value", help="the identity itself")
    for command in (link, unlink):
        command.add_argument("--request-id", default="", help="id of this request (a random one)")
        command.add_argument("--reason", default="", help="why, for people")
    identities = commands.add_of_member("identities", _identities, reads, "list what a member is known by")
    identities.add_argument("--reveal", action="store_true", help="show values that are kept encrypted")


# --- words -----------------------------------------------------------------------------------------------


def _shown(member: Member) -> Lines:
    if not member.version:
        yield member.member
        return
    stage = LifecycleStage.Name(member.stage).removeprefix("LIFECYCLE_STAGE_").lower()
    yield f"{member.member}: {stage}, since {instant_text(member.enrolled_at)}"
    if member.HasField("birthday"):
        yield f"birthday {_of_year(member.birthday)}"
    if member.tags:
        yield f"tags {', '.join(member.tags)}"
    if member.frozen:
        scope = FreezeScope.Name(member.frozen).removeprefix("FREEZE_SCOPE_").lower()
        yield f"frozen ({scope}): {member.frozen_reason}"
    if member.HasField("erased_on"):
        yield f"erased on {day_text(member.erased_on)}"
    if member.merged_into:
        yield f"goes on as {member.merged_into}"


def _of_year(birthday: Birthday) -> str:
    return f"{birthday.month:02}-{birthday.day:02}"


def _born(reply: SetBirthdayResponse) -> Lines:
    before = f", was {_of_year(reply.before)}" if reply.HasField("before") else ""
    yield f"birthday {_of_year(reply.birthday) if reply.HasField('birthday') else 'not known'}{before}"


def _tagged(reply: TagMemberResponse | UntagMemberResponse) -> Lines:
    yield f"tags {', '.join(reply.tags) or 'none'}"


def _linked(reply: LinkIdentityResponse | UnlinkIdentityResponse) -> Lines:
    yield f"{reply.linked} of kind {reply.kind}"


def _found(reply: GetMemberByIdentityResponse) -> Lines:
    yield reply.member


def _known_by(reply: ListIdentitiesResponse) -> Lines:
    for each in reply.identities:
        yield f"{each.kind} since {day_text(each.linked_on)}{': ' + each.value if each.value else ''}"


def _frozen(reply: FreezeMemberResponse) -> Lines:
    yield "frozen"


def _unfrozen(reply: UnfreezeMemberResponse) -> Lines:
    yield "goes on"


def _to_review(review: Review) -> Lines:
    yield (
        f"{review.member}  {review.review_id}: {review.limit}, {review.counted} {review.unit or review.what}"
        f" since {instant_text(review.since)}, {review.most} allowed"
    )
    if review.decision:
        yield f"  {_decision(review.decision)} by {review.decided_by} at {instant_text(review.decided_at)}"


def _decision(decision: Any) -> str:
    return ReviewDecision.Name(decision).removeprefix("REVIEW_DECISION_").lower()


def _resolved(reply: ResolveReviewResponse) -> Lines:
    yield f"{reply.review_id} {_decision(reply.decision)}{', no longer frozen' if reply.unfrozen else ''}"


def _in_segments(reply: ListMemberSegmentsResponse) -> Lines:
    yield from reply.segments


def _counted(reply: GetSegmentCountsResponse) -> Lines:
    yield f"{reply.members} members"
    for stage in reply.stages:
        yield f"{LifecycleStage.Name(stage.stage).removeprefix('LIFECYCLE_STAGE_').lower()}: {stage.members}"
    for segment in reply.segments:
        yield f"segment {segment.segment}: {segment.members}"


def _merged(reply: MergeMembersResponse) -> Lines:
    yield f"{reply.other} goes on here, with {reply.events} events"
    yield from (f"gave {given_text(each)}" for each in reply.given)


def _parted(reply: SplitMembersResponse) -> Lines:
    yield f"{reply.other} is a member again, with {reply.identities} identities"
    yield from map(_lot, reply.lots)


def _lot(lot: BroughtLot) -> str:
    until = f" through {day_text(lot.expires_on)}" if lot.expires_on != Date() else ""
    return f"  {lot.amount} {lot.unit} of {lot.fund}{until}"


def _erased(reply: EraseMemberResponse) -> Lines:
    yield f"forgotten, with {reply.forgotten} identities"


_WORDS: dict[type[Message], Callable[[Any], Lines]] = {
    Member: _shown,
    SetBirthdayResponse: _born,
    TagMemberResponse: _tagged,
    UntagMemberResponse: _tagged,
    LinkIdentityResponse: _linked,
    UnlinkIdentityResponse: _linked,
    GetMemberByIdentityResponse: _found,
    ListIdentitiesResponse: _known_by,
    FreezeMemberResponse: _frozen,
    UnfreezeMemberResponse: _unfrozen,
    Review: _to_review,
    ResolveReviewResponse: _resolved,
    ListMemberSegmentsResponse: _in_segments,
    GetSegmentCountsResponse: _counted,
    MergeMembersResponse: _merged,
    SplitMembersResponse: _parted,
    EraseMemberResponse: _erased,
}
LINES.update(_WORDS)
