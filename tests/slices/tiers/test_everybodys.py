"""A tier that asks for nothing is everybody's from enrolment on, and so is what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.shop import Shop

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
BEFORE = """
program: shop
timezone: UTC
units: {points: {kind: redeemable}, growth: {kind: qualifying}}
events: {visit: {}}
teams: {pair: {event: visit, size: 2, hours: 48, joiner: [{kind: units, unit: points, units: 1}]}}
"""
DOCUMENT = (
    BEFORE
    + """
ladders:
  status:
    tiers:
      - code: basic
        benefits: {grants: [{every: week, rewards: [{kind: units, unit: points, units: 5}]}]}
      - code: silver
        any_of: [{units: {growth: 20}}]
"""
)


@pytest.fixture
def club(database_url: str, clock: SetClock) -> Iterator[Shop]:
    """A club that has no tiers yet."""
    clock.now = START
    with tb.Book.open(database_url, clock=clock) as book:
        book.apply(BEFORE)
        opened = Shop(book, clock)
        yield opened
        assert opened.problems() == []


@pytest.mark.parametrize("is_swept", [True, False], ids=["swept", "unswept"])
def test_who_does_nothing_has_what_everybody_is_given(club: Shop, clock: SetClock, *, is_swept: bool) -> None:
    club.book.apply(DOCUMENT)
    club.enroll("amy")
    for week in range(1, 6):
        while is_swept and club.book.sweep():
            pass
        assert club.balance("amy", "points").available == 5 * week
        clock.forward(days=7)
    visit = tb.Custom(name="visit", event_id="v1")
    assert club.book.do(club.make(tb.RecordEvent, "amy", request_id="", event=visit)).given == ()
    assert club.balance("amy", "points").available == 30


def test_what_a_revision_gives_everybody_is_given_from_then_on(club: Shop, clock: SetClock) -> None:
    club.enroll("amy")
    clock.forward(days=14)
    club.book.apply(DOCUMENT)
    assert club.balance("amy", "points").available == 5
    clock.forward(days=7)
    while club.book.sweep():
        pass
    assert club.balance("amy", "points").available == 10


def test_a_team_is_nobody(club: Shop, clock: SetClock) -> None:
    club.book.apply(DOCUMENT)
    club.enroll("amy")
    visit = tb.Custom(name="visit", event_id="v1")
    told = club.book.do(club.make(tb.RecordEvent, "amy", request_id="", event=visit))
    club.book.do(club.make(tb.StartTeam, "amy", team="t", team_kind="pair", event_key=told.event))
    clock.forward(days=7)
    while club.book.sweep():
        pass
    sums = club.book.ask(tb.TrialBalance(program="shop")).accounts
    given = {each.account: each.amount for each in sums}
    assert given["available"] == club.balance("amy", "points").available == 10


def _freeze(club: Shop) -> None:
    club.book.do(club.make(tb.Freeze, "amy", scope="earn", reason="looked into"))


def _erase(club: Shop) -> None:
    club.book.do(club.make(tb.EraseMember, "amy"))


@pytest.mark.parametrize("is_swept", [True, False], ids=["swept", "unswept"])
@pytest.mark.parametrize("stop", [_freeze, _erase])
def test_who_may_not_be_given_anything_has_had_it(
    club: Shop, clock: SetClock, stop: Callable[[Shop], None], *, is_swept: bool
) -> None:
    """As of the calendar: what was due then does not come later, nor when the story is told anew."""
    club.book.apply(DOCUMENT)
    club.enroll("amy")
    clock.forward(days=7)
    assert club.balance("amy", "points").available == 10
    stop(club)
    clock.forward(days=14)
    while is_swept and club.book.sweep():
        pass
    assert club.balance("amy", "points").available == 10
    if stop is _freeze:
        club.book.do(club.make(tb.Unfreeze, "amy", reason="all is well"))
    clock.forward(days=7)
    late = tb.Custom(name="visit", event_id="v1")
    visit = club.make(tb.RecordEvent, "amy", request_id="", event=late, occurred_at=START)
    assert club.book.do(visit).given == ()
    assert club.balance("amy", "points").available == (15 if stop is _freeze else 10)
    entries = club.statement("amy", page_size=50).entries
    missed = [each for each in entries if each.kind == "review_tiers" and not each.postings]
    told = club.book.ask(tb.Explain(program="shop", member="amy", entry=missed[-1].version))
    (sentence,) = told.sentences
    assert sentence == (
        "basic of status in the period from 2026-03-16 is due to a member who may not be given anything."
    )
