"""The empty call that others are measured against: through the same wrapper, to do nothing there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Final

from google.protobuf.empty_pb2 import Empty

from tallybook_server.calls import Context, unary
from tallybook_server.methods import Handler

NAME: Final = "tallybook.bench.Empty"


def handlers() -> dict[str, Handler]:
    """The one rpc."""
    nothing: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    nothing.set_result(None)

    def start(request: Empty, context: Context) -> Awaitable[None]:
        return nothing

    return {"Call": unary(Empty, start, lambda request, answer: request)}
