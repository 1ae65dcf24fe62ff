"""A hold is set aside once and resolved once; its lots are captured in the order they were taken."""

from datetime import timedelta
from itertools import product

import pytest
import tallybook as tb
from hypothesis import given
from hypothesis import strategies as st
from tallybook.engine.gather import hold_from_row
from tallybook.engine.record import hold_values
from tallybook.journal.holds import CAPTURED, MOVES, OPEN, RELEASED, TIMED_OUT, HeldLot, Hold, split

from tests.journal.pages import START, Page, day, program

HOLD = Hold(
    hold_id="H1",
    unit="points",
    amount=30,
    deadline=START,
    opened=3,
    lots=(HeldLot("house", day("2026-01-31"), 10), HeldLot("partner", day("2026-02-28"), 20)),
)
STATES = (OPEN, CAPTURED, RELEASED, TIMED_OUT)


def in_state(state: str) -> Hold:
    return HOLD if state == OPEN else HOLD.resolve(state, entry=4)


def test_the_table_of_moves_knows_every_state() -> None:
    assert set(MOVES) == set(STATES)
    assert set().union(*MOVES.values()) <= set(STATES)


@pytest.mark.parametrize(("before", "after"), list(product(STATES, STATES)))
def test_a_hold_makes_the_moves_of_the_table_and_no_other(before: str, after: str) -> None:
    if after in MOVES[before]:
        assert in_state(before).resolve(after, entry=5).state == after
    else:
        with pytest.raises(AssertionError):
            in_state(before).resolve(after, entry=5)


def resolved(page: Page, state: str) -> None:
    """Bring the page's hold into a state."""
    match state:
        case "captured":
            page.capture()
        case "released":
            page.release()
        case "timed_out":
            page.settle(page.now + timedelta(minutes=20))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("command", ["capture", "release"])
def test_commands_move_a_hold_from_open_only(state: str, command: str) -> None:
    page = Page(program())
    page.award(100)
    page.hold(60)
    resolved(page, state)
    lots, version = page.lots, page.folio.standing.version
    if state == OPEN:
        assert getattr(page, command)().hold_id == "H1"
        return
    with pytest.raises(tb.HoldResolved) as refused:
        getattr(page, command)()
    assert (refused.value.state, refused.value.entry) == (state, version)
    assert page.lots == lots


@pytest.mark.parametrize("state", STATES)
def test_a_hold_runs_out_from_open_only(state: str) -> None:
    page = Page(program())
    page.award(100)
    page.hold(60)
    resolved(page, state)
    page.settle(page.now + timedelta(days=1))
    assert page.folio.holds["H1"].state == (TIMED_OUT if state == OPEN else state)
    assert [entry.kind for entry in page.entries].count("time_out") == (state in (OPEN, TIMED_OUT))


def test_what_resolves_a_hold_is_noted_on_it() -> None:
    found = HOLD.resolve(CAPTURED, entry=7, captured=12)
    assert (found.state, found.resolved, found.captured) == (CAPTURED, 7, 12)
    assert (found.amount, found.lots, found.opened) == (HOLD.amount, HOLD.lots, HOLD.opened)


LOTS = st.lists(
    st.builds(
        HeldLot,
        st.sampled_from(["house", "partner"]),
        st.sampled_from([day("2026-01-31"), day("2026-02-28"), day("9999-12-31")]),
        st.integers(1, 50),
    ),
    max_size=5,
)


@given(LOTS, st.data())
def test_the_first_part_of_a_hold_and_the_rest_add_up_to_it(lots: list[HeldLot], data: st.DataObject) -> None:
    total = sum(lot.amount for lot in lots)
    amount = data.draw(st.integers(0, total))
    first, rest = split(lots, amount)
    assert sum(lot.amount for lot in first) == amount
    assert sum(lot.amount for lot in rest) == total - amount
    assert all(lot.amount > 0 for lot in first + rest)
    assert points(first + rest) == points(lots)


def points(lots: list[HeldLot]) -> list[tuple[str, object]]:
    """Every single point, in order."""
    return [(lot.fund, lot.expires_on) for lot in lots for _ in range(lot.amount)]


@pytest.mark.parametrize("state", STATES)
def test_a_hold_is_read_from_its_row_as_it_was_written(state: str) -> None:
    assert hold_from_row(hold_values(in_state(state))) == in_state(state)


def test_a_hold_lies_in_the_members_held_lots() -> None:
    page = Page(program())
    page.award(10, expires_on=day("2026-01-31"))
    page.award(20, fund="partner")
    page.hold(25)
    hold = page.folio.holds["H1"]
    assert [(lot.fund, lot.amount) for lot in hold.lots] == [("house", 10), ("partner", 15)]
    assert {lot.key("points"): lot.amount for lot in hold.lots} == {
        key: amount for key, amount in page.lots.items() if key.account == "held"
    }
