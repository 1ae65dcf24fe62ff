"""Progress in tasks is readable, with its history; entries tell what they gave."""

from datetime import date

import pytest
import tallybook as tb

from tests.slices.tiers.club import Club


def progress(club: Club) -> tb.TaskProgress:
    (found,) = club.book.ask(tb.GetTasks(program="club", member="amy"))
    return found


def test_progress_tells_what_is_missing_in_this_period(club: Club) -> None:
    before = progress(club)
    assert (before.progress, before.missing, before.times) == (0, 2, 0)
    club.buy("o1", 1)
    now = progress(club)
    assert (now.task, now.since, now.last_day) == ("twice", date(2026, 3, 1), date(2026, 3, 31))
    assert (now.progress, now.reach, now.missing) == (1, 2, 1)
    club.clock.forward(days=22)
    assert (progress(club).progress, progress(club).since) == (0, date(2026, 4, 1))


def test_history_tells_when_it_was_completed_and_claimed(club: Club) -> None:
    club.buy("o1", 1)
    club.buy("o2", 1)
    (waiting,) = progress(club).claimable
    assert (waiting.on, waiting.number, waiting.is_given) == (date(2026, 3, 10), 1, False)
    claimed = club.do(tb.ClaimTask, "c", task="twice")
    assert (claimed.since, claimed.balances["points"].available) == (date(2026, 3, 1), 502)
    now = progress(club)
    assert (now.claimable, now.times) == ((), 1)
    assert [each.claimed_on for each in now.completions] == [date(2026, 3, 10)]


def test_an_entry_tells_which_task_gave_and_which_went_back(club: Club) -> None:
    club.buy("o1", 1)
    club.buy("o2", 1)
    claimed = club.do(tb.ClaimTask, "c", task="twice").entry
    assert club.explain(claimed) == (
        "task twice in the period from 2026-03-01 gives 500 points.",
        "500 points given, never to lapse.",
    )
    refunded = club.refund("o2").entry
    assert "500 points that task twice in the period from 2026-03-01 gave: taken back." in club.explain(
        refunded
    )
    found = club.book.ask(tb.ExplainBalance(program="club", member="amy", unit="points"))
    assert claimed not in [part.entry for part in found.parts], "what undoes it takes what it brought"
    assert sum(part.amount for part in found.parts) == 1


def test_what_is_not_a_task_is_not_claimed(club: Club) -> None:
    with pytest.raises(tb.UnknownTask):
        club.do(tb.ClaimTask, "c", task="thrice")
    with pytest.raises(tb.UnknownMember):
        club.book.ask(tb.GetTasks(program="club", member="nobody"))
