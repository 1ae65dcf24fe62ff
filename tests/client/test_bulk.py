"""Batches and streams: each command gets its own reply or its own error, once, whatever breaks."""

import threading
from collections.abc import Iterable, Iterator
from typing import Any, get_args

import grpc
import pytest
from google.protobuf.message import Message
from google.rpc.status_pb2 import Status
from tallybook_client import TallybookClient, errors, requests
from tallybook_client._gen.tallybook.v1.batch_pb2 import (
    BatchPostResponse,
    PostCommand,
    PostResult,
    StreamPostRequest,
    StreamPostResponse,
)
from tallybook_client._gen.tallybook.v1.member_service_pb2 import EnrollMemberResponse
from tallybook_client._gen.tallybook.v1.posting_pb2 import AwardRequest, AwardResponse
from tallybook_client.bulk import Outcome

from tests.client.conftest import Run
from tests.client.fake_server import FakeServer, Refuse, in_order

NOT_ENOUGH = Refuse(
    grpc.StatusCode.FAILED_PRECONDITION,
    "NOT_ENOUGH_POINTS",
    {"unit": "points", "asked": "9", "available": "2"},
)
LOST = Refuse(grpc.StatusCode.UNAVAILABLE)
AWAY = Refuse(grpc.StatusCode.UNAVAILABLE, "DATABASE_UNAVAILABLE")
DRAINING = Refuse(grpc.StatusCode.UNAVAILABLE, "DRAINING")


def awards(count: int) -> list[AwardRequest]:
    return [requests.award("m1", amount=n, unit="points", request_id=f"r{n}") for n in range(1, count + 1)]


def as_asked(command: PostCommand) -> PostResult:
    return PostResult(award=AwardResponse(amount=command.award.amount))


def test_each_command_of_a_batch_has_its_own_outcome(server: FakeServer, run: Run) -> None:
    results = [
        PostResult(enroll_member=EnrollMemberResponse(entry=1)),
        PostResult(award=AwardResponse(entry=2, amount=5)),
        PostResult(error=NOT_ENOUGH.status()),
    ]
    server.answers("batch_post", BatchPostResponse(results=results))
    commands = [
        requests.enroll_member("m1"),
        requests.award("m1", amount=5, unit="points"),
        requests.redeem("m1", amount=9, unit="points"),
    ]
    enrolled, awarded, refused = run(lambda client: client.batch_post(commands))
    assert (enrolled.entry, awarded.amount) == (1, 5)
    assert isinstance(refused, errors.NotEnoughPoints)
    assert (refused.asked, refused.available, refused.code) == (9, 2, grpc.StatusCode.FAILED_PRECONDITION)


@pytest.mark.parametrize(
    ("union", "message", "oneof"),
    [(requests.Command, PostCommand, "command"), (Outcome, PostResult, "result")],
    ids=["commands", "outcomes"],
)
def test_types_name_every_kind_of_a_batch(union: Any, message: type[Message], oneof: str) -> None:
    fields = message.DESCRIPTOR.oneofs_by_name[oneof].fields
    of_contract = {field.message_type.name for field in fields if field.message_type} - {"Status"}
    assert {kind.__name__ for kind in get_args(union)} - {"TallybookError"} == of_contract


@pytest.mark.parametrize("count", [0, -1])
def test_a_message_of_a_stream_has_a_command_at_least(server: FakeServer, run: Run, count: int) -> None:
    with pytest.raises(ValueError, match="commands_per_message must be 1 or more"):
        run(lambda client: client.stream_post(awards(3), commands_per_message=count))


def large(count: int) -> list[PostResult]:
    """Results of 10,000 bytes each."""
    return [PostResult(error=Status(code=9, message=f"{n} {'x' * 10_000}")) for n in range(1, count + 1)]


def test_an_answer_larger_than_grpc_takes_by_default_is_received(server: FakeServer, run: Run) -> None:
    server.answers("batch_post", BatchPostResponse(results=large(1_000)))
    outcomes = run(lambda client: client.batch_post(awards(1_000)))
    assert [int(each.message.split()[0]) for each in outcomes] == list(range(1, 1_001))


