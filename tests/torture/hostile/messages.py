"""Requests that nobody would write, built from the contract's own descriptors, or just bytes. Sends none."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, NamedTuple

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

PROGRAM = "demo"
MEMBERS = [f"m{number}" for number in range(6)]
NESTED_MAX = 4
REPEATED_MAX = 5
BYTES_MAX = 400

LEGIT: dict[str, list[str]] = {
    "program": [PROGRAM],
    "member": MEMBERS,
    "to_member": MEMBERS,
    "unit": ["points", "growth", "USD"],
    "units": ["points", "growth"],
    "fund": ["house", ""],
    "currency": ["USD"],
    "hold_id": [f"h{number}" for number in range(20)],
    "request_id": [f"r{number}" for number in range(400)],
    "order_id": [f"o{number}" for number in range(40)],
    "top_up_id": [f"t{number}" for number in range(20)],
    "payout_id": [f"p{number}" for number in range(20)],
    "refund_id": [f"b{number}" for number in range(200)],
    "event_id": [f"e{number}" for number in range(200)],
    "name": ["check_in"],
    "line_id": ["", "", "", "a", "b"],
    "category": ["dairy", "bakery"],
    "kind": ["card", "points"],
    "code": ["spring"],
    "store": ["s1"],
}
"""What a field of this name would hold in earnest: without it, few requests would pass the first check."""

EARNEST = {"amount", "commands", "lines"}
"""More fields that a request in earnest has, besides one of every choice."""

TEXTS = [
    "", " ", "a", "\x00", "\n", "é", "数", "\u202e", "x" * 128, "x" * 129, "x" * 5_000, "NULL", "{}", '"',
    "\\", "'; DROP TABLE entry; --", "{m0,m1}", "%s", "$1", "../../etc/passwd", "m0\x00", "1e400",
]  # fmt: skip
WHOLE = [0, 1, -1, 2, 7, 100, 1_000, 2**31 - 1, 2**31, -(2**31), 2**53, 2**62, 2**63 - 1, -(2**63)]
YEARS = [0, 1, 1970, 2026, 9999, 10_000, -1, 2**31 - 1]


class Mood(NamedTuple):
    """How hostile a request is: the share of fields that hold what they would in earnest, of those that can,
    and the share of the others that are filled at all.
    """

    legit: float
    odd: float


MOODS = [Mood(legit=0.85, odd=0.35), Mood(legit=0.98, odd=0.02)]


def request_of(kind: Descriptor, rng: random.Random) -> Message:
    """A request of a kind, with any of its fields filled with something."""
    return _fill(GetMessageClass(kind)(), rng, rng.choice(MOODS), depth=0)


def _fill(message: Message, rng: random.Random, mood: Mood, depth: int) -> Message:
    fields = list(message.DESCRIPTOR.fields)
    choices = [oneof.fields for oneof in message.DESCRIPTOR.oneofs if len(oneof.fields) > 1]
    chosen = {rng.choice(choice).name for choice in choices}
    rng.shuffle(fields)
    for field in fields:
        earnest = field.name in LEGIT or field.name in EARNEST or field.name in chosen
        if rng.random() < (0.95 if earnest else mood.odd) and (
            field.message_type is None or depth < NESTED_MAX
        ):
            _set(message, field, rng, mood, depth)
    return message


def _set(message: Message, field: FieldDescriptor, rng: random.Random, mood: Mood, depth: int) -> None:
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        pairs = getattr(message, field.name)
        value = field.message_type.fields_by_name["value"]
        for _ in range(rng.choice([1, 2, 40])):
            if value.message_type is not None:
                _fill(pairs[_text("", rng, mood)], rng, mood, depth + 1)
            else:
                pairs[_text("", rng, mood)] = _scalar(value, rng, mood)
    elif field.is_repeated:
        values = getattr(message, field.name)
        for _ in range(rng.randint(0, REPEATED_MAX)):
            if field.message_type is not None:
                _fill(values.add(), rng, mood, depth + 1)
            else:
                values.append(_scalar(field, rng, mood))
    elif field.message_type is not None:
        _fill(getattr(message, field.name), rng, mood, depth + 1)
        getattr(message, field.name).SetInParent()
    else:
        setattr(message, field.name, _scalar(field, rng, mood))


def _scalar(field: FieldDescriptor, rng: random.Random, mood: Mood) -> Any:
    made: dict[int, Callable[[], Any]] = {
        FieldDescriptor.CPPTYPE_STRING: lambda: _text_or_bytes(field, rng, mood),
        FieldDescriptor.CPPTYPE_INT64: lambda: _whole(field, rng, mood),
        FieldDescriptor.CPPTYPE_INT32: lambda: _small(field, rng),
        FieldDescriptor.CPPTYPE_BOOL: lambda: rng.random() < 0.2,
        FieldDescriptor.CPPTYPE_ENUM: lambda: rng.choice([0, 1, 2, 3, 99, -1, 2**31 - 1]),
    }
    return made[field.cpp_type]()


def _text_or_bytes(field: FieldDescriptor, rng: random.Random, mood: Mood) -> str | bytes:
    if field.type == FieldDescriptor.TYPE_BYTES:
        return rng.randbytes(rng.randint(0, BYTES_MAX))
    return _text(field.name, rng, mood)


def _text(name: str, rng: random.Random, mood: Mood) -> str:
    if name in LEGIT and rng.random() < mood.legit:
        return rng.choice(LEGIT[name])
    return rng.choice(TEXTS)


def _whole(field: FieldDescriptor, rng: random.Random, mood: Mood) -> int:
    if field.name in ("amount", "minor_units", "entry") and rng.random() < mood.legit:
        return rng.randint(1, 30)
    return rng.choice([*WHOLE, rng.randint(-(2**63), 2**63 - 1)])


def _small(field: FieldDescriptor, rng: random.Random) -> int:
    if field.name in ("year", "month", "day"):
        return rng.choice([*YEARS, 12, 13, 29, 30, 31])
    return rng.choice([0, 1, -1, 50, 1_001, 999_999_999, 2**31 - 1, -(2**31)])


def mangled(raw: bytes, rng: random.Random) -> bytes:
    """Bytes of a request that something happened to on the way: cut, doubled, flipped, or replaced."""
    match rng.randrange(5):
        case 0:
            return raw[: rng.randint(0, len(raw))]
        case 1:
            return raw + raw
        case 2:
            return rng.randbytes(rng.randint(0, BYTES_MAX))
        case 3:
            return raw + rng.randbytes(rng.randint(1, 12))
        case _:
            flipped = bytearray(raw or b"\x00")
            for _ in range(rng.randint(1, 4)):
                flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
            return bytes(flipped)
