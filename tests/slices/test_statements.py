"""A statement is read page by page, each entry once, while new ones are added; entries and holds by name."""

from datetime import timedelta
from typing import Any

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.shop import Shop

WHO: dict[str, Any] = {"program": "shop", "member": "m1"}


def versions(page: tb.Page) -> list[int]:
    return [entry.version for entry in page.entries]


def read_all(shop: Shop, size: int, unit: str = "") -> list[list[int]]:
    """The versions on every page."""
    page = shop.statement(page_size=size, unit=unit)
    pages = [versions(page)]
    while page.next_page_token:
        page = shop.statement(page_size=size, unit=unit, page_token=page.next_page_token)
        pages.append(versions(page))
    return pages


def flat(pages: list[list[int]]) -> list[int]:
    return [version for page in pages for version in page]


@pytest.mark.parametrize("size", [1, 2, 3, 10, 11, 12])
def test_pages_of_any_size_come_to_the_same(shop: Shop, size: int) -> None:
    shop.book.do([shop.awarding(1) for _ in range(10)])
    pages = read_all(shop, size)
    assert flat(pages) == [*range(11, 0, -1)]
    assert {len(page) for page in pages[:-1]} <= {size}
    assert pages[-1]


def test_no_size_asks_for_fifty_and_too_large_a_size_for_a_thousand(shop: Shop) -> None:
    shop.book.do([shop.awarding(1) for _ in range(1100)])
    assert len(shop.statement().entries) == 50
    assert len(shop.statement(page_size=5000).entries) == 1000


def test_pages_stay_as_they_are_while_entries_are_added(shop: Shop) -> None:
    shop.book.do([shop.awarding(1) for _ in range(5)])
    first = shop.statement(page_size=2)
    shop.book.do([shop.awarding(1) for _ in range(5)])
    second = shop.statement(page_size=2, page_token=first.next_page_token)
    shop.award(1)
    third = shop.statement(page_size=2, page_token=second.next_page_token)
    assert [versions(first), versions(second), versions(third)] == [[6, 5], [4, 3], [2, 1]]
    assert third.next_page_token == ""


def test_pages_stay_as_they_are_while_time_is_recorded(shop: Shop, clock: SetClock) -> None:
    for days in (1, 2, 3):
        shop.award(days, expires_on=(clock.now + timedelta(days=days)).date())
    clock.forward(days=10)
    first = shop.statement(page_size=2)
    shop.book.sweep()
    shop.award(1)
    second = shop.statement(page_size=2, page_token=first.next_page_token)
    assert [versions(first), versions(second)] == [[7, 6], [5, 4]]
    assert [entry.kind for entry in (*first.entries, *second.entries)] == ["expire"] * 3 + ["award"]


def test_what_time_did_has_no_hash_before_it_is_recorded(shop: Shop, clock: SetClock) -> None:
    shop.award(1, expires_on=clock.now.date())
    clock.forward(days=10)
    due = shop.statement().entries[0]
    assert (due.kind, due.version, due.hash) == ("expire", 3, b"")
    shop.book.sweep()
    recorded = shop.statement().entries[0]
    assert len(recorded.hash) == 32
    assert recorded.occurred_at == due.occurred_at
    assert recorded.postings == due.postings


def test_a_statement_of_one_unit_has_what_moved_it(shop: Shop, clock: SetClock) -> None:
    shop.award(1)
    shop.award(2, unit="stars")
    shop.redeem(1)
    shop.award(3, unit="stars", expires_on=clock.now.date())
    clock.forward(days=1)
    assert flat(read_all(shop, 1, "stars")) == [6, 5, 3]
    assert flat(read_all(shop, 1, "points")) == [4, 2]
    assert shop.statement(unit="growth").entries == ()
    assert flat(read_all(shop, 2)) == [6, 5, 4, 3, 2, 1]


def test_a_token_leads_on_in_its_own_statement_only(shop: Shop) -> None:
    shop.enroll("m2")
    shop.book.do([shop.awarding(1) for _ in range(5)])
    token = shop.statement(page_size=2).next_page_token
    assert versions(shop.statement(page_size=3, page_token=token)) == [4, 3, 2]
    for other in ({"member": "m2"}, {"unit": "points"}):
        with pytest.raises(tb.PageTokenInvalid):
            shop.statement(page_token=token, **other)
    with pytest.raises(tb.PageTokenInvalid):
        shop.statement(page_token=token[:-1])


def test_members_see_nothing_of_each_other(shop: Shop) -> None:
    shop.enroll("m2", "m")
    shop.award(1, "m2")
    assert [entry.kind for entry in shop.statement("m").entries] == ["enroll"]
    assert [entry.kind for entry in shop.statement().entries] == ["enroll"]


