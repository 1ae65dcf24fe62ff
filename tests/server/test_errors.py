"""The table of errors: nothing missing on either side, facts as text, and nothing too long for a header."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest
import tallybook as tb
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from grpc import StatusCode
from tallybook_client._gen.tallybook.v1.error_reason_pb2 import ErrorReason
from tallybook_client.errors import BY_REASON
from tallybook_client.status import error_of_status
from tallybook_server.errors import STATUSES, Overloaded, status_message, told, wire_of

HEADERS_BYTES_MAX = 8 * 1024


def classes_below(root: type) -> set[type]:
    return {root} | {each for child in root.__subclasses__() for each in classes_below(child)}


# Abstract ones have no code of their own.
REASONS = {each for each in classes_below(tb.TallybookError) if hasattr(each, "code")}


def example(kind: type[tb.TallybookError]) -> tb.TallybookError:
    values = {
        "str": "x",
        "int": 7,
        "datetime": datetime(2027, 1, 1, tzinfo=UTC),
        "tuple[Problem, ...]": (),
        "Any": "x",
    }
    return kind(**{field.name: values[str(field.type)] for field in dataclasses.fields(kind)})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", sorted(REASONS, key=lambda kind: kind.__name__))
def test_every_error_is_mapped_and_its_reason_is_in_the_contract(kind: type[tb.TallybookError]) -> None:
    error = example(kind)
    assert f"ERROR_REASON_{kind.code}" in list(ErrorReason.keys())
    status = status_message(error)
    assert status.code == wire_of(error).status.value[0] != StatusCode.OK.value[0]
    info = ErrorInfo()
    assert status.details[0].Unpack(info)
    assert (info.reason, info.domain) == (kind.code, "tallybook")
    known = BY_REASON[kind.code]
    assert type(error_of_status(status)) is known


def test_every_reason_of_the_contract_is_given_by_some_error() -> None:
    told_reasons = {f"ERROR_REASON_{kind.code}" for kind in STATUSES}
    assert set(ErrorReason.keys()) - told_reasons == {"ERROR_REASON_UNSPECIFIED"}


def test_nothing_in_the_table_is_gone_from_the_library() -> None:
    assert set(STATUSES) <= REASONS


def test_a_special_case_is_told_as_what_it_is_a_case_of() -> None:
    error = tb.UnknownRevision(program="shop", revision=9)
    assert told(error).status is StatusCode.NOT_FOUND
    info = ErrorInfo()
    assert status_message(error).details[0].Unpack(info)
    assert dict(info.metadata) == {"program": "shop", "revision": "9"}


def test_a_replayed_refusal_says_so() -> None:
    error = tb.NotEnoughPoints(unit="points", asked=5, available=2)
    error.replayed = True
    info = ErrorInfo()
    assert status_message(error).details[0].Unpack(info)
    assert dict(info.metadata) == {"unit": "points", "asked": "5", "available": "2", "replayed": "true"}


def test_overload_says_when_to_come_again() -> None:
    status, _, trailers = told(Overloaded(retry_ms=1_250))
    assert status is StatusCode.RESOURCE_EXHAUSTED
    assert dict(trailers)["grpc-retry-pushback-ms"] == "1250"
    retry = RetryInfo()
    assert status_message(Overloaded(retry_ms=1_250)).details[1].Unpack(retry)
    assert (retry.retry_delay.seconds, retry.retry_delay.nanos) == (1, 250_000_000)


@pytest.mark.parametrize(
    "error",
    [
        tb.StaleEtag(program="p" * 100_000, expected="é" * 100_000, current="c" * 100_000),
        tb.InvalidInput("f" * 100_000, "会" * 100_000),
        tb.ProgramInvalid(
            problems=tuple(tb.Problem(f"units.u{n}", n, 1, "is wrong " * 50) for n in range(100)), total=3_000
        ),
    ],
    ids=lambda error: type(error).__name__,
)
def test_whatever_it_holds_an_error_fits_the_headers(error: tb.TallybookError) -> None:
    _, message, trailers = told(error)
    # A text travels percent-encoded, binary as base64.
    size = 3 * len(message.encode()) + sum(len(value) * 4 // 3 for _, value in trailers)
    assert size < HEADERS_BYTES_MAX
    violations = BadRequest()
    for packed in status_message(error).details:
        if packed.Unpack(violations):
            assert violations.field_violations
