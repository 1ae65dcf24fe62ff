"""Whatever a member has bought before and after a split: a story told anew on its page comes to the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import tallybook as tb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lengths import TIMES_LONGER
from tests.slices.members.test_merge_as_one import CLUB, buy, lots, orders, stands
from tests.slices.members.test_merge_growth import START
from tests.slices.shop import Shop

CAPPED = CLUB.replace(
    'base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}',
    'base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD},'
    " caps: [{period: month, most: 150}]}",
).replace("rules:", "events: {visit: {}}\nrules:")
numbers = count()
days_later = st.integers(0, 400)


@pytest.fixture
def club(shop: Shop) -> Shop:
    """A club in which what is earned depends on what was before; every example has members of its own."""
    assert CAPPED != CLUB
    shop.clock.now = START
    shop.book.apply(CAPPED)
    return shop


def tell_late(shop: Shop, name: str, seconds: int) -> None:
    """Tell of a visit so many seconds ago, which counts towards nothing: the story is told anew."""
    late = tb.Custom(name="visit", event_id=f"{name}-late")
    at = shop.clock.now - timedelta(seconds=seconds)
    told = shop.book.do(shop.make(tb.RecordEvent, name, request_id="", event=late, occurred_at=at))
    assert (told.revalued, told.moved, told.given) == ((), (), ())


def buy_all(shop: Shop, names: Sequence[str], bought: Sequence[tuple[Any, ...]], label: str) -> None:
    """Have each of several members buy the same."""
    for place, (_, *what) in enumerate(bought):
        shop.clock.forward(seconds=3600)
        for name in names:
            buy(shop, name, f"{name}-{label}{place}", *what)


@settings(max_examples=25 * TIMES_LONGER, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(orders, max_size=5),
    st.lists(orders, max_size=5),
    st.lists(orders, max_size=5),
    days_later,
    days_later,
    st.booleans(),
)
def test_a_page_that_was_split_off_tells_its_story_again(
    club: Shop,
    before: list[tuple[Any, ...]],
    between: list[tuple[Any, ...]],
    after: list[tuple[Any, ...]],
    merged_for: int,
    later: int,
    from_the_start: bool,
) -> None:
    shop, number = club, next(numbers)
    twins = [f"a{number}", f"b{number}"]
    kept = [f"{each}-kept" for each in twins]
    shop.clock.now = (shop.clock.now + timedelta(days=1)).replace(hour=1)  # no midnight lies between twins
    shop.enroll(*twins, *kept)
    start = shop.clock.now
    buy_all(shop, twins, before, "before")
    for one, other in zip(kept, twins, strict=True):
        shop.book.do(shop.make(tb.MergeMembers, one, other=other))
    buy_all(shop, kept, between, "between")
    shop.clock.forward(seconds=merged_for * 86_400)
    for one, other in zip(kept, twins, strict=True):
        shop.book.do(shop.make(tb.SplitMembers, one, other=other))
    parted = shop.clock.now
    shop.clock.forward(seconds=60)
    buy_all(shop, twins, after, "after")
    shop.clock.forward(seconds=later * 86_400)
    since = start if from_the_start else parted
    for name in (twins[0], kept[0]):
        tell_late(shop, name, int((shop.clock.now - since).total_seconds()) - 1)
    shop.clock.forward(seconds=60)
    for names in (twins, kept):
        retold, told = [(stands(shop, name), lots(shop, name)) for name in names]
        assert retold == told
    assert shop.problems() == []
