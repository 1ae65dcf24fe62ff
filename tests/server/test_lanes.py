"""The batcher: who is carried out with whom, who waits, who is turned away, and who is dropped."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tallybook_server.errors import DeadlinePassed, Draining, Overloaded
from tallybook_server.lanes import Lane


class Gate:
    """Work that is done when the gate is open, and what was done, batch by batch."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.open.set()
        self.begun = threading.Event()
        self.batches: list[list[Any]] = []

    def run(self, pieces: Sequence[Any]) -> list[Any]:
        self.batches.append(list(pieces))
        self.begun.set()
        assert self.open.wait(20)
        return [f"done {piece}" for piece in pieces]

    async def close(self, lane: Lane) -> asyncio.Future[Any]:
        """Close the gate, with one piece of work standing in it."""
        self.open.clear()
        self.begun.clear()
        first = lane.put("first", None)
        await asyncio.to_thread(self.begun.wait, 20)
        return first


@asynccontextmanager
async def lane_of(gate: Gate, batch_max: int = 10, waiting_max: int = 100) -> AsyncIterator[Lane]:
    lane = Lane("test", gate.run, batch_max=batch_max, waiting_max=waiting_max)
    yield lane
    gate.open.set()
    await lane.close()


async def test_a_lone_piece_is_carried_out_at_once() -> None:
    gate = Gate()
    async with lane_of(gate) as lane:
        assert await lane.put("a", None) == ["done a"]
    assert gate.batches == [["a"]]


async def test_pieces_that_come_together_share_a_batch() -> None:
    gate = Gate()
    async with lane_of(gate) as lane:
        results = await asyncio.gather(*(lane.put(n, None) for n in range(10)))
    assert results == [[f"done {n}"] for n in range(10)]
    assert gate.batches == [list(range(10))]


async def test_newcomers_queue_while_a_batch_is_under_way() -> None:
    gate = Gate()
    async with lane_of(gate) as lane:
        first = await gate.close(lane)
        others = [lane.put(n, None) for n in range(25)]
        gate.open.set()
        await asyncio.gather(first, *others)
    assert [len(batch) for batch in gate.batches] == [1, 10, 10, 5]
    assert [piece for batch in gate.batches[1:] for piece in batch] == list(range(25))


async def test_more_than_the_limit_are_turned_away() -> None:
    gate = Gate()
    async with lane_of(gate, waiting_max=5) as lane:
        first = await gate.close(lane)
        others = [lane.put(n, None) for n in range(4)]
        with pytest.raises(Overloaded) as caught:
            lane.put("too many", None)
        assert 20 <= caught.value.retry_ms <= 2_000
        gate.open.set()
        await asyncio.gather(first, *others)
        assert await lane.put("room again", None) == ["done room again"]


async def test_who_went_away_is_dropped_before_its_turn() -> None:
    gate = Gate()
    async with lane_of(gate) as lane:
        first = await gate.close(lane)
        gone, stays = lane.put("gone", None), lane.put("stays", None)
        gone.cancel()
        gate.open.set()
        assert await stays == ["done stays"]
        assert await first == ["done first"]
    assert gate.batches == [["first"], ["stays"]]


async def test_what_has_begun_is_carried_out_whoever_waits() -> None:
    gate = Gate()
    async with lane_of(gate) as lane:
        first = await gate.close(lane)
        first.cancel()
        gate.open.set()
        assert await lane.put("next", None) == ["done next"]
    assert gate.batches == [["first"], ["next"]]


async def test_a_deadline_that_passed_is_not_carried_out() -> None:
    gate = Gate()
    async with lane_of(gate) as lane:
        await gate.close(lane)
        late, in_time = lane.put("late", 0.01), lane.put("in time", 60)
        await asyncio.sleep(0.05)
        gate.open.set()
        (outcome,) = await late
        assert isinstance(outcome, DeadlinePassed)
        assert await in_time == ["done in time"]
    assert gate.batches == [["first"], ["in time"]]


