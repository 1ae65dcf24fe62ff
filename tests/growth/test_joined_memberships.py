"""Memberships of two who become one: no day to come is lost, and each is worth what it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.growth.joined import join_memberships
from tallybook.growth.memberships import (
    Membership,
    Memberships,
    bought,
    credit_of,
    memberships_of,
    put_memberships,
    refund_of,
)
from tallybook.growth.memberships import given as given_more
from tallybook.journal.folio import Folio, Standing

from tests.programs.documents import program

START = datetime(2026, 1, 31, 12, tzinfo=UTC)
TERM = {"price": "30.00", "currency": "USD", "grace_days": 20}
SHOP = program(
    memberships={
        "days": {**TERM, "term": {"kind": "days", "days": 30}},
        "months": {**TERM, "term": {"kind": "months", "months": 1}},
        "full": {
            **TERM,
            "term": {"kind": "days", "days": 30},
            "refund": {"kind": "full_within", "days": 7},
        },
    }
)
PLANS = st.sampled_from(sorted(SHOP.memberships))
STEPS = st.lists(
    st.tuples(st.integers(0, 15), st.sampled_from(["buy", "give"]), st.integers(1, 3_001)),
    min_size=1,
    max_size=5,
)


def lived(code: str, steps: list[tuple[int, str, int]], now: datetime) -> Membership | None:
    """The membership that such steps come to, each so many days before the next, the last before now."""
    plan, held = SHOP.memberships[code], None
    at = now - timedelta(days=sum(days for days, *_ in steps))
    for days, step, number in steps:
        if held is not None and held.ends_at <= at:
            held = None
        if step == "buy":
            held = bought(held, plan, SHOP, at, number, "")
        else:
            held = given_more(held, plan, SHOP, at, number % 30 + 1)
        at += timedelta(days=days)
    return held if held is not None and held.ends_at > now else None


def merged(code: str, one: Membership, other: Membership, now: datetime) -> Membership:
    """What both come to."""
    kept, gone = (Folio("shop", name, Standing(), exists=True) for name in ("m1", "m2"))
    put_memberships(kept, Memberships(held={code: one}))
    put_memberships(gone, Memberships(held={code: other}))
    join_memberships(kept, gone, SHOP, now)
    assert memberships_of(gone).held == {}
    return memberships_of(kept).held[code]


@given(PLANS, STEPS, STEPS)
def test_days_to_come_add_up_and_so_does_what_they_are_worth(
    code: str, mine: list[tuple[int, str, int]], theirs: list[tuple[int, str, int]]
) -> None:
    today, plan = SHOP.today(START), SHOP.memberships[code]
    one, other = lived(code, mine, START), lived(code, theirs, START)
    if one is None or other is None:
        return
    both = merged(code, one, other, START)
    assert both.left(today) == one.left(today) + other.left(today)
    refunds = [refund_of(each, plan, SHOP, today) for each in (one, other, both)]
    credited = [credit_of(each, SHOP, today) for each in (one, other, both)]
    for mine_back, theirs_back, back in (refunds, credited):
        assert back.amount == mine_back.amount + theirs_back.amount
        assert back.days == mine_back.days + theirs_back.days
        assert (0 if back.left is None else back.left.left(today)) == both.left(today) - back.days
    assert both.used(today) == one.used(today), "the other's days that were used are told of there"
    assert both.bought + both.given == both.used(today) + both.left(today) + both.taken_back
    assert both.ends_at >= one.ends_at


@given(PLANS, STEPS, st.integers(0, 40), st.integers(1, 3))
def test_what_is_bought_or_given_is_never_over_at_once(
    code: str, steps: list[tuple[int, str, int]], grace: int, days: int
) -> None:
    """Whatever the grace was before, by which the membership has lasted until now."""
    held = lived(code, steps, START)
    if held is None:
        return
    short = program(memberships={code: {**TERM, "term": {"kind": "days", "days": days}, "grace_days": grace}})
    plan, today = short.memberships[code], short.today(START)
    paid = bought(held, plan, short, START, 100, "")
    assert paid.ends_at > START
    assert paid.last_day in (held.last_day + timedelta(days=days), today + timedelta(days=days - 1))
    more = given_more(held, plan, short, START, days)
    assert more.left(today) == (held.left(today) + days if held.last_day >= today else days - 1)
    for after in (paid, more):
        assert after.bought + after.given == after.used(today) + after.left(today) + after.taken_back


@pytest.mark.parametrize("days_before", [1, 19])
def test_terms_of_months_that_begin_anew_count_from_the_new_day(days_before: int) -> None:
    plan = SHOP.memberships["months"]
    began = START - timedelta(days=30 + days_before)
    held = bought(None, plan, SHOP, began, 3_000, "")
    again = given_more(held, plan, SHOP, START, 1)
    again = bought(again, plan, SHOP, START, 3_000, "")
    assert [term.anchor for term in again.terms] == [None, again.starts + timedelta(days=1)]
