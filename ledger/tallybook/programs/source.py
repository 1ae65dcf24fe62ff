"""Program text as a tree whose every value knows its place. Pure: no clock, no database, no idea of programs.

The text is YAML 1.2 in its plain parts, of which JSON is one: no tags, no anchors, no aliases, one document.
Values are text, whole numbers and true or false; a bare number with a decimal point is a mistake, for it
would be a float. Reading is bounded in length, depth and number of values, and goes on after a mistake where
it can.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, NoReturn

import yaml

from tallybook.programs.problems import Path, PathPart, Problem, written

LENGTH_MAX: Final = 2 * 1024 * 1024
DEPTH_MAX: Final = 32
VALUES_MAX: Final = 200_000
DIGITS_MAX: Final = 18

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where it is there, as it is in every wheel of PyYAML: many times as fast, and the same events."""

_UNPRINTABLE: Final = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ufeff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_BREAK: Final = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_WHOLE: Final = re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII)
_NUMERIC: Final = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|0[xo][0-9a-fA-F]+",
    re.ASCII,
)
_WORDS: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_HALVES: Final = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.ASCII | re.IGNORECASE
)
_NOTHING: Final = {"", "~", "null", "Null", "NULL"}


class Place(NamedTuple):
    """A position in the text, counted from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Node:
    """A value of the text; `key` is the place of the name that it stands under, if it stands under one."""

    value: str | int | bool | dict[str, Node] | list[Node]
    place: Place
    key: Place | None = None

    @property
    def named_at(self) -> Place:
        """Its name, or else where it begins."""
        return self.key or self.place

    @property
    def seen_at(self) -> Place:
        """Where a reader looks for it: a mapping or list at its name, anything else where it stands."""
        return self.named_at if isinstance(self.value, dict | list) else self.place

    def child(self, part: PathPart) -> Node | None:
        """The value one step below, if there is one."""
        match self.value, part:
            case dict(entries), str(name):
                return entries.get(name)
            case list(items), int(index) if index < len(items):
                return items[index]
            case _:
                return None

    def nearest(self, path: Path) -> Place:
        """Where to look for the value at `path`, or for the last one on the way to it that is there."""
        node = self
        for part in path:
            below = node.child(part)
            if below is None:
                break
            node = below
        return node.seen_at

    def plain(self) -> Any:
        """The value without places."""
        match self.value:
            case dict(entries):
                return {name: node.plain() for name, node in entries.items()}
            case list(items):
                return [node.plain() for node in items]
            case scalar:
                return scalar


@dataclass(slots=True)
class Source:
    """What was read: the tree, as far as there is one, and what was wrong with the text."""

    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)


def read(text: str) -> Source:
    """Read program text; a text that cannot be read to its end has a problem that says why."""
    source = Source()
    if len(text) > LENGTH_MAX:
        source.problems.append(Problem("", 1, 1, f"is longer than {LENGTH_MAX} characters"))
        return source
    if (found := _UNPRINTABLE.search(text)) is not None:
        message = f"has a character that cannot be printed: U+{ord(found[0]):04X}"
        place = _place_of(text, found.start())
        source.problems.append(Problem("", place.line, place.column, message))
        return source
    reader = _Reader(source)
    try:
        for event in yaml.parse(_as_yaml(text), Loader=_Loader):
            reader.take(event)
    except _Unreadable:
        source.root = None
    except yaml.YAMLError as error:
        source.root = None
        source.problems.append(_syntax_problem(error))
    return source


def _syntax_problem(error: yaml.YAMLError) -> Problem:
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem("", 1, 1, "cannot be read as YAML or JSON")
    said = error.problem or "this is not YAML"
    if error.context and error.context_mark is not None:
        said += f", {error.context} that begins in line {error.context_mark.line + 1}"
    mark = error.problem_mark or error.context_mark
    place = Place(1, 1) if mark is None else _place(mark)
    return Problem("", place.line, place.column, f"cannot be read: {said}")


def _as_yaml(text: str) -> str:
    """JSON that YAML would refuse, in the same lines and columns.

    It is often indented with tabs; inside its strings there are none. And it escapes what lies beyond 16 bits
    as two halves; the rest of such a line moves by two columns.
    """
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return text
    return _HALVES.sub(_joined, text.replace("\t", " "))


def _joined(halves: re.Match[str]) -> str:
    high, low = int(halves[2], 16), int(halves[3], 16)
    return f"{halves[1]}\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _place_of(text: str, index: int) -> Place:
    breaks = list(_LINE_BREAK.finditer(text, 0, index))
    return Place(len(breaks) + 1, index - (breaks[-1].end() if breaks else 0) + 1)


class _Unreadable(Exception):
    """Going on makes no sense: the problem that says why has been noted."""


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come; `name` is set between a name and its value."""

    node: Node
    path: Path
    name: str | None = None
    name_place: Place | None = None


