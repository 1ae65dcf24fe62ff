"""A fake server for each test, and both clients: a test of behaviour runs once with each."""

import asyncio
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tallybook_client import AsyncTallybookClient, TallybookClient

from tests.client.fake_server import FakeServer

Use = Callable[[Any], Any]
Run = Callable[..., Any]


@pytest.fixture
def server() -> Iterator[FakeServer]:
    server = FakeServer()
    yield server
    server.stop()


@pytest.fixture(params=["blocking", "awaiting"])
def run(request: pytest.FixtureRequest, server: FakeServer) -> Run:
    """Runs `use(client)` against the fake server, and gives what comes of it: of an iterator, the list."""

    def blocking(use: Use, **options: Any) -> Any:
        with TallybookClient(server.address, program="demo", **options) as client:
            result = use(client)
            return list(result) if isinstance(result, Iterator) else result

    async def awaiting(use: Use, options: dict[str, Any]) -> Any:
        async with AsyncTallybookClient(server.address, program="demo", **options) as client:
            result = use(client)
            if inspect.isasyncgen(result):
                return [each async for each in result]
            return await result

    if request.param == "blocking":
        return blocking
    return lambda use, **options: asyncio.run(awaiting(use, options))
