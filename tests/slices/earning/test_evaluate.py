"""What events earn: formulas, lines, groups, conditions, days. Knows no database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import msgspec
import pytest
from tallybook.earning.evaluate import budgets_of
from tallybook.earning.events import Custom
from tallybook.errors import AmountOverflow
from tallybook.journal.accounts import MAX_AMOUNT, NEVER, VESTED
from tallybook.programs.conditions import compile_condition
from tallybook.programs.memo import Memo
from tallybook.programs.rounding import Rounding
from tallybook.programs.rules import (
    LITTLE_WORK,
    Budget,
    Calendar,
    Cap,
    Fixed,
    Formula,
    LineFilter,
    Multiplier,
    Period,
    PerMoney,
    PerQuantity,
    Rules,
    Spend,
    StepTable,
    Window,
)

from tests.slices.earning.till import GOLD, TUESDAY, Till, amounts, line, order, program, rule, skips

DAIRY = LineFilter(categories=frozenset({"dairy"}))
LADDER = StepTable(((5000, 10), (10000, 30)), "USD")
DOUBLE = Multiplier(1, 1, frozenset({"base"}))
CLOSED = Window(calendars=(Calendar(weekdays=frozenset({1})),))
REVIEW = Custom(name="review", event_id="r1", attributes={"stars": 5})


def test_a_rate_rounds_once_for_the_order_and_shares_out_to_the_lines() -> None:
    (reward,) = Till(rule()).ring(333, 333, 65).rewards
    assert (reward.rule, reward.unit, reward.fund) == ("base", "points", "house")
    assert (reward.base, reward.numerator, reward.denominator) == (731, 1, 100)
    assert (reward.exact, reward.rounded, reward.amount) == ("731/100", 7, 7)
    assert reward.shares == {"1": 3, "2": 3, "3": 1}
    assert reward.cuts == ()


@pytest.mark.parametrize(
    ("rounding", "given"),
    [(Rounding.FLOOR, 7), (Rounding.CEILING, 8), (Rounding.HALF_UP, 8), (Rounding.HALF_EVEN, 8)],
)
def test_a_rule_has_its_own_rounding(rounding: Rounding, given: int) -> None:
    assert amounts(Till(rule(rounding=rounding)).ring(750)) == {"base": given}


@pytest.mark.parametrize(
    ("formula", "given", "base", "exact"),
    [
        (PerMoney(3, 200, "USD"), 109, 7300, "219/2"),
        (PerQuantity(5, 3), 15, 9, "15"),
        (PerQuantity(5, 12), 0, 0, ""),
        (Fixed(40), 40, 1, "40"),
        (LADDER, 10, 7300, "10"),
        (StepTable(((7300, 7),), "USD"), 7, 7300, "7"),
        (StepTable(((7301, 7),), "USD"), 0, 0, ""),
        (StepTable(((0, 7),), "USD"), 7, 7300, "7"),
    ],
)
def test_each_formula_says_what_it_was_applied_to(
    formula: Formula, given: int, base: int, exact: str
) -> None:
    found = Till(rule(formula=formula)).ring(order(line(5300, quantity=4), line(2000, quantity=7)))
    assert amounts(found) == ({"base": given} if given else {})
    assert [(reward.base, reward.exact) for reward in found.rewards] == ([(base, exact)] if given else [])


def test_exact_is_the_base_times_the_rate() -> None:
    rules = [
        rule("rate", PerMoney(2, 300, "USD")),
        rule("pieces", PerQuantity(6, 3)),
        rule("fixed", Fixed(9)),
    ]
    rewards = Till(*rules).ring(order(line(1234, quantity=7))).rewards
    assert len(rewards) == 3
    for reward in rewards:
        assert Fraction(reward.exact) == reward.base * Fraction(reward.numerator, reward.denominator)


def test_money_in_another_currency_earns_by_no_rate() -> None:
    rules = [rule(), rule("ladder", LADDER), rule("fixed", Fixed(5)), rule("yen", PerMoney(1, 100, "JPY"))]
    found = Till(*rules).ring(order(10000, currency="JPY"))
    assert amounts(found) == {"fixed": 5, "yen": 100}
    assert found.skipped == ()


def test_pieces_are_shared_out_by_their_number() -> None:
    (reward,) = (
        Till(rule(formula=PerQuantity(5, 2)))
        .ring(order(line(900, quantity=2), line(1, quantity=4), line(5, "dairy", quantity=2)))
        .rewards
    )
    assert reward.shares == {"1": 5, "2": 10, "3": 5}


def test_a_fixed_amount_is_shared_out_by_spend_and_by_pieces_where_all_is_free() -> None:
    till = Till(rule(formula=Fixed(9)))
    assert till.ring(200, 100).rewards[0].shares == {"1": 6, "2": 3}
    (free,) = till.ring(order(line(0, quantity=2), line(0))).rewards
    assert (free.amount, free.shares) == (9, {"1": 6, "2": 3})


def test_of_lines_that_cost_the_same_the_same_goods_get_the_step_that_is_left() -> None:
    till = Till(rule(), rule("double", DOUBLE, lines=DAIRY))
    dairy, meat = line(50, "dairy"), line(50, "meat")
    assert [reward.shares for reward in till.ring(order(dairy, meat)).rewards] == [{"1": 1}, {"1": 1}]
    assert [reward.shares for reward in till.ring(order(meat, dairy)).rewards] == [{"2": 1}, {"2": 1}]


def test_an_order_that_cost_nothing_reaches_no_step() -> None:
    assert Till(rule(formula=StepTable(((0, 7),), "USD"))).ring(0).rewards == ()


def test_a_line_that_has_no_share_is_not_listed() -> None:
    assert Till(rule()).ring(100, 0).rewards[0].shares == {"1": 1}


def test_only_lines_that_count_earn_and_get_a_share() -> None:
    till = Till(rule(lines=DAIRY), rule("fixed", Fixed(5), lines=DAIRY), rule("step", LADDER, lines=DAIRY))
    found = till.ring(order(line(4000, "dairy"), line(9000, "meat")))
    assert amounts(found) == {"base": 40, "fixed": 5}
    assert [reward.shares for reward in found.rewards] == [{"1": 40}, {"1": 5}]
    assert till.ring(order(line(4000, "meat"))).rewards == ()


def test_shipping_has_its_share() -> None:
    till = Till(rule(), spend=Spend(shipping=True))
    assert till.ring(order(1000, shipping=500)).rewards[0].shares == {"1": 10, "shipping": 5}


def test_what_excluded_tenders_paid_earns_nothing() -> None:
    till = Till(rule(), spend=Spend(excluded_tenders=frozenset({"points"})))
    assert amounts(till.ring(order(1000, paid={"points": 250, "card": 750}))) == {"base": 7}
    assert till.ring(order(1000, paid={"points": 1000})).rewards == ()


# --- multipliers -----------------------------------------------------------------------------------------


def test_a_multiplier_gives_on_top_what_its_rules_gave_on_the_lines_that_count() -> None:
    found = Till(rule(), rule("double", DOUBLE, lines=DAIRY)).ring(
        order(line(160, "dairy"), line(571, "meat"))
    )
    assert amounts(found) == {"base": 7, "double": 2}
    assert found.rewards[0].shares == {"1": 2, "2": 5}
    assert found.rewards[1].base == 2
    assert found.rewards[1].shares == {"1": 2}


def test_a_multiplier_of_several_rules_adds_them_up() -> None:
    half = Multiplier(1, 2, frozenset({"base", "fixed", "other"}))
    till = Till(rule(), rule("fixed", Fixed(6)), rule("other", Fixed(50), window=CLOSED), rule("half", half))
    found = till.ring(900, 300)
    assert amounts(found) == {"base": 12, "fixed": 6, "half": 9}
    assert found.rewards[2].exact == "9"


def test_a_multiplier_rounds_as_its_own_rule_says() -> None:
    half = Multiplier(1, 2, frozenset({"base"}))
    assert amounts(Till(rule(), rule("half", half)).ring(700)) == {"base": 7, "half": 3}
    assert amounts(Till(rule(), rule("half", half, rounding=Rounding.CEILING)).ring(700))["half"] == 4


def test_a_multiplier_of_what_gave_nothing_gives_nothing() -> None:
    assert amounts(Till(rule(window=CLOSED), rule("double", DOUBLE)).ring(700)) == {}
    assert amounts(Till(rule(), rule("double", DOUBLE)).ring(99)) == {}


def test_a_multiplier_multiplies_what_there_was_before_caps() -> None:
    till = Till(rule(caps=(Cap(Period.DAY, 5),)), rule("double", DOUBLE))
    assert amounts(till.ring(700)) == {"base": 5, "double": 7}
    assert amounts(till.ring(700)) == {"double": 7}


def test_multipliers_work_on_custom_events() -> None:
    till = Till(rule(formula=Fixed(20), event="review"), rule("double", DOUBLE, event="review"))
    found = till.ring(REVIEW)
    assert amounts(found) == {"base": 20, "double": 20}
    assert [reward.shares for reward in found.rewards] == [{}, {}]


# --- which rules apply -----------------------------------------------------------------------------------


def test_rules_apply_to_their_own_kind_of_event() -> None:
    till = Till(rule(), rule("review", Fixed(20), event="review"), rule("visit", Fixed(1), event="visit"))
    assert amounts(till.ring(700)) == {"base": 7}
    assert amounts(till.ring(REVIEW)) == {"review": 20}
    assert till.ring(Custom(name="share", event_id="s1")).rewards == ()


def test_an_event_without_lines_earns_nothing_by_spend() -> None:
    till = Till(rule(event="review"), rule("fixed", Fixed(3), event="review", lines=DAIRY))
    assert till.ring(REVIEW).rewards == ()


def test_a_rule_outside_its_window_is_not_mentioned() -> None:
    found = Till(rule(window=CLOSED)).ring(700)
    assert (found.rewards, found.skipped) == ((), ())


def test_windows_are_in_the_programs_time_zone() -> None:
    evening = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    tuesdays = rule(window=Window(calendars=(Calendar(weekdays=frozenset({2})),)))
    assert amounts(Till(tuesdays).ring(700, at=evening)) == {}
    assert amounts(Till(tuesdays, zone="Europe/Berlin").ring(700, at=evening)) == {"base": 7}


def test_a_rule_applies_if_its_condition_holds() -> None:
    till = Till(rule(condition='member.tier == "gold" && order.ordinal == 1'))
    assert amounts(till.ring(700)) == {"base": 7}
    found = till.ring(700)
    assert (found.rewards, found.skipped) == ((), ())


def test_a_condition_that_fails_skips_its_rule_and_no_other() -> None:
    till = Till(rule("broken", condition="event.attributes.stars == 5"), rule())
    found = till.ring(700)
    assert amounts(found) == {"base": 7}
    ((code, why, detail),) = skips(found)
    assert (code, why) == ("broken", "failed")
    assert "stars" in detail


def test_a_rule_that_is_not_there_is_not_asked_nor_called_failed() -> None:
    """Conditions are asked together, of rules that are closed too: what fails there is nobody's business."""
    broken = "event.attributes.stars == 5"
    till = Till(
        rule("closed", condition=broken, window=CLOSED),
        rule("silver", condition=broken, tiers=frozenset({"silver"})),
        rule("gold", condition='member.tier == "gold"'),
        rule("large", condition="order.total > 100000"),
    )
    found = till.ring(700)
    assert (amounts(found), found.skipped) == ({"gold": 7}, ())


