"""Calls that wait for a database that does not answer: bounded, dropped when late, carried out once."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from queue import SimpleQueue
from typing import Any

import grpc
import grpc.aio
import pytest
from google.rpc.error_details_pb2 import ErrorInfo, RetryInfo
from google.rpc.status_pb2 import Status
from tallybook_client import TallybookClient, errors, requests
from tallybook_client._gen.tallybook.v1.batch_pb2 import PostCommand, StreamPostRequest
from tallybook_client._gen.tallybook.v1.points_service_pb2_grpc import PointsServiceStub
from tallybook_client._gen.tallybook.v1.posting_pb2 import AwardRequest
from tallybook_client.status import error_of_call

from tests.server.blocking import writes_blocked
from tests.server.serving import Served, serving

AWARD = "/tallybook.v1.PointsService/Award"
QUEUE_LIMIT = 2_000


def award(member: str, request_id: str) -> bytes:
    request = AwardRequest(program="shop", member=member, request_id=request_id, unit="points", amount=1)
    return request.SerializeToString()


def kinds(client: TallybookClient, member: str) -> list[str]:
    return [entry.request_id for entry in client.list_entries(member)][::-1][1:]


def await_begun(served: Served) -> None:
    """Long enough for a call to reach the database, where it waits for the lock."""
    time.sleep(0.5)


async def test_more_than_can_wait_are_told_to_come_again(served: Served, member: str) -> None:
    count = QUEUE_LIMIT + 200
    async with (
        grpc.aio.insecure_channel(served.address) as one,
        grpc.aio.insecure_channel(served.address, options=[("grpc.use_local_subchannel_pool", 1)]) as two,
        grpc.aio.insecure_channel(served.address, options=[("grpc.use_local_subchannel_pool", 1)]) as three,
    ):
        channels = (one, two, three)
        sends = [channel.unary_unary(AWARD) for channel in channels]
        with writes_blocked(served.url):
            calls = [
                asyncio.ensure_future(sends[number % 3](award(member, f"r{number}"), timeout=60))
                for number in range(count)
            ]
            refusals = asyncio.as_completed(calls)
            for _, refusal in zip(range(count - QUEUE_LIMIT), refusals, strict=False):
                with pytest.raises(grpc.aio.AioRpcError):
                    await refusal
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, grpc.aio.AioRpcError)]
    assert len(refused) == count - QUEUE_LIMIT
    for error in refused:
        assert error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        trailers: dict[str, Any] = dict(error.trailing_metadata())
        assert int(trailers["grpc-retry-pushback-ms"]) >= 20
        status = Status.FromString(trailers["grpc-status-details-bin"])
        info, retry = ErrorInfo(), RetryInfo()
        assert status.details[0].Unpack(info)
        assert status.details[1].Unpack(retry)
        assert info.reason == "OVERLOADED"


def test_a_deadline_that_passed_in_the_queue_is_not_carried_out(
    served: Served, client: TallybookClient, member: str
) -> None:
    with served.channel() as channel:
        send = channel.unary_unary(AWARD)
        with writes_blocked(served.url):
            first = send.future(award(member, "begun"), timeout=30)
            await_begun(served)
            with pytest.raises(grpc.RpcError) as caught:
                send(award(member, "late"), timeout=0.3)
            assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED  # type: ignore[attr-defined]
        first.result()
    client.award(member, amount=1, unit="points", request_id="after")
    assert kinds(client, member) == ["begun", "after"]


def test_a_call_given_up_in_the_queue_is_not_carried_out_but_a_begun_one_is(
    served: Served, client: TallybookClient, member: str
) -> None:
    with served.channel() as channel:
        send = channel.unary_unary(AWARD)
        with writes_blocked(served.url):
            begun = send.future(award(member, "begun"), timeout=30)
            await_begun(served)
            queued = send.future(award(member, "given up"), timeout=30)
            await_begun(served)
            begun.cancel()
            queued.cancel()
            await_begun(served)
    client.award(member, amount=1, unit="points", request_id="after")
    assert kinds(client, member) == ["begun", "after"]


def test_reads_are_answered_while_writes_wait(served: Served, client: TallybookClient, member: str) -> None:
    with writes_blocked(served.url), served.channel() as channel:
        waiting = channel.unary_unary(AWARD).future(award(member, "waits"), timeout=30)
        await_begun(served)
        assert client.with_timeout(5).get_balances(member).version == 1
        assert client.with_timeout(5).award(member, amount=1, unit="points", validate_only=True).entry == 2
        waiting.cancel()


def test_the_last_points_are_spent_once(served: Served, client: TallybookClient, member: str) -> None:
    client.award(member, amount=10, unit="points")
    outcomes: list[Any] = []

    def redeem(number: int) -> None:
        with served.client() as own:
            try:
                outcomes.append(own.redeem(member, amount=10, unit="points", request_id=f"r{number}"))
            except errors.NotEnoughPoints as error:
                outcomes.append(error)

    threads = [threading.Thread(target=redeem, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 32
    assert sum(not isinstance(outcome, errors.NotEnoughPoints) for outcome in outcomes) == 1


def test_a_stream_that_stays_open_ends_with_draining(database_url: str) -> None:
    messages: SimpleQueue[StreamPostRequest | None] = SimpleQueue()
    with serving(database_url, "--workers", "1") as served, served.channel() as channel:
        with served.client() as client:
            client.enroll_member("streamer")
        command = PostCommand(award=AwardRequest.FromString(award("streamer", "r1")))
        messages.put(StreamPostRequest(sequence=1, program="shop", commands=[command]))
        answers = PointsServiceStub(channel).StreamPost(iter(messages.get, None), timeout=30)
        assert next(answers).results[0].award.entry == 2
        begun = time.monotonic()
        assert served.stop() == 0
        assert time.monotonic() - begun < 5
        with pytest.raises(grpc.RpcError) as caught:
            next(answers)
        messages.put(None)
    error = error_of_call(caught.value)
    assert (error.code, error.reason) == (grpc.StatusCode.UNAVAILABLE, "DRAINING")


def test_the_next_server_takes_up_a_stream(database_url: str) -> None:
    with serving(database_url, "--workers", "1") as served:
        address = served.address
        with served.client() as client:
            client.enroll_member("streamer")
    client = TallybookClient(address, program="shop", timeout=60)
    with serving(database_url, "--workers", "1", "--address", address) as first, client:
        answered = client.stream_post(_endless(), commands_per_message=10)
        entries = [_entry(next(answered)) for _ in range(55)]
        assert first.stop() == 0
        with serving(database_url, "--workers", "1", "--address", address):
            entries += [_entry(next(answered)) for _ in range(55)]
            answered.close()
    assert entries == list(range(2, 112))


def _endless() -> Iterator[requests.Command]:
    while True:
        yield requests.award("streamer", amount=1, unit="points")


def _entry(pair: tuple[Any, Any]) -> int:
    entry: int = pair[1].entry
    return entry
