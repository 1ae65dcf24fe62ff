"""Refusals as they are remembered, and the hash each one carries. Pure: no clock, no database.

A refusal changes nothing, so it is no entry and no link of the chain, and it may be forgotten after a time.
Its hash covers the head of the chain that it was decided on, so `verify` sees an outcome that was edited, and
one that was written past the library. docs/decisions/0005-refusals.md tells what that proves, and what not.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final, NamedTuple

from tallybook.journal.entries import canonical, moment_text

FORMAT: Final = "tallybook-refusal-1"
"""Names the canonical form below; a new form gets a new name, and old refusals keep theirs."""


class RefusalRow(NamedTuple):
    """A refusal: `code` and `facts`, a JSON object, are the answer that the same request gets again.

    `version` is that of the member's last entry when it was decided.
    """

    program: str
    member: str
    request_id: str
    fingerprint: bytes
    code: str
    facts: str
    recorded_at: datetime
    version: int
    hash: bytes


def hashed(head: bytes, row: RefusalRow) -> RefusalRow:
    """The refusal with its hash: SHA-256 over the hash of entry `version` and the row's canonical bytes.

    The canonical bytes are made as an entry's are: the format's name, then the fields of `RefusalRow` in
    their order, without the hash.
    """
    fields = [
        FORMAT,
        row.program,
        row.member,
        row.request_id,
        row.fingerprint.hex(),
        row.code,
        row.facts,
        moment_text(row.recorded_at),
        str(row.version),
    ]
    return row._replace(hash=hashlib.sha256(head + canonical(fields)).digest())
