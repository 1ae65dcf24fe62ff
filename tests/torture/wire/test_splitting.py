"""What the proxies understand of the protocols they stand in: messages and frames, however they come in."""

import pytest

from tests.torture.wire.http2_frames import DATA, END_STREAM, HEADERS, PREFACE, Frames
from tests.torture.wire.postgres_messages import Message, Messages, Statements


def message(kind: bytes, body: bytes) -> bytes:
    return kind + (len(body) + 4).to_bytes(4, "big") + body


STARTUP = message(b"", b"\0\3\0\0user\0postgres\0\0")
PARSE = message(b"P", b"_pg3_0\0SELECT 1\0\0\0")
BIND = message(b"B", b"\0_pg3_0\0\0\0\0\0\0\0")
SYNC = message(b"S", b"")


def frame(kind: int, flags: int, stream: int, body: bytes) -> bytes:
    return len(body).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + body


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_messages_come_out_whole_however_they_come_in(size: int) -> None:
    messages = Messages(from_client=True)
    sent = STARTUP + PARSE + BIND + SYNC
    got = [each for at in range(0, len(sent), size) for each in messages.feed(sent[at : at + size])]
    assert [each.kind for each in got] == [b"", b"P", b"B", b"S"]
    assert b"".join(each.raw for each in got) == sent


def test_a_prepared_statement_is_known_by_its_name() -> None:
    statements = Statements()
    assert statements.text(Message(b"P", PARSE)) == b"SELECT 1"
    assert statements.text(Message(b"B", BIND)) == b"SELECT 1"
    assert statements.text(Message(b"S", SYNC)) == b""
    assert statements.text(Message(b"Q", message(b"Q", b"COMMIT\0"))) == b"COMMIT"


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_frames_come_out_whole_however_they_come_in(size: int) -> None:
    frames = Frames(from_client=True)
    sent = (
        PREFACE + frame(4, 0, 0, b"") + frame(HEADERS, 4, 1, b"abc") + frame(DATA, END_STREAM, 1, b"x" * 300)
    )
    got = [each for at in range(0, len(sent), size) for each in frames.feed(sent[at : at + size])]
    assert [(each.kind, each.stream, each.ends_stream) for each in got] == [
        (-1, 0, False),
        (4, 0, False),
        (HEADERS, 1, False),
        (DATA, 1, True),
    ]
    assert b"".join(each.raw for each in got) == sent
