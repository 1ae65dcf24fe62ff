"""Stock: what is put in and taken out, by whom and why; and that nothing is sold twice or lost."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import tallybook as tb
from sqlalchemy import create_engine, text

from tests.slices.mall.counter import PROGRAM, Counter


def test_stock_is_put_in_taken_out_and_counted(counter: Counter) -> None:
    assert counter.stock("mug", 10).on_hand == 10
    assert counter.stock("mug", -3).on_hand == 7
    counter.place("mug", pieces=2)
    counted = counter.do(tb.AdjustStock, "item:mug", counted=4, reason="stocktaking")
    assert (counted.change, counted.on_hand) == (-1, 4)
    assert counter.do(tb.AdjustStock, "item:mug", counted=4, reason="once more").change == 0
    sheet = counter.sheet("mug")
    assert (sheet.stocked, sheet.on_hand, sheet.reserved, sheet.sold) == (6, 4, 0, 2)


def test_the_history_says_who_and_why(counter: Counter) -> None:
    counter.do(
        tb.AdjustStock, "item:mug", change=10, reason="delivered", source="dock", metadata={"by": "ann"}
    )
    counter.stock("mug", -1)
    history = counter.book.ask(tb.GetStockHistory(program="shop", item="mug", page_size=1))
    assert [(each.change, each.on_hand) for each in history.changes] == [(-1, 9)]
    rest = counter.book.ask(
        tb.GetStockHistory(program="shop", item="mug", page_size=1, page_token=history.next_page_token)
    )
    (first,) = rest.changes
    assert (first.reason, first.source, first.metadata) == ("delivered", "dock", {"by": "ann"})
    assert not rest.next_page_token


def test_no_more_is_taken_out_than_is_on_hand(counter: Counter) -> None:
    counter.stock("kettle", 2)
    counter.place("kettle")
    with pytest.raises(tb.ItemOutOfStock) as refused:
        counter.stock("kettle", -2)
    assert (refused.value.asked, refused.value.left) == (2, 1)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"change": 0, "reason": "x"}, "must not be 0"),
        ({"change": 1}, "must say why"),
        ({"reason": "x"}, "must be given, or counted"),
        ({"change": 1, "counted": 1, "reason": "x"}, "and not both"),
        ({"member": "mug", "change": 1, "reason": "x"}, "item: and the code"),
    ],
)
def test_adjustments_that_make_no_sense(counter: Counter, fields: dict[str, Any], problem: str) -> None:
    with pytest.raises(tb.InvalidInput, match=problem):
        counter.make(tb.AdjustStock, **{"member": "item:mug", **fields})


def test_items_that_are_not_there_or_have_no_stock(counter: Counter) -> None:
    with pytest.raises(tb.UnknownItem):
        counter.stock("nothing", 1)
    with pytest.raises(tb.ItemNotStocked):
        counter.stock("voucher", 1)
    with pytest.raises(tb.UnknownItem):
        counter.place("nothing")


def test_no_member_has_the_name_of_an_item(counter: Counter) -> None:
    with pytest.raises(tb.InvalidInput, match="items of the mall"):
        counter.make(tb.Enroll, "item:mug")
    with pytest.raises(tb.InvalidInput, match="items of the mall"):
        counter.make(tb.PlaceOrder, "item:mug", item="voucher")


def test_what_all_members_may_have_comes_back_when_it_is_cancelled(counter: Counter) -> None:
    counter.place("lamp", pieces=3, order_id="o1")
    with pytest.raises(tb.ItemOutOfStock, match="0 are left"):
        counter.place("lamp")
    assert counter.reasons("lamp", pieces=1) == ["out_of_stock"]
    counter.do(tb.CancelOrder, order_id="o1")
    assert counter.sheet("lamp").taken == 0
    assert counter.place("lamp").state == "paid"


@pytest.mark.parametrize("is_swept", [True, False])
def test_what_time_frees_is_there_for_others_when_it_is_recorded(counter: Counter, is_swept: bool) -> None:
    counter.enroll("m2")
    counter.stock("kettle", 1)
    counter.place("kettle", order_id="o1")
    counter.clock.forward(seconds=600)
    assert counter.order("o1").state == "timed_out"
    with pytest.raises(tb.ItemOutOfStock):
        counter.place("kettle", "m2")
    if is_swept:
        counter.book.sweep()
    else:
        counter.do(tb.Award, unit="points", amount=1)
    assert counter.place("kettle", "m2").state == "placed"


def test_an_item_gets_a_stock_and_loses_it(counter: Counter) -> None:
    counter.stock("mug", 1)
    counter.place("mug", order_id="o1")
    counter.book.apply(PROGRAM.replace("90}}\n    stocked: true", "90}}"))
    assert counter.place("mug").state == "paid"
    counter.do(tb.CancelOrder, order_id="o1")
    assert counter.pieces("mug") == (1, 0, 0)


@pytest.mark.parametrize(
    ("tampering", "problem"),
    [
        ("UPDATE pool SET drawn = 4 WHERE pool = 'item/mug'", "pool item/mug counts 4, the postings say 3"),
        ("DELETE FROM pool WHERE pool = 'item/mug'", "pool item/mug counts 0, the postings say 3"),
    ],
)
def test_a_stock_that_was_changed_by_hand_is_found_out(
    counter: Counter, database_url: str, tampering: str, problem: str
) -> None:
    counter.stock("mug", 5)
    counter.place("mug", pieces=2)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text(tampering))
    (found,) = counter.problems()
    assert problem in found.problem
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM pool WHERE pool = 'item/mug'"))
        connection.execute(text("INSERT INTO pool VALUES ('shop', 'item/mug', 3)"))
    engine.dispose()


def test_a_crowd_gets_what_there_is_and_no_more(counter: Counter) -> None:
    counter.stock("kettle", 10)
    buyers = [f"b{number}" for number in range(120)]
    counter.book.do([counter.make(tb.Enroll, each) for each in buyers])
    counter.book.do([counter.make(tb.Award, each, unit="points", amount=100) for each in buyers])
    orders = [counter.make(tb.PlaceOrder, each, item="kettle", order_id="o") for each in buyers]
    with ThreadPoolExecutor(8) as threads:
        chunks = [orders[start : start + 5] for start in range(0, len(orders), 5)]
        outcomes = [each for chunk in threads.map(counter.book.do, chunks) for each in chunk]
    lost = [each for each in outcomes if not isinstance(each, tb.OrderMoved)]
    assert {type(each) for each in lost} == {tb.ItemOutOfStock}
    assert len(lost) == 110
    assert counter.pieces("kettle") == (0, 10, 0)
    counter.clock.forward(seconds=600)
    counter.book.sweep()
    assert counter.pieces("kettle") == (10, 0, 0)
    assert all(counter.balance(member=each) == tb.Balance(available=100) for each in buyers)
