"""Requests that nobody would write, built from the contract's own descriptors, or just bytes. Sends none."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

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
    "unit": ["points", "growth"],
    "units": ["points", "growth"],
    "fund": ["house", ""],
    "currency": ["USD"],
    "hold_id": [f"h{number}" for number in range(20)],
    "request_id": [f"r{number}" for number in range(400)],
}
"""What a field of this name would hold in earnest: without it, few requests would pass the first check."""

TEXTS = [
    "", " ", "a", "\x00", "\n", "é", "数", "\u202e", "x" * 128, "x" * 129, "x" * 5_000, "NULL", "{}", '"',
    "\\", "'; DROP TABLE entry; --", "{m0,m1}", "%s", "$1", "../../etc/passwd", "m0\x00", "1e400",
]  # fmt: skip
WHOLE = [0, 1, -1, 2, 7, 100, 1_000, 2**31 - 1, 2**31, -(2**31), 2**53, 2**62, 2**63 - 1, -(2**63)]
YEARS = [0, 1, 1970, 2026, 9999, 10_000, -1, 2**31 - 1]
SHARE_LEGIT = 0.85


def request_of(kind: Descriptor, rng: random.Random) -> Message:
    """A request of a kind, with any of its fields filled with something."""
    return _fill(GetMessageClass(kind)(), rng, depth=0)


def _fill(message: Message, rng: random.Random, depth: int) -> Message:
    fields = list(message.DESCRIPTOR.fields)
    rng.shuffle(fields)
    for field in fields:
        earnest = field.name in LEGIT or field.name == "amount"
        if rng.random() < (0.95 if earnest else 0.35) and (field.message_type is None or depth < NESTED_MAX):
            _set(message, field, rng, depth)
    return message


def _set(message: Message, field: FieldDescriptor, rng: random.Random, depth: int) -> None:
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        pairs = getattr(message, field.name)
        for _ in range(rng.choice([1, 2, 40])):
            pairs[_text("", rng)] = _text("", rng)
    elif field.is_repeated:
        values = getattr(message, field.name)
        for _ in range(rng.randint(0, REPEATED_MAX)):
            if field.message_type is not None:
                _fill(values.add(), rng, depth + 1)
            else:
                values.append(_scalar(field, rng))
    elif field.message_type is not None:
        _fill(getattr(message, field.name), rng, depth + 1)
        getattr(message, field.name).SetInParent()
    else:
        setattr(message, field.name, _scalar(field, rng))


def _scalar(field: FieldDescriptor, rng: random.Random) -> Any:
    made: dict[int, Callable[[], Any]] = {
        FieldDescriptor.CPPTYPE_STRING: lambda: _text_or_bytes(field, rng),
        FieldDescriptor.CPPTYPE_INT64: lambda: _whole(field, rng),
        FieldDescriptor.CPPTYPE_INT32: lambda: _small(field, rng),
        FieldDescriptor.CPPTYPE_BOOL: lambda: rng.random() < 0.2,
        FieldDescriptor.CPPTYPE_ENUM: lambda: rng.choice([0, 1, 2, 3, 99, -1, 2**31 - 1]),
    }
    return made[field.cpp_type]()


def _text_or_bytes(field: FieldDescriptor, rng: random.Random) -> str | bytes:
    if field.type == FieldDescriptor.TYPE_BYTES:
        return rng.randbytes(rng.randint(0, BYTES_MAX))
    return _text(field.name, rng)


def _text(name: str, rng: random.Random) -> str:
    if name in LEGIT and rng.random() < SHARE_LEGIT:
        return rng.choice(LEGIT[name])
    return rng.choice(TEXTS)


def _whole(field: FieldDescriptor, rng: random.Random) -> int:
    if field.name in ("amount", "minor_units", "entry") and rng.random() < SHARE_LEGIT:
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
