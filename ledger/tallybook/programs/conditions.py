"""Conditions of rules, in CEL, checked when a program is applied. Pure: no clock, no database.

Variables have types, so that a misspelt name or a text compared with a number is found at once. What only an
event can show (an attribute that it lacks, a division by zero) is `ConditionFailed`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Final, NamedTuple

from cel_expr_python import cel
from pydantic_core import PydanticCustomError

from tallybook.programs.cel_tree import Call, Constant, tree_of
from tallybook.programs.condition_limits import FUNCTIONS, MACROS, Fault, Review, joined_texts
from tallybook.programs.words import mistake

TEXT_MAX: Final = 2_000

Activation = cel.Activation
"""What the variables are for one event, shared by all conditions that are put to it."""

_ATTRIBUTES: Final = cel.Type.Map(cel.Type.STRING, cel.Type.DYN)

EVENT_VARIABLES: Final[Mapping[str, cel.Type]] = {
    "event.type": cel.Type.STRING,
    "event.name": cel.Type.STRING,
    "event.id": cel.Type.STRING,
    "event.store": cel.Type.STRING,
    "event.channel": cel.Type.STRING,
    "event.attributes": _ATTRIBUTES,
    "store": cel.Type.STRING,
    "channel": cel.Type.STRING,
    "member.tier": cel.Type.STRING,
    "member.tiers": cel.Type.List(cel.Type.STRING),
    "member.memberships": cel.Type.List(cel.Type.STRING),
    "member.tags": cel.Type.List(cel.Type.STRING),
    "member.enrolled": cel.Type.TIMESTAMP,
    "member.days_enrolled": cel.Type.INT,
    "member.birthday_month": cel.Type.INT,
    "local.year": cel.Type.INT,
    "local.month": cel.Type.INT,
    "local.day": cel.Type.INT,
    "local.weekday": cel.Type.INT,
    "local.hour": cel.Type.INT,
    "local.minute": cel.Type.INT,
    "local.date": cel.Type.STRING,
}
"""What every event has. `local` is the time in the program's zone; weekdays count from 1, which is Monday."""

PURCHASE_VARIABLES: Final[Mapping[str, cel.Type]] = {
    "order.ordinal": cel.Type.INT,
    "order.days_since_last": cel.Type.INT,
    "order.total": cel.Type.INT,
    "order.spend": cel.Type.INT,
    "order.quantity": cel.Type.INT,
    "order.currency": cel.Type.STRING,
    "lines": cel.Type.List(cel.Type.Map(cel.Type.STRING, cel.Type.DYN)),
}
"""What only a purchase has. The member's first has ordinal 1 and -1 days since the last."""

LINE_FIELDS: Final[Mapping[str, cel.Type]] = {
    "sku": cel.Type.STRING,
    "category": cel.Type.STRING,
    "brand": cel.Type.STRING,
    "quantity": cel.Type.INT,
    "amount": cel.Type.INT,
    "spend": cel.Type.INT,
    "attributes": cel.Type.Map(cel.Type.STRING, cel.Type.STRING),
}
"""What each of `lines` has."""

_VARIABLES: Final = {**EVENT_VARIABLES, **PURCHASE_VARIABLES}
_CALLED: Final = (*FUNCTIONS, *MACROS)
HISTORY: Final = frozenset(("order.ordinal", "order.days_since_last"))
"""Variables that the events before have a say in."""

ATTRIBUTE_KINDS: Final[Mapping[str, cel.Type]] = {
    "text": cel.Type.STRING,
    "number": cel.Type.INT,
    "flag": cel.Type.BOOL,
}
"""The kinds of attributes that a custom event declares."""

_A_LINE: Final = "__line__"
_TYPED: Final = {
    **{f"{_A_LINE}.{name}": type_ for name, type_ in LINE_FIELDS.items()},
    **{f"__{kind}__": type_ for kind, type_ in ATTRIBUTE_KINDS.items()},
}
"""What stands for fields of lines and for attributes while types are checked: see `_with_types`."""
_ERROR: Final = re.compile(r"ERROR: <input>:(-?\d+):(-?\d+): (.*)")
_UNDECLARED: Final = re.compile(r"undeclared reference to '(.*)' \(in container '.*'\)")
_NO_OVERLOAD: Final = re.compile(r"found no matching overload for '(.*)' applied to '(.*)'")
_STATUS: Final = re.compile(r"\A[A-Z_]+: ")
_FAULTS_TOLD: Final = 3
_TOGETHER_MAX: Final = 40 * TEXT_MAX
"""Characters of conditions in one list: CEL reads texts of up to 100,000."""
_ALONE: Final = "(\n{}\n)"
"""A condition in a list stands on lines of its own, since it may end in a comment."""


