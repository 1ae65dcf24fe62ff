"""Keeping a book: time is recorded, old refusals are forgotten, and no answer depends on either."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import tallybook as tb
from tallybook.db.statements import Fetch
from tallybook.journal.tables import LOCK_FOLIOS

from tests.clocks import SetClock
from tests.slices.shop import PROGRAM, Shop


def kinds(shop: Shop, member: str = "m1") -> list[str]:
    return [entry.kind for entry in shop.statement(member).entries]


# --- sweeping --------------------------------------------------------------------------------------------


def test_a_sweep_records_what_time_did_to_everybody(shop: Shop, clock: SetClock) -> None:
    shop.enroll("m2", "m3", "m4")
    today = clock.now.date()
    shop.award(10, expires_on=today)
    shop.award(10, "m2", vests_on=today + timedelta(days=1))
    shop.award(10, "m3")
    shop.hold(4, "H1", "m3", seconds=60)
    shop.award(10, "m4")
    clock.forward(days=1)
    assert shop.book.sweep() == 3
    assert [kinds(shop, f"m{number}")[0] for number in (1, 2, 3, 4)] == [
        "expire",
        "vest",
        "time_out",
        "award",
    ]
    assert shop.book.sweep() == 0
    assert shop.problems() == []


def test_a_sweep_can_be_taken_in_parts_those_due_longest_first(shop: Shop, clock: SetClock) -> None:
    members = [f"m-{number}" for number in range(5)]
    shop.enroll(*members)
    for number, member in enumerate(reversed(members)):
        shop.award(10, member, expires_on=clock.now.date() + timedelta(days=number))
    clock.forward(days=10)
    assert shop.book.sweep(limit=2) == 2
    assert [member for member in members if recorded(shop, member)] == ["m-3", "m-4"]
    assert [shop.book.sweep(limit=2) for _ in range(3)] == [2, 1, 0]
    assert all(recorded(shop, member) for member in members)


def recorded(shop: Shop, member: str) -> bool:
    """Whether the expiry of a member has been recorded, and is not merely shown."""
    newest = shop.statement(member).entries[0]
    return newest.kind == "expire" and newest.hash != b""


def test_sweepers_share_the_work_and_settle_everybody_once(shop: Shop, clock: SetClock) -> None:
    members = [f"m-{number:03}" for number in range(120)]
    shop.enroll(*members)
    shop.book.do([shop.awarding(10, member, expires_on=clock.now.date()) for member in members])
    clock.forward(days=1)

    def sweep_all() -> int:
        return sum(iter(lambda: shop.book.sweep(limit=7), 0))

    with ThreadPoolExecutor() as threads:
        swept = [each.result() for each in [threads.submit(sweep_all) for _ in range(3)]]
    assert sum(swept) + sweep_all() == len(members)
    assert all(kinds(shop, member) == ["expire", "award", "enroll"] for member in members)
    assert shop.problems() == []


def test_a_sweep_waits_for_nobody(clock: SetClock, postgresql_url: str) -> None:
    with tb.Book.open(postgresql_url, clock=clock) as book:
        book.apply(PROGRAM)
        shop = Shop(book, clock)
        shop.enroll("m1", "m2")
        for member in ("m1", "m2"):
            shop.award(10, member, expires_on=clock.now.date())
        clock.forward(days=1)
        with book._database.transaction() as session:
            session.fetch([Fetch(LOCK_FOLIOS, [("shop", "m1")])])
            assert book.sweep() == 1
            assert recorded(shop, "m2")
        assert [book.sweep(), book.sweep()] == [1, 0]


def test_a_sweep_is_dated_at_its_moments_and_recorded_now(shop: Shop, clock: SetClock) -> None:
    shop.award(10, expires_on=clock.now.date())
    midnight = clock.now.replace(hour=0) + timedelta(days=1)
    clock.forward(days=30)
    shop.book.sweep()
    entry = shop.statement().entries[0]
    assert (entry.occurred_at, entry.recorded_at, entry.request_id) == (midnight, clock.now, None)


def test_a_sweep_before_anything_is_due_finds_nobody(shop: Shop, clock: SetClock) -> None:
    shop.award(10, expires_on=clock.now.date())
    clock.now = clock.now.replace(hour=23, minute=59, second=59)
    assert shop.book.sweep() == 0


def test_a_sweep_ends_though_what_was_due_is_gone_already(shop: Shop, clock: SetClock) -> None:
    shop.award(10, expires_on=clock.now.date())
    shop.redeem(10)
    shop.award(10, vests_on=clock.now.date() + timedelta(days=1))
    shop.book.do(shop.make(tb.Reverse, entry=4))
    clock.forward(days=1)
    assert [shop.book.sweep(), shop.book.sweep()] == [1, 0]
    assert kinds(shop) == ["reverse", "award", "redeem", "award", "enroll"]


def test_one_member_does_not_keep_a_sweep_from_the_others(shop: Shop, clock: SetClock) -> None:
    """Whatever somebody has, time can be recorded: what they have in all fits 64 bits."""
    shop.enroll("m2")
    shop.award(2**62, vests_on=clock.now.date() + timedelta(days=1))
    with pytest.raises(tb.AmountOverflow):
        shop.award(2**62)
    shop.award(1, "m2", expires_on=clock.now.date())
    clock.forward(days=1)
    assert [shop.book.sweep(), shop.book.sweep()] == [2, 0]


@pytest.mark.parametrize("limit", [0, -1, True, 1.0])
def test_a_sweep_of_nobody_is_refused(shop: Shop, limit: int) -> None:
    with pytest.raises(tb.InvalidInput, match="limit"):
        shop.book.sweep(limit)


# --- forgetting ------------------------------------------------------------------------------------------


def test_old_refusals_are_forgotten_and_young_ones_are_not(shop: Shop, clock: SetClock) -> None:
    old, young = shop.redeeming(10), shop.redeeming(10)
    shop.book.do([old])
    clock.forward(days=29)
    shop.book.do([young])
    assert shop.book.forget_refusals() == 0
    clock.forward(days=1, seconds=1)
    assert shop.book.forget_refusals() == 1
    shop.award(10)
    with pytest.raises(tb.NotEnoughPoints) as remembered:
        shop.book.do(young)
    assert remembered.value.replayed
    assert not shop.book.do(old).replayed


def test_entries_are_never_forgotten(shop: Shop, clock: SetClock) -> None:
    done = shop.awarding(10)
    shop.book.do(done)
    clock.forward(days=4000)
    shop.book.forget_refusals()
    assert shop.book.do(done).replayed
    assert shop.problems() == []


def test_refusals_are_kept_for_thirty_days_at_least(shop: Shop, clock: SetClock) -> None:
    shop.book.do([shop.redeeming(10)])
    clock.forward(days=29)
    for days in (0, 29):
        with pytest.raises(tb.InvalidInput, match="30 days"):
            shop.book.forget_refusals(timedelta(days=days))
    assert shop.book.forget_refusals(timedelta(days=31)) == 0


def test_what_never_came_to_a_decision_is_not_remembered(shop: Shop) -> None:
    stranger = shop.awarding(10, "m2")
    assert isinstance(shop.book.do([stranger])[0], tb.UnknownMember)
    shop.enroll("m2")
    assert not shop.book.do(stranger).replayed


def test_a_refusal_does_not_show_in_the_history(shop: Shop) -> None:
    shop.book.do([shop.redeeming(10)])
    assert kinds(shop) == ["enroll"]
    assert shop.problems() == []
