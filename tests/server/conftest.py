"""A server for all tests on each kind of database, its client, and a member of its own for each test."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import grpc
import pytest
from tallybook_client import TallybookClient

from tests.conftest import DATABASE_KINDS, FIXTURES
from tests.databases import Databases
from tests.server.cafe import CAFE
from tests.server.serving import Served, serving


@pytest.fixture(scope="session", params=DATABASE_KINDS)
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    name = FIXTURES[request.param]
    databases: Databases = request.getfixturevalue(name)
    url = databases.create()
    try:
        with serving(url, "--workers", "1", "--bench-empty") as server:
            yield server
    finally:
        databases.drop(url)


@pytest.fixture(scope="session")
def client(served: Served) -> Iterator[TallybookClient]:
    with served.client() as client:
        yield client


@pytest.fixture(scope="session")
def channel(served: Served) -> Iterator[grpc.Channel]:
    with served.channel() as channel:
        yield channel


@pytest.fixture
def new_member(client: TallybookClient) -> Callable[[], str]:
    def enroll() -> str:
        member = f"m-{secrets.token_hex(6)}"
        client.enroll_member(member)
        return member

    return enroll


@pytest.fixture
def member(new_member: Callable[[], str]) -> str:
    return new_member()


@pytest.fixture(scope="session")
def cafe(served: Served) -> Iterator[TallybookClient]:
    """A client of the program that has rules."""
    with served.client(program="cafe") as client:
        client.apply_program(CAFE)
        yield client


@pytest.fixture
def guest(cafe: TallybookClient) -> str:
    """A member of that program."""
    name = f"g-{secrets.token_hex(6)}"
    cafe.enroll_member(name)
    return name
