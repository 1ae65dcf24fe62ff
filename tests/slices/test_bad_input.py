"""Bad input is refused with a clear error, and changes nothing: not one row of one table."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import tallybook as tb
from sqlalchemy import NullPool, create_engine, select
from tallybook.db.columns import METADATA

from tests.clocks import SetClock
from tests.slices.shop import Shop

MAX = 2**63 - 1
REMEMBERED = {"refusal"}
"""What a decision against a request leaves behind, and nothing else."""


def rows(url: str) -> dict[str, set[tuple[Any, ...]]]:
    """Every row of every table."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return {
            table.name: {tuple(row) for row in connection.execute(select(table))}
            for table in METADATA.sorted_tables
        }


@pytest.fixture
def full_shop(shop: Shop) -> Shop:
    shop.enroll("m2", "m3")
    shop.award(100)
    shop.hold(40)
    shop.award(5, unit="growth")
    shop.book.do(shop.make(tb.Freeze, "m3", reason="under review"))
    return shop


MALFORMED: dict[str, Callable[[Shop], Any]] = {
    "negative": lambda shop: shop.award(-1),
    "zero": lambda shop: shop.award(0),
    "huge": lambda shop: shop.award(2**63),
    "very huge": lambda shop: shop.award(10**5000),
    "a fraction": lambda shop: shop.award(1.5),  # type: ignore[arg-type]
    "text": lambda shop: shop.award("10"),  # type: ignore[arg-type]
    "an empty id": lambda shop: shop.award(1, request_id=""),
    "a long id": lambda shop: shop.award(1, request_id="x" * 129),
    "an id that cannot be printed": lambda shop: shop.award(1, request_id="a\x00b"),
    "an id in another script": lambda shop: shop.award(1, "客户"),
    "a date too far ahead": lambda shop: shop.award(1, occurred_at=datetime(9001, 1, 1, tzinfo=UTC)),
    "a date too far back": lambda shop: shop.award(1, occurred_at=datetime(1969, 1, 1, tzinfo=UTC)),
    "a date without a zone": lambda shop: shop.award(1, occurred_at=datetime(2026, 1, 1)),  # noqa: DTZ001
    "too much metadata": lambda shop: shop.award(1, metadata={f"k{n}": "x" * 500 for n in range(9)}),
    "too many keys": lambda shop: shop.award(1, metadata={f"k{n}": "" for n in range(33)}),
    "no reason": lambda shop: shop.book.do(shop.make(tb.Adjust, unit="points", amount=5)),
    "an edited token": lambda shop: shop.statement(page_token="AAAAAAAAAAAAMTI"),
    "a negative size": lambda shop: shop.statement(page_size=-1),
    "a program with a typo": lambda shop: shop.book.apply("program: shop\ntimezone: UTC\nunitz: {}\n"),
    "a program that leaves a unit out": lambda shop: shop.book.apply(
        "program: shop\ntimezone: UTC\nunits:\n  points: {kind: redeemable}\n"
    ),
}

UNDECIDED: dict[str, Callable[[Shop], Any]] = {
    "an unknown member": lambda shop: shop.award(1, "nobody"),
    "an unknown receiver": lambda shop: shop.book.do(
        shop.make(tb.Gift, to_member="nobody", unit="points", amount=1)
    ),
    "an unknown program": lambda shop: shop.award(1, program="nowhere"),
    "a request id reused": lambda shop: shop.award(101, request_id="r4"),
    "a stale etag": lambda shop: shop.book.apply(
        "program: shop\ntimezone: UTC\nunits:\n  points: {kind: redeemable}\n", etag="0" * 32
    ),
    "an unknown entry": lambda shop: shop.book.ask(tb.GetEntry(program="shop", member="m1", entry=99)),
    "an unknown revision": lambda shop: shop.book.program("shop", 99),
}