def test_an_entry_tells_all_that_was_said_with_it(shop: Shop, clock: SetClock) -> None:
    occurred_at = clock.now - timedelta(days=3)
    told: dict[str, Any] = {"source": "till 4", "reason": "welcome", "metadata": {"store": "12"}}
    reply = shop.award(10, fund="partner", occurred_at=occurred_at, **told)
    entry = shop.book.ask(tb.GetEntry(**WHO, entry=reply.entry))
    assert (entry.member, entry.version, entry.kind, entry.request_id) == ("m1", 2, "award", "r2")
    assert (entry.recorded_at, entry.occurred_at) == (clock.now, occurred_at)
    assert {name: getattr(entry, name) for name in told} == told
    assert (entry.revision, entry.reverses, entry.subject, entry.counterpart_member) == (1, None, "", None)
    (posting,) = entry.postings
    assert (posting.unit, posting.fund, posting.amount) == ("points", "partner", 10)
    assert (posting.from_account, posting.to_account) == ("issued", "available")


def test_entries_name_what_they_are_about(shop: Shop) -> None:
    shop.enroll("m2")
    awarded = shop.award(10)
    shop.hold(4)
    captured = shop.book.do(shop.make(tb.Capture, hold_id="H1"))
    undone = shop.book.do(shop.make(tb.Reverse, entry=awarded.entry, amount=2))
    given = shop.book.do(shop.make(tb.Gift, to_member="m2", unit="points", amount=3))
    entries = shop.book.ask(
        [tb.GetEntry(**WHO, entry=reply.entry) for reply in (captured, undone, given)]
        + [tb.GetEntry(program="shop", member="m2", entry=given.to_entry)]
    )
    assert entries[0].subject == "H1"
    assert entries[1].reverses == awarded.entry
    assert (entries[2].counterpart_member, entries[2].counterpart_version) == ("m2", given.to_entry)
    assert (entries[3].counterpart_member, entries[3].counterpart_version) == ("m1", given.entry)
    assert entries[3].request_id is None


@pytest.mark.parametrize("entry", [2, 99, 2**63 - 1])
def test_an_entry_that_is_not_there_is_unknown(shop: Shop, entry: int) -> None:
    with pytest.raises(tb.UnknownEntry):
        shop.book.ask(tb.GetEntry(**WHO, entry=entry))


def test_a_hold_is_shown_as_it_is_now(shop: Shop, clock: SetClock) -> None:
    shop.award(10)
    shop.hold(4, seconds=60)
    asked = tb.GetHold(**WHO, hold_id="H1")
    open_hold = shop.book.ask(asked)
    assert (open_hold.hold.state, open_hold.hold.amount, open_hold.balance) == ("open", 4, (6, 0, 4, 0))
    clock.forward(seconds=60)
    over = shop.book.ask(asked)
    assert (over.hold.state, over.hold.resolved, over.balance) == ("timed_out", 4, (10, 0, 0, 0))
    shop.book.sweep()
    assert shop.book.ask(asked) == over


def test_a_member_is_shown_as_known_now(shop: Shop, clock: SetClock) -> None:
    enrolled_at = clock.now
    clock.forward(days=3)
    shop.award(10)
    shop.book.do(shop.make(tb.Freeze, scope=tb.Scope.EARN, reason="under review"))
    member = shop.book.ask(tb.GetMember(**WHO))
    assert (member.version, member.enrolled_at, member.active_at) == (3, enrolled_at, clock.now)
    assert (member.frozen, member.frozen_reason) == ("earn", "under review")


def test_the_past_is_what_was_shown_then(shop: Shop, clock: SetClock) -> None:
    shop.enroll("m2")
    day = clock.now.date()
    steps = [
        shop.awarding(100, expires_on=day + timedelta(days=9)),
        shop.awarding(50, vests_on=day + timedelta(days=6), fund="partner"),
        shop.make(tb.Hold, unit="points", amount=60, hold_id="H1", seconds=200_000),
        shop.make(tb.Reverse, entry=2, amount=70),
        shop.make(tb.Gift, to_member="m2", unit="points", amount=5),
        shop.make(tb.Capture, hold_id="H1", amount=20),
        shop.awarding(7, unit="stars"),
        shop.make(tb.Adjust, unit="points", amount=-90, reason="test", allow_arrears=True),
        shop.awarding(30),
    ]
    shown = {}
    for step in steps:
        clock.forward(days=1)
        shop.book.do([step])
        sheet = shop.book.ask(tb.Balances(**WHO))
        shown[clock.now] = sheet
        clock.forward(seconds=1)
    clock.forward(days=60)
    shop.award(1)
    for as_of, sheet in shown.items():
        assert shop.book.ask(tb.PastBalances(**WHO, as_of=as_of)) == sheet


def test_the_future_is_not_told(shop: Shop, clock: SetClock) -> None:
    shop.award(10, expires_on=clock.now.date())
    ahead = shop.book.ask(tb.PastBalances(**WHO, as_of=clock.now + timedelta(days=60)))
    assert ahead.as_of == clock.now
    assert ahead.of("points").available == 10
