"""A page at which nobody has looked for years: all that fell due is done, in transactions that stay short."""

from datetime import timedelta
from typing import Any, Final

import pytest
from tallybook.db.database import Session
from tallybook.engine import engine
from tallybook.journal.tables import ADD_ENTRIES

from tests.clocks import SetClock
from tests.slices.shop import PROGRAM, Shop

DAYS: Final = 130
CLUB: Final = """
program: shop
timezone: Europe/Berlin
units:
  points: {{kind: redeemable, expiry: {{kind: after_days, days: 9}}, vesting: {{kind: after_days, days: 2}}}}
  growth: {{kind: qualifying, expiry: {{kind: after_days, days: 40}}}}
  stars: {{kind: redeemable}}
funds: [partner]
ladders:
  status:
    validity: {{kind: after_days, days: 30}}
    tiers:
      - code: silver
        any_of: [{{units: {{growth: 100}}}}]
        benefits: {{grants: [{{every: week, rewards: [{{kind: units, unit: points, units: 2}}]}}]}}
grants:
  daily:
    day: {{kind: dates, dates: [{dates}]}}
    from: 2026-01-01
    rewards: [{{kind: units, unit: points, units: 3}}]
"""


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many entries each transaction has written."""
    sizes: list[int] = []
    write = Session.write_and_commit

    def counting(session: Session, writes: Any) -> None:
        sizes.append(sum(len(each.rows) for each in writes if each.statement is ADD_ENTRIES))
        write(session, writes)

    monkeypatch.setattr(Session, "write_and_commit", counting)
    return sizes


def lapsing(shop: Shop, days: int, member: str = "m1") -> None:
    """Give points of which some lapse on each of so many days, and let all of them pass."""
    today = shop.clock.now.date()
    shop.book.do([shop.awarding(10, member, expires_on=today + timedelta(days=n)) for n in range(days)])


def test_a_command_finds_thousands_of_moments_due_and_is_decided_when_all_are_done(
    shop: Shop, clock: SetClock, written: list[int]
) -> None:
    lapsing(shop, 2500)
    clock.forward(days=4000)
    written.clear()
    given = shop.award(7)
    assert (given.balance.available, given.entry) == (7, 5002)
    assert written == [1000, 1000, 501]
    assert shop.problems() == []


def test_a_sweep_goes_on_with_a_page_until_it_is_settled(
    shop: Shop, clock: SetClock, written: list[int]
) -> None:
    lapsing(shop, 2500)
    clock.forward(days=4000)
    written.clear()
    assert [shop.book.sweep(), shop.book.sweep()] == [1, 0]
    assert written == [1000, 1000, 500]
    assert shop.problems() == []


def test_many_members_with_much_due_are_not_settled_in_one_transaction(
    shop: Shop, clock: SetClock, written: list[int]
) -> None:
    members = [f"m-{n:02}" for n in range(20)]
    shop.enroll(*members)
    for member in members:
        lapsing(shop, 150, member)
    clock.forward(days=365)
    half = members[:10]
    written.clear()
    shop.book.do([shop.awarding(1, member) for member in half])
    assert [shop.balance(member).available for member in half] == [1] * 10
    assert written == [7 * 150 + 7, 3 * 150 + 3]
    written.clear()
    assert [shop.book.sweep(), shop.book.sweep()] == [10, 0]
    assert written == [1050, 450]
    assert shop.problems() == []


def test_whoever_asks_meanwhile_sees_all_of_it_done(
    shop: Shop, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "MOMENTS_MAX", 10)
    lapsing(shop, 35)
    shop.award(5)
    clock.forward(days=100)
    interrupted(shop, monkeypatch, after=1)
    assert shop.balance().available == 5
    assert shop.statement().entries[0].version == 37 + 35
    simulated = shop.book.simulate(shop.awarding(1))
    assert (simulated.entry, simulated.balance.available) == (73, 6)
    with shop.book._database.engine.begin() as connection:
        joined = shop.book.do(shop.awarding(1), connection=connection)
    assert joined.entry == 73
    assert shop.problems() == []


def interrupted(shop: Shop, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Begin a sweep that is at an end after so many transactions."""
    write, left = Session.write_and_commit, [after]

    def breaking(session: Session, writes: Any) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        write(session, writes)

    with monkeypatch.context() as broken:
        broken.setattr(Session, "write_and_commit", breaking)
        with pytest.raises(KeyboardInterrupt):
            shop.book.sweep()


