"""What is kept of a gift card, and its states, as a resident note. Pure: no clock, no database.

A card is a folio, named `card:` and its serial, with money on it like a member's. Spending asks whether it is
good, whoever spends: so it lies below the slices.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded
from tallybook.members.bearers import CARD
from tallybook.refusals.money import CardState, UnknownCard

CARD_NOTE: Final = "card"

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


def check_active(folio: Folio) -> None:
    """Raise `CardState` for a card that is not active. Of a member there is nothing to ask."""
    if folio.member.startswith(CARD):
        card_in(folio, ACTIVE)


def put_card(folio: Folio, note: CardNote) -> None:
    """Write down what a card is."""
    folio.put_note(CARD_NOTE, Note(_encode(note).decode()))


def moved_to(note: CardNote, state: str) -> CardNote:
    """The card in a state that it goes to from its own."""
    assert state in MOVES[note.state], f"a card cannot go from {note.state} to {state}"
    return msgspec.structs.replace(note, state=state)
