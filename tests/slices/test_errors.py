"""Every error has a code of its own, says what its facts are, and a refusal survives being written down."""

import dataclasses
import pickle
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
import tallybook as tb
from tallybook.errors import NotDecided, restore_refusal
from tallybook.programs.problems import Problem

ABSTRACT = {tb.TallybookError, tb.Refusal, tb.NotDeclared, NotDecided}


def descendants(cls: type[tb.TallybookError]) -> Iterator[type[tb.TallybookError]]:
    """The library's own: a server in the same process brings errors of its own below ours."""
    for child in cls.__subclasses__():
        if child.__module__.startswith("tallybook."):
            yield child
        yield from descendants(child)


EVERY: list[type[Any]] = sorted(
    {cls for cls in descendants(tb.TallybookError) if cls not in ABSTRACT}, key=lambda cls: cls.__name__
)
REFUSALS = [cls for cls in EVERY if issubclass(cls, tb.Refusal)]

SAMPLES = {
    "int": 2**63 - 1,
    "str": "{curly} 'quotes' 客户\n%s",
    "datetime": datetime(2027, 1, 1, tzinfo=UTC),
    "tuple[Problem, ...]": (Problem("units", 3, 5, "is missing"),),
}


def made(cls: type[Any]) -> Any:
    """An error of a class, with facts that are hard to print."""
    return cls(**{field.name: SAMPLES[str(field.type)] for field in dataclasses.fields(cls)})


def test_every_code_is_a_class_of_its_own() -> None:
    codes: dict[str, set[type[Any]]] = {}
    for cls in EVERY:
        codes.setdefault(cls.code, set()).add(cls)
    shared = {code: classes for code, classes in codes.items() if len(classes) > 1}
    # A revision nobody applied is a program nobody applied: callers treat them alike.
    assert set(shared) <= {"UNKNOWN_PROGRAM"}


@pytest.mark.parametrize("cls", EVERY)
def test_a_code_is_in_capitals(cls: type[Any]) -> None:
    assert cls.code.replace("_", "").isalpha()
    assert cls.code.isupper()


@pytest.mark.parametrize("cls", EVERY)
def test_an_error_is_public(cls: type[Any]) -> None:
    assert getattr(tb, cls.__name__) is cls


@pytest.mark.parametrize("cls", EVERY)
def test_the_message_tells_every_fact(cls: type[Any]) -> None:
    error = made(cls)
    message = str(error)
    assert message
    for field in dataclasses.fields(cls):
        if field.name not in ("program", "problems", "total"):
            value = getattr(error, field.name)
            assert str(value) in message or repr(value) in message, field.name


@pytest.mark.parametrize("cls", EVERY)
def test_an_error_can_be_raised_through_a_context_manager(cls: type[Any]) -> None:
    with pytest.raises(cls) as raised:
        raise made(cls)
    assert raised.value.__traceback__ is not None


@pytest.mark.parametrize("cls", EVERY)
def test_an_error_survives_being_sent_to_another_process(cls: type[Any]) -> None:
    error = made(cls)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is cls
    assert copy.facts() == error.facts()
    assert str(copy) == str(error)


def test_the_table_of_refusals_is_complete() -> None:
    assert {cls.code: cls for cls in REFUSALS} == tb.REFUSALS


@pytest.mark.parametrize("cls", REFUSALS)
def test_a_refusal_is_restored_from_what_was_written_down(cls: type[Any]) -> None:
    error = made(cls)
    facts = msgspec.json.encode(error.facts()).decode()
    restored = restore_refusal(error.code, msgspec.json.decode(facts))
    assert type(restored) is cls
    assert restored.facts() == error.facts()
    assert str(restored) == str(error)
    assert (error.replayed, restored.replayed) == (False, True)


def test_errors_are_told_apart_by_what_became_of_the_request() -> None:
    assert issubclass(tb.InvalidInput, ValueError)
    assert not [cls for cls in REFUSALS if issubclass(cls, (NotDecided, ValueError))]
    assert issubclass(tb.UnknownMember, NotDecided)
    assert issubclass(tb.RequestIdReused, NotDecided)