def test_a_process_that_ends_halfway_loses_nothing(
    shop: Shop, clock: SetClock, monkeypatch: pytest.MonkeyPatch, written: list[int]
) -> None:
    monkeypatch.setattr(engine, "MOMENTS_MAX", 10)
    lapsing(shop, 35)
    clock.forward(days=100)
    interrupted(shop, monkeypatch, after=2)
    assert shop.problems() == []
    written.clear()
    assert shop.award(1).entry == 2 + 35 + 35
    assert written == [10, 6]
    assert shop.problems() == []


# --- in parts or day by day --------------------------------------------------------------------------------


def club(shop: Shop) -> None:
    """A program in which much happens with time, and two members who have some of everything."""
    first = shop.clock.now.date()
    dates = ", ".join(str(first + timedelta(days=n)) for n in range(2, DAYS, 2))
    shop.book.apply(CLUB.format(dates=dates))
    shop.enroll("m2")
    for member in ("m1", "m2"):
        for n in range(20):
            shop.award(
                n + 1, member, vests_on=first + timedelta(days=n), expires_on=first + timedelta(days=3 * n)
            )
            shop.award(15, member, unit="growth", expires_on=first + timedelta(days=4 * n))
        shop.award(100, member, vests_on=first, expires_on=first + timedelta(days=50))
        shop.hold(30, "H", member, seconds=86_400 * 3)


def told(shop: Shop, member: str) -> list[tuple[object, ...]]:
    """What the entries of a member tell, whenever they were recorded."""
    entries = shop.statement(member, page_size=1000).entries
    return [(each.version, each.kind, each.occurred_at, each.postings) for each in entries]


def settle(shop: Shop, member: str) -> None:
    """Sweep one member alone."""
    while shop.book._engine.settle(lambda _: [("shop", member)]).unfinished:
        pass


@pytest.mark.parametrize("at_most", [1, 2, 7])
def test_a_page_settled_in_parts_is_as_if_it_had_been_settled_day_by_day(
    shop: Shop, clock: SetClock, monkeypatch: pytest.MonkeyPatch, written: list[int], at_most: int
) -> None:
    club(shop)
    for _ in range(DAYS):
        clock.forward(days=1)
        settle(shop, "m2")
    monkeypatch.setattr(engine, "MOMENTS_MAX", at_most)
    written.clear()
    settle(shop, "m1")
    assert max(written) == at_most
    assert {"vest", "expire", "time_out", "grant", "review_tiers"} <= {
        str(each[1]) for each in told(shop, "m1")
    }
    assert told(shop, "m1") == told(shop, "m2")
    for unit in ("points", "growth"):
        assert shop.balance("m1", unit) == shop.balance("m2", unit)
    assert shop.problems() == []


def test_a_revision_that_moves_days_finds_a_page_that_is_settled_in_part(
    shop: Shop, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "MOMENTS_MAX", 10)
    lapsing(shop, 35)
    clock.forward(days=100)
    interrupted(shop, monkeypatch, after=1)
    shop.book.apply(PROGRAM.replace("timezone: UTC", "timezone: Asia/Tokyo"))
    assert [entry.kind for entry in shop.statement(page_size=1000).entries].count("expire") == 35
    assert shop.book.sweep() == 1
    assert shop.award(1).balance.available == 1
    assert shop.problems() == []
