"""A budget is never overdrawn, and is drawn by exactly what its rules gave, whatever comes in when."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
import tallybook as tb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clocks import SetClock
from tests.lengths import TIMES_LONGER
from tests.slices.earning.filed import drawn, left_of
from tests.slices.earning.histories import PROGRAM, START, histories

EXAMPLES = 20
MOST = {"spring": 40, "summer": 60}
BUDGETED = (
    PROGRAM.replace("currency: USD}}\n  dairy:", "currency: USD}, budget: spring}\n  dairy:")
    .replace("times: 3, of: [base]}\n", "times: 3, of: [base]}\n    budget: spring\n")
    .replace("units: 50}, condition", "units: 50}, budget: summer, condition")
    + "budgets:\n"
    + "  spring: {unit: points, most: 40}\n"
    + '  summer: {unit: points, currency: USD, most: "0.60", cost: {units: 3, money: "0.02"}}\n'
)
RULES = {"base": "spring", "dairy": "spring", "first": "summer"}


@pytest.fixture
def book(sqlite_url: str, clock: SetClock) -> Iterator[tb.Book]:
    clock.now = START.replace(month=4)
    with tb.Book.open(sqlite_url, clock=clock) as opened:
        yield opened


def expected(lefts: Iterator[tuple[str, int]]) -> dict[str, int]:
    sums = {"spring": 0, "summer": 0}
    for rule, left in lefts:
        if rule in RULES:
            sums[RULES[rule]] += left if RULES[rule] == "spring" else -(-left * 2 // 3)
    return sums


def test_a_budget_is_drawn_by_what_was_given_and_never_beyond(book: tb.Book, sqlite_url: str) -> None:
    programs = iter(range(10**6))

    @settings(
        max_examples=EXAMPLES * TIMES_LONGER,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        code = f"shop-{next(programs)}"
        book.apply(BUDGETED.replace("program: shop", f"program: {code}"))
        members = [f"{code}-{name}" for name in ("amy", "bob")]
        told: list[tb.RecordEvent] = []
        for member in members:
            book.do(tb.Enroll(program=code, member=member, request_id="e"))
            events = data.draw(histories())
            told += [msgspec.structs.replace(event, program=code, member=member) for event in events]
        replies: dict[str, dict[str, tb.EventRecorded]] = {member: {} for member in members}
        for command in data.draw(st.permutations(told)):
            reply = book.do(command)
            replies[command.member][reply.event] = reply
            lefts = (left for member in members for left in left_of(sqlite_url, replies[member], member))
            now = {name: drawn(sqlite_url, code)[name] for name in MOST}
            assert now == expected(lefts)
            assert all(now[name] <= most for name, most in MOST.items())
        assert [checked.disagreement for checked in book.verify(code) if checked.disagreement] == []

    holds()
