"""Places in teams of a member who has become one with another."""

from __future__ import annotations

from typing import Any

import pytest
import tallybook as tb

from tests.slices.tasks.test_teams import PROGRAM, Friends, friends

__all__ = ["friends"]


def merge(friends: Friends, kept: str, gone: str) -> None:
    """Merge two members."""
    friends.do(tb.MergeMembers, kept, other=gone)


def places(friends: Friends, team: str = "t") -> list[tuple[str, int]]:
    """Who has a place in a team, and which."""
    return [(each.member, each.seat) for each in friends.team(team).places]


def test_the_page_that_goes_on_is_the_member_and_gets_the_share(friends: Friends) -> None:
    friends.start("amy")
    friends.join("bo")
    friends.enroll("eve")
    merge(friends, "eve", "amy")
    assert (places(friends), friends.team().starter) == ([("eve", 1), ("bo", 2)], "eve")
    assert [each.team for each in friends.book.ask(tb.MyTeams(program="club", member="eve"))] == ["t"]
    assert friends.book.ask(tb.MyTeams(program="club", member="amy")) == ()
    friends.join("cy")
    assert [friends.points(each) for each in ("eve", "bo", "cy")] == [200, 50, 50]
    assert friends.coupons("eve") == 1
    page = friends.book.ask(tb.Statement(program="club", member="eve"))
    kinds = [entry.kind for entry in page.entries]
    assert kinds[:3] == ["team_completed", "merge_members", "team_place_moved"]


def test_an_order_that_goes_back_gives_back_the_place(friends: Friends) -> None:
    friends.start("amy")
    friends.join("bo")
    friends.enroll("eve", "zoe")
    merge(friends, "eve", "bo")
    merge(friends, "zoe", "eve")
    friends.refund("zoe")
    assert places(friends) == [("amy", 1)]
    friends.join("cy")
    friends.join("di")
    assert [friends.points(each) for each in ("amy", "zoe", "cy", "di")] == [200, 0, 50, 50]


def test_what_the_place_brought_goes_back_with_the_order(friends: Friends) -> None:
    friends.start("amy")
    friends.join("bo")
    friends.join("cy")
    friends.enroll("eve")
    merge(friends, "eve", "amy")
    assert (friends.points("eve"), friends.coupons("eve")) == (200, 1)
    friends.refund("eve")
    assert (friends.points("eve"), friends.coupons("eve")) == (0, 0)
    assert places(friends) == [("bo", 2), ("cy", 3)]
    assert friends.book.ask(tb.MyTeams(program="club", member="eve")) == ()


def test_nobody_has_two_places_in_a_team_that_is_open(friends: Friends) -> None:
    friends.start("amy", order="o1")
    friends.join("bo", order="o2")
    merge(friends, "bo", "amy")
    assert (places(friends), friends.team().starter) == ([("bo", 2)], "bo")
    friends.refund("bo", "o1")
    friends.join("cy", order="o3")
    friends.join("di", order="o4")
    assert [friends.points(each) for each in ("bo", "cy", "di")] == [200, 50, 50]


def test_of_two_places_each_goes_back_with_its_order(friends: Friends) -> None:
    friends.start("amy", order="o1")
    friends.join("bo", order="o2")
    friends.join("cy", order="o3")
    merge(friends, "bo", "amy")
    friends.enroll("eve")
    merge(friends, "eve", "bo")
    assert (places(friends), friends.points("eve")) == ([("eve", 1), ("eve", 2), ("cy", 3)], 250)
    friends.refund("eve", "o1")
    assert (friends.points("eve"), friends.coupons("eve")) == (50, 0)
    page = friends.book.ask(tb.Statement(program="club", member="eve"))
    left = next(each for each in page.entries if each.kind == "team_left")
    told = friends.book.ask(tb.Explain(program="club", member="eve", entry=left.version))
    assert "1 coupon of five that team t gave: taken back." in told.sentences
    assert len(friends.book.ask(tb.MyTeams(program="club", member="eve"))) == 1
    friends.refund("eve", "o2")
    assert (friends.points("eve"), places(friends)) == (0, [("cy", 3)])