@dataclass(eq=False)
class ConditionFailed(Exception):
    """A condition has no answer for an event."""

    detail: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked condition; `reads` are the variables that it uses and, as in lines.sku, the fields of lines,
    `work` the steps that it takes on the largest event. Threads may share it.
    """

    source: str
    reads: frozenset[str] = field(compare=False)
    work: int = field(compare=False)
    _expression: cel.Expression = field(compare=False, repr=False)

    def holds(self, activation: Activation) -> bool:
        """Is it true? Raises `ConditionFailed` where it has no answer."""
        try:
            answer = self._expression.eval(activation).value()
        except RuntimeError as error:
            raise ConditionFailed(str(error)) from None
        if answer is True or answer is False:
            return answer
        raise ConditionFailed(_STATUS.sub("", str(answer)))


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Conditions on one kind of event, that are asked all at once: most of the time that one takes is the way
    to it and back. `names` are their names, in their order. Threads may share it.
    """

    names: tuple[str, ...]
    _expression: cel.Expression = field(repr=False)

    def answers(self, activation: Activation) -> Sequence[object]:
        """The answer of each; None for all where one of them fails. What is neither true nor false is no
        answer: who asks that condition by itself hears why.
        """
        found = self._expression.eval(activation).plain_value()
        return found if type(found) is list else [None] * len(self.names)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Variables with their types, for conditions that are put to something else than an event."""

    variables: Mapping[str, cel.Type]
    _environment: cel.Env = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_environment", cel.NewEnv(variables=dict(self.variables)))

    def activation(self, values: Mapping[str, object]) -> Activation:
        """The variables of one thing that conditions are put to: see `activation`."""
        return self._environment.Activation(values)

    def compile(self, source: str) -> Condition:
        """Check a condition over these variables. Raises a `mistake` as `compile_condition` does."""
        _check_length(source)
        expression = _compiled(source, self._environment, tuple(self.variables))
        review = _reviewed(source, expression, Review(frozenset(self.variables), None))
        return _sound(source, expression, expression, review)


def activation(variables: Mapping[str, object]) -> Activation:
    """The variables of one event, by their dotted names; those that no condition reads may be left out.

    Lists are lists, mappings are dicts, moments are in UTC: nothing is converted until it is read.
    """
    return _environment().Activation(variables)


@lru_cache(maxsize=4096)
def compile_condition(source: str, attributes: frozenset[tuple[str, str]] | None = None) -> Condition:
    """Check a condition of a rule: on purchases, or on a custom event with these attributes and their kinds.

    Raises a `mistake` that says what is wrong, and where in the text.
    """
    _check_length(source)
    names = tuple(_VARIABLES)
    expression = _compiled(source, _environment(), names)
    kinds = None if attributes is None else dict(attributes)
    review = Review(frozenset(_VARIABLES if attributes is None else EVENT_VARIABLES), kinds)
    _reviewed(source, expression, review)
    replaced = _replaced(source, review, kinds or {})
    typed = _compiled(source, _environment(), names, replaced)
    return _sound(source, expression, typed, review, replaced)


def asked_together(conditions: Mapping[str, Condition]) -> Sequence[Together]:
    """Conditions of rules, by name, to be asked together. One alone is as quick by itself."""
    found = []
    for names in _grouped(conditions):
        expression = _joined(tuple(conditions[name].source for name in names)) if len(names) > 1 else None
        if expression is not None:
            found.append(Together(tuple(names), expression))
    return found


def _grouped(conditions: Mapping[str, Condition]) -> list[list[str]]:
    """The names of conditions, in their order, as many to a group as fit into one text."""
    groups: list[list[str]] = []
    left = 0
    for name, condition in conditions.items():
        size = len(condition.source) + len(_ALONE.format("")) + 1
        if size > left:
            groups.append([])
            left = _TOGETHER_MAX
        groups[-1].append(name)
        left -= size
    return groups


@lru_cache(maxsize=1024)
def _joined(sources: tuple[str, ...]) -> cel.Expression | None:
    """A list of conditions. None where one of them is so deep that it goes into nothing else."""
    try:
        return _environment().compile("[" + ",".join(map(_ALONE.format, sources)) + "]")
    except RuntimeError:
        return None


def _check_length(source: str) -> None:
    if len(source) > TEXT_MAX:
        raise mistake(f"has more than {TEXT_MAX} characters")


def _reviewed(source: str, expression: cel.Expression, review: Review) -> Review:
    review.add(tree_of(expression.serialize()))
    review.faults.extend(fault for call in review.parsed for fault in _unreadable(call))
    if review.faults:
        raise _told(source, review.faults)
    return review


def _sound(
    source: str,
    expression: cel.Expression,
    typed: cel.Expression,
    review: Review,
    replaced: Sequence[_Replaced] = (),
) -> Condition:
    """The condition, once its types are known."""
    if joins := list(joined_texts(tree_of(typed.serialize()))):
        raise _told(source, [replace(join, at=_place_before(join.at, replaced)) for join in joins])
    if (found := typed.return_type()) != cel.Type.BOOL:
        raise mistake(f"must be true or false, and this is of type {found.name().lower()}")
    return Condition(source, frozenset(review.reads), review.work, expression)


@cache
def _environment() -> cel.Env:
    """One for all conditions, so that they can share activations."""
    return cel.NewEnv(variables={**_VARIABLES, **_TYPED})


class _Replaced(NamedTuple):
    """A part of the text, from an offset to an offset, and what stands for it while types are checked."""

    start: int
    end: int
    name: str


def _replaced(source: str, review: Review, kinds: Mapping[str, str]) -> list[_Replaced]:
    """Each name of a line, and each attribute whose kind is declared.

    For CEL, lines and attributes are maps whose values may be anything: comparing a sku with a number would
    never fail, and never be true.
    """
    found = [_Replaced(at, at + len(name), _A_LINE) for at, name in review.line_names]
    for start, name in review.attribute_names:
        end = start + len(name)
        if source[start:end] == name:
            found.append(_Replaced(start, end, f"__{kinds[name.rpartition('.')[2]]}__"))
    return sorted(found)


def _compiled(
    source: str, environment: cel.Env, names: tuple[str, ...], replaced: Sequence[_Replaced] = ()
) -> cel.Expression:
    pieces, end = [], 0
    for each in replaced:
        pieces += [source[end : each.start], each.name]
        end = each.end
    text = "".join([*pieces, source[end:]])
    try:
        return environment.compile(text)
    except RuntimeError as error:
        raise _told(source, _faults_in(str(error), text, source, replaced, names)) from None


def _faults_in(
    said: str, text: str, source: str, replaced: Sequence[_Replaced], names: tuple[str, ...]
) -> list[Fault]:
    """What the compiler says of a text, in our words, at the places of the source."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    faults = []
    for line, column, sentence in _ERROR.findall(said):
        at = starts[int(line) - 1] + int(column) - 1 if int(line) > 0 else 0
        fault = _fault(at, sentence, names, is_call=text[at : at + 1] == "(")
        at = _place_before(fault.at, replaced)
        line_name = next((source[each.start : each.end] for each in replaced if each.start == at), _A_LINE)
        faults.append(replace(fault, at=at, sentence=fault.sentence.replace(_A_LINE, line_name)))
    calls = [fault for fault in faults if fault.candidates == _CALLED]
    return calls or faults or [Fault(0, _STATUS.sub("", said.partition("[")[0].strip()))]


