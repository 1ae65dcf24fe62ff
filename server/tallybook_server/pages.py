"""Pages of lists end early where their content is large: a message has its limit. Pure: knows no list.

A shorter page with a token is a page like any other, so callers need not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from google.protobuf.message import Message

PAGE_BYTES_MAX: Final = 2 * 1024 * 1024
"""Half of what gRPC's clients receive unless they are told otherwise."""
ROWS_BYTES_MAX: Final = PAGE_BYTES_MAX * 15 // 16
"""The rest is for the frames around rows, and for the token."""


def is_too_large(page: Message) -> bool:
    """Whether a page has more content than a page should."""
    return page.ByteSize() > PAGE_BYTES_MAX


def rows_that_fit(rows: Sequence[Message]) -> int:
    """How many of the first rows a page has room for: one at least, however large it is."""
    room = ROWS_BYTES_MAX
    for number, row in enumerate(rows):
        room -= row.ByteSize()
        if room < 0:
            return max(number, 1)
    return len(rows)