def test_a_place_is_left_and_taken_by_the_page_that_goes_on(friends: Friends) -> None:
    friends.start("amy")
    friends.enroll("eve")
    merge(friends, "eve", "amy")
    friends.buy("eve", "o2")
    with pytest.raises(tb.NoPlaceInTeam, match="the member has a place in it"):
        friends.do(tb.JoinTeam, "eve", team="t", event_key="purchase/o2")
    assert friends.do(tb.LeaveTeam, "eve", team="t").event == "purchase/o1"
    assert friends.do(tb.JoinTeam, "eve", team="t", event_key="purchase/o1").missing == 2


def test_it_goes_back_in_the_batch_of_the_merge_and_who_is_told_apart_has_no_place(friends: Friends) -> None:
    friends.start("amy", order="o9")
    friends.join("bo")
    friends.enroll("eve")
    merging = tb.MergeMembers(program="club", member="eve", request_id="m", other="bo")
    back = tb.RecordEvent(program="club", member="eve", event=tb.Refund(refund_id="r", order_id="o1"))
    outcomes = friends.book.do([merging, back])
    assert not [each for each in outcomes if isinstance(each, tb.TallybookError)], outcomes
    assert places(friends) == [("amy", 1)]
    merge(friends, "eve", "amy")
    friends.do(tb.SplitMembers, "eve", other="amy")
    assert places(friends) == [("eve", 1)]
    assert friends.book.ask(tb.MyTeams(program="club", member="amy")) == ()


def test_places_are_followed_over_all_that_happens_in_one_batch(friends: Friends) -> None:
    friends.start("amy")
    friends.enroll("bo", "eve", "zoe")
    friends.buy("bo", "o2")

    def make(kind: Any, member: str, **fields: Any) -> Any:
        return kind(program="club", member=member, request_id=f"in {member} {kind.kind()}", **fields)

    back = tb.Refund(refund_id="r", order_id="o1")
    outcomes = friends.book.do(
        [
            make(tb.JoinTeam, "bo", team="t", event_key="purchase/o2"),
            make(tb.MergeMembers, "eve", other="amy"),
            make(tb.MergeMembers, "zoe", other="eve"),
            make(tb.MergeMembers, "eve2", other="bo"),
            tb.RecordEvent(program="club", member="zoe", event=back),
        ]
    )
    assert [type(each) for each in outcomes if isinstance(each, tb.TallybookError)] == [tb.UnknownMember]
    assert places(friends) == [("bo", 2)]


def test_an_order_that_was_checked_out_gives_back_its_place(friends: Friends) -> None:
    friends.book.apply(PROGRAM + "checkout: {quote_seconds: 600}\n")
    friends.start("amy")
    friends.enroll("bo", "eve")
    of = tb.Basket(currency="USD", lines=(tb.BasketLine(amount=2_000),))
    quote = friends.do(tb.QuoteCheckout, "bo", order_id="o2", basket=of).quote
    friends.do(tb.HoldCheckout, "bo", order_id="o2", quote=quote.quote)
    friends.do(tb.CaptureCheckout, "bo", order_id="o2")
    friends.do(tb.JoinTeam, "bo", team="t", event_key="purchase/o2")
    merge(friends, "eve", "bo")
    assert places(friends) == [("amy", 1), ("eve", 2)]
    friends.do(tb.RefundCheckout, "eve", order_id="o2", refund_id="r")
    assert places(friends) == [("amy", 1)]


def test_an_order_that_was_left_with_somebody_is_good_for_a_place_there_alone(friends: Friends) -> None:
    friends.start("amy")
    friends.enroll("bo", "eve", "zoe")
    friends.buy("bo")
    merge(friends, "eve", "bo")
    friends.do(tb.SplitMembers, "eve", other="bo")
    with pytest.raises(tb.NotForTeam) as refused:
        friends.do(tb.JoinTeam, "bo", team="t", event_key="purchase/o1")
    assert "eve" in refused.value.problem
    merge(friends, "zoe", "bo")
    with pytest.raises(tb.NotForTeam) as refused:
        friends.do(tb.JoinTeam, "zoe", team="t", event_key="purchase/o1")
    assert "eve" in refused.value.problem
    friends.do(tb.JoinTeam, "eve", team="t", event_key="purchase/o1")
    assert places(friends) == [("amy", 1), ("eve", 2)]
