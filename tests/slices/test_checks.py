"""What makes no sense in itself is refused with the field's name, before anything is looked up."""

from datetime import UTC, date, datetime, timedelta, timezone
from enum import IntEnum
from typing import Any

import pytest
import tallybook as tb
from tallybook.engine.checks import (
    check_day,
    check_flag,
    check_id,
    check_metadata,
    check_moment,
    check_text,
    check_whole,
)

MAX = 2**63 - 1


class One(IntEnum):
    ONE = 1


@pytest.mark.parametrize(
    "value", ["a", "~", "!", "a b", "a" * 128, "order-1", "客户".encode().hex(), '"\\{}']
)
def test_printable_ids_are_welcome(value: str) -> None:
    check_id("member", value)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("", "must not be empty"),
        ("a" * 129, "at most 128 characters, not 129"),
        (" a", "no space at either end"),
        ("a ", "no space at either end"),
        (" ", "no space at either end"),
        ("a\n", "printable ASCII"),
        ("\x00", "printable ASCII"),
        ("a\tb", "printable ASCII"),
        ("a\x7f", "printable ASCII"),
        ("é", "printable ASCII"),
        ("客户", "printable ASCII"),
        ("a\u200b", "printable ASCII"),
        ("\ud800", "printable ASCII"),
        (None, "must be text, not NoneType"),
        (5, "must be text, not int"),
        (b"a", "must be text, not bytes"),
        (["a"], "must be text, not list"),
    ],
)
def test_other_ids_are_refused(value: Any, problem: str) -> None:
    with pytest.raises(tb.InvalidInput, match=problem) as refused:
        check_id("member", value)
    assert refused.value.field == "member"


@pytest.mark.parametrize("value", ["", "a\tb\nc", "客户 😀", "x" * 512])
def test_free_text_is_welcome(value: str) -> None:
    check_text("reason", value)


@pytest.mark.parametrize("value", ["x" * 513, "a\x00", "a\rb", "\x1b[0m", "\x7f", "\ud800", None, 5, b"", []])
def test_other_text_is_refused(value: Any) -> None:
    with pytest.raises(tb.InvalidInput):
        check_text("reason", value)


@pytest.mark.parametrize("value", [1, 2**32, MAX])
def test_whole_numbers_are_welcome(value: int) -> None:
    check_whole("amount", value)


@pytest.mark.parametrize(
    "value",
    [0, -1, MAX + 1, -MAX, 2**64, 10**5000, -(10**5000), 1.0, "1", True, None, 1 + 0j, b"1", One.ONE, [1]],
    ids=lambda value: f"{type(value).__name__}"[:20],
)
def test_other_amounts_are_refused(value: Any) -> None:
    with pytest.raises(tb.InvalidInput) as refused:
        check_whole("amount", value)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    "value",
    [
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(9000, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=45))),
    ],
)
def test_moments_within_reason_are_welcome(value: datetime) -> None:
    check_moment("occurred_at", value)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (datetime(2026, 1, 1), "time zone"),  # noqa: DTZ001 - what is refused
        (datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC), "from 1970 to 9000"),
        (datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=1))), "from 1970 to 9000"),
        (datetime(9000, 1, 1, 0, 0, 1, tzinfo=UTC), "from 1970 to 9000"),
        (datetime.max.replace(tzinfo=UTC), "from 1970 to 9000"),
        (datetime.min.replace(tzinfo=UTC), "from 1970 to 9000"),
        (date(2026, 1, 1), "must be a datetime"),
        ("2026-01-01T00:00:00Z", "must be a datetime"),
        (1_767_225_600, "must be a datetime"),
    ],
)
def test_other_moments_are_refused(value: Any, problem: str) -> None:
    with pytest.raises(tb.InvalidInput, match=problem):
        check_moment("occurred_at", value)


@pytest.mark.parametrize("value", [datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01", 20260101, None])
def test_what_is_no_day_is_refused(value: Any) -> None:
    check_day("expires_on", date(2026, 1, 1))
    with pytest.raises(tb.InvalidInput, match="must be a date"):
        check_day("expires_on", value)


@pytest.mark.parametrize("value", [0, 1, "false", None])
def test_what_merely_counts_as_true_or_false_is_refused(value: Any) -> None:
    check_flag("allow_partial", False)
    with pytest.raises(tb.InvalidInput, match="true or false"):
        check_flag("allow_partial", value)


def test_metadata_within_its_limits_is_welcome() -> None:
    check_metadata("metadata", {})
    check_metadata("metadata", {f"key {number}": "x" * 100 for number in range(32)})
    check_metadata("metadata", {"store": "客户\n\t"})


@pytest.mark.parametrize(
    "value",
    [
        {f"key{number}": "" for number in range(33)},
        {"a": "x" * 513},
        {f"key{number}": "x" * 500 for number in range(9)},
        {f"key{number}": "客" * 400 for number in range(4)},
        {"": "x"},
        {"é": "x"},
        {5: "x"},
        {"a": 5},
        {"a": None},
        {"a": {"b": "c"}},
        {"a": "\x00"},
        [("a", "b")],
        "a=b",
        None,
        5,
    ],
    ids=lambda value: str(value)[:20],
)
def test_other_metadata_is_refused(value: Any) -> None:
    with pytest.raises(tb.InvalidInput, match="metadata"):
        check_metadata("metadata", value)
