"""The client whose calls return when they are done. Knows no particular rpc but the stream of commands."""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Event
from types import TracebackType
from typing import Any, Self, TypeVar

import grpc
from google.protobuf.message import Message

from ._gen.tallybook.v1.batch_pb2 import StreamPostRequest
from .bulk import Outcome, StreamWork
from .channel import CHANNEL_OPTIONS, ClosedMeanwhile, Terms, serialize
from .contract import STREAM_POST, Contract
from .requests import Command
from .retry import RetryPolicy
from .status import error_of_call
from .verbs import Blocking, Method

R = TypeVar("R")
T = TypeVar("T")


class TallybookClient(Contract, Blocking):
    """A connection to a Tallybook server, for one program. Safe to share between threads; keep it for long.

    Every call has a deadline (5 seconds unless `timeout` or `with_timeout` says another), and is sent again
    within it, under the same request id, while the server cannot be reached or asks for it. A call that gives
    no reply raises a `TallybookError`.

        with TallybookClient("127.0.0.1:50051", program="demo") as client:
            client.award("m1", amount=120, unit="points", request_id="order-1")
            client.get_balances("m1").balances[0].balance.available

    `credentials` makes it a TLS connection; `metadata` goes with every call; `options` are gRPC channel
    arguments that go before ours. Replies may have 64 MiB, unless the option
    `grpc.max_receive_message_length` says another.
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
            self._channel = grpc.insecure_channel(address, options=all_options)
        else:
            self._channel = grpc.secure_channel(address, credentials, options=all_options)
        self._terms = Terms(program, timeout, tuple(metadata), retry or RetryPolicy())
        self._closed = Event()
        self._unary: dict[str, grpc.UnaryUnaryMultiCallable[Any, Any]] = {}

    def with_timeout(self, seconds: float) -> Self:
        """The same client with another deadline for each call: `client.with_timeout(0.5).redeem(...)`."""
        view = type(self).__new__(type(self))
        view.__dict__ |= self.__dict__ | {"_terms": self._terms.with_timeout(seconds)}
        return view

    def close(self) -> None:
        """Close the connection; calls under way are cancelled."""
        self._closed.set()
        self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def call(self, method: Method[R], request: Message) -> R:
        """Send a request and return its reply, in as many attempts as it takes and the deadline allows."""
        self._terms.address(method, request)
        send = self._unary.get(method.path) or self._prepare(method)
        attempts = self._terms.attempts(method)
        while True:
            try:
                with self._closing_told():
                    reply: R = send(request, timeout=attempts.time_left(), metadata=self._terms.metadata)
                return attempts.result(reply)
            except grpc.RpcError as error:
                time.sleep(attempts.pause_after(error))

    def _prepare(self, method: Method[Any]) -> "grpc.UnaryUnaryMultiCallable[Any, Any]":
        return self._unary.setdefault(
            method.path,
            self._channel.unary_unary(
                method.path, request_serializer=serialize, response_deserializer=method.read
            ),
        )

    def fetch_all(self, method: Method[R], request: Any, items: Callable[[R], Iterable[T]]) -> Iterator[T]:
        """Send a request for page after page, and yield the items."""
        token: str | None = ""
        while token is not None:
            request.page_token = token
            page: Any = self.call(method, request)
            yield from items(page)
            token = page.next_page_token or None

    def watch(self, method: Method[R], request: Message) -> Iterator[R]:
        """Send a request and yield what comes. What has begun to come is not asked for again."""
        self._terms.address(method, request)
        try:
            yield from self._watched(method, request)
        except grpc.RpcError as error:
            raise error_of_call(error) from error

    def _watched(self, method: Method[R], request: Message) -> Iterator[R]:
        seconds = self._terms.attempts(method).time_left()
        with self._closing_told():
            send = self._channel.unary_stream(
                method.path, request_serializer=serialize, response_deserializer=method.read
            )
            replies = send(request, timeout=seconds, metadata=self._terms.metadata)
        try:
            yield from replies
        finally:
            replies.cancel()

    @contextmanager
    def _closing_told(self) -> Iterator[None]:
        """GRPC begins no call of a client that was closed, and says so with an error for mistakes in code."""
        try:
            yield
        except ValueError as error:
            if not self._closed.is_set():
                raise
            raise ClosedMeanwhile from error

    def stream_post(
        self, commands: Iterable[Command], *, commands_per_message: int = 100
    ) -> Generator[tuple[Command, Outcome], None, None]:
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
                yield from self._one_stream(messages, work)
                work.close()
            except grpc.RpcError as error:
                time.sleep(work.pause_after(error))

    def _one_stream(
        self, messages: Iterable[StreamPostRequest], work: StreamWork
    ) -> Iterator[tuple[Command, Outcome]]:
        outbox: SimpleQueue[StreamPostRequest | None] = SimpleQueue()
        for message in messages:
            outbox.put(message)
        with self._closing_told():
            send = self._channel.stream_stream(
                STREAM_POST.path, request_serializer=serialize, response_deserializer=STREAM_POST.read
            )
            replies = send(iter(outbox.get, None), timeout=work.time_left(), metadata=self._terms.metadata)
        try:
            for reply in replies:
                answered = work.answered(reply)
                outbox.put(work.next_message())
                yield from answered
        finally:
            outbox.put(None)
            replies.cancel()
