"""Seals: what a whole history comes to at one moment, to be kept elsewhere. Pure: no clock, no database.

Every hash in the book can be computed anew by who can write to the book; a seal that lies out of their reach
cannot. It covers the head of every member's chain below a position that no late commit slips behind, so the
book can be compared with it at any time later, however it has grown. docs/decisions/0007-seals.md tells more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, NamedTuple

import msgspec

from tallybook.errors import InvalidInput
from tallybook.journal.entries import canonical, moment_text

FORMAT: Final = "tallybook-seal-1"
"""Names the form below; a new form gets a new name, and old seals keep theirs."""

SPANS_MAX: Final = 4096
"""A seal has no more spans than this, so it stays within a megabyte; smaller books get a span a member."""


class Head(NamedTuple):
    """A member's last entry below a position: its version and hash."""

    member: str
    version: int
    hash: bytes


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """Members next to each other by name: from `first` on, up to the first of the next span.

    `hash` is SHA-256, in hexadecimal, over name, version and hash of each member in turn, in canonical bytes
    as entries have them; `entries` is the sum of the versions.
    """

    first: str
    members: int
    entries: int
    hash: str


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    """The history of a program at one moment: all entries whose position is below `position`.

    `revisions_hash` covers the program's first `revisions` revisions. `root` covers everything else in the
    seal: who publishes it alone, or has it signed, has anchored all of it.
    """

    program: str
    sealed_at: datetime
    position: int
    members: int
    entries: int
    revisions: int
    revisions_hash: str
    spans: tuple[Span, ...]
    root: str = ""
    format: str = FORMAT

    def to_json(self) -> str:
        """The seal as text, to be kept where nobody who can write to the book can write."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> Seal:
        """A seal that was kept; raises `InvalidInput` for one that was edited or is none."""
        try:
            seal = msgspec.json.decode(text, type=cls)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise InvalidInput("seal", f"is not a seal of a book: {error}") from error
        if seal.format != FORMAT:
            raise InvalidInput("seal", f"is of format {seal.format!r}; this release knows {FORMAT!r}")
        if seal.root != _root(seal):
            raise InvalidInput("seal", "is not as it was made: its root does not match")
        return seal


def sealed(seal: Seal) -> Seal:
    """The seal with its root."""
    return msgspec.structs.replace(seal, root=_root(seal))


def _root(seal: Seal) -> str:
    fields = [
        seal.format,
        seal.program,
        moment_text(seal.sealed_at),
        *map(str, (seal.position, seal.members, seal.entries, seal.revisions)),
        seal.revisions_hash,
    ]
    for span in seal.spans:
        fields += [span.first, str(span.members), str(span.entries), span.hash]
    return hashlib.sha256(canonical(fields)).hexdigest()


def last_of_each(heads: Iterable[Head]) -> Iterator[Head]:
    """Of entries sorted by member and version, each member's last."""
    last: Head | None = None
    for head in heads:
        if last is not None and head.member != last.member:
            yield last
        last = head
    if last is not None:
        yield last


class _SpanBeingMade:
    """What the members of a span come to, taken in one after the other."""

    def __init__(self) -> None:
        self.first = ""
        self.members = 0
        self.entries = 0
        self._hash = hashlib.sha256()

    def add(self, head: Head) -> None:
        """Take in the next member."""
        if not self.members:
            self.first = head.member
        self.members += 1
        self.entries += head.version
        self._hash.update(canonical([head.member, str(head.version), head.hash.hex()]))

    def made(self) -> Span:
        """The span."""
        return Span(first=self.first, members=self.members, entries=self.entries, hash=self._hash.hexdigest())


def spans_of(heads: Iterable[Head], members: int) -> Iterator[Span]:
    """Spans over heads that are sorted by member, each of so many members that there are not too many spans.

    `members` is about how many there are.
    """
    per_span = max(1, -(-members // SPANS_MAX))
    making = _SpanBeingMade()
    for head in heads:
        making.add(head)
        if making.members == per_span:
            yield making.made()
            making = _SpanBeingMade()
    if making.members:
        yield making.made()


# --- against a seal --------------------------------------------------------------------------------------


class Difference(NamedTuple):
    """Something is not as it was sealed. An empty `member` means one of several, and `entry` is 0 then."""

    member: str
    entry: int
    problem: str


def differences(seal: Seal, heads: Iterable[Head]) -> Iterator[Difference]:
    """What of a seal does not agree with the heads below its position, which are sorted by member.

    A span of one member names the member and the entry; a wider one can only say that it is among these.
    """
    coming = iter(heads)
    head = next(coming, None)
    for index, span in enumerate(seal.spans):
        end = seal.spans[index + 1].first if index + 1 < len(seal.spans) else None
        making = _SpanBeingMade()
        while head is not None and (end is None or head.member < end):
            making.add(head)
            head = next(coming, None)
        found = making.made()
        if found != span:
            yield _difference(span, found, end)
    if head is not None:  # only where the seal has no span at all
        yield Difference(head.member, head.version, "it was written behind a seal of an empty book")


def _difference(span: Span, found: Span, end: str | None) -> Difference:
    if span.members > 1:
        names = f"the {span.members} members from {span.first!r} {'on' if end is None else f'to {end!r}'}"
        return Difference(
            "",
            0,
            f"among {names}, sealed with {span.entries} entries, not all is as it was sealed:"
            f" there are {found.members} members with {found.entries} entries now",
        )
    if found.members > 1:
        problem = f"{found.members - 1} members behind {span.first!r} have entries from before the seal"
        return Difference(span.first, span.entries, problem)
    if found.first != span.first:
        return Difference(span.first, span.entries, f"it is gone: {span.entries} entries were sealed")
    if found.entries != span.entries:
        problem = f"it was sealed with {span.entries} entries, and has {found.entries} from before the seal"
        return Difference(span.first, min(span.entries, found.entries) + 1, problem)
    return Difference(span.first, span.entries, "it, or an entry before it, is not the one that was sealed")
