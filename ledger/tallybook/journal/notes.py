"""Notes: small documents that slices keep about a member. Pure: no clock, no database.

A note has a kind and a key, a body in JSON, and maybe a moment at which time does something to it. One
without a key is resident: it lies on the folio and comes with it. One with a key is filed in a row of its
own, and comes when a command names it or when it falls due. Every entry tells which notes it changed and to
what, so notes are rebuilt from entries like everything else, and were never anything that no entry tells.

Two kinds of filed notes are different. A **handle**, whose kind begins with `@`, is in a program by its kind
and key only once, so that whose it is can be found by it: the code of a card, who was recommended by whom.
A **private** note, whose kind has a `~` in front, behind the `@` where it is a handle as well, is told by no
entry and can be taken away without a trace: what identifies a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

NoteKey = tuple[str, str]
"""Kind and key; the key of a resident note is empty."""

HANDLE: Final = "@"
PRIVATE: Final = "~"
SECRET: Final = "~secret/"
"""What kinds begin with, behind `@`, of private notes that tell of no person: who is erased keeps them."""


class Note(NamedTuple):
    """What is noted: JSON text, and when time does something to it, in UTC."""

    body: str
    due_at: datetime | None = None


D = TypeVar("D", bound=msgspec.Struct)


def decoded(shape: type[D], note: Note | None) -> D | None:
    """A note's body in its shape, or None where there is no note."""
    if note is None:
        return None
    found: D = _decoder(shape).decode(note.body)
    return found


@cache
def _decoder(shape: type[Any]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(shape)


def is_handle(kind: str) -> bool:
    """Whether notes of a kind are in a program only once by their key."""
    return kind[:1] == HANDLE


def is_personal(kind: str) -> bool:
    """Whether notes of a kind are private, and may tell who somebody is."""
    return is_private(kind) and not kind.removeprefix(HANDLE).startswith(SECRET)


def is_private(kind: str) -> bool:
    """Whether no entry tells of notes of a kind."""
    return kind[:1] == PRIVATE or kind[:2] == HANDLE + PRIVATE


class Change(NamedTuple):
    """What an entry changed a note to; `note` is None where it took the note away."""

    kind: str
    key: str
    note: Note | None


class _Told(msgspec.Struct, array_like=True, frozen=True):
    kind: str
    key: str
    body: msgspec.Raw
    due_at: datetime | None


class _Resident(msgspec.Struct, array_like=True, frozen=True):
    kind: str
    body: msgspec.Raw
    due_at: datetime | None


_ABSENT = msgspec.Raw(b"null")
_encode = msgspec.json.Encoder().encode
_decode_changes = msgspec.json.Decoder(list[_Told]).decode
_decode_resident = msgspec.json.Decoder(list[_Resident]).decode


def written_changes(changes: Mapping[NoteKey, Note | None]) -> str:
    """The changes of an entry as JSON text, in the order of kinds and keys; empty for none."""
    if not changes:
        return ""
    told = [
        _Told(*key, _ABSENT if note is None else _raw(note.body), None if note is None else note.due_at)
        for key, note in sorted(changes.items(), key=lambda change: change[0])
    ]
    return _encode(told).decode()


def read_changes(text: str) -> Sequence[Change]:
    """The changes that an entry tells; raises `msgspec.MsgspecError` for text that no entry has."""
    if not text:
        return ()
    return [
        Change(each.kind, each.key, None if each.body == _ABSENT else Note(_text(each.body), each.due_at))
        for each in _decode_changes(text)
    ]


def written_resident(notes: Mapping[str, Note]) -> str:
    """Resident notes by kind, as the text that lies on the folio; empty for none."""
    if not notes:
        return ""
    lying = [_Resident(kind, _raw(note.body), note.due_at) for kind, note in sorted(notes.items())]
    return _encode(lying).decode()


def read_resident(text: str) -> dict[str, Note]:
    """Resident notes by kind; raises `msgspec.MsgspecError` for text that no folio has."""
    if not text:
        return {}
    return {each.kind: Note(_text(each.body), each.due_at) for each in _decode_resident(text)}


def mention(kind: str) -> str:
    """How a kind begins in the text of resident notes. What is not there is not noted; what is there may be
    part of another note.
    """
    return f'["{kind}",'


def soonest(notes: Iterable[Note | None]) -> datetime | None:
    """When time does something to the first of these notes; None for never."""
    first: datetime | None = None
    for note in notes:
        if note is not None and note.due_at is not None and (first is None or note.due_at < first):
            first = note.due_at
    return first


def _raw(body: str) -> msgspec.Raw:
    return msgspec.Raw(body.encode())


def _text(raw: msgspec.Raw) -> str:
    return bytes(raw).decode()
