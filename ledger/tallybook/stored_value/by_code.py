"""Cards by their codes: what is hashed before the book hears of it, and what is drawn by lot. Knows a key.

A code is in memory here, and in what is returned to who asked for it, and nowhere else.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from tallybook.codes import (
    CODE_BYTES,
    PIN_BYTES,
    PIN_DIGITS_MAX,
    PIN_DIGITS_MIN,
    CodeKey,
    new_code,
    new_pin,
    shown_code,
)
from tallybook.engine.checks import check_id, check_text, check_whole
from tallybook.engine.command import AnyCommand
from tallybook.errors import InvalidInput, TallybookError
from tallybook.members.bearers import CALLER
from tallybook.stored_value.cards import Hashes, card_name, hashes_of, typed_hashes
from tallybook.stored_value.claim_card import CardClaimed, ClaimCard
from tallybook.stored_value.issue_card import IssueCard
from tallybook.stored_value.present_card import CardPresented, PresentCard
from tallybook.stored_value.replace_card import ReplaceCard

BATCH_LENGTH_MAX: Final = 64
CARDS_MAX: Final = 9_999_999
"""In one batch: as many as have numbers of seven digits."""
CARDS_AT_ONCE: Final = 1_000
"""So many are recorded together, and so many codes are in memory."""

Do = Callable[[Sequence[AnyCommand]], Sequence[Any]]
"""Carries out commands: an outcome for each."""


class NewCard(NamedTuple):
    """A card with the code and the PIN, empty for none, that are told now and never again."""

    card: str
    code: str
    pin: str

    def __repr__(self) -> str:
        return f"NewCard(card={self.card!r}, ...)"


@dataclass(frozen=True, slots=True)
class CardsToIssue:
    """A batch of cards: from the number behind `after` through `count`, for money of `unit`.

    With `after` given, cards behind it that were issued already, and never activated, get other codes:
    whoever asks has the codes of the first `after`, and of no others.
    """

    program: str
    batch: str
    count: int
    unit: str
    amount: int | None = None
    pin_digits: int = 0
    after: int | None = None

    def check(self) -> None:
        """Raise `InvalidInput` for what makes no sense."""
        check_id("batch", self.batch)
        if len(self.batch) > BATCH_LENGTH_MAX or " " in self.batch:
            raise InvalidInput("batch", f"must have at most {BATCH_LENGTH_MAX} characters, and no space")
        check_whole("count", self.count, largest=CARDS_MAX)
        if self.after is not None:
            check_whole("after", self.after, smallest=0, largest=self.count)
        check_pin_digits(self.pin_digits)

    def chunks(self, key: CodeKey, size: int) -> Generator[tuple[list[NewCard], list[IssueCard]], None, None]:
        """Cards with the commands that make them, so many at a time."""
        self.check()
        first, past = (self.after or 0) + 1, self.count + 1
        for start in range(first, past, size):
            numbers = range(start, min(start + size, past))
            cards = [_drawn(card_name(self.batch, number), self.pin_digits) for number in numbers]
            yield cards, [self._command(key, card) for card in cards]

    def _command(self, key: CodeKey, card: NewCard) -> IssueCard:
        hashes = _hashed(key, self.program, card)
        return IssueCard(
            program=self.program,
            member=card.card,
            request_id=f"issue-{hashes.code[:32]}",
            batch=self.batch,
            unit=self.unit,
            amount=self.amount,
            code_hash=hashes.code,
            pin_hash=hashes.pin,
            renews=self.after is not None,
        )


def check_pin_digits(digits: int) -> None:
    """Raise `InvalidInput` for a number of digits that no PIN has; 0 is for none."""
    if digits != 0:
        check_whole("pin_digits", digits, smallest=PIN_DIGITS_MIN, largest=PIN_DIGITS_MAX)


def _drawn(card: str, pin_digits: int) -> NewCard:
    pin = new_pin(secrets.token_bytes(PIN_BYTES), pin_digits) if pin_digits else ""
    return NewCard(card, shown_code(new_code(secrets.token_bytes(CODE_BYTES))), pin)


def _hashed(key: CodeKey, program: str, drawn: NewCard) -> Hashes:
    return hashes_of(key, program, drawn.code.replace("-", ""), drawn.pin)


def present_card(
    key: CodeKey, *, program: str, caller: str, request_id: str, code: str, pin: str = ""
) -> PresentCard:
    """The command for a code and a PIN as they were typed. Who calls is hashed too: it may be an address."""
    check_text("caller", caller)
    if not caller:
        raise InvalidInput("caller", "must say who tries: tries in vain are counted")
    hashes = typed_hashes(key, program, code, pin)
    return PresentCard(
        program=program,
        member=CALLER + key.hashed("caller", program, caller)[:32],
        request_id=request_id,
        code_hash=hashes.code,
        pin_hash=hashes.pin,
    )


def replace_card(
    key: CodeKey, *, program: str, card: str, request_id: str, reason: str, pin_digits: int = 0
) -> tuple[NewCard, ReplaceCard]:
    """A new code for a card, and the command that gives it to it."""
    check_pin_digits(pin_digits)
    drawn = _drawn(card, pin_digits)
    hashes = _hashed(key, program, drawn)
    command = ReplaceCard(
        program=program,
        member=card,
        request_id=request_id,
        reason=reason,
        code_hash=hashes.code,
        pin_hash=hashes.pin,
    )
    return drawn, command


class Cards:
    """Gift cards of a book, by the codes that people hold: `Book.cards`.

    A code is told once, when it is made, and is nowhere afterwards. Its hash is what the book knows.
    """

    def __init__(self, do: Do, key: CodeKey) -> None:
        self._do = do
        self._key = key

    def issue(self, wanted: CardsToIssue) -> Generator[NewCard, None, None]:
        """Make cards, and yield each with its code when it is recorded: a thousand of them in memory, however
        many there are. They are worth nothing before `ActivateCard`.

        Who has stopped goes on with `after`, the number of cards whose codes are safe. Raises what a card is
        refused with, `CardExists` where a batch has cards already and `after` is not given; or
        `InvalidInput`.
        """
        for cards, commands in wanted.chunks(self._key, CARDS_AT_ONCE):
            for outcome in self._do(commands):
                if isinstance(outcome, TallybookError):
                    raise outcome
            yield from cards

    def present(self, program: str, caller: str, request_id: str, code: str, pin: str = "") -> CardPresented:
        """What is on the card with this code, as it was typed; `caller` is who tries, such as an address.

        Raises `CodeNotAccepted`, alike for a code that nobody has and for a wrong PIN; `TooManyTries`; or
        `InvalidInput` for what cannot be a code, which is not counted.
        """
        command = present_card(
            self._key, program=program, caller=caller, request_id=request_id, code=code, pin=pin
        )
        presented: CardPresented = self._one(command)
        return presented.or_refused()

    def claim(
        self,
        program: str,
        member: str,
        caller: str,
        request_id: str,
        code: str,
        pin: str = "",
        amount: int | None = None,
    ) -> CardClaimed:
        """Move what is on a card, or `amount` of it, to the member who has its code.

        Raises what `present` and `ClaimCard` raise.
        """
        card = self.present(program, caller, request_id, code, pin).card
        command = ClaimCard(program=program, member=member, request_id=request_id, card=card, amount=amount)
        claimed: CardClaimed = self._one(command)
        return claimed

    def replace(self, program: str, card: str, request_id: str, reason: str, pin_digits: int = 0) -> NewCard:
        """Give a card another code, which is told now and never again; the old one is good for nothing.

        The same request again is refused with `RequestIdReused`, because its code is not known any more.
        Raises what `ReplaceCard` raises.
        """
        drawn, command = replace_card(
            self._key,
            program=program,
            card=card,
            request_id=request_id,
            reason=reason,
            pin_digits=pin_digits,
        )
        self._one(command)
        return drawn

    def _one(self, command: AnyCommand) -> Any:
        (outcome,) = self._do([command])
        if isinstance(outcome, TallybookError):
            raise outcome
        return outcome
