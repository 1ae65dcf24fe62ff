"""What one document changes of another, value by value. Pure: no clock, no database, no idea of programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from tallybook.programs.problems import Path, written


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs; `path` is the way to it, such as `units.points.expiry.days` or `funds[2]`.

    Values are JSON. `before` is None for what was added, and `after` for what was removed: then its place in
    a list is that before.
    """

    path: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.path}: added {self.after}"
        if self.after is None:
            return f"{self.path}: removed {self.before}"
        return f"{self.path}: {self.before} -> {self.after}"


def differences(before: str, after: str) -> tuple[Change, ...]:
    """The changes from one canonical document to another, both JSON, by their paths."""
    return tuple(_between((), json.loads(before), json.loads(after)))


def _between(path: Path, before: Any, after: Any) -> Iterator[Change]:
    match before, after:
        case dict(), dict():
            for name in sorted(before.keys() | after.keys()):
                yield from _between((*path, name), before.get(name), after.get(name))
        case list(), list():
            told_before, told_after = [[_told(item) for item in items] for items in (before, after)]
            if _are_names(before, told_before) and _are_names(after, told_after):
                yield from _between_names(path, told_before, told_after)
            else:
                begin, end = _ends_alike(told_before, told_after)
                pairs = zip_longest(before[begin : len(before) - end], after[begin : len(after) - end])
                for place, (old, new) in enumerate(pairs, begin):
                    yield from _between((*path, place), old, new)
        case _ if _told(before) != _told(after):
            went, came = [None if value is None else _told(value) for value in (before, after)]
            yield Change(written(path), went, came)


def _are_names(items: list[Any], told: list[str]) -> bool:
    """Whether a list is one of single values, each of them once."""
    return len(set(told)) == len(told) and not any(isinstance(item, dict | list) for item in items)


def _between_names(path: Path, before: list[str], after: list[str]) -> Iterator[Change]:
    """What went and what came; the whole list where what stayed stands in another order."""
    there, here = set(before), set(after)
    if [each for each in before if each in here] != [each for each in after if each in there]:
        yield Change(written(path), f"[{', '.join(before)}]", f"[{', '.join(after)}]")
        return
    went = {place: each for place, each in enumerate(before) if each not in here}
    came = {place: each for place, each in enumerate(after) if each not in there}
    for place in sorted(went.keys() | came.keys()):
        yield Change(written((*path, place)), went.get(place), came.get(place))


def _ends_alike(before: list[str], after: list[str]) -> tuple[int, int]:
    """How many items are the same at the beginning, and at the end.

    Pairs are made of what lies between: so one item put in or taken out, wherever, is one change.
    """
    shorter = min(len(before), len(after))
    begin = end = 0
    while begin < shorter and before[begin] == after[begin]:
        begin += 1
    while end < shorter - begin and before[-1 - end] == after[-1 - end]:
        end += 1
    return begin, end


def _told(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
