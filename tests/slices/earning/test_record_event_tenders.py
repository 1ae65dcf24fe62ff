"""Points that paid for an order come back with its refund: to their own lots, each once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import tallybook as tb

from tests.slices.earning.filed import filed
from tests.slices.earning.market import BASE, Market, document
from tests.slices.test_bad_input import REMEMBERED, rows

OpenMarket = Callable[[str], Market]

NOTHING_EARNED: Any = {"stars": {**BASE, "unit": "stars"}}
"""Orders earn stars, so that points are those that paid."""
SOON, LATER = date(2026, 1, 31), date(2026, 6, 30)
REMEMBERING: Any = {"caps": {"stars": [{"period": "life", "most": 1_000_000}]}}


def opened(open_market: OpenMarket, **changes: Any) -> Market:
    """With 60 points until January and 50 until June."""
    market = open_market(document(NOTHING_EARNED, **changes))
    market.do(tb.Award, unit="points", amount=60, expires_on=SOON)
    market.do(tb.Award, unit="points", amount=50, expires_on=LATER)
    return market


@pytest.fixture(params=["nothing remembered", "caps remembered"])
def market(request: pytest.FixtureRequest, open_market: OpenMarket) -> Market:
    return opened(open_market, **(REMEMBERING if request.param == "caps remembered" else {}))


def lots(market: Market) -> dict[date, int]:
    return {each.expires_on: each.amount for each in market.lots()}


def redeemed(market: Market, amount: int = 101) -> int:
    """Spends points, and returns the entry."""
    return int(market.do(tb.Redeem, unit="points", amount=amount).entry)


def paid(*tenders: tuple[int, int], card: int) -> tuple[tb.Tender, ...]:
    """Cents paid by entries that spent points, and the rest by card."""
    points = (tb.Tender(kind="points", amount=amount, entry=entry) for entry, amount in tenders)
    return (*points, tb.Tender(kind="card", amount=card))


def returns(market: Market) -> list[tuple[int | None, int]]:
    """The entries of points that came back: what each undoes, and how many points."""
    page = market.book.ask(tb.Statement(program="market", member="m1", page_size=1000))
    return [
        (each.reverses, sum(posting.amount for posting in each.postings if posting.to_account == "available"))
        for each in reversed(page.entries)
        if each.kind == "return"
    ]


# --- whole and in parts ----------------------------------------------------------------------------------


def test_a_whole_refund_returns_points_to_their_own_lots(market: Market) -> None:
    before = lots(market)
    spent = redeemed(market)
    market.buy("o1", 2000, tenders=paid((spent, 1010), card=990))
    assert lots(market) == {LATER: 9}
    reply = market.refund("f1", "o1")
    assert tb.Moved(unit="points", returned=101) in reply.moved
    assert reply.balances["points"] == market.balance() == tb.Balance(available=110)
    assert lots(market) == before
    assert returns(market) == [(spent, 101)]
    assert market.problems() == []


def test_the_return_is_an_entry_before_the_refunds_own(market: Market) -> None:
    market.buy("o1", 2000, tenders=paid((redeemed(market), 1010), card=990))
    reply = market.refund("f1", "o1", amount=500)
    entries = market.book.ask(tb.Statement(program="market", member="m1")).entries
    assert [(each.version, each.kind) for each in entries[:2]] == [
        (reply.entry, "record_event"),
        (reply.entry - 1, "return"),
    ]
    assert market.refund("f2", "o1", amount=500).entry == reply.entry + 2


def test_half_a_refund_returns_half_of_the_last_used_first(market: Market) -> None:
    market.buy("o1", 2000, tenders=paid((redeemed(market), 1010), card=990))
    market.refund("f1", "o1", amount=1000)
    assert lots(market) == {LATER: 9 + 41, SOON: 9}


@pytest.mark.parametrize("parts", [[1] * 7, [333, 333, 334], [999, 1], [500, 500], [1, 998, 1]])
def test_parts_return_what_all_of_them_come_to_rounded_down(market: Market, parts: Sequence[int]) -> None:
    spent = redeemed(market)
    market.buy("o1", 1000, tenders=paid((spent, 600), card=400))
    total = 0
    for number, cents in enumerate(parts):
        market.refund(f"f{number}", "o1", amount=cents)
        total += cents
        assert market.balance().available == 9 + 101 * total // 1000
    market.refund("f", "o1")
    assert market.balance().available == 110
    assert sum(amount for _, amount in returns(market)) == 101
    assert market.problems() == []


def test_each_of_two_redemptions_gets_its_own_back(market: Market) -> None:
    first, second = redeemed(market, 60), redeemed(market, 20)
    market.buy("o1", 1000, tenders=paid((first, 600), (second, 200), card=200))
    market.refund("f1", "o1", amount=500)
    assert returns(market) == [(first, 30), (second, 10)]
    market.refund("f2", "o1")
    assert returns(market)[2:] == [(first, 30), (second, 10)]
    assert lots(market) == {SOON: 60, LATER: 50}


def test_a_capture_is_undone_as_far_as_it_was_captured(market: Market) -> None:
    market.do(tb.Hold, unit="points", amount=80, hold_id="h1")
    captured = market.do(tb.Capture, hold_id="h1", amount=70).entry
    market.buy("o1", 1000, tenders=paid((captured, 700), card=300))
    market.refund("f1", "o1", amount=500)
    assert market.balance().available == 40 + 35
    market.refund("f2", "o1")
    assert lots(market) == {SOON: 60, LATER: 50}
    assert market.problems() == []


def test_a_refund_may_say_how_the_money_went_back(market: Market) -> None:
    spent = redeemed(market)
    market.buy("o1", 1000, tenders=paid((spent, 600), card=400))
    by_card = (tb.Tender(kind="card", amount=400),)
    assert market.refund("f1", "o1", amount=400, tenders=by_card).balances["stars"].available == 600
    assert returns(market) == []
    to_points = (tb.Tender(kind="points", amount=300, entry=spent),)
    assert market.refund("f2", "o1", amount=300, tenders=to_points).moved[0].returned == 50
    more = (tb.Tender(kind="points", amount=301, entry=spent),)
    with pytest.raises(tb.RefundExceedsPurchase) as refused:
        market.refund("f3", "o1", amount=300, tenders=more)
    assert refused.value.facts() == {
        "order": "o1",
        "what": f"tender of entry {spent}",
        "asked": 301,
        "left": 300,
    }
    market.refund("f4", "o1")
    assert lots(market) == {SOON: 60, LATER: 50}


def test_a_tender_of_no_entry_returns_nothing(market: Market) -> None:
    market.buy("o1", 1000, tenders=(tb.Tender(kind="points", amount=1000),))
    assert [each.unit for each in market.refund("f1", "o1").moved] == ["stars"]


def test_a_redemption_and_its_order_and_refund_come_in_one_batch(market: Market) -> None:
    who: Any = {"program": "market", "member": "m1"}
    spent = market.book.ask(tb.GetMember(**who)).version + 1
    order = tb.Purchase(
        order_id="o1", currency="USD", lines=(tb.Line(amount=1000),), tenders=paid((spent, 1000), card=0)
    )
    outcomes = market.book.do(
        [
            tb.Redeem(**who, request_id="till", unit="points", amount=101),
            market.telling(order),
            market.telling(tb.Refund(refund_id="f1", order_id="o1", amount=500)),
            market.telling(tb.Refund(refund_id="f2", order_id="o1")),
        ]
    )
    assert [type(each) for each in outcomes] == [tb.Redeemed, *[tb.EventRecorded] * 3]
    assert lots(market) == {SOON: 60, LATER: 50}
    assert [amount for _, amount in returns(market)] == [50, 51]
    assert market.problems() == []


# --- once only -------------------------------------------------------------------------------------------


def reversing(market: Market, entry: int, amount: int | None = None) -> Any:
    return market.do(tb.Reverse, entry=entry, amount=amount)


@pytest.mark.parametrize("by_hand", [1, 30, 60, 101])
@pytest.mark.parametrize("first", ["by hand", "by refund"])
def test_what_somebody_undid_by_hand_is_not_returned_again(market: Market, by_hand: int, first: str) -> None:
    spent = redeemed(market)
    market.buy("o1", 1000, tenders=paid((spent, 1000), card=0))
    if first == "by hand":
        reversing(market, spent, by_hand)
        market.refund("f1", "o1", amount=500)
        assert market.balance().available == 9 + min(101, by_hand + 50)
    else:
        market.refund("f1", "o1", amount=500)
        with pytest.raises(tb.ReversalExceedsEntry) as refused:
            reversing(market, spent, 52)
        assert refused.value.facts() == {"entry": spent, "asked": 52, "left": 51}
        reversing(market, spent, min(by_hand, 51))
        assert market.balance().available == 9 + 50 + min(by_hand, 51)
    market.refund("f2", "o1")
    assert lots(market) == {SOON: 60, LATER: 50}
    with pytest.raises(tb.NotReversible):
        reversing(market, spent)
    assert market.problems() == []


def test_what_a_refund_returned_cannot_be_undone_in_turn(market: Market) -> None:
    market.buy("o1", 1000, tenders=paid((redeemed(market), 1000), card=0))
    returned = market.refund("f1", "o1").entry - 1
    with pytest.raises(tb.NotReversible) as refused:
        reversing(market, returned)
    assert refused.value.kind == "return"


def test_one_redemption_that_is_told_of_two_orders_comes_back_once(market: Market) -> None:
    spent = redeemed(market)
    for order in ("o1", "o2"):
        market.buy(order, 1000, tenders=paid((spent, 1000), card=0))
    for order in ("o1", "o2"):
        market.refund(f"f-{order}", order)
    assert lots(market) == {SOON: 60, LATER: 50}
    assert returns(market) == [(spent, 101)]


# --- lapsed meanwhile ------------------------------------------------------------------------------------

LAPSED: dict[str, tuple[dict[str, Any], dict[date, int]]] = {
    "keep_expired": ({"kind": "keep_expired"}, {LATER: 50}),
    "grace_days": ({"kind": "grace_days", "days": 10}, {LATER: 50, date(2026, 2, 25): 60}),
    "reissue": ({"kind": "reissue"}, {LATER: 50, date(2026, 3, 17): 60}),
}


@pytest.mark.parametrize("policy", LAPSED)
def test_points_past_their_day_come_back_as_the_program_says(open_market: OpenMarket, policy: str) -> None:
    lapsed, expected = LAPSED[policy]
    expiry = {"kind": "redeemable", "expiry": {"kind": "after_days", "days": 30}}
    stars = {"kind": "redeemable"}
    market = opened(
        open_market,
        refunds={"shortfall": "arrears", "lapsed": lapsed},
        units={"points": expiry, "stars": stars},
    )
    market.buy("o1", 1000, tenders=paid((redeemed(market), 1000), card=0))
    market.clock.now = market.clock.now.replace(month=2, day=15)
    reply = market.refund("f1", "o1")
    assert reply.moved[0].returned == 101
    assert lots(market) == expected
    assert market.problems() == []


def test_points_that_come_back_repay_arrears_first(market: Market) -> None:
    market.buy("o1", 1000, tenders=paid((redeemed(market, 110), 1000), card=0))
    market.do(tb.Adjust, unit="points", amount=-30, allow_arrears=True, reason="a slip")
    assert market.refund("f1", "o1").balances["points"] == tb.Balance(available=80)


def test_points_that_come_back_are_there_before_others_are_taken(open_market: OpenMarket) -> None:
    """What the order earned was spent: its refund takes it from what had paid for the order."""
    market = open_market(
        document(refunds={"shortfall": "within_balance", "lapsed": {"kind": "keep_expired"}})
    )
    market.do(tb.Award, unit="points", amount=40)
    market.buy("o1", 1000, tenders=paid((redeemed(market, 40), 400), card=600))
    redeemed(market, 10)
    reply = market.refund("f1", "o1")
    assert reply.moved == (tb.Moved(unit="points", taken=10, returned=40),)
    assert market.balance() == tb.Balance(available=30)


# --- refused ---------------------------------------------------------------------------------------------


def test_what_gave_points_has_paid_for_nothing(market: Market, database_url: str) -> None:
    before = rows(database_url)
    with pytest.raises(tb.NotReversible) as refused:
        market.buy("o1", 1000, tenders=paid((2, 1000), card=0))
    assert (refused.value.entry, refused.value.kind) == (2, "award")
    after = rows(database_url)
    assert {table for table in after if after[table] != before[table]} == REMEMBERED


def test_an_entry_that_is_not_there_has_paid_for_nothing(market: Market, database_url: str) -> None:
    redeemed(market)
    before = rows(database_url)
    with pytest.raises(tb.UnknownEntry) as refused:
        market.buy("o1", 1000, tenders=paid((5, 1000), card=0))
    assert refused.value.facts() == {"member": "m1", "entry": 5}
    after = rows(database_url)
    assert {table for table in after if after[table] != before[table]} == REMEMBERED


def test_what_somebody_else_spent_has_not_paid(market: Market) -> None:
    spent = redeemed(market)
    market.enroll("m2")
    with pytest.raises(tb.UnknownEntry):
        market.buy("o1", 1000, member="m2", tenders=paid((spent, 1000), card=0))


def test_what_was_returned_is_told_of_the_order(market: Market, database_url: str) -> None:
    spent = redeemed(market)
    market.buy("o1", 1000, tenders=paid((spent, 1000), card=0))
    market.refund("f1", "o1", amount=500, at=market.clock.now + timedelta(hours=1))
    refunded = filed(database_url, "event")["purchase/o1"]["refunded"]
    assert refunded["returned"] == {str(spent): 50}


def test_every_part_is_told_by_its_own_reply(market: Market) -> None:
    market.buy("o1", 1000, tenders=paid((redeemed(market), 1000), card=0))
    replies = [market.refund(f"f{number}", "o1", amount=333) for number in range(3)]
    sums = [0, *(101 * 333 * (number + 1) // 1000 for number in range(3))]
    assert [reply.moved[0].returned for reply in replies] == [b - a for a, b in pairwise(sums)]
