"""Three times what the service can do: it sheds with a hint, serves the rest in bounded time, and recovers.

What it can do is set by a database that takes its time, so that the crowd fits on the machine beside it.
"""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import tallybook as tb

from tests.torture.found import problems, read_book
from tests.torture.overload.crowd import MEMBERS, PROGRAM, Seen, come
from tests.torture.seeds import randomness
from tests.torture.service import Service, serving
from tests.torture.wire.database_faults import server_of, through
from tests.torture.wire.proxy import Connection, Proxy

REPLY_AFTER_S = 0.15
QUEUE_LIMIT = 1_000
CALM_PER_S = 100
TOO_MANY_TIMES = 3
RECOVERED_WITHIN_S = 2.0
GROWTH_MAX = 1.2
SECONDS = [6, pytest.param(120, marks=[pytest.mark.torture, pytest.mark.timeout(1800)])]


class Slow(Connection[str]):
    """A connection to a database that thinks about each of its answers."""

    async def from_client(self, data: bytes) -> None:
        await self.to_server(data)

    async def from_server(self, data: bytes) -> None:
        await asyncio.sleep(REPLY_AFTER_S)
        await self.to_client(data)


@pytest.fixture
def slow_service(postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with tb.Book.open(postgresql_url) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(
            [tb.Enroll(program=PROGRAM, member=f"m{each}", request_id="joined") for each in range(MEMBERS)]
        )
    monkeypatch.setenv("TALLYBOOK_QUEUE_LIMIT", str(QUEUE_LIMIT))
    monkeypatch.setenv("TALLYBOOK_SWEEP_SECONDS", "0")
    with (
        Proxy(server_of(postgresql_url), Slow, randomness("overload")) as proxy,
        serving(through(proxy, postgresql_url), tmp_path, workers=1) as service,
    ):
        yield service


def memory_of(service: Service) -> int:
    """Resident bytes of the workers."""
    return sum(psutil.Process(worker.pid).memory_info().rss for worker in service.workers())


def crowd(service: Service, per_second: int, seconds: int, name: str) -> Seen:
    return asyncio.run(come(service.address, per_second, seconds, name))


@pytest.mark.parametrize("seconds", SECONDS)
def test_too_large_a_crowd_is_shed_and_the_rest_is_served(
    slow_service: Service, postgresql_url: str, seconds: int, print_figures: Callable[..., Any]
) -> None:
    calm = crowd(slow_service, CALM_PER_S, 2, "calm")
    assert calm.statuses == {"OK": calm.offered}
    # Batches of a hundred, two answers of the database for each.
    capacity = int(100 / (2 * REPLY_AFTER_S))
    first = crowd(slow_service, TOO_MANY_TIMES * capacity, 3, "first")
    before = memory_of(slow_service)

    rush = crowd(slow_service, TOO_MANY_TIMES * capacity, seconds, "rush")
    after = memory_of(slow_service)
    relief = crowd(slow_service, CALM_PER_S // 10, 1, "relief")

    assert set(rush.statuses) <= {"OK", "RESOURCE_EXHAUSTED"}, rush.said
    assert rush.without_hint == 0
    # What is let in waits for the queue before it, and no longer.
    served_per_s = len(rush.served_s) / (seconds + rush.p99_s())
    assert rush.p99_s() <= 2 * QUEUE_LIMIT / served_per_s
    assert after <= GROWTH_MAX * before
    assert relief.statuses == {"OK": relief.offered}
    assert max(relief.served_s) <= RECOVERED_WITHIN_S

    found = read_book(postgresql_url, PROGRAM)
    recorded = {request_id for _, request_id in found.entries}
    asked = {*calm.acknowledged, *first.acknowledged, *rush.acknowledged, *relief.acknowledged}
    assert recorded - {"joined"} == asked, "what was shed has left nothing, what was served is there"
    assert problems(postgresql_url, PROGRAM) == []
    print_figures(
        "overload",
        offered=rush.offered,
        served=len(rush.served_s),
        shed=len(rush.shed_s),
        p99_ms=round(rush.p99_s() * 1000),
        memory_ratio=round(after / before, 2),
        recovered_ms=round(max(relief.served_s) * 1000),
    )
