"""The client has a verb for every rpc, and the contract keeps its own conventions."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor, FileDescriptor, MethodDescriptor
from google.protobuf.descriptor_pb2 import MethodOptions
from tallybook_client import AsyncTallybookClient, TallybookClient
from tallybook_client._gen.tallybook.v1 import (
    amounts_pb2,
    batch_pb2,
    card_pb2,
    card_service_pb2,
    coupon_pb2,
    coupon_service_pb2,
    draw_pb2,
    draw_service_pb2,
    entry_pb2,
    event_pb2,
    event_service_pb2,
    explanation_pb2,
    grant_service_pb2,
    growth_pb2,
    growth_rules_pb2,
    hold_pb2,
    mall_pb2,
    mall_rules_pb2,
    mall_service_pb2,
    member_pb2,
    member_service_pb2,
    membership_pb2,
    membership_service_pb2,
    points_service_pb2,
    posting_pb2,
    program_pb2,
    program_service_pb2,
    referral_pb2,
    referral_service_pb2,
    report_service_pb2,
    stored_value_pb2,
    stored_value_service_pb2,
    task_pb2,
    task_service_pb2,
    tier_pb2,
    tier_service_pb2,
)
from tallybook_client.contract import RECORD_EVENT, STREAM_POST, Contract

SERVICES: list[FileDescriptor] = [
    module.DESCRIPTOR
    for module in (
        card_service_pb2,
        coupon_service_pb2,
        draw_service_pb2,
        event_service_pb2,
        grant_service_pb2,
        mall_service_pb2,
        member_service_pb2,
        membership_service_pb2,
        points_service_pb2,
        program_service_pb2,
        referral_service_pb2,
        report_service_pb2,
        stored_value_service_pb2,
        task_service_pb2,
        tier_service_pb2,
    )
]
RESOURCES: list[FileDescriptor] = [
    module.DESCRIPTOR
    for module in (
        amounts_pb2,
        batch_pb2,
        card_pb2,
        coupon_pb2,
        draw_pb2,
        entry_pb2,
        event_pb2,
        explanation_pb2,
        growth_pb2,
        growth_rules_pb2,
        hold_pb2,
        mall_pb2,
        mall_rules_pb2,
        member_pb2,
        membership_pb2,
        posting_pb2,
        program_pb2,
        referral_pb2,
        stored_value_pb2,
        task_pb2,
        tier_pb2,
    )
]
METHODS: list[MethodDescriptor] = [
    method for file in SERVICES for service in file.services_by_name.values() for method in service.methods
]
MESSAGES: list[Descriptor] = [
    message for file in [*SERVICES, *RESOURCES] for message in file.message_types_by_name.values()
]
COMMANDS = [
    field.message_type
    for field in batch_pb2.PostCommand.DESCRIPTOR.oneofs_by_name["command"].fields
    if field.message_type is not None
]
SHARED_REQUEST_FIELDS = {
    "program": 1, "member": 2,
    "occurred_at": 10, "source": 11, "reason": 12, "metadata": 13, "validate_only": 14,
}  # fmt: skip


def snake_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def path(method: MethodDescriptor) -> str:
    return f"/{method.containing_service.full_name}/{method.name}"


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_every_rpc_is_a_verb_under_its_own_name(method: MethodDescriptor) -> None:
    if method.name == "StreamPost":
        assert path(method) == STREAM_POST.path
        assert callable(TallybookClient.stream_post)
        assert callable(AsyncTallybookClient.stream_post)
        return
    verb: Any = getattr(Contract, snake_case(method.name))
    assert verb.method.path == path(method)
    assert verb.build.__annotations__["return"].DESCRIPTOR.full_name == method.input_type.full_name
    reader = getattr(verb.method.read, "__self__", None)
    if reader is not None:
        assert reader.DESCRIPTOR.full_name == method.output_type.full_name
    assert verb.method.of_program == ("program" in method.input_type.fields_by_name)


def test_a_verb_says_what_its_request_says() -> None:
    assert TallybookClient.award.__doc__ == TallybookClient.award.build.__doc__
    assert "units" in str(TallybookClient.redeem.__doc__).lower()


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_every_rpc_says_whether_it_can_be_repeated(method: MethodDescriptor) -> None:
    reads = method.name.startswith(("Get", "List", "Verify", "Explain", "Evaluate"))
    expected = MethodOptions.NO_SIDE_EFFECTS if reads else MethodOptions.IDEMPOTENT
    assert method.GetOptions().idempotency_level == expected


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_the_shared_fields(command: Descriptor) -> None:
    numbers = {name: field.number for name, field in command.fields_by_name.items()}
    assert numbers.items() >= SHARED_REQUEST_FIELDS.items()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_a_request_id_but_an_event_which_is_one(command: Descriptor) -> None:
    field = command.fields_by_name.get("request_id")
    number = None if field is None else field.number
    assert number == (None if command.name == "RecordEventRequest" else 3)


def test_every_command_can_stand_in_a_batch() -> None:
    writes = {
        method.input_type.name
        for method in METHODS
        if {"member", "validate_only"}.issubset(method.input_type.fields_by_name)
    }
    assert writes == {command.name for command in COMMANDS}


def test_an_event_is_recorded_under_the_name_of_its_kind_too() -> None:
    verbs = {name: getattr(Contract, name) for name in dir(Contract)}
    same = {name for name, verb in verbs.items() if getattr(verb, "method", None) == RECORD_EVENT}
    assert same == {"record_purchase", "record_refund", "record_event"}


def test_a_kind_has_one_number_in_commands_and_results() -> None:
    commands = batch_pb2.PostCommand.DESCRIPTOR.fields_by_name
    results = batch_pb2.PostResult.DESCRIPTOR.fields_by_name
    assert {name: field.number for name, field in commands.items()} == {
        name: field.number for name, field in results.items() if name != "error"
    }


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_answered_with_its_entry(command: Descriptor) -> None:
    [method] = [method for method in METHODS if method.input_type is command]
    numbers = {name: field.number for name, field in method.output_type.fields_by_name.items()}
    assert numbers.items() >= {"entry": 1, "recorded_at": 2, "replayed": 3}.items()


def test_no_value_is_a_float() -> None:
    floats = {FieldDescriptor.TYPE_DOUBLE, FieldDescriptor.TYPE_FLOAT}
    assert [field.full_name for field in all_fields() if field.type in floats] == []


def test_every_amount_has_64_bits() -> None:
    amounts = [field for field in all_fields() if field.name in {"amount", "minor_units", "per_minor_units"}]
    narrow = {field.full_name for field in amounts if field.type != FieldDescriptor.TYPE_INT64}
    assert narrow == {"tallybook.v1.TrialBalanceRow.amount"}, "a sum over members may need more than 64"


def all_fields() -> Iterator[FieldDescriptor]:
    for message in MESSAGES:
        yield from message.fields
