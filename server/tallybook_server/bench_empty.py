"""The empty call that others are measured against: it goes through the same wrapper, and does nothing there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, Final

import grpc
from google.protobuf.empty_pb2 import Empty

from tallybook_server.calls import Context, unary

NAME: Final = "tallybook.bench.Empty"


def handlers() -> dict[str, grpc.RpcMethodHandler[Any, Any]]:
    """The one rpc."""
    nothing: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    nothing.set_result(None)

    def start(request: Empty, context: Context) -> Awaitable[None]:
        return nothing

    return {"Call": unary(Empty, start, lambda request, answer: request)}