def test_what_takes_long_is_asked_only_where_its_rule_is_there() -> None:
    long = compile_condition('lines.exists(l, l.sku == "x" || l.brand == "y")')
    short = compile_condition("order.total > 1")
    assert short.work <= LITTLE_WORK < long.work
    both = {
        "long": rule("long", window=CLOSED),
        "short": rule("short", window=CLOSED),
        "other": rule("other"),
    }
    found = [replace(each, condition=long if each.code == "long" else short) for each in both.values()]
    (together,) = Rules(rules=tuple(found)).by_event["purchase"].together
    assert together.names == ("short", "other")
    always = [replace(each, window=Window()) for each in found]
    (together,) = Rules(rules=tuple(always)).by_event["purchase"].together
    assert together.names == ("long", "short", "other")


def test_a_frozen_member_earns_nothing_and_has_bought_all_the_same() -> None:
    till = Till(rule(condition="event.attributes.stars == 5"), rule("second", Fixed(5)))
    frozen = msgspec.structs.replace(GOLD, frozen=True)
    found = till.ring(700, member=frozen)
    assert (found.rewards, skips(found), found.draws) == ((), [("", "frozen", "")], {})
    assert (till.state.orders, till.state.last_purchase_at) == (1, TUESDAY)
    assert till.ring(REVIEW, member=frozen).skipped == (), "no rule has to do with it"


