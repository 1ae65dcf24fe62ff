"""worker_memory: the most memory a server worker has had after a million awards, against ten thousand."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

import grpc.aio
import tallybook as tb
import uvloop
from tallybook_client._gen.tallybook.v1.batch_pb2 import BatchPostRequest, BatchPostResponse, PostCommand
from tallybook_client._gen.tallybook.v1.posting_pb2 import AwardRequest

from bench.awards import UNIT, Crowd, Wish, Wishes, admit
from bench.figures import Figure
from bench.server import server
from bench.stage import Bar, Length, Stage

BATCH_POST: Final = "/tallybook.v1.PointsService/BatchPost"
CALL_SECONDS_MAX: Final = 60


@dataclass(frozen=True, slots=True)
class Size:
    """How many awards the worker is sent before each reading of its memory, and how they are sent."""

    first: int
    second: int
    members: int = 50_000
    batch: int = 100
    in_flight: int = 4


SIZES: Final = {
    Length.QUICK: Size(first=1_000, second=3_000, members=500),
    Length.DEFAULT: Size(first=10_000, second=1_000_000),
    Length.LONG: Size(first=10_000, second=1_000_000),
}


def run(stage: Stage) -> Figure:
    """Send awards to one worker, and read its highest memory on the way and at the end."""
    size = SIZES[stage.length]
    crowd = Crowd(size.members)
    wishes = Wishes(crowd, "memory")
    with stage.database() as url, stage.bar("worker_memory", size.second) as bar:
        with tb.Book.open(url) as book:
            admit(book, crowd)
        with server(url, workers=1) as served:
            at_start = served.peak_memory_kb()
            uvloop.run(_send(served.address, wishes, size.first, size, bar))
            after_first = served.peak_memory_kb()
            uvloop.run(_send(served.address, wishes, size.second - size.first, size, bar))
            after_second = served.peak_memory_kb()
    return Figure(
        ratio=after_second / after_first,
        sides={
            f"after_{size.second}": {"peak_kb": after_second},
            f"after_{size.first}": {"peak_kb": after_first},
        },
        parameters=asdict(size),
        beside={"peak_kb_at_start": at_start},
    )


async def _send(address: str, wishes: Wishes, awards: int, size: Size, bar: Bar) -> None:
    """Send so many awards in batches, some of them in flight at a time."""
    batches = iter(range(awards // size.batch))
    async with grpc.aio.insecure_channel(address) as channel:
        post: grpc.aio.UnaryUnaryMultiCallable[BatchPostRequest, BatchPostResponse] = channel.unary_unary(
            BATCH_POST, BatchPostRequest.SerializeToString, BatchPostResponse.FromString
        )

        async def one_after_the_other() -> None:
            for _ in batches:
                response = await post(_request(wishes.take(size.batch)), timeout=CALL_SECONDS_MAX)
                _check(response, size.batch)
                bar.advance(size.batch)

        await asyncio.gather(*(one_after_the_other() for _ in range(size.in_flight)))


def _request(wishes: list[Wish]) -> BatchPostRequest:
    return BatchPostRequest(program=wishes[0].program, commands=_commands(wishes))


def _commands(wishes: list[Wish]) -> Iterator[PostCommand]:
    for _, member, request_id, fund, amount in wishes:
        award = AwardRequest(member=member, request_id=request_id, unit=UNIT, amount=amount, fund=fund)
        yield PostCommand(award=award)


def _check(response: BatchPostResponse, expected: int) -> None:
    """Every award must have been carried out, and for the first time."""
    for result in response.results:
        if result.WhichOneof("result") != "award" or result.award.replayed:
            raise AssertionError(f"an award was not carried out: {result}")
    if len(response.results) != expected:
        raise AssertionError(f"{len(response.results)} results for {expected} awards")
