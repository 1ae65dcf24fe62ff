"""A load generator: so many calls in flight for so long, from a process of its own; prints one JSON line.

    python -m bench.load --address 127.0.0.1:50051 --rpc award --in-flight 64 --seconds 10

A call counts when its status is OK. Every command has a request id of its own, and a replayed reply is a
failure: a generator that repeats itself measures memory. Requests are serialized before the clock starts, so
that all calls cost this side the same. `--rpc empty` needs a server that was started with `--bench-empty`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain, count, islice
from typing import Any

import grpc
import grpc.aio
import uvloop
from tallybook_client._gen.tallybook.v1.coupon_pb2 import ClaimCouponRequest, ClaimCouponResponse
from tallybook_client._gen.tallybook.v1.event_pb2 import (
    Purchase,
    PurchaseLine,
    RecordEventRequest,
    RecordEventResponse,
    Tender,
)
from tallybook_client._gen.tallybook.v1.mall_pb2 import PlaceOrderRequest, PlaceOrderResponse
from tallybook_client._gen.tallybook.v1.member_service_pb2 import EnrollMemberRequest
from tallybook_client._gen.tallybook.v1.points_service_pb2 import GetBalancesRequest
from tallybook_client._gen.tallybook.v1.posting_pb2 import AwardRequest, AwardResponse
from tallybook_client._gen.tallybook.v1.stored_value_pb2 import SpendValueRequest, SpendValueResponse

CALL_SECONDS_MAX = 30
READY_PER_SECOND = 12_000
"""Requests made beforehand for each second; should they run out, the rest are made as they go."""
PATHS = {
    "award": "/tallybook.v1.PointsService/Award",
    "record_event": "/tallybook.v1.EventService/RecordEvent",
    "spend": "/tallybook.v1.StoredValueService/SpendValue",
    "claim": "/tallybook.v1.CouponService/ClaimCoupon",
    "order": "/tallybook.v1.MallService/PlaceOrder",
    "balances": "/tallybook.v1.PointsService/GetBalances",
    "enroll": "/tallybook.v1.MemberService/EnrollMember",
    "empty": "/tallybook.bench.Empty/Call",
}
OPTIONS = [("grpc.use_local_subchannel_pool", 1)]
REPLIES: dict[
    str,
    type[AwardResponse | RecordEventResponse | SpendValueResponse | ClaimCouponResponse | PlaceOrderResponse],
] = {
    "award": AwardResponse,
    "spend": SpendValueResponse,
    "claim": ClaimCouponResponse,
    "order": PlaceOrderResponse,
    "record_event": RecordEventResponse,
}
CATEGORIES = ("dairy", "bakery", "produce", "drinks")


@dataclass(frozen=True, slots=True)
class Load:
    """What to send. Members are named m0, m1, ..., and must be enrolled for awards."""

    address: str
    rpc: str = "award"
    in_flight: int = 64
    seconds: float = 10.0
    warm_up_seconds: float = 1.0
    channels: int = 1
    program: str = "demo"
    members: int = 20_000


@dataclass(slots=True)
class Tally:
    """What came of it: the latency of each call that was answered, in seconds, and other statuses by name."""

    latencies: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def figures(self) -> dict[str, Any]:
        """Calls a second, and latencies in milliseconds."""
        sorted_ms = sorted(latency * 1000 for latency in self.latencies)

        def percentile(share: float) -> float | None:
            return round(sorted_ms[int(len(sorted_ms) * share)], 3) if sorted_ms else None

        return {
            "per_second": round(len(sorted_ms) / self.seconds, 1),
            "p50_ms": percentile(0.5),
            "p99_ms": percentile(0.99),
            "answered": len(sorted_ms),
            "failures": dict(self.failures),
        }


def requests(load: Load) -> Iterator[bytes]:
    """Serialized requests, all different, members spread as evenly as it goes."""
    run = secrets.token_hex(4)
    # Another member first each time, so that generators side by side do not follow in each other's steps.
    offset = secrets.randbelow(load.members)
    make: dict[str, Callable[[int], bytes]] = {
        "award": lambda number: AwardRequest(
            program=load.program,
            member=f"m{(offset + number * 7919) % load.members}",
            request_id=f"{run}-{number}",
            unit="points",
            amount=number % 500 + 1,
        ).SerializeToString(),
        "record_event": lambda number: RecordEventRequest(
            program=load.program,
            member=f"m{(offset + number * 7919) % load.members}",
            purchase=_purchase(f"{run}-{number}", number),
        ).SerializeToString(),
        "claim": lambda number: ClaimCouponRequest(
            program=load.program,
            member=f"m{(offset + number * 7919) % load.members}",
            request_id=f"{run}-{number}",
            template="spring",
        ).SerializeToString(),
        "order": lambda number: PlaceOrderRequest(
            program=load.program,
            member=f"m{(offset + number * 7919) % load.members}",
            request_id=f"{run}-{number}",
            item="mug",
        ).SerializeToString(),
        "spend": lambda number: SpendValueRequest(
            program=load.program,
            member=f"m{(offset + number * 7919) % load.members}",
            request_id=f"{run}-{number}",
            unit="USD",
            amount=number % 5 + 1,
        ).SerializeToString(),
        "balances": lambda number: GetBalancesRequest(
            program=load.program, member=f"m{(offset + number * 7919) % load.members}"
        ).SerializeToString(),
        "enroll": lambda number: EnrollMemberRequest(
            program=load.program, member=f"m{number}", request_id="enroll"
        ).SerializeToString(),
        "empty": lambda number: b"",
    }
    endless = map(make[load.rpc], count())
    ready = list(islice(endless, int((load.seconds + load.warm_up_seconds) * READY_PER_SECOND)))
    return chain(ready, endless)


def _purchase(order_id: str, number: int) -> Purchase:
    """An order of three lines, paid by card."""
    lines = [
        PurchaseLine(
            sku=f"sku-{(number + line) % 500}",
            category=CATEGORIES[(number + line) % len(CATEGORIES)],
            quantity=line,
            amount=500 + number * 37 % 4_000,
        )
        for line in (1, 2, 3)
    ]
    total = sum(line.amount for line in lines)
    tender = Tender(kind="card", amount=total)
    return Purchase(order_id=order_id, currency="USD", lines=lines, tenders=[tender], channel="web")


async def generate(load: Load) -> Tally:
    """Keep the calls in flight, and count those that begin after the warm-up."""
    tally = Tally()
    upcoming = requests(load)
    channels: list[grpc.aio.Channel] = [
        grpc.aio.insecure_channel(load.address, options=OPTIONS) for _ in range(load.channels)
    ]
    sends: list[grpc.aio.UnaryUnaryMultiCallable[bytes, bytes]] = [
        channel.unary_unary(PATHS[load.rpc]) for channel in channels
    ]
    begin = time.perf_counter() + load.warm_up_seconds
    end = begin + load.seconds

    async def call_again_and_again(send: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes]) -> None:
        reply = b""
        while (sent := time.perf_counter()) < end:
            try:
                reply = await send(next(upcoming), timeout=CALL_SECONDS_MAX)
            except grpc.aio.AioRpcError as error:
                tally.failures[error.code().name] += 1
            else:
                if sent >= begin:
                    tally.latencies.append(time.perf_counter() - sent)
        # The last reply of each line of calls stands for the others: they are costly to read.
        if load.rpc in REPLIES and REPLIES[load.rpc].FromString(reply).replayed:
            tally.failures["replayed"] += 1
        if load.rpc == "record_event" and not RecordEventResponse.FromString(reply).rewards:
            tally.failures["unrewarded"] += 1

    await asyncio.gather(
        *(call_again_and_again(sends[number % load.channels]) for number in range(load.in_flight))
    )
    tally.seconds = time.perf_counter() - begin
    for channel in channels:
        await channel.close()
    return tally


async def enroll(load: Load) -> None:
    """Enroll the members, where they are not enrolled yet."""
    async with grpc.aio.insecure_channel(load.address) as channel:
        send: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes] = channel.unary_unary(PATHS["enroll"])
        numbers = iter(range(load.members))

        async def some() -> None:
            for number in numbers:
                request = EnrollMemberRequest(program=load.program, member=f"m{number}", request_id="enroll")
                await send(request.SerializeToString(), timeout=CALL_SECONDS_MAX)

        await asyncio.gather(*(some() for _ in range(load.in_flight)))


def run(load: Load) -> dict[str, Any]:
    """Generate the load in this process; its figures, beside what was asked for."""
    return asdict(load) | uvloop.run(generate(load)).figures()


def main() -> None:
    """Read the command line, generate, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--address", required=True)
    parser.add_argument("--rpc", choices=sorted(PATHS), default="award")
    parser.add_argument("--in-flight", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--warm-up-seconds", type=float, default=1.0)
    parser.add_argument("--channels", type=int, default=1, help="connections that the calls are spread over")
    parser.add_argument("--program", default="demo")
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--enroll", action="store_true", help="enroll the members first")
    given = vars(parser.parse_args())
    enrolls_first = given.pop("enroll")
    load = Load(**given)
    if enrolls_first:
        uvloop.run(enroll(load))
    print(json.dumps(run(load)))


if __name__ == "__main__":
    main()
