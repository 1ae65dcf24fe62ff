"""Batches and streams: a result for each command, in order, whatever becomes of its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import grpc
import pytest
from tallybook_client import FreezeScope, PurchaseLine, TallybookClient, errors, requests
from tallybook_client._gen.tallybook.v1.batch_pb2 import (
    BatchPostRequest,
    PostCommand,
    StreamPostRequest,
    StreamPostResponse,
)
from tallybook_client._gen.tallybook.v1.points_service_pb2_grpc import PointsServiceStub
from tallybook_client._gen.tallybook.v1.posting_pb2 import AwardRequest

from tests.server.serving import Served


def test_a_batch_takes_every_kind_of_command(client: TallybookClient, new_member: Callable[[], str]) -> None:
    member, friend, newcomer = new_member(), new_member(), f"{new_member()}-new"
    outcomes = client.batch_post(
        [
            requests.enroll_member(newcomer),
            requests.award(member, amount=100, unit="points"),
            requests.redeem(member, amount=10, unit="points"),
            requests.hold(member, amount=20, unit="points", hold_id="H1"),
            requests.capture(member, "H1", amount=5),
            requests.hold(member, amount=20, unit="points", hold_id="H2"),
            requests.release(member, "H2"),
            requests.reverse(member, 2, amount=1),
            requests.adjust(member, amount=1, unit="points", reason="rounding"),
            requests.gift(member, friend, amount=3, unit="points"),
            requests.freeze_member(member, scope=FreezeScope.FREEZE_SCOPE_ALL, reason="review"),
            requests.unfreeze_member(member, reason="cleared"),
            requests.record_purchase(member, order_id="1", currency="USD", lines=[PurchaseLine(amount=100)]),
        ]
    )
    assert [type(outcome).__name__ for outcome in outcomes] == [
        "EnrollMemberResponse",
        "AwardResponse",
        "RedeemResponse",
        "HoldResponse",
        "CaptureResponse",
        "HoldResponse",
        "ReleaseResponse",
        "ReverseResponse",
        "AdjustResponse",
        "GiftResponse",
        "FreezeMemberResponse",
        "UnfreezeMemberResponse",
        "RecordEventResponse",
    ]
    assert client.get_balances(member, units=["points"]).balances[0].balance.available == 83


def test_a_refused_command_leaves_its_neighbours(client: TallybookClient, member: str) -> None:
    outcomes = client.batch_post(
        [
            requests.award(member, amount=10, unit="points"),
            requests.redeem(member, amount=99, unit="points"),
            requests.redeem(member, amount=-1, unit="points"),
            requests.award("nobody", amount=10, unit="points"),
            requests.redeem(member, amount=4, unit="points"),
        ]
    )
    assert isinstance(outcomes[1], errors.NotEnoughPoints)
    assert isinstance(outcomes[2], errors.FieldInvalid)
    assert outcomes[2].violations[0].field == "amount"
    assert isinstance(outcomes[3], errors.UnknownMember)
    assert outcomes[4].balance.available == 6  # type: ignore[union-attr]


def test_a_batch_is_of_one_program(channel: grpc.Channel, member: str) -> None:
    stub = PointsServiceStub(channel)
    award = AwardRequest(program="other", member=member, request_id="r", unit="points", amount=1)
    tried = AwardRequest(member=member, request_id="r", unit="points", amount=1, validate_only=True)
    request = BatchPostRequest(
        program="shop", commands=[PostCommand(award=award), PostCommand(award=tried), PostCommand()]
    )
    results = stub.BatchPost(request).results
    assert [result.error.code for result in results] == [grpc.StatusCode.INVALID_ARGUMENT.value[0]] * 3
    assert ["program" in results[0].error.message, "validate_only" in results[1].error.message] == [
        True,
        True,
    ]


@pytest.mark.parametrize("count", [0, 1001])
def test_a_batch_has_its_limits(client: TallybookClient, member: str, count: int) -> None:
    with pytest.raises(errors.FieldInvalid) as caught:
        client.batch_post([requests.award(member, amount=1, unit="points")] * count)
    assert caught.value.field == "commands"


def test_a_thousand_commands_are_carried_out_in_order(client: TallybookClient, member: str) -> None:
    commands = [requests.award(member, amount=1, unit="points", request_id=f"r{n}") for n in range(1000)]
    outcomes = client.batch_post(commands)
    assert [outcome.entry for outcome in outcomes] == list(range(2, 1002))  # type: ignore[union-attr]
    assert all(outcome.replayed for outcome in client.batch_post(commands))  # type: ignore[union-attr]


WIDE = """
program: wide
timezone: UTC
units: {points: {kind: redeemable}}
rules:
""" + "".join(
    f'  rule_{number}: {{unit: points, formula: {{kind: rate, units: 1, per: "1.00", currency: USD}}}}\n'
    for number in range(24)
)


def test_a_batch_whose_answer_is_larger_than_grpc_takes_by_default(served: Served) -> None:
    lines = [PurchaseLine(amount=1_000 + number) for number in range(20)]
    commands: list[requests.Command] = [
        requests.record_purchase("m", order_id=f"o{number}", currency="USD", lines=lines)
        for number in range(1_000)
    ]
    default = [("grpc.max_receive_message_length", 4 * 1024 * 1024)]
    with (
        served.client(program="wide", timeout=60) as client,
        served.client(program="wide", timeout=60, options=default) as narrow,
    ):
        client.apply_program(WIDE)
        client.enroll_member("m")
        with pytest.raises(errors.Failed) as caught:
            narrow.batch_post(commands)
        assert (caught.value.code, caught.value.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "")
        assert caught.value.in_doubt
        answers = [narrow.batch_post(commands[start : start + 500]) for start in (0, 500)]
        assert client.batch_post(commands) == [answer for part in answers for answer in part]
        assert all(answer.replayed for part in answers for answer in part)  # type: ignore[union-attr]
        streamed = client.stream_post(commands, commands_per_message=1_000)
        assert [answer for _, answer in streamed] == [answer for part in answers for answer in part]


def test_a_stream_answers_in_order(client: TallybookClient, member: str) -> None:
    commands = (requests.award(member, amount=1, unit="points") for _ in range(950))
    outcomes = [outcome for _, outcome in client.stream_post(commands, commands_per_message=70)]
    assert [outcome.entry for outcome in outcomes] == list(range(2, 952))  # type: ignore[union-attr]


def test_a_stream_repeats_the_numbers_of_its_messages(channel: grpc.Channel, member: str) -> None:
    def messages() -> Iterator[StreamPostRequest]:
        for number in (7, 5, 7):
            award = AwardRequest(member=member, request_id=f"r{number}", unit="points", amount=1)
            yield StreamPostRequest(sequence=number, program="shop", commands=[PostCommand(award=award)])

    answers = list(PointsServiceStub(channel).StreamPost(messages()))
    assert [answer.sequence for answer in answers] == [7, 5, 7]
    assert answers[2].results[0].award.replayed


def test_a_malformed_message_ends_a_stream_after_what_came_before(served: Served, member: str) -> None:
    award = AwardRequest(member=member, request_id="r1", unit="points", amount=1)
    good = StreamPostRequest(sequence=1, program="shop", commands=[PostCommand(award=award)])
    with served.channel() as channel:
        send = channel.stream_stream(
            "/tallybook.v1.PointsService/StreamPost", response_deserializer=StreamPostResponse.FromString
        )
        answers = send(iter([good.SerializeToString(), b"\xff\xff\xff"]), timeout=20)
        assert next(answers).results[0].award.entry == 2
        with pytest.raises(grpc.RpcError) as caught:
            next(answers)
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT  # type: ignore[attr-defined]
    assert "StreamPostRequest" in caught.value.details()  # type: ignore[attr-defined]
