"""What goes with every call: a deadline, the program, metadata; and how pages and streams of replies read."""

import time

import grpc
import pytest
from tallybook_client import TallybookClient, errors
from tallybook_client._gen.tallybook.v1.entry_pb2 import Entry
from tallybook_client._gen.tallybook.v1.member_service_pb2 import GetMemberResponse
from tallybook_client._gen.tallybook.v1.points_service_pb2 import GetBalancesResponse, ListEntriesResponse
from tallybook_client._gen.tallybook.v1.posting_pb2 import AwardResponse
from tallybook_client._gen.tallybook.v1.program_pb2 import Program
from tallybook_client._gen.tallybook.v1.program_service_pb2 import GetProgramResponse, ListProgramsResponse
from tallybook_client._gen.tallybook.v1.report_service_pb2 import (
    VerifyDisagreement,
    VerifyProgress,
    VerifyResponse,
    VerifySummary,
)

from tests.client.conftest import Run
from tests.client.fake_server import FakeServer, Refuse, Slow


def test_every_call_has_a_deadline(server: FakeServer, run: Run) -> None:
    server.answers("get_member", GetMemberResponse())
    run(lambda client: client.get_member("m1"))
    [seconds] = server.seconds_left
    assert seconds is not None
    assert 4 < seconds < 5.5


def test_the_deadline_is_kept(server: FakeServer, run: Run) -> None:
    server.answers("award", Slow(1.0, AwardResponse()))
    begun = time.monotonic()
    with pytest.raises(errors.DeadlineExceeded) as caught:
        run(lambda client: client.award("m1", amount=5, unit="points"), timeout=0.2)
    assert time.monotonic() - begun < 0.9
    assert not isinstance(caught.value, errors.DeadlinePassed)


def test_one_call_can_have_a_deadline_of_its_own(server: FakeServer, run: Run) -> None:
    server.answers("get_member", GetMemberResponse())
    run(lambda client: client.with_timeout(60).get_member("m1"))
    [seconds] = server.seconds_left
    assert seconds is not None
    assert 55 < seconds < 61


def test_a_client_with_another_deadline_shares_the_connection(server: FakeServer) -> None:
    server.answers("get_member", GetMemberResponse())
    with TallybookClient(server.address, program="demo") as client:
        client.with_timeout(60).get_member("m1")
        client.get_member("m1")
    longer, usual = server.seconds_left
    assert longer is not None
    assert usual is not None
    assert longer > 55
    assert usual < 5.5


def test_the_program_is_said_once(server: FakeServer, run: Run) -> None:
    server.answers("award", AwardResponse())
    server.answers("get_balances", GetBalancesResponse())
    server.answers("get_program", GetProgramResponse())
    run(lambda client: client.award("m1", amount=5, unit="points"))
    run(lambda client: client.get_balances("m1"))
    run(lambda client: client.get_program(revision=3))
    assert [request.program for request in server.requests] == ["demo"] * 3


def test_metadata_goes_with_every_call(server: FakeServer, run: Run) -> None:
    server.answers("get_member", GetMemberResponse())
    run(lambda client: client.get_member("m1"), metadata=[("authorization", "Bearer abc")])
    assert server.metadata[0]["authorization"] == "Bearer abc"


def test_pages_read_as_one_run(server: FakeServer, run: Run) -> None:
    server.answers(
        "list_entries",
        ListEntriesResponse(entries=[Entry(version=5), Entry(version=4)], next_page_token="a"),
        ListEntriesResponse(entries=[], next_page_token="b"),
        ListEntriesResponse(entries=[Entry(version=3)]),
    )
    entries = run(lambda client: client.list_entries("m1", unit="points", page_size=2))
    assert [entry.version for entry in entries] == [5, 4, 3]
    assert [request.page_token for request in server.requests] == ["", "a", "b"]
    assert {(r.program, r.member, r.unit, r.page_size) for r in server.requests} == {
        ("demo", "m1", "points", 2)
    }


def test_a_page_is_fetched_when_it_is_needed(server: FakeServer) -> None:
    server.answers("list_entries", ListEntriesResponse(entries=[Entry(version=5)], next_page_token="a"))
    with TallybookClient(server.address, program="demo") as client:
        assert next(client.list_entries("m1")).version == 5
    assert len(server.requests) == 1


def test_programs_are_listed_whatever_the_program(server: FakeServer, run: Run) -> None:
    server.answers(
        "list_programs", ListProgramsResponse(programs=[Program(program="a"), Program(program="b")])
    )
    assert [each.program for each in run(lambda client: client.list_programs())] == ["a", "b"]


def test_a_verification_tells_as_it_goes(server: FakeServer, run: Run) -> None:
    steps = [
        VerifyResponse(progress=VerifyProgress(members_done=1)),
        VerifyResponse(disagreement=VerifyDisagreement(member="m1", entry=3, problem="lot")),
        VerifyResponse(summary=VerifySummary(members=2, disagreements=1)),
    ]
    server.answers("verify", *steps)
    assert run(lambda client: client.verify()) == steps
    [seconds] = server.seconds_left
    assert seconds is not None
    assert seconds > 3000


def test_a_verification_that_breaks_raises_what_it_means(server: FakeServer, run: Run) -> None:
    server.answers("verify", VerifyResponse(), Refuse(grpc.StatusCode.NOT_FOUND, "UNKNOWN_MEMBER"))
    with pytest.raises(errors.UnknownMember):
        run(lambda client: client.verify(member="m9"))
