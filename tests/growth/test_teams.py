"""Teams: who has a place, when a team is complete, and who gets something for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.growth.teams import (
    MOVES,
    Move,
    NoPlace,
    Team,
    TeamStatus,
    due_at,
    joined,
    lapsed,
    left,
    no_place,
    rewards_in,
    started,
)
from tallybook.programs.teams import TeamRules

from tests.programs.documents import program

AT = datetime(2026, 12, 31, 12, tzinfo=UTC)
REWARD = [{"kind": "units", "unit": "points", "units": 5}]


def rules(size: int = 3, refunds: str = "take_back") -> TeamRules:
    starter = [{"kind": "units", "unit": "points", "units": 20}]
    section = {"size": size, "hours": 24, "refunds": refunds, "starter": starter, "joiner": REWARD}
    return program(teams={"buy": section}).teams["buy"]


def after(hours: int) -> datetime:
    return AT + timedelta(hours=hours)


def team(*members: str, of: TeamRules | None = None) -> Team:
    """A team that amy started, with these others an hour after each other."""
    found = started(of or rules(), "amy", "o-amy", AT)
    for hour, member in enumerate(members, 1):
        found = joined(found, member, f"o-{member}", after(hour))
    return found


def gives(of: Team, by: TeamRules | None = None) -> dict[str, int]:
    return {member: rewards[0].steps for member, rewards in rewards_in(of, by or rules()).items()}


def test_the_last_of_its_members_completes_a_team() -> None:
    assert team("bo").status is TeamStatus.OPEN
    assert gives(team("bo")) == {}
    full = team("bo", "cy")
    assert (full.status, full.completed_at, due_at(full)) == (TeamStatus.COMPLETE, after(2), None)
    assert gives(full) == {"amy": 20, "bo": 5, "cy": 5}


def test_a_team_has_a_time_and_its_end_is_not_in_it() -> None:
    open_ = team("bo")
    assert due_at(open_) == open_.ends_at == after(24)
    assert no_place(open_, "cy", after(24) - timedelta(microseconds=1)) is None
    assert no_place(open_, "cy", after(24)) is NoPlace.OVER
    over = lapsed(open_)
    assert (over.status, due_at(over), gives(over)) == (TeamStatus.LAPSED, None, {})
    assert no_place(over, "cy", after(3)) is NoPlace.OVER


def test_nobody_is_in_a_team_twice_or_before_it_or_in_one_that_is_complete() -> None:
    assert no_place(team("bo"), "bo", after(2)) is NoPlace.IS_IN
    assert no_place(team("bo"), "amy", after(2)) is NoPlace.IS_IN
    assert no_place(team("bo", "cy"), "di", after(3)) is NoPlace.COMPLETE
    assert no_place(team(), "bo", after(-1)) is NoPlace.NOT_YET


def test_who_gives_back_in_time_leaves_a_place_for_another() -> None:
    one = left(team("bo"), "bo", "o-bo")
    assert one.members == ("amy",)
    full = joined(joined(one, "cy", "o-cy", after(3)), "bo", "again", after(4))
    assert gives(full) == {"amy": 20, "cy": 5, "bo": 5}


def test_who_gives_back_later_has_no_share_and_the_others_keep_theirs() -> None:
    full = left(team("bo", "cy"), "cy", "o-cy")
    assert full.status is TeamStatus.COMPLETE
    assert gives(full) == {"amy": 20, "bo": 5}
    assert gives(left(full, "amy", "o-amy")) == {"bo": 5}
    assert no_place(full, "di", after(3)) is NoPlace.COMPLETE


def test_a_team_that_keeps_is_not_asked_about_refunds() -> None:
    keeps = rules(refunds="keep")
    assert left(team("bo", of=keeps), "bo", "o-bo").members == ("amy", "bo")
    full = team("bo", "cy", of=keeps)
    assert left(full, "bo", "o-bo") == full


def test_another_order_that_comes_back_changes_nothing() -> None:
    assert left(team("bo"), "bo", "another") == team("bo")


@pytest.mark.parametrize(("status", "move"), list(product(TeamStatus, Move)))
def test_a_team_moves_only_as_the_table_says(status: TeamStatus, move: Move) -> None:
    full, open_ = team("bo", "cy"), team("bo")
    of = {TeamStatus.OPEN: open_, TeamStatus.COMPLETE: full, TeamStatus.LAPSED: lapsed(open_)}[status]
    if (status, move) in MOVES:
        assert _moved(of, move).status is MOVES[status, move]
    else:
        with pytest.raises(AssertionError):
            _moved(of, move)


def _moved(of: Team, move: Move) -> Team:
    match move:
        case Move.JOIN:
            return joined(left(of, "bo", "o-bo"), "di", "o-di", after(5))
        case Move.FILL:
            return joined(of, "di", "o-di", after(5))
        case Move.LEAVE:
            return left(of, "bo", "o-bo")
        case Move.LAPSE:
            return lapsed(of)


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.booleans(), st.integers(-2, 30)), max_size=30))
def test_a_team_never_has_more_than_its_members(steps: list[tuple[str, bool, int]]) -> None:
    of = team()
    for member, joins, hour in steps:
        if joins and no_place(of, member, after(hour)) is None:
            of = joined(of, member, "o", after(hour))
        elif not joins:
            of = left(of, member, "o")
        assert len(set(of.members)) == len(of.members) <= 3
        assert (of.completed_at is not None) == (of.status is TeamStatus.COMPLETE)
        assert of.status is TeamStatus.COMPLETE or len(of.members) < 3
