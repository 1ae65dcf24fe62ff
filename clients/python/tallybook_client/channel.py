"""What both clients need to reach a server: the options of the one long-lived channel, the terms of calls.

Knows no rpc.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Self

import grpc
from google.protobuf.message import Message

from .retry import Attempts, RetryPolicy
from .verbs import Method

MILLISECONDS_PER_SECOND = 1_000

MESSAGE_BYTES_MAX = 64 * 1024 * 1024
"""What a reply may have: gRPC's default of 4 MiB is less than a batch's thousand replies may come to."""

CHANNEL_OPTIONS: list[tuple[str, Any]] = [
    ("grpc.max_receive_message_length", MESSAGE_BYTES_MAX),
    # Clients of one process would share a connection, and so one worker of the server.
    ("grpc.use_local_subchannel_pool", 1),
    # A peer that is gone without a word is found out within half a minute, while calls are under way.
    ("grpc.keepalive_time_ms", 20 * MILLISECONDS_PER_SECOND),
    ("grpc.keepalive_timeout_ms", 10 * MILLISECONDS_PER_SECOND),
    # A server that restarts is found again within a call's deadline; the default grows to two minutes.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 2 * MILLISECONDS_PER_SECOND),
    ("grpc.max_reconnect_backoff_ms", 2 * MILLISECONDS_PER_SECOND),
]


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every call of a client."""

    program: str
    timeout: float | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    retry: RetryPolicy = field(default_factory=RetryPolicy)

    def with_timeout(self, seconds: float) -> Self:
        """The same with another deadline."""
        return replace(self, timeout=seconds)

    def attempts(self, method: Method[Any]) -> Attempts:
        """The attempts at a call of this method, from now on."""
        return Attempts(method.timeout if self.timeout is None else self.timeout, self.retry)

    def address(self, method: Method[Any], request: Any) -> None:
        """Fill in the program, unless the request is of another or of none."""
        if method.of_program and not request.program:
            request.program = self.program


class ClosedMeanwhile(grpc.RpcError):
    """A call that ended because its client was closed, as the error that gRPC does not always make of it."""

    def code(self) -> grpc.StatusCode:
        """As of a call that is cancelled."""
        return grpc.StatusCode.CANCELLED

    def details(self) -> str:
        """What gRPC says, where it says it."""
        return "Channel closed!"

    def trailing_metadata(self) -> tuple[()]:
        """There is none."""
        return ()


def serialize(request: Message) -> bytes:
    """The request's bytes."""
    return request.SerializeToString()
