"""A program's revisions take force in the order of their numbers, and what is past stays as it was."""

from datetime import UTC, datetime, timedelta

import pytest
from tallybook.programs.local_days import BEGINNING_OF_TIME
from tallybook.programs.timeline import Start, Timeline

NOON = datetime(2026, 5, 17, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)


def start(revision: int, applied: int, in_force: int | None = None) -> Start:
    """A start in hours from noon: at once, or planned."""
    return Start(revision, NOON + applied * HOUR, NOON + (applied if in_force is None else in_force) * HOUR)


AT_ONCE = Timeline((start(1, 0), start(2, 1), start(3, 5)))
PLANNED = Timeline((start(1, 0), start(2, 1, 8)))
REPLACED = Timeline((start(1, 0), start(2, 1, 8), start(3, 2, 8), start(4, 9)))


@pytest.mark.parametrize(("hours", "revision"), [(-9, 1), (0, 1), (1, 2), (4, 2), (5, 3), (99, 3)])
def test_a_revision_holds_from_the_moment_it_takes_force(hours: int, revision: int) -> None:
    assert AT_ONCE.at(NOON + hours * HOUR) == revision
    if hours in (0, 1, 5):
        assert AT_ONCE.at(NOON + hours * HOUR - MOMENT) == max(1, revision - 1)


def test_what_happened_before_the_first_revision_falls_under_the_first() -> None:
    assert PLANNED.at(NOON - 1000 * HOUR) == 1


def test_a_planned_revision_waits_for_its_moment() -> None:
    assert (PLANNED.at(NOON + 8 * HOUR - MOMENT), PLANNED.at(NOON + 8 * HOUR)) == (1, 2)
    assert (PLANNED.in_force(NOON + 8 * HOUR - MOMENT), PLANNED.in_force(NOON + 8 * HOUR)) == (1, 2)


def test_of_two_planned_for_one_moment_the_later_one_takes_force() -> None:
    assert [REPLACED.at(NOON + hours * HOUR) for hours in (7, 8, 9)] == [1, 3, 4]


def test_what_was_applied_at_once_is_in_force_by_every_clock() -> None:
    behind = NOON - HOUR
    assert AT_ONCE.in_force(behind) == 3
    assert AT_ONCE.at(behind) == 1
    assert REPLACED.in_force(behind) == 4


def test_a_timeline_that_grows_says_the_same_of_the_past() -> None:
    for moment in (NOON + hours * HOUR for hours in range(-2, 9)):
        assert Timeline((*AT_ONCE.starts, start(4, 8, 9))).at(moment) == AT_ONCE.at(moment)


def test_revisions_are_followed_by_each_other_in_the_moment_that_they_take_force() -> None:
    first, second = (1, NOON + HOUR), (2, NOON + 5 * HOUR)
    for since, revision, earlier in ((-9, 3, [first, second]), (1, 3, [second]), (0, 2, [first]), (5, 3, [])):
        assert AT_ONCE.earlier(NOON + since * HOUR, revision) == earlier


def test_ladders_stand_until_a_revision_brings_others() -> None:
    """Told by the first revision that had them."""
    firsts = (1, 1, 3, 3, 3, 6)
    starts = tuple(
        start(number, number)._replace(ladders_revision=first) for number, first in enumerate(firsts, 1)
    )
    timeline = Timeline(starts)
    since = [timeline.ladders_since(revision) for revision in (1, 2, 3, 5, 6)]
    assert since[:2] == [BEGINNING_OF_TIME] * 2
    assert since[2:] == [NOON + 3 * HOUR, NOON + 3 * HOUR, NOON + 6 * HOUR]
