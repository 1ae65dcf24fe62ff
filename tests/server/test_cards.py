"""Gift cards through the real client; and no code, once told, is in logs, in errors or in the book."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from sqlalchemy import create_engine, inspect, text
from tallybook_client import CardState, NewCard, TallybookClient, errors, requests

from tests.conftest import DATABASE_KINDS, FIXTURES
from tests.databases import Databases
from tests.server.purse import PURSE, available, enrolled
from tests.server.serving import Served, serving

KEY = "the key that codes are hashed with"
ISSUED, ACTIVE, VOID = CardState.CARD_STATE_ISSUED, CardState.CARD_STATE_ACTIVE, CardState.CARD_STATE_VOID


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def keyed(request: pytest.FixtureRequest) -> Iterator[Served]:
    """A server with a key, whose log tells all."""
    name = FIXTURES[request.param]
    databases: Databases = request.getfixturevalue(name)
    url = databases.create()
    try:
        flags = ("--workers", "1", "--log-level", "debug")
        with serving(url, *flags, env={"TALLYBOOK_CODE_KEY": KEY}) as served:
            yield served
    finally:
        databases.drop(url)


@pytest.fixture(scope="module")
def cards(keyed: Served) -> Iterator[TallybookClient]:
    with keyed.client(program="purse") as client:
        client.apply_program(PURSE + "codes: {tries: 3, lock_seconds: 600}\n")
        yield client


def issued(client: TallybookClient, count: int = 1, pin_digits: int = 6, **fields: int) -> list[NewCard]:
    batch = f"b{secrets.token_hex(4)}"
    told = client.issue_cards(batch, count=count, unit="USD", pin_digits=pin_digits, **fields)
    return [card for message in told for card in message.cards]


def sold(client: TallybookClient, amount: int = 5_000) -> NewCard:
    (card,) = issued(client)
    client.activate_card(card.card, amount=amount, payment="pay-1")
    return card


def test_a_card_is_issued_activated_seen_and_claimed(cards: TallybookClient) -> None:
    (card,) = issued(cards, amount=5_000)
    seen = cards.present_card(card.code.lower(), pin=card.pin, caller="till")
    assert (seen.card, seen.state, seen.tries_left) == (card.card, ISSUED, 3)
    activated = cards.activate_card(card.card, amount=5_000, payment="pay-1")
    assert (activated.amount, activated.payment, activated.balance.available) == (5_000, "pay-1", 5_000)
    assert activated.HasField("expires_on")
    found = cards.get_card(card.card).card
    assert (found.state, found.has_pin, found.amount, found.unit) == (ACTIVE, True, 5_000, "USD")
    assert not found.HasField("locked_until")
    holder = enrolled(cards)
    part = cards.claim_card(holder, card.code, pin=card.pin, caller="till", amount=2_000)
    assert (part.card, part.amount, part.principal, part.bonus, part.left) == (
        card.card, 2_000, 2_000, 0, 3_000,
    )  # fmt: skip
    first = cards.claim_card(holder, card.code, pin=card.pin, caller="till", request_id="claim-1")
    again = cards.claim_card(holder, card.code, pin=card.pin, caller="till", request_id="claim-1")
    assert (first.replayed, again.replayed, again.amount) == (False, True, 3_000)
    assert available(cards, holder) == 5_000


def test_many_cards_come_in_order_and_a_broken_batch_is_gone_on_with(cards: TallybookClient) -> None:
    told = cards.issue_cards("many", count=250, unit="USD")
    first = next(iter(told)).cards
    assert [card.card for card in first] == [f"card:many-{number:07}" for number in range(1, 101)]
    told = cards.issue_cards("many", count=250, unit="USD", after=100)
    rest = [card for message in told for card in message.cards]
    assert [card.card for card in rest] == [f"card:many-{number:07}" for number in range(101, 251)]
    assert len({card.code for card in (*first, *rest)}) == 250
    with pytest.raises(errors.CardExists) as exists:
        list(cards.issue_cards("many", count=250, unit="USD"))
    assert exists.value.card == "card:many-0000001"


def test_a_wrong_pin_is_answered_like_an_unknown_code_and_counted(cards: TallybookClient) -> None:
    card, gone = sold(cards), sold(cards)
    cards.void_card(gone.card, reason="stolen")
    assert cards.get_card(gone.card).card.state == VOID
    caller = secrets.token_hex(4)
    for code, pin, left in ((card.code, "000000", 2), (gone.code, gone.pin, 1), (card.code, "", 0)):
        with pytest.raises(errors.CodeNotAccepted) as refused:
            cards.present_card(code, pin=pin, caller=caller)
        assert (refused.value.code, refused.value.tries_left) == (grpc.StatusCode.PERMISSION_DENIED, left)
    with pytest.raises(errors.TooManyTries) as locked:
        cards.claim_card(enrolled(cards), card.code, pin=card.pin, caller=caller)
    assert locked.value.until is not None
    assert cards.present_card(card.code, pin=card.pin, caller="another").balance.available == 5_000


def test_a_lost_card_gets_another_code(cards: TallybookClient) -> None:
    card = sold(cards)
    new = cards.replace_card(card.card, reason="lost", pin_digits=4, request_id="lost-1").card
    assert (new.card, len(new.pin)) == (card.card, 4)
    with pytest.raises(errors.CodeNotAccepted):
        cards.present_card(card.code, pin=card.pin, caller="holder")
    assert cards.present_card(new.code, pin=new.pin, caller="finder").card == card.card
    with pytest.raises(errors.RequestIdReused):
        cards.replace_card(card.card, reason="lost", pin_digits=4, request_id="lost-1")


def test_a_batch_activates_and_voids_cards_and_moves_money(cards: TallybookClient) -> None:
    one, two = issued(cards, count=2)
    holder = enrolled(cards)
    outcomes = cards.batch_post(
        [
            requests.activate_card(one.card, amount=700),
            requests.transfer_value(one.card, holder, amount=300, unit="USD"),
            requests.void_card(two.card, reason="misprinted"),
            requests.activate_card(two.card, amount=700),
        ]
    )
    assert [type(outcome).__name__ for outcome in outcomes] == [
        "ActivateCardResponse",
        "TransferValueResponse",
        "VoidCardResponse",
        "CardState",
    ]
    assert available(cards, holder) == 300
    moved = cards.transfer_value(holder, one.card, amount=100, unit="USD")
    assert (moved.amount, moved.principal, moved.bonus, moved.to_member) == (100, 100, 0, one.card)
    assert cards.get_entry(one.card, moved.to_entry).entry.kind == "transfer_value"


def test_what_is_mistyped_is_told_and_not_counted(cards: TallybookClient) -> None:
    caller = secrets.token_hex(4)
    for _ in range(5):
        with pytest.raises(errors.FieldInvalid) as caught:
            cards.present_card("ABCD-EFGH", caller=caller)
        assert caught.value.violations[0].field == "code"
    with pytest.raises(errors.FieldInvalid):
        cards.present_card("0" * 17, caller="")


def test_a_server_without_a_key_says_so(served: Served) -> None:
    with served.client(program="purse") as client:
        client.apply_program(PURSE)
        for call in (
            lambda: client.present_card("0" * 17, caller="x"),
            lambda: list(client.issue_cards("b", count=1, unit="USD")),
        ):
            with pytest.raises(errors.CodeKeyMissing):
                call()


def test_the_money_of_a_program_is_told(cards: TallybookClient) -> None:
    sold(cards)
    report = cards.get_stored_value_report()
    usd = next(sheet for sheet in report.sheets if sheet.unit == "USD")
    assert (usd.currency, usd.balances) == ("USD", True)
    assert int(usd.principal.came_in) == sum(
        int(getattr(usd.principal, name))
        for name in ("with_members", "spent", "paid_back", "lapsed", "forfeited")
    )


def test_a_program_tells_how_money_is_kept_and_codes_are_tried(cards: TallybookClient) -> None:
    program = cards.get_program().program
    usd = next(rules for rules in program.stored_value if rules.unit == "USD")
    assert (usd.currency, usd.spend_limit.at_once, usd.named_most) == ("USD", 15_000, 100_000)
    assert not usd.spend_limit.HasField("a_day")
    big = next(plan for plan in usd.plans if plan.plan == "big")
    assert [(step.pay, step.bonus) for step in big.steps] == [(10_000, 2_000)]
    assert (usd.principal_expiry.days, usd.bonus_expiry.days, usd.reactivation) == (30, 10, True)
    assert (program.codes.tries, program.codes.lock_seconds) == (3, 600)


# --- leaks -----------------------------------------------------------------------------------------------


def test_no_code_and_no_pin_is_in_logs_errors_replies_or_the_book(
    cards: TallybookClient, keyed: Served
) -> None:
    (card,) = issued(cards, pin_digits=12)
    cards.activate_card(card.card, amount=900)
    holder = enrolled(cards)
    said: list[str] = []
    wrong = card.code[:-1] + ("X" if card.code[-1] != "X" else "Y")
    for code, pin in ((card.code, "999999999999"), (wrong, card.pin), (card.code + card.code, card.pin)):
        with pytest.raises(errors.TallybookError) as refused:
            cards.present_card(code, pin=pin, caller="leaky", request_id="same")
        said.append(f"{refused.value!r} {refused.value} {refused.value.metadata} {refused.value.violations}")
    claim: dict[str, Any] = {"pin": card.pin, "caller": "l2", "request_id": "c", "amount": 100}
    said += [str(cards.claim_card(holder, card.code, **claim)) for _ in range(2)]
    said.append(str(list(cards.list_entries(holder))))
    said.append(str([cards.get_entry(card.card, n) for n in range(1, 6)]))
    said += [str(line) for line in keyed.lines]
    said += book_text(keyed.url)
    told = "\n".join(said).upper()
    assert holder.upper() in told, "what is looked through is there"
    for secret in (card.code, card.code.replace("-", ""), card.pin, KEY.upper()):
        assert secret not in told
    new = cards.replace_card(card.card, reason="lost", pin_digits=12).card
    told = "\n".join([*map(str, keyed.lines), *book_text(keyed.url)]).upper()
    for secret in (new.code, new.code.replace("-", ""), new.pin):
        assert secret not in told


def book_text(url: str) -> list[str]:
    """Every value of every row."""
    engine = create_engine(url)
    with engine.connect() as connection:
        tables = inspect(engine).get_table_names()
        rows = [str(row) for table in tables for row in connection.execute(text(f"SELECT * FROM {table}"))]
    engine.dispose()
    return rows
