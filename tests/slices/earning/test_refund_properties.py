"""Any refunds of any order come out as on paper, in any order and in any parts. Knows no database."""

from __future__ import annotations

from itertools import pairwise
from math import floor

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.earning.refunds import Refunded, after_refund, bought_by, returned
from tallybook.errors import RefundExceedsPurchase

from tests.slices.earning.refunding import ALL, UNTOUCHED, after, states, taken_by
from tests.slices.earning.refunds_on_paper import (
    History,
    Paper,
    combined,
    histories,
    purchases,
    refunds_of,
    shares_of,
)

UNITS = st.fixed_dictionaries({7: st.integers(1, 500), 8: st.integers(10**6, 10**9)})


@given(st.data())
def test_refunds_come_out_as_on_paper(data: st.DataObject) -> None:
    purchase = data.draw(purchases())
    shares = data.draw(shares_of(purchase))
    paper, bought, state = Paper(purchase), bought_by(purchase), UNTOUCHED
    for place, each in enumerate(
        data.draw(st.lists(refunds_of(purchase, tell=True, rests=True), max_size=8))
    ):
        named = msgspec.structs.replace(each, refund_id=f"r{place}")
        if paper.allows(named):
            paper.add(named)
            state = after_refund(bought, state, named)
        else:
            with pytest.raises(RefundExceedsPurchase):
                after_refund(bought, state, named)
        assert taken_by(purchase, state, shares) == paper.taken(shares)


@given(histories(tell=False), UNITS)
def test_tenders_that_nothing_is_told_of_follow_the_goods(history: History, units: dict[int, int]) -> None:
    purchase, refunds = history
    paper = Paper(purchase)
    for each in refunds:
        paper.add(each)
    exact = {entry: floor(spent * paper.gone()) for entry, spent in units.items()}
    found = returned(bought_by(purchase), after(purchase, *refunds), units)
    assert found == {entry: amount for entry, amount in exact.items() if amount}


@given(st.data())
def test_the_order_of_refunds_does_not_matter(data: st.DataObject) -> None:
    purchase, refunds = data.draw(histories(adding_up=True))
    shuffled = data.draw(st.permutations(refunds))
    found, expected = after(purchase, *shuffled), after(purchase, *refunds)
    assert found == expected
    assert msgspec.json.encode(found) == msgspec.json.encode(expected)


@given(st.data())
def test_parts_come_to_what_one_refund_of_all_of_them_does(data: st.DataObject) -> None:
    purchase, refunds = data.draw(histories(tell=False, adding_up=True))
    shares, units = data.draw(shares_of(purchase)), data.draw(UNITS)
    bought = bought_by(purchase)
    parts, at_once = after(purchase, *refunds), after(purchase, *combined(refunds))
    assert (parts.whole, parts.lines, parts.amount) == (at_once.whole, at_once.lines, at_once.amount)
    assert taken_by(purchase, parts, shares) == taken_by(purchase, at_once, shares)
    assert returned(bought, parts, units) == returned(bought, at_once, units)


@given(st.data())
def test_no_refund_undoes_what_was_taken_or_returned(data: st.DataObject) -> None:
    purchase, refunds = data.draw(histories())
    shares, units = data.draw(shares_of(purchase)), data.draw(UNITS)
    bought = bought_by(purchase)
    done = [(0, 0, 0)]
    for state in states(purchase, refunds):
        back = returned(bought, state, units)
        done.append((taken_by(purchase, state, shares), back.get(7, 0), back.get(8, 0)))
    everything = sum(shares.values()), units[7], units[8]
    for before, then in pairwise([*done, everything]):
        assert all(less <= more for less, more in zip(before, then, strict=True))


@given(st.data())
def test_all_that_is_left_makes_everything(data: st.DataObject) -> None:
    purchase, refunds = data.draw(histories())
    shares, units = data.draw(shares_of(purchase)), data.draw(UNITS)
    paper = Paper(purchase)
    for each in refunds:
        paper.add(each)
    state = after(purchase, *refunds, ALL)
    assert (state.whole, state.lines, state.amount) == (True, {}, 0)
    assert taken_by(purchase, state, shares) == sum(shares.values())
    if paper.gone() < 1:
        assert returned(bought_by(purchase), state, units) == units


@given(histories())
def test_the_state_survives_being_written_down(history: History) -> None:
    purchase, refunds = history
    state = after(purchase, *refunds)
    written = msgspec.json.encode(state)
    assert msgspec.json.decode(written, type=Refunded) == state
    assert msgspec.json.encode(msgspec.json.decode(written, type=Refunded)) == written
