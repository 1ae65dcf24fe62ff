"""What leads to a gift card: its name, and the keyed hashes of its code and PIN. Pure: no clock, no database.

The code itself is nowhere.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from tallybook.codes import CodeKey, read_code, read_pin
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note
from tallybook.members.bearers import CARD

CARD_HANDLE: Final = "@card"
CODE_PURPOSE: Final = "card"
PIN_PURPOSE: Final = "card PIN"
ACTIVATION: Final = "activation"
"""The name of the top-up that an activation is."""


def put_code(folio: Folio, old: str, new: str) -> None:
    """Let a card be found by the hash of another code, or by none."""
    if old:
        folio.put_note(CARD_HANDLE, None, old)
    if new:
        folio.put_note(CARD_HANDLE, Note('""'), new)


def card_name(batch: str, number: int) -> str:
    """The name of the card of a batch with a number from 1 on."""
    return f"{CARD}{batch}-{number:07}"


class Hashes(NamedTuple):
    """What is stored of a code and of its PIN; the PIN's is empty where there is none."""

    code: str
    pin: str


def typed_hashes(key: CodeKey, program: str, code: str, pin: str = "") -> Hashes:
    """The hashes of a code and a PIN as they were typed; raises `InvalidInput` for what can be neither."""
    return hashes_of(key, program, read_code(code), read_pin(pin))


def hashes_of(key: CodeKey, program: str, code: str, pin: str) -> Hashes:
    """The keyed hashes of a code without dashes and of its PIN.

    A PIN is hashed with its code, so that equal PINs do not look equal.
    """
    hashed_pin = key.hashed(PIN_PURPOSE, program, code, pin) if pin else ""
    return Hashes(key.hashed(CODE_PURPOSE, program, code), hashed_pin)
