"""Profiles, identities, reviews, segments and merges through the real client; and no identity is told."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tallybook_client import (
    FreezeScope,
    LifecycleStage,
    MergeMembersResponse,
    ReviewDecision,
    TagMemberResponse,
    TallybookClient,
    errors,
    requests,
)

from tests.conftest import DATABASE_KINDS, FIXTURES
from tests.databases import Databases
from tests.server.serving import Served, serving
from tests.server.test_cards import book_text

PROGRAM = """
program: people
timezone: UTC
units: {points: {kind: redeemable}}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
identities:
  phone: {kept: encrypted, normal: e164, most: 2}
  email: {normal: lower}
velocity:
  burst: {what: units_redeemed, unit: points, most: 50, period: week, then: freeze, scope: redeem}
  spree: {what: units_redeemed, unit: points, most: 500, period: week, then: refuse}
segments:
  staff: '"staff" in member.tags'
  rich: balance.points >= 1000
"""
NUMBER = "+49 170 7654321"


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def keyed(request: pytest.FixtureRequest) -> Iterator[Served]:
    """A server with a key, whose log tells all."""
    name = FIXTURES[request.param]
    databases: Databases = request.getfixturevalue(name)
    url = databases.create()
    try:
        flags = ("--workers", "1", "--log-level", "debug")
        with serving(url, *flags, env={"TALLYBOOK_CODE_KEY": "the key that hashes"}) as served:
            yield served
    finally:
        databases.drop(url)


@pytest.fixture(scope="module")
def people(keyed: Served) -> Iterator[TallybookClient]:
    with keyed.client(program="people") as client:
        client.apply_program(PROGRAM)
        yield client


def enrolled(client: TallybookClient) -> str:
    """A new member."""
    member = f"p-{secrets.token_hex(6)}"
    client.enroll_member(member)
    return member


def test_a_profile_is_kept_and_forgotten(people: TallybookClient) -> None:
    member = enrolled(people)
    assert people.set_birthday(member, 2, 29).birthday.day == 29
    assert not people.set_birthday(member).HasField("birthday")
    assert people.set_birthday(member, 3, 1).HasField("before") is False
    assert list(people.tag_member(member, "vip", "staff").tags) == ["staff", "vip"]
    assert list(people.untag_member(member, "vip").tags) == ["staff"]
    assert list(people.list_member_segments(member).segments) == ["staff"]
    known = people.get_member(member).member
    assert (known.birthday.month, list(known.tags)) == (3, ["staff"])
    assert known.stage == LifecycleStage.LIFECYCLE_STAGE_AWARE
    people.link_identity(member, kind="email", value=f"{member}@example.org")
    assert people.erase_member(member).forgotten == 1
    known = people.get_member(member).member
    assert (known.HasField("birthday"), list(known.tags), known.erased_on.year) == (
        False,
        [],
        datetime.now(UTC).year,
    )
    with pytest.raises(errors.MemberErased):
        people.tag_member(member, "vip")
    with pytest.raises(errors.FieldInvalid):
        people.set_birthday(enrolled(people), 2, 30)
    with pytest.raises(ValueError, match="a month and a day"):
        people.set_birthday(member, 2)
    other = enrolled(people)
    people.tag_member(other, *(f"t{n}" for n in range(100)))
    with pytest.raises(errors.TooManyTags) as refused:
        people.tag_member(other, "one more")
    assert (refused.value.asked, refused.value.most) == (101, 100)


def test_a_member_is_found_by_what_they_are_recognised_by(people: TallybookClient) -> None:
    member, other = enrolled(people), enrolled(people)
    number = f"+49 171 {secrets.randbelow(10**7):07}"
    linked = people.link_identity(member, kind="phone", value=number, request_id="link")
    assert (linked.kind, linked.linked) == ("phone", 1)
    assert people.link_identity(member, kind="phone", value=number, request_id="link").replayed
    assert people.get_member_by_identity(kind="phone", value=number.replace(" ", "")).member == member
    with pytest.raises(errors.IdentityTaken) as refused:
        people.link_identity(other, kind="phone", value=number)
    assert member not in str(refused.value) + str(refused.value.metadata)
    (identity,) = people.list_identities(member).identities
    assert (identity.kind, identity.value) == ("phone", "")
    (identity,) = people.list_identities(member, reveal=True).identities
    assert identity.value == number.replace(" ", "")
    assert people.unlink_identity(member, kind="phone", value=number).linked == 0
    for call in (
        lambda: people.get_member_by_identity(kind="phone", value=number),
        lambda: people.unlink_identity(member, kind="phone", value=number),
        lambda: people.link_identity(member, kind="passport", value="X1"),
    ):
        with pytest.raises((errors.UnknownIdentity, errors.IdentityNotLinked, errors.UnknownIdentityKind)):
            call()
    people.link_identity(member, kind="email", value=f"a-{member}@example.org")
    with pytest.raises(errors.TooManyIdentities):
        people.link_identity(member, kind="email", value=f"b-{member}@example.org")
    with pytest.raises(errors.FieldInvalid):
        people.link_identity(member, kind="phone", value="0170 123")


def test_a_limit_freezes_until_somebody_has_looked(people: TallybookClient) -> None:
    member = enrolled(people)
    people.award(member, amount=2_000, unit="points")
    people.redeem(member, amount=60, unit="points")
    assert people.get_member(member).member.frozen == FreezeScope.FREEZE_SCOPE_REDEEM
    with pytest.raises(errors.MemberFrozen):
        people.redeem(member, amount=1, unit="points")
    (review,) = [each for each in people.list_reviews(page_size=1) if each.member == member]
    assert (review.limit, review.what, review.unit, review.most, review.counted) == (
        "burst",
        "units_redeemed",
        "points",
        50,
        60,
    )
    cleared = ReviewDecision.REVIEW_DECISION_CLEARED
    resolved = people.resolve_review(member, review.review_id, decision=cleared, decided_by="kim")
    assert (resolved.unfrozen, resolved.decision) == (True, cleared)
    assert member not in {each.member for each in people.list_reviews()}
    (done,) = [each for each in people.list_reviews(done=True) if each.member == member]
    assert (done.decided_by, done.decision, done.HasField("decided_at")) == ("kim", cleared, True)
    with pytest.raises(errors.ReviewDone):
        people.resolve_review(member, review.review_id, decision=cleared, decided_by="lee")
    with pytest.raises(errors.UnknownReview):
        people.resolve_review(member, "burst/never", decision=cleared, decided_by="lee")
    with pytest.raises(errors.FieldInvalid):
        people.resolve_review(
            member,
            review.review_id,
            decision=ReviewDecision.REVIEW_DECISION_UNSPECIFIED,
            decided_by="lee",
        )
    with pytest.raises(errors.VelocityExceeded) as refused:
        people.redeem(member, amount=441, unit="points")
    assert (refused.value.limit, refused.value.left) == ("spree", 440)


def test_segments_are_listed_and_counted(people: TallybookClient) -> None:
    rich = sorted(enrolled(people) for _ in range(3))
    for member in rich:
        people.award(member, amount=1_000, unit="points")
    assert set(rich) <= set(people.list_segment_members("rich", page_size=2))
    counts = people.get_segment_counts()
    assert counts.members == sum(each.members for each in counts.stages)
    assert [each.segment for each in counts.segments] == ["staff", "rich"]
    assert counts.segments[1].members >= 3
    with pytest.raises(errors.UnknownSegment):
        list(people.list_segment_members("none"))


def test_two_members_become_one_and_two_again(people: TallybookClient) -> None:
    kept, gone = enrolled(people), enrolled(people)
    people.award(gone, amount=100, unit="points")
    people.link_identity(gone, kind="email", value=f"{gone}@example.org")
    trial = people.merge_members(kept, gone, validate_only=True)
    merged = people.merge_members(kept, gone, reason="same person")
    assert (merged.other, merged.entry, merged.events) == (gone, trial.entry, 0)
    with pytest.raises(errors.MemberMerged) as refused:
        people.award(gone, amount=1, unit="points")
    assert refused.value.into == kept
    assert people.get_member(gone).member.merged_into == kept
    assert people.get_member_by_identity(kind="email", value=f"{gone}@example.org").member == kept
    people.redeem(kept, amount=30, unit="points")
    split = people.split_members(kept, gone)
    assert [(lot.unit, lot.amount, lot.HasField("expires_on")) for lot in split.lots] == [
        ("points", 70, False)
    ]
    assert split.identities == 1
    with pytest.raises(errors.NotMerged):
        people.split_members(kept, gone)
    people.hold(gone, amount=10, unit="points")
    with pytest.raises(errors.MergeBlocked):
        people.merge_members(kept, gone)


def test_they_stand_in_batches(people: TallybookClient) -> None:
    one, two = enrolled(people), enrolled(people)
    tagged, merged, refused = people.batch_post(
        [
            requests.tag_member(two, "staff"),
            requests.merge_members(one, two),
            requests.tag_member(two, "late"),
        ]
    )
    assert isinstance(tagged, TagMemberResponse)
    assert list(tagged.tags) == ["staff"]
    assert isinstance(merged, MergeMembersResponse)
    assert merged.other == two
    assert isinstance(refused, errors.MemberMerged)
    assert list(people.get_member(one).member.tags) == ["staff"]


def test_no_identity_is_in_logs_errors_or_the_book(keyed: Served, people: TallybookClient) -> None:
    member, other = enrolled(people), enrolled(people)
    people.link_identity(member, kind="phone", value=NUMBER)
    said = []
    for call in (
        lambda: people.link_identity(other, kind="phone", value=NUMBER),
        lambda: people.link_identity(other, kind="phone", value="0170 7654321"),
        lambda: people.unlink_identity(other, kind="phone", value=NUMBER),
        lambda: people.get_member_by_identity(kind="email", value=NUMBER),
    ):
        with pytest.raises(errors.TallybookError) as caught:
            call()
        said += [str(caught.value), str(caught.value.metadata)]
    people.list_identities(member, reveal=True)
    told = "\n".join([*said, keyed.said, *book_text(keyed.url)])
    assert member in told, "what is looked through is there"
    assert "7654321" not in told
    assert b"7654321".hex() not in told


def test_a_server_without_a_key_says_so(served: Served) -> None:
    with served.client(program="people") as client:
        client.apply_program(PROGRAM)
        member = enrolled(client)
        for call in (
            lambda: client.link_identity(member, kind="phone", value=NUMBER),
            lambda: client.unlink_identity(member, kind="phone", value=NUMBER),
            lambda: client.get_member_by_identity(kind="phone", value=NUMBER),
            lambda: client.list_identities(member, reveal=True),
        ):
            with pytest.raises(errors.CodeKeyMissing):
                call()
        assert list(client.list_identities(member).identities) == []
