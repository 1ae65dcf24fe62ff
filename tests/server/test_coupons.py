"""Coupons through the real client: claimed, reserved, used, returned; by codes, in stores and in batches."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
import tallybook as tb
from tallybook_client import Basket, BasketLine, CouponState, TallybookClient, errors, requests
from tallybook_client.cli import main
from tallybook_server.convert_coupons import STATES

from tests.conftest import DATABASE_KINDS, FIXTURES
from tests.databases import Databases
from tests.server.serving import Served, serving

PROGRAM = """
program: vouchers
timezone: UTC
units: {points: {kind: redeemable}}
coupons:
  five:
    currency: USD
    offer: {kind: amount_off, amount: "5.00"}
    validity: {kind: after_issue, days: 10}
    min_spend: "20.00"
    claims: {}
    transferable: true
    revocable_within_seconds: 3600
  ever:
    currency: USD
    offer: {kind: percentage, basis_points: 1000}
    validity: {kind: between}
    stock: 10
  paper:
    currency: USD
    offer: {kind: amount_off, amount: "3.00"}
    validity: {kind: after_issue, days: 10}
    codes: {kind: unique}
  spring:
    currency: USD
    offer: {kind: amount_off, amount: "2.00"}
    validity: {kind: after_issue, days: 10}
    codes: {kind: shared, text: SPRING24}
