"""The points mall through the real client, and the command line on top of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from tallybook_client import MallOrderState, TallybookClient, errors, requests
from tallybook_client.cli import main

from tests.server.serving import Served

PAID = MallOrderState.MALL_ORDER_STATE_PAID
BAZAAR = """
program: bazaar
timezone: UTC
units: {points: {kind: redeemable}}
coupons:
  five: {currency: USD, offer: {kind: amount_off, amount: "5.00"}, validity: {kind: after_issue, days: 10}}
ladders: {status: {tiers: [{code: member}]}}
calendars: {days: {weekdays: [mon, tue, wed, thu, fri, sat, sun]}}
mall:
  mug:
    display_name: A mug
    gives: {kind: goods, sku: MUG-1}
    price: {kind: units, unit: points, units: 100}
    tier_prices: [{tiers: [member], price: {kind: units, unit: points, units: 90}}]
    stocked: true
    limits: [{period: life, most: 100}]
    when: {calendars: [days], from: 2026-01-01, until: 2099-01-01}
  kettle:
    gives: {kind: goods}
    price: {kind: units_and_money, unit: points, units: 10, money: "9.90", currency: USD}
    most: 1000000
    condition: member.orders >= 0
  lamp:
    gives: {kind: goods}
    price: {kind: split, money: "5.00", currency: USD, unit: points, units: 30, worth: "1.00", most_units: 60}
  voucher: {gives: {kind: coupon, template: five}, price: {kind: free}}
  gift: {gives: {kind: one_of, items: [voucher, scarf]}, price: {kind: free}}
  scarf: {gives: {kind: goods}}
  dear: {gives: {kind: goods}, price: {kind: units, unit: points, units: 5000}, tags: [vip]}