# --- exclusive groups ------------------------------------------------------------------------------------


def test_of_a_group_only_the_first_rule_that_gives_something_applies() -> None:
    till = Till(
        rule("closed", Fixed(90), group="campaigns", window=CLOSED),
        rule("silver", Fixed(80), group="campaigns", condition='member.tier == "silver"'),
        rule("dairy", Fixed(70), group="campaigns", lines=DAIRY),
        rule("little", PerMoney(1, 1000, "USD"), group="campaigns"),
        rule("winner", Fixed(50), group="campaigns"),
        rule("loser", Fixed(60), group="campaigns"),
        rule("other", Fixed(40), group="others"),
        rule(),
    )
    found = till.ring(700)
    assert amounts(found) == {"winner": 50, "other": 40, "base": 7}
    assert skips(found) == [("loser", "excluded", "winner")]


def test_a_rule_that_would_not_apply_anyway_is_not_called_excluded() -> None:
    till = Till(
        rule("winner", Fixed(50), group="g"),
        rule("closed", Fixed(90), group="g", window=CLOSED),
        rule("silver", Fixed(80), group="g", condition='member.tier == "silver"'),
        rule("broken", Fixed(80), group="g", condition="event.attributes.stars == 5"),
        rule("dairy", Fixed(70), group="g", lines=DAIRY),
    )
    assert [(code, why) for code, why, _ in skips(till.ring(700))] == [("broken", "failed")]


