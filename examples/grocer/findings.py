"""What came of a story: figures of the book beside the same computed without it. Knows no book."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Check:
    """One figure of the book beside the one computed without it, in the chapter that it belongs to."""

    chapter: str
    what: str
    found: int
    expected: int

    @property
    def agrees(self) -> bool:
        """Whether they are the same."""
        return self.found == self.expected


@dataclass(slots=True)
class Findings:
    """All checks of a story, each difference in words, and how long its parts took."""

    checks: list[Check] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    _chapter: str = ""

    @property
    def sound(self) -> bool:
        """Whether everything is as it was computed."""
        return not self.differences and all(check.agrees for check in self.checks)

    def begin(self, chapter: str) -> None:
        """What is checked from now on belongs to this chapter."""
        self._chapter = chapter

    def check(self, what: str, found: int, expected: int) -> None:
        """Put two figures side by side."""
        self.checks.append(Check(self._chapter, what, found, expected))

    def note(self, differences: Iterable[str]) -> None:
        """Keep differences in words, with the chapter in which they were found."""
        self.differences += [f"{self._chapter}: {difference}" for difference in differences]

    def figures(self) -> dict[str, Any]:
        """All of it as plain values: figures by chapter, each with the one computed, differences, seconds."""
        chapters: dict[str, Any] = {}
        for each in self.checks:
            chapters.setdefault(each.chapter, {})[each.what] = {
                "found": each.found,
                "expected": each.expected,
            }
        seconds = {part: round(taken, 1) for part, taken in self.seconds.items()}
        return {
            "sound": self.sound,
            "chapters": chapters,
            "differences": self.differences,
            "seconds": seconds,
        }

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Take the time of a part; what is done several times counts together."""
        begun = time.monotonic()
        yield
        self.seconds[part] = self.seconds.get(part, 0) + time.monotonic() - begun
