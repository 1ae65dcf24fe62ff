"""The checker of torture tests finds what is planted: in what was heard, and in the book itself."""

from collections.abc import Callable

import pytest
import tallybook as tb
from grpc import StatusCode
from sqlalchemy import create_engine, text
from tallybook_client import errors, requests
from tallybook_client._gen.tallybook.v1.member_service_pb2 import EnrollMemberResponse
from tallybook_client._gen.tallybook.v1.posting_pb2 import AwardResponse, GiftResponse, RedeemResponse

from tests.torture.found import read_book
from tests.torture.history import Found, History, faults

PROGRAM, UNIT = "demo", "points"
TOO_MUCH = errors.NotEnoughPoints(
    "no",
    code=StatusCode.FAILED_PRECONDITION,
    metadata={"unit": UNIT, "asked": "900", "available": "70"},
)
Plant = Callable[[History, Found], None]


@pytest.fixture
def history(database_url: str) -> History:
    """What clients of a small book asked and were told; the book is at `database_url`."""
    common = {"program": PROGRAM, "unit": UNIT}
    with tb.Book.open(database_url) as book:
        book.apply(tb.DEMO_PROGRAM)
        for member in ("m1", "m2"):
            book.do(tb.Enroll(program=PROGRAM, member=member, request_id="enroll"))
        book.do(tb.Award(member="m1", request_id="a", amount=100, **common))
        book.do(tb.Gift(member="m1", request_id="g", to_member="m2", amount=30, **common))
        book.do(tb.Award(member="m2", request_id="hurried", amount=5, **common))
        with pytest.raises(tb.NotEnoughPoints):
            book.do(tb.Redeem(member="m1", request_id="r", amount=900, **common))
    history = History()
    answered = [
        (requests.enroll_member("m1", request_id="enroll"), EnrollMemberResponse(entry=1)),
        (requests.enroll_member("m2", request_id="enroll"), EnrollMemberResponse(entry=1)),
        (requests.award("m1", amount=100, unit=UNIT, request_id="a"), AwardResponse(entry=2, amount=100)),
        (requests.gift("m1", "m2", amount=30, unit=UNIT, request_id="g"), GiftResponse(entry=3, amount=30)),
        (requests.redeem("m1", amount=900, unit=UNIT, request_id="r"), TOO_MUCH),
    ]
    for command, answer in answered:
        history.ask(command)
        history.hear(command, answer)
    history.ask(requests.award("m2", amount=5, unit=UNIT, request_id="hurried"))
    history.ask(requests.award("m2", amount=7, unit=UNIT, request_id="never came"))
    return history


def test_what_the_book_owes_nobody_is_no_fault(history: History, database_url: str) -> None:
    assert list(faults(history, read_book(database_url, PROGRAM))) == []
    assert history.acknowledged == 5


def _lose(history: History, found: Found) -> None:
    del found.entries["m1", "a"]


def _double(history: History, found: Found) -> None:
    found.entries["m1", "a"].append(9)


def _lose_refusal(history: History, found: Found) -> None:
    del found.refusals["m1", "r"]


def _carry_out_refused(history: History, found: Found) -> None:
    found.entries["m1", "r"] = [9]


def _answer_otherwise(history: History, found: Found) -> None:
    history.hear(history.asked["m1", "a"].command, AwardResponse(entry=2, amount=101, replayed=True))


def _refuse_then_grant(history: History, found: Found) -> None:
    history.hear(history.asked["m1", "r"].command, RedeemResponse(entry=4, amount=900))


def _renumber(history: History, found: Found) -> None:
    found.entries["m1", "a"] = [9]


def _invent(history: History, found: Found) -> None:
    found.entries["m1", "nobody's"] = [9]


def _pay_twice(history: History, found: Found) -> None:
    found.worth["m1"] += 100


@pytest.mark.parametrize(
    ("plant", "what"),
    [
        (_lose, "lost"),
        (_double, "doubled"),
        (_lose_refusal, "lost"),
        (_carry_out_refused, "refused"),
        (_answer_otherwise, "reply"),
        (_refuse_then_grant, "reply"),
        (_renumber, "reply"),
        (_invent, "stray"),
        (_pay_twice, "worth"),
    ],
)
def test_what_is_planted_in_the_record_is_found(
    history: History, database_url: str, plant: Plant, what: str
) -> None:
    found = read_book(database_url, PROGRAM)
    plant(history, found)
    assert what in {fault.what for fault in faults(history, found)}


@pytest.mark.parametrize(
    ("tampering", "what"),
    [
        ("DELETE FROM entry WHERE member = 'm1' AND request_id = 'a'", "lost"),
        ("DELETE FROM refusal WHERE member = 'm1'", "lost"),
        ("DELETE FROM posting WHERE member = 'm1' AND version = 2", "worth"),
        ("UPDATE posting SET amount = amount * 2 WHERE member = 'm1' AND version = 2", "worth"),
        ("UPDATE entry SET request_id = 'b' WHERE member = 'm1' AND request_id = 'a'", "stray"),
    ],
)
def test_what_is_planted_in_the_book_is_found(
    history: History, database_url: str, tampering: str, what: str
) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text(tampering))
    engine.dispose()
    assert what in {fault.what for fault in faults(history, read_book(database_url, PROGRAM))}


def test_a_replay_may_say_that_it_is_one(history: History, database_url: str) -> None:
    history.hear(history.asked["m1", "a"].command, AwardResponse(entry=2, amount=100, replayed=True))
    told = {"replayed": "true", **TOO_MUCH.metadata}
    again = errors.NotEnoughPoints("no", code=StatusCode.FAILED_PRECONDITION, metadata=told)
    history.hear(history.asked["m1", "r"].command, again)
    assert list(faults(history, read_book(database_url, PROGRAM))) == []
