"""The hash of a refusal covers each of its fields and the head it was decided on: worked out twice."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from tallybook.journal.refusals import RefusalRow, hashed

from tests.journal.pages import moment
from tests.journal.test_entries import canonical

HEAD = bytes(range(32))
ROW = RefusalRow(
    program="shop",
    member="m1",
    request_id="till-1",
    fingerprint=bytes(range(16)),
    code="NOT_ENOUGH_POINTS",
    facts='{"unit":"Pünktchen","asked":100,"available":22}',
    recorded_at=moment("2026-01-31T09:30:00.000001"),
    version=7,
    hash=b"",
)
CHANGES: dict[str, Any] = {
    "program": "shoq",
    "member": "m2",
    "request_id": "till-2",
    "fingerprint": bytes(16),
    "code": "MEMBER_FROZEN",
    "facts": "{}",
    "recorded_at": ROW.recorded_at + timedelta(microseconds=1),
    "version": 8,
}


def test_the_hash_is_the_documented_one() -> None:
    fields = [
        *("tallybook-refusal-1", "shop", "m1", "till-1", "000102030405060708090a0b0c0d0e0f"),
        *("NOT_ENOUGH_POINTS", ROW.facts, "2026-01-31T09:30:00.000001+00:00", "7"),
    ]
    assert hashed(HEAD, ROW).hash == hashlib.sha256(HEAD + canonical(fields)).digest()


def test_hashing_changes_nothing_else() -> None:
    assert hashed(HEAD, ROW)._replace(hash=b"") == ROW


def test_every_field_but_the_hash_itself_is_tried() -> None:
    assert [*CHANGES, "hash"] == list(RefusalRow._fields)


@pytest.mark.parametrize("field", CHANGES)
def test_a_change_of_any_field_changes_the_hash(field: str) -> None:
    assert hashed(HEAD, ROW._replace(**{field: CHANGES[field]})).hash != hashed(HEAD, ROW).hash


def test_another_head_changes_the_hash() -> None:
    assert hashed(bytes(32), ROW).hash != hashed(HEAD, ROW).hash
