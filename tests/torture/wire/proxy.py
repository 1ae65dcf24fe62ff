"""A TCP proxy on the loopback that does harm. Knows connections; the protocols that it spoils are told to it.

It runs on an event loop in a thread of its own, so that a test may block while the proxy works.
"""

import asyncio
import random
import threading
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

CHUNK_BYTES = 65_536

F = TypeVar("F")
"""The kinds of harm."""
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Connect = Callable[[], Any]


def to_tcp(host: str, port: int) -> Connect:
    """Connects to a server at an address."""
    return lambda: asyncio.open_connection(host, port)


def to_socket(path: str) -> Connect:
    """Connects to a server at a Unix socket."""
    return lambda: asyncio.open_unix_connection(path)


class Connection(ABC, Generic[F]):
    """One connection through the proxy: a client's and the server's, and what passes between them."""

    def __init__(self, proxy: "Proxy[F]", client: Stream, server: Stream) -> None:
        self.proxy = proxy
        self._client_in, self._client_out = client
        self._server_in, self._server_out = server
        self._ended: set[asyncio.StreamWriter] = set()

    @abstractmethod
    async def from_client(self, data: bytes) -> None:
        """Some bytes have come from the client."""

    @abstractmethod
    async def from_server(self, data: bytes) -> None:
        """Some bytes have come from the server."""

    async def to_server(self, data: bytes) -> None:
        """Let bytes pass to the server, unless it has been told that there are no more."""
        await self._send(self._server_out, data)

    async def to_client(self, data: bytes) -> None:
        """Let bytes pass to the client, unless it has been told that there are no more."""
        await self._send(self._client_out, data)

    async def _send(self, target: asyncio.StreamWriter, data: bytes) -> None:
        if target not in self._ended:
            target.write(data)
            await target.drain()

    def cut(self) -> None:
        """Reset the connection on both sides; what was written and not sent yet is lost."""
        self._client_out.transport.abort()
        self._server_out.transport.abort()
        raise ConnectionAbortedError

    async def leave_the_server_hanging(self) -> None:
        """Reset the client's side, and keep the server's open: it hears nothing more, not even an end."""
        self._client_out.transport.abort()
        await self.proxy.ending.wait()

    def half_close_to_server(self) -> None:
        """Tell the server that the client has nothing more to say; the way back stays open."""
        self._end(self._server_out)

    def half_close_to_client(self) -> None:
        """Tell the client that the server has nothing more to say; the way forth stays open."""
        self._end(self._client_out)

    def _end(self, target: asyncio.StreamWriter) -> None:
        self._ended.add(target)
        if not target.transport.is_closing():
            target.write_eof()

    async def run(self) -> None:
        """Pass on what comes from either side until both have ended, or one of them is cut."""
        pumps = (
            self._pump(self._client_in, self.from_client, self._server_out),
            self._pump(self._server_in, self.from_server, self._client_out),
        )
        try:
            async with asyncio.TaskGroup() as pumping:
                for pump in pumps:
                    pumping.create_task(pump)
        except* (OSError, EOFError):
            pass  # cut, by us or by one of the two
        finally:
            self._client_out.transport.abort()
            self._server_out.transport.abort()

    async def _pump(self, source: asyncio.StreamReader, receive: Any, target: asyncio.StreamWriter) -> None:
        while data := await source.read(CHUNK_BYTES):
            await receive(data)
        self._end(target)


class Proxy(Generic[F]):
    """Stands before a server and does harm of the kinds that it is armed with, each time it gets a chance.

    `injected` counts what was really done. While `is_away`, connections are refused as by a server that is
    not there; while `is_mute`, they are taken and never answered.
    """

    def __init__(self, connect: Connect, spoil: Callable[..., Connection[F]], rng: random.Random) -> None:
        self._connect = connect
        self._spoil = spoil
        self.rng = rng
        self.injected: Counter[F] = Counter()
        self.is_away = False
        self.is_mute = False
        self.ending = asyncio.Event()
        self._armed: list[F] = []
        self._kinds: list[F] = []
        self._deck: list[F] = []
        self._share = 0.0
        self._stays_away = False
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)

    # --- from the test's thread --------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._thread.start()
        self._listening = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        self.port: int = self._listening.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def address(self) -> str:
        """Where to connect."""
        return f"127.0.0.1:{self.port}"

    def arm(self, *kinds: F, then_away: bool = False) -> None:
        """Do this harm at the next chances, one each; `then_away`, and be away after the last."""
        self._armed = list(kinds)
        self._stays_away = then_away

    def arm_at_random(self, share: float, kinds: list[F]) -> None:
        """Do harm at this share of all chances, of kinds drawn like cards from these."""
        self._share, self._kinds = share, kinds

    def hang_up(self) -> None:
        """Cut every connection that there is."""
        asyncio.run_coroutine_threadsafe(self._abort_all(), self._loop).result()

    def disarm(self) -> None:
        """Do no more harm."""
        self._armed, self._share, self.is_away, self.is_mute = [], 0.0, False, False

    # --- from the proxy's thread -------------------------------------------------------------------------

    def draw(self) -> F | None:
        """There is a chance to do harm: which shall be done, if any."""
        if self._armed:
            return self._armed.pop(0)
        if self.rng.random() >= self._share:
            return None
        if not self._deck:
            self._deck = self.rng.sample(self._kinds, len(self._kinds))
        return self._deck.pop()

    def has_done(self, kind: F) -> None:
        """Harm was done."""
        self.injected[kind] += 1
        if self._stays_away and not self._armed:
            self.is_away = True

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self._take, "127.0.0.1", 0)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections[task] = writer
        try:
            if self.is_mute:
                await self.ending.wait()
            if not self.is_away:
                server = await self._connect()
                await self._spoil(self, (reader, writer), server).run()
        except OSError:
            pass  # the server is not there; nor are we, then
        finally:
            del self._connections[task]
            writer.transport.abort()

    async def _end(self) -> None:
        self._listening.close()
        self.ending.set()
        await self._abort_all()

    async def _abort_all(self) -> None:
        for writer in self._connections.values():
            writer.transport.abort()
        await asyncio.gather(*self._connections)
