"""Tells stories to a book, and notices where something else comes of them. Sets the book's clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import tallybook as tb

from tests.clocks import SetClock
from tests.stories.commands import COMMANDS, Memory
from tests.stories.outcomes import mismatch
from tests.stories.questions import QUESTIONS
from tests.stories.story import Line, Story, StoryMistake
from tests.stories.words import Words

SIMULATED = "try"


class ComesOutOtherwise(AssertionError):
    """Something else came of some lines of a story."""


class Narrator:
    """Tells one story to one book."""

    def __init__(self, book: tb.Book, clock: SetClock, story: Story, program: str) -> None:
        self._book = book
        self._program = program
        self._clock = clock
        self._story = story
        self._memory = Memory(program)

    def tell(self, sweep_first: bool = False) -> None:
        """Tell the story to its end; raises `ComesOutOtherwise` with every line that does.

        `sweep_first` sweeps the book before each line, which must make no difference.
        """
        surprises = []
        for lines in _steps(self._story.lines):
            self._clock.now = lines[0].at
            if sweep_first:
                self._book.sweep()
            for line, outcome in zip(lines, self._outcomes(lines), strict=True):
                found = mismatch(line.expected, outcome)
                if found is not None:
                    surprises.append(f"line {line.number}: {line.text}\n    it came to: {found}")
        if surprises:
            raise ComesOutOtherwise("\n" + "\n".join(surprises))

    def _outcomes(self, lines: Sequence[Line]) -> list[Any]:
        try:
            return self._together(lines) if lines[0].together else [self._alone(lines[0])]
        except (StoryMistake, KeyError, ValueError) as mistake:
            raise StoryMistake(f"line {lines[0].number}: {lines[0].text}: {mistake!r}") from mistake

    def _together(self, lines: Sequence[Line]) -> list[Any]:
        commands = [self._command(*self._words(line)) for line in lines]
        outcomes = self._book.do(commands)
        for command, outcome in zip(commands, outcomes, strict=True):
            self._memory.answered(command, outcome)
        return outcomes

    def _alone(self, line: Line) -> Any:
        kind, words = self._words(line)
        try:
            if kind in QUESTIONS:
                answer = QUESTIONS[kind](self._book, self._program, words)
                words.finish()
                return answer
            simulated = kind == SIMULATED
            command = self._command(words.next() if simulated else kind, words, simulated)
        except tb.TallybookError as error:
            return error
        if simulated:
            return self._book.simulate([command])[0]
        outcome = self._book.do([command])[0]
        self._memory.answered(command, outcome)
        return outcome

    def _words(self, line: Line) -> tuple[str, Words]:
        return line.words[0], Words(line.words[1:], self._story, line.at)

    def _command(self, kind: str, words: Words, simulated: bool = False) -> tb.Command[Any]:
        command = COMMANDS[kind](self._memory, words)
        words.finish()
        if not simulated:
            self._memory.asked(command)
        return command


def _steps(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that are done together, the others one by one."""
    for (together, _), run in groupby(lines, key=lambda line: (line.together, line.at)):
        if together:
            yield list(run)
        else:
            yield from ([line] for line in run)
