"""Words of a command line, read as what they mean: durations, moments, messages. Knows no command."""

import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeVar

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

M = TypeVar("M", bound=Message)

_LEAP_YEAR: Final = 2000


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
    match = re.fullmatch(r"(\d{1,9})([smhd])", text)
    if match is None:
        raise ArgumentTypeError(f"{text!r} is no duration such as 90s, 15m, 2h or 7d")
    return timedelta(**{unit_of[match[2]]: int(match[1])})


def moment(text: str) -> datetime:
    """Such as 2026-05-01T12:30:00+02:00."""
    wrong = ArgumentTypeError(f"{text!r} is no time with its offset, such as 2026-05-01T12:30:00+02:00")
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is None:
            raise wrong
        return found.astimezone(UTC)
    except (ValueError, OverflowError):  # which lies beyond the calendar elsewhere
        raise wrong from None


def day(text: str) -> date:
    """Such as 2027-01-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day such as 2027-01-31") from None


def day_of_year(text: str) -> tuple[int, int] | None:
    """The month and the day of a birthday such as 02-29, or None for none."""
    if text == "none":
        return None
    match = re.fullmatch(r"(\d\d?)-(\d\d?)", text)
    try:
        found = None if match is None else date(_LEAP_YEAR, int(match[1]), int(match[2]))
    except ValueError:
        found = None
    if found is None:
        raise ArgumentTypeError(f"{text!r} is no day of a year such as 02-29, nor none")
    return found.month, found.day


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
