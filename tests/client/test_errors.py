"""Each reason is an exception class of its own, with its facts; what cannot be read still has its code."""

import json
import re
from pathlib import Path

import grpc
import pytest
from google.protobuf.any_pb2 import Any as AnyMessage
from google.rpc.error_details_pb2 import ErrorInfo
from google.rpc.status_pb2 import Status
from tallybook_client import errors
from tallybook_client._gen.tallybook.v1.error_reason_pb2 import ErrorReason
from tallybook_client.errors.facts import Fact
from tallybook_client.status import error_of_status

from tests.client.conftest import Run
from tests.client.fake_server import FakeServer, Refuse

PREFIX = "ERROR_REASON_"
REASONS = [value.name.removeprefix(PREFIX) for value in ErrorReason.DESCRIPTOR.values if value.number]
CONTRACT = Path(__file__).resolve().parents[2] / "proto/tallybook/v1/error_reason.proto"


def shown_in_the_contract() -> dict[str, tuple[str, dict[str, str]]]:
    """The code and the example facts that the comment above each reason shows."""
    shown = {}
    comment = ""
    for line in CONTRACT.read_text().splitlines():
        text = line.strip()
        if text.startswith("//"):
            comment += text.removeprefix("//")
            continue
        if value := re.match(PREFIX + r"(\w+) = ", text):
            code = re.search(r"Code (\w+)", comment)
            facts = re.search(r"metadata\s+(\{.*?\})\.", comment)
            shown[value[1]] = (code[1] if code else "", json.loads(facts[1]) if facts else {})
        comment = ""
    return shown


def facts_of(kind: type[errors.TallybookError]) -> dict[str, str]:
    """The facts of a class: their attributes by their names on the wire."""
    return {
        fact.name: attribute
        for each in kind.__mro__
        for attribute, fact in vars(each).items()
        if isinstance(fact, Fact)
    }


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_a_class_named_for_it(reason: str) -> None:
    assert errors.BY_REASON[reason].__name__ == "".join(word.capitalize() for word in reason.split("_"))


def test_every_class_has_a_reason_of_the_contract() -> None:
    assert sorted(errors.BY_REASON) == sorted(REASONS)


@pytest.mark.parametrize("reason", REASONS)
def test_the_facts_are_those_that_the_contract_shows(reason: str) -> None:
    code, example = shown_in_the_contract()[reason]
    kind = errors.BY_REASON[reason]
    assert hasattr(grpc.StatusCode, code)
    assert sorted(facts_of(kind)) == sorted(example)
    error = kind("no", code=grpc.StatusCode[code], metadata=example)
    for name, attribute in facts_of(kind).items():
        assert str(getattr(error, attribute)) == example[name]


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_that_may_pass_is_a_failure_and_the_rest_are_refusals(reason: str) -> None:
    code, _ = shown_in_the_contract()[reason]
    decided = code not in {"UNAVAILABLE", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED", "INTERNAL"}
    assert issubclass(errors.BY_REASON[reason], errors.Refused) == (decided and reason != "CONTENTION")


def test_a_refusal_carries_its_facts(server: FakeServer, run: Run) -> None:
    facts = {"unit": "points", "asked": "1000", "available": "22", "replayed": "true"}
    server.answers("redeem", Refuse(grpc.StatusCode.FAILED_PRECONDITION, "NOT_ENOUGH_POINTS", facts))
    with pytest.raises(errors.NotEnoughPoints) as caught:
        run(lambda client: client.redeem("m1", amount=1000, unit="points"))
    error = caught.value
    assert (error.unit, error.asked, error.available) == ("points", 1000, 22)
    assert error.replayed
    assert error.metadata == facts
    assert error.code is grpc.StatusCode.FAILED_PRECONDITION
    assert str(error) == "NOT_ENOUGH_POINTS: no"


def test_fields_that_are_wrong_are_named(server: FakeServer, run: Run) -> None:
    wrong = (("amount", "must be above zero"), ("unit", "must not be empty"))
    server.answers("redeem", Refuse(grpc.StatusCode.INVALID_ARGUMENT, "FIELD_INVALID", fields=wrong))
    with pytest.raises(errors.FieldInvalid) as caught:
        run(lambda client: client.redeem("m1", amount=-1, unit=""))
    assert [(each.field, each.description) for each in caught.value.violations] == list(wrong)
    assert caught.value.field is None


def test_a_reason_of_a_later_release_is_kept_as_text(server: FakeServer, run: Run) -> None:
    server.answers("redeem", Refuse(grpc.StatusCode.FAILED_PRECONDITION, "MOON_FULL", {"phase": "full"}))
    with pytest.raises(errors.TallybookError) as caught:
        run(lambda client: client.redeem("m1", amount=1, unit="points"))
    assert (caught.value.reason, caught.value.metadata) == ("MOON_FULL", {"phase": "full"})


@pytest.mark.parametrize("details", [b"", b"\xff\xff\xff", b"\x1a\x7f"], ids=["empty", "noise", "cut"])
def test_details_that_cannot_be_read_leave_the_code(server: FakeServer, run: Run, details: bytes) -> None:
    server.answers("redeem", Refuse(grpc.StatusCode.PERMISSION_DENIED, details=details))
    with pytest.raises(errors.Failed) as caught:
        run(lambda client: client.redeem("m1", amount=1, unit="points"))
    assert caught.value.code is grpc.StatusCode.PERMISSION_DENIED
    assert str(caught.value) == "PERMISSION_DENIED: no"


def test_an_error_of_another_domain_is_not_taken_for_ours() -> None:
    packed = AnyMessage()
    packed.Pack(ErrorInfo(reason="INTERNAL", domain="proxy.example"))
    error = error_of_status(Status(code=grpc.StatusCode.UNAVAILABLE.value[0], details=[packed]))
    assert type(error) is errors.ServerUnreachable
    assert error.reason == ""


def test_a_fact_that_the_server_left_out_is_none() -> None:
    error = errors.NotEnoughPoints("no", code=grpc.StatusCode.FAILED_PRECONDITION)
    assert error.asked is None
