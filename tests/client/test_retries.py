"""What is sent again, under which id, how long it waits, and when it gives up."""

import math
import time
from typing import Any

import grpc
import pytest
from tallybook_client import RetryPolicy, TallybookClient, errors
from tallybook_client._gen.tallybook.v1.posting_pb2 import AwardResponse
from tallybook_client._gen.tallybook.v1.program_service_pb2 import ApplyProgramResponse
from tallybook_client.retry import Attempts

from tests.client.conftest import Run
from tests.client.fake_server import FakeServer, Refuse

DONE = AwardResponse(entry=2)
AWAY = Refuse(grpc.StatusCode.UNAVAILABLE, "DRAINING")
FAST = RetryPolicy(pause_first=0.01, pause_max=0.02)


def award(client: Any) -> Any:
    return client.award("m1", amount=5, unit="points")


def test_a_retry_keeps_the_request_id(server: FakeServer, run: Run) -> None:
    server.answers("award", AWAY, AWAY, DONE)
    assert run(award, retry=FAST).entry == 2
    first, *again = server.requests
    assert len(again) == 2
    assert all(request == first for request in again)
    assert len(first.request_id) == 36


def test_each_call_draws_an_id_of_its_own(server: FakeServer) -> None:
    server.answers("award", DONE)
    with TallybookClient(server.address, program="demo") as client:
        award(client)
        award(client)
    assert len({request.request_id for request in server.requests}) == 2


def test_an_id_that_is_given_is_sent(server: FakeServer, run: Run) -> None:
    server.answers("award", DONE)
    run(lambda client: client.award("m1", amount=5, unit="points", request_id="order-1"))
    assert server.requests[0].request_id == "order-1"


@pytest.mark.parametrize(
    "answer",
    [
        Refuse(grpc.StatusCode.UNAVAILABLE),
        Refuse(grpc.StatusCode.UNAVAILABLE, "DATABASE_UNAVAILABLE"),
        Refuse(grpc.StatusCode.UNAVAILABLE, "OUTCOME_UNKNOWN"),
        Refuse(grpc.StatusCode.ABORTED, "CONTENTION"),
        Refuse(grpc.StatusCode.RESOURCE_EXHAUSTED, "OVERLOADED", retry_delay_ms=10),
        Refuse(grpc.StatusCode.RESOURCE_EXHAUSTED, "OVERLOADED", pushback="10"),
        Refuse(grpc.StatusCode.UNAVAILABLE, "A_REASON_OF_LATER"),
        Refuse(grpc.StatusCode.CANCELLED, message="CANCELLED"),
    ],
    ids=lambda answer: answer.reason or "no reason",
)
def test_what_may_pass_is_sent_again(server: FakeServer, run: Run, answer: Refuse) -> None:
    server.answers("award", answer, DONE)
    assert run(award, retry=FAST).entry == 2
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "answer",
    [
        Refuse(grpc.StatusCode.FAILED_PRECONDITION, "NOT_ENOUGH_POINTS"),
        Refuse(grpc.StatusCode.INTERNAL, "INTERNAL"),
        Refuse(grpc.StatusCode.RESOURCE_EXHAUSTED),
        Refuse(grpc.StatusCode.UNAVAILABLE, "DRAINING", pushback="-1"),
        Refuse(grpc.StatusCode.UNAVAILABLE, "DRAINING", pushback="soon"),
        Refuse(grpc.StatusCode.DEADLINE_EXCEEDED, "DEADLINE_PASSED"),
        Refuse(grpc.StatusCode.CANCELLED, message="Channel closed!"),
    ],
    ids=lambda answer: f"{answer.reason}{answer.pushback or ''}",
)
def test_what_stays_so_is_not_sent_again(server: FakeServer, run: Run, answer: Refuse) -> None:
    server.answers("award", answer)
    with pytest.raises(errors.TallybookError) as caught:
        run(award)
    assert caught.value.reason == answer.reason
    assert len(server.requests) == 1


def test_a_stale_etag_is_not_sent_again(server: FakeServer, run: Run) -> None:
    server.answers("apply_program", Refuse(grpc.StatusCode.ABORTED, "STALE_ETAG"), ApplyProgramResponse())
    with pytest.raises(errors.StaleEtag):
        run(lambda client: client.apply_program("program: demo", etag="old"))


