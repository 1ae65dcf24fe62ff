"""Sixty-four clients with a connection each, spread over all workers of a server."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import tallybook as tb
from tallybook_client import AsyncTallybookClient, Refused

from tests.torture.service import serving

CLIENTS = 64
PATIENCE_S = 60


@pytest.fixture
def document() -> str:
    """The program that clients meet on."""
    return tb.DEMO_PROGRAM


@pytest.fixture
async def clients(
    database_url: str, tmp_path: Path, document: str
) -> AsyncIterator[list[AsyncTallybookClient]]:
    """Clients with a connection each, spread over all workers: two on PostgreSQL, one on SQLite."""
    workers = 1 if database_url.startswith("sqlite") else 2
    with tb.Book.open(database_url) as book:
        program = book.apply(document).program
    with serving(database_url, tmp_path, workers=workers) as service:
        async with AsyncExitStack() as connected:
            clients = [
                await connected.enter_async_context(
                    AsyncTallybookClient(service.address, program=program, timeout=PATIENCE_S)
                )
                for _ in range(CLIENTS)
            ]
            await all_at_once(client.get_program() for client in clients)
            spread = service.connections()
            assert len(spread) == workers
            assert spread.total() == CLIENTS
            yield clients


async def all_at_once(calls: Any) -> list[Any]:
    """The replies, and the refusals, in order."""

    async def outcome(call: Awaitable[Any]) -> Any:
        try:
            return await call
        except Refused as refused:
            return refused

    return await asyncio.gather(*map(outcome, calls))