"""
BASKET = Basket(currency="USD", lines=[BasketLine(amount=2_000), BasketLine(amount=1_000)])


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def keyed(request: pytest.FixtureRequest) -> Iterator[Served]:
    """A server with a key for codes."""
    name = FIXTURES[request.param]
    databases: Databases = request.getfixturevalue(name)
    url = databases.create()
    try:
        with serving(url, "--workers", "1", env={"TALLYBOOK_CODE_KEY": "the key of coupons"}) as served:
            yield served
    finally:
        databases.drop(url)


@pytest.fixture(scope="module")
def vouchers(keyed: Served) -> Iterator[TallybookClient]:
    with keyed.client(program="vouchers") as client:
        client.apply_program(PROGRAM)
        yield client


def enrolled(vouchers: TallybookClient) -> str:
    name = f"v-{secrets.token_hex(6)}"
    vouchers.enroll_member(name)
    return name


def test_every_state_is_in_the_contract() -> None:
    assert set(STATES) == set(tb.CouponStanding)
    assert len(set(STATES.values())) == len(CouponState.keys()) - 1


def test_a_coupon_goes_through_its_life(vouchers: TallybookClient) -> None:
    amy, bob = enrolled(vouchers), enrolled(vouchers)
    claimed = vouchers.claim_coupon(amy, template="five", request_id="c1").coupon
    assert vouchers.claim_coupon(amy, template="five", request_id="c1").replayed
    found = vouchers.evaluate_basket(amy, BASKET)
    assert (found.best_amount, found.is_proven, found.usable[0].coupon) == (500, True, claimed.coupon)
    reserved = vouchers.reserve_coupons(amy, order_id="o1", coupons=[claimed.coupon], basket=BASKET)
    assert (reserved.amount, list(reserved.coupons)) == (500, [claimed.coupon])
    order = vouchers.get_coupon_order(amy, "o1")
    assert (order.state, list(order.coupons), order.amount) == ("reserved", [claimed.coupon], 0)
    (other,) = vouchers.evaluate_basket(amy, BASKET).unusable
    assert (other.reasons[0].why, other.reasons[0].detail) == ("reserved", "o1")
    used = vouchers.use_coupons(amy, order_id="o1")
    assert dict(used.discounts[0].shares) == {"1": 333, "2": 167}
    with pytest.raises(errors.CouponState) as refused:
        vouchers.use_coupons(amy, order_id="o2", coupons=[claimed.coupon], basket=BASKET)
    assert (refused.value.coupon, refused.value.state) == (claimed.coupon, "used")
    back = vouchers.return_coupons(amy, order_id="o1", lines={"1": 1, "2": 1})
    assert (back.amount, back.coupons[0].is_back) == (500, True)
    order = vouchers.get_coupon_order(amy, "o1")
    assert (order.state, order.amount, dict(order.returned)) == ("used", 500, {"1": 1, "2": 1})
    assert list(order.given_back) == [claimed.coupon]
    moved = vouchers.transfer_coupon(amy, bob, claimed.coupon)
    assert moved.coupon.coupon == claimed.coupon
    vouchers.void_coupon(bob, claimed.coupon, reason="mistake")
    seen = vouchers.get_coupon(bob, claimed.coupon).coupon
    assert (seen.state, seen.returns) == (CouponState.COUPON_STATE_VOIDED, 1)


def test_a_reservation_is_let_go(vouchers: TallybookClient) -> None:
    amy = enrolled(vouchers)
    coupon = vouchers.claim_coupon(amy, template="five").coupon.coupon
    vouchers.reserve_coupons(amy, order_id="o1", coupons=[coupon], seconds=60)
    assert list(vouchers.release_coupons(amy, order_id="o1").coupons) == [coupon]
    with pytest.raises(errors.UnknownCouponOrder):
        vouchers.release_coupons(amy, order_id="o1")
    assert [each.coupon for each in vouchers.list_coupons(amy)] == [coupon]


def test_a_stock_runs_out(vouchers: TallybookClient) -> None:
    amy = enrolled(vouchers)
    left = next(each.left for each in vouchers.list_coupon_templates().templates if each.template == "ever")
    given = vouchers.issue_coupons(amy, "ever", reason="sorry", count=left)
    assert not given.coupons[0].HasField("ends_at")
    with pytest.raises(errors.CouponOutOfStock) as refused:
        vouchers.issue_coupons(amy, "ever", reason="sorry")
    assert (refused.value.asked, refused.value.left) == (1, 0)


def test_codes_are_made_claimed_and_redeemed(vouchers: TallybookClient) -> None:
    amy, bob = enrolled(vouchers), enrolled(vouchers)
    batch = secrets.token_hex(4)
    messages = vouchers.issue_coupon_codes(batch, template="paper", count=1_150)
    codes = [each.code for message in messages for each in message.codes]
    assert len(set(codes)) == 1_150
    coupon = vouchers.claim_coupon_code(amy, codes[0], caller="phone").coupon.coupon
    with pytest.raises(errors.CodeNotAccepted):
        vouchers.claim_coupon_code(bob, codes[0], caller="another phone")
    redeemed = vouchers.redeem_coupon_code(
        codes[0], store="s1", operator="kim", basket=BASKET, request_id=batch
    )
    assert (redeemed.order_id, redeemed.discount.coupon, redeemed.discount.amount) == (batch, coupon, 300)
    assert vouchers.claim_coupon_code(bob, "spring24", caller="phone").coupon.template == "spring"


def test_a_redemption_in_a_store_is_revoked(vouchers: TallybookClient) -> None:
    amy = enrolled(vouchers)
    coupon = vouchers.claim_coupon(amy, template="five").coupon.coupon
    done = vouchers.redeem_in_store(amy, coupon, store="s1", operator="kim", basket=BASKET, order_id="r1")
    assert done.discount.amount == 500
    undone = vouchers.revoke_redemption(amy, order_id="r1", operator="kim", reason="wrong one")
    assert (undone.coupon, undone.amount) == (coupon, 500)
    with pytest.raises(errors.CouponOrderState):
        vouchers.revoke_redemption(amy, order_id="r1", operator="kim", reason="again")


def test_a_report_tells_what_became_of_coupons(vouchers: TallybookClient) -> None:
    amy = enrolled(vouchers)
    before = {each.template: each for each in vouchers.get_coupon_report().sheets}["five"]
    coupon = vouchers.claim_coupon(amy, template="five").coupon.coupon
    vouchers.use_coupons(amy, order_id="o1", coupons=[coupon], basket=BASKET)
    after = {each.template: each for each in vouchers.get_coupon_report().sheets}["five"]
    assert (after.issued - before.issued, after.used - before.used) == (1, 1)
    assert sum(c.amount for c in after.costs) - sum(c.amount for c in before.costs) == 500


def test_coupons_are_given_in_batches(vouchers: TallybookClient) -> None:
    members = [enrolled(vouchers) for _ in range(3)]
    outcomes = vouchers.batch_post([requests.claim_coupon(each, template="five") for each in members])
    assert all(not isinstance(each, Exception) for each in outcomes)
    assert [len(list(vouchers.list_coupons(each))) for each in members] == [1, 1, 1]


def test_the_command_line_gives_lists_and_reports_coupons(
    keyed: Served, vouchers: TallybookClient, capsys: pytest.CaptureFixture[str]
) -> None:
    amy = enrolled(vouchers)

    def told(*words: str) -> str:
        assert main([*words, "--address", keyed.address, "--program", "vouchers"]) == 0
        return capsys.readouterr().out

    coupon = told("claim-coupon", amy, "five").split()[0]
    assert f"{coupon}  five issued until" in told("coupons", amy)
    assert told("void-coupon", amy, coupon, "--reason", "mistake") == f"{coupon} is void\n"
    assert "five voided" in told("coupons", amy, "--state", "voided")
    code = told("issue-coupon-codes", secrets.token_hex(4), "paper", "2").split()[1]
    assert "  paper until" in told("claim-coupon-code", amy, code)
    assert "ever  ever: USD" in told("coupon-templates")
    assert "five: " in told("coupon-report")


def test_the_command_line_goes_through_an_order(
    keyed: Served, vouchers: TallybookClient, capsys: pytest.CaptureFixture[str]
) -> None:
    amy, bob = enrolled(vouchers), enrolled(vouchers)
    coupon = vouchers.claim_coupon(amy, template="five").coupon.coupon
    goods = ("--line", "sku=A1,amount=2000", "--line", "amount=1000")

    def told(*words: str) -> list[str]:
        assert main([*words, "--address", keyed.address, "--program", "vouchers"]) == 0
        return capsys.readouterr().out.splitlines()

    assert told("evaluate-basket", amy, *goods)[0] == "the best together: 500 off"
    assert "below_spend" in told("evaluate-basket", amy, "--line", "amount=10")[1]
    takes = f"{coupon}  five takes 500 off: 1 333, 2 167"
    assert told("reserve-coupons", amy, "o1", coupon, "--for", "5m", *goods)[1] == takes
    assert told("coupon-order", amy, "o1")[0].startswith("reserved since")
    assert told("release-coupons", amy, "o1") == [f"released {coupon}"]
    assert told("use-coupons", amy, "o2", coupon, *goods) == ["500 off", takes]
    assert told("return-coupons", amy, "o2", "--pieces", "1=1")[0] == "333 are no cost any more"
    assert told("return-coupons", amy, "o2", "--cancelled")[1] == f"{coupon}  five came back, and is issued"
    assert told("coupon-order", amy, "o2")[-1] == f"came back: {coupon}"
    assert told("transfer-coupon", amy, bob, coupon) == [f"{coupon}  five is given away"]
    receipt = told("redeem-in-store", bob, coupon, "north", "kim", "--order", "r1", *goods)
    assert receipt == [f"receipt r1: {takes}"]


def test_unclaimed_codes_are_void_by_their_numbers(
    keyed: Served, vouchers: TallybookClient, capsys: pytest.CaptureFixture[str]
) -> None:
    amy, batch = enrolled(vouchers), secrets.token_hex(4)
    issued = [
        each for told in vouchers.issue_coupon_codes(batch, template="paper", count=3) for each in told.codes
    ]
    vouchers.claim_coupon_code(amy, issued[0].code, caller="phone")
    words = ("void-coupon-codes", batch, "1", "2", "--reason", "lost", "--request-id", "v1")
    for _ in range(2):
        assert main([*words, "--address", keyed.address, "--program", "vouchers"]) == 0
        assert capsys.readouterr().out == "1 codes are void\n"
    with pytest.raises(errors.CodeNotAccepted):
        vouchers.claim_coupon_code(amy, issued[1].code, caller="phone")
    vouchers.claim_coupon_code(amy, issued[2].code, caller="phone")
    with pytest.raises(errors.FieldInvalid):
        vouchers.void_coupon_codes(batch, first=1, last=2, reason="")


@pytest.mark.parametrize(
    ("lost", "reason"),
    [
        (lambda c, m: c.claim_coupon(m, template="nothing"), errors.UnknownCouponTemplate),
        (lambda c, m: c.claim_coupon(m, code="NOTHING"), errors.UnknownCouponCode),
        (lambda c, m: c.claim_coupon(m, template="ever"), errors.CouponNotClaimable),
        (lambda c, m: c.get_coupon(m, "nothing"), errors.UnknownCoupon),
    ],
)
def test_what_cannot_be_is_told_by_its_reason(vouchers: TallybookClient, lost, reason) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(reason):
        lost(vouchers, enrolled(vouchers))
