"""PresentCard: somebody shows a code, and learns what is on the card. Pure: no clock, no database.

It is a command and no query, because what is tried in vain has to be counted: exactly, for who tries and for
the card, and on the very folios that the next try is decided on. So it answers where others refuse: a refusal
would leave no trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from tallybook.codes import CodeNotAccepted, same_hash
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.journal.accounts import Balance
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_caller_name, check_hash
from tallybook.members.cards import CardNote, card_of
from tallybook.members.tries import admit, failed_tries, forget_failures, locked_until, note_failure
from tallybook.stored_value.cards import CARD_HANDLE

_NO_PIN: Final = "0" * 64
"""What is compared where there is nothing to compare with, in the same time."""


class CardPresented(Reply, frozen=True, kw_only=True):
    """Whether the code is accepted, and if so, what the card is and what is on it.

    `state` is issued or active, and `frozen` empty where the card is not. `tries_left` is how often the
    caller can still try in vain.
    """

    accepted: bool
    tries_left: int
    card: str = ""
    state: str = ""
    frozen: str = ""
    unit: str = ""
    balance: Balance = Balance()

    def or_refused(self) -> CardPresented:
        """The same where the code was accepted; raises `CodeNotAccepted` where it was not."""
        if not self.accepted:
            raise CodeNotAccepted(tries_left=self.tries_left)
        return self


class PresentCard(Command[CardPresented], frozen=True, kw_only=True, tag="present_card"):
    """Show the hashes of a code and a PIN. `member` is the caller: `caller:` and a hash of who it is.

    A code that nobody has, a wrong PIN and a card that is locked for too many of them are answered alike.
    Refused with `TooManyTries`.
    """

    code_hash: str
    pin_hash: str = ""
    reply_type = CardPresented
    enrolls: ClassVar[bool] = True

    def check(self) -> None:
        check_caller_name("member", self.member)
        check_hash("code_hash", self.code_hash)
        if self.pin_hash != "":
            check_hash("pin_hash", self.pin_hash)

    def counterpart_handle(self) -> NoteKey:
        return CARD_HANDLE, self.code_hash

    def named_notes(self) -> Sequence[NoteKey]:
        """A note is looked up for every code, held by a card or not: so time tells nothing."""
        return [(CARD_HANDLE, self.code_hash)]

    def decide(self, desk: Desk) -> CardPresented:
        caller, card, rules = desk.folio, desk.other, desk.program.codes
        admit(caller, rules, desk.now)
        note = None if card is None else card_of(card)
        is_right = self._is_right(note)
        if card is None or note is None or not is_right or locked_until(card, rules, desk.now):
            if card is not None and not is_right:
                note_failure(card, rules, desk.now)
            left = note_failure(caller, rules, desk.now)
            return CardPresented(entry=desk.entry, recorded_at=desk.now, accepted=False, tries_left=left)
        forget_failures(card)
        return self._seen(desk, card, note)

    def _is_right(self, note: CardNote | None) -> bool:
        """Whether the PIN is the card's; any is that of a card without one."""
        wanted = _NO_PIN if note is None else note.pin
        is_same = same_hash(wanted or _NO_PIN, self.pin_hash or _NO_PIN)
        return note is not None and (is_same or not note.pin)

    def _seen(self, desk: Desk, card: Folio, note: CardNote) -> CardPresented:
        return CardPresented(
            entry=desk.entry,
            recorded_at=desk.now,
            accepted=True,
            tries_left=desk.program.codes.tries - failed_tries(desk.folio, desk.now),
            card=card.member,
            state=note.state,
            frozen=card.standing.frozen,
            unit=note.unit,
            balance=card.balance(note.unit),
        )
