"""Every story, on SQLite and on PostgreSQL; and once more with a sweep before each line, to the same effect.

At the end of each, `verify` finds nothing and the trial balance is zero: before and after rolling up, before
and after time has been recorded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.stories.narrator import Narrator
from tests.stories.story import read_stories

STORIES = {
    f"{path.stem}: {story.title}": story
    for path in sorted(Path(__file__).parent.glob("*.story"))
    for story in read_stories(path.read_text())
}
SHOP = "shop"
TELL_SWEEPS = [title for title, story in STORIES.items() if story.mentions("sweep", "trial")]
"""Stories that can tell whether a sweep has run."""
TELL_NO_SWEEPS = [title for title in STORIES if title not in TELL_SWEEPS]


@contextmanager
def narrated(title: str, url: str) -> Iterator[Narrator]:
    """A narrator of a story, and at the end a book that holds together."""
    story, clock = STORIES[title], SetClock(STORIES[title].lines[0].at)
    with tb.Book.open(url, clock=clock) as book:
        book.apply(story.document(SHOP))
        yield Narrator(book, clock, story, SHOP)
        holds_together(book, SHOP)
        book.sweep()
        assert book.sweep() == 0, "what was swept is not due any more"
        holds_together(book, SHOP)


def holds_together(book: tb.Book, program: str) -> None:
    """Everything follows from the entries, and every unit sums to zero."""
    assert [checked.disagreement for checked in book.verify(program) if checked.disagreement] == []
    sheet = book.ask(tb.TrialBalance(program=program))
    assert {unit: sheet.difference(unit) for unit in sheet.units()} == dict.fromkeys(sheet.units(), 0)
    book.roll_up()
    assert book.ask(tb.TrialBalance(program=program)) == sheet


@pytest.mark.parametrize("title", STORIES)
def test_the_story_comes_out_as_told(title: str, database_url: str) -> None:
    with narrated(title, database_url) as narrator:
        narrator.tell()


@pytest.mark.parametrize("title", TELL_NO_SWEEPS)
def test_the_story_is_the_same_when_a_sweep_runs_before_each_line(title: str, sqlite_url: str) -> None:
    with narrated(title, sqlite_url) as narrator:
        narrator.tell(sweep_first=True)
