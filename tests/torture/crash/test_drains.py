"""A server that is told to stop, and another that takes its place: no call fails, and none is done twice."""

import asyncio
from pathlib import Path

import tallybook as tb
from tallybook_client import AsyncTallybookClient

from tests.torture.service import Service, serving

PROGRAM, MEMBER, UNIT = "demo", "m1", "points"
CLIENTS = 12
RESTARTS = 2
BETWEEN_S = 0.5
PATIENCE_S = 60


async def test_a_server_is_replaced_without_a_failed_call(database_url: str, tmp_path: Path) -> None:
    with tb.Book.open(database_url) as book:
        book.apply(tb.DEMO_PROGRAM)
        book.do(tb.Enroll(program=PROGRAM, member=MEMBER, request_id="enroll"))
    workers = 1 if database_url.startswith("sqlite") else 2
    with serving(database_url, tmp_path, workers=workers) as service:
        awarded = await _award_through_restarts(service)
    with tb.Book.open(database_url) as book:
        balance = book.ask(tb.Balances(program=PROGRAM, member=MEMBER)).of(UNIT)
    assert balance.available == awarded
    assert service.count("draining") == (RESTARTS + 1) * workers


async def _award_through_restarts(service: Service) -> int:
    """Award one point after the other while the server is replaced; returns how many were given."""
    closing = asyncio.Event()

    async def award_again_and_again(name: int) -> int:
        given = 0
        async with AsyncTallybookClient(service.address, program=PROGRAM, timeout=PATIENCE_S) as client:
            while not closing.is_set():
                await client.award(MEMBER, amount=1, unit=UNIT, request_id=f"{name}-{given}")
                given += 1
        return given

    async with asyncio.TaskGroup() as calling:
        tasks = [calling.create_task(award_again_and_again(name)) for name in range(CLIENTS)]
        for _ in range(RESTARTS):
            await asyncio.sleep(BETWEEN_S)
            await asyncio.to_thread(service.stop)
            await asyncio.to_thread(service.start)
        await asyncio.sleep(BETWEEN_S)
        closing.set()
    return sum(task.result() for task in tasks)