REFUSED: dict[str, Callable[[Shop], Any]] = {
    "an unknown unit": lambda shop: shop.award(1, unit="coins"),
    "an unknown fund": lambda shop: shop.award(1, fund="campaign"),
    "an unknown hold": lambda shop: shop.book.do(shop.make(tb.Capture, hold_id="H9")),
    "an unknown entry": lambda shop: shop.book.do(shop.make(tb.Reverse, entry=99)),
    "an entry far away": lambda shop: shop.book.do(shop.make(tb.Reverse, entry=MAX)),
    "more than there is": lambda shop: shop.redeem(61),
    "the most there can be": lambda shop: shop.redeem(MAX),
    "more than fits": lambda shop: shop.award(MAX),
    "what cannot be spent": lambda shop: shop.redeem(1, unit="growth"),
    "a hold twice": lambda shop: shop.hold(1),
    "a hold for too long": lambda shop: shop.hold(1, "H2", seconds=MAX),
    "more than is held": lambda shop: shop.book.do(shop.make(tb.Capture, hold_id="H1", amount=41)),
    "more than was given": lambda shop: shop.book.do(shop.make(tb.Reverse, entry=2, amount=101)),
    "what is not to be undone": lambda shop: shop.book.do(shop.make(tb.Reverse, entry=1)),
    "a frozen member": lambda shop: shop.award(1, "m3"),
    "a frozen receiver": lambda shop: shop.book.do(
        shop.make(tb.Gift, to_member="m3", unit="points", amount=1)
    ),
    "somebody enrolled": lambda shop: shop.enroll("m2"),
    "another currency": lambda shop: shop.book.do(shop.buying(100, currency="EUR")),
    "a correction of more than there is": lambda shop: shop.book.do(
        shop.make(tb.Adjust, unit="points", amount=-61, reason="test")
    ),
}


@pytest.mark.parametrize("what", MALFORMED)
def test_what_makes_no_sense_leaves_nothing_behind(full_shop: Shop, database_url: str, what: str) -> None:
    before = rows(database_url)
    with pytest.raises((tb.InvalidInput, tb.PageTokenInvalid, tb.ProgramInvalid)) as refused:
        MALFORMED[what](full_shop)
    assert len(str(refused.value)) > 10
    assert rows(database_url) == before


@pytest.mark.parametrize("what", UNDECIDED)
def test_what_comes_to_no_decision_leaves_nothing_behind(
    full_shop: Shop, database_url: str, what: str
) -> None:
    before = rows(database_url)
    with pytest.raises(tb.TallybookError) as refused:
        UNDECIDED[what](full_shop)
    assert not isinstance(refused.value, (tb.InternalError, tb.InvalidInput))
    assert rows(database_url) == before


@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_leaves_itself_behind_and_nothing_else(
    full_shop: Shop, database_url: str, what: str
) -> None:
    before = rows(database_url)
    with pytest.raises(tb.Refusal) as refused:
        REFUSED[what](full_shop)
    after = rows(database_url)
    left = set() if isinstance(refused.value, tb.NotDeclared) else REMEMBERED
    assert {table for table in after if after[table] != before[table]} == left
    assert len(after["refusal"]) == len(before["refusal"]) + len(left)
    assert full_shop.problems() == []


def test_trying_and_asking_leave_nothing_behind(full_shop: Shop, database_url: str, clock: SetClock) -> None:
    before = rows(database_url)
    clock.forward(days=400)
    full_shop.book.simulate([full_shop.awarding(10), full_shop.redeeming(1000), full_shop.awarding(1, "m9")])
    full_shop.balance()
    full_shop.statement()
    full_shop.sums()
    assert full_shop.problems() == []
    assert rows(database_url) == before


def test_a_replay_leaves_nothing_behind(full_shop: Shop, database_url: str) -> None:
    done, refused = full_shop.awarding(10), full_shop.redeeming(1000)
    full_shop.book.do([done, refused])
    before = rows(database_url)
    full_shop.book.do([done, refused, done, refused])
    assert rows(database_url) == before


def test_a_refusal_after_time_has_passed_records_what_time_did(
    full_shop: Shop, database_url: str, clock: SetClock
) -> None:
    clock.forward(days=1)
    with pytest.raises(tb.NotEnoughPoints):
        full_shop.redeem(101)
    assert full_shop.statement().entries[0].kind == "time_out"
    assert full_shop.balance().available == 100
    assert full_shop.problems() == []
