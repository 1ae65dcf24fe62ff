"""What a condition may say, and how much work it may be. Pure: no clock, no database.

CEL always ends, but not always soon: loops in loops, lists that grow, regular expressions. So the tree of a
condition is walked once, when the program is applied: every function must be one of those below, and the work
on the largest event there can be is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tallybook.programs.cel_tree import Call, Constant, ListOf, Loop, Name, Node, Other, Select, nodes

WORK_MAX: Final = 60_000
"""Steps on the largest event: a few milliseconds."""
LARGEST: Final[Mapping[str, int]] = {
    "lines": 1_000,
    "member.tags": 100,
    "member.tiers": 100,
    "member.memberships": 100,
    "event.attributes": 32,
}
"""How many there can be of what a condition can loop over. A list that is written out has its own length."""
LARGEST_ATTRIBUTES: Final = 32

_USES: Final = "can be looked through (exists, all) and counted (size), and is nothing to compare whole"
_LOOP_WORK: Final = 10
_WORK: Final[Mapping[str, int]] = {"contains": 30, "@in": 10, "timestamp": 5, "duration": 5, "int": 5}

MACROS: Final = ("all", "exists", "exists_one", "has")
FUNCTIONS: Final = ("contains", "duration", "endsWith", "int", "size", "startsWith", "timestamp")
_LOGIC: Final = ("_&&_", "_||_", "!_", "_?_:_")
_COMPARISONS: Final = ("_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in")
_ARITHMETIC: Final = ("_+_", "_-_", "_*_", "_/_", "_%_", "-_")
_KNOWN: Final = frozenset((*_LOGIC, *_COMPARISONS, *_ARITHMETIC, "_[_]", *FUNCTIONS))
_UNUSED_KINDS: Final = frozenset(("double", "uint", "bytes", "null"))
_JOINING: Final = frozenset(("add_string", "add_bytes", "add_list"))


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at an offset of the text; `word` may be misspelt for one of `candidates`."""

    at: int
    sentence: str
    word: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class Review:
    """What a walk over a condition's tree found.

    `reads` are the variables that it uses and, as in lines.sku, the fields of lines, `work` the steps that it
    may take; `line_names` and `attribute_names` the places and names that stand for lines of the order and
    for declared attributes, `parsed` the calls that read a literal when they run.
    """

    variables: frozenset[str]
    attributes: Mapping[str, str] | None
    faults: list[Fault] = field(default_factory=list)
    reads: set[str] = field(default_factory=set)
    work: int = 0
    line_names: list[tuple[int, str]] = field(default_factory=list)
    attribute_names: list[tuple[int, str]] = field(default_factory=list)
    parsed: list[Call] = field(default_factory=list)

    def add(self, tree: Node) -> None:
        """Walk the tree of a whole condition."""
        self.work = self._work(tree, {})
        if self.work > WORK_MAX:
            sentence = f"too much work: it may take {self.work} steps, and {WORK_MAX} are the most"
            self._fault(tree.at, sentence)

    def _fault(self, at: int, sentence: str, word: str = "", candidates: Iterable[str] = ()) -> None:
        self.faults.append(Fault(at, sentence, word, tuple(sorted(candidates))))

    def _work(self, node: Node, scope: Mapping[str, bool]) -> int:
        """Steps that it takes. `scope` has the names that loops around it give: whether each is a line."""
        match node:
            case Constant(at, kind):
                if kind in _UNUSED_KINDS:
                    self._fault(
                        at,
                        f"a literal of type {kind} has no use here: numbers are whole, and nothing is null",
                    )
            case Name(at, name):
                self._name(at, name, scope)
            case Select():
                return 1 + self._select(node, scope)
            case Call():
                return self._call(node, scope)
            case ListOf(_, elements):
                return 1 + sum(self._work(each, scope) for each in elements)
            case Loop():
                return self._loop(node, scope)
            case Other(at):
                self._fault(at, "a map or message cannot be written in a condition")
        return 1

    def _name(self, at: int, name: str, scope: Mapping[str, bool]) -> None:
        if scope.get(name, False):
            self._fault(at, f"{name} is a whole line: name one of its fields, such as {name}.sku")
        elif name not in scope:
            self._read(at, name)
            if name in LARGEST:
                self._fault(at - max(0, name.rfind(".")), f"{name} {_USES}")

    def _read(self, at: int, name: str) -> None:
        if name not in self.variables:
            self._fault(at - max(0, name.rfind(".")), f"{name} is not a variable here", name, self.variables)
        self.reads.add(name)

    def _select(self, node: Select, scope: Mapping[str, bool]) -> int:
        match node.operand:
            case Name(at, name) if scope.get(name, False):
                self._line(at, name, node.field)
                if node.is_test:
                    self._fault(at, f"every line has {node.field}: compare it instead")
                elif node.field == "attributes":
                    self._fault(at, f"{name}.attributes {_USES}")
                return 1
            case Name(at, "event.attributes") if self.attributes is not None:
                self._attribute(node.at + 1, node.field)
                if node.field in self.attributes and not node.is_test:
                    self.attribute_names.append((at - len("event"), f"event.attributes.{node.field}"))
        return self._inside(node.operand, scope)

    def _line(self, at: int, name: str, field_name: str) -> None:
        self.line_names.append((at, name))
        self.reads.add(f"lines.{field_name}")

    def _inside(self, node: Node, scope: Mapping[str, bool]) -> int:
        """The work to get at what is in a list or map."""
        match node:
            case Name(at, name) if name in LARGEST and name not in scope:
                self._read(at, name)
                return 1
            case Select(_, Name(at, name), "attributes", False) if scope.get(name, False):
                self._line(at, name, "attributes")
                return 2
            case _:
                return self._work(node, scope)

    def _attribute(self, at: int, name: str) -> None:
        if self.attributes is not None and name not in self.attributes:
            self._fault(at, f"{name} is not an attribute of this event", name, self.attributes)

    def _call(self, node: Call, scope: Mapping[str, bool]) -> int:
        self._check_call(node)
        work = _WORK.get(node.function, 1)
        match node:
            case Call(_, "size", (whole,)):
                return work + self._inside(whole, scope)
            case Call(_, "_[_]", (Name(at, "lines"), _)) | Call(_, "@in", (_, Name(at, "lines"))):
                self._fault(at, f"lines {_USES}")
                return work
            case Call(_, "_[_]", (whole, key)) | Call(_, "@in", (key, whole)):
                return work + self._inside(whole, scope) + self._work(key, scope)
            case _:
                return work + sum(self._work(each, scope) for each in node.arguments)

    def _check_call(self, node: Call) -> None:
        match node:
            case Call(at, "matches"):
                self._fault(at, "matches is left out: use startsWith, endsWith or contains")
            case Call(at, function) if function not in _KNOWN:
                self._fault(at, f"{function} is not a function here", function, FUNCTIONS)
            case Call(_, "_[_]", (Name(_, "event.attributes"), Constant(at, "string", name))):
                self._attribute(at, name)
            case Call(_, "timestamp" | "duration", (Constant(_, "string"),)):
                self.parsed.append(node)
            case Call(at, "timestamp" | "duration" as function):
                self._fault(at, f"{function} takes a text that is written out")

    def _loop(self, node: Loop, scope: Mapping[str, bool]) -> int:
        if any(node.variable == name.partition(".")[0] for name in self.variables) or node.variable in scope:
            self._fault(node.at, f"{node.variable} has a meaning already: choose another name")
        test = _test_of(node)
        if test is None:
            self._fault(node.at, "map and filter are left out: use exists, exists_one or all")
            return 1
        count, is_lines, work = self._range(node.over, scope)
        return work + count * (_LOOP_WORK + self._work(test, {**scope, node.variable: is_lines}))

    def _range(self, over: Node, scope: Mapping[str, bool]) -> tuple[int, bool, int]:
        """How many there are at most, whether they are lines, and the work to get there."""
        match over:
            case Name(_, name) if name not in scope and name in LARGEST:
                return LARGEST[name], name == "lines", self._inside(over, scope)
            case ListOf(_, elements):
                return len(elements), False, self._work(over, scope)
            case Select(_, Name(_, name), "attributes") if scope.get(name, False):
                return LARGEST_ATTRIBUTES, False, self._inside(over, scope)
            case _:
                self._fault(
                    over.at, f"{', '.join(LARGEST)} and lists that are written out can be looked through"
                )
                return 1, False, 1


def joined_texts(tree: Node) -> Iterator[Fault]:
    """Every + that may join texts or lists, which could grow; the tree has types for the fields of lines."""
    for node in nodes(tree):
        match node:
            case Call(at, "_+_", _, overloads) if overloads & _JOINING:
                yield Fault(
                    at, "+ adds numbers and times, and int(...) says of an attribute that it is a number"
                )


def _test_of(loop: Loop) -> Node | None:
    """What all, exists or exists_one tests, from the step that the macro became; None for map and filter."""
    match loop.step:
        case Call(_, "_&&_" | "_||_", (_, test)):
            return test
        case Call(_, "_?_:_", (test, Call(_, "_+_", (_, Constant())), _)):
            return test
        case _:
            return None
