"""Checkout through the real client: quoted, held, captured, released, refunded; refusals, a terminal."""

from __future__ import annotations

import secrets

import pytest
import tallybook as tb
from tallybook_client import Basket, BasketLine, CheckoutState, TallybookClient, errors
from tallybook_client.cli import main
from tallybook_server.convert_checkout import STATES

from tests.server.serving import Served

PROGRAM = """
program: tills
timezone: UTC
units:
  points: {kind: redeemable}
  usd: {kind: money, scale: 2}
stored_value: {usd: {currency: USD}}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
coupons:
  five:
    currency: USD
    offer: {kind: amount_off, amount: "5.00"}
    validity: {kind: after_issue, days: 10}
checkout:
  tenders:
    - {kind: points, tender: points, unit: points, currency: USD, units: 100, worth: "1.00",
       most_basis_points: 5000}
    - {kind: stored_value, tender: balance, unit: usd}
"""
BASKET = Basket(
    currency="USD", lines=[BasketLine(sku="A", amount=2_000), BasketLine(sku="B", amount=1_500)], shipping=300
)


@pytest.fixture(scope="module")
def tills(served: Served) -> TallybookClient:
    client = served.client(program="tills")
    client.apply_program(PROGRAM)
    return client


@pytest.fixture
def member(tills: TallybookClient) -> str:
    name = f"t-{secrets.token_hex(6)}"
    tills.enroll_member(name)
    tills.award(name, unit="points", amount=1_000)
    tills.top_up(name, unit="usd", amount=1_000, top_up_id="t1")
    tills.confirm_top_up(name, "t1", amount=1_000)
    return name


def test_every_state_is_in_the_contract() -> None:
    assert set(STATES) == set(tb.CheckoutStanding)
    assert len(set(STATES.values())) == len(CheckoutState.keys()) - 1


def test_an_order_is_quoted_held_captured_and_refunded(tills: TallybookClient, member: str) -> None:
    coupon = tills.issue_coupons(member, "five", reason="kindness").coupons[0].coupon
    asked = {"points": 1_000, "balance": None}
    quote = tills.quote_checkout(member, "o1", BASKET, tenders=asked).quote
    assert (quote.total, quote.payment, quote.earns["points"]) == (3_300, 1_300, 30)
    assert [each.coupon for each in quote.coupons] == [coupon]
    assert [(each.tender, each.units, each.amount) for each in quote.tenders] == [
        ("points", 1_000, 1_000),
        ("balance", 1_000, 1_000),
    ]
    held = tills.hold_checkout(member, "o1", quote.quote)
    assert (held.total, held.payment, list(held.coupons)) == (3_300, 1_300, [coupon])
    captured = tills.capture_checkout(member, "o1", paid_by="card")
    assert (captured.total, captured.payment, captured.event.rewards[0].amount) == (3_300, 1_300, 30)
    part = tills.refund_checkout(member, "o1", "f1", lines={"2": 1, "shipping": 1})
    assert (part.amount, part.payment, part.is_whole) == (1_500 - 214 + 300, 1_300, False)
    rest = tills.refund_checkout(member, "o1", "f2")
    assert rest.is_whole
    assert [each.is_back for each in rest.coupons] == [True]
    view = tills.get_checkout(member, "o1")
    assert view.state == CheckoutState.CHECKOUT_STATE_REFUNDED
    assert dict(view.returned) == {"1": 1, "2": 1, "shipping": 1}
    assert tills.get_balances(member).balances[0].balance.available == 1_000


def test_a_basket_is_shown_without_a_trace(tills: TallybookClient, member: str) -> None:
    shown = tills.quote_checkout(member, "o1", BASKET, coupons=[], validate_only=True)
    assert shown.quote.total == 3_800
    with pytest.raises(errors.UnknownCheckout):
        tills.get_checkout(member, "o1")


def test_refusals_come_with_their_facts(tills: TallybookClient, member: str) -> None:
    with pytest.raises(errors.TenderExceedsLimit) as limit:
        tills.quote_checkout(member, "o1", BASKET, tenders={"points": 150})
    assert (limit.value.asked, limit.value.most, limit.value.step) == (150, 1_900, 100)
    with pytest.raises(errors.UnknownTender):
        tills.quote_checkout(member, "o1", BASKET, tenders={"stars": 1})
    quote = tills.quote_checkout(member, "o1", BASKET, tenders={"points": 100}).quote
    with pytest.raises(errors.UnknownQuote):
        tills.hold_checkout(member, "o1", "another")
    held = tills.hold_checkout(member, "o1", quote.quote)
    with pytest.raises(errors.QuoteConsumed) as consumed:
        tills.hold_checkout(member, "o1", quote.quote)
    assert consumed.value.entry == held.entry
    tills.release_checkout(member, "o1")
    with pytest.raises(errors.CheckoutState) as state:
        tills.capture_checkout(member, "o1")
    assert (state.value.state, state.value.move) == ("released", "capture")


def test_a_terminal_takes_an_order_through(
    served: Served, tills: TallybookClient, member: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str) -> str:
        assert main([*words, "--address", served.address, "--program", "tills"]) == 0
        return capsys.readouterr().out

    line = "sku=A,quantity=2,amount=2000"
    told = run(
        "quote-checkout", member, "o9", "USD", "--line", line, "--tender", "points", "--request-id", "q9"
    )
    assert "quote q9: 2000 USD until" in told
    assert "points: 1000 points, 1000" in told
    assert "held until" in run("hold-checkout", member, "o9", "q9")
    assert "captured 1000" in run("capture-checkout", member, "o9", "--piece", "1=1", "--paid-by", "card")
    assert "captured, held until" in run("checkout", member, "o9")
    assert "refunded 1000, all of it" in run("refund-checkout", member, "o9", "f9")
