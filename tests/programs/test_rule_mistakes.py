"""Mistakes in rules and in what they share, each found at its place: a table of bad documents."""

import pytest
from tallybook.programs import ProgramInvalid, parse

from tests.programs.documents import SMALL
from tests.programs.told import assert_told

# SMALL has five lines; what is put to the test comes from line 16 on.
SHOP = (
    SMALL
    + """\
  miles: {kind: redeemable, scale: 2, expiry: {kind: after_days, days: 30}}
calendars:
  tuesdays: {weekdays: [tue]}
  evenings: {hours: ["17:00-24:00"]}
events:
  check_in: {attributes: {minutes: number}}
budgets:
  spring: {unit: points, most: 100}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
"""
)
RULE = "  gift: {{unit: points, formula: {{kind: fixed, units: 1}}, {}}}\n"
TWICE = "  twice: {{unit: points, formula: {{kind: multiplier, times: 2, of: [{}]}}}}\n"

IN_A_RULE = [
    ("fund: bonus", "16:64 rules.gift.fund is not a fund of this program ? house"),
    ("event: checkin", "16:65 rules.gift.event is not an event of this program ? check_in"),
    ("budget: sprung", "16:66 rules.gift.budget is not a budget of this program ? spring"),
    (
        "when: {calendars: [tuesday]}",
        "16:77 rules.gift.when.calendars[0] is not a calendar of this program ? tuesdays",
    ),
    ("when: {calendars: [tuesdays, tuesdays]}", "16:87 rules.gift.when.calendars[1] is named twice"),
    ("when: {from: 2026-02-01, until: 2026-01-31}", "16:90 rules.gift.when.until is not after 2026-02-01"),
    (
        'when: {from: "2026-02-01T00:00+01:00", until: 2026-01-31}',
        "16:104 rules.gift.when.until is not after 2026-01-31T23:00:00+00:00",
    ),
    ("when: {from: 2026-02-30}", "16:71 rules.gift.when.from must be a date, or a moment with its offset"),
    (
        'when: {from: "2026-02-01T10:00"}',
        "16:71 rules.gift.when.from must be a date, or a moment with its offset",
    ),
    ('when: {until: "2026-02-01T25:00Z"}', "16:72 rules.gift.when.until is not a moment of the calendar"),
    ("when: {form: 2026-02-01}", "16:65 rules.gift.when.form is not a name that belongs here ? from"),
    ("priority: high", "16:68 rules.gift.priority must be a whole number"),
    ("priority: 1000001", "16:68 rules.gift.priority must be at most 1000000"),
    ("group: '1'", "16:65 rules.gift.group must begin with a letter"),
    ("rounding: up", "16:68 rules.gift.rounding must be one of floor"),
    ("lines: {}", "16:58 rules.gift.lines must say which lines count"),
    ("lines: {sku: [A1]}", "16:66 rules.gift.lines.sku is not a name that belongs here ? skus"),
    ("lines: {skus: [A1, ' A2']}", "16:77 rules.gift.lines.skus[1] must be 1 to 128 printable ASCII"),
    ("lines: {skus: [A1, B1, A1]}", "16:81 rules.gift.lines.skus[2] is named twice"),
    ("vesting: {kind: later}", "16:74 rules.gift.vesting.kind must be one of after_days, at_once"),
    (
        "condition: order.ordnal == 1",
        "16:69 rules.gift.condition is wrong at column 1: order.ordnal is not a vari ? order.ordinal",
    ),
    (
        "condition: 'member.tier == 3'",
        "16:69 rules.gift.condition is wrong at column 13: == cannot be applied",
    ),
    ("condition: order.ordinal", "16:69 rules.gift.condition must be true or false, and this is of type int"),
    ("condition: true", "16:69 rules.gift.condition must be text: write it in quotes"),
    ("caps: {period: day}", "16:58 rules.gift.caps must be a list"),
    ("caps: [{period: dya, most: 1}]", "16:74 rules.gift.caps[0].period must be one of event, day ? day"),
    ("caps: [{period: day}]", "16:65 rules.gift.caps[0] must say most or times, one of them"),
    ("caps: [{period: day, most: 1, times: 1}]", "16:65 rules.gift.caps[0] must say most or times"),
    (
        "caps: [{period: day, most: '0.5'}]",
        "16:85 rules.gift.caps[0].most is finer than points, which has no decimals",
    ),
    ("caps: [{period: day, times: 0}]", "16:86 rules.gift.caps[0].times must be at least 1"),
    ("caps: [{period: event, times: 1}]", "16:88 rules.gift.caps[0].times bounds nothing"),
    (
        "caps: [{period: day, most: 1}, {period: day, most: 2}]",
        "16:89 rules.gift.caps[1] is a second cap for each day",
    ),
]

