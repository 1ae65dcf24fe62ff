"""What one moment costs does not depend on how much else is due: scans and looks are counted, not seconds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import tallybook as tb
from tallybook.commands import KINDS
from tallybook.engine.decide import settle_folio
from tallybook.journal.accounts import LotKey
from tallybook.journal.due import Agenda
from tallybook.journal.folio import SETTLED
from tallybook.programs.compile import compiled
from tallybook.programs.parse import parse

from tests.journal.pages import START, Page

DOCUMENT = """
program: shop
timezone: UTC
units:
  points: {kind: redeemable}
  growth: {kind: qualifying, expiry: {kind: after_days, days: 400}}
ladders:
  status:
    validity: {kind: after_days, days: 5000}
    tiers:
      - code: silver
        any_of: [{units: {growth: 1}}]
"""


class Watched(dict[LotKey, int]):
    """Lots that count how often somebody looks through all of them."""

    scans = 0

    def __iter__(self) -> Iterator[LotKey]:
        self.scans += 1
        return super().__iter__()

    def items(self) -> Any:
        self.scans += 1
        return super().items()

    def values(self) -> Any:
        self.scans += 1
        return super().values()


def page_with(count: int, **fields: Any) -> Page:
    """A page on which so many lots vest, lapse and are held, each on days of its own."""
    page = Page(compiled(parse(DOCUMENT), revision=1))
    for n in range(count):
        day = (START + timedelta(days=n + 1)).date()
        page.award(10, expires_on=day)
        page.award(10, vests_on=day)
        page.award(10, "growth", expires_on=day)
        page.hold(1, f"H{n}", seconds=3600 * (n + 1))
    return page


def settled(page: Page, at_most: int | None = None) -> int:
    """Let ten years pass; returns how many moments there were."""
    before = len(page.folio.sealed)
    settle_folio(page.folio, page.program, START + timedelta(days=3650), KINDS.effects, at_most=at_most)
    return len(page.folio.sealed) - before


def test_lots_are_looked_through_as_often_whatever_their_number() -> None:
    scans = []
    for count in (20, 80):
        page = page_with(count)
        page.folio.lots = watched = Watched(page.folio.lots)
        assert settled(page) > 3 * count
        scans.append(watched.scans)
    assert scans[0] == scans[1] < 20


def test_twice_as_much_that_is_due_is_looked_at_twice_as_often(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[Any] = []
    look = Agenda._due

    def counting(agenda: Agenda, each: Any) -> Any:
        looks.append(each)
        return look(agenda, each)

    monkeypatch.setattr(Agenda, "_due", counting)
    counts = []
    for count in (40, 80):
        page = page_with(count)
        looks.clear()
        settled(page)
        counts.append(len(looks))
    assert counts[1] < 2.1 * counts[0]


@pytest.mark.parametrize("at_most", [1, 3, 50])
def test_a_page_that_is_settled_in_parts_is_the_same_in_the_end(at_most: int) -> None:
    whole, parts = page_with(10), page_with(10)
    settled(whole)
    moments = [settled(parts, at_most)]
    while moments[-1] == at_most:
        moments.append(settled(parts, at_most))
    assert max(moments) <= at_most
    assert [(each.kind, each.occurred_at) for each in parts.entries] == [
        (each.kind, each.occurred_at) for each in whole.entries
    ]
    assert parts.postings == whole.postings
    assert parts.folio.note(SETTLED) is None
    assert parts.lots == whole.lots


def test_growth_that_repays_what_is_owed_when_it_vests_is_looked_at_again() -> None:
    page = Page(compiled(parse(DOCUMENT), revision=1))
    page.award(10, "growth", vests_on=(START + timedelta(days=3)).date())
    page.do(tb.Adjust, {"unit": "growth", "amount": -4, "reason": "test", "allow_arrears": True})
    settled(page)
    vested = next(each for each in page.entries if each.kind == "vest")
    assert [each.kind for each in page.entries if each.occurred_at == vested.occurred_at] == [
        "review_tiers",  # what was to come has come
        "vest",
        "review_tiers",  # and is less
    ]
