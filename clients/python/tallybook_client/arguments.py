"""Words of a command line, read as what they mean: durations, moments, messages. Knows no command."""

import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

M = TypeVar("M", bound=Message)


def common(given: Namespace) -> dict[str, Any]:
    """What is said with every command that writes."""
    return {
        "request_id": given.request_id,
        "source": given.source,
        "reason": given.reason,
        "validate_only": given.validate_only,
    }


def duration(text: str) -> timedelta:
    """Such as 90s, 15m, 2h or 7d."""
    unit_of = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    match = re.fullmatch(r"(\d+)([smhd])", text)
    if match is None:
        raise ArgumentTypeError(f"{text!r} is no duration such as 90s, 15m, 2h or 7d")
    return timedelta(**{unit_of[match[2]]: int(match[1])})


def moment(text: str) -> datetime:
    """Such as 2026-05-01T12:30:00+02:00."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ArgumentTypeError(f"{text!r} is no time with its offset, such as 2026-05-01T12:30:00+02:00")
    return found


def positive(text: str) -> int:
    """A number above zero."""
    if not text.isdecimal() or int(text) == 0:
        raise ArgumentTypeError(f"{text!r} is no number above zero")
    return int(text)


def fields_of(kind: type[M]) -> Callable[[str], M]:
    """Reads the fields of a small message, such as sku=A1,quantity=2,amount=7200."""
    readers = {
        field.name: int if field.cpp_type == FieldDescriptor.CPPTYPE_INT64 else str
        for field in kind.DESCRIPTOR.fields
        if field.message_type is None
    }

    def read(text: str) -> M:
        pairs = [pair.partition("=") for pair in text.split(",")]
        try:
            return kind(**{name: readers[name](value) for name, _, value in pairs})
        except (KeyError, ValueError):
            known = ", ".join(readers)
            raise ArgumentTypeError(
                f"{text!r} is not of the form name=value,...; names are {known}"
            ) from None

    return read


def attribute(text: str) -> tuple[str, str | int | bool]:
    """Such as stars=5: a whole number, or true or false, or text."""
    name, equals, value = text.partition("=")
    if not equals:
        raise ArgumentTypeError(f"{text!r} is not of the form name=value")
    if value in ("true", "false"):
        return name, value == "true"
    return name, int(value) if re.fullmatch(r"-?\d+", value) else value
