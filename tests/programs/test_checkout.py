"""The checkout section: what it means, and what it cannot say."""

from __future__ import annotations

import pytest
import tallybook as tb
from tallybook.programs.checkout import Checkout, MemberDiscount
from tallybook.programs.rounding import Rounding

HEAD = """
program: shop
timezone: UTC
units:
  points: {kind: redeemable, scale: 1}
  growth: {kind: qualifying}
  usd: {kind: money, scale: 2}
stored_value: {usd: {currency: USD}}
"""
POINTS = 'kind: points, tender: points, unit: points, currency: USD, units: 3, worth: "0.02"'


def checkout(section: str) -> Checkout:
    return tb.compile_program(tb.parse_program(HEAD + "checkout:\n" + section), 1).checkout


def test_a_program_without_the_section_has_checkouts_without_tenders() -> None:
    plain = tb.compile_program(tb.parse_program(HEAD), 1).checkout
    assert (dict(plain.tenders), plain.refund_order) == ({}, ("payment",))
    assert (plain.member_discount, plain.rounding) == (MemberDiscount.BEFORE_COUPONS, Rounding.FLOOR)


def test_points_are_worth_what_is_said_exactly_and_in_steps() -> None:
    found = checkout(f"  tenders: [{{{POINTS}, step: 6, most_basis_points: 5000}}]")
    points = found.tenders["points"]
    assert (points.steps, points.worth, points.step) == (15, 1, 60)  # tenths of points, and cents
    assert points.worth_of(60) == 4
    assert points.most_for(1000, 20) == 120  # half of 20 cents are two and a half steps
    assert points.most_for(7, 1000) == 60


def test_what_paid_last_goes_back_first_unless_it_is_said() -> None:
    both = f"  tenders: [{{{POINTS}}}, {{kind: stored_value, tender: balance, unit: usd}}]\n"
    assert checkout(both).refund_order == ("payment", "balance", "points")
    named = checkout(both + "  refund_order: [points, balance, payment]")
    assert named.refund_order == ("points", "balance", "payment")


@pytest.mark.parametrize(
    ("section", "said"),
    [
        (f"  tenders: [{{{POINTS}, step: 1}}]", "tenders[0].step is worth a part of a minor unit of USD"),
        (f'  tenders: [{{{POINTS}, step: "0.05"}}]', "tenders[0].step is finer than points"),
        (f"  tenders: [{{{POINTS}}}, {{{POINTS}}}]", "tenders[1].tender is named twice"),
        ("  tenders: [{kind: stored_value, tender: payment, unit: usd}]", "choose another name"),
        ("  tenders: [{kind: stored_value, tender: p, unit: points}]", "is no money that stored_value keeps"),
        (f"  tenders: [{{{POINTS.replace('unit: points', 'unit: growth')}}}]", "are redeemable"),
        (f"  tenders: [{{{POINTS}}}]\n  refund_order: [payment]", "leaves out points"),
        (f"  tenders: [{{{POINTS}}}]\n  refund_order: [payment, pints]", "did you mean 'points'"),
        ("  hold_seconds: 604801", "is more than holds.longest_seconds, which is 604800"),
    ],
)
def test_what_makes_no_sense_is_told(section: str, said: str) -> None:
    with pytest.raises(tb.ProgramInvalid) as refused:
        checkout(section)
    assert said in str(refused.value)
