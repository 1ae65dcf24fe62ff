"""Time does each thing at its moment, once, however often anybody looks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tallybook.journal.accounts import NEVER
from tallybook.journal.due import Due
from tallybook.journal.settle import next_due

from tests.journal.pages import START, Page, day, moment, program


def dated(page: Page) -> list[tuple[str, datetime]]:
    """What time did, and when."""
    return [(entry.kind, entry.occurred_at) for entry in page.entries if entry.request_id is None]


def test_nothing_is_due_on_an_empty_page() -> None:
    page = Page(program())
    assert next_due(page.folio, page.program) is None
    page.settle(datetime(9999, 1, 1, tzinfo=UTC))
    assert dated(page) == []


def test_points_without_expiry_are_never_due() -> None:
    page = Page(program())
    page.award(100)
    assert next_due(page.folio, page.program) is None


def test_a_lot_is_due_when_its_last_day_is_over() -> None:
    page = Page(program(timezone="America/New_York"))
    page.award(100, expires_on=day("2026-01-31"))
    assert next_due(page.folio, page.program) == Due(moment("2026-02-01T05:00"), "expire")


def test_a_pending_lot_is_due_when_its_vesting_day_begins() -> None:
    page = Page(program(timezone="Asia/Tokyo"))
    page.award(100, vests_on=day("2026-01-15"), expires_on=day("2026-01-10"))
    assert next_due(page.folio, page.program) == Due(moment("2026-01-14T15:00"), "vest")


def test_held_lots_and_arrears_are_not_due() -> None:
    page = Page(program())
    page.award(100, expires_on=day("2026-01-31"))
    page.hold(100, seconds=604_800)
    page.adjust(-10)
    assert next_due(page.folio, page.program) == Due(START + timedelta(days=7), "time_out", "H1")


def test_a_resolved_hold_is_not_due() -> None:
    page = Page(program())
    page.award(100)
    page.hold(100)
    page.release()
    assert next_due(page.folio, page.program) is None


def test_nothing_happens_before_its_moment() -> None:
    page = Page(program())
    page.award(100, expires_on=day("2026-01-31"))
    page.settle(moment("2026-01-31T23:59:59.999999"))
    assert dated(page) == []
    page.settle(moment("2026-02-01T00:00"))
    assert dated(page) == [("expire", moment("2026-02-01T00:00"))]


def test_each_moment_is_an_entry_of_its_own_dated_at_that_moment() -> None:
    page = Page(program())
    page.award(1, expires_on=day("2026-01-31"))
    page.award(2, expires_on=day("2026-02-28"))
    page.award(4, vests_on=day("2026-02-10"))
    page.hold(1, seconds=60)
    page.settle(moment("2026-12-31T00:00"))
    assert dated(page) == [
        ("time_out", START + timedelta(seconds=60)),
        ("expire", moment("2026-02-01T00:00")),
        ("vest", moment("2026-02-10T00:00")),
        ("expire", moment("2026-03-01T00:00")),
    ]
    assert {entry.recorded_at for entry in page.entries[-4:]} == {moment("2026-12-31T00:00")}


def test_lots_of_one_day_are_one_entry() -> None:
    page = Page(program())
    for unit in ("points", "stars"):
        for fund in ("house", "partner"):
            page.award(5, unit, fund=fund, expires_on=day("2026-01-31"))
    page.settle(moment("2026-02-01T00:00"))
    assert [entry.kind for entry in page.entries[-2:]] == ["award", "expire"]
    assert len(page.folio.sealed[-1].postings) == 4
    assert page.lots == {}


def test_at_one_moment_points_lapse_before_holds_run_out_and_others_vest() -> None:
    page = Page(program(), now=moment("2026-01-31T23:59:00"))
    page.award(1, expires_on=day("2026-01-31"))
    page.award(2, expires_on=day("2026-03-01"))
    page.award(4, vests_on=day("2026-02-01"))
    page.hold(1, seconds=60)
    page.award(8, expires_on=day("2026-01-31"))
    page.settle(moment("2026-02-01T00:00"))
    assert [kind for kind, _ in dated(page)] == ["expire", "time_out", "vest"]
    assert page.balance == (2 + 4, 0, 0, 0)
    assert page.house()["expired"] == 1 + 8


def test_a_page_that_was_settled_too_early_is_merely_planned_anew() -> None:
    page = Page(program())
    page.award(10, expires_on=day("2026-01-31"))
    page.award(10, expires_on=day("2026-02-28"))
    page.folio.standing = replace(page.folio.standing, next_due_at=START)
    page.settle(START)
    assert dated(page) == []
    assert page.folio.standing.next_due_at == moment("2026-02-01T00:00")


def test_idleness_brings_an_expiry_forward_and_never_back() -> None:
    page = Page(program(expiry="{kind: after_idle_months, months: 1}"))
    page.award(10)
    page.award(10, expires_on=day("2026-01-15"))
    page.award(10, "stars")
    page.settle(moment("2026-06-01T00:00"))
    assert dated(page) == [("expire", moment("2026-01-16T00:00")), ("expire", moment("2026-02-02T00:00"))]
    assert {key.unit for key in page.lots} == {"stars"}


def test_points_that_vest_after_the_member_went_idle_lapse_at_once() -> None:
    page = Page(program(expiry="{kind: after_idle_months, months: 1}"))
    page.award(10, vests_on=day("2026-03-01"))
    page.settle(moment("2026-03-01T00:00"))
    assert page.lots == {}
    assert page.house() == {"issued": -10, "expired": 10}


# --- whenever anybody looks ------------------------------------------------------------------------------

DAYS = st.integers(0, 40).map(lambda days: day("2026-01-01") + timedelta(days=days))
AWARDS = st.fixed_dictionaries(
    {"amount": st.integers(1, 50), "expires_on": DAYS | st.just(NEVER)},
    optional={"vests_on": DAYS, "fund": st.sampled_from(["house", "partner"])},
)
HOLDS = st.tuples(st.integers(1, 60), st.integers(60, 604_800))
LOOKS = st.lists(st.integers(0, 60 * 24), max_size=6).map(sorted)


@given(st.lists(AWARDS, max_size=6), st.lists(HOLDS, max_size=4), LOOKS, st.integers(0, 80))
def test_looking_often_and_looking_once_come_to_the_same(
    awards: list[dict[str, Any]], holds: list[tuple[int, int]], looks: list[int], owed: int
) -> None:
    pages = [Page(program()), Page(program())]
    for page in pages:
        if owed:
            page.adjust(-owed)
        for fields in awards:
            page.award(**fields)
        for number, (amount, seconds) in enumerate(holds):
            if amount <= page.balance.available:
                page.hold(amount, f"H{number}", seconds=seconds)
    often, once = pages
    for hours in looks:
        often.settle(START + timedelta(hours=hours))
    for page in pages:
        page.settle(START + timedelta(days=60))
    assert often.lots == once.lots
    assert often.postings == once.postings
    assert dated(often) == dated(once)
    assert often.folio.holds == once.folio.holds
    assert often.folio.standing.next_due_at == once.folio.standing.next_due_at


@given(st.lists(AWARDS, max_size=6), st.integers(1, 60 * 24))
def test_after_settling_nothing_available_is_past_its_day_and_nothing_pending_past_its_vesting(
    awards: list[dict[str, Any]], hours: int
) -> None:
    page = Page(program())
    for fields in awards:
        page.award(**fields)
    page.settle(START + timedelta(hours=hours))
    today = page.program.today(page.now)
    for key in page.lots:
        assert key.vests_on > today if key.account == "pending" else key.expires_on >= today


@pytest.mark.parametrize("days", [0, 1, 30, 31, 400])
def test_settling_twice_does_nothing_more(days: int) -> None:
    page = Page(program())
    page.award(10, expires_on=day("2026-01-31"))
    page.pass_days(days)
    before = len(page.entries)
    page.settle(page.now)
    assert len(page.entries) == before
