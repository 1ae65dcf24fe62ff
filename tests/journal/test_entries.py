"""The hash of an entry covers each of its fields, its postings, and the entry before: worked out twice."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.journal.accounts import Posting
from tallybook.journal.entries import GENESIS, Entry, seal

from tests.journal.pages import Page, day, moment, program

ENTRY = Entry(
    program="shop",
    member="m1",
    version=7,
    kind="award",
    request_id="order-1",
    fingerprint=bytes(range(16)),
    revision=3,
    recorded_at=moment("2026-01-31T09:30:00.000001"),
    occurred_at=moment("2026-01-30T23:59:59"),
    source="till 4",
    reason="Grüße, 客户",
    metadata='{"store":"12"}',
    reply='{"entry":7}',
    content='{"type":"refund"}',
    subject="H1",
    reverses=2,
    counterpart_member="m2",
    counterpart_version=9,
    notes='[["order","o1",{"left":2},null]]',
    hash=b"",
)
POSTINGS = (
    Posting("points", "house", date(1, 1, 1), day("2027-01-31"), "issued", "available", 120),
    Posting("growth", "partner", day("2026-02-01"), date(9999, 12, 31), "issued", "pending", 2**63 - 1),
)

FIELDS_IN_ORDER = [
    *("tallybook-entry-1", "shop", "m1", "7", "award", "order-1", "000102030405060708090a0b0c0d0e0f", "3"),
    *("2026-01-31T09:30:00.000001+00:00", "2026-01-30T23:59:59.000000+00:00"),
    *("till 4", "Grüße, 客户", '{"store":"12"}', '{"entry":7}', '{"type":"refund"}', "H1", "2", "m2", "9"),
    '[["order","o1",{"left":2},null]]',
    *("points", "house", "0001-01-01", "2027-01-31", "issued", "available", "120"),
    *("growth", "partner", "2026-02-01", "9999-12-31", "issued", "pending", "9223372036854775807"),
]


def canonical(fields: list[str]) -> bytes:
    """The documented form, written down a second time."""
    encoded = [field.encode("utf-8") for field in fields]
    return b",".join(b"%d" % len(field) for field in encoded) + b":" + b"".join(encoded)


def taken_apart(content: bytes) -> list[str]:
    """The fields of canonical bytes."""
    lengths, _, rest = content.partition(b":")
    fields = []
    for length in map(int, lengths.split(b",")):
        fields.append(rest[:length].decode("utf-8"))
        rest = rest[length:]
    assert rest == b""
    return fields


def test_the_hash_is_the_documented_one() -> None:
    previous = bytes(range(32))
    expected = hashlib.sha256(previous + canonical(FIELDS_IN_ORDER)).digest()
    assert seal(previous, ENTRY, POSTINGS) == expected
    assert expected.hex() == "43a1a874fa9b96d086f88e1938348b02c5ebb573e91c1571668509961535318f"


def test_absent_fields_are_empty() -> None:
    bare = ENTRY._replace(
        request_id=None, fingerprint=None, reverses=None, counterpart_member=None, counterpart_version=None
    )
    fields = list(FIELDS_IN_ORDER)
    for place in (5, 6, 16, 17, 18):
        fields[place] = ""
    assert seal(GENESIS, bare, POSTINGS) == hashlib.sha256(bytes(32) + canonical(fields)).digest()


CHANGES: dict[str, Any] = {
    "program": "shoq",
    "member": "m3",
    "version": 8,
    "kind": "adjust",
    "request_id": "order-2",
    "fingerprint": bytes(16),
    "revision": 4,
    "recorded_at": ENTRY.recorded_at + timedelta(microseconds=1),
    "occurred_at": ENTRY.occurred_at + timedelta(microseconds=1),
    "source": "till 5",
    "reason": "Grüsse, 客户",
    "metadata": '{"store":"13"}',
    "reply": '{"entry":8}',
    "content": '{"type":"purchase"}',
    "subject": "H2",
    "reverses": 3,
    "counterpart_member": "m4",
    "counterpart_version": 10,
    "notes": '[["order","o1",null,null]]',
}
POSTING_CHANGES: dict[str, Any] = {
    "unit": "stars",
    "fund": "campaign",
    "vests_on": date(1, 1, 2),
    "expires_on": day("2027-02-01"),
    "from_account": "adjusted",
    "to_account": "held",
    "amount": 121,
}


def test_every_field_but_the_hash_itself_is_tried() -> None:
    assert [*CHANGES, "hash"] == list(Entry._fields)
    assert tuple(POSTING_CHANGES) == Posting._fields


@pytest.mark.parametrize("field", CHANGES)
def test_a_change_of_any_field_changes_the_hash(field: str) -> None:
    changed = ENTRY._replace(**{field: CHANGES[field]})
    assert seal(GENESIS, changed, POSTINGS) != seal(GENESIS, ENTRY, POSTINGS)


@pytest.mark.parametrize("line", [0, 1])
@pytest.mark.parametrize("field", POSTING_CHANGES)
def test_a_change_of_any_posting_changes_the_hash(field: str, line: int) -> None:
    postings = list(POSTINGS)
    postings[line] = postings[line]._replace(**{field: POSTING_CHANGES[field]})
    assert seal(GENESIS, ENTRY, postings) != seal(GENESIS, ENTRY, POSTINGS)


def test_postings_left_out_added_or_reordered_change_the_hash() -> None:
    variants = [(), POSTINGS[:1], POSTINGS[1:], POSTINGS, POSTINGS[::-1], POSTINGS * 2]
    assert len({seal(GENESIS, ENTRY, variant) for variant in variants}) == len(variants)


def test_another_entry_before_changes_the_hash() -> None:
    assert seal(bytes(32), ENTRY, ()) != seal(bytes(31) + b"\x01", ENTRY, ())


def test_text_cannot_move_from_one_field_to_the_next() -> None:
    assert seal(GENESIS, ENTRY._replace(source="ab", reason="c"), ()) != seal(
        GENESIS, ENTRY._replace(source="a", reason="bc"), ()
    )


TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)


@given(st.lists(TEXTS, min_size=1, max_size=12))
def test_no_two_lists_of_fields_come_to_the_same_bytes(fields: list[str]) -> None:
    assert taken_apart(canonical(fields)) == fields


MOMENTS = st.datetimes(timezones=st.just(UTC))


@given(
    st.builds(
        Entry,
        program=TEXTS,
        member=TEXTS,
        version=st.integers(1, 2**63 - 1),
        kind=TEXTS,
        request_id=st.none() | TEXTS.filter(bool),
        fingerprint=st.none() | st.binary(min_size=16, max_size=16),
        revision=st.integers(1, 1000),
        recorded_at=MOMENTS,
        occurred_at=MOMENTS,
        source=TEXTS,
        reason=TEXTS,
        metadata=TEXTS,
        reply=TEXTS,
        subject=TEXTS,
        reverses=st.none() | st.integers(1, 100),
        counterpart_member=st.none() | TEXTS.filter(bool),
        counterpart_version=st.none() | st.integers(1, 100),
        hash=st.just(b""),
    ),
    st.lists(
        st.builds(Posting, TEXTS, TEXTS, st.dates(), st.dates(), TEXTS, TEXTS, st.integers(1, 2**63 - 1)),
        max_size=3,
    ),
)
def test_the_hash_is_the_documented_one_whatever_the_entry(entry: Entry, postings: list[Posting]) -> None:
    expected = hashlib.sha256(GENESIS + canonical(fields_of(entry, postings))).digest()
    assert seal(GENESIS, entry, postings) == expected


def fields_of(entry: Entry, postings: list[Posting]) -> list[str]:
    """The documented fields, one by one."""
    values: list[Any] = list(entry[:-1])
    for posting in postings:
        values += posting
    return ["tallybook-entry-1", *map(shown, values)]


def shown(value: Any) -> str:
    """One field, as documented."""
    match value:
        case None:
            return ""
        case bytes():
            return value.hex()
        case datetime():
            return value.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00").rjust(32, "0")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def test_entries_of_a_member_are_numbered_without_gaps_and_chained() -> None:
    page = Page(program())
    page.award(10, expires_on=day("2026-01-31"))
    page.redeem(4)
    page.pass_days(60)
    head = GENESIS
    for number, (entry, postings) in enumerate(page.folio.sealed, start=1):
        assert entry.version == number
        head = seal(head, entry, postings)
        assert entry.hash == head
    assert page.folio.standing.head == head
