"""Hostile requests: no rpc crashes, none fails inside, none tells what it should not, none changes anything
but what it says.
"""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tallybook as tb
from sqlalchemy import create_engine, text

from tests.torture.found import problems
from tests.torture.hostile.assault import TELLTALE, Account, RpcMethods, assault
from tests.torture.hostile.messages import MEMBERS, PROGRAM
from tests.torture.seeds import randomness
from tests.torture.service import Service, serving

CALLS_SHORT = 6_000
CALLS_LONG = 100_000
PROGRAM_DOCUMENT = f"""
program: {PROGRAM}
timezone: America/New_York
units:
  points: {{kind: redeemable}}
  growth: {{kind: qualifying}}
  USD: {{kind: money, scale: 2}}
stored_value:
  USD:
    currency: USD
    plans: {{big: {{steps: [{{pay: 1, bonus: "0.20"}}], budget: 1000}}}}
    jurisdiction: {{reactivation: true}}
events:
  check_in: {{attributes: {{a: number}}}}
rules:
  base:
    unit: points
    formula: {{kind: rate, units: 1, per: "0.10", currency: USD}}
    condition: 'order.ordinal > 0 && !("x" in event.attributes)'
    caps: [{{period: day, most: 500}}]
  dairy:
    unit: points
    formula: {{kind: multiplier, times: "1.5"}}
    lines: {{categories: [dairy]}}
    budget: spring
  visit: {{event: check_in, unit: growth, formula: {{kind: fixed, units: 5}}}}
budgets:
  spring: {{unit: points, most: 100}}
"""


@pytest.fixture
def service(database_url: str, tmp_path: Path) -> Iterator[Service]:
    with tb.Book.open(database_url) as book:
        book.apply(PROGRAM_DOCUMENT)
        for member in MEMBERS:
            book.do(tb.Enroll(program=PROGRAM, member=member, request_id="joined"))
            book.do(tb.Award(program=PROGRAM, member=member, request_id="welcome", unit="points", amount=500))
    with serving(database_url, tmp_path, workers=1) as started:
        yield started


def entries_of(url: str) -> set[tuple[str, str, str]]:
    """Program, member and request id of every entry that a request asked for."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT program, member, request_id FROM entry WHERE request_id IS NOT NULL")
        ).all()
    engine.dispose()
    return {(row[0], row[1], row[2]) for row in rows}


def withstand(service: Service, url: str, calls: int) -> Account:
    """Let a service be assaulted, and look at it and at the book afterwards."""
    before = entries_of(url)
    account = asyncio.run(assault(service.address, calls, randomness(f"assault {url[:6]}")))
    errors = [line for line in service.log().splitlines() if '"level": "error"' in line]
    assert not account.faults, "\n".join([*account.faults, *errors])
    assert not errors, "\n".join(errors)
    entries = entries_of(url)
    assert before | account.recorded <= entries
    assert entries <= before | account.recorded | account.unheard
    assert problems(url, PROGRAM) == []
    assert service.count("worker_died") == 0
    return account


def test_hostile_requests_change_nothing_but_what_they_say(
    service: Service, database_url: str, print_figures: Callable[..., Any]
) -> None:
    account = withstand(service, database_url, CALLS_SHORT)
    assert len(account.statuses) >= 5, account.statuses
    events = {each for each in account.recorded if each[2].startswith(("purchase/", "refund/", "event/"))}
    assert events, "an assault that gets nothing through says little"
    assert account.recorded - events
    print_figures("fuzz", calls_fuzzed=account.calls, internal=0, statuses=dict(account.statuses))


@pytest.mark.torture
def test_a_hundred_thousand_hostile_requests(
    service: Service, database_url: str, print_figures: Callable[..., Any]
) -> None:
    account = withstand(service, database_url, CALLS_LONG)
    print_figures("fuzz_long", calls_fuzzed=account.calls, internal=0, statuses=dict(account.statuses))


def test_the_assault_reaches_every_rpc() -> None:
    assert {method.containing_service.name for method in RpcMethods} == {
        "CardService",
        "CheckoutService",
        "CouponService",
        "DrawService",
        "EventService",
        "GrantService",
        "MallService",
        "MemberService",
        "MembershipService",
        "PointsService",
        "ProgramService",
        "ReferralService",
        "ReportService",
        "StoredValueService",
        "TaskService",
        "TierService",
    }
    assert len(RpcMethods) >= 100


@pytest.mark.parametrize(
    "leak",
    [
        "Traceback (most recent call last)",
        "(psycopg.errors.UniqueViolation) duplicate key",
        "KeyError: 'points'",
        "<Folio object at 0x7f00>",
    ],
)
def test_a_leak_would_be_seen(leak: str) -> None:
    assert TELLTALE.search(leak)
