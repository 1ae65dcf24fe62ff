"""A server that answers as a test tells it to, and remembers what it was asked. Knows no ledger."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from google.rpc.status_pb2 import Status
from tallybook_client._gen.tallybook.v1.batch_pb2 import StreamPostRequest, StreamPostResponse
from tallybook_client.contract import Contract
from tallybook_client.verbs import Paged, Unary, Watched


@dataclass(frozen=True)
class Refuse:
    """An answer that is a status, with the details that Tallybook gives it."""

    code: grpc.StatusCode
    reason: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    fields: tuple[tuple[str, str], ...] = ()
    retry_delay_ms: int | None = None
    pushback: str | None = None
    details: bytes | None = None
    message: str = "no"

    def status(self) -> Status:
        packed: list[Message] = []
        if self.reason:
            packed.append(ErrorInfo(reason=self.reason, domain="tallybook", metadata=self.facts))
        if self.fields:
            violations = [BadRequest.FieldViolation(field=at, description=what) for at, what in self.fields]
            packed.append(BadRequest(field_violations=violations))
        if self.retry_delay_ms is not None:
            retry = RetryInfo()
            retry.retry_delay.FromMilliseconds(self.retry_delay_ms)
            packed.append(retry)
        return Status(code=self.code.value[0], message=self.message, details=map(_packed, packed))

    def abort(self, context: grpc.ServicerContext) -> None:
        trailers: list[tuple[str, str | bytes]] = []
        details = self.status().SerializeToString() if self.details is None else self.details
        trailers.append(("grpc-status-details-bin", details))
        if self.pushback is not None:
            trailers.append(("grpc-retry-pushback-ms", self.pushback))
        context.set_trailing_metadata(tuple(trailers))
        context.abort(self.code, self.message)


@dataclass(frozen=True)
class Slow:
    """An answer that takes its time."""

    seconds: float
    reply: Message


def _packed(message: Message) -> AnyMessage:
    packed = AnyMessage()
    packed.Pack(message)
    return packed


Answer = Message | Refuse | Slow
StreamAnswer = Callable[[Iterator[StreamPostRequest], grpc.ServicerContext], Iterator[StreamPostResponse]]


class FakeServer:
    """Serves every rpc. Calls and streams take their answers from a list, whose last one stays for good."""

    def __init__(self) -> None:
        self.requests: list[Any] = []
        self.seconds_left: list[float | None] = []
        self.metadata: list[dict[str, str | bytes]] = []
        self.streams: list[StreamAnswer] = []
        self._answers: dict[str, list[Answer]] = {}
        self._server = grpc.server(ThreadPoolExecutor(4), options=[("grpc.so_reuseport", 0)])
        self._server.add_generic_rpc_handlers([_Handlers(self)])
        self.port = self._server.add_insecure_port("127.0.0.1:0")
        self.address = f"127.0.0.1:{self.port}"
        self._server.start()

    def answers(self, verb: str, *answers: Answer) -> None:
        """What calls of a verb get, in turn."""
        self._answers[verb] = list(answers)

    def stop(self) -> None:
        self._server.stop(grace=None).wait()

    def unary(self, verb: str, request: Message, context: grpc.ServicerContext) -> Message:
        self._note(request, context)
        answers = self._answers[verb]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Refuse):
            answer.abort(context)
        if isinstance(answer, Slow):
            time.sleep(answer.seconds)
            return answer.reply
        assert isinstance(answer, Message)
        return answer

    def watched(self, verb: str, request: Message, context: grpc.ServicerContext) -> Iterator[Message]:
        self._note(request, context)
        for answer in self._answers[verb]:
            if isinstance(answer, Refuse):
                answer.abort(context)
            assert isinstance(answer, Message)
            yield answer

    def stream(
        self, requests: Iterator[StreamPostRequest], context: grpc.ServicerContext
    ) -> Iterator[StreamPostResponse]:
        self.seconds_left.append(context.time_remaining())
        answer = self.streams.pop(0) if len(self.streams) > 1 else self.streams[0]
        return answer(requests, context)

    def _note(self, request: Message, context: grpc.ServicerContext) -> None:
        self.requests.append(request)
        self.seconds_left.append(context.time_remaining())
        self.metadata.append(dict(context.invocation_metadata()))


class _Handlers(grpc.GenericRpcHandler):
    """Finds the rpc by its path in the client's own table."""

    def __init__(self, server: FakeServer) -> None:
        self._server = server
        verbs: dict[str, Any] = {
            name: verb
            for part in reversed(Contract.__mro__)
            for name, verb in vars(part).items()
            if _is_verb(verb)
        }
        self._verbs = {verb.method.path: (name, verb) for name, verb in verbs.items()}

    def service(self, call: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[Any, Any] | None:
        if call.method.endswith("/StreamPost"):
            return grpc.stream_stream_rpc_method_handler(
                self._server.stream, StreamPostRequest.FromString, StreamPostResponse.SerializeToString
            )
        if call.method not in self._verbs:
            return None
        name, verb = self._verbs[call.method]
        if isinstance(verb, Watched):
            return grpc.unary_stream_rpc_method_handler(
                lambda request, context: self._server.watched(name, request, context),
                _request_type(verb).FromString,
                lambda reply: reply.SerializeToString(),
            )
        return grpc.unary_unary_rpc_method_handler(
            lambda request, context: self._server.unary(name, request, context),
            _request_type(verb).FromString,
            lambda reply: reply.SerializeToString(),
        )


def _is_verb(value: object) -> bool:
    return isinstance(value, Unary | Paged | Watched)


def _request_type(verb: Any) -> type[Message]:
    kind: type[Message] = verb.build.__annotations__["return"]
    return kind


def in_order(answer: Callable[[Any], Any]) -> StreamAnswer:
    """A stream that answers each message's commands as `answer` says, one result a command."""

    def serve(
        requests: Iterable[StreamPostRequest], context: grpc.ServicerContext
    ) -> Iterator[StreamPostResponse]:
        for request in requests:
            yield StreamPostResponse(sequence=request.sequence, results=map(answer, request.commands))

    return serve
