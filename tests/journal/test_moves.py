"""How value moves: credited, spent, clawed back, restored. Partial reversals add up, whatever their split."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
import tallybook as tb
from hypothesis import assume, given
from hypothesis import strategies as st
from tallybook.journal.accounts import NEVER, VESTED, LotKey, Posting
from tallybook.journal.moves import backwards, crossings
from tallybook.programs.program import Program

from tests.journal.pages import Page, day, program

FEBRUARY, MARCH = day("2026-02-28"), day("2026-03-31")


def lot(account: str = "available", expires_on: Any = NEVER, fund: str = "house") -> LotKey:
    return LotKey("points", account, fund, VESTED, expires_on)


# --- credit ----------------------------------------------------------------------------------------------


def test_a_credit_is_pending_until_it_vests() -> None:
    page = Page(program())
    reply = page.award(10, vests_on=day("2026-01-02"))
    assert (reply.pending, reply.available, reply.vests_on) == (10, 0, day("2026-01-02"))
    assert page.award(10, vests_on=day("2026-01-01")).available == 10


def test_a_credit_repays_arrears_first() -> None:
    page = Page(program())
    page.adjust(-30)
    reply = page.award(100)
    assert (reply.repaid, reply.available, reply.balance) == (30, 70, (70, 0, 0, 0))


def test_a_credit_past_its_day_shows_both_postings() -> None:
    page = Page(program())
    page.award(10, expires_on=day("2025-12-31"))
    assert [(p.from_account, p.to_account, p.amount) for p in page.postings] == [
        ("issued", "available", 10),
        ("available", "expired", 10),
    ]


def test_who_owes_in_one_unit_has_all_of_another() -> None:
    page = Page(program())
    page.adjust(-30)
    assert page.award(100, "stars").repaid == 0


# --- spending --------------------------------------------------------------------------------------------


def test_spending_takes_the_soonest_expiry_and_posts_each_lot_once() -> None:
    page = Page(program())
    page.award(10, expires_on=MARCH)
    page.award(10)
    page.award(10, expires_on=FEBRUARY)
    page.redeem(25)
    assert page.lots == {lot(): 5}
    assert [p.amount for p in page.postings[-3:]] == [10, 10, 5]


def test_spending_all_leaves_no_lot_of_nothing() -> None:
    page = Page(program())
    page.award(10)
    page.redeem(10)
    assert page.lots == {}


# --- which postings are undone ---------------------------------------------------------------------------


def posting(source: str, target: str, amount: int = 1) -> Posting:
    return Posting("points", "house", VESTED, NEVER, source, target, amount)


def test_crossings_are_what_comes_from_the_house_and_what_goes_to_it() -> None:
    inward = [posting("issued", "available"), posting("issued", "arrears"), posting("adjusted", "pending")]
    outward = [posting("available", "redeemed"), posting("held", "redeemed"), posting("arrears", "adjusted")]
    within = [posting("available", "held"), posting("available", "expired"), posting("pending", "available")]
    assert crossings([*within, *outward, *inward]) == (inward, outward)


AMOUNTS = st.lists(st.integers(1, 20), min_size=1, max_size=6)


@given(AMOUNTS, st.data())
def test_undoing_backwards_in_parts_undoes_the_same(amounts: list[int], data: st.DataObject) -> None:
    postings = [posting("issued", "available", amount) for amount in amounts]
    total = sum(amounts)
    skip = data.draw(st.integers(0, total))
    first = data.draw(st.integers(0, total - skip))
    second = data.draw(st.integers(0, total - skip - first))
    at_once = _by_posting(postings, skip, first + second)
    in_parts = _by_posting(postings, skip, first)
    for index, amount in _by_posting(postings, skip + first, second).items():
        in_parts[index] = in_parts.get(index, 0) + amount
    assert at_once == in_parts
    assert sum(at_once.values()) == first + second


def _by_posting(postings: list[Posting], skip: int, amount: int) -> dict[int, int]:
    places = {id(each): index for index, each in enumerate(postings)}
    return {places[id(each)]: part for each, part in backwards(postings, skip, amount)}


# --- reversals -------------------------------------------------------------------------------------------

EXPIRIES = st.sampled_from([None, day("2026-01-05"), day("2026-01-20"), FEBRUARY])
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("award"),
            st.integers(1, 60),
            EXPIRIES,
            st.sampled_from([None, day("2026-01-10")]),
            st.sampled_from(["house", "partner"]),
        ),
        st.tuples(st.just("redeem"), st.integers(1, 80)),
        st.tuples(st.just("hold"), st.integers(1, 40)),
        st.tuples(st.just("capture"), st.integers(1, 40)),
        st.tuples(st.just("adjust"), st.integers(-60, 60).filter(bool)),
        st.tuples(st.just("days"), st.integers(1, 12)),
        st.tuples(st.just("reverse"), st.integers(2, 8), st.integers(1, 30)),
    ),
    min_size=1,
    max_size=9,
)
PROGRAMS = {
    (shortfall, lapsed): program(shortfall=shortfall, lapsed=lapsed)
    for shortfall in ("arrears", "within_balance", "only_pending")
    for lapsed in ("{kind: keep_expired}", "{kind: grace_days, days: 10}", "{kind: reissue}")
}
RULES = st.sampled_from(sorted(PROGRAMS)).map(PROGRAMS.__getitem__)


def lived(page: Page, steps: list[tuple[Any, ...]]) -> Page:
    """The page after what can be done of these steps."""
    for step in steps:
        try:
            _take(page, *step)
        except tb.Refusal:
            continue
    return page


def _take(page: Page, kind: str, *details: Any) -> None:
    match kind, details:
        case "award", (amount, expires_on, vests_on, fund):
            page.award(amount, expires_on=expires_on, vests_on=vests_on, fund=fund)
        case "redeem", (amount,):
            page.redeem(amount)
        case "hold", (amount,):
            page.hold(amount, f"H{page.folio.next_version}", seconds=500_000)
        case "capture", (amount,):
            page.capture(next(iter(page.folio.holds), "none"), amount)
        case "adjust", (amount,):
            page.adjust(amount)
        case "days", (days,):
            page.pass_days(days)
        case "reverse", (entry, amount):
            page.reverse(entry, amount)


def reversible_entries(page: Page) -> list[int]:
    """The versions of entries that something is left to undo of, and how much."""
    return [entry.version for entry in page.entries if left_of(page, entry.version)]


def left_of(page: Page, version: int) -> int:
    """How much of an entry is left to undo."""
    trial = deepcopy_page(page)
    try:
        return int(trial.reverse(version).amount)
    except tb.Refusal:
        return 0


def deepcopy_page(page: Page) -> Page:
    """A page to try something on."""
    rules, page.program = page.program, None  # type: ignore[assignment]
    copy = deepcopy(page)
    page.program = copy.program = rules
    return copy


def totals(replies: list[Any]) -> tuple[int, ...]:
    """What several reversals moved, added up."""
    names = ("amount", "pending", "available", "lapsed", "arrears", "forgiven", "repaid")
    return tuple(sum(getattr(reply, name) for reply in replies) for name in names)


@given(RULES, STEPS, st.data())
def test_reversals_in_any_split_add_up_to_the_whole(
    rules: Program, steps: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    page = lived(Page(rules), steps)
    candidates = reversible_entries(page)
    assume(candidates)
    entry = data.draw(st.sampled_from(candidates))
    whole, parts = deepcopy_page(page), deepcopy_page(page)
    at_once = [whole.reverse(entry)]
    in_parts = []
    left = at_once[0].amount
    while left:
        amount = data.draw(st.integers(1, left))
        in_parts.append(parts.reverse(entry, amount))
        left -= amount
    assert totals(in_parts) == totals(at_once)
    assert parts.lots == whole.lots
    assert parts.house() == whole.house()
    with pytest.raises(tb.NotReversible):
        parts.reverse(entry, 1)


@given(RULES, STEPS, st.sampled_from(["award", "redeem", "adjust"]), st.integers(1, 60))
def test_undoing_the_last_thing_at_once_restores_the_page_exactly(
    rules: Program, steps: list[tuple[Any, ...]], kind: str, amount: int
) -> None:
    page = lived(Page(rules), steps)
    before, house = page.lots, page.house()
    doing: dict[str, Callable[[], Any]] = {
        "award": lambda: page.award(amount),
        "redeem": lambda: page.redeem(min(amount, page.balance.available)),
        "adjust": lambda: page.adjust(-amount),
    }
    assume(kind != "redeem" or page.balance.available)
    done = doing[kind]()
    reply = page.reverse(done.entry, shortfall=tb.Shortfall.ARREARS)
    assert reply.amount == abs(done.amount)
    assert (page.lots, page.house()) == (before, house)


@given(RULES, STEPS)
def test_who_owes_has_nothing_available_and_every_unit_sums_to_zero(
    rules: Program, steps: list[tuple[Any, ...]]
) -> None:
    page = lived(Page(rules), steps)
    assert not (page.balance.available and page.balance.arrears)
    assert min(page.balance) >= 0
    balance = page.balance
    members = balance.available + balance.pending + balance.held - balance.arrears
    assert members + sum(page.house().values()) == 0


def test_a_policy_can_be_named_by_its_plain_text() -> None:
    page = Page(program())
    page.award(100)
    reply = page.reverse(2, shortfall="only_pending")  # type: ignore[arg-type]
    assert (reply.available, reply.forgiven) == (0, 100)


def test_what_lapsed_before_an_entry_is_not_what_lapsed_of_it() -> None:
    page = Page(program(expiry="{kind: after_idle_months, months: 1}"))
    page.award(100)
    page.pass_days(60)
    page.award(60)
    page.redeem(60)
    reply = page.reverse(4)
    assert (reply.lapsed, reply.available, reply.arrears) == (0, 0, 60)


def test_what_lapsed_is_undone_once_between_an_earlier_and_a_later_entry() -> None:
    page = Page(program(expiry="{kind: after_idle_months, months: 1}"))
    page.award(100)
    page.pass_days(60)
    page.award(60)
    page.pass_days(60)
    assert page.reverse(2, 100).lapsed == 100
    assert page.reverse(4, 60).lapsed == 60
    assert page.house() == {}


IDLE = "{kind: after_idle_months, months: 1}"


@pytest.mark.parametrize(("lapsed", "days"), [("{kind: grace_days, days: 10}", 10), ("{kind: reissue}", 31)])
def test_what_is_given_back_to_an_idle_member_can_be_spent_for_a_time(lapsed: str, days: int) -> None:
    page = Page(program(expiry=IDLE, lapsed=lapsed))
    page.award(100)
    page.redeem(100)
    page.pass_days(60)
    assert page.reverse(3, 60).available == 60
    page.pass_days(days)
    assert page.balance.available == 60
    page.pass_days(1)
    assert page.balance.available == 0
    assert page.reverse(3).available == 40


def test_what_is_given_back_to_an_idle_member_lapses_where_it_keeps_its_day() -> None:
    page = Page(program(expiry=IDLE))
    page.award(100)
    page.redeem(100)
    page.pass_days(60)
    assert page.reverse(3).lapsed == 100


def test_who_does_something_while_spared_is_active_as_ever() -> None:
    page = Page(program(expiry=IDLE, lapsed="{kind: grace_days, days: 40}"))
    page.award(100)
    page.redeem(100)
    page.pass_days(60)
    page.reverse(3)
    page.pass_days(20)
    page.redeem(1)
    page.pass_days(31)
    assert page.balance.available == 99
    page.pass_days(1)
    assert page.balance.available == 0
