"""Whatever two members have done: a merge and a split lose nothing, make nothing, and verify."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import tallybook as tb
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clocks import SetClock
from tests.lengths import TIMES_LONGER
from tests.slices.shop import PROGRAM, Shop

UNITS = ("points", "stars")
FIRST = date(2026, 3, 5)

amounts = st.integers(1, 50)
days = st.integers(0, 40).map(lambda after: FIRST + timedelta(days=after))
members = st.sampled_from(("m1", "m2"))
deeds = st.one_of(
    st.tuples(st.just("award"), members, st.sampled_from(UNITS), amounts, days),
    st.tuples(st.just("pending"), members, st.sampled_from(UNITS), amounts, days),
    st.tuples(st.just("redeem"), members, st.sampled_from(UNITS), amounts, days),
    st.tuples(st.just("owe"), members, st.sampled_from(UNITS), amounts, days),
    st.tuples(st.just("wait"), members, st.sampled_from(UNITS), amounts, days),
)


def do(shop: Shop, what: str, member: str, unit: str, amount: int, day: date) -> None:
    """Do something to a member; being refused is as good."""
    fields: dict[str, Any] = {"unit": unit, "amount": amount}
    match what:
        case "award":
            command = shop.make(tb.Award, member, **fields, expires_on=day)
        case "pending":
            later = day + timedelta(days=30)
            command = shop.make(tb.Award, member, **fields, vests_on=day, expires_on=later)
        case "redeem":
            command = shop.make(tb.Redeem, member, **fields, allow_partial=True)
        case "owe":
            fields["amount"] = -amount
            command = shop.make(tb.Adjust, member, **fields, allow_arrears=True, reason="x")
        case _:
            shop.clock.now += timedelta(hours=amount)
            return
    shop.book.do([command])


def worth(shop: Shop, *names: str) -> dict[str, int]:
    """What members have of each unit together, less what they owe."""
    sums = dict.fromkeys(UNITS, 0)
    for name in names:
        for unit in UNITS:
            balance = shop.balance(name, unit)
            sums[unit] += balance.available + balance.pending - balance.arrears
    return sums


def lots(shop: Shop, name: str) -> dict[tuple[Any, ...], int]:
    """A member's lots."""
    sheet = shop.book.ask(tb.Balances(program="shop", member=name))
    return {
        (unit.unit, lot.account, lot.fund, lot.vests_on, lot.expires_on): lot.amount
        for unit in sheet.units
        for lot in unit.lots
    }


@settings(max_examples=25 * TIMES_LONGER)
@given(before=st.lists(deeds, max_size=12), between=st.lists(deeds, max_size=6))
def test_a_merge_and_a_split_lose_nothing_and_make_nothing(
    before: list[tuple[Any, ...]], between: list[tuple[Any, ...]]
) -> None:
    clock = SetClock()
    with tb.Book.open("sqlite://", clock=clock) as book:
        book.apply(PROGRAM)
        shop = Shop(book, clock)
        shop.enroll("m1", "m2")
        for deed in before:
            do(shop, *deed)
        had, brought = worth(shop, "m1", "m2"), lots(shop, "m2")
        book.do(shop.make(tb.MergeMembers, "m1", other="m2"))
        assert lots(shop, "m2") == {}
        assert worth(shop, "m1") == had
        for what, _, *rest in between:
            do(shop, what, "m1", *rest)
        had, there = worth(shop, "m1"), lots(shop, "m1")
        split = book.do(shop.make(tb.SplitMembers, "m1", other="m2"))
        assert worth(shop, "m1", "m2") == had
        back = lots(shop, "m2")
        assert sum(lot.amount for lot in split.lots) == sum(back.values())
        came = {unit: sum(n for (u, *_), n in brought.items() if u == unit) for unit in UNITS}
        for unit in UNITS:
            assert sum(amount for (u, *_), amount in back.items() if u == unit) <= came[unit]
        assert all(amount <= there[key] for key, amount in back.items())
        assert shop.problems() == []
        sums = shop.sums()
        assert not [key for key, amount in sums.items() if key[1] == "merged" and amount]
