"""Pages of lists fit into what gRPC's clients receive by default, however large their content is."""

from __future__ import annotations

from collections.abc import Iterator

import grpc
import pytest
from google.protobuf.message import Message
from tallybook_client import TallybookClient, requests
from tallybook_client._gen.tallybook.v1.points_service_pb2 import ListEntriesRequest, ListEntriesResponse
from tallybook_client._gen.tallybook.v1.points_service_pb2_grpc import PointsServiceStub
from tallybook_client._gen.tallybook.v1.posting_pb2 import AwardResponse
from tallybook_client._gen.tallybook.v1.program_service_pb2 import ListProgramsRequest
from tallybook_client._gen.tallybook.v1.program_service_pb2_grpc import ProgramServiceStub
from tallybook_server.pages import PAGE_BYTES_MAX, is_too_large, rows_that_fit

from tests.server.serving import PROGRAM, serving

FACTS = {f"k{number}": "v" * 445 for number in range(9)}


def rows(sizes: list[int]) -> list[Message]:
    """Messages of so many bytes, give or take a few."""
    return [ListEntriesResponse(next_page_token="x" * size) for size in sizes]


@pytest.mark.parametrize(
    ("sizes", "fit"),
    [
        ([], 0),
        ([0, 0, 0], 3),
        ([PAGE_BYTES_MAX // 2, PAGE_BYTES_MAX // 3, 9], 3),
        ([PAGE_BYTES_MAX // 2, PAGE_BYTES_MAX // 2, 9], 1),
        ([9, PAGE_BYTES_MAX, 9], 1),
        ([2 * PAGE_BYTES_MAX, 9], 1),
    ],
)
def test_a_page_has_room_for_its_first_rows(sizes: list[int], fit: int) -> None:
    assert rows_that_fit(rows(sizes)) == fit


def pages(stub: PointsServiceStub, member: str, size: int) -> Iterator[ListEntriesResponse]:
    token, more = "", True
    while more:
        request = ListEntriesRequest(program="shop", member=member, page_size=size, page_token=token)
        page = stub.ListEntries(request)
        yield page
        token, more = page.next_page_token, bool(page.next_page_token)


def test_a_statement_of_much_text_has_shorter_pages(
    client: TallybookClient, channel: grpc.Channel, member: str
) -> None:
    for start in (0, 500):
        outcomes = client.batch_post(
            [
                requests.award(
                    member,
                    amount=1,
                    unit="points",
                    request_id=f"r{number}",
                    reason="r" * 200,
                    source="s" * 100,
                    metadata=FACTS,
                )
                for number in range(start, start + 500)
            ]
        )
        assert all(isinstance(outcome, AwardResponse) for outcome in outcomes)
    found = list(pages(PointsServiceStub(channel), member, 1_000))
    assert not any(is_too_large(page) for page in found)
    assert 3 <= len(found) <= 4
    assert [entry.version for page in found for entry in page.entries] == list(range(1_001, 0, -1))


def test_a_statement_of_little_text_has_pages_of_the_size_that_was_asked_for(
    channel: grpc.Channel, client: TallybookClient, member: str
) -> None:
    client.batch_post([requests.award(member, amount=1, unit="points") for _ in range(999)])
    found = list(pages(PointsServiceStub(channel), member, 5_000))
    assert [len(page.entries) for page in found] == [1_000]


def test_programs_with_long_documents_come_on_shorter_pages(database_url: str) -> None:
    note = f"# {'x' * 100}\n" * 2_500
    with serving(database_url) as served, served.client() as client, served.channel() as channel:
        for number in range(20):
            client.apply_program(f"{PROGRAM.replace('program: shop', f'program: long-{number:02}')}{note}")
        page = ProgramServiceStub(channel).ListPrograms(ListProgramsRequest(page_size=100))
        assert not is_too_large(page)
        assert page.next_page_token
        names = [program.program for program in client.list_programs(page_size=100)]
        assert names == [*(f"long-{number:02}" for number in range(20)), "shop"]
