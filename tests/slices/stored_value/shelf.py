"""A shelf of gift cards for tests: cards that were issued, and what people do with their codes."""

from __future__ import annotations

from typing import Any

import tallybook as tb

from tests.slices.stored_value.purse import Purse

KEY = tb.CodeKey("a key of thirty-two bytes for us")


class Shelf:
    """Cards of the program `shop`, for one purse. Requests are counted."""

    def __init__(self, book: tb.Book, purse: Purse) -> None:
        self.book = book
        self.purse = purse
        self._requests = 0

    def issue(self, count: int = 1, **fields: Any) -> list[tb.NewCard]:
        """Cards of USD."""
        given = {"batch": "xmas", "unit": "USD", "pin_digits": 4, **fields}
        return list(self.book.cards.issue(tb.CardsToIssue(program="shop", count=count, **given)))

    def sold(self, amount: int = 5_000, **fields: Any) -> tb.NewCard:
        """One card that was issued and activated."""
        self._requests += 1
        (card,) = self.issue(**{"batch": f"b{self._requests}", **fields})
        self.activate(card, amount)
        return card

    def activate(self, card: tb.NewCard, amount: int = 5_000, payment: str = "") -> Any:
        """Have it paid for."""
        return self.book.do(self.make(tb.ActivateCard, card, amount=amount, payment=payment))

    def make(self, kind: type[tb.Command[Any]], card: tb.NewCard, **fields: Any) -> Any:
        """A command on a card."""
        return kind(program="shop", member=card.card, request_id=self.fresh(), **fields)

    def present(self, card: tb.NewCard, pin: str | None = None, caller: str = "till-1") -> Any:
        """Show a card."""
        shown = card.pin if pin is None else pin
        return self.book.cards.present("shop", caller, self.fresh(), card.code, shown)

    def claim(self, card: tb.NewCard, pin: str | None = None, amount: int | None = None) -> Any:
        """Have the purse's member claim a card."""
        shown = card.pin if pin is None else pin
        member, request = self.purse.member, self.fresh()
        return self.book.cards.claim("shop", member, "till-1", request, card.code, shown, amount)

    def view(self, card: tb.NewCard) -> tb.CardView:
        """What the card is now."""
        return self.book.ask(tb.GetCard(program="shop", member=card.card))

    def fresh(self) -> str:
        """A request id."""
        self._requests += 1
        return f"request-{self._requests}"
