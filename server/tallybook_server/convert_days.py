"""Moments, days and durations between the wire and Python, without a float. Pure: no clock, no database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date
from tallybook import InvalidInput

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
NANOS_PER_SECOND: Final = 1_000_000_000


def moment(field: str, timestamp: Timestamp) -> datetime:
    """A moment to the microsecond; what is finer is cut off. Raises `InvalidInput`."""
    if not 0 <= timestamp.nanos < NANOS_PER_SECOND:
        raise InvalidInput(field, f"must have nanos from 0 to 999999999, not {timestamp.nanos}")
    try:
        return EPOCH + timedelta(seconds=timestamp.seconds, microseconds=timestamp.nanos // 1_000)
    except OverflowError:
        raise InvalidInput(
            field, f"must be from 1970 to 9000, not {timestamp.seconds} seconds after 1970"
        ) from None


@lru_cache(maxsize=64)
def timestamp(moment: datetime) -> Timestamp:
    """The message for a moment, not to be changed: the replies of one batch share it."""
    since = moment - EPOCH
    return Timestamp(seconds=since.days * 86_400 + since.seconds, nanos=since.microseconds * 1_000)


def day(field: str, message: Date) -> date:
    """A day of the calendar. Raises `InvalidInput`."""
    try:
        return date(message.year, message.month, message.day)
    except (ValueError, OverflowError):
        written = f"{message.year}-{message.month}-{message.day}"
        raise InvalidInput(field, f"must be a whole day of the calendar, not {written}") from None


@lru_cache(maxsize=4_096)
def date_message(day: date | None) -> Date | None:
    """The message for a day, not to be changed; None for no day.

    The first and the last day of the calendar stand for none: "always" and "never" in the journal.
    """
    if day is None or day in (date.min, date.max):
        return None
    return Date(year=day.year, month=day.month, day=day.day)


def write_day(message: Date, day: date | None) -> None:
    """The same, written into a part of a message: what stands for no day is not even looked at."""
    found = date_message(day)
    if found is not None:
        message.CopyFrom(found)


def whole_seconds(field: str, duration: Duration) -> int:
    """A duration in whole seconds, zero or below as it is. Raises `InvalidInput` for parts of a second."""
    if duration.nanos:
        raise InvalidInput(field, "must be in whole seconds")
    return duration.seconds