def test_an_answer_of_a_stream_larger_than_grpc_takes_by_default_is_received(
    server: FakeServer, run: Run
) -> None:
    results = iter(large(1_000))
    server.streams = [in_order(lambda _: next(results))]
    answered = run(lambda client: client.stream_post(awards(1_000), commands_per_message=1_000))
    assert [int(each.message.split()[0]) for _, each in answered] == list(range(1, 1_001))


def test_how_large_an_answer_is_received_can_be_said(server: FakeServer, run: Run) -> None:
    server.answers("batch_post", BatchPostResponse(results=large(10)))
    options = [("grpc.max_receive_message_length", 50_000)]
    with pytest.raises(errors.Failed, match="larger than max") as caught:
        run(lambda client: client.batch_post(awards(10)), options=options)
    assert caught.value.in_doubt


def test_a_batch_is_sent_as_its_commands_in_order(server: FakeServer, run: Run) -> None:
    server.answers("batch_post", DRAINING, BatchPostResponse())
    commands = [*awards(3), requests.release("m1", "H1", request_id="r9")]
    run(lambda client: client.batch_post(commands, validate_only=True))
    first, again = server.requests
    assert first == again
    assert (first.program, first.validate_only) == ("demo", True)
    assert [item.WhichOneof("command") for item in first.commands] == ["award"] * 3 + ["release"]
    assert first.commands[3].release == commands[3]


def test_a_batch_stays_in_doubt_when_a_later_attempt_recorded_nothing(server: FakeServer, run: Run) -> None:
    results = [
        PostResult(award=AwardResponse(amount=1)),
        PostResult(error=AWAY.status()),
        PostResult(error=NOT_ENOUGH.status()),
    ]
    server.answers("batch_post", LOST, BatchPostResponse(results=results))
    awarded, doubtful, refused = run(lambda client: client.batch_post(awards(3)))
    assert awarded.amount == 1
    assert isinstance(doubtful, errors.ServerUnreachable)
    assert isinstance(refused, errors.NotEnoughPoints)


def test_a_message_of_a_stream_stays_in_doubt_when_it_was_sent_before(server: FakeServer, run: Run) -> None:
    def break_off(
        requests: Iterable[StreamPostRequest], context: grpc.ServicerContext
    ) -> Iterator[StreamPostResponse]:
        LOST.abort(context)
        yield from ()

    server.streams = [break_off, in_order(lambda _: PostResult(error=AWAY.status()))]
    answered = run(lambda client: client.stream_post(awards(6), commands_per_message=1))
    kinds = [type(outcome) for _, outcome in answered]
    assert kinds == [errors.ServerUnreachable] * 4 + [errors.DatabaseUnavailable] * 2


def test_a_stream_answers_every_command_in_order(server: FakeServer, run: Run) -> None:
    server.streams = [in_order(as_asked)]
    commands = awards(1_005)
    answered = run(lambda client: client.stream_post(commands))
    assert [command for command, _ in answered] == commands
    assert [reply.amount for _, reply in answered] == list(range(1, 1_006))


def test_a_stream_of_nothing_is_no_call(server: FakeServer, run: Run) -> None:
    assert run(lambda client: client.stream_post([])) == []


def test_a_refused_command_of_a_stream_stands_beside_the_others(server: FakeServer, run: Run) -> None:
    def second_refused(command: PostCommand) -> PostResult:
        return PostResult(error=NOT_ENOUGH.status()) if command.award.amount == 2 else as_asked(command)

    server.streams = [in_order(second_refused)]
    outcomes = [outcome for _, outcome in run(lambda client: client.stream_post(awards(3)))]
    assert [type(outcome) for outcome in outcomes] == [AwardResponse, errors.NotEnoughPoints, AwardResponse]


