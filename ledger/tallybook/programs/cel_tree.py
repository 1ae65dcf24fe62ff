"""A compiled CEL expression as a tree, so that what it costs can be counted. Pure: no clock, no database.

The library that compiles CEL hands its syntax tree out only as bytes: `cel.expr.CheckedExpr` of the CEL
specification (checked.proto and syntax.proto), whose field numbers stand below. Macros come expanded, as
loops.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal; `kind` is null, bool, int, uint, double, string or bytes, `text` what a string says."""

    at: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, by its whole dotted name, or a name that a loop gives."""

    at: int
    name: str


@dataclass(frozen=True, slots=True)
class Select:
    """`operand.field`, or `has(operand.field)` where `is_test`."""

    at: int
    operand: Node
    field: str
    is_test: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A function or operator; a method's object is the first argument. `overloads` are those that may run."""

    at: int
    function: str
    arguments: tuple[Node, ...]
    overloads: frozenset[str]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list literal."""

    at: int
    elements: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """What all, exists, exists_one, filter and map become: `step` is carried out for each of `over`."""

    at: int
    variable: str
    over: Node
    step: Node


@dataclass(frozen=True, slots=True)
class Other:
    """A map or message literal."""

    at: int


Node = Constant | Name | Select | Call | ListOf | Loop | Other

_CONSTANTS = {1: "null", 2: "bool", 3: "int", 4: "uint", 5: "double", 6: "string", 7: "bytes"}


def tree_of(serialized: bytes) -> Node:
    """The tree of an expression, from what the library's `serialize` gives: a CheckedExpr in an Any.

    `at` is an offset in characters: of an operator or opening bracket for calls, and of the last dot for
    dotted names.
    """
    checked = _message(_message(serialized)[2][0])
    places = dict(map(_entry, _message(checked[5][0]).get(4, ())))
    overloads = {key: _overloads(reference) for key, reference in map(_entry, checked.get(2, ()))}
    return _node(checked[4][0], places, overloads)


def nodes(tree: Node) -> Iterator[Node]:
    """All nodes of a tree."""
    yield tree
    match tree:
        case Select(_, operand):
            yield from nodes(operand)
        case Call(_, _, parts) | ListOf(_, parts):
            for each in parts:
                yield from nodes(each)
        case Loop(_, _, over, step):
            yield from nodes(over)
            yield from nodes(step)


def _overloads(reference: bytes) -> frozenset[str]:
    return frozenset(name.decode() for name in _message(reference).get(3, ()))


def _node(content: bytes, places: Mapping[int, int], overloads: Mapping[int, frozenset[str]]) -> Node:
    message = _message(content)
    key = _whole(message, 2)
    at = places.get(key, 0)

    def below(part: bytes) -> Node:
        return _node(part, places, overloads)

    match message:
        case {3: [constant]}:
            parts = _message(constant)
            return Constant(at, _CONSTANTS.get(next(iter(parts), 0), "other"), _text(parts, 6))
        case {4: [name]}:
            return Name(at, _text(_message(name), 1))
        case {5: [select]}:
            parts = _message(select)
            return Select(at, below(parts[1][0]), _text(parts, 2), bool(_whole(parts, 3)))
        case {6: [call]}:
            parts = _message(call)
            arguments = (*parts.get(1, ()), *parts.get(3, ()))
            return Call(at, _text(parts, 2), tuple(map(below, arguments)), overloads.get(key, frozenset()))
        case {7: [elements]}:
            return ListOf(at, tuple(map(below, _message(elements).get(1, ()))))
        case {9: [loop]}:
            parts = _message(loop)
            return Loop(at, _text(parts, 1), below(parts[2][0]), below(parts[6][0]))
        case _:
            return Other(at)


def _entry(content: bytes) -> tuple[int, Any]:
    """A key and value of one of the tree's maps, whose keys are the nodes' numbers."""
    entry = _message(content)
    return _whole(entry, 1), entry.get(2, [0])[0]


def _whole(message: Mapping[int, list[Any]], field: int) -> int:
    return int(message.get(field, [0])[0])


def _text(message: Mapping[int, list[Any]], field: int) -> str:
    return bytes(message.get(field, [b""])[0]).decode()


def _message(content: bytes) -> dict[int, list[Any]]:
    """The fields of a protobuf message by number: whole numbers and bytes, each as often as it comes."""
    found: dict[int, list[Any]] = {}
    for field, value in _fields(content):
        found.setdefault(field, []).append(value)
    return found


def _fields(content: bytes) -> Iterator[tuple[int, int | bytes]]:
    start = 0
    while start < len(content):
        tag, start = _varint(content, start)
        match tag & 7:
            case 0:
                value, start = _varint(content, start)
                yield tag >> 3, value
            case 2:
                length, start = _varint(content, start)
                yield tag >> 3, content[start : start + length]
                start += length
            case wire_type:
                length = 8 if wire_type == 1 else 4
                yield tag >> 3, content[start : start + length]
                start += length


def _varint(content: bytes, start: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = content[start]
        value |= (byte & 0x7F) << shift
        start += 1
        if byte < 0x80:
            return value, start
        shift += 7
