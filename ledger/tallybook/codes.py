"""Codes that people hold in their hands: gift cards, coupons, invitations. Pure: no clock, no database.

A code is 80 random bits in Crockford's Base32 (D. Crockford, "Base 32"), whose letters leave out I, L, O
and U, and one check character. That makes the whole code, read as a polynomial over the field of 32 elements,
zero at a primitive element: the Reed-Solomon code with one check symbol (I. S. Reed and G. Solomon,
"Polynomial Codes over Certain Finite Fields", 1960). No single character can be wrong unnoticed, and no two
can change places unnoticed: a code is shorter than the 31 powers of that element, which all differ.

What is stored of a code is a keyed hash, HMAC-SHA256, so that who reads the database has no code to use; and
of a PIN as well, which is short enough to be guessed from any other hash.
"""

from __future__ import annotations

import base64
import hmac
import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar, Final, NoReturn

from tallybook.errors import InvalidInput, NotDecided, Refusal, refusal

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_BYTES: Final = 10
"""Random bytes in a code: 80 bits."""
CODE_LENGTH: Final = CODE_BYTES * 8 // 5 + 1
KEY_BYTES_MIN: Final = 16
PIN_BYTES: Final = 16
"""Random bytes that a PIN is made of: so many more than it holds that each is as likely as another."""
PIN_DIGITS_MIN: Final = 4
PIN_DIGITS_MAX: Final = 12

_VALUES: Final = {letter: value for value, letter in enumerate(ALPHABET)}
_MISTAKEN: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
"""What is in no code, and looks like something that may be."""
_FILLING: Final = re.compile(r"[\s\-_.‐-―−]+")
_PIN: Final = re.compile(rf"[0-9]{{{PIN_DIGITS_MIN},{PIN_DIGITS_MAX}}}", re.ASCII)

_REDUCER: Final = 0b100101
"""x^5 + x^2 + 1, by which the field of 32 elements is counted; x is primitive there."""
_DOUBLED: Final = tuple(each << 1 if each < 16 else each << 1 ^ _REDUCER for each in range(32))
"""Every element of the field times x."""
_FROM_RFC_4648: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET)
"""From the letters of the Base32 that every language has."""


def new_code(entropy: bytes) -> str:
    """A code from ten random bytes, without dashes."""
    assert len(entropy) == CODE_BYTES, f"a code takes {CODE_BYTES} bytes, not {len(entropy)}"
    letters = base64.b32encode(entropy).decode().translate(_FROM_RFC_4648)
    return letters + ALPHABET[_DOUBLED[_remainder(letters)]]


def shown_code(code: str) -> str:
    """A code as people read it, such as 7KQ2-M9XA-0D4T-HW3PZ."""
    return f"{code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]}"


def read_code(typed: str) -> str:
    """The code that somebody typed, without dashes.

    Spaces and dashes do not count, nor whether letters are small or wide, and O is 0, I and L are 1, U is V.
    Raises `InvalidInput` for what cannot be a code. What was typed is not told again.
    """
    code = folded_code(typed)
    if len(code) != CODE_LENGTH:
        raise InvalidInput("code", f"must have {CODE_LENGTH} letters and digits")
    if not _VALUES.keys() >= set(code):
        raise InvalidInput("code", "must be of letters and digits alone")
    if _remainder(code):
        raise InvalidInput("code", "is mistyped: its last character does not go with the others")
    return code


def folded_code(typed: object) -> str:
    """What was typed, in the letters and digits of codes as far as they can be told; empty for far too much.

    Raises `InvalidInput` for what is no text.
    """
    if not isinstance(typed, str):
        raise InvalidInput("code", f"must be text, not {type(typed).__name__}")
    wide = 4 * CODE_LENGTH
    folded = unicodedata.normalize("NFKC", typed) if len(typed) <= wide else ""
    return _FILLING.sub("", folded).upper().translate(_MISTAKEN)


def _remainder(code: str) -> int:
    """What the polynomial with these coefficients comes to: zero for a whole code."""
    sum_ = 0
    for letter in code:
        sum_ = _DOUBLED[sum_] ^ _VALUES[letter]
    return sum_


# --- PINs ------------------------------------------------------------------------------------------------


def new_pin(entropy: bytes, digits: int) -> str:
    """A PIN from sixteen random bytes."""
    assert len(entropy) == PIN_BYTES, f"a PIN takes {PIN_BYTES} bytes, not {len(entropy)}"
    return f"{int.from_bytes(entropy) % 10**digits:0{digits}}"


def read_pin(typed: str) -> str:
    """The PIN that somebody typed, empty for none. Raises `InvalidInput` for what cannot be one."""
    if not isinstance(typed, str):
        raise InvalidInput("pin", f"must be text, not {type(typed).__name__}")
    pin = _FILLING.sub("", unicodedata.normalize("NFKC", typed[: 4 * PIN_DIGITS_MAX]))
    if pin and not _PIN.fullmatch(pin):
        raise InvalidInput("pin", f"must have {PIN_DIGITS_MIN} to {PIN_DIGITS_MAX} digits")
    return pin


# --- keyed hashes ----------------------------------------------------------------------------------------


@dataclass(eq=False)
class CodeKeyMissing(NotDecided):
    """Codes are hashed with a key, and the book was opened without one."""

    code: ClassVar[str] = "CODE_KEY_MISSING"


def needed(key: CodeKey | None) -> CodeKey:
    """The key of a book; raises `CodeKeyMissing` where it was opened without one."""
    if key is None:
        raise CodeKeyMissing
    return key


@refusal
@dataclass(eq=False)
class CodeNotAccepted(Refusal):
    """The code is not accepted: {tries_left} more tries."""

    code: ClassVar[str] = "CODE_NOT_ACCEPTED"
    tries_left: int


@refusal
@dataclass(eq=False)
class TooManyTries(Refusal):
    """Too many codes were tried in vain: nothing more can be tried before {until}."""

    code: ClassVar[str] = "TOO_MANY_TRIES"
    until: str


class CodeKey:
    """The secret that hashes codes and PINs. It is not in the database, and shows itself nowhere.

    Whoever loses it has lost every code: they cannot be hashed to what is stored any more.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: str | bytes) -> None:
        try:
            secret = secret.encode() if isinstance(secret, str) else secret
        except UnicodeEncodeError:  # the environment's bytes that are no text
            raise InvalidInput("code_key", "must be UTF-8 text") from None
        if len(secret) < KEY_BYTES_MIN:
            raise InvalidInput("code_key", f"must have at least {KEY_BYTES_MIN} bytes")
        self._secret = secret

    def __repr__(self) -> str:
        return "CodeKey(...)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("the key of codes goes to no other process")

    def hashed(self, purpose: str, *parts: str) -> str:
        """What is stored in the place of a secret: 64 hexadecimal digits.

        What is hashed for one purpose, or in one program, goes with nothing else.
        """
        text = b"".join(
            b"%d:%b" % (len(part), part) for part in (each.encode() for each in (purpose, *parts))
        )
        return hmac.digest(self._secret, text, "sha256").hex()


def same_hash(one: str, other: str) -> bool:
    """Whether two hashes are the same, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
