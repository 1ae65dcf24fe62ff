"""PointsService: a member's units, given, spent, undone and read; one by one, in batches and as a stream."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Final

import tallybook as tb
from google.protobuf.message import Message
from tallybook_client._gen.tallybook.v1.batch_pb2 import (
    BatchPostRequest,
    BatchPostResponse,
    StreamPostRequest,
    StreamPostResponse,
)
from tallybook_client._gen.tallybook.v1.points_service_pb2 import (
    DESCRIPTOR,
    GetBalancesRequest,
    GetEntryRequest,
    GetEntryResponse,
    GetHoldRequest,
    GetHoldResponse,
    ListEntriesRequest,
    ListEntriesResponse,
)

from tallybook_server.book_lanes import Lanes
from tallybook_server.bulk_posts import BulkPost, carry_out, read_bulk
from tallybook_server.calls import Context, asking, listing, posting, read, streamed, unary
from tallybook_server.convert_days import moment
from tallybook_server.convert_views import balances_message, entry_message, hold_message
from tallybook_server.errors import Draining
from tallybook_server.kinds import POINTS
from tallybook_server.lanes import Outcomes
from tallybook_server.methods import Handler

NAME: Final = DESCRIPTOR.services_by_name["PointsService"].full_name
MESSAGES_UNDER_WAY_MAX: Final = 4
"""Of one stream. When so many wait for their answers, the next is not read from the connection."""


def handlers(lanes: Lanes) -> dict[str, Handler]:
    """The rpcs by name."""
    reads = {
        "GetBalances": _balances(lanes),
        "ListEntries": listing(ListEntriesRequest, lanes.history, _statement, _page, "entries"),
        "GetEntry": asking(GetEntryRequest, lanes.history, _entry, _one_entry),
        "GetHold": asking(GetHoldRequest, lanes.read, _hold, _one_hold),
    }
    bulk = {
        "BatchPost": unary(BatchPostRequest, _Batches(lanes).post, lambda _, response: response),
        "StreamPost": streamed(StreamPostRequest, _Streams(lanes).post),
    }
    return {kind.rpc: posting(kind, lanes) for kind in POINTS} | reads | bulk


# --- reading ---------------------------------------------------------------------------------------------


def _balances(lanes: Lanes) -> Handler:
    """Now is read from the folio, a past time from history: by the long way blocks no short one."""

    def start(request: GetBalancesRequest, context: Context) -> Awaitable[list[Any]]:
        if not request.HasField("as_of"):
            now = tb.Balances(program=request.program, member=request.member)
            return lanes.read.put(now, context.time_remaining())
        as_of = moment("as_of", request.as_of)
        then = tb.PastBalances(program=request.program, member=request.member, as_of=as_of)
        return lanes.history.put(then, context.time_remaining())

    def respond(request: GetBalancesRequest, answers: list[Any]) -> Message | tb.TallybookError:
        answer = answers[0]
        return answer if isinstance(answer, tb.TallybookError) else balances_message(answer, request.units)

    return unary(GetBalancesRequest, start, respond)


def _statement(request: ListEntriesRequest) -> tb.Statement:
    return tb.Statement(
        program=request.program,
        member=request.member,
        unit=request.unit,
        page_size=request.page_size,
        page_token=request.page_token,
    )


def _page(request: ListEntriesRequest, page: tb.Page) -> ListEntriesResponse:
    return ListEntriesResponse(
        entries=[entry_message(request.program, view) for view in page.entries],
        next_page_token=page.next_page_token,
    )


def _entry(request: GetEntryRequest) -> tb.GetEntry:
    return tb.GetEntry(program=request.program, member=request.member, entry=request.entry)


def _one_entry(request: GetEntryRequest, view: tb.EntryView) -> GetEntryResponse:
    return GetEntryResponse(entry=entry_message(request.program, view))


def _hold(request: GetHoldRequest) -> tb.GetHold:
    return tb.GetHold(program=request.program, member=request.member, hold_id=request.hold_id)


def _one_hold(_: GetHoldRequest, view: tb.HoldView) -> GetHoldResponse:
    return GetHoldResponse(hold=hold_message(view))


# --- bulk ------------------------------------------------------------------------------------------------


class _Batches:
    """BatchPost."""

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes

    async def post(self, request: BatchPostRequest, context: Context) -> BatchPostResponse:
        """Carry out a batch, or try it."""
        trial = request.validate_only
        bulk = await read_bulk(request.commands, request.program, trial)
        results = await carry_out(bulk, self._lanes, trial, context.time_remaining())
        return BatchPostResponse(results=results)


@dataclass(frozen=True, slots=True)
class _Started:
    """A message of a stream whose commands wait or are being carried out."""

    sequence: int
    bulk: BulkPost
    chunks: asyncio.Future[list[Outcomes]]

    async def response(self) -> bytes:
        """The answer, when it is there."""
        outcomes = [outcome for chunk in await self.chunks for outcome in chunk]
        results = await self.bulk.results(outcomes)
        return StreamPostResponse(sequence=self.sequence, results=results).SerializeToString()


class _Streams:
    """StreamPost."""

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes

    async def post(self, requests: Any, context: Context) -> None:
        """Carry out message after message and answer in their order, with several under way."""
        started: asyncio.Queue[_Started | None] = asyncio.Queue()
        slots = asyncio.Semaphore(MESSAGES_UNDER_WAY_MAX)
        taking = asyncio.create_task(self._take(requests, context, started, slots))
        self._lanes.streams.add(taking)
        try:
            while (message := await started.get()) is not None:
                await context.write(await message.response())
                slots.release()
            if taking.cancelled():
                raise Draining
            await taking
        finally:
            self._lanes.streams.discard(taking)
            taking.cancel()
            _give_up(started)

    async def _take(
        self,
        requests: Any,
        context: Context,
        started: asyncio.Queue[_Started | None],
        slots: asyncio.Semaphore,
    ) -> None:
        """Queue messages one after the other; ends with None in `started`, whatever ends it."""
        write = self._lanes.write
        try:
            async for raw in requests:
                await slots.acquire()
                request = read(StreamPostRequest, raw)
                bulk = await read_bulk(request.commands, request.program, trial=False)
                await write.room_for(len(bulk.pieces))
                chunks = write.put_all(bulk.pieces, context.time_remaining())
                started.put_nowait(_Started(request.sequence, bulk, chunks))
        finally:
            started.put_nowait(None)


def _give_up(started: asyncio.Queue[_Started | None]) -> None:
    """Nobody waits for these any more: what has not begun shall not begin."""
    while not started.empty():
        message = started.get_nowait()
        if message is not None:
            message.chunks.cancel()
