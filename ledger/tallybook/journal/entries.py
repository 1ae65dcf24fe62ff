"""Entries, and the chain that makes them tamper-evident. Pure: no clock, no database.

Each entry's hash covers the hash of the member's previous entry and its own canonical bytes, so changing,
removing, inserting or reordering anything in a member's history shows in every hash after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from tallybook.journal.accounts import Posting

FORMAT: Final = "tallybook-entry-1"
"""Names the canonical form below; a new form gets a new name, and old entries keep theirs."""

GENESIS: Final = bytes(32)
"""The hash before a member's first entry."""


class Page(Protocol):
    """Whose entry comes next, and under which version: a folio."""

    program: str
    member: str

    @property
    def next_version(self) -> int: ...


class Entry(NamedTuple):
    """One line of a member's history: what a command, or time itself, did.

    `version` counts a member's entries from 1 without gaps. `request_id` and `fingerprint` are None where no
    request asked: time's own entries, and the receiving side of a gift. `metadata`, `reply`, `content` (what
    was told, where that has to be kept: an event) and `notes` (what became of notes) are JSON text.
    `subject` names what the entry is about, such as a hold; `reverses` the entry it undoes;
    `counterpart_member` and `counterpart_version` the other side of an entry on two members.
    """

    program: str
    member: str
    version: int
    kind: str
    request_id: str | None
    fingerprint: bytes | None
    revision: int
    recorded_at: datetime
    occurred_at: datetime
    source: str
    reason: str
    metadata: str
    reply: str
    content: str
    subject: str
    reverses: int | None
    counterpart_member: str | None
    counterpart_version: int | None
    notes: str
    hash: bytes


def own_entry(
    page: Page,
    kind: str,
    revision: int,
    recorded_at: datetime,
    occurred_at: datetime,
    *,
    subject: str = "",
    reply: str = "",
    reverses: int | None = None,
) -> Entry:
    """The next entry of a member that no request asked for: time's own, or a part of what a command does."""
    return Entry(
        program=page.program,
        member=page.member,
        version=page.next_version,
        kind=kind,
        request_id=None,
        fingerprint=None,
        revision=revision,
        recorded_at=recorded_at,
        occurred_at=occurred_at,
        source="",
        reason="",
        metadata="",
        reply=reply,
        content="",
        subject=subject,
        reverses=reverses,
        counterpart_member=None,
        counterpart_version=None,
        notes="",
        hash=b"",
    )


class SealedEntry(NamedTuple):
    """An entry with its postings."""

    entry: Entry
    postings: tuple[Posting, ...]


def seal(previous: bytes, entry: Entry, postings: Sequence[Posting]) -> bytes:
    """The hash of an entry: SHA-256 over the previous hash and the entry's canonical bytes.

    Canonical bytes, format `tallybook-entry-1`: a list of fields as UTF-8, preceded by their lengths in bytes
    in decimal, separated by commas and closed by a colon. The fields: the format's name, then the entry's in
    the order of `Entry` without its hash, then seven for each posting in the order of `Posting`. An absent
    field is empty (none that may be absent can be empty), moments are ISO 8601 in UTC with microseconds, days
    ISO 8601, the fingerprint lower-case hexadecimal.
    """
    recorded_at = moment_text(entry.recorded_at)
    fields = [
        FORMAT,
        entry.program,
        entry.member,
        str(entry.version),
        entry.kind,
        entry.request_id or "",
        entry.fingerprint.hex() if entry.fingerprint else "",
        str(entry.revision),
        recorded_at,
        recorded_at if entry.occurred_at is entry.recorded_at else moment_text(entry.occurred_at),
        entry.source,
        entry.reason,
        entry.metadata,
        entry.reply,
        entry.content,
        entry.subject,
        "" if entry.reverses is None else str(entry.reverses),
        entry.counterpart_member or "",
        "" if entry.counterpart_version is None else str(entry.counterpart_version),
        entry.notes,
    ]
    for unit, fund, vests_on, expires_on, source, target, amount in postings:
        fields += (unit, fund, vests_on.isoformat(), expires_on.isoformat(), source, target, str(amount))
    return hashlib.sha256(previous + canonical(fields)).digest()


def canonical(fields: list[str]) -> bytes:
    """The lengths of the fields in bytes, then the fields: no two lists come to the same."""
    text = "".join(fields)
    # Characters and bytes differ in number only where not all is ASCII, which is rare and costs more.
    sized: Iterable[str | bytes] = fields if text.isascii() else [field.encode() for field in fields]
    return (",".join(map(str, map(len, sized))) + ":" + text).encode()


@lru_cache(maxsize=64)
def moment_text(moment: datetime) -> str:
    """A moment as canonical bytes hold it: ISO 8601 in UTC with microseconds. All of a batch have one."""
    assert not moment.utcoffset(), f"moments in the journal are in UTC, not {moment}"
    return moment.isoformat(timespec="microseconds")
