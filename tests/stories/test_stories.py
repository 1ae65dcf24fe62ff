"""Every story, on SQLite and on PostgreSQL; and once more with a sweep before each line, to the same effect.

At the end of each, `verify` finds nothing and the trial balance is zero: before and after rolling up, before and
after time has been recorded.
"""

from pathlib import Path

import pytest

import tallybook as tb
from tests.stories.commands import PROGRAM
from tests.stories.narrator import Narrator, SetClock
from tests.stories.story import Story, read_stories

STORIES = {
    f"{path.stem}: {story.title}": story
    for path in sorted(Path(__file__).parent.glob("*.story"))
    for story in read_stories(path.read_text())
}
SWEEPING = ("sweep", "trial")
"""What tells whether a sweep has run."""


def told(story: Story, url: str, sweep_first: bool = False) -> None:
    clock = SetClock(story.lines[0].at)
    with tb.Book.open(url, clock=clock) as book:
        book.apply(story.document(PROGRAM))
        surprises = Narrator(book, clock, story).tell(sweep_first)
        assert not surprises, "\n".join(surprises)
        balanced(book)
        book.sweep()
        assert book.sweep() == 0, "what was swept is not due any more"
        balanced(book)


def balanced(book: tb.Book) -> None:
    """Everything follows from the entries, and every unit sums to zero."""
    assert [checked.disagreement for checked in book.verify(PROGRAM) if checked.disagreement] == []
    sheet = book.ask(tb.TrialBalance(program=PROGRAM))
    assert {unit: sheet.difference(unit) for unit in sheet.units()} == dict.fromkeys(sheet.units(), 0)
    book.roll_up()
    assert book.ask(tb.TrialBalance(program=PROGRAM)) == sheet


@pytest.mark.parametrize("title", STORIES)
def test_the_story_comes_out_as_told(title: str, database_url: str) -> None:
    told(STORIES[title], database_url)


@pytest.mark.parametrize("title", [title for title, story in STORIES.items() if not story.mentions(*SWEEPING)])
def test_the_story_is_the_same_whenever_a_sweep_runs(title: str, sqlite_url: str) -> None:
    told(STORIES[title], sqlite_url, sweep_first=True)
