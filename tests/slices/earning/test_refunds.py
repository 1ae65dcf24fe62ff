"""What refunds take back and return, what they refuse, and the state they leave. Knows no database."""

from __future__ import annotations

import msgspec
import pytest
from tallybook.earning.events import SHIPPING_LINE, Refund, Tender
from tallybook.earning.refunds import Part, Refunded, after_refund, bought_by, returned, taken
from tallybook.errors import RefundExceedsPurchase, UnknownLine

from tests.slices.earning.refunding import (
    ALL,
    UNTOUCHED,
    after,
    line,
    order,
    points_paid,
    refund,
    reward,
    states,
    taken_by,
)

# --- what went back --------------------------------------------------------------------------------------

TWO = order((4, 1000), (1, 500))
SHARES = {"1": 100, "2": 50}


@pytest.mark.parametrize(
    ("refunds", "steps"),
    [
        ([refund(line("1", quantity=1))], 25),
        ([refund(line("1", amount=250))], 25),
        ([refund(line("1"))], 100),
        ([refund(line("1", quantity=1), line("2"))], 75),
        ([refund(line("1", quantity=1)), refund(line("1"))], 100),
        ([refund(line("1", quantity=1)), refund(line("1", amount=250))], 50),
        ([refund(amount=750)], 75),
        ([refund(line("2")), refund(amount=500)], 100),
        ([refund(amount=500), refund(line("2"))], 100),
        ([refund(line("2"), amount=500)], 100),
        ([refund(amount=1500)], 150),
        ([refund(line("1")), refund(line("2"))], 150),
        ([refund(amount=500), ALL], 150),
        ([ALL], 150),
    ],
)
def test_refunds_take_back_what_the_goods_earned(refunds: list[Refund], steps: int) -> None:
    assert taken_by(TWO, after(TWO, *refunds), SHARES) == steps


def test_a_line_that_earned_nothing_takes_nothing_back() -> None:
    assert taken_by(TWO, after(TWO, refund(line("2"))), {"1": 100}) == 0


def test_a_line_is_worth_what_is_left_of_it_after_the_discounts_of_the_order() -> None:
    purchase = order((1, 1000), (1, 500), discount=300)
    assert taken_by(purchase, after(purchase, refund(line("1", amount=400))), {"1": 100}) == 50
    with pytest.raises(RefundExceedsPurchase) as refused:
        after(purchase, refund(line("1", amount=801)))
    assert refused.value.facts() == {"order": "o", "what": "amount of line 1", "asked": 801, "left": 800}


def test_a_step_is_taken_when_all_that_earned_it_went_back() -> None:
    purchase = order((3, 1000))
    parts = states(purchase, [refund(line("1", quantity=1))] * 3)
    assert [taken_by(purchase, state, {"1": 10}) for state in parts] == [0, 3, 6, 10]
    assert [taken_by(purchase, state, {"1": 1}) for state in parts] == [0, 0, 0, 1]


def test_halves_of_many_small_lines_take_half_of_what_they_earned_together() -> None:
    purchase = order(*[(2, 10)] * 10)
    halves = after(purchase, refund(*(line(str(place), quantity=1) for place in range(1, 11))))
    assert taken_by(purchase, halves, {str(place): 1 for place in range(1, 11)}) == 5


def test_a_free_line_goes_back_by_pieces() -> None:
    purchase = order((1, 1000), (4, 0))
    state = after(purchase, refund(line("2", quantity=1)))
    assert taken_by(purchase, state, {"1": 100, "2": 40}) == 10
    assert taken_by(purchase, after(purchase, refund(line("1"))), {"1": 100, "2": 40}) == 100
    with pytest.raises(RefundExceedsPurchase):
        after(purchase, refund(line("2", amount=1)))


def test_money_that_no_line_accounts_for_is_of_the_free_lines_too() -> None:
    purchase = order((1, 1000), (4, 0))
    assert taken_by(purchase, after(purchase, refund(amount=500)), {"1": 100, "2": 40}) == 70


def test_what_shipping_earned_goes_back_as_the_goods_do() -> None:
    shares = {"1": 100, "2": 50, SHIPPING_LINE: 30}
    assert taken_by(TWO, after(TWO, refund(line("2"))), shares) == 50 + 10
    assert taken_by(TWO, after(TWO, refund(line("2"), amount=500)), shares) == 100 + 20
    assert taken_by(TWO, after(TWO, ALL), shares) == 180


def test_what_an_order_of_free_goods_earned_goes_back_by_pieces() -> None:
    purchase = order((3, 0), (1, 0))
    state = after(purchase, refund(line("1", quantity=1)))
    assert taken_by(purchase, state, {"1": 30, SHIPPING_LINE: 40}) == 10 + 10
    assert taken_by(purchase, after(purchase, ALL), {"1": 30, SHIPPING_LINE: 40}) == 70
    for money in (refund(amount=1), refund(line("1", amount=1))):
        with pytest.raises(RefundExceedsPurchase):
            after(purchase, money)


