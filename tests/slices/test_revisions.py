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


def test_another_book_on_the_database_follows_at_once(shop: Shop, book_url: str, clock: SetClock) -> None:
    with tb.Book.open(book_url, clock=clock) as other:
        other.apply(MORE)
    assert shop.award(1, fund="campaign").available == 1
