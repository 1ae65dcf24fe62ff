"""What tenders pay where a member may not spend all there is: what is quoted can be held and captured."""

from __future__ import annotations

import pytest
import tallybook as tb

from tests.slices.checkout.shop import PROGRAM, Shop, basket


def limited(**sections: str) -> str:
    """The shop with a limit of spending, and with velocity limits."""
    spend = f"    limits: {{spend: {sections['spend']}}}\n" if "spend" in sections else ""
    rows = f"velocity: {{burst: {sections['velocity']}}}\n" if "velocity" in sections else ""
    return PROGRAM.replace("    currency: USD\n    plans", f"    currency: USD\n{spend}    plans") + rows


@pytest.mark.parametrize(
    ("document", "paid"),
    [
        (limited(spend='{a_day: "10.00"}'), {"balance": 700}),
        (limited(spend='{at_once: "4.50"}'), {"balance": 450}),
        (limited(spend='{at_once: "8.00", a_day: "9.00"}'), {"balance": 600}),
        (limited(spend='{at_once: "2.00", a_day: "9.00"}'), {"balance": 200}),
        (limited(spend='{a_day: "3.00"}'), {}),
        (
            limited(velocity='{what: money_spent, unit: usd, most: "10.00", period: day, then: refuse}'),
            {"balance": 700},
        ),
        (
            limited(velocity='{what: money_spent, unit: usd, most: "1.00", period: day, then: review}'),
            {"balance": 3000},
        ),
        (
            limited(
                spend='{a_day: "9.00"}',
                velocity='{what: money_spent, unit: usd, most: "8.00", period: hour, then: refuse}',
            ),
            {"balance": 500},
        ),
    ],
)
def test_a_balance_pays_as_much_as_limits_leave_of_it(
    shop: Shop, document: str, paid: dict[str, int]
) -> None:
    shop.book.apply(document)
    shop.enroll(money=5000)
    for _ in range(2):
        shop.do(tb.SpendValue, unit="usd", amount=150)
    quote = shop.quote("o1", basket(3000), balance="most")
    assert {each.tender: each.amount for each in quote.tenders} == paid
    assert quote.payment == 3000 - sum(paid.values())
    shop.hold("o1", quote)
    captured = shop.capture("o1")
    assert {each.tender: each.amount for each in captured.tenders} == paid


def test_points_pay_as_many_whole_steps_as_a_limit_leaves_of_them(shop: Shop) -> None:
    shop.book.apply(
        limited(velocity="{what: units_redeemed, unit: points, most: 256, period: day, then: refuse}")
    )
    shop.enroll(points=5000)
    shop.do(tb.Redeem, unit="points", amount=31)
    captured = shop.buy("o1", basket(3000), points="most")
    assert [each.units for each in captured.tenders] == [220]
    with pytest.raises(tb.VelocityExceeded):
        shop.quote("o2", basket(3000), points=10)
    assert shop.quote("o2", basket(3000), points="most").tenders == ()


def test_two_tenders_of_one_unit_share_what_a_day_leaves(shop: Shop) -> None:
    other = "{kind: stored_value, tender: wallet, unit: usd}"
    document = limited(spend='{at_once: "4.00", a_day: "6.00"}')
    shop.book.apply(document.replace("  quote_seconds", f"    - {other}\n  quote_seconds"))
    shop.enroll(money=5000)
    tenders = tuple(tb.AskedTender(tender=name) for name in ("balance", "wallet"))
    asked = shop.do(tb.QuoteCheckout, order_id="o1", basket=basket(3000), tenders=tenders)
    assert [(each.tender, each.amount) for each in asked.quote.tenders] == [("balance", 400), ("wallet", 200)]
    shop.hold("o1", asked.quote)
    assert shop.has("usd") == (5400, 600)
    again = shop.do(tb.QuoteCheckout, order_id="o1", basket=basket(1000), tenders=tenders)
    assert [each.amount for each in again.quote.tenders] == [400, 200], "what the order holds is let go of"
    shop.hold("o1", again.quote)
    assert shop.capture("o1").payment == 400


def test_more_than_limits_leave_is_refused_where_it_is_asked_for(shop: Shop) -> None:
    shop.book.apply(limited(spend='{a_day: "10.00"}'))
    shop.enroll(money=5000)
    with pytest.raises(tb.LimitExceeded) as refused:
        shop.quote("o1", basket(3000), balance=1001)
    assert (refused.value.asked, refused.value.left) == (1001, 1000)
