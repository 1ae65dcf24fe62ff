"""From a failed call, or the status of one item of a batch, to the exception that tells it. Pure."""

import math
from collections.abc import Iterable
from typing import Protocol, TypeVar, cast

import grpc
from google.protobuf.message import DecodeError, Message
from google.rpc import error_details_pb2
from google.rpc.status_pb2 import Status

from .errors import BY_CODE, BY_REASON, Failed, FieldViolation, TallybookError

DOMAIN = "tallybook"
DETAILS = "grpc-status-details-bin"
PUSHBACK = "grpc-retry-pushback-ms"

# What grpc.aio says when a message was being sent as the call ended. How it ended is lost with it.
LOST_RACE = "Internal error from Core"
# What a server says of a call that reached it as it began to stop, and was never begun. (Calls cancelled on
# this side have another message.)
DROPPED = "CANCELLED"

Detail = TypeVar("Detail", bound=Message)

CODES: dict[int, grpc.StatusCode] = {code.value[0]: code for code in grpc.StatusCode}


class FailedCall(Protocol):
    """What every error of grpc and of grpc.aio tells about its call."""

    def code(self) -> grpc.StatusCode: ...
    def details(self) -> str | None: ...
    def trailing_metadata(self) -> Iterable[tuple[str, str | bytes]] | None: ...


def error_of_call(error: grpc.RpcError) -> TallybookError:
    """The exception for a call that failed."""
    call = cast(FailedCall, error)
    trailers = dict(call.trailing_metadata() or ())
    details, pushback = _details(trailers.get(DETAILS)), _pushback(trailers.get(PUSHBACK))
    code, message = call.code(), call.details() or ""
    if code is grpc.StatusCode.INTERNAL and message.startswith(LOST_RACE):
        code = grpc.StatusCode.UNAVAILABLE
    if code is grpc.StatusCode.CANCELLED and message == DROPPED:
        code = grpc.StatusCode.UNAVAILABLE
    return _error(code, message, details, pushback)


def error_of_status(status: Status) -> TallybookError:
    """The exception for an item of a batch that was refused."""
    return _error(CODES.get(status.code, grpc.StatusCode.UNKNOWN), status.message, status, None)


def _error(code: grpc.StatusCode, message: str, status: Status, pushback: float | None) -> TallybookError:
    info = _detail(status, error_details_pb2.ErrorInfo)
    ours = info if info is not None and info.domain == DOMAIN else error_details_pb2.ErrorInfo()
    bad_request = _detail(status, error_details_pb2.BadRequest) or error_details_pb2.BadRequest()
    kind = BY_REASON.get(ours.reason) or BY_CODE.get(code, Failed)
    return kind(
        message,
        code=code,
        reason=ours.reason,
        metadata=ours.metadata,
        violations=[FieldViolation(each.field, each.description) for each in bad_request.field_violations],
        retry_after=_retry_delay(status) if pushback is None else pushback,
    )


def _details(trailer: str | bytes | None) -> Status:
    # A proxy may cut or rewrite trailers: what cannot be read tells nothing, and the code still stands.
    try:
        return Status.FromString(trailer) if isinstance(trailer, bytes) else Status()
    except DecodeError:
        return Status()


def _detail(status: Status, kind: type[Detail]) -> Detail | None:
    for packed in status.details:
        found = kind()
        if packed.Unpack(found):
            return found
    return None


def _retry_delay(status: Status) -> float | None:
    info = _detail(status, error_details_pb2.RetryInfo)
    return None if info is None else info.retry_delay.seconds + info.retry_delay.nanos / 1_000_000_000


def _pushback(trailer: str | bytes | None) -> float | None:
    """The hint of gRPC itself: below zero, or no number, it means not to retry (gRPC proposal A6)."""
    if trailer is None:
        return None
    try:
        milliseconds = int(trailer)
    except ValueError:
        return math.inf
    return milliseconds / 1000 if milliseconds >= 0 else math.inf
