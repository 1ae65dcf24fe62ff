"""A crowd that comes at its own pace, however long answers take. Knows the client's stubs, and no server."""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter
from dataclasses import dataclass, field

import grpc
from google.rpc import error_details_pb2, status_pb2
from tallybook_client._gen.tallybook.v1 import points_service_pb2_grpc, posting_pb2

TICK_S = 0.02
PATIENCE_S = 30
PROGRAM, MEMBERS = "demo", 200


@dataclass
class Seen:
    """What a crowd was told, and how long it waited for it."""

    offered: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    served_s: list[float] = field(default_factory=list)
    shed_s: list[float] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)
    without_hint: int = 0
    acknowledged: list[str] = field(default_factory=list)

    def p99_s(self) -> float:
        """How long all but one in a hundred of those served waited at most."""
        ordered = sorted(self.served_s)
        return ordered[math.ceil(len(ordered) * 0.99) - 1]


async def come(address: str, per_second: int, seconds: int, name: str) -> Seen:
    """Offer so many awards a second, each once, whatever becomes of those before."""
    seen = Seen()
    async with grpc.aio.insecure_channel(address, options=[("grpc.enable_retries", 0)]) as channel:
        award = points_service_pb2_grpc.PointsServiceStub(channel).Award
        begun, waiting = time.monotonic(), set()
        while (passed := time.monotonic() - begun) < seconds:
            for _ in range(int(passed * per_second) - seen.offered):
                request_id = f"{name}-{seen.offered}"
                waiting.add(asyncio.create_task(_ask(award, request_id, seen.offered % MEMBERS, seen)))
                seen.offered += 1
            await asyncio.sleep(TICK_S)
        await asyncio.gather(*waiting)
    return seen


async def _ask(award: grpc.aio.UnaryUnaryMultiCallable, request_id: str, member: int, seen: Seen) -> None:
    request = posting_pb2.AwardRequest(
        program=PROGRAM, member=f"m{member}", request_id=request_id, unit="points", amount=1
    )
    begun = time.monotonic()
    try:
        await award(request, timeout=PATIENCE_S)
    except grpc.aio.AioRpcError as error:
        seen.statuses[error.code().name] += 1
        seen.said[error.details() or ""] += 1
        if error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED:
            seen.shed_s.append(time.monotonic() - begun)
            seen.without_hint += not _has_hint(error)
        return
    seen.statuses["OK"] += 1
    seen.served_s.append(time.monotonic() - begun)
    seen.acknowledged.append(request_id)


def _has_hint(error: grpc.aio.AioRpcError) -> bool:
    """Whether a refusal says when to come again, for people's code and for gRPC's own retries."""
    trailers = dict(error.trailing_metadata() or ())
    status = status_pb2.Status.FromString(trailers.get("grpc-status-details-bin", b""))
    hints = [each for each in status.details if each.Is(error_details_pb2.RetryInfo.DESCRIPTOR)]
    return bool(hints) and int(trailers.get("grpc-retry-pushback-ms", 0)) > 0
