"""A folio adds up to what was posted, within 64 bits, and is again what it was when it is rewound."""

from typing import Any

import pytest
import tallybook as tb
from hypothesis import given
from hypothesis import strategies as st
from tallybook.journal.accounts import (
    ARREARS,
    HOUSE_FUND,
    MAX_AMOUNT,
    MEMBER_ACCOUNTS,
    NEVER,
    PENDING,
    VESTED,
    LotKey,
    Posting,
    lot_key,
)

from tests.journal.pages import Page, day, program

MAX = 2**63 - 1


def page() -> Page:
    return Page(program())


# --- lots ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("account", sorted(MEMBER_ACCOUNTS))
def test_only_pending_points_have_a_vesting_day_and_arrears_have_neither_day_nor_fund(account: str) -> None:
    key = lot_key("points", account, "partner", day("2026-01-15"), day("2026-12-31"))
    assert key == {
        PENDING: LotKey("points", PENDING, "partner", day("2026-01-15"), day("2026-12-31")),
        ARREARS: LotKey("points", ARREARS, HOUSE_FUND, VESTED, NEVER),
    }.get(account, LotKey("points", account, "partner", VESTED, day("2026-12-31")))


def test_points_that_lapse_together_are_one_lot_however_many_awards_they_came_from() -> None:
    found = page()
    for _ in range(20):
        found.award(5, expires_on=day("2026-12-31"))
    assert list(found.lots.values()) == [100]


@pytest.mark.parametrize(
    ("source", "target", "amount"),
    [
        ("issued", "available", 0),
        ("issued", "available", -1),
        ("issued", "available", MAX_AMOUNT + 1),
        ("available", "available", 1),
        ("available", "redeemed", 1),
        ("issued", "arrears", 1),
    ],
)
def test_a_posting_that_cannot_be_is_our_own_mistake(source: str, target: str, amount: int) -> None:
    with pytest.raises(AssertionError):
        page().folio.post(Posting("points", "house", VESTED, NEVER, source, target, amount))


# --- rewinding -------------------------------------------------------------------------------------------

REFUSED: list[tuple[type[tb.Command[Any]], dict[str, Any]]] = [
    (tb.Redeem, {"unit": "points", "amount": 1000}),
    (tb.Redeem, {"unit": "stars", "amount": 1}),
    (tb.Hold, {"unit": "points", "amount": 1000}),
    (tb.Hold, {"unit": "points", "amount": 1, "hold_id": "H1"}),
    (tb.Capture, {"hold_id": "H1", "amount": 1000}),
    (tb.Release, {"hold_id": "H9"}),
    (tb.Reverse, {"entry": 2, "amount": 1000}),
    (tb.Reverse, {"entry": 99}),
    (tb.Adjust, {"unit": "points", "amount": -1000, "reason": "x"}),
    (tb.Award, {"unit": "coins", "amount": 1}),
    (tb.Award, {"unit": "points", "amount": MAX}),
    (tb.Adjust, {"unit": "points", "amount": MAX, "reason": "x"}),
    (tb.Enroll, {}),
]


@pytest.mark.parametrize(("kind", "fields"), REFUSED)
def test_a_refused_command_leaves_the_folio_as_it_was(
    kind: type[tb.Command[Any]], fields: dict[str, Any]
) -> None:
    found = page()
    found.award(100)
    found.hold(40)
    before = state(found)
    with pytest.raises(tb.Refusal):
        found.do(kind, fields)
    assert state(found) == before
    found.redeem(60)
    assert found.entries[-1].version == len(found.entries)


def state(found: Page) -> tuple[Any, ...]:
    """All that a folio is."""
    folio = found.folio
    return folio.standing, found.lots, dict(folio.holds), list(folio.sealed), folio.exists


# --- 64 bits ---------------------------------------------------------------------------------------------


def test_a_member_can_have_as_much_as_64_bits_hold_and_not_one_more() -> None:
    found = page()
    found.award(MAX)
    with pytest.raises(tb.AmountOverflow):
        found.award(1)
    assert found.redeem(MAX).balance.available == 0


@pytest.mark.parametrize(
    "other",
    [
        {"expires_on": day("2026-12-31")},
        {"fund": "partner"},
        {"vests_on": day("2026-02-01")},
        {"vests_on": day("2026-02-01"), "expires_on": day("2026-12-31")},
    ],
)
@pytest.mark.parametrize(("first", "second"), [(MAX, 1), (1, MAX), (2**62, 2**62), (MAX - 10, 11)])
def test_lots_of_any_kind_count_together(first: int, second: int, other: dict[str, Any]) -> None:
    found = page()
    found.award(first)
    with pytest.raises(tb.AmountOverflow):
        found.award(second, **other)
    found.award(MAX - first, **other) if first < MAX else None
    found.pass_days(60)
    assert found.balance.available == MAX


def test_what_is_held_counts_as_well() -> None:
    found = page()
    found.award(MAX)
    found.hold(MAX - 5)
    with pytest.raises(tb.AmountOverflow):
        found.award(1)
    found.capture(amount=5)
    assert found.award(5).balance.available == MAX


def test_units_do_not_count_together() -> None:
    found = page()
    found.award(MAX)
    assert found.award(MAX, "stars").balance.available == MAX


def test_nobody_owes_more_than_64_bits_hold() -> None:
    found = page()
    found.adjust(-MAX)
    with pytest.raises(tb.AmountOverflow):
        found.adjust(-1)
    assert found.balance.arrears == MAX
    assert found.award(MAX).repaid == MAX


NEAR = st.integers(MAX - 3, MAX) | st.integers(2**62 - 2, 2**62 + 2) | st.integers(1, 3)
STEPS = st.lists(
    st.tuples(st.sampled_from(["award", "vest", "partner", "redeem", "hold", "owe", "days", "undo"]), NEAR),
    max_size=8,
)


@given(STEPS)
def test_near_the_edge_of_64_bits_commands_are_refused_and_time_never_is(
    steps: list[tuple[str, int]],
) -> None:
    found = page()
    for kind, amount in steps:
        try:
            attempt(found, kind, amount)
        except tb.Refusal:
            continue
    found.pass_days(400)
    balance = found.balance
    assert all(0 <= value <= MAX for value in balance)
    assert balance.available + balance.pending + balance.held <= MAX


def attempt(found: Page, kind: str, amount: int) -> None:
    match kind:
        case "award":
            found.award(amount, expires_on=day("2026-03-01"))
        case "vest":
            found.award(amount, vests_on=day("2026-01-20"))
        case "partner":
            found.award(amount, fund="partner")
        case "redeem":
            found.redeem(amount)
        case "hold":
            found.hold(amount, f"H{found.folio.next_version}", seconds=600_000)
        case "owe":
            found.adjust(-amount)
        case "days":
            found.pass_days(10)
        case "undo":
            found.reverse(max(2, found.folio.standing.version))