def test_a_rule_of_a_group_that_is_cut_to_nothing_stands_back_for_the_next() -> None:
    till = Till(
        rule("welcome", Fixed(100), group="g", caps=(Cap(Period.LIFE, 1, times=True),)),
        rule(group="g"),
        rule("double", Multiplier(1, 1, frozenset({"welcome", "base"}))),
    )
    assert amounts(till.ring(700)) == {"welcome": 100, "double": 100}
    found = till.ring(700)
    assert amounts(found) == {"base": 7, "double": 7}
    assert skips(found) == [("welcome", "cut", "cap:life")]


# --- days, amounts, budgets in reach ---------------------------------------------------------------------


def test_rewards_lapse_and_vest_by_the_local_day_of_the_event() -> None:
    evening = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    till = Till(
        rule(),
        rule("growth", unit="growth"),
        rule("late", vesting_days=14),
        rule("now", unit="growth", vesting_days=0),
        zone="Europe/Berlin",
    )
    found = {each.rule: (each.expires_on, each.vests_on) for each in till.ring(700, at=evening).rewards}
    assert found == {
        "base": (date(2027, 3, 4), VESTED),
        "growth": (NEVER, date(2026, 3, 11)),
        "late": (date(2027, 3, 4), date(2026, 3, 18)),
        "now": (NEVER, VESTED),
    }


def test_a_fund_can_have_an_expiry_of_its_own() -> None:
    till = Till(rule(), rule("sponsored", fund="partner"))
    sponsored = Memo[date, date](lambda earned_on: earned_on + timedelta(days=30))
    points = replace(till.program.units["points"], fund_expiry={"partner": sponsored})
    till.program = replace(till.program, units={"points": points})
    found = {each.rule: each.expires_on for each in till.ring(700).rewards}
    assert found == {"base": date(2027, 3, 3), "sponsored": date(2026, 4, 2)}


def test_rewards_beyond_64_bits_are_refused() -> None:
    till = Till(rule(formula=Fixed(MAX_AMOUNT)), rule("one", Fixed(1)))
    with pytest.raises(AmountOverflow, match="points"):
        till.ring(700)
    assert amounts(Till(rule(formula=Fixed(MAX_AMOUNT))).ring(700)) == {"base": MAX_AMOUNT}


def test_only_budgets_of_rules_that_are_open_are_in_reach() -> None:
    rules = [
        rule("a", budget="spring"),
        rule("b", budget="winter", window=CLOSED),
        rule("c", event="review", formula=Fixed(5), budget="reviews"),
        rule("d"),
    ]
    given = program(
        *rules, budgets={code: Budget(code, "points", 9) for code in ("spring", "winter", "reviews")}
    )
    assert budgets_of(order(700), TUESDAY, given) == {"spring"}
    assert budgets_of(REVIEW, TUESDAY, given) == {"reviews"}
