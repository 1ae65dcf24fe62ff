"""A new revision holds for every member from the moment it is in force, looked at or not."""

from datetime import timedelta

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.shop import PROGRAM, Shop

IDLE = PROGRAM.replace(
    "stars: {kind: redeemable}",
    "stars: {kind: redeemable, expiry: {kind: after_idle_months, months: 1}}",
)
TOKYO = PROGRAM.replace("timezone: UTC", "timezone: Asia/Tokyo")
LOS_ANGELES = PROGRAM.replace("timezone: UTC", "timezone: America/Los_Angeles")
MORE = PROGRAM.replace("funds: [partner]", "funds: [partner, campaign]")


@pytest.fixture
def idle_shop(shop: Shop, clock: SetClock) -> Shop:
    """A member with stars who did nothing for two months."""
    shop.award(9, unit="stars")
    clock.forward(days=60)
    assert shop.balance(unit="stars").available == 9
    return shop


def test_inactivity_counts_from_the_revision_that_says_so(idle_shop: Shop) -> None:
    idle_shop.book.apply(IDLE)
    assert idle_shop.balance(unit="stars").available == 0
    with pytest.raises(tb.NotEnoughPoints):
        idle_shop.redeem(1, unit="stars")
    assert idle_shop.problems() == []


def test_a_book_is_whole_before_and_after_members_are_looked_at_again(idle_shop: Shop) -> None:
    idle_shop.book.apply(IDLE)
    assert idle_shop.problems() == []
    assert idle_shop.book.sweep() == 1
    assert idle_shop.book.sweep() == 0
    assert idle_shop.problems() == []
    assert [entry.kind for entry in idle_shop.statement().entries] == ["expire", "award", "enroll"]


@pytest.mark.parametrize(
    ("document", "hours_early"), [(TOKYO, 9), (LOS_ANGELES, -8), (MORE, 0)], ids=["east", "west", "as before"]
)
def test_days_end_at_the_midnight_of_the_revision_in_force(
    shop: Shop, clock: SetClock, document: str, hours_early: int
) -> None:
    shop.award(9, expires_on=clock.now.date() + timedelta(days=9))
    shop.book.apply(document)
    assert shop.problems() == []
    clock.now = clock.now.replace(hour=0) + timedelta(days=10, hours=-hours_early, seconds=-1)
    assert shop.balance().available == 9
    clock.forward(seconds=1)
    assert shop.balance().available == 0


def test_trying_a_revision_changes_no_member(idle_shop: Shop) -> None:
    idle_shop.book.apply(IDLE, simulate=True)
    assert idle_shop.balance(unit="stars").available == 9
    assert idle_shop.book.sweep() == 0


def test_members_of_other_programs_are_left_alone(idle_shop: Shop) -> None:
    idle_shop.book.apply(PROGRAM.replace("program: shop", "program: other"))
    idle_shop.book.apply(IDLE.replace("program: shop", "program: other"))
    assert idle_shop.book.sweep() == 0
    assert idle_shop.balance(unit="stars").available == 9


def test_entries_keep_the_revision_they_were_made_under(shop: Shop) -> None:
    shop.award(1)
    shop.book.apply(MORE)
    shop.award(1, fund="campaign")
    assert [entry.revision for entry in shop.statement().entries] == [2, 1, 1]
    assert shop.problems() == []


def test_another_book_on_the_database_follows_at_once(shop: Shop, database_url: str, clock: SetClock) -> None:
    with tb.Book.open(database_url, clock=clock) as other:
        other.apply(MORE)
    assert shop.award(1, fund="campaign").available == 1


def test_what_has_lapsed_stays_lapsed_when_midnight_moves_west(shop: Shop, clock: SetClock) -> None:
    shop.award(9, expires_on=clock.now.date())
    clock.now = clock.now.replace(hour=0, minute=30) + timedelta(days=1)
    assert shop.balance().available == 0
    shop.book.apply(LOS_ANGELES)
    assert shop.balance().available == 0
    assert [(each.kind, each.revision) for each in shop.statement().entries[:1]] == [("expire", 1)]
    clock.forward(days=1)
    assert shop.balance().available == 0
    assert shop.problems() == []


def test_what_has_vested_stays_vested_when_midnight_moves_west(shop: Shop, clock: SetClock) -> None:
    shop.award(9, vests_on=clock.now.date() + timedelta(days=1))
    clock.now = clock.now.replace(hour=0, minute=30) + timedelta(days=1)
    shop.book.apply(LOS_ANGELES)
    assert shop.balance() == tb.Balance(9, 0, 0, 0)
    assert shop.redeem(9).amount == 9
    assert shop.problems() == []


def test_what_inactivity_took_does_not_come_back_with_more_patience(idle_shop: Shop) -> None:
    idle_shop.book.apply(IDLE)
    idle_shop.award(5, unit="stars")
    idle_shop.clock.forward(days=60)
    idle_shop.book.apply(PROGRAM)
    assert idle_shop.balance(unit="stars").available == 0
    assert idle_shop.problems() == []


def test_members_by_the_thousand_are_passed_on(
    shop: Shop, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tallybook.engine.sweep.BATCH_MAX", 2)
    members = [f"m{number}" for number in range(2, 9)]
    shop.enroll(*members)
    for number, member in enumerate(members):
        shop.award(9, member, expires_on=clock.now.date() + timedelta(days=number % 2))
    clock.now = clock.now.replace(hour=0, minute=30) + timedelta(days=1)
    shop.book.apply(LOS_ANGELES)
    assert [shop.balance(member).available for member in members] == [0, 9, 0, 9, 0, 9, 0]
    assert shop.problems() == []


def test_trying_a_revision_that_moves_days_records_nothing(shop: Shop, clock: SetClock) -> None:
    shop.award(9, expires_on=clock.now.date())
    clock.forward(days=1)
    assert shop.book.apply(LOS_ANGELES, simulate=True).moves_days
    assert shop.book.sweep() == 1