class _Reader:
    """Builds the tree from the parser's events, without recursion."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._open: list[_Open] = []
        self._values = 0

    def take(self, event: yaml.Event) -> None:
        place = _place(event.start_mark)
        match event:
            case yaml.DocumentStartEvent() if self._source.root is not None:
                self._stop(place, "must be one document: remove the line of dashes and what follows")
            case yaml.NodeEvent():
                self._take_node(event, place)
            case yaml.CollectionEndEvent():
                self._open.pop()

    def _take_node(self, event: yaml.NodeEvent, place: Place) -> None:
        self._values += 1
        if self._values > VALUES_MAX:
            self._stop(place, f"has more than {VALUES_MAX} values")
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.node.value, dict) and parent.name is None:
            self._take_name(event, place, parent)
            return
        path = _path_below(parent)
        self._check_plainness(event, place, path)
        node = Node(self._value_of(event, place, path), place)
        self._put(node, parent)
        if isinstance(node.value, dict | list):
            self._open.append(_Open(node, path))
            if len(self._open) > DEPTH_MAX:
                self._stop(place, f"goes deeper than {DEPTH_MAX} levels", path)

    def _take_name(self, event: yaml.NodeEvent, place: Place, parent: _Open) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            self._stop(place, "has a name that is not plain text", parent.path)
        self._check_plainness(event, place, parent.path)
        name = parent.name = event.value
        parent.name_place = place
        assert isinstance(parent.node.value, dict)
        if (first := parent.node.value.get(name)) is not None:
            self._note(
                place, f"is written twice, the first time in line {first.named_at.line}", _path_below(parent)
            )

    def _put(self, node: Node, parent: _Open | None) -> None:
        if parent is None:
            self._source.root = node
        elif isinstance(parent.node.value, list):
            parent.node.value.append(node)
        else:
            assert isinstance(parent.node.value, dict)
            assert parent.name is not None
            node.key = parent.name_place
            parent.node.value.setdefault(parent.name, node)
            parent.name = None

    def _value_of(self, event: yaml.NodeEvent, place: Place, path: Path) -> Any:
        match event:
            case yaml.MappingStartEvent():
                return {}
            case yaml.SequenceStartEvent():
                return []
            case yaml.ScalarEvent(implicit=(True, _)):
                return self._plain_scalar(event.value, place, path)
            case yaml.ScalarEvent():
                return event.value
            case _:
                return ""

    def _plain_scalar(self, text: str, place: Place, path: Path) -> str | int | bool:
        if text in _WORDS:
            return _WORDS[text]
        if text in _NOTHING:
            key = self._open[-1].name_place if self._open else None
            self._note(key or place, "has no value: give it one, or leave it out", path)
        elif _WHOLE.fullmatch(text):
            if len(text.lstrip("-")) <= DIGITS_MAX:
                return int(text)
            self._note(place, f"has more than {DIGITS_MAX} digits", path)
        elif _NUMERIC.fullmatch(text):
            self._note(
                place,
                f'is not a whole number: an exact amount with decimals stands in quotes, as "{text}"',
                path,
            )
        return text

    def _check_plainness(self, event: yaml.NodeEvent, place: Place, path: Path) -> None:
        if event.anchor is not None:
            self._note(place, "uses an anchor or an alias: write it out instead", path)
        if getattr(event, "tag", None) is not None:
            self._note(place, f"has a tag: leave {getattr(event, 'tag', None)} out", path)

    def _note(self, place: Place, message: str, path: Path = ()) -> None:
        self._source.problems.append(Problem(written(path), place.line, place.column, message))

    def _stop(self, place: Place, message: str, path: Path = ()) -> NoReturn:
        self._note(place, message, path)
        raise _Unreadable


def _path_below(parent: _Open | None) -> Path:
    if parent is None:
        return ()
    if isinstance(parent.node.value, list):
        return (*parent.path, len(parent.node.value))
    assert parent.name is not None
    return (*parent.path, parent.name)