def test_rewards_are_told_apart_by_their_rules() -> None:
    rewards = [reward({"1": 10}, "base"), reward({"2": 7}, "double"), reward({"2": 1}, "bulk")]
    state = after(TWO, refund(line("2")))
    assert taken(bought_by(TWO), state, rewards) == {"double": 7, "bulk": 1}
    assert taken(bought_by(TWO), UNTOUCHED, rewards) == {}


# --- refusals --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("refunds", "what", "asked", "left"),
    [
        ([refund(line("1", quantity=5))], "quantity of line 1", 5, 4),
        ([refund(line("1", quantity=3)), refund(line("1", quantity=2))], "quantity of line 1", 2, 1),
        ([refund(line("1", amount=1001))], "amount of line 1", 1001, 1000),
        ([refund(line("1", quantity=1)), refund(line("1", amount=751))], "amount of line 1", 751, 750),
        ([refund(line("1")), refund(line("1", quantity=1))], "quantity of line 1", 1, 0),
        ([ALL, refund(line("2", quantity=1))], "quantity of line 2", 1, 0),
        ([ALL, refund(line("2", amount=1))], "amount of line 2", 1, 0),
        ([ALL, refund(amount=1)], "goods", 1, 0),
        ([refund(line("1")), refund(line("2")), refund(amount=1)], "goods", 1, 0),
        ([refund(amount=1501)], "goods", 1501, 1500),
        ([refund(line("1")), refund(amount=501)], "goods", 501, 500),
        ([refund(line("1"), amount=501)], "goods", 501, 500),
        ([refund(amount=1200), refund(amount=301)], "goods", 301, 300),
        ([refund(amount=1200), refund(line("2", amount=301))], "goods", 301, 300),
        ([refund(amount=1200), refund(line("2", amount=200), amount=101)], "goods", 301, 300),
    ],
)
def test_more_than_was_bought_is_refused(refunds: list[Refund], what: str, asked: int, left: int) -> None:
    *accepted, last = refunds
    before = after(TWO, *accepted)
    with pytest.raises(RefundExceedsPurchase) as refused:
        after_refund(bought_by(TWO), before, last)
    assert refused.value.facts() == {"order": "o", "what": what, "asked": asked, "left": left}


def test_a_line_that_was_not_bought_is_refused() -> None:
    with pytest.raises(UnknownLine) as refused:
        after(TWO, refund(line("3")))
    assert refused.value.facts() == {"order": "o", "line": "3"}


def test_shipping_that_cost_nothing_can_be_named_unless_a_line_is_called_so() -> None:
    assert after(TWO, refund(line(SHIPPING_LINE))) == Refunded(refunds=("r1",))
    first, *others = TWO.lines
    called = msgspec.structs.replace(
        TWO, lines=(msgspec.structs.replace(first, line_id=SHIPPING_LINE), *others)
    )
    assert after(called, refund(line(SHIPPING_LINE))).lines.keys() == {SHIPPING_LINE}


def test_all_that_is_left_of_nothing_is_nothing() -> None:
    state = after(TWO, ALL, ALL, refund(line("1")))
    assert state == Refunded(refunds=("r1", "r2", "r3"), whole=True)


# --- pieces that cost no whole minor units ---------------------------------------------------------------


@pytest.mark.parametrize(
    "refunds",
    [
        # A third of 10.00 is 3.33 or 3.34, and two thirds are 6.66 or 6.67, as the shop rounds.
        [refund(line("1", quantity=1)), refund(line("1", amount=666))],
        [refund(line("1", quantity=1)), refund(line("1", amount=667))],
        [refund(line("1", quantity=2)), refund(line("1", amount=333))],
        [refund(line("1", quantity=2)), refund(amount=333)],
        [refund(line("1", quantity=2)), refund(amount=334)],
        [refund(amount=334), refund(line("1", quantity=2))],
    ],
)
def test_what_is_left_is_known_to_the_minor_unit(refunds: list[Refund]) -> None:
    purchase = order((3, 1000))
    assert taken_by(purchase, after(purchase, *refunds), {"1": 10}) == 10


def test_pieces_that_cost_less_than_a_minor_unit_are_still_pieces() -> None:
    purchase = order((3, 1))
    parts = states(purchase, [refund(line("1", quantity=1))] * 3)
    assert [taken_by(purchase, state, {"1": 6}) for state in parts] == [0, 2, 4, 6]


