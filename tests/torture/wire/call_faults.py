"""What can go wrong between a client and the server, done to a call that is under way. Knows no test."""

import asyncio
import random
from enum import StrEnum

from tests.torture.wire.http2_frames import DATA, HEADERS, OF_CONNECTION, Frame, Frames
from tests.torture.wire.proxy import Connection, Proxy, Stream, to_tcp

DELAY_S_MAX = 0.1


class Fault(StrEnum):
    """Each is done once to a call, at the moment that it is named for."""

    BEFORE_REQUEST = "cut before the request"
    MID_REQUEST = "cut in the middle of the request"
    BEFORE_RESPONSE = "cut before the response"
    MID_RESPONSE = "cut in the middle of the response"
    DELAYED_REQUEST = "request delayed"
    DELAYED_RESPONSE = "response delayed"
    HALF_CLOSED_TO_SERVER = "half-closed towards the server after the request"
    HALF_CLOSED_TO_CLIENT = "half-closed towards the client before the request"


def call_proxy(address: str, rng: random.Random) -> Proxy[Fault]:
    """A proxy before a gRPC server."""
    host, _, port = address.rpartition(":")
    return Proxy(to_tcp(host, int(port)), Calling, rng)


class Calling(Connection[Fault]):
    """Follows the calls on a connection, and spoils them; what else is on it goes down with them."""

    def __init__(self, proxy: Proxy[Fault], client: Stream, server: Stream) -> None:
        super().__init__(proxy, client, server)
        self._from_client = Frames(from_client=True)
        self._from_server = Frames(from_client=False)
        self._faults: dict[int, Fault] = {}

    async def from_client(self, data: bytes) -> None:
        for frame in self._from_client.feed(data):
            if frame.kind == HEADERS and (drawn := self.proxy.draw()) is not None:
                self._faults[frame.stream] = drawn
            fault = self._faults.get(frame.stream)
            if frame.kind == HEADERS and fault is not None:
                await self._before_request(fault)
            if frame.kind == DATA and fault is Fault.MID_REQUEST:
                await self.to_server(_half(frame))
                self._cut(fault)
            await self.to_server(frame.raw)
            if frame.ends_stream and fault is Fault.HALF_CLOSED_TO_SERVER:
                self.half_close_to_server()
                self.proxy.has_done(fault)

    async def from_server(self, data: bytes) -> None:
        for frame in self._from_server.feed(data):
            if frame.stream != OF_CONNECTION and frame.kind in (DATA, HEADERS):
                await self._before_part_of_response(frame)
            await self.to_client(frame.raw)

    async def _before_request(self, fault: Fault) -> None:
        if fault is Fault.BEFORE_REQUEST:
            self._cut(fault)
        if fault is Fault.HALF_CLOSED_TO_CLIENT:
            self.half_close_to_client()
            self.proxy.has_done(fault)
        if fault is Fault.DELAYED_REQUEST:
            await asyncio.sleep(self.proxy.rng.uniform(0, DELAY_S_MAX))
            self.proxy.has_done(fault)

    async def _before_part_of_response(self, frame: Frame) -> None:
        fault = self._faults.get(frame.stream)
        if fault is Fault.BEFORE_RESPONSE:
            self._cut(fault)
        if fault is Fault.MID_RESPONSE and (frame.kind == DATA or frame.ends_stream):
            await self.to_client(_half(frame))
            self._cut(fault)
        if fault is Fault.DELAYED_RESPONSE:
            del self._faults[frame.stream]
            await asyncio.sleep(self.proxy.rng.uniform(0, DELAY_S_MAX))
            self.proxy.has_done(fault)

    def _cut(self, fault: Fault) -> None:
        self.proxy.has_done(fault)
        self.cut()


def _half(frame: Frame) -> bytes:
    return frame.raw[: len(frame.raw) // 2]
