"""A mistake of ours is told by the number of an incident, under which the log has where it came up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from tallybook_client import TallybookClient, errors

from tests.server.serving import Served, serving

NOW = datetime(2027, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def broken(database_url: str, tmp_path: Path) -> Iterator[Served]:
    """A server of a book in which time cannot do what is due to member `m`: what was held is not there."""
    clock = tmp_path / "clock"
    clock.write_text(NOW.isoformat())
    with serving(
        database_url, "--workers", "1", "--sweep-seconds", "0", "--clock-file", str(clock)
    ) as served:
        with served.client() as client:
            client.enroll_member("m")
            client.award("m", amount=5, unit="points")
            client.hold("m", amount=5, unit="points", hold_id="h", ttl=timedelta(minutes=5))
        engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM lot WHERE account = 'held'"))
        engine.dispose()
        clock.write_text((NOW + timedelta(hours=1)).isoformat())
        yield served


READS: list[Callable[[TallybookClient], Any]] = [
    lambda client: client.get_balances("m"),
    lambda client: client.list_entries("m").__next__(),
    lambda client: client.get_segment_counts(),
    lambda client: client.award("m", amount=1, unit="points", validate_only=True),
    lambda client: client.award("m", amount=1, unit="points"),
]


def test_a_mistake_of_ours_is_an_incident_wherever_it_comes_up(broken: Served) -> None:
    with broken.client() as client:
        for ask in READS:
            with pytest.raises(errors.Internal) as caught:
                ask(client)
            number = caught.value.incident
            (line,) = [each for each in broken.lines if each.get("incident") == number]
            assert (line["event"], line["level"]) == ("incident", "error")
            assert "in put_hold" in line["exception"] or "in post" in line["exception"]
            assert "builtins.AssertionError" in line["exception"]
