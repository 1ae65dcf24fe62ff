"""Sends hostile requests to every rpc of the contract, and keeps account of what was answered."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import DecodeError, Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2, status_pb2
from tallybook_client._gen.tallybook import v1

from tests.torture.hostile.messages import mangled, request_of

IN_FLIGHT = 24
CALL_LIMIT_S = 30
SHARE_MANGLED = 0.3
SHARE_VERIFY = 0.02
RESPONSES_MAX = 1_000

RpcMethods: list[MethodDescriptor] = [
    method
    for module in sorted(found.name for found in pkgutil.iter_modules(v1.__path__))
    if module.endswith("_service_pb2")
    for service in importlib.import_module(f"{v1.__name__}.{module}").DESCRIPTOR.services_by_name.values()
    for method in service.methods
]

FORBIDDEN = {grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN, grpc.StatusCode.DATA_LOSS}
# What gRPC itself answers, before any handler of ours runs, has no details of ours.
WITHOUT_DETAILS = {grpc.StatusCode.UNIMPLEMENTED, grpc.StatusCode.CANCELLED}
LOST_BY_THE_CLIENT = "Internal error from Core"
"""What grpc.aio says itself when a message crosses the end of a stream; what the server said is lost."""
TELLTALE = re.compile(r"Traceback|psycopg|sqlalchemy|sqlite3|File \"|\.py\b|object at 0x|[A-Z]\w+Error\b")

Request = tuple[str, str, str]
"""Program, member and request id."""


@dataclass
class Account:
    """What came of an assault."""

    statuses: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    recorded: set[Request] = field(default_factory=set)
    """Requests that were answered as carried out."""

    unheard: set[Request] = field(default_factory=set)
    """Requests whose answer did not reach us: they may have been carried out, or not."""

    @property
    def calls(self) -> int:
        """How many calls were made."""
        return self.statuses.total()


async def assault(address: str, calls: int, rng: random.Random) -> Account:
    """Make so many calls, some at a time, and account for them."""
    account = Account()
    options = [("grpc.max_receive_message_length", -1), ("grpc.enable_retries", 0)]
    async with grpc.aio.insecure_channel(address, options=options) as channel:
        seeds = iter([rng.getrandbits(64) for _ in range(calls)])

        async def soldier() -> None:
            for seed in seeds:
                await _call(channel, random.Random(seed), account)

        await asyncio.gather(*(soldier() for _ in range(IN_FLIGHT)))
    return account


async def _call(channel: grpc.aio.Channel, rng: random.Random, account: Account) -> None:
    method = rng.choice(RpcMethods)
    if method.name == "Verify" and rng.random() > SHARE_VERIFY:
        method = RpcMethods[0]
    raws = [_raw(method, rng) for _ in range(rng.randint(1, 4) if method.client_streaming else 1)]
    responses: list[bytes] = []
    keep = responses.append  # one by one: a stream that fails has answered some
    try:
        async with asyncio.timeout(CALL_LIMIT_S):
            async for response in _responses(channel, method, raws):
                keep(response)
        account.statuses["OK"] += 1
    except grpc.aio.AioRpcError as error:
        if error.details() == LOST_BY_THE_CLIENT:
            account.statuses["LOST_BY_THE_CLIENT"] += 1
            account.unheard.update(_asked(method, raws))
            return
        account.statuses[error.code().name] += 1
        account.faults += [f"{method.full_name}: {fault}" for fault in _faults_of(error)]
    except TimeoutError:
        account.statuses["NO_ANSWER"] += 1
        account.faults.append(f"{method.full_name}: no answer within {CALL_LIMIT_S} s to {raws!r}")
    account.recorded.update(_recorded(method, raws, responses))


def _raw(method: MethodDescriptor, rng: random.Random) -> bytes:
    raw = request_of(method.input_type, rng).SerializeToString()
    return mangled(raw, rng) if rng.random() < SHARE_MANGLED else raw


async def _responses(channel: grpc.aio.Channel, method: MethodDescriptor, raws: Sequence[bytes]) -> Any:
    """The responses of a call as bytes, whatever its kind."""
    path = f"/{method.containing_service.full_name}/{method.name}"
    if method.client_streaming:
        call = channel.stream_stream(path)(iter(raws))
    elif method.server_streaming:
        call = channel.unary_stream(path)(raws[0])
    else:
        yield await channel.unary_unary(path)(raws[0])
        return
    async for response in call:
        yield response


def _faults_of(error: grpc.aio.AioRpcError) -> Iterator[str]:
    """What is wrong with the way a call was refused."""
    said = f"{error.code().name}: {error.details()}"
    if error.code() in FORBIDDEN:
        yield f"failed with {said}"
    if TELLTALE.search(error.details() or ""):
        yield f"tells too much: {said}"
    details = dict(error.trailing_metadata() or ()).get("grpc-status-details-bin")
    if details is None:
        if error.code() not in WITHOUT_DETAILS:
            yield f"has no details: {said}"
        return
    status = status_pb2.Status.FromString(details)
    infos = [any_ for any_ in status.details if any_.Is(error_details_pb2.ErrorInfo.DESCRIPTOR)]
    if len(infos) != 1:
        yield f"has {len(infos)} reasons: {said}"
    if TELLTALE.search(str(status)):
        yield f"tells too much in its details: {status}"


def _recorded(
    method: MethodDescriptor, raws: Sequence[bytes], responses: Sequence[bytes]
) -> Iterator[Request]:
    """The requests that responses say were carried out."""
    response_kind = GetMessageClass(method.output_type)
    for raw, response in zip(raws, responses, strict=False):
        try:
            request = GetMessageClass(method.input_type).FromString(raw)
        except DecodeError:
            continue
        yield from _carried_out(request, response_kind.FromString(response))


def _asked(method: MethodDescriptor, raws: Sequence[bytes]) -> Iterator[Request]:
    """The requests in the messages of a stream."""
    for raw in raws:
        try:
            request: Any = GetMessageClass(method.input_type).FromString(raw)
        except DecodeError:
            continue
        for command in request.commands:
            name = command.WhichOneof("command")
            if name is not None:
                yield _name_of(getattr(command, name), request.program)


def _carried_out(request: Message | Any, response: Message | Any) -> Iterator[Request]:
    if getattr(request, "validate_only", False):
        return
    if hasattr(response, "replayed"):
        yield _name_of(request)
    for command, result in zip(
        getattr(request, "commands", ()), getattr(response, "results", ()), strict=False
    ):
        name = command.WhichOneof("command")
        if name is not None and result.WhichOneof("result") not in (None, "error"):
            yield _name_of(getattr(command, name), request.program)


def _name_of(posted: Message | Any, program: str = "") -> Request:
    """What names a request that posts; `program` is that of its batch."""
    program = posted.program or program
    if hasattr(posted, "request_id"):
        return program, posted.member, posted.request_id
    match posted.WhichOneof("event"):
        case "purchase":
            return program, posted.member, f"purchase/{posted.purchase.order_id}"
        case "refund":
            return program, posted.member, f"refund/{posted.refund.refund_id}"
        case _:
            return program, posted.member, f"event/{posted.custom.name}/{posted.custom.event_id}"
