"""Unique codes: made in sheets, told once, claimed once, redeemed in stores; and how often they are tried."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest
import tallybook as tb
from sqlalchemy import create_engine, inspect, text

from tests.memory import peak_of
from tests.slices.coupons.drawer import Drawer, basket


def codes(drawer: Drawer, count: int = 1, **fields: Any) -> list[str]:
    """Codes for the template `paper`."""
    given = {"program": "shop", "template": "paper", "batch": "flyer", "count": count, **fields}
    return [each.code for each in drawer.book.coupons.issue_codes(tb.CodesToIssue(**given))]


def claim(drawer: Drawer, code: str, member: str = "m1", caller: str = "phone", request: str = "") -> str:
    """Have a member claim a code; returns the coupon."""
    drawer.requests += 1
    request = request or f"claim-{drawer.requests}"
    return str(drawer.book.coupons.claim("shop", member, caller, request, code).coupons[0].coupon)


def redeem(drawer: Drawer, code: str, request: str = "receipt-1") -> tb.RedeemedInStore:
    """Show a code at a till."""
    return drawer.book.coupons.redeem("shop", request, code, "s1", "kim", basket(3000))


def test_a_code_is_claimed_once_and_by_nobody_else(drawer: Drawer) -> None:
    drawer.enroll("m2")
    (code,) = codes(drawer)
    coupon = claim(drawer, code.lower().replace("-", " "))
    assert (drawer.view(coupon).template, drawer.view(coupon).has_code) == ("paper", True)
    with pytest.raises(tb.CodeNotAccepted):
        claim(drawer, code, "m2")
    with pytest.raises(tb.CouponNotClaimable, match="before"):
        claim(drawer, code)
    assert drawer.report("paper").issued == 1


def test_a_claim_that_comes_twice_is_one(drawer: Drawer) -> None:
    (code,) = codes(drawer)
    assert claim(drawer, code, request="x") == claim(drawer, code, request="x")
    assert len(drawer.names()) == 1


def test_a_code_that_all_know_is_claimed_in_the_same_way(drawer: Drawer) -> None:
    assert drawer.view(claim(drawer, "spring-24")).template == "spring"


def test_codes_are_counted_on_the_stock_when_they_are_made(drawer: Drawer) -> None:
    codes(drawer, 2_500)
    assert drawer.left("paper") == 2_500
    with pytest.raises(tb.CouponOutOfStock):
        codes(drawer, 2_501, batch="more")


def test_who_has_stopped_goes_on_and_what_was_not_told_is_dead(drawer: Drawer) -> None:
    issuing = drawer.book.coupons.issue_codes(
        tb.CodesToIssue(program="shop", template="paper", batch="flyer", count=2_100)
    )
    first = [next(issuing).code for _ in range(1_100)]
    with pytest.raises(tb.CodesExist):
        codes(drawer, 2_100)
    rest = codes(drawer, 2_100, after=1_050)
    assert len(rest) == 1_050
    claim(drawer, first[1_049])
    with pytest.raises(tb.CodeNotAccepted):
        claim(drawer, first[1_050])
    claim(drawer, rest[0])
    assert drawer.left("paper") == 5_000 - 2_100


def test_what_was_claimed_is_not_made_anew(drawer: Drawer) -> None:
    (code,) = codes(drawer)
    claim(drawer, code)
    with pytest.raises(tb.CodesExist):
        codes(drawer, 1, after=0)


def test_guesses_are_limited_and_answered_alike(drawer: Drawer) -> None:
    drawer.enroll("m2")
    (taken,) = codes(drawer)
    claim(drawer, taken, "m2")
    wrong = "0000-0000-0000-00000"
    left = []
    for code in (wrong, taken, wrong, taken, wrong):
        with pytest.raises(tb.CodeNotAccepted) as refused:
            claim(drawer, code)
        left.append(refused.value.tries_left)
    assert left == [4, 3, 2, 1, 0]
    (good,) = codes(drawer, batch="other")
    with pytest.raises(tb.TooManyTries):
        claim(drawer, good)
    claim(drawer, good, caller="another phone")


def test_a_code_of_another_program_is_none_here(drawer: Drawer) -> None:
    drawer.book.apply("program: other\ntimezone: UTC\nunits: {points: {kind: redeemable}}")
    (code,) = codes(drawer)
    with pytest.raises(tb.CodeNotAccepted):
        drawer.book.coupons.claim("other", "m1", "phone", "r1", code)


def test_a_code_is_redeemed_in_a_store_once_and_revoked(drawer: Drawer) -> None:
    (code,) = codes(drawer)
    with pytest.raises(tb.CodeNotAccepted):
        redeem(drawer, code, "too early")
    coupon = claim(drawer, code)
    first, again = redeem(drawer, code), redeem(drawer, code)
    assert (first.discount.coupon, first.discount.amount, again.replayed) == (coupon, 300, True)
    with pytest.raises(tb.CouponState, match="is used"):
        redeem(drawer, code, "receipt-2")
    drawer.do(tb.RevokeRedemption, order_id="receipt-1", operator="kim", reason="left it")
    redeem(drawer, code, "receipt-3")
    assert drawer.cost("paper") == 300


def test_a_coupon_that_is_given_away_or_void_has_no_code_any_more(drawer: Drawer) -> None:
    drawer.enroll("m2")
    given, void = codes(drawer, 2)
    drawer.do(tb.TransferCoupon, coupon=claim(drawer, given), to_member="m2")
    drawer.do(tb.VoidCoupon, coupon=claim(drawer, void), reason="lost")
    for number, code in enumerate((given, void)):
        with pytest.raises(tb.CodeNotAccepted):
            redeem(drawer, code, f"receipt-{number}")


def test_of_sixty_four_who_claim_a_code_one_gets_it(drawer: Drawer) -> None:
    (code,) = codes(drawer)
    members = [f"c{number}" for number in range(64)]
    drawer.book.do([drawer.make(tb.Enroll, member) for member in members])
    outcomes: list[str] = []

    def race(member: str) -> None:
        try:
            drawer.book.coupons.claim("shop", member, member, "race", code)
            outcomes.append("claimed")
        except (tb.CodeNotAccepted, tb.UnknownCouponCode):
            outcomes.append("refused")

    threads = [Thread(target=race, args=(member,)) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(outcomes) == {"claimed": 1, "refused": 63}


def test_no_code_is_in_the_database(drawer: Drawer, database_url: str) -> None:
    (code,) = codes(drawer)
    claim(drawer, code)
    redeem(drawer, code)
    engine = create_engine(database_url)
    with engine.connect() as connection:
        written = "".join(
            str(row)
            for table in inspect(engine).get_table_names()
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        )
    engine.dispose()
    assert "paper" in written
    assert code not in written
    assert code.replace("-", "") not in written


def test_codes_are_made_in_the_memory_of_a_sheet(drawer: Drawer) -> None:
    drawer.book.apply(drawer.book.program("shop").document.replace("stock: 5000", "stock: 100000"))
    issuing = drawer.book.coupons.issue_codes(
        tb.CodesToIssue(program="shop", template="paper", batch="flyer", count=12_000)
    )
    for _ in range(4_000):
        next(issuing)

    def all_issued() -> None:
        assert sum(1 for _ in issuing) == 8_000

    assert peak_of(all_issued) < 16 * 2**20


def test_codes_that_nobody_has_claimed_can_be_void(drawer: Drawer) -> None:
    issued = codes(drawer, 2_003)
    claim(drawer, issued[1_500])
    void = tb.CodesToVoid(
        program="shop", batch="flyer", first=1_500, last=2_002, reason="printed wrongly", request_id="v1"
    )
    assert drawer.book.coupons.void_codes(void) == 502
    assert drawer.book.coupons.void_codes(void) == 502, "a retry is the same again"
    assert drawer.book.coupons.void_codes(replace(void, request_id="v2")) == 0
    for number in (1_500, 2_002):
        with pytest.raises(tb.CodeNotAccepted):
            claim(drawer, issued[number - 1])
    claim(drawer, issued[2_002])
    sheet = drawer.report("paper")
    assert (sheet.issued, sheet.voided, sheet.open) == (2_003, 502, 1_501)
    assert drawer.left("paper") == 5_000 - 2_003, "what is void does not come back to the stock"
    with pytest.raises(tb.CodesExist):
        codes(drawer, 2_003, after=1_499)


def test_a_sheet_that_was_not_issued_has_no_codes(drawer: Drawer) -> None:
    codes(drawer, 1_000)
    void = tb.CodesToVoid(
        program="shop", batch="flyer", first=1, last=1_001, reason="printed wrongly", request_id="v1"
    )
    with pytest.raises(tb.UnknownMember):
        drawer.book.coupons.void_codes(void)