RATE = "{kind: rate, units: 1, per: '1.00', currency: USD}"
IN_A_FORMULA = [
    ("{kind: rat, units: 1}", "16:37 rules.x.formula.kind must be one of ? rate"),
    ("{units: 1}", "16:21 rules.x.formula needs a kind: one of fixed, multiplier, quantity, rate, steps"),
    (RATE.replace("USD", "usd"), "16:76 rules.x.formula.currency is not a currency of ISO 4217 ? USD"),
    (RATE.replace("'1.00'", "1.00"), "16:58 rules.x.formula.per is not a whole number: an exact amount with"),
    (RATE.replace("1.00", "0.001"), "16:58 rules.x.formula.per has more than the 2 decimals of USD"),
    (RATE.replace("units: 1", "units: 0.1"), "16:50 rules.x.formula.units is not a whole number: an exact"),
    (
        "{kind: fixed, units: '0.5'}",
        "16:51 rules.x.formula.units is finer than points, which has no decimals",
    ),
    ("{kind: quantity, units: '0.5', per: 3}", "16:54 rules.x.formula.units is finer than points"),
    ("{kind: quantity, units: 5, per: 0}", "16:62 rules.x.formula.per must be at least 1"),
    ("{kind: steps, currency: USD, steps: []}", "16:59 rules.x.formula.steps must not be empty"),
    (
        "{kind: steps, currency: USD, steps: [{spend: 50, units: 1}, {spend: 50, units: 2}]}",
        "16:98 rules.x.formula.steps[1].spend must be more than that of the step before",
    ),
    (
        "{kind: steps, currency: USD, steps: [{spend: '0.001', units: 1}]}",
        "16:75 rules.x.formula.steps[0].spend has more than the 2 decimals of USD",
    ),
    (
        "{kind: steps, currency: USD, steps: [{spend: 50, units: '1.5'}]}",
        "16:86 rules.x.formula.steps[0].units is finer than points, which has no decimals",
    ),
    ("{kind: multiplier, times: 0, of: [base]}", "16:56 rules.x.formula.times must be at least 1"),
    (
        "{kind: multiplier, times: '3/0', of: [base]}",
        "16:56 rules.x.formula.times must be a whole number, or",
    ),
    (
        "{kind: multiplier, times: double, of: [base]}",
        "16:56 rules.x.formula.times must be a whole number, or",
    ),
    ("{kind: multiplier, times: 1.5, of: [base]}", "16:56 rules.x.formula.times is not a whole number: an e"),
    ("{kind: multiplier, times: 2, of: []}", "16:59 rules.x.formula.of must not be empty"),
    ("{kind: multiplier, times: 2, of: [bsae]}", "16:64 rules.x.formula.of[0] is not a rule of this ? base"),
    ("{kind: multiplier, times: 2, of: [base, base]}", "16:70 rules.x.formula.of[1] is named twice"),
]

