"""Every entry says why it moved what it moved, as data and in sentences."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import tallybook as tb
from tallybook.earning.movements import BROUGHT, TOOK
from tallybook.journal.accounts import BUDGET, COUPON_ACCOUNTS, DRAWN, HOUSE_ACCOUNTS, STOCK_ACCOUNTS

from tests.clocks import SetClock
from tests.slices.earning.market import BASE, Market, document, purchase

OpenMarket = Callable[[str], Market]

FIXED_5: Any = {"kind": "fixed", "units": 5}


def test_a_rate_tells_what_counted_and_what_was_rounded(open_market: OpenMarket) -> None:
    market = open_market(document())
    entry = market.buy("o1", 7000, 200, 99).entry
    found = market.explain(entry)
    assert found.sentences == (
        "base: 72.99 USD of 3 lines at 1 Points for 1.00 USD comes to 72.99, rounded down 72 Points.",
        "base: of it 69 for line 1, 2 for line 2, 1 for line 3.",
        "72 Points given, never to lapse.",
    )
    (decision,) = found.decisions
    (earned,) = decision.rewards
    assert (found.kind, found.revision, decision.event, decision.revision) == (
        "record_event", 1, "purchase/o1", 1,
    )  # fmt: skip
    assert (earned.formula, earned.rounding, earned.reward.exact) == ("rate", "floor", "7299/100")
    assert earned.lines == (
        tb.CountedLine("1", 7000, 69),
        tb.CountedLine("2", 200, 2),
        tb.CountedLine("3", 99, 1),
    )
    assert found.postings == market.book.ask(tb.GetEntry(program="market", member="m1", entry=entry)).postings


def test_only_lines_that_count_are_told(open_market: OpenMarket) -> None:
    dairy = {**BASE, "lines": {"categories": ["dairy"]}}
    market = open_market(document({"dairy": dairy}))
    milk = tb.Line(line_id="milk", category="dairy", amount=300)
    found = market.explain(market.buy("o1", milk, tb.Line(line_id="nail", amount=900)).entry)
    assert found.sentences[0] == "dairy: 3.00 USD of 1 line at 1 Points for 1.00 USD comes to 3 Points."
    assert found.decisions[0].rewards[0].lines == (tb.CountedLine("milk", 300, 3),)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            {"unit": "stars", "formula": {"kind": "rate", "units": 1, "per": "3.00", "currency": "USD"}},
            "rule: 10.00 USD of 2 lines at 1.00 Stars for 3.00 USD comes to 3 1/3, rounded down 3.33 Stars.",
        ),
        (
            {**BASE, "formula": {**BASE["formula"], "units": "0.25"}, "rounding": "half_even"},
            "rule: 10.00 USD of 2 lines at 1 Points for 4.00 USD comes to 2.5, rounded half to even"
            " 2 Points.",
        ),
        (
            {"unit": "points", "formula": {"kind": "quantity", "units": 5, "per": 2}},
            "rule: 4 pieces of 2 lines at 5 Points for 2 comes to 10 Points.",
        ),
        (
            {
                "unit": "points",
                "formula": {
                    "kind": "steps",
                    "currency": "USD",
                    "steps": [{"spend": "5.00", "units": 7}, {"spend": "50.00", "units": 90}],
                },
            },
            "rule: 10.00 USD of 2 lines reaches the step of 5.00 USD: 7 Points.",
        ),
        ({"unit": "points", "formula": FIXED_5}, "rule: 5 Points."),
        ({"unit": "points", "formula": FIXED_5, "fund": "acme"}, "rule: 5 Points, paid by acme."),
    ],
)
def test_every_formula_is_told(open_market: OpenMarket, rule: Any, said: str) -> None:
    market = open_market(document({"rule": rule}, funds=["acme"]))
    lines = tb.Line(amount=400, quantity=2), tb.Line(amount=600, quantity=2)
    assert market.explain(market.buy("o1", *lines).entry).sentences[0] == said


def test_money_has_the_decimals_of_its_currency(open_market: OpenMarket) -> None:
    yen = {"unit": "points", "formula": {"kind": "rate", "units": 1, "per": 100, "currency": "JPY"}}
    market = open_market(document({"yen": yen}))
    found = market.explain(market.buy("o1", 123456, currency="JPY").entry)
    assert found.sentences[0] == (
        "yen: 123,456 JPY of 1 line at 1 Points for 100 JPY comes to 1,234.56, rounded down 1,234 Points."
    )


def test_a_multiplier_tells_what_it_builds_on(open_market: OpenMarket) -> None:
    more = {
        "unit": "points",
        "formula": {"kind": "multiplier", "times": "2.5", "of": ["base"]},
        "lines": {"categories": ["dairy"]},
    }
    market = open_market(document({"base": BASE, "more": more}))
    milk = tb.Line(category="dairy", amount=300)
    found = market.explain(market.buy("o1", milk, 700).entry)
    assert "more: 3 Points of base of 1 line, 1.5 times on top, comes to 4.5, rounded down 4 Points." in (
        found.sentences
    )
    assert found.decisions[0].rewards[1].lines == (tb.CountedLine("1", 3, 4),)


def test_a_multiplier_builds_on_what_caps_took_away(open_market: OpenMarket) -> None:
    rules = {
        "base": {**BASE, "caps": [{"period": "life", "most": 10}]},
        "twice": {"unit": "points", "formula": {"kind": "multiplier", "times": 2, "of": ["base"]}},
    }
    market = open_market(document(rules))
    market.buy("o1", 1000)
    found = market.explain(market.buy("o2", 700).entry)
    assert found.sentences[:2] == (
        "twice: 7 Points of base of 1 line, 1 times on top, comes to 7 Points.",
        "base: cap of a lifetime leaves nothing.",
    )


def test_caps_and_budgets_are_named(open_market: OpenMarket) -> None:
    rules = {"base": {**BASE, "caps": [{"period": "month", "most": 60}], "budget": "spring"}}
    budgets = {"spring": {"unit": "points", "most": 30}}
    caps = {"points": [{"period": "day", "most": 50}]}
    market = open_market(document(rules, budgets=budgets, caps=caps))
    found = market.explain(market.buy("o1", 7299).entry)
    assert found.sentences == (
        "base: 72.99 USD of 1 line at 1 Points for 1.00 USD comes to 72.99, rounded down 72 Points.",
        "base: cap of the month: 12 Points less.",
        "base: cap of the day on all Points: 10 Points less.",
        "base: budget spring: 20 Points less.",
        "base: that leaves 30 Points.",
        "30 Points given, never to lapse.",
        "30 Points drawn from budget/spring.",
    )


def test_a_budget_in_money_is_drawn_on_in_money(open_market: OpenMarket) -> None:
    budgets = {
        "spring": {"unit": "points", "currency": "USD", "most": "5.00", "cost": {"units": 1, "money": "0.01"}}
    }
    market = open_market(document({"base": {**BASE, "budget": "spring"}}, budgets=budgets))
    assert "0.72 USD drawn from budget/spring." in market.explain(market.buy("o1", 7299).entry).sentences


def test_what_was_skipped_is_told(open_market: OpenMarket) -> None:
    rules = {
        "first": {**BASE, "group": "one", "priority": 2},
        "other": {**BASE, "group": "one", "priority": 1},
        "faulty": {"unit": "points", "formula": FIXED_5, "condition": "100 / (order.quantity - 1) > 1"},
    }
    market = open_market(document(rules))
    found = market.explain(market.buy("o1", 500).entry)
    assert "other: first goes before it in their group." in found.sentences
    assert any(each.startswith("faulty: its condition failed: ") for each in found.sentences)
    market.do(tb.Freeze, scope="all", reason="fraud")
    frozen = market.explain(market.buy("o2", 500).entry)
    assert frozen.sentences == ("the member is frozen and earns nothing.",)
    assert frozen.decisions[0].skipped == (tb.Skipped(rule="", why="frozen"),)


def test_an_event_that_no_rule_is_for_says_so(open_market: OpenMarket) -> None:
    market = open_market(document(events={"visit": {}}))
    found = market.explain(market.told(tb.Custom(name="visit", event_id="v1")).entry)
    assert found.sentences == ("no rule of revision 1 gives anything for event/visit/v1.",)


# --- refunds ---------------------------------------------------------------------------------------------


def test_a_refund_tells_what_it_takes_and_why_so_much(open_market: OpenMarket) -> None:
    market = open_market(document())
    bought = market.buy("o1", tb.Line(line_id="cup", quantity=3, amount=2000), 1000).entry
    first = market.refund("r1", "o1", tb.RefundedLine(line_id="cup", quantity=1)).entry
    second = market.refund("r2", "o1", tb.RefundedLine(line_id="cup", quantity=1)).entry
    found = market.explain(first)
    assert found.sentences == (
        "base of purchase/o1: 2/9 of what earned 30 Points is back, 6 2/3, rounded down: 6 Points in all;"
        " this entry takes 6 Points.",
        "6 Points taken back, of what is never to lapse.",
    )
    assert market.explain(second).sentences[0] == (
        "base of purchase/o1: 4/9 of what earned 30 Points is back, 13 1/3, rounded down: 13 Points in all,"
        " 6 Points of it before; this entry takes 7 Points."
    )
    assert found.decisions[0].taken == (
        tb.Reclaimed(rule="base", unit="points", fund="house", reward=30, part="2/9", before=0, amount=6),
    )
    since = market.explain(bought).since
    assert since is not None
    assert since.taken == (tb.Taken(rule="base", unit="points", fund="house", amount=13),)
    assert "by now refunds have taken 13 Points of base." in market.explain(bought).sentences


def test_what_paid_comes_back_with_a_refund(open_market: OpenMarket) -> None:
    market = open_market(document(spend={"excluded_tenders": ["points"]}))
    market.do(tb.Award, unit="points", amount=500)
    spent = market.do(tb.Redeem, unit="points", amount=500).entry
    tenders = tb.Tender(kind="points", amount=500, entry=spent), tb.Tender(kind="card", amount=1500)
    market.buy("o1", 2000, tenders=tenders)
    entry = market.refund("r1", "o1", amount=1000).entry
    found = market.explain(entry)
    assert found.given_back == (tb.GivenBack(spent_by=spent, entry=entry - 1, unit="points", amount=250),)
    assert f"250 Points that entry {spent} had spent came back, by entry {entry - 1}." in found.sentences
    assert market.explain(entry - 1).sentences == (
        "250 Points given back of what was spent, never to lapse.",
        f"it undoes entry {spent}.",
    )


def test_a_refund_that_waits_is_told_by_both(open_market: OpenMarket) -> None:
    market = open_market(document())
    waits = market.refund("r1", "o1", amount=1000).entry
    market.refund("r2", "o1", amount=9000)
    found = market.explain(market.buy("o1", 2000, at=market.ago(1)).entry)
    assert market.explain(waits).sentences == ("order o1 is not known yet: the refund waits for it.",)
    assert market.explain(waits).awaited == "o1"
    assert [each.amount for each in found.decisions[0].taken] == [10]
    assert list(found.rejected) == ["r2"]
    assert found.sentences[2].startswith("refund r2 had waited and could not be applied: 9000 were")


def test_a_late_event_tells_what_it_changed_of_others(open_market: OpenMarket) -> None:
    market = open_market(document({"base": {**BASE, "caps": [{"period": "month", "most": 50}]}}))
    later = market.buy("o2", 4000).entry
    late = market.buy("o1", 3000, at=market.clock.now - timedelta(hours=1)).entry
    found = market.explain(late)
    assert [(each.event, each.entry) for each in found.decisions] == [
        ("purchase/o1", late),
        ("purchase/o2", later),
    ]
    assert found.decisions[1].before is not None
    assert [each.amount for each in found.decisions[1].before] == [40]
    assert found.sentences[1:5] == (
        "purchase/o2 was decided anew; base gave 40 Points before.",
        "base: 40.00 USD of 1 line at 1 Points for 1.00 USD comes to 40 Points.",
        "base: cap of the month: 20 Points less.",
        "base: that leaves 20 Points.",
    )
    again = market.explain(later)
    assert again.decisions[0].rewards[0].reward.amount == 40
    assert again.since is not None
    assert [each.amount for each in again.since.rewards or ()] == [20]
    assert again.sentences[1] == "since then decided anew: base gives 20 Points."


def test_the_revision_of_the_time_is_told(open_market: OpenMarket) -> None:
    market = open_market(document())
    market.clock.forward(days=2)
    twice = {**BASE, "formula": {**BASE["formula"], "units": 2}}
    market.book.apply(document({"base": twice}))
    found = market.explain(market.buy("o1", 1000, at=market.ago(1)).entry)
    assert (found.revision, found.decisions[0].revision) == (2, 1)
    assert found.sentences[0] == "base: 10.00 USD of 1 line at 1 Points for 1.00 USD comes to 10 Points."
    now = market.explain(market.buy("o2", 1000).entry)
    assert now.decisions[0].revision == 2
    assert now.sentences[0] == "base: 10.00 USD of 1 line at 2 Points for 1.00 USD comes to 20 Points."


# --- other entries ---------------------------------------------------------------------------------------


def test_other_entries_are_told_by_what_they_moved(open_market: OpenMarket, clock: SetClock) -> None:
    market = open_market(document(funds=["acme"]))
    market.enroll("m2")
    soon, late = (clock.now + timedelta(days=2)).date(), (clock.now + timedelta(days=9)).date()
    awarded = market.do(tb.Award, unit="points", amount=30, expires_on=soon, fund="acme", reason="hello")
    market.do(tb.Award, unit="points", amount=30, expires_on=late)
    spent = market.do(tb.Redeem, unit="points", amount=40)
    gift = market.do(tb.Gift, to_member="m2", unit="points", amount=5)
    held = market.do(tb.Hold, unit="points", amount=5, hold_id="H1")
    back = market.do(tb.Reverse, entry=spent.entry, amount=10)
    assert market.explain(1).sentences == ()
    assert market.explain(awarded.entry).sentences == (
        f"30 Points given, to be spent through {soon}, paid by acme.",
        "the reason given: hello",
    )
    assert market.explain(spent.entry).sentences == (
        f"30 Points spent, of what is to be spent through {soon}, paid by acme.",
        f"10 Points spent, of what is to be spent through {late}.",
    )
    assert market.explain(gift.entry).sentences == (
        f"5 Points given away, of what is to be spent through {late}.",
        f"its other side is entry {gift.to_entry} of m2.",
    )
    assert market.explain(gift.to_entry, "m2").sentences[0] == (
        f"5 Points received as a gift, to be spent through {late}."
    )
    assert market.explain(held.entry).sentences == (
        f"5 Points set aside, of what is to be spent through {late}.",
        "it is about H1.",
    )
    assert market.explain(back.entry).sentences == (
        f"10 Points given back of what was spent, to be spent through {late}.",
        f"it undoes entry {spent.entry}.",
    )


def test_what_lapsed_tells_why_recorded_or_not(open_market: OpenMarket, clock: SetClock) -> None:
    units = {
        "points": {"kind": "redeemable", "display_name": "Points"},
        "stars": {"kind": "redeemable", "expiry": {"kind": "after_idle_months", "months": 1}},
    }
    market = open_market(document({}, units=units))
    day = (clock.now + timedelta(days=2)).date()
    market.do(tb.Award, unit="points", amount=30, expires_on=day)
    market.do(tb.Award, unit="stars", amount=7)
    clock.forward(days=90)
    due = [market.explain(entry) for entry in (4, 5)]
    assert [each.sentences for each in due] == [
        (f"30 Points lapsed: {day} was the last day to spend them.",),
        ("7 stars lapsed: the member had done nothing for 1 month.",),
    ]
    market.book.sweep()
    assert [market.explain(entry).sentences for entry in (4, 5)] == [each.sentences for each in due]


def test_arrears_are_told(open_market: OpenMarket) -> None:
    market = open_market(document())
    market.buy("o1", 3000)
    market.do(tb.Redeem, unit="points", amount=20)
    owed = market.explain(market.refund("r1", "o1").entry)
    assert owed.sentences[1:] == (
        "10 Points taken back, of what is never to lapse.",
        "20 Points taken back, and owed from now on.",
    )
    repaid = market.explain(market.buy("o2", 3000).entry)
    assert repaid.sentences[1:] == (
        "20 Points given, to repay what was owed.",
        "10 Points given, never to lapse.",
    )


def test_there_is_nothing_to_explain_where_there_is_no_entry(open_market: OpenMarket) -> None:
    market = open_market(document())
    with pytest.raises(tb.UnknownEntry):
        market.explain(9)
    with pytest.raises(tb.UnknownMember):
        market.explain(1, "nobody")
    with pytest.raises(tb.UnknownProgram):
        market.book.ask(tb.Explain(program="nothing", member="m1", entry=1))


def test_there_are_words_for_every_account_of_the_house() -> None:
    others = COUPON_ACCOUNTS | STOCK_ACCOUNTS | {BUDGET, DRAWN}
    assert BROUGHT.keys() == TOOK.keys() == HOUSE_ACCOUNTS - others


def test_an_explanation_is_data_that_can_be_sent(open_market: OpenMarket) -> None:
    market = open_market(document())
    found = market.explain(market.told(purchase("o1", 500)).entry)
    assert msgspec.json.decode(msgspec.json.encode(found), type=tb.Explanation) == found
