"""Referral codes: made, chosen, typed, and handed on."""

from collections.abc import Callable

import pytest
import tallybook as tb

from tests.slices.referrals.friends import PROGRAM, Friends


def test_who_has_a_code_keeps_it(friends: Friends) -> None:
    code = friends.do(tb.IssueReferralCode, "amy").code
    assert len(code) == 20, "17 characters in four groups"
    assert friends.do(tb.IssueReferralCode, "amy").code == code
    assert friends.view("amy").code == code


def test_the_same_request_makes_the_same_code_and_others_make_others(friends: Friends) -> None:
    friends.enroll("bob")
    asked = friends.make(tb.IssueReferralCode, "amy")
    first, again = friends.book.do(asked), friends.book.do(asked)
    assert (again.code, again.replayed) == (first.code, True)
    assert friends.do(tb.IssueReferralCode, "bob").code != first.code


@pytest.mark.parametrize("typed", ["anna 2027", "ANNA-2O27", " Anna.2027", "ａｎｎａ２０２７"])
def test_a_chosen_code_is_read_however_it_is_typed(friends: Friends, typed: str) -> None:
    friends.do(tb.IssueReferralCode, "amy", code="ANNA-2027")
    friends.enroll("bob")
    assert friends.do(tb.BindReferral, "bob", code=typed).referrer == "amy"


def test_a_made_code_that_is_mistyped_is_no_code(friends: Friends) -> None:
    code = friends.do(tb.IssueReferralCode, "amy").code
    wrong = code[:-1] + ("7" if code[-1] != "7" else "8")
    with pytest.raises(tb.InvalidInput, match="mistyped"):
        friends.make(tb.BindReferral, "bob", code=wrong)


@pytest.mark.parametrize("code", ["abc", "a" * 17, "a" * 200, "ab cd!", "日本語日本語", "abc\n\x00d"])
def test_what_is_no_code_cannot_be_chosen(friends: Friends, code: str) -> None:
    with pytest.raises(tb.InvalidInput):
        friends.make(tb.IssueReferralCode, "amy", code=code)


def test_a_chosen_code_takes_the_place_of_the_one_before(friends: Friends) -> None:
    made = friends.do(tb.IssueReferralCode, "amy").code
    assert friends.do(tb.IssueReferralCode, "amy", code="first").code == "first"
    assert friends.do(tb.IssueReferralCode, "amy", code="FIRST").code == "FIRST", "the same, shown otherwise"
    friends.do(tb.IssueReferralCode, "amy", code="second")
    friends.enroll("bob")
    for gone in (made, "first"):
        with pytest.raises(tb.UnknownReferralCode) as refused:
            friends.do(tb.BindReferral, "bob", code=gone)
        assert refused.value.facts() == {"referral_code": gone}
    assert friends.do(tb.BindReferral, "bob", code="second").referrer == "amy"


def test_a_code_is_one_members_until_it_is_given_up(friends: Friends) -> None:
    friends.enroll("bob")
    friends.do(tb.IssueReferralCode, "amy", code="summer")
    with pytest.raises(tb.ReferralCodeTaken) as refused:
        friends.do(tb.IssueReferralCode, "bob", code="Summer")
    assert refused.value.facts() == {"referral_code": "Summer"}
    given_up, taken = friends.book.do(
        [
            friends.make(tb.IssueReferralCode, "amy", code="winter"),
            friends.make(tb.IssueReferralCode, "bob", code="summer"),
        ]
    )
    assert isinstance(given_up, tb.ReferralCodeIssued)
    assert isinstance(taken, tb.ReferralCodeIssued)
    assert (given_up.code, taken.code) == ("winter", "summer")


def test_who_is_frozen_or_erased_gets_no_code(friends: Friends) -> None:
    friends.do(tb.Freeze, "amy", scope=tb.Scope.EARN, reason="a test")
    with pytest.raises(tb.MemberFrozen):
        friends.do(tb.IssueReferralCode, "amy")
    friends.enroll("bob")
    friends.do(tb.EraseMember, "bob")
    with pytest.raises(tb.MemberErased):
        friends.do(tb.IssueReferralCode, "bob")


def test_a_program_without_referrals_has_no_codes(friends_of: Callable[[str], Friends]) -> None:
    friends = friends_of(PROGRAM)
    friends.enroll("bob")
    for asked in (friends.make(tb.IssueReferralCode, "amy"), friends.binding("bob", "amy")):
        with pytest.raises(tb.NoReferrals) as refused:
            friends.book.do(asked)
        assert refused.value.facts() == {"program": "shop"}
    view = friends.view("amy")
    assert (view.code, view.referred, view.newcomers, view.caps) == ("", None, 0, ())
