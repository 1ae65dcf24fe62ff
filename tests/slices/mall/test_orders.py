"""Orders: what they cost, what they give, and what comes back of them."""

from datetime import timedelta

import pytest
import tallybook as tb

from tests.clocks import START
from tests.slices.mall.counter import PROGRAM, Counter


def test_goods_for_points_are_paid_at_once_and_wait_to_be_sent(counter: Counter) -> None:
    counter.stock("mug", 5)
    placed = counter.place("mug", pieces=2, order_id="o1")
    assert (placed.state, placed.unit, placed.amount, placed.money) == ("paid", "points", 200, 0)
    assert counter.balance().available == 800
    assert counter.pieces("mug") == (3, 0, 2)
    sent = counter.do(tb.FulfilOrder, order_id="o1", carrier="post", tracking="RX1")
    assert (sent.state, sent.carrier, sent.tracking) == ("fulfilled", "post", "RX1")
    assert counter.order("o1").tracking == "RX1"


def test_the_first_price_for_a_tier_of_the_members_counts(counter: Counter) -> None:
    counter.stock("mug", 5)
    prices = []
    for tier in ("", "silver", "gold"):
        if tier:
            counter.do(
                tb.OverrideTier, ladder="status", tier=tier, until=START.date().replace(year=2027), reason="x"
            )
        prices.append(counter.place("mug").amount)
    assert prices == [100, 90, 80]


def test_money_is_waited_for_with_the_points_held_and_the_pieces_reserved(counter: Counter) -> None:
    counter.stock("kettle", 3)
    placed = counter.place("kettle", order_id="o1")
    assert (placed.state, placed.amount, placed.money, placed.currency) == ("placed", 100, 990, "USD")
    assert placed.deadline == START + timedelta(seconds=600)
    assert counter.balance() == tb.Balance(available=900, held=100)
    assert counter.pieces("kettle") == (2, 1, 0)
    paid = counter.do(tb.PayOrder, order_id="o1", money=990, payment="P1")
    assert (paid.state, paid.payment) == ("paid", "P1")
    assert counter.balance() == tb.Balance(available=900)
    assert counter.pieces("kettle") == (2, 0, 1)


def test_an_order_whose_money_does_not_come_times_out_at_its_moment(counter: Counter) -> None:
    counter.stock("kettle", 1)
    counter.place("kettle", order_id="o1")
    counter.clock.forward(seconds=600)
    assert counter.order("o1").state == "timed_out"
    assert counter.balance() == tb.Balance(available=1000)
    with pytest.raises(tb.OrderState, match="timed_out"):
        counter.do(tb.PayOrder, order_id="o1", money=990, payment="P1")
    assert counter.pieces("kettle") == (1, 0, 0)
    assert counter.seen("kettle").limits_left == {"day": 1, "life": 2}
    assert counter.place("kettle", order_id="o2").state == "placed"
    counter.clock.forward(seconds=600)
    counter.book.sweep()
    assert counter.pieces("kettle") == (1, 0, 0)
    (entry,) = [
        each
        for each in counter.book.ask(tb.Statement(program="shop", member="m1")).entries
        if each.subject == "o2" and each.kind == "order_timed_out"
    ]
    assert entry.occurred_at == START + timedelta(seconds=1200)


def test_points_that_lapse_while_they_are_held_can_still_be_spent(counter: Counter) -> None:
    counter.stock("kettle", 1)
    counter.clock.now = START.replace(day=31, hour=23, minute=55)
    counter.place("kettle", order_id="o1")
    counter.clock.forward(seconds=400)
    assert counter.do(tb.PayOrder, order_id="o1", money=990, payment="P1").state == "paid"


def test_what_comes_back_past_its_day_lapses(counter: Counter) -> None:
    counter.stock("kettle", 1)
    counter.clock.now = START.replace(day=31, hour=23, minute=55)
    counter.place("kettle", order_id="o1")
    counter.clock.forward(seconds=400)
    assert counter.do(tb.CancelOrder, order_id="o1").lapsed == 100


@pytest.mark.parametrize(
    ("asked", "units", "money"), [(None, 150, 0), (0, 0, 500), (31, 31, 397), (9999, 150, 0)]
)
def test_the_server_splits_a_price_into_points_and_money(
    counter: Counter, asked: int | None, units: int, money: int
) -> None:
    placed = counter.place("lamp", units=asked)
    assert (placed.amount, placed.money) == (units, money)
    assert placed.state == ("placed" if money else "paid")