SHARED = [
    ("calendars: {x: {}}", "6:13 calendars.x must say weekdays, month_days, dates or hours"),
    ("calendars: {x: {weekdays: [tues]}}", "6:28 calendars.x.weekdays[0] must be one of mon, tue, ? tue"),
    ("calendars: {x: {weekdays: [tue, tue]}}", "6:33 calendars.x.weekdays[1] is named twice"),
    ("calendars: {x: {month_days: [0]}}", "6:30 calendars.x.month_days[0] must be at least 1"),
    ("calendars: {x: {month_days: [32]}}", "6:30 calendars.x.month_days[0] must be at most 31"),
    ("calendars: {x: {dates: [2026-02-29]}}", "6:25 calendars.x.dates[0] must be a date"),
    (
        "calendars: {x: {hours: ['17:00-17:00']}}",
        "6:25 calendars.x.hours[0] is empty: it ends when it begins",
    ),
    ("calendars: {x: {hours: ['22:00-02:00']}}", "6:25 calendars.x.hours[0] ends before it begins: over mid"),
    ("calendars: {x: {hours: ['9:00-17:00']}}", "6:25 calendars.x.hours[0] must be hours of a day"),
    ("calendars: {x: {hours: ['09:00-24:30']}}", "6:25 calendars.x.hours[0] must be hours of a day"),
    ("calendars: {x: {hours: ['09:60-10:00']}}", "6:25 calendars.x.hours[0] must be hours of a day"),
    ("events: {purchase: {}}", "6:10 events.purchase is known to every program: choose another name"),
    ("events: {x: {attributes: {a: int}}}", "6:30 events.x.attributes.a must be one of text, number, flag"),
    ("events: {x: {attributes: {' a': text}}}", "6:27 events.x.attributes. a must be 1 to 128 printable"),
    ("spend: {excluded_tenders: [points, points]}", "6:36 spend.excluded_tenders[1] is named twice"),
    ("spend: {tax: 1}", "6:14 spend.tax must be true or false"),
    ("caps: {pionts: [{period: day, most: 1}]}", "6:8 caps.pionts is not a unit of this program"),
    ("caps: {points: [{period: day, most: '1.5'}]}", "6:37 caps.points[0].most is finer than points"),
    ("caps: {points: [{period: day}]}", "6:17 caps.points[0].most is missing"),
    (
        "caps: {points: [{period: day, times: 1, most: 1}]}",
        "6:31 caps.points[0].times is not a name that bel",
    ),
    (
        "caps: {points: [{period: day, most: 1}, {period: day, most: 2}]}",
        "6:41 caps.points[1] is a second cap for each day",
    ),
    ("budgets: {b: {most: 1}}", "6:11 budgets.b.unit is missing"),
    ("budgets: {b: {unit: point, most: 1}}", "6:21 budgets.b.unit is not a unit of this program ? points"),
    ("budgets: {b: {unit: points, most: '1.5'}}", "6:35 budgets.b.most is finer than points"),
    ("budgets: {b: {unit: points, currency: USD, most: 1}}", "6:11 budgets.b is in USD, and needs the cost"),
    (
        "budgets: {b: {unit: points, most: 1, cost: {units: 1, money: 1}}}",
        "6:38 budgets.b.cost is in points: a cost belongs to a budget with a currency",
    ),
    (
        "budgets: {b: {unit: points, currency: JPY, most: '1.5', cost: {units: 1, money: 1}}}",
        "6:50 budgets.b.most has more than the 0 decimals of JPY",
    ),
]

# Whole rules, from line 16 on.
BETWEEN_RULES = [
    (TWICE.format("twice"), "16:68 rules.twice.formula.of[0] is the rule itself"),
    (
        TWICE.format("other")
        + TWICE.replace("twice", "other").format("base, third")
        + TWICE.replace("twice", "third").format("twice"),
        "16:63 rules.twice.formula.of goes in circles: twice before third before other before twice",
    ),
    (
        "  miled: {unit: miles, formula: {kind: multiplier, times: 2, of: [base]}}\n",
        "16:67 rules.miled.formula.of[0] gives points, and this rule gives miles",
    ),
    (
        "  visit: {event: check_in, unit: points, formula: {kind: multiplier, times: 2, of: [base]}}\n",
        "16:85 rules.visit.formula.of[0] is about purchase, and this rule is about check_in",
    ),
    (
        "  visit: {event: check_in, unit: points, formula: {kind: multiplier, times: 2}}\n",
        "16:42 rules.visit.formula.of is left out, and no rule of kind rate, quantity or steps gives points",
    ),
    (
        "  a: {unit: points, formula: {kind: fixed, units: 1}, group: g}\n"
        "  b: {unit: points, formula: {kind: multiplier, times: 2, of: [a]}, group: g}\n",
        "17:64 rules.b.formula.of[0] is in the group g as well: only one of the two ever applies"
        " / 17:76 rules.b.group is g, as is that of a, with the same priority and at the same time",
    ),
    (
        "  a: {unit: points, formula: {kind: multiplier, times: 2, of: [x]}, group: g, priority: 2}\n"
        "  b: {unit: points, formula: {kind: multiplier, times: 2, of: [y]}, group: h, priority: 2}\n"
        "  x: {unit: points, formula: {kind: fixed, units: 1}, group: h}\n"
        "  y: {unit: points, formula: {kind: fixed, units: 1}, group: g}\n",
        "16:59 rules.a.formula.of goes in circles: a before y before b before x before a",
    ),
    (
        "  a: {unit: points, formula: {kind: fixed, units: 1}, group: g, when: {calendars: [tuesdays]}}\n"
        "  b: {unit: points, formula: {kind: fixed, units: 1}, group: g, when: {calendars: [evenings]}}\n",
        "17:62 rules.b.group is g, as is that of a, with the same priority and at the same time",
    ),
    (
        "  gift: {unit: miles, formula: {kind: fixed, units: 1}, budget: spring}\n",
        "16:65 rules.gift.budget is for points, and this rule gives miles",
    ),
    (
        "  euro: {unit: points, formula: {kind: rate, units: 1, per: 1, currency: EUR}}\n",
        "16:74 rules.euro.formula.currency is EUR, and base gives points for USD",
    ),
    (
        "  late: {unit: miles, formula: {kind: fixed, units: 1}, vesting: {kind: after_days, days: 31}}\n",
        "16:57 rules.late.vesting is too long: some of these units would lapse",
    ),
    (
        f"  visit: {{event: check_in, unit: points, formula: {RATE}}}\n",
        "16:42 rules.visit.formula is for purchases: check_in has no lines and no money",
    ),
    (
        "  visit: {event: check_in, unit: points, formula: {kind: fixed, units: 1}, lines: {skus: [A1]}}\n",
        "16:76 rules.visit.lines is for purchases: check_in has no lines",
    ),
    (
        "  visit: {event: check_in, unit: points, formula: {kind: fixed, units: 1}, "
        "condition: event.attributes.minuts > 3}\n",
        "16:87 rules.visit.condition is wrong at column 18: minuts is not an attr ? minutes",
    ),
    (
        "  visit: {event: check_in, unit: points, formula: {kind: fixed, units: 1}, "
        "condition: size(lines) > 1}\n",
        "16:87 rules.visit.condition is wrong at column 6: lines is not a variable here",
    ),
]

