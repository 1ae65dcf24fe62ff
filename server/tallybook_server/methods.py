"""Every method that a worker serves, in one table. Knows gRPC's handlers, not what they do.

grpc.aio waits for the next call of each registered method, and of all others, with one `asyncio.wait`, which
touches every registered method at every call. With forty of them that cost a tenth of an empty call. So
nothing is registered, and one generic handler finds all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import grpc

Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"


class Methods(grpc.GenericRpcHandler):
    """Handlers by path. It stands in for the server where generated code wants to add a service to one."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}

    def add_registered_method_handlers(
        self, service_name: str, method_handlers: Mapping[str, Handler]
    ) -> None:
        """Add a service."""
        self._handlers |= {f"/{service_name}/{method}": each for method, each in method_handlers.items()}

    def add_generic_rpc_handlers(self, generic_rpc_handlers: Sequence[Any]) -> None:
        """Generated code adds every service twice: the other time is the one that counts."""

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Handler | None:
        """The handler of a method; None is UNIMPLEMENTED."""
        return self._handlers.get(handler_call_details.method)
