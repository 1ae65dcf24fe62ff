"""GetCard: what a card is and what is on it. Pure: no clock, no database."""

from __future__ import annotations

from datetime import datetime

import msgspec

from tallybook.engine.query import FolioQuery
from tallybook.journal.accounts import Balance
from tallybook.journal.folio import Folio
from tallybook.members.bearers import check_card_name
from tallybook.members.cards import card_of
from tallybook.members.tries import locked_until
from tallybook.programs.program import Program


class CardView(msgspec.Struct, frozen=True, kw_only=True):
    """A card as it is now.

    `amount` is what it is sold with, if that is fixed; `locked_until` is set while its PIN cannot be tried.
    """

    card: str
    batch: str
    unit: str
    state: str
    balance: Balance
    has_pin: bool
    frozen: str
    amount: int | None = None
    locked_until: datetime | None = None


class GetCard(FolioQuery[CardView], frozen=True, kw_only=True):
    """A card by its name, `card:` and its serial. Raises `UnknownMember` or `UnknownCard`."""

    def check(self) -> None:
        check_card_name("member", self.member)

    def answer(self, folio: Folio, program: Program, now: datetime) -> CardView:
        note = card_of(folio)
        return CardView(
            card=self.member,
            batch=note.batch,
            unit=note.unit,
            state=note.state,
            balance=folio.balance(note.unit),
            has_pin=bool(note.pin),
            frozen=folio.standing.frozen,
            amount=note.amount,
            locked_until=locked_until(folio, program.codes, now),
        )