TABLE = [
    *((SHOP + RULE.format(part), expected) for part, expected in IN_A_RULE),
    *((SHOP + f"  x: {{unit: points, formula: {part}}}\n", expected) for part, expected in IN_A_FORMULA),
    *((SMALL + part + "\n", expected) for part, expected in SHARED),
    *((SHOP + rules, expected) for rules, expected in BETWEEN_RULES),
]


@pytest.mark.parametrize(("document", "expected"), TABLE)
def test_a_mistake_is_found_at_its_place(document: str, expected: str) -> None:
    assert_told(document, expected)


def test_rules_are_held_against_each_other_whatever_else_is_wrong() -> None:
    wrong = "  bad: {unit: points, formula: {kind: fixed, units: '1.5'}}\n"
    assert_told(
        SHOP.replace("[tue]", "[tues]") + TWICE.format("twice") + wrong,
        "8:25 calendars.tuesdays.weekdays[0] must be one of ? tue"
        " / 16:68 rules.twice.formula.of[0] is the rule itself"
        " / 17:53 rules.bad.formula.units is finer than points, which has no decimals",
    )


def test_a_long_circle_is_told_in_part() -> None:
    rules = "".join(
        f"  m{place}: {{unit: points, formula: {{kind: multiplier, times: 2, of: [m{(place + 1) % 50}]}}}}\n"
        for place in range(50)
    )
    way = "m0 before m49 before m48 before m47 before m46 before m45 before ... before m0"
    assert_told(SHOP + rules, f"16:60 rules.m0.formula.of goes in circles: {way}")


def test_all_that_is_wrong_with_one_rule_is_told() -> None:
    with pytest.raises(ProgramInvalid) as caught:
        parse(
            SHOP + "  x: {unt: points, formula: {kind: fixed, units: 0}, priority: a, budget: b, lines: {}}\n"
        )
    assert [(each.path, each.suggestion) for each in caught.value.problems] == [
        ("rules.x.unt", "unit"),
        ("rules.x.formula.units", None),
        ("rules.x.priority", None),
        ("rules.x.budget", None),
        ("rules.x.lines", None),
    ]


@pytest.mark.parametrize(
    "rules",
    [
        # Never at the same time.
        "  a: {unit: points, formula: {kind: fixed, units: 1}, group: g, when: {until: 2026-01-31}}\n"
        "  b: {unit: points, formula: {kind: fixed, units: 1}, group: g, when: {from: 2026-02-01}}\n",
        # One comes first.
        "  a: {unit: points, formula: {kind: fixed, units: 1}, group: g}\n"
        "  b: {unit: points, formula: {kind: fixed, units: 1}, group: g, priority: 1}\n",
        # Never for the same event.
        "  a: {unit: points, formula: {kind: fixed, units: 1}, group: g}\n"
        "  b: {event: check_in, unit: points, formula: {kind: fixed, units: 1}, group: g}\n",
        # Money of another currency earns another unit.
        "  a: {unit: miles, formula: {kind: rate, units: 1, per: 1, currency: EUR}}\n",
    ],
)
def test_what_only_looks_like_a_contradiction_is_welcome(rules: str) -> None:
    assert parse(SHOP + rules).rules