def test_a_broken_stream_goes_on_with_what_was_not_answered(server: FakeServer, run: Run) -> None:
    seen: list[list[str]] = []

    def breaks_after_two(
        messages: Iterable[StreamPostRequest], context: grpc.ServicerContext
    ) -> Iterator[StreamPostResponse]:
        for answered, message in enumerate(messages):
            seen.append([each.award.request_id for each in message.commands])
            if answered == 2:
                DRAINING.abort(context)
            yield StreamPostResponse(sequence=message.sequence, results=map(as_asked, message.commands))

    server.streams = [breaks_after_two, breaks_after_two, in_order(as_asked)]
    answered = run(lambda client: client.stream_post(awards(100), commands_per_message=10))
    assert [reply.amount for _, reply in answered] == list(range(1, 101))
    assert seen[3] == seen[2], "what was under way when it broke is sent again, under the same ids"


def test_a_stream_that_gets_nowhere_raises_why(server: FakeServer, run: Run) -> None:
    def refuses(
        messages: Iterable[StreamPostRequest], context: grpc.ServicerContext
    ) -> Iterator[StreamPostResponse]:
        Refuse(grpc.StatusCode.NOT_FOUND, "UNKNOWN_PROGRAM", {"program": "demo"}).abort(context)
        yield StreamPostResponse()

    server.streams = [refuses]
    with pytest.raises(errors.UnknownProgram):
        run(lambda client: client.stream_post(awards(3)))


def test_a_stream_that_ends_early_is_an_error(server: FakeServer, run: Run) -> None:
    def ends(
        messages: Iterable[StreamPostRequest], context: grpc.ServicerContext
    ) -> Iterator[StreamPostResponse]:
        return iter(())

    server.streams = [ends]
    with pytest.raises(errors.Failed, match="before its last answer"):
        run(lambda client: client.stream_post(awards(3)))


def test_commands_are_drawn_as_they_are_needed(server: FakeServer) -> None:
    server.streams = [in_order(as_asked)]
    drawn = 0

    def endless() -> Iterator[AwardRequest]:
        nonlocal drawn
        while True:
            drawn += 1
            yield requests.award("m1", amount=drawn, unit="points")

    with TallybookClient(server.address, program="demo") as client:
        outcomes = client.stream_post(endless(), commands_per_message=10)
        taken = [next(outcomes) for _ in range(25)]
        outcomes.close()
    assert len(taken) == 25
    assert drawn <= 25 + 5 * 10


def test_what_was_sent_is_answered_before_it_is_told_why_no_more_can_be_drawn(
    server: FakeServer, run: Run
) -> None:
    server.streams = [in_order(as_asked)]
    given: list[int] = []

    def breaking() -> Iterator[AwardRequest]:
        yield from awards(57)
        raise KeyError("no such row")

    async def awaited(stream: Any) -> None:
        async for _, reply in stream:
            given.append(reply.amount)

    def taken(client: Any) -> Any:
        stream = client.stream_post(breaking(), commands_per_message=10)
        if hasattr(stream, "__aiter__"):
            return awaited(stream)
        for _, reply in stream:
            given.append(reply.amount)
        return None

    with pytest.raises(KeyError, match="no such row"):
        run(taken)
    assert given == list(range(1, 58))


def test_a_stream_has_a_deadline(server: FakeServer, run: Run) -> None:
    server.streams = [in_order(as_asked)]
    run(lambda client: client.stream_post(awards(1)))
    [seconds] = server.seconds_left
    assert seconds is not None
    assert seconds < 61


def test_a_stream_that_moves_outlives_its_deadline(server: FakeServer, run: Run) -> None:
    def stalls_after_one(
        messages: Iterable[StreamPostRequest], context: grpc.ServicerContext
    ) -> Iterator[StreamPostResponse]:
        for answered, message in enumerate(messages):
            if answered == 1:
                ended = threading.Event()
                context.add_callback(ended.set)
                ended.wait(5)
            yield StreamPostResponse(sequence=message.sequence, results=map(as_asked, message.commands))

    server.streams = [stalls_after_one, in_order(as_asked)]

    def one_by_one(client: Any) -> Any:
        return client.stream_post(awards(5), commands_per_message=1)

    answered = run(one_by_one, timeout=0.3)
    assert [reply.amount for _, reply in answered] == [1, 2, 3, 4, 5]
