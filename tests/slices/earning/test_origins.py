"""A balance tells which entries it comes from, to the last step."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import tallybook as tb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clocks import START, SetClock
from tests.lengths import TIMES_LONGER
from tests.slices.earning.histories import PROGRAM, histories
from tests.slices.earning.market import Market, document

OpenMarket = Callable[[str], Market]


def comes_from(market: Market, member: str = "m1", unit: str = "points") -> tb.BalanceExplained:
    return market.book.ask(tb.ExplainBalance(program="market", member=member, unit=unit))


def amounts(found: tb.BalanceExplained) -> list[tuple[int, int]]:
    """Each entry with what is left of it."""
    return [(part.entry, part.amount) for part in found.parts]


def test_what_came_first_is_spent_first(open_market: OpenMarket) -> None:
    market = open_market(document())
    first = market.buy("o1", 3000).entry
    second = market.do(tb.Award, unit="points", amount=50, reason="sorry").entry
    market.do(tb.Redeem, unit="points", amount=43)
    found = comes_from(market)
    assert amounts(found) == [(second, 37)]
    assert found.sentences == (f"37 Points never to lapse, from award r2 (entry {second}).",)
    assert first not in [part.entry for part in found.parts]


def test_what_is_undone_is_taken_of_what_it_brought(open_market: OpenMarket) -> None:
    market = open_market(document())
    first = market.do(tb.Award, unit="points", amount=10).entry
    second = market.do(tb.Award, unit="points", amount=20).entry
    order = market.buy("o1", 3000).entry
    market.do(tb.Reverse, entry=second, amount=15)
    market.refund("r1", "o1", amount=1000)
    assert amounts(comes_from(market)) == [(first, 10), (second, 5), (order, 20)]


def test_what_is_set_aside_and_what_vests_keep_their_origin(open_market: OpenMarket) -> None:
    market = open_market(document())
    day = market.clock.now.date()
    first = market.do(tb.Award, unit="points", amount=10, vests_on=day + timedelta(days=2)).entry
    second = market.do(tb.Award, unit="points", amount=20).entry
    market.do(tb.Hold, unit="points", amount=8, hold_id="H", seconds=86400)
    by_account = {(part.account, part.entry): part.amount for part in comes_from(market).parts}
    assert by_account == {("pending", first): 10, ("available", second): 12, ("held", second): 8}
    market.clock.forward(days=3)  # nothing has recorded what time did since
    assert sorted(amounts(comes_from(market))) == [(first, 10), (second, 20)]
    assert {part.account for part in comes_from(market).parts} == {"available"}


def test_what_is_owed_names_who_left_it_so(open_market: OpenMarket) -> None:
    market = open_market(document())
    award = market.do(tb.Award, unit="points", amount=10).entry
    market.do(tb.Redeem, unit="points", amount=10)
    undone = market.do(tb.Reverse, entry=award).entry
    market.do(tb.Award, unit="points", amount=4)
    found = comes_from(market)
    assert found.balance == tb.Balance(arrears=6)
    assert [(part.account, part.entry, part.amount) for part in found.parts] == [("arrears", undone, 6)]
    assert found.sentences == (f"6 Points owed, from reverse r4 (entry {undone}).",)


def test_unknown_units_and_members_are_refused(open_market: OpenMarket) -> None:
    market = open_market(document())
    with pytest.raises(tb.UnknownUnit):
        comes_from(market, unit="miles")
    with pytest.raises(tb.UnknownMember):
        comes_from(market, "nobody")


# --- in general ------------------------------------------------------------------------------------------


DAYS = st.none() | st.integers(0, 30)
DOINGS = st.one_of(
    st.tuples(st.just("award"), st.integers(1, 60), DAYS, DAYS, st.sampled_from(["house", "acme"])),
    st.tuples(st.just("redeem"), st.integers(1, 60)),
    st.tuples(st.just("hold"), st.integers(1, 60)),
    st.tuples(st.just("capture"), st.integers(1, 40)),
    st.tuples(st.just("release")),
    st.tuples(st.just("reverse"), st.integers(2, 30), st.integers(1, 40)),
    st.tuples(st.just("adjust"), st.integers(-60, 60).filter(bool)),
    st.tuples(st.just("gift"), st.integers(1, 30)),
    st.tuples(st.just("wait"), st.integers(1, 12)),
)


def command(doing: tuple[Any, ...], number: int, clock: SetClock) -> tb.Command[Any]:
    """Something done to a member, which may well be refused."""
    who: Any = {"program": "market", "member": "m1", "request_id": f"d{number}"}
    kind, *values = doing
    today = clock.now.date()
    match kind:
        case "award":
            amount, vests, lapses, fund = values
            days: dict[str, Any] = {
                name: today + timedelta(days=days)
                for name, days in (("vests_on", vests), ("expires_on", lapses))
                if days is not None
            }
            return tb.Award(**who, unit="points", amount=amount, fund=fund, **days)
        case "redeem":
            return tb.Redeem(**who, unit="points", amount=values[0], allow_partial=True)
        case "hold":
            return tb.Hold(**who, unit="points", amount=values[0], hold_id="H", seconds=200_000)
        case "capture":
            return tb.Capture(**who, hold_id="H", amount=values[0])
        case "release":
            return tb.Release(**who, hold_id="H")
        case "reverse":
            return tb.Reverse(**who, entry=values[0], amount=values[1])
        case "adjust":
            return tb.Adjust(**who, unit="points", amount=values[0], allow_arrears=True, reason="count")
        case _:
            return tb.Gift(**who, to_member="m2", unit="points", amount=values[0])


def check_explained(market: Market, member: str, program: str = "market") -> None:
    """Every entry is explained, and whatever it moved is told."""
    page = market.book.ask(tb.Statement(program=program, member=member, page_size=1000))
    for entry in page.entries:
        found = market.book.ask(tb.Explain(program=program, member=member, entry=entry.version))
        assert found.postings == entry.postings
        assert len(found.sentences) >= len(entry.postings)


def check_sums(market: Market, member: str, unit: str, program: str = "market") -> None:
    """The parts come to the lots, one by one, and each is no more than its entry moved."""
    book = market.book
    found = book.ask(tb.ExplainBalance(program=program, member=member, unit=unit))
    sheet = book.ask(tb.Balances(program=program, member=member))
    (lots,) = [each.lots for each in sheet.units if each.unit == unit]
    parts: Counter[Any] = Counter()
    for part in found.parts:
        assert part.amount > 0
        parts[part.account, part.fund, part.expires_on, part.vests_on] += part.amount
        moved = book.ask(tb.GetEntry(program=program, member=member, entry=part.entry)).postings
        assert part.amount <= sum(posting.amount for posting in moved if posting.unit == unit)
    owed = parts.pop(("arrears", "house", None, None), 0)
    assert found.balance == sheet.of(unit)
    assert owed == found.balance.arrears
    assert parts == Counter(
        {(lot.account, lot.fund, lot.expires_on, lot.vests_on): lot.amount for lot in lots}
    )


@settings(max_examples=100 * TIMES_LONGER, suppress_health_check=[HealthCheck.too_slow])
@given(doings=st.lists(DOINGS, min_size=5, max_size=25))
def test_parts_come_to_the_balance_whatever_is_done(doings: list[tuple[Any, ...]]) -> None:
    clock = SetClock()
    with tb.Book.open("sqlite://", clock=clock) as book:
        market = Market(book, clock, document(funds=["acme"]))
        market.enroll("m1", "m2")
        for number, doing in enumerate(doings):
            if doing[0] == "wait":
                clock.forward(days=doing[1])
            else:
                book.do([command(doing, number, clock)])
            check_sums(market, "m1", "points")
        check_sums(market, "m2", "points")
        book.sweep()
        check_sums(market, "m1", "points")
        check_explained(market, "m1")


@settings(
    max_examples=30 * TIMES_LONGER, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(data=st.data())
def test_parts_come_to_the_balance_after_any_events(data: st.DataObject) -> None:
    clock = SetClock(START + timedelta(days=100))
    with tb.Book.open("sqlite://", clock=clock) as book:
        market = Market(book, clock, PROGRAM)
        book.do(tb.Enroll(program="shop", member="amy", request_id="e"))
        for event in data.draw(st.permutations(data.draw(histories()))):
            assert isinstance(book.do(msgspec.structs.replace(event)), tb.EventRecorded)
            if data.draw(st.booleans()):
                clock.forward(days=2)
            for unit in ("points", "growth"):
                check_sums(market, "amy", unit, "shop")
        check_explained(market, "amy", "shop")
