"""The frames of HTTP/2, as far as a proxy has to understand them. Pure: no clock, no database.

https://www.rfc-editor.org/rfc/rfc9113#section-4
"""

from collections.abc import Iterator
from typing import NamedTuple

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
HEAD_BYTES = 9
LENGTH_BYTES = 3
KIND_AT, FLAGS_AT, STREAM_AT = 3, 4, 5

DATA, HEADERS = 0, 1
END_STREAM = 0x1
OF_CONNECTION = 0
"""Frames of stream 0 belong to no call."""


class Frame(NamedTuple):
    """One frame as it travels. What a client says before its first frame counts as one of no kind."""

    kind: int
    flags: int
    stream: int
    raw: bytes

    @property
    def ends_stream(self) -> bool:
        """Whether its sender has said all of this call."""
        return self.kind in (DATA, HEADERS) and bool(self.flags & END_STREAM)


class Frames:
    """Splits one direction of a connection into frames, however it comes in."""

    def __init__(self, *, from_client: bool) -> None:
        self._begins = from_client
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[Frame]:
        """The frames that are whole by now."""
        self._rest += data
        if self._begins and len(self._rest) >= len(PREFACE):
            self._begins = False
            assert self._rest.startswith(PREFACE), "the client does not speak HTTP/2"
            self._rest = self._rest[len(PREFACE) :]
            yield Frame(-1, 0, OF_CONNECTION, PREFACE)
        while not self._begins and len(self._rest) >= HEAD_BYTES:
            end = HEAD_BYTES + int.from_bytes(self._rest[:LENGTH_BYTES], "big")
            if len(self._rest) < end:
                return
            raw, self._rest = self._rest[:end], self._rest[end:]
            stream = int.from_bytes(raw[STREAM_AT:HEAD_BYTES], "big")
            yield Frame(raw[KIND_AT], raw[FLAGS_AT], stream, raw)
