"""Whose page may be named where money and points move, and what a card that is not active takes part in."""

from __future__ import annotations

from typing import Any

import pytest
import tallybook as tb
from tallybook.members.cards import MOVES

from tests.slices.stored_value.shelf import Shelf

BEGINNING: dict[type[tb.Command[Any]], dict[str, Any]] = {
    tb.TopUp: {"unit": "USD", "amount": 300},
    tb.SpendValue: {"unit": "USD", "amount": 50},
    tb.Hold: {"unit": "USD", "amount": 50},
}
"""What begins something with money, and its fields."""


@pytest.mark.parametrize("kind", BEGINNING)
@pytest.mark.parametrize("state", MOVES)
def test_a_card_begins_nothing_unless_it_is_active(
    shelf: Shelf, state: str, kind: type[tb.Command[Any]]
) -> None:
    (card,) = shelf.issue()
    if state != "issued":
        shelf.activate(card)
    if state == "void":
        shelf.book.do(shelf.make(tb.VoidCard, card, reason="stolen"))
    command = shelf.make(kind, card, **BEGINNING[kind])
    if state == "active":
        shelf.book.do(command)
        return
    with pytest.raises(tb.CardState) as refused:
        shelf.book.do(command)
    assert refused.value.facts() == {"card": card.card, "state": state, "needed": "active"}


@pytest.mark.parametrize("state", ["issued", "void"])
def test_money_is_moved_to_no_card_that_is_not_active(shelf: Shelf, state: str) -> None:
    shelf.purse.top_up(700)
    (card,) = shelf.issue()
    if state == "void":
        shelf.book.do(shelf.make(tb.VoidCard, card, reason="stolen"))
    with pytest.raises(tb.CardState, match=f"is {state}, and would have to be active"):
        shelf.purse.do(tb.TransferValue, to_member=card.card, unit="USD", amount=700)
    assert shelf.purse.balance().available == 700


def test_what_comes_back_to_a_void_card_is_not_lost_and_can_be_moved(shelf: Shelf) -> None:
    card = shelf.sold(500)
    spent = shelf.book.do(shelf.make(tb.SpendValue, card, unit="USD", amount=200))
    shelf.book.do(shelf.make(tb.TopUp, card, unit="USD", amount=70, top_up_id="late"))
    shelf.book.do(shelf.make(tb.VoidCard, card, reason="stolen"))
    shelf.book.do(shelf.make(tb.RefundSpend, card, entry=spent.entry))
    shelf.book.do(shelf.make(tb.ConfirmTopUp, card, amount=70, top_up_id="late"))
    assert shelf.view(card).balance.available == 270
    with pytest.raises(tb.CardState):
        shelf.book.do(shelf.make(tb.SpendValue, card, unit="USD", amount=1))
    payout = shelf.book.do(shelf.make(tb.RequestTopUpRefund, card, top_up_id="late"))
    shelf.book.do(shelf.make(tb.CancelPayout, card, payout_id=payout.payout_id))
    shelf.book.do(shelf.make(tb.TransferValue, card, to_member="m1", unit="USD", amount=270))
    assert (shelf.view(card).balance.available, shelf.purse.balance().available) == (0, 270)


NOBODYS = ("caller:x", "codes:b-00001", "draw:d", "packet:p", "item:i", "team:t")
MEMBERS_AND_CARDS: dict[type[tb.Command[Any]], dict[str, Any]] = {
    **BEGINNING,
    tb.TransferValue: {"to_member": "m2", "unit": "USD", "amount": 1},
    tb.RequestWithdrawal: {"unit": "USD", "amount": 1},
    tb.RequestTopUpRefund: {"top_up_id": "t1"},
}
MEMBERS_ALONE: dict[type[tb.Command[Any]], dict[str, Any]] = {
    tb.Award: {"unit": "points", "amount": 1},
    tb.Redeem: {"unit": "points", "amount": 1},
    tb.Adjust: {"unit": "points", "amount": 1, "reason": "x"},
    tb.Gift: {"to_member": "m2", "unit": "points", "amount": 1},
    tb.RecordEvent: {"event": tb.Custom(name="visit", event_id="v1"), "request_id": ""},
    tb.QuoteCheckout: {
        "order_id": "o1",
        "basket": tb.Basket(currency="USD", lines=(tb.BasketLine(amount=1),)),
    },
}


@pytest.mark.parametrize(
    ("kind", "fields", "name"),
    [
        *((kind, fields, name) for kind, fields in MEMBERS_AND_CARDS.items() for name in NOBODYS),
        *((kind, fields, name) for kind, fields in MEMBERS_ALONE.items() for name in ("card:a-1", *NOBODYS)),
    ],
)
def test_nothing_is_given_to_what_is_nobodys_and_nothing_had_of_it(
    kind: type[tb.Command[Any]], fields: dict[str, Any], name: str
) -> None:
    given = {"program": "shop", "request_id": "r", **fields}
    with pytest.raises(tb.InvalidInput, match="must not begin with") as refused:
        kind(member=name, **given)
    assert refused.value.field == "member"


@pytest.mark.parametrize(
    ("kind", "fields", "names"),
    [
        (tb.TransferValue, MEMBERS_AND_CARDS[tb.TransferValue], NOBODYS),
        (tb.Gift, MEMBERS_ALONE[tb.Gift], ("card:a-1", *NOBODYS)),
        (tb.TransferCoupon, {"coupon": "c-1"}, ("card:a-1", *NOBODYS)),
    ],
)
def test_who_cannot_receive_is_told_by_the_field(
    kind: type[tb.Command[Any]], fields: dict[str, Any], names: tuple[str, ...]
) -> None:
    for name in names:
        with pytest.raises(tb.InvalidInput, match="must not begin with") as refused:
            kind(program="shop", request_id="r", member="m1", **{**fields, "to_member": name})
        assert refused.value.field == "to_member"
