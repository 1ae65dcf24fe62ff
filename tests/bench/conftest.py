"""A stage for benchmarks in their tiny form, on the run's own PostgreSQL server."""

from collections.abc import Iterator

import pytest

from bench.stage import Length, Stage


@pytest.fixture
def stage(postgresql_url: str) -> Iterator[Stage]:
    with Stage(Length.QUICK, server_url=postgresql_url) as opened:
        yield opened