async def test_single_pieces_overtake_a_bulk_request() -> None:
    gate = Gate()
    async with lane_of(gate) as lane:
        await gate.close(lane)
        bulk = lane.put_all([f"b{n}" for n in range(30)], None)
        single = lane.put("single", None)
        gate.open.set()
        await single
        chunks = await bulk
    assert [outcome for chunk in chunks for outcome in chunk] == [f"done b{n}" for n in range(30)]
    assert "single" in gate.batches[1]


async def test_a_bulk_request_is_not_starved_by_single_pieces() -> None:
    gate = Gate()
    async with lane_of(gate) as lane:
        await gate.close(lane)
        singles = [lane.put(n, None) for n in range(50)]
        bulk = lane.put_all(["b"] * 5, None)
        gate.open.set()
        await bulk
        await asyncio.gather(*singles)
    assert gate.batches[1] == [0, 1, 2, 3, 4, "b", "b", "b", "b", "b"]


async def test_a_bulk_request_is_taken_whole_or_not() -> None:
    gate = Gate()
    async with lane_of(gate, waiting_max=20) as lane:
        await gate.close(lane)
        bulk = lane.put_all(["a"] * 15, None)
        with pytest.raises(Overloaded):
            lane.put_all(["b"] * 6, None)
        room = asyncio.create_task(lane.room_for(6))
        await asyncio.sleep(0.01)
        assert not room.done()
        gate.open.set()
        await asyncio.gather(bulk, room)
    assert all("b" not in batch for batch in gate.batches)


async def test_a_bulk_request_given_up_goes_no_further() -> None:
    gate = Gate()
    async with lane_of(gate) as lane:
        await gate.close(lane)
        bulk = lane.put_all(["a"] * 30, None)
        bulk.cancel()
        gate.open.set()
        await lane.put("after", None)
    assert gate.batches == [["first"], ["after"]]


async def test_a_bulk_request_given_up_unheard_is_no_error() -> None:
    gate, complaints = Gate(), list[dict[str, Any]]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    async with lane_of(gate) as lane:
        await gate.close(lane)
        lane.put_all(["a"] * 30, None).cancel()
        gate.open.set()
        await lane.put("after", None)
        gc.collect()
    assert complaints == []


async def test_a_bulk_request_given_up_by_who_waits_for_it_goes_no_further() -> None:
    gate = Gate()
    async with lane_of(gate) as lane:
        await gate.close(lane)
        waiting = asyncio.ensure_future(_answers(lane, 30))
        await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        gate.open.set()
        await lane.put("after", None)
    assert gate.batches == [["first"], ["after"]]


async def _answers(lane: Lane, count: int) -> list[Any]:
    return await lane.put_all(["a"] * count, None)


async def test_a_bulk_request_of_nothing_is_answered_at_once() -> None:
    async with lane_of(Gate()) as lane:
        assert await lane.put_all([], None) == []


async def test_a_bulk_request_whose_deadline_passes_is_answered_whole() -> None:
    gate = Gate()
    async with lane_of(gate) as lane:
        await gate.close(lane)
        late = lane.put_all(["a"] * 12, 0.01)
        await asyncio.sleep(0.05)
        gate.open.set()
        outcomes = [outcome for chunk in await late for outcome in chunk]
    assert [type(each) for each in outcomes] == [DeadlinePassed] * 12
    assert gate.batches == [["first"]]


async def test_a_closed_lane_finishes_and_takes_no_more() -> None:
    gate = Gate()
    async with lane_of(gate) as lane:
        await gate.close(lane)
        queued = [lane.put(n, None) for n in range(15)]
        closing = asyncio.create_task(lane.close())
        await asyncio.sleep(0.01)
        with pytest.raises(Draining):
            lane.put("late", None)
        with pytest.raises(Draining):
            lane.put_all(["late"], None)
        gate.open.set()
        await closing
        assert [await each for each in queued] == [[f"done {n}"] for n in range(15)]
