"""What can go wrong between a book and PostgreSQL, done to a transaction that records. Knows no test."""

import asyncio
import random
from enum import StrEnum
from typing import Any

from sqlalchemy import make_url

from tests.torture.wire.postgres_messages import COMMAND_COMPLETE, SYNC, Message, Messages, Statements
from tests.torture.wire.proxy import Connect, Connection, Proxy, Stream, to_socket, to_tcp

WRITES = (b"INSERT", b"UPDATE", b"DELETE", b"WITH")
BATCH_BYTES_MAX = 3_000
DELAY_S_MAX = 0.1


class Fault(StrEnum):
    """Each is done once to a transaction, at the moment that it is named for."""

    BEFORE_READING = "cut before the batch is read"
    MID_BATCH = "cut in the middle of the batch"
    BEFORE_COMMIT = "cut before COMMIT reaches the server"
    AFTER_COMMIT = "cut after COMMIT and before its reply"
    DELAYED_COMMIT = "COMMIT delayed"
    DELAYED_REPLY = "reply to COMMIT delayed"
    HALF_CLOSED_TO_SERVER = "half-closed towards the server after COMMIT"
    HALF_CLOSED_TO_CLIENT = "half-closed towards the client before COMMIT"
    HANGING_BEFORE_BATCH = "server left hanging, holding locks, before the batch"
    HANGING_BEFORE_COMMIT = "server left hanging, holding locks, before COMMIT"


HANGING = (Fault.HANGING_BEFORE_BATCH, Fault.HANGING_BEFORE_COMMIT)
QUICK = [fault for fault in Fault if fault not in HANGING]
"""Those that are over at once: a server left hanging holds its locks until it notices."""


def database_proxy(url: str, rng: random.Random) -> Proxy[Fault]:
    """A proxy before the server of a database."""
    return Proxy(server_of(url), Recording, rng)


def server_of(url: str) -> Connect:
    """Connects to the server of a database."""
    parsed = make_url(url)
    host, port = parsed.query.get("host", parsed.host), int(parsed.port or 5432)
    assert isinstance(host, str)
    return to_socket(f"{host}/.s.PGSQL.{port}") if host.startswith("/") else to_tcp(host, port)


def through(proxy: Proxy[Any], url: str) -> str:
    """The URL of the same database through the proxy, unencrypted so that the proxy can read along."""
    query = {name: value for name, value in make_url(url).query.items() if name not in ("host", "port")}
    query |= {"sslmode": "disable", "gssencmode": "disable"}
    parsed = make_url(url).set(host="127.0.0.1", port=proxy.port, query=query)
    return parsed.render_as_string(hide_password=False)


class Recording(Connection[Fault]):
    """Follows a connection of the book as far as its transactions, and spoils those that lock folios."""

    def __init__(self, proxy: Proxy[Fault], client: Stream, server: Stream) -> None:
        super().__init__(proxy, client, server)
        self._from_client = Messages(from_client=True)
        self._from_server = Messages(from_client=False)
        self._statements = Statements()
        self._fault: Fault | None = None
        self._bytes_left: int | None = None
        self._begun: list[Message] = []
        self._has_read = self._has_written = self._has_committed = False

    async def from_client(self, data: bytes) -> None:
        for message in self._from_client.feed(data):
            text = self._statements.text(message)
            if b"FOR UPDATE" in text and not self._has_read:
                self._has_read = True
                self._fault = self.proxy.draw()
                await self._before_reading()
            elif text.startswith(WRITES) and self._has_read and not self._has_written:
                self._has_written = True
                await self._before_batch()
            elif text == b"COMMIT" and self._has_written and not self._has_committed:
                self._has_committed = True
                await self._before_commit()
            await self._pass_on(message)
            if message.kind == SYNC and self._has_committed:
                self._after_commit()
            if text == b"ROLLBACK":
                self._forget()

    async def from_server(self, data: bytes) -> None:
        for message in self._from_server.feed(data):
            if message.kind == COMMAND_COMPLETE and message.strings()[0] == b"COMMIT":
                await self._before_reply()
            await self.to_client(message.raw)

    async def _pass_on(self, message: Message) -> None:
        if self._bytes_left is None:
            await self.to_server(message.raw)
            return
        await self.to_server(message.raw[: self._bytes_left])
        self._bytes_left -= len(message.raw)
        if self._bytes_left <= 0:
            self._cut(Fault.MID_BATCH)

    async def _before_reading(self) -> None:
        if self._fault is Fault.BEFORE_READING:
            self._cut(self._fault)

    async def _before_batch(self) -> None:
        if self._fault is Fault.MID_BATCH:
            self._bytes_left = self.proxy.rng.randint(1, BATCH_BYTES_MAX)
        if self._fault is Fault.HANGING_BEFORE_BATCH:
            await self._hang(self._fault)

    async def _before_commit(self) -> None:
        fault = self._fault
        if fault in (Fault.BEFORE_COMMIT, Fault.MID_BATCH):
            self._cut(fault)
        if fault is Fault.HANGING_BEFORE_COMMIT:
            await self._hang(fault)
        if fault is Fault.HALF_CLOSED_TO_CLIENT:
            self.half_close_to_client()
            self.proxy.has_done(fault)
        if fault is Fault.DELAYED_COMMIT:
            await asyncio.sleep(self.proxy.rng.uniform(0, DELAY_S_MAX))
            self.proxy.has_done(fault)

    def _after_commit(self) -> None:
        if self._fault is Fault.HALF_CLOSED_TO_SERVER:
            self.half_close_to_server()
            self.proxy.has_done(self._fault)
            self._fault = None

    async def _before_reply(self) -> None:
        if self._fault is Fault.AFTER_COMMIT:
            self._cut(self._fault)
        if self._fault is Fault.DELAYED_REPLY:
            await asyncio.sleep(self.proxy.rng.uniform(0, DELAY_S_MAX))
            self.proxy.has_done(self._fault)
        self._forget()

    def _cut(self, fault: Fault) -> None:
        self.proxy.has_done(fault)
        self.cut()

    async def _hang(self, fault: Fault) -> None:
        self.proxy.has_done(fault)
        await self.leave_the_server_hanging()

    def _forget(self) -> None:
        """The transaction is over."""
        self._fault = self._bytes_left = None
        self._has_read = self._has_written = self._has_committed = False
