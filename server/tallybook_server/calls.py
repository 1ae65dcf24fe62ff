"""What happens around every call: reading, answering, ending it with what its error may tell. Knows no book.

One wrapper a handler instead of a stack of interceptors: each interceptor of grpc.aio costs every call one
more coroutine and a look-up of its handler. What interceptors would do stands here in their order.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import grpc
import structlog
import tallybook as tb
from google.protobuf.message import DecodeError, Message

from tallybook_server.book_lanes import Lanes, Trial
from tallybook_server.errors import FAULTS, told
from tallybook_server.incidents import tellable
from tallybook_server.kinds import Kind
from tallybook_server.lanes import Lane
from tallybook_server.methods import Handler
from tallybook_server.pages import is_too_large, rows_that_fit

Context = Any
"""A grpc.aio.ServicerContext: its type is written in Cython, and every access to it counts here."""

Q = TypeVar("Q", bound=Message)
Start = Callable[[Any, Context], Awaitable[Any]]
Respond = Callable[[Any, Any], Message | tb.TallybookError]
Serve = Callable[[Any, Context], Awaitable[None]]

_log = structlog.get_logger(__name__)


def read(kind: type[Q], raw: bytes) -> Q:
    """A request from its bytes. Raises `InvalidInput`; gRPC's deserializers would tell what they raise."""
    try:
        return kind.FromString(raw)
    except DecodeError:
        raise tb.InvalidInput("request", f"cannot be read as {kind.DESCRIPTOR.full_name}") from None


def unary(kind: type[Message], start: Start, respond: Respond) -> Handler:
    """A handler: `start` begins the work of a request, `respond` makes the response of what comes of it."""

    async def handle(raw: bytes, context: Context) -> bytes:
        error: Exception
        try:
            request = read(kind, raw)
            answer = respond(request, await start(request, context))
            if isinstance(answer, Message):
                return answer.SerializeToString()
            error = answer
        except Exception as raised:  # noqa: BLE001 - told as an incident
            error = raised
        await end(context, kind, error)
        raise AssertionError("a call that is ended does not go on")

    return grpc.unary_unary_rpc_method_handler(handle)


def watched(kind: type[Message], serve: Serve) -> Handler:
    """A handler of calls with a stream of responses, which `serve` writes as bytes."""

    async def handle(raw: bytes, context: Context) -> None:
        try:
            await serve(read(kind, raw), context)
            return
        except Exception as raised:  # noqa: BLE001 - told as an incident
            error = raised
        await end(context, kind, error)

    return grpc.unary_stream_rpc_method_handler(handle)


def streamed(kind: type[Message], serve: Serve) -> Handler:
    """A handler of calls with a stream of requests and one of responses; `serve` reads and writes bytes."""

    async def handle(requests: Any, context: Context) -> None:
        try:
            await serve(requests, context)
            return
        except Exception as raised:  # noqa: BLE001 - told as an incident
            error = raised
        await end(context, kind, error)

    return grpc.stream_stream_rpc_method_handler(handle)


async def end(context: Context, kind: type[Message], error: Exception) -> None:
    """End a call with an error: raises, as gRPC wants it."""
    about = {"request": kind.DESCRIPTOR.name, "peer": context.peer()}
    ending = tellable(error, **about)
    status, message, trailers = told(ending)
    if status in FAULTS:
        _log.warning("call_failed", reason=ending.code, **about)
    await context.abort(status, message, trailers)


def posting(kind: Kind, lanes: Lanes) -> Handler:
    """The handler of a call that carries out one command, or tries it."""
    command_of, response_of = kind.command, kind.response
    put, try_out = lanes.write.put, lanes.read.put

    def start(request: Any, context: Context) -> Awaitable[Any]:
        command = command_of(request, "")
        if request.validate_only:
            return try_out(Trial([command]), context.time_remaining())
        return put(command, context.time_remaining())

    def respond(request: Any, outcomes: list[Any]) -> Message | tb.TallybookError:
        outcome = outcomes[0]
        if outcome.__class__ is list:
            outcome = outcome[0]
        return outcome if isinstance(outcome, tb.TallybookError) else response_of(outcome)

    return unary(kind.request, start, respond)


def asking(
    kind: type[Message],
    lane: Lane,
    query_of: Callable[[Any], tb.Query[Any]],
    response_of: Callable[[Any, Any], Message],
) -> Handler:
    """The handler of a call that asks one query."""
    put = lane.put

    def start(request: Any, context: Context) -> Awaitable[Any]:
        return put(query_of(request), context.time_remaining())

    def respond(request: Any, answers: list[Any]) -> Message | tb.TallybookError:
        answer = answers[0]
        return answer if isinstance(answer, tb.TallybookError) else response_of(request, answer)

    return unary(kind, start, respond)


def listing(
    kind: type[Message],
    lane: Lane,
    query_of: Callable[[Any], tb.Query[Any]],
    response_of: Callable[[Any, Any], Message],
    rows: str,
) -> Handler:
    """The handler of a call that asks for a page, which has its items in the field `rows`.

    A page that is too large is asked for again, with as many items as fit: its token is the book's to give.
    """
    put = lane.put

    async def page_of(request: Any, context: Context) -> Message | tb.TallybookError:
        (answer,) = await put(query_of(request), context.time_remaining())
        return answer if isinstance(answer, tb.TallybookError) else response_of(request, answer)

    async def start(request: Any, context: Context) -> Message | tb.TallybookError:
        page = await page_of(request, context)
        if isinstance(page, Message) and is_too_large(page):
            request.page_size = rows_that_fit(getattr(page, rows))
            return await page_of(request, context)
        return page

    return unary(kind, start, lambda _, page: page)
