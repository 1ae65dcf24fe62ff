"""Who joins a team, or gives an order back, while somebody else takes a place in it."""

from collections.abc import Iterator

import pytest
import tallybook as tb
from sqlalchemy import create_engine

from tests.slices.overtaking import between
from tests.slices.tasks.test_teams import Friends


@pytest.fixture
def friends(postgresql_url: str) -> Iterator[Friends]:
    """On PostgreSQL alone: SQLite has one writer at a time."""
    made = Friends(postgresql_url)
    with made.book:
        made.start("ann")
        made.enroll("bob", "eve")
        made.buy("bob")
        made.buy("eve")
        yield made
        assert made.faults() == []


def take_place(friends: Friends, member: str) -> tb.TeamJoined:
    joined: tb.TeamJoined = friends.do(tb.JoinTeam, member, team="t", event_key="purchase/o1")
    return joined


@pytest.mark.parametrize("is_callers", [False, True])
def test_the_last_to_join_gives_to_who_came_meanwhile(
    friends: Friends, postgresql_url: str, is_callers: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, lambda: take_place(friends, "bob"))
    last = tb.JoinTeam(program="club", member="eve", request_id="last", team="t", event_key="purchase/o1")
    engine = create_engine(postgresql_url)
    with engine.begin() as connection:
        friends.book.do(last, connection=connection if is_callers else None)
    engine.dispose()
    assert [friends.points(member) for member in ("ann", "bob", "eve")] == [200, 50, 50]


@pytest.mark.parametrize("is_callers", [False, True])
def test_who_gives_an_order_back_gives_up_the_place_that_was_taken_meanwhile(
    friends: Friends, postgresql_url: str, is_callers: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, lambda: take_place(friends, "bob"))
    back = tb.RecordEvent(program="club", member="bob", event=tb.Refund(refund_id="o1-back", order_id="o1"))
    engine = create_engine(postgresql_url)
    with engine.begin() as connection:
        friends.book.do(back, connection=connection if is_callers else None)
    engine.dispose()
    assert take_place(friends, "eve").missing == 1
