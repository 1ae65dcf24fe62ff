"""Mistakes in coupon templates, each found at its place: a table of bad documents."""

import pytest

from tests.programs.documents import SMALL
from tests.programs.told import assert_told

# SMALL has five lines; what is put to the test comes on line 10.
SHOP = (
    SMALL
    + """\
calendars: {tuesdays: {weekdays: [tue]}}
ladders: {status: {tiers: [{code: gold}]}}
coupons:
  first: {currency: USD, offer: {kind: free_shipping}, validity: {kind: between}, \
group: basic, codes: {kind: shared, text: SPRING}}
"""
)
COUPON = "  c: {{currency: USD, offer: {{kind: free_shipping}}, validity: {{kind: between}}, {}}}\n"
OFFER = "  c: {{currency: USD, validity: {{kind: between}}, offer: {}}}\n"
VALIDITY = "  c: {{currency: USD, offer: {{kind: free_shipping}}, validity: {}}}\n"

IN_A_COUPON = [
    ("calendars: [tuesday]", "10:91 coupons.c.calendars[0] is not a calendar of this program ? tuesdays"),
    ("calenders: [tuesdays]", "10:79 coupons.c.calenders is not a name that belongs here ? calendars"),
    ("channels: [app, app]", "10:95 coupons.c.channels[1] is named twice"),
    ("stores: s1", "10:87 coupons.c.stores must be a list"),
    ("lines: {}", "10:79 coupons.c.lines must say which lines count"),
    ("counted_lines: {sku: [A]}", "10:95 coupons.c.counted_lines.sku is not a name that belongs ? skus"),
    ("min_spend: '0.001'", "10:90 coupons.c.min_spend has more than the 2 decimals of USD"),
    ("min_spend: 1.5", "10:90 coupons.c.min_spend is not a whole number: an exact"),
    ("min_quantity: 0", "10:93 coupons.c.min_quantity must be at least 1"),
    ("spend_after_coupons: true", "10:100 coupons.c.spend_after_coupons goes with min_spend"),
    ("tiers: [gould]", "10:87 coupons.c.tiers[0] is not a tier of this program ? gold"),
    (
        "condition: order.totl > 1",
        "10:90 coupons.c.condition is wrong at column 1: order.totl is not a variable ? order.total",
    ),
    ("condition: order.total", "10:90 coupons.c.condition must be true or false, and this is of type int"),
    (
        "stacks_with: {kind: groups, groups: [basics]}",
        "10:116 coupons.c.stacks_with.groups[0] is not a group of coupons of this program ? basic",
    ),
    ("stacks_with: {kind: groups, groups: []}", "10:107 coupons.c.stacks_with.groups must not be empty"),
    ("stacks_with: {kind: all}", "10:99 coupons.c.stacks_with.kind must be one of any, groups, never"),
    ("stacks_with: any", "10:92 coupons.c.stacks_with must say its kind and what belongs to it"),
    ("exclusive_group: e, most_per_order: 2", "10:115 coupons.c.most_per_order is more than 1, and its excl"),
    ("most_per_order: 101", "10:95 coupons.c.most_per_order must be at most 100"),
    ("stock: 0", "10:86 coupons.c.stock must be at least 1"),
    (
        "limits: [{period: dya, most: 1}]",
        "10:97 coupons.c.limits[0].period must be one of day, week, month, year, life ? day",
    ),
    (
        "limits: [{period: day, most: 1}, {period: day, most: 2}]",
        "10:112 coupons.c.limits[1] is a second limit for each day",
    ),
    ("fund: hose", "10:85 coupons.c.fund is not a fund of this program ? house"),
    (
        "returns: {on_partial_refund: sometimes}",
        "10:108 coupons.c.returns.on_partial_refund must be one of never, below_minimum, always",
    ),
    ("codes: {kind: shared}", "10:79 coupons.c.codes.text is missing"),
    ("codes: {kind: shared, text: -a}", "10:107 coupons.c.codes.text must be 3 to 32 letters, digits and"),
    ("codes: {kind: shared, text: Spring}", "10:107 coupons.c.codes.text is the code of first as well"),
    ("codes: {kind: uniqe}", "10:93 coupons.c.codes.kind must be one of none, shared, unique ? unique"),
    ("reserve_seconds: 0", "10:96 coupons.c.reserve_seconds must be at least 1"),
]

IN_AN_OFFER = [
    ("{kind: percent, basis_points: 1}", "10:63 coupons.c.offer.kind must be one of ? percentage"),
    ("{kind: percentage, basis_points: 10001}", "10:89 coupons.c.offer.basis_points must be at most 10000"),
    (
        "{kind: percentage, percent: 10}",
        "10:49 coupons.c.offer.basis_points is missing / 10:75 coupons.c.offer",
    ),
    ("{kind: amount_off, amount: '0.001'}", "10:83 coupons.c.offer.amount has more than the 2 decimals of"),
    ("{kind: nth_item, nth: 1, price: 1}", "10:78 coupons.c.offer.nth must be at least 2"),
    ("{kind: nth_item, nth: 2}", "10:49 coupons.c.offer must say price or basis_points, one of them"),
    (
        "{kind: nth_item, nth: 2, price: 1, basis_points: 1}",
        "10:49 coupons.c.offer must say price or basis_points, one of them",
    ),
    ("{kind: free_item, which: best}", "10:81 coupons.c.offer.which must be one of cheapest, dearest"),
    ("{kind: fixed_price, price: 1, pieces: 0}", "10:94 coupons.c.offer.pieces must be at least 1"),
]

IN_A_VALIDITY = [
    ("{kind: after_issue}", "10:52 coupons.c.validity.days is missing"),
    ("{kind: after_issue, days: 0}", "10:88 coupons.c.validity.days must be at least 1"),
    ("{kind: after_isue, days: 1}", "10:69 coupons.c.validity.kind must be one of ? after_issue"),
    ("{kind: between, from: 2026-02-30}", "10:84 coupons.c.validity.from must be a date, or a moment"),
    (
        "{kind: between, from: 2026-02-01, until: 2026-01-31}",
        "10:103 coupons.c.validity.until is not after 2026-02-01, from which on coupons can be used",
    ),
]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        *((SHOP + COUPON.format(part), expected) for part, expected in IN_A_COUPON),
        *((SHOP + OFFER.format(part), expected) for part, expected in IN_AN_OFFER),
        *((SHOP + VALIDITY.format(part), expected) for part, expected in IN_A_VALIDITY),
        (
            SHOP + "  c: {currency: USD}\n",
            "10:3 coupons.c.offer is missing / 10:3 coupons.c.validity is missing",
        ),
    ],
)
def test_a_mistake_is_told_where_it_stands(document: str, expected: str) -> None:
    assert_told(document, expected)
