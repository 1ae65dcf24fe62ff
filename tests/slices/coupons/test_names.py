"""What coupons are called: after the entry that issues them, and their place in it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
import tallybook as tb
from tallybook.coupons.issue import give_coupons
from tallybook.journal.folio import Folio, Standing
from tallybook.programs import compiled, parse

from tests.clocks import START
from tests.slices.coupons.drawer import PROGRAM, Drawer


def by_hand(entry: int, number: int) -> list[str]:
    """What so many coupons of an entry of m1's are called."""
    places = (f"shop\0m1\0{entry}\0{each}" for each in range(1, number + 1))
    return [hashlib.blake2b(place.encode(), digest_size=10).hexdigest() for place in places]


def test_coupons_of_an_entry_are_counted(drawer: Drawer) -> None:
    for _ in range(2):
        reply = drawer.do(tb.IssueCoupons, template="given", count=3, reason="thanks")
        assert [each.coupon for each in reply.coupons] == by_hand(reply.entry, 3)


def test_what_an_entry_issues_for_several_reasons_is_counted_on() -> None:
    folio, program = Folio("shop", "m1", Standing(version=6), exists=True), compiled(parse(PROGRAM), 1)
    given: list[str] = []
    for number in (1, 1, 3, 1, 7, 20, 1):
        given += give_coupons(folio, program, "given", number, START)
    assert given == by_hand(7, 34)


def test_what_a_coupon_costs_does_not_depend_on_how_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    made, hashed = 0, hashlib.blake2b

    def counted(*given: Any, **named: Any) -> Any:
        nonlocal made
        made += 1
        return hashed(*given, **named)

    monkeypatch.setattr(hashlib, "blake2b", counted)
    folio, program = Folio("shop", "m1", Standing(), exists=True), compiled(parse(PROGRAM), 1)
    give_coupons(folio, program, "given", 1000, START)
    assert made < 1000 + 30
    for _ in range(100):
        give_coupons(folio, program, "given", 1, START)
    assert made < 1000 + 101 * 30
