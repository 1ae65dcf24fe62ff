"""A client that is closed while calls are under way: each of them ends with an error that tells it."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from tallybook_client import AsyncTallybookClient, RetryPolicy, TallybookClient, errors, requests
from tallybook_client._gen.tallybook.v1.posting_pb2 import AwardResponse

from tests.client.fake_server import FakeServer, Refuse, Slow

AWAY = Refuse(grpc.StatusCode.UNAVAILABLE, "DRAINING")
SLOW = RetryPolicy(pause_first=0.5, pause_max=0.5)
CALLS: dict[str, Callable[[Any], Any]] = {
    "a call": lambda client: client.award("m1", amount=5, unit="points"),
    "a stream of replies": lambda client: client.verify(),
    "a stream of commands": lambda client: client.stream_post(
        [requests.award("m1", amount=5, unit="points")]
    ),
}


def outcome(act: Callable[[], Any]) -> BaseException | None:
    try:
        found = act()
        if isinstance(found, Iterator):
            list(found)
    except Exception as error:  # noqa: BLE001 - what it is, is the question
        return error
    return None


async def awaited(found: Any) -> BaseException | None:
    try:
        if hasattr(found, "__aiter__"):
            [each async for each in found]
        else:
            await found
    except BaseException as error:  # noqa: BLE001 - a cancellation is none of the exceptions
        return error
    return None


def assert_tells_that_it_was_closed(error: BaseException | None) -> None:
    assert isinstance(error, errors.Failed), repr(error)
    assert (error.code, error.in_doubt) == (grpc.StatusCode.CANCELLED, True)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_closed_client_says_so(server: FakeServer, call: Callable[[Any], Any]) -> None:
    client = TallybookClient(server.address, program="demo")
    client.close()
    assert_tells_that_it_was_closed(outcome(lambda: call(client)))


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_closed_client_that_is_awaited_says_so(server: FakeServer, call: Callable[[Any], Any]) -> None:
    async def use() -> BaseException | None:
        client = AsyncTallybookClient(server.address, program="demo")
        await client.close()
        return await awaited(call(client))

    assert_tells_that_it_was_closed(asyncio.run(use()))


def test_a_client_is_closed_between_two_attempts(server: FakeServer) -> None:
    server.answers("award", AWAY)
    client = TallybookClient(server.address, program="demo", retry=SLOW)
    closing = threading.Timer(0.1, client.close)
    closing.start()
    error = outcome(lambda: client.with_timeout(4).award("m1", amount=5, unit="points"))
    closing.join()
    assert_tells_that_it_was_closed(error)


@pytest.mark.parametrize("wait", [0.1, 0.0], ids=["between two attempts", "in the first"])
def test_an_awaited_call_is_not_taken_for_cancelled(server: FakeServer, wait: float) -> None:
    server.answers("award", AWAY if wait else Slow(0.5, AwardResponse()))

    async def use() -> BaseException | None:
        client = AsyncTallybookClient(server.address, program="demo", retry=SLOW)
        calling = asyncio.create_task(awaited(client.award("m1", amount=5, unit="points")))
        await asyncio.sleep(wait or 0.2)
        await client.close()
        return await calling

    assert_tells_that_it_was_closed(asyncio.run(use()))


def test_who_cancels_an_awaited_call_hears_that(server: FakeServer) -> None:
    server.answers("award", AWAY)

    async def use() -> BaseException | None:
        async with AsyncTallybookClient(server.address, program="demo", retry=SLOW) as client:
            calling = asyncio.create_task(awaited(client.award("m1", amount=5, unit="points")))
            await asyncio.sleep(0.1)
            calling.cancel()
            return await calling

    assert isinstance(asyncio.run(use()), asyncio.CancelledError)
