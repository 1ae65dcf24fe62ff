"""What is kept of a gift card, and its states. Pure: no clock, no database.

A card is a folio, named `card:` and its serial, with money on it like a member's. A resident note tells what
it is, and a handle, the keyed hash of its code, leads to it: the code itself is nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import msgspec

from tallybook.codes import CodeKey, read_code, read_pin
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded
from tallybook.members.bearers import CARD
from tallybook.refusals.money import CardState, UnknownCard

CARD_NOTE: Final = "card"
CARD_HANDLE: Final = "@card"
CODE_PURPOSE: Final = "card"
PIN_PURPOSE: Final = "card PIN"
ACTIVATION: Final = "activation"
"""The name of the top-up that an activation is."""

ISSUED: Final = "issued"
ACTIVE: Final = "active"
VOID: Final = "void"

MOVES: Final[Mapping[str, frozenset[str]]] = {
    ISSUED: frozenset({ACTIVE, VOID}),
    ACTIVE: frozenset({VOID}),
    VOID: frozenset(),
}
"""Where a card can go from each state."""

_encode = msgspec.json.Encoder().encode


class CardNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A card of a batch, for money of `unit`: `amount` where it is sold with that alone.

    `code` and `pin` are keyed hashes; `pin` is empty where the card has none.
    """

    batch: str
    unit: str
    code: str
    pin: str = ""
    amount: int | None = None
    state: str = ISSUED


def card_of(folio: Folio) -> CardNote:
    """What a card is; raises `UnknownCard` for a folio that is none."""
    note = decoded(CardNote, folio.note(CARD_NOTE))
    if note is None:
        raise UnknownCard(card=folio.member)
    return note


def card_in(folio: Folio, *states: str) -> CardNote:
    """A card in one of these states; raises `UnknownCard` or `CardState`."""
    note = card_of(folio)
    if note.state not in states:
        raise CardState(card=folio.member, state=note.state, needed=" or ".join(states))
    return note


def put_card(folio: Folio, note: CardNote) -> None:
    """Write down what a card is."""
    folio.put_note(CARD_NOTE, Note(_encode(note).decode()))


def put_code(folio: Folio, old: str, new: str) -> None:
    """Let a card be found by the hash of another code, or by none."""
    if old:
        folio.put_note(CARD_HANDLE, None, old)
    if new:
        folio.put_note(CARD_HANDLE, Note('""'), new)


def moved_to(note: CardNote, state: str) -> CardNote:
    """The card in a state that it goes to from its own."""
    assert state in MOVES[note.state], f"a card cannot go from {note.state} to {state}"
    return msgspec.structs.replace(note, state=state)


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
