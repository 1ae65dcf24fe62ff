"""Refunds whose order is not known are listed over all members, page by page, until the order comes."""

from collections.abc import Callable

import pytest
import tallybook as tb

from tests.slices.earning.market import Market, document

OpenMarket = Callable[[str], Market]


def page(market: Market, size: int = 0, token: str = "") -> tb.WaitingPage:
    return market.book.ask(tb.WaitingRefunds(program="market", page_size=size, page_token=token))


def listed(market: Market, size: int) -> list[list[tuple[str, str, str]]]:
    """Member, order and refund on every page."""
    found = page(market, size)
    pages = [found.refunds]
    while found.next_page_token:
        found = page(market, size, found.next_page_token)
        pages.append(found.refunds)
    return [[(each.member, each.order, each.refund) for each in refunds] for refunds in pages]


def test_a_refund_is_listed_until_its_order_comes(open_market: OpenMarket) -> None:
    market = open_market(document())
    at = market.clock.now
    entry = market.refund("r1", "o1", amount=500).entry
    assert page(market).refunds == (
        tb.WaitingRefundView(member="m1", order="o1", refund="r1", occurred_at=at, entry=entry, problem=""),
    )
    market.buy("o1", 1000, at=market.ago(1))
    assert page(market) == tb.WaitingPage(refunds=(), next_page_token="")


def test_one_that_its_order_could_not_take_stays_with_the_reason(open_market: OpenMarket) -> None:
    market = open_market(document())
    market.refund("r1", "o1", amount=500)
    market.refund("r2", "o1", amount=5000)
    market.buy("o1", 1000, at=market.ago(1))
    (left,) = page(market).refunds
    assert left.refund == "r2"
    assert left.problem.startswith("5000 were to be refunded of the goods of order 'o1'")


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7])
def test_pages_of_any_size_come_to_the_same(open_market: OpenMarket, size: int) -> None:
    market = open_market(document())
    market.enroll("m2", "a1")
    expected = []
    for member, order, count in (("a1", "z", 1), ("m1", "b", 3), ("m1", "c", 1), ("m2", "a", 1)):
        for number in range(count):
            refund = f"{order}{number}"
            market.refund(refund, order, amount=1, member=member)
            expected.append((member, order, refund))
    pages = listed(market, size)
    assert [each for found in pages for each in found] == expected
    assert {len(found) for found in pages[:-1]} <= {size}
    assert pages[-1]


def test_a_token_belongs_to_its_program(open_market: OpenMarket) -> None:
    market = open_market(document())
    market.refund("r1", "o1")
    market.refund("r2", "o2")
    token = page(market, 1).next_page_token
    market.book.apply(document(program="other"))
    with pytest.raises(tb.PageTokenInvalid):
        market.book.ask(tb.WaitingRefunds(program="other", page_token=token))
    with pytest.raises(tb.UnknownProgram):
        market.book.ask(tb.WaitingRefunds(program="nothing"))