def test_all_pieces_can_come_back_after_a_part_of_their_price() -> None:
    purchase = order((3, 1000), (1, 1000))
    by_line = after(purchase, refund(line("1", amount=400)), refund(line("1", quantity=3)))
    by_order = after(purchase, refund(amount=1500), refund(line("1", quantity=3)))
    assert taken_by(purchase, by_line, {"1": 10, "2": 10}) == 10
    assert taken_by(purchase, by_order, {"1": 10, "2": 10}) == 20


# --- tenders ---------------------------------------------------------------------------------------------

PAID = order((4, 1000), tenders=[points_paid(300), Tender(kind="card", amount=700)])
CARD = Tender(kind="card", amount=1)


@pytest.mark.parametrize(
    ("refunds", "units"),
    [
        ([refund(line("1", quantity=1))], 7),  # a quarter of 30 is 7.5
        ([refund(line("1", quantity=1))] * 2, 15),
        ([refund(line("1", quantity=1))] * 4, 30),
        ([refund(amount=999)], 29),
        ([ALL], 30),
        ([refund(line("1", quantity=1), tenders=[points_paid(39)])], 3),
        (
            [
                refund(line("1", quantity=1), tenders=[points_paid(39)]),
                refund(amount=1, tenders=[points_paid(1)]),
            ],
            4,
        ),
        ([refund(tenders=[points_paid(300)])], 30),
        ([refund(tenders=[CARD])], 0),
        ([refund(line("1", quantity=2), tenders=[CARD]), refund(line("1", quantity=1))], 15),
        ([refund(line("1", quantity=2), tenders=[points_paid(100)]), refund(line("1", quantity=1))], 20),
        ([refund(line("1", quantity=2), tenders=[CARD]), ALL], 30),
        ([ALL, refund(tenders=[points_paid(300)])], 30),
    ],
)
def test_units_go_back_as_was_told_and_else_as_the_goods_do(refunds: list[Refund], units: int) -> None:
    found = returned(bought_by(PAID), after(PAID, *refunds), {7: 30})
    assert found == ({7: units} if units else {})


@pytest.mark.parametrize(("tender", "left"), [(points_paid(201), 200), (points_paid(1, entry=8), 0)])
def test_more_than_a_tender_paid_is_refused(tender: Tender, left: int) -> None:
    before = after(PAID, refund(amount=1, tenders=[points_paid(100)]))
    with pytest.raises(RefundExceedsPurchase) as refused:
        after_refund(bought_by(PAID), before, refund(amount=1, tenders=[tender]))
    what = f"tender of entry {tender.entry}"
    assert refused.value.facts() == {"order": "o", "what": what, "asked": tender.amount, "left": left}


def test_a_tender_of_no_money_follows_the_goods() -> None:
    purchase = order((4, 0), tenders=[points_paid(0)])
    assert returned(bought_by(purchase), after(purchase, refund(line("1", quantity=1))), {7: 8}) == {7: 2}


# --- the state -------------------------------------------------------------------------------------------


def test_the_state_is_small_and_in_order() -> None:
    refunds = [
        refund(line("2", quantity=1)),
        refund(line("1", quantity=1), amount=3),
        refund(line("1", amount=9)),
    ]
    state = msgspec.structs.replace(after(order((4, 1000), (2, 500)), *refunds), taken={"base": 31})
    assert msgspec.json.encode(state).decode() == (
        '{"refunds":["r1","r2","r3"],"lines":{"1":[1,9],"2":[1,0]},"amount":3,"taken":{"base":31}}'
    )


def test_what_was_told_of_tenders_is_in_order() -> None:
    purchase = order((1, 10), tenders=[points_paid(4, entry=8), points_paid(6, entry=7)])
    both = [refund(amount=1, tenders=[tender]) for tender in purchase.tenders]
    assert list(after(purchase, *both).told.items()) == [(7, 6), (8, 4)]


def test_a_refund_passes_on_what_was_posted() -> None:
    before = Refunded(taken={"base": 3}, returned={7: 2})
    state = after_refund(bought_by(PAID), before, msgspec.structs.replace(ALL, refund_id="r"))
    assert (state.taken, state.returned) == (before.taken, before.returned)


def test_a_line_whose_pieces_are_all_back_is_whole_however_they_came() -> None:
    at_once = after(TWO, refund(line("1")))
    assert at_once.lines == {"1": Part(4, 0)}
    assert after(TWO, refund(line("1", amount=10)), refund(line("1"))).lines == at_once.lines
    assert after(TWO, refund(line("1", amount=10)), refund(line("1", quantity=4))).lines == at_once.lines
    assert after(TWO, refund(line("1", quantity=1)), refund(line("1", quantity=3))).lines == at_once.lines


def test_an_order_whose_lines_are_all_whole_is_whole_however_they_came() -> None:
    state = after(TWO, refund(amount=10), refund(line("2")), refund(line("1")))
    assert state == msgspec.structs.replace(after(TWO, ALL), refunds=state.refunds)
