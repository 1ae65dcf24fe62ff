"""The words of a story's line, taken one by one as they are understood. Pure: no clock, no database."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from tests.stories.story import Story, StoryMistake, take_moment


class Words:
    """The words of a line that are still to be understood."""

    def __init__(self, words: Iterable[str], story: Story, now: datetime) -> None:
        self._words = list(words)
        self._story = story
        self._now = now

    def next(self) -> str:
        """The next word, which has to be there."""
        if not self._words:
            raise StoryMistake("the line ends too soon")
        return self._words.pop(0)

    def number(self) -> int | None:
        """The next word if it is a number."""
        if self._words and self._words[0].lstrip("+-").isdigit():
            return int(self._words.pop(0))
        return None

    def flag(self, word: str) -> bool:
        """Whether a word stands anywhere; takes it."""
        with contextlib.suppress(ValueError):
            self._words.remove(word)
            return True
        return False

    def after(self, word: str) -> str | None:
        """The word that follows another; takes both."""
        if word not in self._words:
            return None
        at = self._words.index(word)
        value = self._words[at + 1]
        del self._words[at : at + 2]
        return value

    def all_after(self, word: str) -> str:
        """All words that follow another, which has to be there; takes them."""
        if word not in self._words:
            raise StoryMistake(f"say `{word} ...`")
        at = self._words.index(word)
        rest = " ".join(self._words[at + 1 :])
        del self._words[at:]
        return rest

    def all_words_after(self, word: str) -> list[str]:
        """All words that follow another, one by one; takes them. None of them where it is not there."""
        return self.all_after(word).split() if word in self._words else []

    def one_of(self, choices: Sequence[str]) -> str | None:
        """The one word of a choice that stands anywhere; takes it."""
        return next((choice for choice in choices if self.flag(choice)), None)

    def moment_after(self, word: str) -> datetime | None:
        """The moment that follows a word; takes both."""
        if word not in self._words:
            return None
        at = self._words.index(word)
        rest = self._words[at + 1 :]
        del self._words[at:]
        moment = take_moment(rest, self._now, self._story.zone)
        self._words += rest
        return moment

    def unit(self, usual: str = "points") -> str:
        """The last word left, or points."""
        return self._words.pop(0) if self._words else usual

    def rest(self) -> list[str]:
        """All words that are left; takes them."""
        rest, self._words = self._words, []
        return rest

    def finish(self) -> None:
        """Raise unless every word was understood."""
        if self._words:
            raise StoryMistake(f"what is meant by {' '.join(self._words)}?")
