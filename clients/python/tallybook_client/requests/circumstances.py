"""What every command says besides its own: when, where from, why. Times as messages. Knows no channel."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypedDict

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date


class Told(TypedDict, total=False):
    """What commands take by keyword; the package says what it means."""

    request_id: str
    occurred_at: datetime | None
    source: str
    metadata: Mapping[str, str]


class Reasoned(Told, total=False):
    """The same for a command that can be tried."""

    validate_only: bool


class Common(Reasoned, total=False):
    """The same with a reason, which some commands require and others take."""

    reason: str


class OfEvent(TypedDict, total=False):
    """The same for an event, which names its request by itself."""

    occurred_at: datetime | None
    source: str
    reason: str
    metadata: Mapping[str, str]
    validate_only: bool


def common_fields(given: Told) -> dict[str, Any]:
    """The fields of a request, with a request id drawn where none is given."""
    request_id = given.get("request_id") or str(uuid.uuid4())
    return {**given, "request_id": request_id, "occurred_at": timestamp(given.get("occurred_at"))}


def event_fields(given: OfEvent) -> dict[str, Any]:
    """The fields of a request that records an event."""
    return {**given, "occurred_at": timestamp(given.get("occurred_at"))}


def timestamp(value: datetime | None) -> Timestamp | None:
    """A moment as it is sent."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(f"{value} has no time zone; Tallybook does not guess one")
    message = Timestamp()
    message.FromDatetime(value)
    return message


def day_message(day: date) -> Date:
    """A day as it is sent."""
    return Date(year=day.year, month=day.month, day=day.day)
