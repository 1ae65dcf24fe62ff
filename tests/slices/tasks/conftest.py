"""A club for every test that asks for one. At its end, all that follows from its history does."""

from collections.abc import Iterator

import pytest

from tests.slices.tiers.club import Club


@pytest.fixture
def club(database_url: str) -> Iterator[Club]:
    opened = Club(database_url)
    yield opened
    assert opened.faults() == []
    opened.book.close()
