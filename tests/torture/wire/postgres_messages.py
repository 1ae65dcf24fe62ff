"""The messages of PostgreSQL's protocol, as far as a proxy understands them. Pure: no clock, no database.

https://www.postgresql.org/docs/current/protocol-message-formats.html
"""

from collections.abc import Iterator
from typing import NamedTuple

LENGTH_BYTES = 4
KIND_BYTES = 1

# From the client.
PARSE, BIND, QUERY, SYNC = b"P", b"B", b"Q", b"S"
# From the server.
COMMAND_COMPLETE = b"C"


class Message(NamedTuple):
    """One message as it travels. The very first one of a client is of no kind."""

    kind: bytes
    raw: bytes

    @property
    def body(self) -> bytes:
        """What follows the kind and the length."""
        return self.raw[KIND_BYTES + LENGTH_BYTES :]

    def strings(self) -> list[bytes]:
        """The texts that the body begins with; each ends with a zero byte."""
        return self.body.split(b"\0")


class Messages:
    """Splits one direction of a connection into messages, however it comes in."""

    def __init__(self, *, from_client: bool) -> None:
        self._begins = from_client
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that are whole by now."""
        self._rest += data
        while True:
            kind_bytes = 0 if self._begins else KIND_BYTES
            if len(self._rest) < kind_bytes + LENGTH_BYTES:
                return
            length = int.from_bytes(self._rest[kind_bytes : kind_bytes + LENGTH_BYTES], "big")
            end = kind_bytes + length
            if len(self._rest) < end:
                return
            raw, self._rest = self._rest[:end], self._rest[end:]
            self._begins = False
            yield Message(raw[:kind_bytes], raw)


class Statements:
    """What a client is about to run: follows the names under which it has statements prepared."""

    def __init__(self) -> None:
        self._prepared: dict[bytes, bytes] = {}

    def text(self, message: Message) -> bytes:
        """The SQL that a message brings or calls for; empty for any other message."""
        match message.kind:
            case b"P":
                name, text, *_ = message.strings()
                self._prepared[name] = text
                return text
            case b"B":
                _, name, *_ = message.strings()
                return self._prepared.get(name, b"")
            case b"Q":
                return message.strings()[0]
        return b""
