"""The secret that a round or a red packet is drawn with: what comes of it, and how it lies in the database.
Pure: no clock, no database.

Of 32 random bytes come two values that do not tell each other: the seed, which is published in the end, and
the veil, which never is, and under which members stand in the public record as aliases. In the database the
secret lies under a pad made with the key of codes, where the book has one.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final, NamedTuple

import msgspec

from tallybook.codes import CodeKey
from tallybook.draws.formula import commitment_to
from tallybook.refusals.draws import SeedSealed

SECRET_BYTES: Final = 32
ALIAS_BYTES: Final = 16
_PURPOSE: Final = "draw"


class Opener(msgspec.Struct, frozen=True):
    """What takes the pad off the secrets of one draw: hexadecimal, empty for a book without a key."""

    key: str = ""

    def __repr__(self) -> str:
        return "Opener(...)"


class Secret(msgspec.Struct, frozen=True, kw_only=True):
    """A secret as it is stored: `hidden` under a pad if it is `sealed`, and what it commits to."""

    hidden: str
    commitment: str
    sealed: bool

    def __repr__(self) -> str:
        return "Secret(...)"


class Drawn(NamedTuple):
    """What comes of a secret."""

    seed: bytes
    veil: bytes

    def alias(self, member: str) -> str:
        """What a member is called in the public record of this secret's."""
        return hmac.digest(self.veil, member.encode(), "sha256")[:ALIAS_BYTES].hex()


def opener_of(key: CodeKey | None, program: str, draw: str) -> Opener:
    """What opens the secrets of a draw: it goes along with commands that need it, and is kept nowhere."""
    return Opener() if key is None else Opener(key.hashed(_PURPOSE, program, draw))


def secret_of(entropy: bytes, opener: Opener) -> Secret:
    """A secret from random bytes."""
    assert len(entropy) == SECRET_BYTES, f"a secret takes {SECRET_BYTES} bytes, not {len(entropy)}"
    commitment = commitment_to(_drawn(entropy).seed)
    hidden = _padded(entropy, opener, commitment)
    return Secret(hidden=hidden.hex(), commitment=commitment, sealed=bool(opener.key))


def opened(secret: Secret, opener: Opener, draw: str) -> Drawn:
    """What comes of a stored secret; raises `SeedSealed` where the opener is not the one that it takes."""
    hidden = bytes.fromhex(secret.hidden)
    drawn = _drawn(_padded(hidden, opener, secret.commitment) if secret.sealed else hidden)
    if commitment_to(drawn.seed) != secret.commitment:
        raise SeedSealed(draw=draw)
    return drawn


def _drawn(entropy: bytes) -> Drawn:
    return Drawn(hashlib.sha256(b"seed" + entropy).digest(), hashlib.sha256(b"veil" + entropy).digest())


def _padded(content: bytes, opener: Opener, commitment: str) -> bytes:
    """Content with a pad that no other secret has, put on or taken off."""
    if not opener.key:
        return content
    pad = hmac.digest(bytes.fromhex(opener.key), commitment.encode(), "sha256")
    return bytes(one ^ other for one, other in zip(content, pad, strict=True))
