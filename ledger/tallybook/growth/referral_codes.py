"""Referral codes: made from a request, chosen by a shop, typed by people. Pure: no clock, no database.

They are public, so they are kept as they are, and nobody minds that they follow from the request.
"""

from __future__ import annotations

import hashlib
from typing import Final

from tallybook.codes import CODE_BYTES, CODE_LENGTH, folded_code, new_code, read_code
from tallybook.errors import InvalidInput

CHOSEN_MIN: Final = 4
CHOSEN_MAX: Final = CODE_LENGTH - 1
"""Shorter than a code that is made: so what has that length is checked by its last character."""


def made_code(program: str, member: str, request_id: str) -> str:
    """A code that no other member has: 80 bits of a hash of who asks for it, and when."""
    parts = (f"{len(part)}:{part}" for part in ("referral", program, member, request_id))
    return new_code(hashlib.blake2b("".join(parts).encode(), digest_size=CODE_BYTES).digest())


def code_key(typed: object) -> str:
    """What a code is filed under, however it is typed: see `read_code`. Raises `InvalidInput`."""
    code = folded_code(typed)
    if len(code) == CODE_LENGTH:
        return read_code(code)
    if not CHOSEN_MIN <= len(code) <= CHOSEN_MAX:
        raise InvalidInput("code", f"must have {CHOSEN_MIN} to {CODE_LENGTH} letters and digits")
    if not (code.isascii() and code.isalnum()):
        raise InvalidInput("code", "must be of letters and digits alone")
    return code


def chosen_key(code: object) -> str:
    """What a code of a shop's own choice is filed under. Raises `InvalidInput` for what cannot be one."""
    key = code_key(code)
    if len(key) > CHOSEN_MAX:
        raise InvalidInput("code", f"must have at most {CHOSEN_MAX} letters and digits")
    return key
