"""What became of events that came with a merge, and of rewards that went elsewhere, is explained."""

from collections.abc import Callable

import pytest
import tallybook as tb

from tests.slices.earning.market import BASE, Market, document

OpenMarket = Callable[[str], Market]


@pytest.mark.parametrize("paid", ["card", "points"])
def test_what_came_with_a_merge_is_told_as_it_was_and_what_became_of_it(
    open_market: OpenMarket, paid: str
) -> None:
    market = open_market(document(spend={"excluded_tenders": ["points", "voucher"]}))
    market.enroll("m2")
    market.do(tb.Award, "m2", unit="points", amount=500)
    spent = market.do(tb.Redeem, "m2", unit="points", amount=500).entry
    first = tb.Tender(kind="voucher", amount=500)
    if paid == "points":
        first = tb.Tender(kind="points", amount=500, entry=spent)
    tenders = first, tb.Tender(kind="card", amount=1500)
    market.buy("o1", 1000, member="m2")
    market.buy("o2", 2000, tenders=tenders, member="m2")
    market.refund("r2", "o2", amount=1000, member="m2")
    market.refund("r3", "o3", amount=9000, member="m2")
    market.buy("o3", 3000, member="m2")
    merged = market.do(tb.MergeMembers, other="m2").entry
    found = {
        told.decisions[0].event: told
        for told in map(market.explain, range(2, merged))
        if told.kind == "record_event" and told.decisions
    }
    assert list(found) == ["purchase/o1", "purchase/o2", "purchase/o3"]
    for told, amount in zip(found.values(), (10, 15, 30), strict=True):
        assert (told.postings, told.rejected) == ((), {})
        (decision,) = told.decisions
        assert (decision.entry, decision.before, decision.taken) == (told.entry, None, ())
        assert [each.reward.amount for each in decision.rewards] == [amount]
    since = {event: told.since.taken for event, told in found.items() if told.since is not None}
    assert [(event, [each.amount for each in taken]) for event, taken in since.items()] == [
        ("purchase/o2", [7])
    ]
    (decision,) = market.explain(market.refund("r4", "o2").entry).decisions
    assert [(each.before, each.amount) for each in decision.taken] == [(7, 8)]


def test_what_refunds_took_of_a_reward_that_goes_elsewhere_is_given_back(open_market: OpenMarket) -> None:
    first = {"unit": "points", "formula": {"kind": "fixed", "units": 50}, "condition": "order.ordinal == 1"}
    market = open_market(document({"base": BASE, "first": first}))
    market.buy("o2", 1000)
    market.refund("r2", "o2", amount=400)
    late = market.explain(market.buy("o1", 3000, at=market.ago(1)).entry)
    own, other = late.decisions
    assert [each.reward.amount for each in own.rewards] == [30, 50]
    assert other.before is not None
    assert [each.amount for each in other.before] == [10, 50]
    assert other.taken == (
        tb.Reclaimed(rule="first", unit="points", fund="house", reward=0, part="2/5", before=20, amount=-20),
    )
    moved = [each.amount if each.from_account == "issued" else -each.amount for each in late.postings]
    assert sum(moved) == 30 + 50 - 50 + 20
    assert late.sentences[2:4] == (
        "purchase/o2 was decided anew; first gave 50 Points before, and now nothing.",
        "first of purchase/o2: refunds had taken 20 Points of it; this entry gives that back.",
    )
