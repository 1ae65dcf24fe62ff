"""Who can be brought by whom: once, not by oneself, not in circles, and while one is new."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import tallybook as tb

from tests.slices.referrals.friends import PROGRAM, Friends


def refused(friends: Friends, newcomer: str, referrer: str) -> tuple[str, dict[str, Any]]:
    """What a binding is refused with."""
    with pytest.raises(tb.Refusal) as error:
        friends.bind(newcomer, referrer)
    return error.value.code, error.value.facts()


def test_both_have_an_entry_of_it(friends: Friends) -> None:
    friends.enroll("bob")
    bound = friends.bind("bob", "amy")
    assert (bound.referrer, bound.return_window_days) == ("amy", 7)
    theirs = friends.book.ask(tb.GetEntry(program="shop", member="amy", entry=bound.referrer_entry))
    assert (theirs.kind, theirs.counterpart_member) == ("bind_referral", "bob")
    referred = friends.view("bob").referred
    assert referred is not None
    assert (referred.referrer, referred.state, referred.order, referred.at) == ("amy", "bound", "", None)
    assert friends.view("amy").newcomers == 1
    assert friends.newcomers("amy") == {"bob": "bound"}


def test_nobody_is_bound_twice(friends: Friends) -> None:
    friends.enroll("eve")
    friends.bring("bob", "amy")
    expected = "ALREADY_REFERRED", {"member": "bob", "referrer": "amy"}
    assert refused(friends, "bob", "amy") == expected
    assert refused(friends, "bob", "eve") == expected


def test_nobody_brings_themselves(friends: Friends) -> None:
    assert refused(friends, "amy", "amy") == ("SELF_REFERRAL", {"member": "amy"})
    friends.do(tb.IssueReferralCode, "amy", code="mine")
    with pytest.raises(tb.SelfReferral):
        friends.do(tb.BindReferral, "amy", code="mine")


def test_nobody_is_brought_by_one_of_those_they_brought(friends: Friends) -> None:
    friends.bring("bob", "amy")
    friends.bring("eve", "bob")
    for referrer in ("bob", "eve"):
        expected = "REFERRAL_CIRCLE", {"member": "amy", "referrer": referrer}
        assert refused(friends, "amy", referrer) == expected


def test_who_has_brought_newcomers_can_be_brought_by_a_stranger(friends: Friends) -> None:
    friends.bring("bob", "amy")
    friends.enroll("eve")
    friends.bind("amy", "eve")
    assert refused(friends, "eve", "bob")[0] == "REFERRAL_CIRCLE"


def chain(friends: Friends, length: int) -> str:
    """The last of so many members, each brought by the one before."""
    friends.enroll("c0")
    for number in range(1, length):
        friends.bring(f"c{number}", f"c{number - 1}")
    return f"c{length - 1}"


def test_a_chain_that_nobody_looks_through_is_closed_by_nobody_who_has_brought_newcomers(
    friends: Friends,
) -> None:
    last = chain(friends, 10)
    friends.bring("bob", "amy")
    assert refused(friends, "c0", last)[0] == "REFERRAL_CIRCLE"
    assert refused(friends, "amy", last)[0] == "REFERRAL_CIRCLE", "it may be one"
    friends.bring("eve", last)
    friends.bind("amy", "c6")


def test_a_circle_within_one_batch_is_seen(friends: Friends) -> None:
    friends.enroll("bob", "eve")
    outcomes = friends.book.do(
        [friends.binding("bob", "amy"), friends.binding("eve", "bob"), friends.binding("amy", "eve")]
    )
    assert [type(each) for each in outcomes] == [tb.ReferralBound, tb.ReferralBound, tb.ReferralCircle]


def test_of_circles_that_are_closed_at_once_none_is(friends: Friends) -> None:
    def race(number: int) -> None:
        members = [f"{name}{number}" for name in "xyz"]
        friends.enroll(*members)
        pairs = [friends.binding(members[place], members[place - 1]) for place in range(3)]
        with ThreadPoolExecutor(3) as pool:
            outcomes = list(pool.map(lambda each: friends.book.do([each])[0], pairs))
        bound = sum(isinstance(each, tb.ReferralBound) for each in outcomes)
        assert bound == 2, outcomes

    for number in range(6):
        race(number)


def test_of_two_who_bring_one_at_once_one_does(friends: Friends) -> None:
    friends.enroll("eve", "joe")

    def race(number: int) -> list[str]:
        friends.enroll(f"n{number}")
        pairs = [friends.binding(f"n{number}", referrer) for referrer in ("amy", "eve", "joe")]
        with ThreadPoolExecutor(3) as pool:
            outcomes = list(pool.map(lambda each: friends.book.do([each])[0], pairs))
        return sorted(type(each).__name__ for each in outcomes)

    for number in range(6):
        assert race(number) == ["AlreadyReferred", "AlreadyReferred", "ReferralBound"]
    assert sum(friends.view(each).newcomers for each in ("amy", "eve", "joe")) == 6


def test_who_has_bought_is_no_newcomer(friends: Friends) -> None:
    friends.enroll("bob")
    friends.buy("bob", "o1", 100)
    expected = "NOT_A_NEWCOMER", {"member": "bob", "problem": "has bought something"}
    assert refused(friends, "bob", "amy") == expected
    friends.give_back("bob", "o1")
    friends.bind("bob", "amy")


def test_a_program_may_let_them_be_bound_all_the_same(friends_of: Callable[[str], Friends]) -> None:
    program = f"{PROGRAM}\nreferrals: {{return_window_days: 7, newcomer: {{may_have_bought: true}}}}"
    friends = friends_of(program)
    friends.enroll("bob")
    friends.buy("bob", "o1", 100)
    friends.bind("bob", "amy")


def test_who_was_a_member_for_too_long_is_no_newcomer(friends_of: Callable[[str], Friends]) -> None:
    program = f"{PROGRAM}\nreferrals: {{return_window_days: 7, newcomer: {{bind_within_days: 3}}}}"
    friends = friends_of(program)
    friends.enroll("bob", "eve")
    friends.clock.forward(days=3)
    friends.bind("bob", "amy")
    friends.clock.forward(days=1)
    assert refused(friends, "eve", "amy") == (
        "NOT_A_NEWCOMER",
        {"member": "eve", "problem": "enrolled 4 days ago, and 3 are allowed"},
    )


@pytest.mark.parametrize("frozen", ["amy", "bob"])
def test_neither_side_may_be_frozen(friends: Friends, frozen: str) -> None:
    friends.enroll("bob")
    friends.do(tb.Freeze, frozen, scope=tb.Scope.ALL, reason="a test")
    code, facts = refused(friends, "bob", "amy")
    assert (code, facts["member"]) == ("MEMBER_FROZEN", frozen)


def test_nobody_is_brought_by_who_is_erased(friends: Friends) -> None:
    friends.enroll("bob")
    friends.do(tb.EraseMember, "amy")
    assert refused(friends, "bob", "amy") == ("MEMBER_ERASED", {"member": "amy"})


def test_both_have_to_be_there(friends: Friends) -> None:
    with pytest.raises(tb.UnknownMember):
        friends.bind("nobody", "amy")
    with pytest.raises(tb.UnknownMember):
        friends.bind("amy", "nobody")


@pytest.mark.parametrize(
    "fields", [{}, {"code": "summer", "referrer": "amy"}, {"referrer": ""}, {"code": "x"}]
)
def test_one_of_two_says_who_it_was(friends: Friends, fields: dict[str, Any]) -> None:
    with pytest.raises(tb.InvalidInput):
        friends.make(tb.BindReferral, "bob", **fields)


def test_newcomers_come_in_pages(friends: Friends) -> None:
    names = [f"n{number}" for number in range(5)]
    for name in names:
        friends.bring(name, "amy")
    found: list[str] = []
    token = ""
    while True:
        page = friends.book.ask(tb.ListNewcomers(program="shop", member="amy", page_size=2, page_token=token))
        found += [each.member for each in page.newcomers]
        token = page.next_page_token
        if not token:
            break
    assert found == names
    with pytest.raises(tb.UnknownMember):
        friends.book.ask(tb.ListNewcomers(program="shop", member="nobody"))
