"""The client whose calls are awaited. Knows no particular rpc but the stream of commands."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event
from types import TracebackType
from typing import Any, Self, TypeVar

import grpc
import grpc.aio
from google.protobuf.message import Message

from ._gen.tallybook.v1.batch_pb2 import StreamPostRequest
from .bulk import Outcome, StreamWork
from .channel import CHANNEL_OPTIONS, ClosedMeanwhile, Terms, serialize
from .contract import STREAM_POST, Contract
from .requests import Command
from .retry import RetryPolicy
from .status import error_of_call
from .verbs import Awaiting, Method

R = TypeVar("R")
T = TypeVar("T")


class AsyncTallybookClient(Contract, Awaiting):
    """`TallybookClient` for asyncio: the same arguments, calls and errors, and every call is awaited.

        async with AsyncTallybookClient("127.0.0.1:50051", program="demo") as client:
            await client.award("m1", amount=120, unit="points", request_id="order-1")
            async for entry in client.list_entries("m1"):
                ...

    It belongs to the event loop that it is made in.
    """

    def __init__(
        self,
        address: str,
        *,
        program: str = "",
        timeout: float | None = None,
        credentials: grpc.ChannelCredentials | None = None,
        metadata: Sequence[tuple[str, str]] = (),
        options: Sequence[tuple[str, Any]] = (),
        retry: RetryPolicy | None = None,
    ) -> None:
        all_options = [*options, *CHANNEL_OPTIONS]  # gRPC takes the first of a name
        if credentials is None:
            self._channel = grpc.aio.insecure_channel(address, options=all_options)
        else:
            self._channel = grpc.aio.secure_channel(address, credentials, options=all_options)
        self._terms = Terms(program, timeout, tuple(metadata), retry or RetryPolicy())
        self._closed = Event()
        self._unary: dict[str, grpc.aio.UnaryUnaryMultiCallable[Any, Any]] = {}

    def with_timeout(self, seconds: float) -> Self:
        """The same client with another deadline for each call: `client.with_timeout(0.5).redeem(...)`."""
        view = type(self).__new__(type(self))
        view.__dict__ |= self.__dict__ | {"_terms": self._terms.with_timeout(seconds)}
        return view

    async def close(self) -> None:
        """Close the connection; calls under way are cancelled."""
        self._closed.set()
        await self._channel.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def call(self, method: Method[R], request: Message) -> R:
        """Send a request and return its reply, in as many attempts as it takes and the deadline allows."""
        self._terms.address(method, request)
        send = self._unary.get(method.path) or self._prepare(method)
        attempts = self._terms.attempts(method)
        while True:
            try:
                with self._closing_told():
                    reply: R = await send(
                        request, timeout=attempts.time_left(), metadata=self._terms.metadata
                    )
                return attempts.result(reply)
            except grpc.RpcError as error:
                await asyncio.sleep(attempts.pause_after(error))

    def _prepare(self, method: Method[Any]) -> "grpc.aio.UnaryUnaryMultiCallable[Any, Any]":
        return self._unary.setdefault(
            method.path,
            self._channel.unary_unary(
                method.path, request_serializer=serialize, response_deserializer=method.read
            ),
        )

    async def fetch_all(
        self, method: Method[R], request: Any, items: Callable[[R], Iterable[T]]
    ) -> AsyncIterator[T]:
        """Send a request for page after page, and yield the items."""
        token: str | None = ""
        while token is not None:
            request.page_token = token
            page: Any = await self.call(method, request)
            for item in items(page):
                yield item
            token = page.next_page_token or None

    async def watch(self, method: Method[R], request: Message) -> AsyncIterator[R]:
        """Send a request and yield what comes. What has begun to come is not asked for again."""
        self._terms.address(method, request)
        send = self._channel.unary_stream(
            method.path, request_serializer=serialize, response_deserializer=method.read
        )
        seconds = self._terms.attempts(method).time_left()
        try:
            with self._closing_told():
                replies = send(request, timeout=seconds, metadata=self._terms.metadata)
            async for reply in self._read(replies):
                yield reply
        except grpc.RpcError as error:
            raise error_of_call(error) from error

    async def _read(
        self, replies: "grpc.aio.UnaryStreamCall[Any, R] | grpc.aio.StreamStreamCall[Any, R]"
    ) -> AsyncIterator[R]:
        """What comes of a call, until it ends or nobody wants more."""
        try:
            arriving = aiter(replies)
            while True:
                with self._closing_told():
                    reply = await anext(arriving, None)
                if reply is None:
                    return
                yield reply
        finally:
            replies.cancel()

    @contextmanager
    def _closing_told(self) -> Iterator[None]:
        """GRPC begins no call of a client that was closed, and for those under way it says that whoever waits
        was cancelled, which is for others to say.
        """
        try:
            yield
        except (grpc.aio.UsageError, asyncio.CancelledError) as error:
            task = asyncio.current_task()
            if not self._closed.is_set() or (task is not None and task.cancelling()):
                raise
            raise ClosedMeanwhile from error

    async def stream_post(
        self, commands: Iterable[Command], *, commands_per_message: int = 100
    ) -> AsyncGenerator[tuple[Command, Outcome], None]:
        """Carry out any number of commands, in order, and yield each with what became of it.

        The fastest way for many: several messages are under way at a time, and a broken stream is taken up
        again. Commands are drawn from `commands` as needed, so it may be a generator; what that raises is
        raised when all that it gave before is answered. Who stops in the middle closes what this returns;
        commands under way are carried out or not.
        """
        work = StreamWork(
            commands,
            program=self._terms.program,
            commands_per_message=commands_per_message,
            new_attempts=lambda: self._terms.attempts(STREAM_POST),
        )
        while messages := work.opening():
            try:
                async for answered in self._one_stream(messages, work):
                    yield answered
                work.close()
            except grpc.RpcError as error:
                await asyncio.sleep(work.pause_after(error))

    async def _one_stream(
        self, messages: Iterable[StreamPostRequest], work: StreamWork
    ) -> AsyncIterator[tuple[Command, Outcome]]:
        outbox: asyncio.Queue[StreamPostRequest | None] = asyncio.Queue()
        for message in messages:
            outbox.put_nowait(message)
        send = self._channel.stream_stream(
            STREAM_POST.path, request_serializer=serialize, response_deserializer=STREAM_POST.read
        )
        with self._closing_told():
            replies = send(_until_none(outbox), timeout=work.time_left(), metadata=self._terms.metadata)
        try:
            async for reply in self._read(replies):
                answered = work.answered(reply)
                outbox.put_nowait(work.next_message())
                for each in answered:
                    yield each
        finally:
            outbox.put_nowait(None)
            replies.cancel()


async def _until_none(outbox: "asyncio.Queue[StreamPostRequest | None]") -> AsyncIterator[StreamPostRequest]:
    while (message := await outbox.get()) is not None:
        yield message
