"""Revisions come and go: members stand where the ladders that were in force have led, however it is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import tallybook as tb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clocks import SetClock
from tests.lengths import TIMES_LONGER
from tests.slices.shop import Shop

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
UNITS = """
program: shop
timezone: UTC
units: {points: {kind: redeemable}, growth: {kind: qualifying}}
events: {visit: {}}
rules: {base: {unit: growth, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}}
"""
GOLD = """
ladders:
  status:
    tiers:
      - code: gold
        any_of: [{units: {growth: 10}}]
        benefits: {grants: [{every: week, rewards: [{kind: units, unit: points, units: 5}]}]}
"""
DOCUMENT = UNITS + GOLD
TEAMS = "teams: {pair: {size: 2, hours: 24, joiner: [{kind: units, unit: points, units: 5}]}}\n"
HARDER = DOCUMENT.replace("growth: 10}", "growth: 20}")
OTHER = DOCUMENT.replace("visit: {}", "visit: {}, call: {}")


class Club(Shop):
    """A shop with a keeper, or none."""

    def __init__(self, book: tb.Book, clock: SetClock, *, keeper: bool) -> None:
        super().__init__(book, clock)
        self.keeper = keeper

    def tell(self, member: str, event: tb.Event, at: datetime | None = None) -> tb.EventRecorded:
        """Tell of an event."""
        reply: tb.EventRecorded = self.book.do(
            tb.RecordEvent(program="shop", member=member, event=event, occurred_at=at)
        )
        return reply

    def wait(self, **time: float) -> None:
        """Let time pass; a keeper sweeps twice a day."""
        until = self.clock.now + timedelta(**time)
        while self.keeper and self.clock.now < until:
            self.clock.now = min(until, self.clock.now + timedelta(hours=12))
            self.book.sweep()
        self.clock.now = until

    def tier(self, member: str) -> tuple[str, datetime | None]:
        """Where a member stands, and since when."""
        (standing,) = self.book.ask(tb.GetTiers(program="shop", member=member)).ladders
        return standing.tier, standing.since

    def points(self, member: str) -> int:
        """What a member has."""
        return self.balance(member).available


@pytest.fixture(params=[True, False], ids=["swept", "unswept"])
def club(database_url: str, clock: SetClock, request: pytest.FixtureRequest) -> Iterator[Club]:
    """A club with a keeper, and without."""
    clock.now = START
    with tb.Book.open(database_url, clock=clock) as book:
        opened = Club(book, clock, keeper=request.param)
        yield opened
        assert opened.problems() == []


def order(name: str, dollars: int) -> tb.Purchase:
    """An order of so many dollars."""
    return tb.Purchase(order_id=name, currency="USD", lines=(tb.Line(amount=100 * dollars),))


VISIT = tb.Custom(name="visit", event_id="v")


def test_a_revision_that_leaves_the_ladders_takes_nothing(club: Club) -> None:
    """What fell due before it is given, though nobody has looked at it until then."""
    club.book.apply(DOCUMENT)
    club.enroll("amy")
    club.tell("amy", order("o1", 15))
    club.wait(days=30)
    assert club.points("amy") == 25
    club.book.apply(OTHER)
    club.wait(minutes=1)
    assert club.points("amy") == 25
    club.wait(days=7)
    assert club.points("amy") == 30
    assert club.tier("amy") == ("gold", START)


def test_a_ladder_that_comes_later_stays_climbed(club: Club) -> None:
    """The first event after it has the story told from its beginning, when there were no ladders."""
    club.book.apply(UNITS)
    club.enroll("amy")
    club.tell("amy", order("o1", 15))
    club.wait(days=2)
    club.book.apply(DOCUMENT)
    gold_since = club.clock.now
    club.wait(days=20)
    had = club.points("amy")
    assert (had, club.tier("amy")[0]) == (20, "gold")
    assert club.tell("amy", order("o2", 15)).given == ()
    assert (club.points("amy"), club.tier("amy")) == (had, ("gold", gold_since))


def test_a_story_is_told_anew_with_ladders_under_which_nothing_was_told(club: Club) -> None:
    club.book.apply(HARDER)
    club.enroll("amy")
    club.tell("amy", order("o1", 15))
    club.wait(days=3)
    club.book.apply(DOCUMENT)  # a campaign: everybody with 10 is gold, and stays so
    campaign = club.clock.now
    club.wait(days=8)
    club.book.apply(HARDER)
    club.wait(days=7)
    club.tell("amy", order("o2", 1))
    had = club.points("amy")
    assert (had, club.tier("amy")) == (15, ("gold", campaign))
    late = club.tell("amy", VISIT, club.clock.now - timedelta(hours=5))
    assert (late.given, club.points("amy"), club.tier("amy")) == ((), had, ("gold", campaign))


def test_a_refund_that_came_before_its_order_brings_no_earlier_ladders_back(club: Club) -> None:
    club.book.apply(HARDER)
    club.enroll("amy")
    assert club.tell("amy", tb.Refund(refund_id="r", order_id="o", amount=100)).waiting
    club.wait(minutes=5)
    club.book.apply(HARDER + "      - {code: platinum, any_of: [{units: {growth: 5000}}]}\n")
    club.wait(minutes=1)
    until = date(2026, 12, 31)
    club.book.do(
        club.make(tb.OverrideTier, "amy", ladder="status", tier="platinum", until=until, reason="a favour")
    )
    since = club.clock.now
    club.wait(minutes=5)
    club.tell("amy", order("o", 15))
    assert club.tier("amy") == ("platinum", since)


def test_what_was_given_keeps_its_days_when_units_have_others_since(club: Club) -> None:
    """A story that is told anew gives nothing again because of a revision that came after it was given."""
    lapsing = DOCUMENT.replace("{kind: redeemable}", "{kind: redeemable, expiry: {kind: end_of_month}}")
    club.book.apply(lapsing)
    club.enroll("amy")
    club.tell("amy", order("o1", 15))
    club.wait(days=30)
    while club.book.sweep():
        pass
    assert club.points("amy") == 0, "what March has brought has lapsed"
    club.book.apply(DOCUMENT)
    club.wait(hours=1)
    told = club.tell("amy", VISIT, START + timedelta(days=1))
    assert (told.given, told.moved, club.points("amy")) == ((), (), 0)


def test_in_a_batch_each_command_sees_what_those_before_it_brought(club: Club) -> None:
    club.book.apply(
        UNITS
        + """
