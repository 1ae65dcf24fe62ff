"""What tiers give in a time that is told late comes by the revisions of that time, as it would have then."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import tallybook as tb

from tests.clocks import START, SetClock
from tests.slices.shop import Shop
from tests.slices.test_due_before_a_revision import lasting

FIRST, SECOND, LAST = START + timedelta(hours=1), START + timedelta(days=66), START + timedelta(days=106)
DOCUMENTS = lasting(200), lasting(10), lasting(300)
"""The revisions, which follow each other every 38 days: by each what is given lasts so long."""


def told_in_time(shop: Shop, orders: dict[datetime, tb.Command[tb.EventRecorded]]) -> None:
    """Revisions, and each order at its moment."""
    for number, document in enumerate(DOCUMENTS):
        shop.clock.now = START + timedelta(days=38 * number)
        shop.book.sweep()
        shop.book.apply(document)
        if not number:
            shop.enroll("m1")
        for at, order in orders.items():
            if shop.clock.now <= at < shop.clock.now + timedelta(days=38):
                shop.clock.now = at
                shop.book.do(order)
    shop.clock.now = LAST


def _revised(shop: Shop) -> None:
    told_in_time(shop, {})


def one_by_one(shop: Shop, orders: dict[datetime, tb.Command[tb.EventRecorded]]) -> None:
    _revised(shop)
    for order in orders.values():
        shop.book.do(order)


def the_last_one_first(shop: Shop, orders: dict[datetime, tb.Command[tb.EventRecorded]]) -> None:
    _revised(shop)
    for order in reversed(orders.values()):
        shop.book.do(order)


def together(shop: Shop, orders: dict[datetime, tb.Command[tb.EventRecorded]]) -> None:
    _revised(shop)
    outcomes = shop.book.do(list(orders.values()))
    assert not any(isinstance(each, tb.TallybookError) for each in outcomes)


def with_something_now(shop: Shop, orders: dict[datetime, tb.Command[tb.EventRecorded]]) -> None:
    _revised(shop)
    outcomes = shop.book.do([*orders.values(), shop.make(tb.TagMember, tags=("new",))])
    assert not any(isinstance(each, tb.TallybookError) for each in outcomes)


def there(
    url: str, tell: Callable[[Shop, dict[datetime, tb.Command[tb.EventRecorded]]], None], count: int = 2
) -> object:
    """What a member has in the end, and what became of it since."""
    clock = SetClock()
    with tb.Book.open(url, clock=clock) as book:
        shop = Shop(book, clock)
        orders = {at: shop.buying(20_00, occurred_at=at) for at in (FIRST, SECOND)[:count]}
        tell(shop, orders)
        found: list[object] = []
        for _ in range(3):
            sheet = book.ask(tb.Balances(program="shop", member="m1"))
            past = tb.PastBalances(program="shop", member="m1", as_of=clock.now)
            assert book.ask(past) == sheet
            book.sweep()
            found.append(sheet.units)
            coupons = book.ask(tb.MyCoupons(program="shop", member="m1")).coupons
            found.append(sorted((each.starts_at, each.ends_at, each.state) for each in coupons))
            clock.forward(days=60)
        assert shop.problems() == []
        return found


def with_other_ladders(text: str) -> str:
    """A document by which tiers last longer."""
    assert "months: 12" in text
    return text.replace("months: 12", "months: 24")


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("tell", [one_by_one, the_last_one_first, together, with_something_now])
def test_so_does_what_is_from_before_other_ladders(
    monkeypatch: pytest.MonkeyPatch,
    tell: Callable[[Shop, dict[datetime, tb.Command[tb.EventRecorded]]], None],
    count: int,
) -> None:
    """Also where it is all that the member ever did."""
    documents = lasting(200), lasting(10), with_other_ladders(lasting(300))
    monkeypatch.setattr("tests.slices.tiers.test_told_late.DOCUMENTS", documents)
    assert there("sqlite://", tell, count) == there("sqlite://", told_in_time, count)


@pytest.mark.parametrize("tell", [one_by_one, the_last_one_first, together, with_something_now])
def test_what_is_told_late_comes_to_what_it_does_in_time(
    database_url: str, tell: Callable[[Shop, dict[datetime, tb.Command[tb.EventRecorded]]], None]
) -> None:
    assert there(database_url, tell) == there("sqlite://", told_in_time)
