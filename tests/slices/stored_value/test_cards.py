"""Gift cards: issued, activated, found by codes, claimed, replaced and void; and how often they are tried."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
import tallybook as tb
from tallybook.members.cards import MOVES

from tests.clocks import SetClock
from tests.slices.stored_value.purse import PROGRAM, Purse
from tests.slices.stored_value.shelf import KEY, Shelf

# --- a card's life ---------------------------------------------------------------------------------------


def test_a_card_is_worth_nothing_before_it_is_activated(shelf: Shelf) -> None:
    (card,) = shelf.issue()
    assert card.card == "card:xmas-0000001"
    seen = shelf.present(card)
    assert (seen.accepted, seen.state, seen.unit, seen.balance.available) == (True, "issued", "USD", 0)
    with pytest.raises(tb.CardState, match="is issued, and would have to be active"):
        shelf.claim(card)
    activated = shelf.activate(card, 5_000, payment="pay-1")
    assert (activated.card, activated.amount, activated.balance.available) == (card.card, 5_000, 5_000)
    assert shelf.present(card).balance.available == 5_000
    assert (shelf.view(card).state, shelf.view(card).has_pin) == ("active", True)
    assert shelf.purse.sheet().principal.came_in == 5_000


def test_what_is_on_a_card_becomes_the_members(shelf: Shelf) -> None:
    shelf.purse.top_up(1_000)
    card = shelf.sold(5_000)
    part = shelf.claim(card, amount=2_000)
    assert (part.amount, part.principal, part.left, part.balance.available) == (2_000, 2_000, 3_000, 3_000)
    rest = shelf.claim(card)
    assert (rest.amount, rest.left, rest.balance.available) == (3_000, 0, 6_000)
    with pytest.raises(tb.NotEnoughValue):
        shelf.claim(card)
    assert shelf.purse.max_withdrawal().amount == 1_000, "what came from a card is not paid out"


def test_several_cards_are_claimed_one_after_the_other(shelf: Shelf) -> None:
    for amount in (100, 200, 300):
        shelf.claim(shelf.sold(amount))
    assert shelf.purse.balance().available == 600


def test_a_claim_that_comes_twice_is_one(shelf: Shelf) -> None:
    card = shelf.sold(500)
    cards = shelf.book.cards
    first = cards.claim("shop", "m1", "till-1", "claim-1", card.code, card.pin)
    again = cards.claim("shop", "m1", "till-1", "claim-1", card.code, card.pin)
    assert (first.replayed, again.replayed, again.amount) == (False, True, 500)
    assert shelf.purse.balance().available == 500


def test_the_expiry_of_what_is_on_a_card_goes_with_it(database_url: str, clock: SetClock) -> None:
    lapsing = PROGRAM.replace(
        "JPY: {currency: JPY}", "JPY: {currency: JPY, principal_expiry: {kind: after_days, days: 9}}"
    )
    with tb.Book.open(database_url, clock=clock, code_key=KEY) as book:
        book.apply(lapsing)
        shelf = Shelf(book, Purse(book, clock))
        card = shelf.sold(500, unit="JPY")
        clock.forward(days=5)
        shelf.claim(card)
        clock.forward(days=4)
        assert shelf.purse.balance("JPY").available == 500
        clock.forward(days=1)
        assert shelf.purse.balance("JPY").available == 0


def test_a_card_is_paid_with_like_any_account(shelf: Shelf) -> None:
    card = shelf.sold(500)
    spent = shelf.book.do(shelf.make(tb.SpendValue, card, unit="USD", amount=200))
    shelf.book.do(shelf.make(tb.RefundSpend, card, entry=spent.entry, amount=50))
    shelf.purse.top_up(100)
    shelf.purse.do(tb.TransferValue, to_member=card.card, unit="USD", amount=100)
    assert shelf.view(card).balance.available == 450


def test_a_card_sold_for_one_amount_takes_no_other(shelf: Shelf) -> None:
    (card,) = shelf.issue(amount=5_000)
    with pytest.raises(tb.PaymentDiffers) as differs:
        shelf.activate(card, 4_999)
    assert (differs.value.paid, differs.value.expected) == (4_999, 5_000)
    shelf.activate(card, 5_000)
    with pytest.raises(tb.CardState):
        shelf.activate(card, 5_000)


def test_an_activation_can_be_refunded_as_far_as_nothing_was_spent(shelf: Shelf) -> None:
    card = shelf.sold(5_000)
    shelf.claim(card, amount=2_000)
    with pytest.raises(tb.PayoutExceedsValue):
        shelf.book.do(shelf.make(tb.RequestTopUpRefund, card, top_up_id="activation", amount=3_001))
    payout = shelf.book.do(shelf.make(tb.RequestTopUpRefund, card, top_up_id="activation"))
    with pytest.raises(tb.CardInUse):
        shelf.book.do(shelf.make(tb.VoidCard, card, reason="returned"))
    shelf.book.do(shelf.make(tb.ConfirmPayout, card, payout_id=payout.payout_id))
    voided = shelf.book.do(shelf.make(tb.VoidCard, card, reason="returned"))
    assert (payout.amount, voided.amount) == (3_000, 0)


def test_a_void_card_is_good_for_nothing_and_breakage(shelf: Shelf) -> None:
    card = shelf.sold(5_000)
    voided = shelf.book.do(shelf.make(tb.VoidCard, card, reason="stolen"))
    assert (voided.amount, voided.balance.available) == (5_000, 0)
    with pytest.raises(tb.CodeNotAccepted):
        shelf.present(card)
    for kind, fields in ((tb.VoidCard, {"reason": "again"}), (tb.ActivateCard, {"amount": 1})):
        with pytest.raises(tb.CardState, match="is void"):
            shelf.book.do(shelf.make(kind, card, **fields))
    assert shelf.purse.sheet().principal.forfeited == 5_000


def test_a_frozen_card_is_seen_and_not_claimed(shelf: Shelf) -> None:
    card = shelf.sold(5_000)
    shelf.book.do(shelf.make(tb.Freeze, card, reason="reported lost"))
    assert shelf.present(card).frozen == "all"
    with pytest.raises(tb.MemberFrozen):
        shelf.claim(card)
    shelf.book.do(shelf.make(tb.Unfreeze, card, reason="found"))
    assert shelf.claim(card).amount == 5_000


def test_a_lost_card_gets_another_code_and_the_old_one_is_dead(shelf: Shelf) -> None:
    card = shelf.sold(5_000)
    new = shelf.book.cards.replace("shop", card.card, "lost-1", "lost", pin_digits=6)
    assert (new.card, len(new.pin)) == (card.card, 6)
    with pytest.raises(tb.CodeNotAccepted):
        shelf.present(card)
    assert shelf.present(new).balance.available == 5_000
    with pytest.raises(tb.RequestIdReused):
        shelf.book.cards.replace("shop", card.card, "lost-1", "lost", pin_digits=6)


@pytest.mark.parametrize("state", MOVES)
@pytest.mark.parametrize("step", [*MOVES, "replace"])
def test_a_card_goes_where_the_table_says(shelf: Shelf, state: str, step: str) -> None:
    def go(card: tb.NewCard, target: str) -> None:
        if target == "active":
            shelf.activate(card)
        elif target == "void":
            shelf.book.do(shelf.make(tb.VoidCard, card, reason="test"))
        elif target == "replace":
            shelf.book.cards.replace("shop", card.card, shelf.fresh(), "test")
        else:
            shelf.issue()

    (card,) = shelf.issue()
    if state != "issued":
        go(card, state)
    if step in MOVES[state] or (step == "replace" and state != "void"):
        go(card, step)
        assert shelf.view(card).state == (state if step == "replace" else step)
    else:
        with pytest.raises(tb.CardExists if step == "issued" else tb.CardState):
            go(card, step)
        assert shelf.view(card).state == state


# --- tries -----------------------------------------------------------------------------------------------


def test_an_unknown_code_a_wrong_pin_and_another_programs_code_are_answered_alike(shelf: Shelf) -> None:
    card, other = shelf.sold(), shelf.sold()
    shelf.book.do(shelf.make(tb.VoidCard, other, reason="gone"))
    shelf.book.apply(PROGRAM.replace("program: shop", "program: mall"))
    (elsewhere,) = shelf.book.cards.issue(tb.CardsToIssue("mall", "xmas", 1, "USD", pin_digits=4))
    said = []
    tried = [(card, "0" * 12), (card, ""), (other, other.pin), (elsewhere, elsewhere.pin)]
    for number, (shown, pin) in enumerate(tried):
        with pytest.raises(tb.CodeNotAccepted) as refused:
            shelf.present(shown, pin, caller=f"caller-{number}")
        said.append((str(refused.value), refused.value.facts()))
    assert said == [said[0]] * 4
    assert shelf.present(card).accepted, "three wrong PINs would lock it, and two have not"


def test_who_tries_too_often_is_locked_out_for_a_while(shelf: Shelf, clock: SetClock) -> None:
    card = shelf.sold()
    (unknown,) = shelf.book.cards.issue(tb.CardsToIssue("shop", "void", 1, "USD"))
    shelf.book.do(shelf.make(tb.VoidCard, unknown, reason="gone"))
    left = []
    for _ in range(3):
        with pytest.raises(tb.CodeNotAccepted) as refused:
            shelf.present(unknown)
        left.append(refused.value.tries_left)
    assert left == [2, 1, 0]
    with pytest.raises(tb.TooManyTries) as locked:
        shelf.present(card)
    assert locked.value.until == (clock.now + timedelta(seconds=600)).isoformat(timespec="seconds")
    assert shelf.present(card, caller="till-2").accepted, "others are not"
    clock.forward(seconds=599)
    with pytest.raises(tb.TooManyTries):
        shelf.present(card)
    clock.forward(seconds=1)
    assert shelf.present(card).tries_left == 3


def test_a_right_code_does_not_make_up_for_wrong_ones(shelf: Shelf) -> None:
    card = shelf.sold()
    for _ in range(3):
        with pytest.raises(tb.CodeNotAccepted):
            shelf.present(shelf.sold(), "999999999999")
        if _ < 2:
            assert shelf.present(card).accepted
    with pytest.raises(tb.TooManyTries):
        shelf.present(card)


def test_a_card_whose_pin_is_tried_is_locked_whoever_tries(shelf: Shelf, clock: SetClock) -> None:
    card = shelf.sold()
    for number in range(3):
        with pytest.raises(tb.CodeNotAccepted):
            shelf.present(card, "000000", caller=f"caller-{number}")
    with pytest.raises(tb.CodeNotAccepted):
        shelf.present(card, caller="holder")
    assert shelf.view(card).locked_until == clock.now + timedelta(seconds=600)
    clock.forward(seconds=600)
    assert shelf.present(card, caller="holder").accepted


def test_a_right_pin_makes_up_for_wrong_ones_of_its_card(shelf: Shelf) -> None:
    card = shelf.sold()
    for number in range(4):
        for wrong in range(2):
            with pytest.raises(tb.CodeNotAccepted):
                shelf.present(card, "000000", caller=f"caller-{number}-{wrong}")
        assert shelf.present(card, caller=f"holder-{number}").accepted


def test_a_try_that_is_sent_again_is_one_try(shelf: Shelf) -> None:
    card = shelf.sold()
    for _ in range(5):
        with pytest.raises(tb.CodeNotAccepted) as refused:
            shelf.book.cards.present("shop", "till-1", "same", card.code, "000000")
        assert refused.value.tries_left == 2
    assert shelf.present(card).tries_left == 2


def test_a_slip_of_the_hand_is_not_a_try(shelf: Shelf) -> None:
    card = shelf.sold()
    slip = card.code[:-1] + ("A" if card.code[-1] != "A" else "B")
    for _ in range(5):
        with pytest.raises(tb.InvalidInput, match="mistyped"):
            shelf.book.cards.present("shop", "till-1", shelf.fresh(), slip, card.pin)
    assert shelf.present(card).tries_left == 3


def test_a_card_without_a_pin_takes_any(shelf: Shelf) -> None:
    card = shelf.sold(pin_digits=0)
    assert (card.pin, shelf.present(card).accepted) == ("", True)
    assert shelf.present(card, "1234").accepted
    assert not shelf.view(card).has_pin


def test_crowds_of_wrong_tries_are_counted_exactly(shelf: Shelf) -> None:
    card = shelf.sold()
    outcomes: list[Any] = []

    def attempt(number: int) -> None:
        try:
            shelf.book.cards.present("shop", "till-1", f"t-{number}", card.code, "000000")
        except tb.TallybookError as error:
            outcomes.append(error)

    threads = [Thread(target=attempt, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(each, tb.CodeNotAccepted) for each in outcomes) == 3
    assert sum(isinstance(each, tb.TooManyTries) for each in outcomes) == 7


# --- batches ---------------------------------------------------------------------------------------------


def test_a_batch_is_issued_once(shelf: Shelf) -> None:
    shelf.issue(3)
    with pytest.raises(tb.CardExists) as exists:
        shelf.issue(3)
    assert exists.value.card == "card:xmas-0000001"


def test_who_has_stopped_goes_on_behind_the_codes_that_are_safe(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tallybook.stored_value.by_code.CARDS_AT_ONCE", 4)
    issuing = shelf.book.cards.issue(tb.CardsToIssue("shop", "xmas", 10, "USD"))
    safe = [next(issuing) for _ in range(6)]
    issuing.close()
    assert [shelf.view(each).state for each in safe] == ["issued"] * 6
    more = shelf.issue(10, after=6, pin_digits=0)
    assert [each.card for each in more] == [f"card:xmas-{number:07}" for number in range(7, 11)]
    assert len({each.code for each in (*safe, *more)}) == 10
    for each in (*safe, *more):
        assert shelf.present(each).card == each.card
    assert shelf.issue(10, after=10) == []


def test_a_card_that_was_sold_keeps_its_code(shelf: Shelf) -> None:
    shelf.activate(shelf.issue(2)[1])
    with pytest.raises(tb.CardExists) as exists:
        shelf.issue(2, after=0)
    assert exists.value.card == "card:xmas-0000002"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"count": 0}, "count"),
        ({"count": 10_000_000}, "count"),
        ({"batch": ""}, "batch"),
        ({"batch": "x" * 65}, "batch"),
        ({"batch": "two words"}, "batch"),
        ({"pin_digits": 3}, "pin_digits"),
        ({"after": 2}, "after"),
        ({"amount": 0}, "amount"),
        ({"unit": ""}, "unit"),
    ],
)
def test_cards_that_make_no_sense_are_refused(shelf: Shelf, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(tb.InvalidInput) as caught:
        shelf.issue(**fields)
    assert caught.value.field == field


def test_cards_are_for_money_alone(shelf: Shelf) -> None:
    with pytest.raises(tb.NotStoredValue):
        shelf.issue(unit="points")
    with pytest.raises(tb.UnknownUnit):
        shelf.issue(unit="EUR")


# --- names, keys and limits ------------------------------------------------------------------------------


def test_no_member_can_be_called_like_a_card(shelf: Shelf) -> None:
    for name in ("card:xmas-0000001", "caller:x"):
        with pytest.raises(tb.InvalidInput, match="must not begin with"):
            tb.Enroll(program="shop", member=name, request_id="in")
    card = shelf.sold()
    for member, claimed in ((card.card, card.card), ("m1", "m2")):
        with pytest.raises(tb.InvalidInput):
            tb.ClaimCard(program="shop", request_id="c", member=member, card=claimed)
    with pytest.raises(tb.InvalidInput):
        tb.ActivateCard(program="shop", member="m1", request_id="a", amount=1)


def test_a_book_without_a_key_knows_no_codes(database_url: str) -> None:
    with tb.Book.open(database_url) as book, pytest.raises(tb.CodeKeyMissing):
        _ = book.cards


def test_codes_are_good_with_their_key_alone(shelf: Shelf, database_url: str, clock: SetClock) -> None:
    card = shelf.sold()
    with (
        tb.Book.open(database_url, clock=clock, code_key=tb.CodeKey("another key of ours")) as book,
        pytest.raises(tb.CodeNotAccepted),
    ):
        book.cards.present("shop", "till-1", "p", card.code, card.pin)


def test_a_claim_stays_within_what_the_law_allows(database_url: str, clock: SetClock) -> None:
    capped = PROGRAM.replace(
        "JPY: {currency: JPY}", "JPY: {currency: JPY, jurisdiction: {unnamed_most: 900}}"
    )
    with tb.Book.open(database_url, clock=clock, code_key=KEY) as book:
        book.apply(capped)
        shelf = Shelf(book, Purse(book, clock))
        (card,) = shelf.issue(unit="JPY")
        with pytest.raises(tb.BalanceLimitExceeded):
            shelf.activate(card, 901)
        shelf.activate(card, 900)
        shelf.purse.top_up(100, unit="JPY")
        with pytest.raises(tb.BalanceLimitExceeded):
            shelf.claim(card)
        assert shelf.claim(card, amount=800).left == 100