"""


@pytest.fixture(scope="module")
def bazaar(served: Served) -> Iterator[TallybookClient]:
    with served.client(program="bazaar") as client:
        client.apply_program(BAZAAR)
        client.adjust_stock("mug", counted=50, reason="opening")
        yield client


@pytest.fixture
def buyer(bazaar: TallybookClient) -> str:
    name = f"b-{secrets.token_hex(6)}"
    bazaar.enroll_member(name)
    bazaar.award(name, unit="points", amount=1000)
    return name


def test_goods_are_ordered_sent_and_returned(bazaar: TallybookClient, buyer: str) -> None:
    before = bazaar.get_stock("mug").stock
    tried = bazaar.place_order(buyer, "mug", pieces=2, validate_only=True)
    assert (tried.order.unit, tried.order.amount) == ("points", 180)
    placed = bazaar.place_order(buyer, "mug", pieces=2, order_id="o1", request_id="r1")
    assert placed.order.state == PAID
    assert bazaar.place_order(buyer, "mug", pieces=2, order_id="o1", request_id="r1").replayed
    listed = list(bazaar.list_orders(state=PAID))
    assert (buyer, "o1") in [(each.member, each.order_id) for each in listed]
    bazaar.fulfil_order(buyer, "o1", carrier="post", tracking="RX1")
    order = bazaar.get_order(buyer, "o1").order
    assert (order.carrier, order.tracking, order.HasField("placed_at")) == ("post", "RX1", True)
    bazaar.return_order(buyer, "o1")
    assert bazaar.get_balances(buyer).balances[0].balance.available == 1000
    after = bazaar.get_stock("mug").stock
    assert (after.on_hand, after.sold) == (before.on_hand, before.sold)


def test_money_is_waited_for_and_paid_back_by_instruction(bazaar: TallybookClient, buyer: str) -> None:
    placed = bazaar.place_order(buyer, "kettle", order_id="o1")
    assert (placed.order.money, placed.order.currency, placed.order.HasField("deadline")) == (
        990,
        "USD",
        True,
    )
    with pytest.raises(errors.OrderPaymentDiffers) as refused:
        bazaar.pay_order(buyer, "o1", money=1, payment="P1")
    assert (refused.value.paid, refused.value.expected) == (1, 990)
    bazaar.pay_order(buyer, "o1", money=990, payment="P1")
    cancelled = bazaar.cancel_order(buyer, "o1")
    assert (cancelled.order.pay_back, cancelled.lapsed) == (990, 0)
    with pytest.raises(errors.OrderState):
        bazaar.fulfil_order(buyer, "o1")


def test_the_list_tells_prices_and_reasons(bazaar: TallybookClient, buyer: str) -> None:
    items = {each.item: each for each in bazaar.list_items(buyer)}
    assert [reason.why for reason in items["dear"].reasons] == ["no_tag", "not_enough"]
    assert items["mug"].price.amount == 90
    assert items["mug"].limits[0].left == 100
    assert [each.item for each in items["gift"].choices] == ["voucher", "scarf"]
    quote = bazaar.get_item_quote(buyer, "lamp", units=31)
    assert (quote.amount, quote.money, list(quote.reasons)) == (31, 397, [])
    gift = bazaar.place_order(buyer, "gift", choice="voucher")
    assert len(gift.order.coupons) == 1


def test_refusals_have_their_facts(bazaar: TallybookClient, buyer: str) -> None:
    with pytest.raises(errors.UnknownItem):
        bazaar.place_order(buyer, "nothing")
    with pytest.raises(errors.ItemNotOffered) as refused:
        bazaar.place_order(buyer, "dear")
    assert (refused.value.why, refused.value.detail) == ("no_tag", "vip")
    with pytest.raises(errors.ItemOutOfStock) as out:
        bazaar.adjust_stock("mug", change=-1_000_000, reason="all of it")
    assert out.value.left == bazaar.get_stock("mug").stock.on_hand
    with pytest.raises(errors.ItemNotStocked):
        bazaar.adjust_stock("kettle", change=1, reason="more")
    with pytest.raises(errors.UnknownOrder):
        bazaar.get_order(buyer, "nothing")
    with pytest.raises(errors.FieldInvalid):
        bazaar.get_stock("")


def test_orders_go_in_batches(bazaar: TallybookClient, buyer: str) -> None:
    outcomes = bazaar.batch_post(
        [requests.place_order(buyer, "voucher", order_id=f"o{number}") for number in range(3)]
        + [requests.adjust_stock("mug", change=1, reason="found")]
    )
    assert not any(isinstance(each, errors.TallybookError) for each in outcomes)


def test_the_program_tells_its_items(bazaar: TallybookClient) -> None:
    items = {each.item: each for each in bazaar.get_program().program.mall}
    assert items["mug"].gives.sku == "MUG-1"
    assert items["lamp"].price.most_amount == 60
    assert list(items["gift"].gives.items) == ["voucher", "scarf"]
    assert items["kettle"].condition == "member.orders >= 0"
    assert not items["scarf"].HasField("price")


def test_the_command_line_orders_and_shows(
    served: Served, bazaar: TallybookClient, buyer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*arguments: str) -> str:
        assert main([arguments[0], "--address", served.address, "--program", "bazaar", *arguments[1:]]) == 0
        return capsys.readouterr().out

    assert "1 lamp for 60 points and 300 USD" in told("quote-item", buyer, "lamp")
    assert "o1  placed: 1 kettle for 10 points and 990 USD" in told(
        "order", buyer, "kettle", "--order-id", "o1"
    )
    assert "o1  paid" in told("pay-order", buyer, "o1", "990", "P1")
    assert "number RX1" in told("fulfil-order", buyer, "o1", "--carrier", "post", "--tracking", "RX1")
    assert "pay back 990 USD of payment P1" in told("return-order", buyer, "o1")
    assert "not: no_tag (vip)" in told("items", buyer)
    assert "or voucher" in told("items", buyer)
    assert "o1  returned" in told("orders", "--member", buyer, "--state", "returned")
    assert "+3," in told("stock", "mug", "--change", "3", "--reason", "delivered")
    assert ": delivered" in told("stock", "mug")
    assert "kettle: as many as are ordered" in told("stocks")
    told("order", buyer, "voucher", "--order-id", "o2")
    assert "cancelled" not in told("orders", "--member", buyer)