@pytest.mark.parametrize("hint", [{"retry_delay_ms": 150}, {"pushback": "150"}], ids=["detail", "pushback"])
def test_a_hint_from_the_server_is_waited_for(server: FakeServer, run: Run, hint: dict[str, Any]) -> None:
    server.answers("award", Refuse(grpc.StatusCode.UNAVAILABLE, "DRAINING", **hint), DONE)
    begun = time.monotonic()
    run(award, retry=FAST)
    assert time.monotonic() - begun >= 0.15


def test_a_hint_past_the_deadline_ends_it_at_once(server: FakeServer, run: Run) -> None:
    server.answers("award", Refuse(grpc.StatusCode.RESOURCE_EXHAUSTED, "OVERLOADED", pushback="60000"))
    begun = time.monotonic()
    with pytest.raises(errors.Overloaded) as caught:
        run(award)
    assert time.monotonic() - begun < 1
    assert caught.value.retry_after == 60


def test_retries_end_with_the_deadline(server: FakeServer, run: Run) -> None:
    server.answers("award", AWAY)
    begun = time.monotonic()
    with pytest.raises((errors.Draining, errors.DeadlineExceeded)) as caught:
        run(award, timeout=0.3)
    assert 0.1 < time.monotonic() - begun < 2
    assert len(server.requests) > 1
    [note] = caught.value.__notes__
    assert note.endswith("The one before: DRAINING: no")


@pytest.mark.parametrize("certain", ["DATABASE_UNAVAILABLE", "DRAINING", "CONTENTION"])
@pytest.mark.parametrize("doubtful", ["OUTCOME_UNKNOWN", ""])
def test_a_call_stays_in_doubt_when_a_later_attempt_recorded_nothing(
    server: FakeServer, run: Run, doubtful: str, certain: str
) -> None:
    away = Refuse(grpc.StatusCode.UNAVAILABLE, certain, pushback="60000")
    server.answers("award", Refuse(grpc.StatusCode.UNAVAILABLE, doubtful), away)
    with pytest.raises((errors.OutcomeUnknown, errors.ServerUnreachable)) as caught:
        run(award, retry=FAST)
    assert caught.value.in_doubt
    assert caught.value.reason == doubtful
    [note] = caught.value.__notes__
    assert note == f"The last attempt recorded nothing; it ended with: {certain}: no"


def test_a_refusal_ends_the_doubt(server: FakeServer, run: Run) -> None:
    refused = Refuse(grpc.StatusCode.FAILED_PRECONDITION, "NOT_ENOUGH_POINTS")
    server.answers("award", Refuse(grpc.StatusCode.UNAVAILABLE, "OUTCOME_UNKNOWN"), refused)
    with pytest.raises(errors.NotEnoughPoints):
        run(award, retry=FAST)


def test_a_call_that_was_never_sent_is_in_no_doubt() -> None:
    server = FakeServer()
    server.stop()
    client = TallybookClient(server.address, program="demo", timeout=0.3)
    with client, pytest.raises(errors.ServerUnreachable) as caught:
        award(client)
    assert not caught.value.in_doubt


def test_a_server_that_is_not_there_yet_is_tried_again() -> None:
    server = FakeServer()
    server.stop()
    client = TallybookClient(server.address, program="demo", timeout=0.3)
    with client, pytest.raises(errors.ServerUnreachable) as caught:
        award(client)
    assert caught.value.code is grpc.StatusCode.UNAVAILABLE
    assert caught.value.__notes__


def test_the_attempts_of_a_call_share_one_deadline() -> None:
    now = 100.0
    attempts = Attempts(5.0, RetryPolicy(), clock=lambda: now, chance=lambda: 0.5)
    assert attempts.time_left() == 5.0
    now = 103.0
    assert attempts.time_left() == 2.0
    now = 106.0
    assert attempts.time_left() == 0.0


def test_pauses_grow_to_their_limit_and_spread() -> None:
    policy = RetryPolicy(pause_first=0.1, pause_growth=2, pause_max=0.5)
    longest = [policy.pause(failures, chance=1.0) for failures in (1, 2, 3, 4, 5)]
    shortest = [policy.pause(failures, chance=0.0) for failures in (1, 2, 3, 4, 5)]
    assert longest == [0.1, 0.2, 0.4, 0.5, 0.5]
    assert shortest == [0.05, 0.1, 0.2, 0.25, 0.25]


def test_never_is_no_time_to_wait() -> None:
    stopped = errors.Draining("no", code=grpc.StatusCode.UNAVAILABLE, retry_after=math.inf)
    assert not stopped.retryable