def test_no_more_points_are_taken_than_the_money_is_worth(counter: Counter) -> None:
    counter.enroll("poor", points=31)
    placed = counter.place("lamp", "poor")
    assert (placed.amount, placed.money) == (31, 397)
    with pytest.raises(tb.NotEnoughPoints):
        counter.place("lamp", "poor", units=100)


def test_a_fixed_price_is_not_split(counter: Counter) -> None:
    with pytest.raises(tb.InvalidInput, match="must be left out"):
        counter.place("voucher", units=10)


def test_coupons_are_issued_and_void_when_they_are_returned(counter: Counter) -> None:
    placed = counter.place("voucher", order_id="o1")
    assert (placed.state, len(placed.coupons)) == ("fulfilled", 2)
    counter.do(tb.ReturnOrder, order_id="o1")
    assert counter.balance().available == 1000
    states = [
        counter.book.ask(tb.GetCoupon(program="shop", member="m1", coupon=each)).state
        for each in placed.coupons
    ]
    assert states == ["voided", "voided"]


def test_what_was_used_is_not_returned(counter: Counter) -> None:
    counter.enroll("m2")
    placed = counter.place("voucher", order_id="o1")
    counter.do(tb.TransferCoupon, coupon=placed.coupons[1], to_member="m2")
    with pytest.raises(tb.OrderNotReturnable, match="transferred"):
        counter.do(tb.ReturnOrder, order_id="o1")
    counter.place("chance", order_id="o2")
    counter.do(tb.Redeem, unit="chances", amount=1)
    with pytest.raises(tb.OrderNotReturnable, match="1 chances"):
        counter.do(tb.ReturnOrder, order_id="o2")
    assert counter.balance("chances").available == 2


def test_value_is_bonus_within_what_the_law_allows(counter: Counter) -> None:
    counter.place("credit", order_id="o1")
    assert counter.balance("USD").available == 1000
    counter.enroll("rich", points=5000)
    with pytest.raises(tb.ItemNotOffered, match="no_room"):
        counter.place("credit", "rich", pieces=11)
    counter.do(tb.ReturnOrder, order_id="o1")
    assert (counter.balance("USD").available, counter.balance().available) == (0, 1000)
    counter.place("credit", order_id="o2")
    counter.do(tb.SpendValue, unit="USD", amount=1)
    with pytest.raises(tb.OrderNotReturnable, match="1 USD"):
        counter.do(tb.ReturnOrder, order_id="o2")


def test_stored_value_pays_for_an_item_and_comes_back(counter: Counter) -> None:
    counter.place("credit")
    counter.place("paid_by_value", order_id="o1", pieces=2)
    assert counter.balance("USD").available == 500
    counter.do(tb.ReturnOrder, order_id="o1")
    assert counter.balance("USD").available == 1000


def test_days_of_membership_come_with_the_payment_and_go_when_it_is_returned(counter: Counter) -> None:
    counter.place("month", order_id="o1", pieces=2)
    paid = counter.do(tb.PayOrder, order_id="o1", money=800, payment="P1")
    assert paid.state == "fulfilled"
    view = counter.book.ask(tb.GetMemberships(program="shop", member="m1"))
    assert [each.plan for each in view.held] == ["plus"]
    with pytest.raises(tb.OrderNotReturnable, match="of the 60 days"):
        counter.do(tb.ReturnOrder, order_id="o1")


def test_a_payment_must_be_what_was_to_be_paid(counter: Counter) -> None:
    counter.place("month", order_id="o1")
    with pytest.raises(tb.OrderPaymentDiffers) as refused:
        counter.do(tb.PayOrder, order_id="o1", money=399, payment="P1")
    assert (refused.value.paid, refused.value.expected) == (399, 400)


def test_cancelling_what_is_paid_gives_points_back_to_their_lots_and_tells_the_money(
    counter: Counter,
) -> None:
    counter.do(tb.Award, unit="points", amount=30, fund="acme")
    before = counter.book.ask(tb.Balances(program="shop", member="m1")).units
    counter.stock("kettle", 1)
    counter.place("kettle", order_id="o1")
    counter.do(tb.PayOrder, order_id="o1", money=990, payment="P1")
    cancelled = counter.do(tb.CancelOrder, order_id="o1")
    assert (cancelled.state, cancelled.pay_back, cancelled.payment) == ("cancelled", 990, "P1")
    assert counter.book.ask(tb.Balances(program="shop", member="m1")).units == before
    assert counter.pieces("kettle") == (1, 0, 0)


