"""The trial balance is exact, rolled up or not, whoever rolls up, and zero in every unit."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import tallybook as tb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import NullPool, create_engine

from tests.clocks import SetClock
from tests.lengths import TIMES_LONGER
from tests.slices.shop import PROGRAM, Shop

MAX = 2**63 - 1


def test_a_book_without_members_has_no_accounts(book: tb.Book) -> None:
    sheet = book.ask(tb.TrialBalance(program="shop"))
    assert (sheet.accounts, sheet.units()) == ((), [])


def test_every_account_is_told_by_unit_and_fund(shop: Shop, clock: SetClock) -> None:
    shop.award(100)
    shop.award(50, fund="partner", expires_on=clock.now.date())
    shop.award(20, vests_on=clock.now.date().replace(day=20))
    shop.hold(10)
    shop.redeem(15)
    shop.book.do(shop.make(tb.Adjust, unit="growth", amount=5, reason="test"))
    shop.book.do(shop.make(tb.Adjust, unit="stars", amount=-7, reason="test", allow_arrears=True))
    assert shop.sums() == {
        ("growth", "adjusted", "house"): -5,
        ("growth", "available", "house"): 5,
        ("points", "available", "house"): 100,
        ("points", "available", "partner"): 25,
        ("points", "held", "partner"): 10,
        ("points", "issued", "house"): -120,
        ("points", "issued", "partner"): -50,
        ("points", "pending", "house"): 20,
        ("points", "redeemed", "partner"): 15,
        ("stars", "adjusted", "house"): 7,
        ("stars", "arrears", "house"): -7,
    }


def test_one_unit_can_be_asked_for(shop: Shop) -> None:
    shop.award(100)
    shop.award(7, unit="stars")
    assert shop.sums(unit="stars") == {("stars", "available", "house"): 7, ("stars", "issued", "house"): -7}
    assert shop.sums(unit="coins") == {}


def test_programs_are_not_mixed(shop: Shop) -> None:
    shop.book.apply(PROGRAM.replace("program: shop", "program: other"))
    shop.book.do(tb.Enroll(program="other", member="m1", request_id="e"))
    shop.book.do(tb.Award(program="other", member="m1", request_id="a", unit="points", amount=9))
    shop.award(100)
    shop.book.roll_up()
    shop.award(1)
    assert shop.sums()["points", "issued", "house"] == -101


def test_gifts_come_to_nothing(shop: Shop) -> None:
    shop.enroll("m2")
    shop.award(100)
    shop.book.do(shop.make(tb.Gift, to_member="m2", unit="points", amount=40))
    assert {account for _, account, _ in shop.sums()} == {"available", "issued"}


def test_sums_over_many_members_may_leave_64_bits(shop: Shop) -> None:
    members = [f"rich-{number}" for number in range(5)]
    shop.enroll(*members)
    for member in members:
        shop.award(MAX, member)
    for _ in range(2):
        sums = shop.sums()
        assert sums["points", "available", "house"] == 5 * MAX
        assert sums["points", "issued", "house"] == -5 * MAX
        shop.book.roll_up()
    for member in members:
        shop.redeem(MAX, member)
    shop.book.roll_up()
    assert shop.sums() == {("points", "issued", "house"): -5 * MAX, ("points", "redeemed", "house"): 5 * MAX}
    assert shop.problems() == []


def test_what_time_did_is_in_it_when_it_is_recorded(shop: Shop, clock: SetClock) -> None:
    shop.award(10, expires_on=clock.now.date())
    clock.forward(days=1)
    assert shop.sums()["points", "available", "house"] == 10
    assert shop.book.sweep() == 1
    assert shop.sums() == {("points", "expired", "house"): 10, ("points", "issued", "house"): -10}


def test_rolling_up_at_any_time_changes_no_balance(shop: Shop) -> None:
    shop.book.roll_up()
    for amount in range(1, 6):
        shop.award(amount)
        before = shop.sums()
        shop.book.roll_up()
        assert shop.sums() == before
        shop.redeem(1)
        shop.book.roll_up()
        shop.book.roll_up()
    assert shop.sums()["points", "issued", "house"] == -15
    assert shop.problems() == []


@settings(max_examples=15 * TIMES_LONGER, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(1, 50) | st.just("roll up"), max_size=4), max_size=4))
def test_a_book_that_is_rolled_up_shows_what_one_that_is_not_shows(
    new_member: list[str], shop: Shop, batches: list[list[int | str]]
) -> None:
    member = f"m-{len(new_member)}"
    new_member.append(member)
    shop.enroll(member)
    given_before = -shop.sums().get(("points", "issued", "house"), 0)
    for batch in batches:
        shop.book.do([shop.awarding(each, member) for each in batch if isinstance(each, int)])
        if "roll up" in batch:
            shop.book.roll_up()
    given_now = sum(each for batch in batches for each in batch if isinstance(each, int))
    assert -shop.sums().get(("points", "issued", "house"), 0) == given_before + given_now
    assert shop.book.ask(tb.TrialBalance(program="shop")).difference("points") == 0


@pytest.fixture
def new_member() -> list[str]:
    """Who was enrolled by the examples before."""
    return []


def test_who_rolls_up_first_of_several_does_not_matter(shop: Shop) -> None:
    shop.award(100)
    before = shop.sums()
    together = Barrier(4)

    def roll_up() -> None:
        together.wait(timeout=30)
        shop.book.roll_up()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(roll_up) for _ in range(4)]:
            done.result(timeout=60)
    assert shop.sums() == before
    assert shop.problems() == []


def test_rolling_up_while_others_award_loses_and_doubles_nothing(shop: Shop) -> None:
    members = ["m2", "m3", "m4"]
    shop.enroll(*members)

    def award(member: str) -> None:
        for number in range(15):
            shop.book.do([shop.awarding(1, member, request_id=f"{member}-{number}")])

    def roll_up() -> None:
        for _ in range(15):
            shop.book.roll_up()

    with ThreadPoolExecutor(5) as pool:
        working = [pool.submit(award, member) for member in members]
        working += [pool.submit(roll_up) for _ in range(2)]
        seen = []
        while not all(done.done() for done in working):
            sheet = shop.book.ask(tb.TrialBalance(program="shop"))
            seen.append(sheet.difference("points"))
        for done in working:
            done.result()
    assert set(seen) <= {0}
    assert shop.sums()["points", "issued", "house"] == -45
    assert shop.problems() == []


def test_who_commits_late_is_in_the_rollup_all_the_same(shop: Shop, database_url: str) -> None:
    """An open transaction has its place below those that committed first. SQLite has one writer at a time."""
    shop.enroll("m2")
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.begin() as connection:
        shop.book.do(shop.awarding(5), connection=connection)
        if engine.dialect.name == "postgresql":
            shop.award(7, "m2")
            shop.book.roll_up()
            shop.award(11, "m2")
            shop.book.roll_up()
    shop.book.roll_up()
    expected = 5 + (18 if engine.dialect.name == "postgresql" else 0)
    assert -shop.sums()["points", "issued", "house"] == expected
    assert shop.problems() == []
