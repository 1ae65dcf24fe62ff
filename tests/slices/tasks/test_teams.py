"""Teams in a book: who takes the last place, what all of them get, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import tallybook as tb

from tests.clocks import SetClock

START = datetime(2026, 3, 10, 12, tzinfo=UTC)
PROGRAM = """
program: club
timezone: UTC
units:
  points: {kind: redeemable}
events:
  check_in: {}
coupons:
  five: {currency: USD, offer: {kind: amount_off, amount: "5.00"}, validity: {kind: after_issue, days: 10}}
teams:
  buy_together:
    size: 3
    hours: 24
    starter: [{kind: units, unit: points, units: 200}, {kind: coupon, template: five}]
    joiner: [{kind: units, unit: points, units: 50}]
    most_times: 2
  keeping:
    size: 2
    hours: 1
    refunds: keep
    joiner: [{kind: units, unit: points, units: 7}]
  meeting:
    event: check_in
    size: 2
    hours: 2
    joiner: [{kind: units, unit: points, units: 3}]
grants:
  feast:
    day: {kind: dates, dates: ["2026-03-11"]}
    from: 2026-01-01
    rewards: [{kind: units, unit: points, units: 1000}]
"""


class Friends:
    """A book, and members who buy together."""

    def __init__(self, url: str) -> None:
        self.clock = SetClock(START)
        self.book = tb.Book.open(url, clock=self.clock)
        self.book.apply(PROGRAM)
        self._requests = 0

    def do(self, kind: Any, member: str, **fields: Any) -> Any:
        self._requests += 1
        return self.book.do(kind(program="club", member=member, request_id=f"r{self._requests}", **fields))

    def enroll(self, *members: str) -> None:
        for member in members:
            self.do(tb.Enroll, member)

    def buy(self, member: str, order: str = "o1", at: datetime | None = None) -> tb.EventRecorded:
        bought = tb.Purchase(order_id=order, currency="USD", lines=(tb.Line(amount=2_000),))
        return self.book.do(tb.RecordEvent(program="club", member=member, event=bought, occurred_at=at))

    def refund(self, member: str, order: str = "o1") -> tb.EventRecorded:
        back = tb.Refund(refund_id=f"{order}-back", order_id=order)
        return self.book.do(tb.RecordEvent(program="club", member=member, event=back))

    def start(self, member: str, team: str = "t", kind: str = "buy_together", order: str = "o1") -> Any:
        self.enroll(member)
        self.buy(member, order)
        return self.do(tb.StartTeam, member, team=team, team_kind=kind, event_key=f"purchase/{order}")

    def join(self, member: str, team: str = "t", order: str = "o1") -> Any:
        self.enroll(member)
        self.buy(member, order)
        return self.do(tb.JoinTeam, member, team=team, event_key=f"purchase/{order}")

    def team(self, team: str = "t") -> tb.TeamView:
        return self.book.ask(tb.GetTeam(program="club", team=team))

    def points(self, member: str) -> int:
        return self.book.ask(tb.Balances(program="club", member=member)).of("points").available

    def coupons(self, member: str) -> int:
        return len(self.book.ask(tb.MyCoupons(program="club", member=member)).coupons)

    def faults(self) -> list[str]:
        return [each.disagreement.problem for each in self.book.verify("club") if each.disagreement]


@pytest.fixture
def friends(database_url: str) -> Iterator[Friends]:
    opened = Friends(database_url)
    yield opened
    assert opened.faults() == []
    opened.book.close()


def test_the_last_place_brings_something_to_all(friends: Friends) -> None:
    started = friends.start("amy")
    assert (started.size, started.ends_at) == (3, START + timedelta(hours=24))
    assert (friends.join("bo").missing, friends.points("amy")) == (1, 0)
    last = friends.join("cy")
    assert (last.missing, [each.amount for each in last.given]) == (0, [50])
    assert last.balances["points"].available == 50
    assert [friends.points(each) for each in ("amy", "bo", "cy")] == [200, 50, 50]
    assert friends.coupons("amy") == 1
    team = friends.team()
    assert (team.status, team.missing, team.completed_at) == ("complete", 0, START)
    assert [(each.member, each.seat) for each in team.places] == [("amy", 1), ("bo", 2), ("cy", 3)]
    page = friends.book.ask(tb.Statement(program="club", member="amy"))
    told = friends.book.ask(tb.Explain(program="club", member="amy", entry=page.entries[0].version))
    assert told.kind == "team_completed"
    assert told.sentences[:2] == ("team t gives 1 coupon of five.", "team t gives 200 points.")


def test_who_gives_an_order_back_in_time_has_no_place(friends: Friends) -> None:
    friends.start("amy")
    friends.join("bo")
    friends.refund("bo")
    assert [each.member for each in friends.team().places] == ["amy"]
    assert friends.book.ask(tb.MyTeams(program="club", member="bo")) == ()
    friends.join("cy")
    friends.join("di")
    assert [friends.points(each) for each in ("amy", "bo", "cy", "di")] == [200, 0, 50, 50]


def test_who_gives_it_back_later_loses_the_share_and_the_others_keep_theirs(friends: Friends) -> None:
    friends.start("amy")
    friends.join("bo")
    friends.join("cy")
    friends.refund("amy")
    assert [friends.points(each) for each in ("amy", "bo", "cy")] == [0, 50, 50]
    assert friends.coupons("amy") == 0
    assert friends.team().status == "complete"
    assert [each.member for each in friends.team().places] == ["bo", "cy"]


def test_a_part_of_an_order_that_goes_back_leaves_the_place(friends: Friends) -> None:
    friends.start("amy")
    part = tb.Refund(refund_id="part", order_id="o1", amount=1_000)
    friends.book.do(tb.RecordEvent(program="club", member="amy", event=part))
    assert len(friends.team().places) == 1


def test_a_team_that_keeps_is_not_concerned_by_refunds(friends: Friends) -> None:
    friends.start("amy", kind="keeping")
    friends.join("bo")
    friends.refund("bo")
    assert (friends.points("bo"), len(friends.team().places)) == (7, 2)


def test_a_team_lapses_at_its_end_whether_a_sweep_has_run_or_not(friends: Friends) -> None:
    friends.start("amy")
    friends.clock.now = START + timedelta(hours=24)
    assert (friends.team().status, friends.team().missing) == ("lapsed", 2)
    with pytest.raises(tb.NoPlaceInTeam, match="its time is over"):
        friends.join("bo")
    assert friends.book.ask(tb.MyTeams(program="club", member="amy")) == ()
    with pytest.raises(tb.CannotLeaveTeam, match="its time is over"):
        friends.do(tb.LeaveTeam, "amy", team="t")
    friends.refund("amy")
    assert friends.team().places == ()


def test_what_happened_in_its_time_and_is_told_later_is_too_late(friends: Friends) -> None:
    friends.start("amy")
    friends.enroll("bo")
    friends.buy("bo")
    friends.clock.now = START + timedelta(hours=25)
    with pytest.raises(tb.NoPlaceInTeam):
        friends.do(tb.JoinTeam, "bo", team="t", event_key="purchase/o1")


def test_what_happened_before_it_began_is_no_part_of_it(friends: Friends) -> None:
    friends.enroll("bo")
    friends.buy("bo", at=START - timedelta(hours=1))
    friends.start("amy")
    with pytest.raises(tb.NoPlaceInTeam, match="it began later than the event"):
        friends.do(tb.JoinTeam, "bo", team="t", event_key="purchase/o1")


def test_who_leaves_makes_room_and_can_join_again(friends: Friends) -> None:
    friends.start("amy")
    friends.join("bo")
    left = friends.do(tb.LeaveTeam, "bo", team="t")
    assert (left.event, left.missing) == ("purchase/o1", 2)
    assert friends.do(tb.JoinTeam, "bo", team="t", event_key="purchase/o1").missing == 1
    friends.join("cy")
    with pytest.raises(tb.CannotLeaveTeam, match="it is complete"):
        friends.do(tb.LeaveTeam, "bo", team="t")
    friends.enroll("di")
    with pytest.raises(tb.CannotLeaveTeam, match="the member has no place in it"):
        friends.do(tb.LeaveTeam, "di", team="t")


def test_an_event_is_good_for_one_place(friends: Friends) -> None:
    friends.start("amy")
    with pytest.raises(tb.NotForTeam, match="a place in team t was taken with it"):
        friends.do(tb.StartTeam, "amy", team="u", team_kind="keeping", event_key="purchase/o1")
    friends.enroll("bo")
    with pytest.raises(tb.NotForTeam, match="nothing is known of it"):
        friends.do(tb.JoinTeam, "bo", team="t", event_key="purchase/o1")
    friends.buy("bo")
    friends.refund("bo")
    with pytest.raises(tb.NotForTeam, match="it was refunded"):
        friends.do(tb.JoinTeam, "bo", team="t", event_key="purchase/o1")
    visit = tb.Custom(name="check_in", event_id="c1")
    told = friends.book.do(tb.RecordEvent(program="club", member="bo", event=visit))
    assert told.teams == ("meeting",)
    with pytest.raises(tb.NotForTeam, match="it is not what such a team is for"):
        friends.do(tb.JoinTeam, "bo", team="t", event_key=told.event)


def test_a_name_is_one_teams_and_a_kind_is_declared(friends: Friends) -> None:
    friends.start("amy")
    with pytest.raises(tb.TeamExists):
        friends.start("bo")
    with pytest.raises(tb.UnknownTeamKind):
        friends.do(tb.StartTeam, "bo", team="u", team_kind="together", event_key="purchase/o1")
    with pytest.raises(tb.UnknownMember):
        friends.join("cy", team="nobodys")
    with pytest.raises(tb.UnknownMember):
        friends.team("nobodys")
    with pytest.raises(tb.InvalidInput, match="teams"):
        friends.enroll("team:t")


def test_a_member_is_in_so_many_teams_of_a_kind_and_lapsed_ones_do_not_count(friends: Friends) -> None:
    friends.start("amy", "t1", order="o1")
    friends.buy("amy", "o2")
    friends.do(tb.StartTeam, "amy", team="t2", team_kind="buy_together", event_key="purchase/o2")
    friends.buy("amy", "o3")
    with pytest.raises(tb.TooManyTeams):
        friends.do(tb.StartTeam, "amy", team="t3", team_kind="buy_together", event_key="purchase/o3")
    assert [each.team for each in friends.book.ask(tb.MyTeams(program="club", member="amy"))] == ["t2", "t1"]
    friends.clock.now = START + timedelta(hours=24)
    friends.buy("amy", "o4")
    friends.do(tb.StartTeam, "amy", team="t3", team_kind="buy_together", event_key="purchase/o4")


def test_who_is_frozen_when_it_is_complete_gets_nothing(friends: Friends) -> None:
    friends.start("amy")
    friends.join("bo")
    friends.do(tb.Freeze, "amy", scope=tb.Scope.EARN, reason="odd")
    friends.join("cy")
    assert [friends.points(each) for each in ("amy", "bo", "cy")] == [0, 50, 50]
    friends.refund("amy")
    assert friends.points("amy") == 0


def test_a_team_is_no_member_and_gets_no_grant(friends: Friends) -> None:
    friends.start("amy")
    friends.clock.now = START + timedelta(hours=30)
    assert friends.points("amy") == 1000
    assert friends.points("team:t") == 0


def test_several_who_join_in_one_batch_fill_it_in_their_order(friends: Friends) -> None:
    friends.start("amy")
    members = ["bo", "cy", "di"]
    friends.enroll(*members)
    for member in members:
        friends.buy(member)
    joins = [
        tb.JoinTeam(program="club", member=member, request_id="j", team="t", event_key="purchase/o1")
        for member in members
    ]
    *places, refused = friends.book.do(joins)
    assert [each.missing for each in places if isinstance(each, tb.TeamJoined)] == [1, 0]
    assert isinstance(refused, tb.NoPlaceInTeam)
    assert [friends.points(each) for each in ("amy", "bo", "cy", "di")] == [200, 50, 50, 0]
    assert friends.book.do(joins[1]).replayed


@pytest.mark.parametrize("places", [1, 2])
def test_sixty_four_who_want_the_last_places_take_no_more_than_there_are(
    friends: Friends, places: int
) -> None:
    friends.start("amy")
    for number in range(2 - places):
        friends.join(f"early{number}")
    members = [f"m{number}" for number in range(64)]
    friends.enroll(*members)
    for member in members:
        friends.buy(member)

    def join(member: str) -> Any:
        try:
            return friends.book.do(
                tb.JoinTeam(program="club", member=member, request_id="j", team="t", event_key="purchase/o1")
            )
        except tb.NoPlaceInTeam as refused:
            return refused

    with ThreadPoolExecutor(64) as crowd:
        outcomes = list(crowd.map(join, members))
    taken = [each for each in outcomes if isinstance(each, tb.TeamJoined)]
    assert (len(taken), len(friends.team().places)) == (places, 3)
    winners = [member for member, each in zip(members, outcomes, strict=True) if each in taken]
    assert friends.points("amy") == 200
    assert [friends.points(each) for each in members] == [50 if each in winners else 0 for each in members]