def test_returned_goods_are_on_hand_again(counter: Counter) -> None:
    counter.stock("mug", 1)
    counter.place("mug", order_id="o1")
    with pytest.raises(tb.OrderState, match="no way to return"):
        counter.do(tb.ReturnOrder, order_id="o1")
    counter.do(tb.FulfilOrder, order_id="o1")
    with pytest.raises(tb.OrderState, match="no way to cancel"):
        counter.do(tb.CancelOrder, order_id="o1")
    assert counter.do(tb.ReturnOrder, order_id="o1").state == "returned"
    assert counter.pieces("mug") == (1, 0, 0)


def test_one_of_several_draws_on_the_stock_of_what_is_chosen(counter: Counter) -> None:
    counter.stock("mug", 1)
    with pytest.raises(tb.InvalidInput, match="choice"):
        counter.place("present")
    with pytest.raises(tb.ItemOutOfStock) as refused:
        counter.place("present", choice="scarf")
    assert refused.value.item == "scarf"
    placed = counter.place("present", choice="mug", order_id="o1")
    assert (placed.item, placed.chosen, placed.state, placed.amount) == ("present", "mug", "paid", 0)
    assert counter.pieces("mug") == (0, 0, 1)
    with pytest.raises(tb.ItemLimitReached):
        counter.place("present", choice="voucher")
    counter.do(tb.CancelOrder, order_id="o1")
    assert counter.place("present", choice="voucher").state == "fulfilled"


LAMP_OR_MUG = "{gives: {kind: one_of, items: [lamp, mug]}, price: {kind: free}%s}"
"""The lamp, of which all members together get 3, as one of several."""


def test_what_is_chosen_counts_among_what_all_members_together_get(counter: Counter) -> None:
    counter.enroll("m2")
    limited = PROGRAM.replace("most: 3", "most: 3\n    limits: [{period: life, most: 1}]")
    counter.book.apply(limited + f"  either: {LAMP_OR_MUG % ''}\n")
    for number in range(3):
        assert counter.place("either", choice="lamp", order_id=f"o{number}").state == "paid"
    assert (counter.sheet("lamp").taken, counter.seen("lamp").left) == (3, 0)
    assert counter.seen("lamp").limits_left == {"life": 1}
    for item, choice in (("either", "lamp"), ("lamp", "")):
        with pytest.raises(tb.ItemOutOfStock) as refused:
            counter.place(item, "m2", choice=choice)
        assert (refused.value.item, refused.value.left) == ("lamp", 0)
        assert counter.reasons(item, "m2", choice=choice) == ["out_of_stock"]
    counter.do(tb.FulfilOrder, order_id="o0")
    counter.do(tb.ReturnOrder, order_id="o0")
    counter.do(tb.CancelOrder, order_id="o1")
    assert counter.sheet("lamp").taken == 1
    assert counter.place("lamp", "m2").state == "paid"
    assert counter.place("either", choice="lamp").state == "paid"
    assert counter.sheet("lamp").taken == 3


def test_one_of_several_has_a_most_of_its_own_besides(counter: Counter) -> None:
    paid_for = (
        LAMP_OR_MUG.replace("free", 'money, money: "1.00", currency: USD') % ", most: 2, pay_seconds: 60"
    )
    counter.book.apply(PROGRAM + f"  either: {paid_for}\n")
    counter.place("either", choice="lamp", pieces=2)
    assert (counter.sheet("either").taken, counter.sheet("lamp").taken) == (2, 2)
    counter.stock("mug", 1)
    with pytest.raises(tb.ItemOutOfStock) as refused:
        counter.place("either", choice="mug")
    assert refused.value.item == "either"
    counter.clock.forward(seconds=60)
    counter.book.sweep()
    assert (counter.sheet("either").taken, counter.sheet("lamp").taken) == (0, 0)