def _place_before(at: int, replaced: Sequence[_Replaced]) -> int:
    """Where something stood before parts of the text were replaced."""
    moved = 0
    for each in replaced:
        begins = each.start + moved
        if at <= begins:
            break
        if at < begins + len(each.name):
            return each.start
        moved += len(each.name) - (each.end - each.start)
    return at - moved


def _fault(at: int, sentence: str, names: tuple[str, ...], *, is_call: bool) -> Fault:
    if (found := _UNDECLARED.fullmatch(sentence)) is not None:
        name = found[1]
        if is_call:
            return Fault(at, f"{name} is not a function here", name, _CALLED)
        start = at - max(0, name.rfind("."))
        if name.startswith(_A_LINE):
            field_name = name.removeprefix(_A_LINE + ".")
            return Fault(start, f"{name} is not a field of a line", field_name, tuple(LINE_FIELDS))
        return Fault(start, f"{name} is not a variable here", name, names)
    if (found := _NO_OVERLOAD.fullmatch(sentence)) is not None:
        operator = found[1].strip("_@").replace("_", " ") or found[1]
        return Fault(at, f"{operator} cannot be applied to {found[2]}")
    return Fault(at, sentence.partition(" expecting ")[0].replace("'<EOF>'", "the end"))


def _unreadable(call: Call) -> list[Fault]:
    """What is wrong with the literal of timestamp or duration, which CEL reads only when it runs."""
    ((literal),) = (each.text for each in call.arguments if isinstance(each, Constant))
    expression = _environment().compile(f"{call.function}({json.dumps(literal, ensure_ascii=False)})")
    if expression.eval(activation({})).type() != cel.Type.ERROR:
        return []
    example = "2026-12-31T00:00:00Z" if call.function == "timestamp" else "36h"
    return [Fault(call.at, f'{call.function} must be such as {call.function}("{example}")')]


def _told(source: str, faults: Sequence[Fault]) -> PydanticCustomError:
    """One mistake for all faults, each at its place in the text, the first with what was probably meant."""
    ordered = sorted(set(faults), key=lambda fault: fault.at)[:_FAULTS_TOLD]
    sentence = "; ".join(f"{_place(source, fault.at)}: {fault.sentence}" for fault in ordered)
    first = ordered[0]
    return mistake(f"is wrong {sentence}", first.candidates, word=first.word or None)


def _place(source: str, at: int) -> str:
    line, column = source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at)
    return f"at column {column}" if "\n" not in source else f"at line {line}, column {column}"
