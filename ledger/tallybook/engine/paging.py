"""Page sizes and page tokens. Pure: no clock, no database.

A token names where the next page begins, and carries a digest of that and of the query it belongs to: an
edited token, or one used with other arguments, is refused. It grants nothing, so it needs no secret.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from tallybook.errors import InvalidInput, PageTokenInvalid

PAGE_SIZE_DEFAULT: Final = 50
PAGE_SIZE_MAX: Final = 1000
_DIGEST_BYTES: Final = 9


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paging:
    """The page that a query asks for: of the query that `scope` describes, so many rows as `size`.

    `behind` is the position of the last row of the page before; empty for the first page.
    """

    scope: tuple[str, ...]
    size: int
    behind: str

    @property
    def limit(self) -> int:
        """How many rows to look for: one more than the page has, which tells whether there is another."""
        return self.size + 1

    def turned(self, found: Sequence[T], position: Callable[[T], str]) -> tuple[Sequence[T], str]:
        """The rows of the page, and the token of the next one, empty where there is none."""
        rows = found[: self.size]
        return rows, self.token(position(rows[-1])) if len(found) > self.size else ""

    def token(self, position: str) -> str:
        """The token of the page behind a position."""
        return page_token(self.scope, position)


def paging(scope: tuple[str, ...], asked: int, token: str) -> Paging:
    """The page that a size and a token ask for; raises `InvalidInput` or `PageTokenInvalid`."""
    return Paging(scope, page_size(asked), page_position(scope, token) if token else "")


def page_size(asked: int) -> int:
    """How many rows a page has: 0 asks for the default, too many gets the most there is."""
    if type(asked) is not int or asked < 0:
        raise InvalidInput("page_size", f"must be a whole number, zero or more, not {asked!r}")
    return min(asked, PAGE_SIZE_MAX) or PAGE_SIZE_DEFAULT


def page_token(scope: tuple[str, ...], position: str) -> str:
    """The token for the page that begins after `position`, in the query that `scope` describes."""
    return base64.urlsafe_b64encode(_digest(scope, position) + position.encode()).decode().rstrip("=")


def page_position(scope: tuple[str, ...], token: str) -> str:
    """Where the page of a token begins; raises `PageTokenInvalid`."""
    if not isinstance(token, str):
        raise PageTokenInvalid(problem=f"it must be text, not {type(token).__name__}")
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        digest, position = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:].decode()
    except (binascii.Error, ValueError) as error:
        raise PageTokenInvalid(problem="it is not a token of ours") from error
    if digest != _digest(scope, position) or page_token(scope, position) != token:
        raise PageTokenInvalid(problem="it was edited, or belongs to a query with other arguments")
    return position


def _digest(scope: tuple[str, ...], position: str) -> bytes:
    text = "\x00".join((*scope, position))
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST_BYTES).digest()