def test_an_order_gives_back_to_limits_what_it_was_counted_in(counter: Counter) -> None:
    counter.stock("mug", 9)

    def limited(*periods: str) -> None:
        limits = ", ".join(f"{{period: {each}, most: 1}}" for each in periods)
        counter.book.apply(PROGRAM.replace("sku: MUG-1}", f"sku: MUG-1}}\n    limits: [{limits}]"))

    counter.place("mug", order_id="before")
    limited("life")
    counter.place("mug", order_id="o1")
    counter.do(tb.CancelOrder, order_id="before")
    with pytest.raises(tb.ItemLimitReached):
        counter.place("mug")
    counter.book.apply(PROGRAM)
    counter.place("mug", order_id="without")
    limited("day", "life")
    counter.do(tb.CancelOrder, order_id="without")
    assert counter.seen("mug").limits_left == {"day": 1, "life": 0}
    counter.do(tb.CancelOrder, order_id="o1")
    assert counter.seen("mug").limits_left == {"day": 1, "life": 1}
    limited("day")
    counter.place("mug", order_id="o2")
    limited("day", "life")
    with pytest.raises(tb.ItemLimitReached) as refused:
        counter.place("mug")
    assert refused.value.period == "day"
    counter.clock.forward(days=1)
    counter.place("mug", order_id="o3")
    counter.do(tb.CancelOrder, order_id="o2")
    assert counter.seen("mug").limits_left == {"day": 0, "life": 0}


def test_what_waits_is_given_by_the_program_that_it_was_ordered_by(counter: Counter) -> None:
    counter.place("month", order_id="o1")
    counter.book.apply(PROGRAM.replace("plan: plus, days: 30}", "plan: plus, days: 7}"))
    counter.do(tb.PayOrder, order_id="o1", money=400, payment="P1")
    (held,) = counter.book.ask(tb.GetMemberships(program="shop", member="m1")).held
    assert held.left == 29


def test_the_same_request_is_carried_out_once(counter: Counter) -> None:
    counter.stock("kettle", 2)
    place = counter.make(tb.PlaceOrder, item="kettle", order_id="o1")
    pay = counter.make(tb.PayOrder, order_id="o1", money=990, payment="P1")
    outcomes = [*counter.book.do([place, place, pay, pay]), *counter.book.do([place, pay])]
    replayed = [each.replayed for each in outcomes if isinstance(each, tb.Reply)]
    assert replayed == [False, True, False, True, True, True]
    with pytest.raises(tb.OrderExists):
        counter.place("voucher", order_id="o1")


def test_trying_writes_nothing_and_says_the_same(counter: Counter) -> None:
    counter.stock("kettle", 1)
    place = counter.make(tb.PlaceOrder, item="kettle", order_id="o1")
    tried = counter.book.simulate(place)
    assert counter.pieces("kettle") == (1, 0, 0)
    assert _told(tried) == _told(counter.book.do(place))


def _told(reply: tb.OrderMoved) -> tuple[object, ...]:
    return reply.state, reply.amount, reply.money, reply.deadline


def test_frozen_members_order_nothing_and_what_they_paid_is_given(counter: Counter) -> None:
    counter.place("month", order_id="o1")
    counter.do(tb.Freeze, scope="all", reason="fraud")
    with pytest.raises(tb.MemberFrozen):
        counter.place("voucher")
    assert counter.do(tb.PayOrder, order_id="o1", money=400, payment="P1").state == "fulfilled"


def test_who_must_not_earn_can_still_have_what_is_sent(counter: Counter) -> None:
    counter.stock("mug", 1)
    counter.do(tb.Freeze, scope="earn", reason="fraud")
    with pytest.raises(tb.MemberFrozen):
        counter.place("chance")
    assert counter.reasons("chance") == ["frozen"]
    assert counter.reasons("mug") == []
    assert counter.place("mug").state == "paid"


def test_orders_go_along_when_members_become_one(counter: Counter) -> None:
    counter.enroll("m2")
    counter.stock("mug", 2)
    counter.place("mug", "m2", order_id="o1")
    counter.place("present", "m2", choice="voucher")
    counter.do(tb.MergeMembers, other="m2")
    assert counter.order("o1").state == "paid"
    counter.do(tb.CancelOrder, order_id="o1")
    assert counter.balance().available == 2000
    with pytest.raises(tb.ItemLimitReached):
        counter.place("present", choice="mug")


def test_members_whose_orders_have_one_name_are_not_made_one(counter: Counter) -> None:
    counter.enroll("m2")
    counter.place("voucher", order_id="o1")
    counter.stock("mug", 1)
    counter.place("mug", "m2", order_id="o1")
    with pytest.raises(tb.MergeConflict):
        counter.do(tb.MergeMembers, other="m2")
