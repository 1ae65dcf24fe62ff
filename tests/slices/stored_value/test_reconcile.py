"""A provider's file against the book: every difference has its name, and sums are told for each currency."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
import tallybook as tb
from tallybook.reports import reconciling
from tallybook.reports.sorting import Sorter

from tests.clocks import SetClock
from tests.memory import peak_of
from tests.slices.stored_value.purse import Purse

P = tb.SettlementProblem
HEAD = "reference,amount,currency,kind,date\n"


def settled(*rows: str) -> list[str]:
    return [HEAD, *(row + "\n" for row in rows)]


def found(purse: Purse, lines: list[str], **given: Any) -> tuple[list[tuple[Any, ...]], dict[str, Any]]:
    """The differences, by problem and reference, and the sums by currency."""
    columns = given.pop("columns", tb.Columns())
    told = list(purse.book.reconcile("shop", tb.read_settlement(lines, columns), **given))
    differences = [
        (each.problem, each.kind, each.reference)
        for each in told
        if isinstance(each, tb.SettlementDifference)
    ]
    sums = {each.currency: each for each in told if isinstance(each, tb.SettlementSums)}
    return differences, sums


@pytest.fixture
def shop(purse: Purse) -> Purse:
    """Two payments of the day, pay-1 of 100.00 USD and pay-2 of 5 JPY, and back-1 of 20.00 USD paid back."""
    purse.do(tb.TopUp, unit="USD", amount=10_000, top_up_id="T1")
    purse.do(tb.ConfirmTopUp, top_up_id="T1", amount=10_000, payment="pay-1")
    purse.do(tb.TopUp, unit="JPY", amount=5, top_up_id="T2")
    purse.do(tb.ConfirmTopUp, top_up_id="T2", amount=5, payment="pay-2")
    purse.request("P1", "T1", 2_000)
    purse.do(tb.ConfirmPayout, payout_id="P1", payment="back-1")
    return purse


@pytest.fixture
def day(shop: Purse) -> date:
    return shop.clock.now.date()


def test_what_is_the_same_on_both_sides_is_no_difference(shop: Purse, day: date) -> None:
    lines = settled(
        f"pay-1,100.00,USD,paid,{day}", f"pay-2,5,JPY,paid,{day}", f"back-1,20.00,USD,refunded,{day}"
    )
    differences, sums = found(shop, lines)
    assert differences == []
    assert [(each.paid_here, each.paid_there) for each in sums.values()] == [(5, 5), (10_000, 10_000)]
    assert (sums["USD"].refunded_here, sums["USD"].refunded_there) == (2_000, 2_000)
    assert all(each.agrees for each in sums.values())


def test_every_difference_has_its_name(shop: Purse, day: date) -> None:
    for number, payment in enumerate(("pay-3", "pay-3", ""), start=3):
        shop.do(tb.TopUp, unit="USD", amount=700, top_up_id=f"T{number}")
        shop.do(tb.ConfirmTopUp, top_up_id=f"T{number}", amount=700, payment=payment)
    lines = settled(
        f"pay-1,99.99,USD,paid,{day}",
        f"pay-2,5,USD,paid,{day}",
        f"pay-3,7.00,USD,paid,{day}",
        f"pay-4,7.00,USD,paid,{day}",
        f"back-2,1.00,USD,refunded,{day}",
        f"back-2,1.00,USD,refunded,{day}",
        f",3.00,USD,paid,{day}",
        f",3.00,USD,paid,{day}",
    )
    differences, sums = found(shop, lines)
    assert differences == [
        (P.MISSING_HERE, "paid", ""),
        (P.MISSING_HERE, "paid", ""),
        (P.MISSING_THERE, "paid", ""),
        (P.OTHER_AMOUNT, "paid", "pay-1"),
        (P.OTHER_CURRENCY, "paid", "pay-2"),
        (P.TWICE_HERE, "paid", "pay-3"),
        (P.MISSING_HERE, "paid", "pay-4"),
        (P.MISSING_THERE, "refunded", "back-1"),
        (P.MISSING_HERE, "refunded", "back-2"),
        (P.TWICE_THERE, "refunded", "back-2"),
    ]
    assert (sums["USD"].paid_here, sums["USD"].paid_there) == (12_100, 9_999 + 500 + 700 + 700 + 600)
    assert (sums["USD"].refunded_here, sums["USD"].refunded_there) == (2_000, 200)
    assert not sums["USD"].agrees


def test_a_payment_that_is_there_twice_is_told_once_as_such(shop: Purse, day: date) -> None:
    lines = settled(*[f"pay-1,100.00,USD,paid,{day}"] * 2, f"pay-2,5,JPY,paid,{day}")
    differences, _ = found(shop, lines)
    assert differences == [(P.TWICE_THERE, "paid", "pay-1"), (P.MISSING_THERE, "refunded", "back-1")]


def test_parts_that_were_refunded_under_one_reference_are_told_apart(shop: Purse, day: date) -> None:
    shop.request("P2", "T1", 1_000)
    shop.do(tb.ConfirmPayout, payout_id="P2", payment="back-1")
    lines = settled(
        f"pay-1,100,USD,paid,{day}",
        f"pay-2,5,JPY,paid,{day}",
        f"back-1,10.00,USD,refunded,{day}",
        f"back-1,20.00,USD,refunded,{day}",
    )
    assert found(shop, lines)[0] == []


def test_a_difference_says_where_it_is(shop: Purse, day: date) -> None:
    lines = settled(f"pay-1,99.99,USD,paid,{day}")
    first = next(iter(shop.book.reconcile("shop", tb.read_settlement(lines))))
    assert isinstance(first, tb.SettlementDifference)
    assert str(first) == "paid pay-1: other amount, 100.00 USD here (m1: entry 3), 99.99 USD there (line 2)"


def test_days_near_by_may_be_told_and_need_not(shop: Purse, day: date, clock: SetClock) -> None:
    clock.forward(days=2)
    later = clock.now.date()
    shop.do(tb.TopUp, unit="USD", amount=700, top_up_id="T3")
    shop.do(tb.ConfirmTopUp, top_up_id="T3", amount=700, payment="pay-3")
    own = (f"pay-1,100,USD,paid,{day}", f"pay-2,5,JPY,paid,{day}", f"back-1,20,USD,refunded,{day}")
    assert found(shop, settled(*own))[0] == []
    assert found(shop, settled(*own, f"pay-3,7,USD,paid,{day}"))[0] == []
    assert found(shop, settled(*own), to=later)[0] == [(P.MISSING_THERE, "paid", "pay-3")]
    near = settled(*own, f"pay-3,7,USD,paid,{day}")
    assert found(shop, near, slack_days=1)[0] == [(P.MISSING_HERE, "paid", "pay-3")]


def test_a_provider_names_its_columns_and_kinds_as_it_likes(shop: Purse) -> None:
    lines = [
        "id;gross;type;created;fee\n",
        "pay-1;10000;charge;2020-01-01T10:00:00Z;3\n",
        "fee-1;-300;fee;2020-01-01T10:00:00Z;\n",
        "back-1;-2000;refund;2020-01-01T10:00:00Z;\n",
    ]
    columns = tb.Columns(
        reference="id",
        amount="gross",
        kind="type",
        day="created",
        paid=frozenset({"charge"}),
        refunded=frozenset({"refund"}),
        ignored=frozenset({"fee"}),
        all_in="USD",
        minor_units=True,
        delimiter=";",
    )
    day = shop.clock.now.date()
    assert found(shop, lines, columns=columns, from_=day, to=day)[0] == [(P.MISSING_THERE, "paid", "pay-2")]


def test_without_a_kind_what_is_below_zero_is_a_refund(shop: Purse, day: date) -> None:
    lines = ["reference,amount,currency,date\n", f"pay-1,100,USD,{day}\n", f"back-1,-20,USD,{day}\n"]
    assert found(shop, lines)[0] == [(P.MISSING_THERE, "paid", "pay-2")]


def test_a_refund_may_be_written_with_either_sign(shop: Purse, day: date) -> None:
    paid = (f"pay-1,100.00,USD,paid,{day}", f"pay-2,5,JPY,paid,{day}")
    for amount in ("20", "-20"):
        assert found(shop, settled(*paid, f"back-1,{amount},USD,refunded,{day}"))[0] == []


def test_the_payment_of_the_day_is_the_same_as_one_in_the_file_before_that_of_a_day_beside_it(
    shop: Purse, day: date, clock: SetClock
) -> None:
    """A provider who pays one reference back in equal parts on two days may tell each in its own file."""
    clock.forward(days=1)
    later = clock.now.date()
    for payout, amount in (("P2", 2_000), ("P3", 500)):
        shop.request(payout, "T1", amount)
        shop.do(tb.ConfirmPayout, payout_id=payout, payment="back-1")
    part = f"back-1,20.00,USD,refunded,{later}"
    assert found(shop, settled(part, f"back-1,5.00,USD,refunded,{later}"))[0] == []
    assert found(shop, settled(part, f"back-1,4.00,USD,refunded,{later}"))[0] == [
        (P.OTHER_AMOUNT, "refunded", "back-1")
    ]


def test_days_reach_to_the_ends_of_the_calendar(shop: Purse) -> None:
    missing = [(P.MISSING_THERE, "refunded", "back-1")]
    for first, last in (("0001-01-01", "9999-12-31"), ("9999-12-31", "0001-01-01")):
        rows = settled(f"pay-1,100.00,USD,paid,{first}", f"pay-2,5,JPY,paid,{last}")
        assert found(shop, rows)[0] == missing
    rows = settled("pay-1,100,USD,paid,2026-01-01", "pay-2,5,JPY,paid,2026-01-01")
    assert found(shop, rows, from_=date.min, to=date.max, slack_days=366)[0] == missing
    for outside in (date.min, date.max):
        assert [each[0] for each in found(shop, rows, from_=outside, to=outside)[0]] == [P.MISSING_HERE] * 2


@pytest.mark.parametrize(
    ("row", "place", "said"),
    [
        ("a,1.005,USD,paid,", "line 2", "more decimals than USD"),
        ("a,5.1,JPY,paid,", "line 2", "more decimals than JPY"),
        ("a,0,USD,paid,", "line 2", "no number"),
        ("a,NaN,USD,paid,", "line 2", "no number"),
        ('a,"1,000.00",USD,paid,', "line 2", "no number"),
        ("a,9223372036854775808,JPY,paid,", "line 2", "no number"),
        ("a,1,XXX,paid,", "line 2", "no currency"),
        ("a,1,USD,fee,", "line 2", "of kind 'fee', not one of paid, refunded"),
        ("a,1,USD,paid,yesterday", "line 2", "has the date"),
        ("a,1,USD,paid,2026-01-01junk", "line 2", "has the date"),
        ("a,1,USD,paid,2026010112", "line 2", "has the date"),
        ("a,1,USD,paid,2026-W01-1", "line 2", "has the date"),
        ("a,-1,USD,paid,", "line 2", "is a payment of -1: what is paid is above zero"),
        ('"a,1,USD,paid,', "line 2", "is not CSV"),
        ("r" * 513 + ",1,USD,paid,", "line 2", "reference"),
        ("a,1,USD,paid,,000.00", "line 2", "has 6 values for 5 columns"),
        ("a,1,USD,paid,", "from", "has no days"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_line(shop: Purse, row: str, place: str, said: str) -> None:
    with pytest.raises(tb.InvalidInput, match=said) as caught:
        found(shop, settled(row))
    assert caught.value.field == place


def test_a_file_without_a_needed_column_is_refused(shop: Purse) -> None:
    for head in ("amount,currency", "reference,currency", "reference,amount", ""):
        with pytest.raises(tb.InvalidInput, match="has no column"):
            found(shop, [head + "\n"])


def test_an_amount_whose_thousands_stand_apart_is_not_cut_short(shop: Purse) -> None:
    lines = ["reference,amount\n", "pay-1,1,000.00\n"]
    with pytest.raises(tb.InvalidInput, match="line 2: has 3 values for 2 columns"):
        found(shop, lines, columns=tb.Columns(all_in="USD"))
    assert list(tb.read_settlement([HEAD, "a,1,USD,paid,2026-01-01,, \n"]))  # as spreadsheets leave them


def test_a_column_that_is_there_twice_is_refused(shop: Purse) -> None:
    lines = ["reference,amount,amount,fee,fee,currency\n", "pay-1,1.00,2.00,0,0,USD\n"]
    with pytest.raises(tb.InvalidInput, match="line 1: has the column 'amount' twice"):
        found(shop, lines)


@pytest.mark.parametrize("delimiter", ["", ";;", '"', "\n", "\r"])
def test_columns_are_parted_by_one_character_that_is_no_quote_and_no_end_of_line(delimiter: str) -> None:
    with pytest.raises(tb.InvalidInput, match="delimiter: "):
        list(tb.read_settlement([HEAD], tb.Columns(delimiter=delimiter)))


def test_days_that_end_before_they_begin_are_refused(shop: Purse) -> None:
    with pytest.raises(tb.InvalidInput, match="to: "):
        found(shop, settled(), from_=date(2026, 1, 2), to=date(2026, 1, 1))


def test_a_card_that_was_sold_is_a_payment(shop: Purse, day: date) -> None:
    card: dict[str, Any] = {"program": "shop", "member": "card:b-1"}
    shop.book.do(tb.IssueCard(**card, request_id="i", batch="b", unit="USD", code_hash="0" * 64))
    shop.book.do(tb.ActivateCard(**card, request_id="a", amount=700, payment="pay-9"))
    own = (f"pay-1,100,USD,paid,{day}", f"pay-2,5,JPY,paid,{day}", f"back-1,20,USD,refunded,{day}")
    assert found(shop, settled(*own))[0] == [(P.MISSING_THERE, "paid", "pay-9")]
    assert found(shop, settled(*own, f"pay-9,7,USD,paid,{day}"))[0] == []


def test_an_unknown_program_is_refused(purse: Purse) -> None:
    with pytest.raises(tb.UnknownProgram):
        list(purse.book.reconcile("nowhere", tb.read_settlement(settled())))


def test_a_long_file_takes_no_more_memory(shop: Purse, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconciling, "Sorter", partial(Sorter, run_rows=1_000))

    def lines(count: int) -> Iterator[str]:
        yield HEAD
        for number in range(count):
            yield f"other-{count - number},1.00,USD,paid,{day}\n"

    def peak(count: int) -> int:
        def all_told() -> None:
            told = sum(1 for _ in shop.book.reconcile("shop", tb.read_settlement(lines(count))))
            assert told == count + 3 + 2

        return peak_of(all_told)

    assert peak(12_000) < 1.3 * peak(4_000)


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 35])
def test_rows_come_out_sorted_however_many_there_are(count: int) -> None:
    rows = [tb.Settled("paid", f"{number * 7 % count}", "USD", number + 1, number) for number in range(count)]
    with Sorter(tb.Settled, run_rows=10) as sorter:
        for row in rows:
            sorter.add(row)
        assert list(sorter.rows()) == sorted(rows)