ladders:
  status:
    tiers: [{code: gold, any_of: [{units: {growth: 10}}], rewards: [{kind: units, unit: points, units: 50}]}]
"""
    )
    club.enroll("amy")
    outcomes = club.book.do(
        [
            club.make(tb.Award, "amy", unit="growth", amount=10),
            club.make(tb.Redeem, "amy", unit="points", amount=20),
        ]
    )
    assert [type(each) for each in outcomes] == [tb.Awarded, tb.Redeemed]
    assert club.points("amy") == 30


@pytest.mark.parametrize("seconds", [1, -1])
def test_a_page_that_begins_is_not_settled_before_it_is_there(club: Club, seconds: int) -> None:
    """The member's last entry may be ahead of this server's clock."""
    club.book.apply(DOCUMENT + TEAMS)
    club.enroll("amy")
    club.enroll("bob")
    club.clock.forward(seconds=60)
    key = club.tell("amy", order("o1", 1)).event
    club.clock.now += timedelta(seconds=seconds)
    outcomes = club.book.do(
        [
            club.make(tb.Award, "bob", unit="points", amount=1),
            club.make(tb.StartTeam, "amy", team="t", team_kind="pair", event_key=key),
        ]
    )
    assert [type(each) for each in outcomes] == [tb.Awarded, tb.TeamStarted]


revisions = st.lists(st.sampled_from((DOCUMENT, HARDER, OTHER)), min_size=2, max_size=4)
happenings = st.lists(
    st.tuples(st.integers(0, 39), st.one_of(st.none(), st.integers(1, 15))), min_size=1, max_size=6
)


def tell_of(club: Club, member: str, number: int, dollars: int | None, at: datetime | None = None) -> None:
    """Tell of one of the member's happenings: an order, or a visit."""
    if dollars is None:
        club.tell(member, tb.Custom(name="visit", event_id=f"v{number}"), at)
    else:
        club.tell(member, order(f"o{number}", dollars), at)


@settings(max_examples=40 * TIMES_LONGER, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(revisions, happenings, st.randoms(use_true_random=False), st.booleans())
def test_whatever_was_revised_meanwhile_a_story_comes_to_the_same(
    documents: Sequence[str], told: Sequence[tuple[int, int | None]], chance: Any, keeper: bool
) -> None:
    """Told when it happens, or all of it in any order at the end: ladders come and go on the way."""
    clock = SetClock(START)
    told = sorted(told, key=lambda each: each[0])
    with tb.Book.open("sqlite://", clock=clock) as book:
        club = Club(book, clock, keeper=keeper)
        book.apply(documents[0])
        club.enroll("live")
        club.enroll("late")
        clock.forward(seconds=60)
        began, revised = clock.now, 0
        for number, (day, dollars) in enumerate(told):
            while revised + 1 < len(documents) and (revised + 1) * 10 <= day:
                revised += 1
                club.wait(seconds=(began + timedelta(days=10 * revised) - clock.now).total_seconds())
                book.apply(documents[revised])
            club.wait(
                seconds=max(
                    0.0,
                    (began + timedelta(days=day, minutes=number + 1) - clock.now).total_seconds(),
                )
            )
            tell_of(club, "live", number, dollars)
        club.wait(seconds=(began + timedelta(days=45) - clock.now).total_seconds())
        order_told = list(enumerate(told))
        chance.shuffle(order_told)
        for number, (day, dollars) in order_told:
            tell_of(club, "late", number, dollars, began + timedelta(days=day, minutes=number + 1))
        club.wait(days=1)
        sheets = [book.ask(tb.GetTiers(program="shop", member=each)).ladders for each in ("live", "late")]
        assert sheets[0] == sheets[1]
        assert club.points("live") == club.points("late")
        assert [each.disagreement for each in book.verify("shop") if each.disagreement] == []
