"""Story files: what they look like, and reading one. Pure: no clock, no database.

A `.story` file holds a program without its code, and the stories that are told on it:

    # Comments begin with a hash.
    timezone: Europe/Berlin
    units:
      points: {kind: redeemable}

    == A redemption never silently takes less
    2026-01-01        enroll m1
    01-01             award m1 order-1 122        => +122
    01-02 09:30       redeem m1 till-1 1000       => NOT_ENOUGH_POINTS asked 1000 available 122
          09:31       redeem m1 till-2 100        => -100 leaving available 22

Each line of a story is a moment, a command, and what comes of it. A day alone means noon, a time alone means
the same day, and neither means the same moment; the year is the one mentioned last. Moments are local to the
program's time zone, or UTC with a `Z` behind the time. Time goes forward, except on the line
`clock goes back`.

Commands behind a `|` are done in one batch with those before them at the same moment. A line without
`=>` has to succeed. A line `---` ends the stories of one program; what follows is the next program.
`narrator.py` tells the commands and `outcomes.py` the words behind the arrow.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import yaml

DAY = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)")
TIME = re.compile(r"(\d\d:\d\d(?::\d\d)?)(Z?)")
NOON = time(12)
TITLE = "== "
NEXT_PROGRAM = "---"
TOGETHER = "|"
CLOCK_GOES_BACK = ["clock", "goes", "back"]


class StoryMistake(Exception):
    """A line that is not told as stories are."""


@dataclass(frozen=True, slots=True)
class Line:
    """One command of a story: when, what, and what is to come of it."""

    number: int
    text: str
    at: datetime
    together: bool
    words: tuple[str, ...]
    expected: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """A title, a program without its code, and lines."""

    title: str
    program: str
    lines: tuple[Line, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The program's time zone."""
        return zone_of(self.program)

    def document(self, code: str) -> str:
        """The program as a document that can be applied."""
        return f"program: {code}\n{self.program}"

    def mentions(self, *commands: str) -> bool:
        """Whether one of these commands occurs."""
        return any(line.words[0] in commands for line in self.lines)


def zone_of(program: str) -> ZoneInfo:
    """The time zone that a program names."""
    return ZoneInfo(yaml.safe_load(program)["timezone"])


def read_stories(text: str) -> list[Story]:
    """The stories of a file, in order."""
    stories: list[Story] = []
    program: list[str] = []
    title: str | None = None
    lines: list[tuple[int, str]] = []

    def finish() -> None:
        nonlocal title
        if title is not None:
            told = "\n".join(program) + "\n"
            stories.append(Story(title, told, tuple(_read_lines(lines, zone_of(told)))))
        title = None
        lines.clear()

    for number, raw in enumerate(text.splitlines(), start=1):
        if raw.startswith(TITLE):
            finish()
            title = raw.removeprefix(TITLE).strip()
        elif raw.strip() == NEXT_PROGRAM:
            finish()
            program.clear()
        elif title is None:
            program.append(raw)
        elif raw.strip() and not raw.lstrip().startswith("#"):
            lines.append((number, raw))
    finish()
    return stories


def _read_lines(lines: Iterable[tuple[int, str]], zone: ZoneInfo) -> Iterator[Line]:
    now: datetime | None = None
    for number, raw in lines:
        told, arrow, expected = raw.partition("=>")
        words = shlex.split(told)
        at = take_moment(words, now, zone)
        together = words[:1] == [TOGETHER]
        words = words[together:]
        if at is None or not words:
            raise StoryMistake(f"line {number}: say when and what: {raw.strip()}")
        goes_back = words == CLOCK_GOES_BACK
        if now is not None and (at < now) is not goes_back:
            raise StoryMistake(f"line {number}: time goes forward, or the clock goes back: {raw.strip()}")
        now = at
        if not goes_back:
            text = " ".join(raw.split())
            yield Line(number, text, at, together, tuple(words), expected.strip() if arrow else None)


def take_moment(words: list[str], now: datetime | None, zone: ZoneInfo) -> datetime | None:
    """Take a moment from the front of some words; `now` where none is told."""
    day = DAY.fullmatch(words[0]) if words else None
    if day is not None:
        words.pop(0)
    clock = TIME.fullmatch(words[0]) if words else None
    if clock is not None:
        words.pop(0)
    if day is None and clock is None:
        return now
    told_zone = UTC if clock is not None and clock[2] else zone
    before = None if now is None else now.astimezone(told_zone)
    if (day is None or day[1] is None) and before is None:
        raise StoryMistake("the first moment of a story has a day with its year")
    on = _day(day, before)
    moment = datetime.combine(on, NOON if clock is None else time.fromisoformat(clock[1]), told_zone)
    if moment.astimezone(UTC).astimezone(told_zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise StoryMistake(f"clocks never show {moment:%Y-%m-%d %H:%M} there: tell it in UTC")
    return moment.astimezone(UTC)


def _day(told: re.Match[str] | None, before: datetime | None) -> date:
    if told is None:
        assert before is not None
        return before.date()
    if told[1] is None:
        assert before is not None
        return date(before.year, int(told[2]), int(told[3]))
    return date(int(told[1]), int(told[2]), int(told[3]))
