"""Mistakes in programs, each found at its place and told in words: a table of bad documents."""

import pytest
from tallybook.programs import ProgramInvalid, parse

from tests.programs.documents import SMALL
from tests.programs.told import assert_told

# Below SMALL, which ends with line 5; then what is expected, a line each: place, path, message, suggestion.
MISTAKES_BELOW = [
    ("fund: [bonus]", "6:1 fund is not a name that belongs here ? funds"),
    ("reqest_retention_days: 30", "6:1 reqest_retention_days is not a name ? request_retention_days"),
    ("zzz: 1", "6:1 zzz is not a name that belongs here"),
    ("request_retention_days: 29", "6:25 request_retention_days must be at least 30"),
    ("request_retention_days: 36601", "6:25 request_retention_days must be at most 36600"),
    ("request_retention_days: '30'", "6:25 request_retention_days must be a whole number, without quotes"),
    ("request_retention_days: true", "6:25 request_retention_days must be a whole number"),
    ("request_retention_days: 30.0", "6:25 request_retention_days is not a whole number: an exact amount"),
    ("request_retention_days: 1e3", "6:25 request_retention_days is not a whole number"),
    ("request_retention_days: 0x1F", "6:25 request_retention_days is not a whole number"),
    ("request_retention_days: .inf", "6:25 request_retention_days is not a whole number"),
    ("request_retention_days: 9223372036854775808", "6:25 request_retention_days has more than 18 digits"),
    ("request_retention_days:", "6:1 request_retention_days has no value: give it one, or leave it out"),
    ("rules: null", "6:1 rules has no value"),
    ("display_name: 2026", "6:15 display_name must be text: write it in quotes"),
    ("display_name: {}", "6:1 display_name must be text"),
    ('display_name: "a\\nb"', "6:15 display_name must have at most 200 characters, none of them a control"),
    ("funds: bonus", "6:8 funds must be a list"),
    ("funds: [bonus, 2, bonus]", "6:16 funds[1] must be text: write it in quotes"),
    ("funds: [bonus, house, bonus]", "6:23 funds[2] is named twice"),
    ("funds: ['']", "6:9 funds[0] must begin with a letter"),
    ("funds:\n  - a\n  - b c", "8:5 funds[1] must begin with a letter"),
    ("refunds: {shortfall: arears}", "6:22 refunds.shortfall must be one of only_pending, within_ ? arrears"),
    (
        "refunds: {lapsed: reissue}",
        "6:19 refunds.lapsed must say its kind and what belongs to it, such as {kind: r",
    ),
    ("refunds: {lapsed: {kind: grace}}", "6:26 refunds.lapsed.kind must be one of grace_days, ? grace_days"),
    ("refunds: {lapsed: {kind: grace_days}}", "6:11 refunds.lapsed.days is missing"),
    (
        "refunds: {lapsed: {days: 3}}",
        "6:11 refunds.lapsed needs a kind: one of grace_days, keep_expired, reissue",
    ),
    (
        "refunds: {lapsed: {kind: reissue, days: 3}}",
        "6:35 refunds.lapsed.days is not a name that belongs here",
    ),
    ("refunds: []", "6:1 refunds must hold names with values"),
    (
        "holds: {longest_seconds: 60}",
        "6:1 holds.default_seconds is 900, more than longest_seconds, which is 60",
    ),
    (
        "holds:\n  default_seconds: 3600\n  longest_seconds: 60",
        "7:20 holds.default_seconds is 3600, more than longest_seconds, which is 60",
    ),
    ("holds: {default_seconds: 0}", "6:26 holds.default_seconds must be at least 1"),
    (
        "rules: {x: {unit: points, formula: {kind: rate}}}",
        "6:27 rules.x.formula.currency is missing / 6:27 rules.x.formula.units / 6:27 rules.x.formula.per",
    ),
    ("program: shop", "6:1 program is written twice, the first time in line 1"),
]
RATE = "rules: {x: {unit: points, formula: {kind: rate, currency: USD, units: 1, per: '1.00'}}}"
MISTAKES_IN_A_RATE = [
    ("unit: points", "unit: point", "6:19 rules.x.unit is not a unit of this program ? points"),
    ("currency: USD", "currency: usd", "6:59 rules.x.formula.currency is not a currency of ISO 4217 ? USD"),
    ("currency: USD", "currency: XXX", "6:59 rules.x.formula.currency is not a currency of ISO 4217"),
    ("'1.00'", "'1.005'", "6:79 rules.x.formula.per has more than the 2 decimals of USD"),
    ("'1.00'", "1.00", "6:79 rules.x.formula.per is not a whole number: an exact"),
    ("'1.00'", "'1,00'", "6:79 rules.x.formula.per must be a whole number, or a decimal number in quotes"),
    ("'1.00'", "'0.00'", "6:79 rules.x.formula.per must be above zero"),
    ("units: 1", "units: -1", "6:71 rules.x.formula.units must be a whole number, or a decimal"),
    ("units: 1", "units: 1/3", "6:71 rules.x.formula.units must be a whole number, or a decimal"),
    ("units: 1", "units: '1e3'", "6:71 rules.x.formula.units must be a whole number, or a decimal"),
    ("units: 1", "units: true", "6:71 rules.x.formula.units must be a whole number, or a decimal"),
    ("units: 1", "units: [1]", "6:64 rules.x.formula.units must be a whole number, or a decimal"),
    ("per: '1.00'", "pre: '1.00'", "6:74 rules.x.formula.pre is not a name that belongs here ? per"),
    ("unit: points", "rouding: floor, unit: points", "6:13 rules.x.rouding is not a name ? rounding"),
    ("unit: points", "rounding: half, unit: points", "6:23 rules.x.rounding must be one of floor ? half_up"),
]
YEN = RATE.replace("USD", "JPY").replace("1.00", "1.5")
MISTAKES_IN_A_UNIT = [
    (
        "kind: redeemable",
        "kind: redeemble",
        "5:11 units.points.kind must be one of redeemable, q ? redeemable",
    ),
    ("kind: redeemable", "knid: redeemable", "5:5 units.points.knid is not a name ? kind"),
    ("kind: redeemable", "scale: 0", "4:3 units.points.kind is missing"),
    ("    kind: redeemable", "    - redeemable", "4:3 units.points must hold names with values"),
    (
        "points",
        "bonus points",
        "4:3 units.bonus points must begin with a letter, go on with letters, digits and",
    ),
    ("points", "1", "4:3 units.1 must begin with a letter"),
    (
        "Europe/Berlin",
        "Europe/Berln",
        "2:11 timezone is not a time zone of the IANA database ? Europe/Berlin",
    ),
    (
        "Europe/Berlin",
        "europe/berlin",
        "2:11 timezone is not a time zone of the IANA database ? Europe/Berlin",
    ),
    ("Europe/Berlin", "localtime", "2:11 timezone is not a time zone of the IANA database"),
    ("Europe/Berlin", "../../etc/localtime", "2:11 timezone is not a time zone of the IANA database"),
    ("timezone:", "timezon:", "2:1 timezon is not a name that belongs here ? timezone"),
    ("timezone: Europe/Berlin\n", "", "1:1 timezone is missing"),
]
MISTAKES_IN_POLICIES = [
    ("scale: 7", "6:12 units.points.scale must be at most 6"),
    ("scale: -1", "6:12 units.points.scale must be at least 0"),
    ("expiry: never", "6:13 units.points.expiry must say its kind and what belongs to it, such as {kind: n"),
    ("expiry: {kind: end_of_moth}", "6:20 units.points.expiry.kind must be one of after_day ? end_of_month"),
    ("expiry: {kind: after_days}", "6:5 units.points.expiry.days is missing"),
    ("expiry: {kind: after_days, days: 0}", "6:38 units.points.expiry.days must be at least 1"),
    ("expiry: {kind: after_days, day: 9}", "6:32 units.points.expiry.day is not a name that ? days"),
    ("expiry: {kind: never, days: 9}", "6:27 units.points.expiry.days is not a name that belongs here"),
    ("expiry: {kind: on_date, date: 2026-02-30}", "6:35 units.points.expiry.date must be a date, such as"),
    ("expiry: {kind: on_date, date: 31.12.2026}", "6:35 units.points.expiry.date must be a date, such as"),
    ("expiry: {kind: on_date, date: 20261231}", "6:35 units.points.expiry.date must be a date, such as"),
    ("vesting: {kind: after_day, days: 1}", "6:21 units.points.vesting.kind must be one of ? after_days"),
    (
        "expiry: {kind: after_months, months: 1}\n    vesting: {kind: after_days, days: 29}",
        "7:5 units.points.vesting is too long: some of these units would lapse before they can be spent",
    ),
    (
        "expiry: {kind: end_of_month}\n    vesting: {kind: after_days, days: 1}",
        "7:5 units.points.vesting is too long",
    ),
    ("spend_order: {kind: fund_order, funds: []}", "6:37 units.points.spend_order.funds must not be empty"),
    (
        "spend_order: {kind: fund_order, funds: [bonis, house]}\nfunds: [bonus]",
        "6:45 units.points.spend_order.funds[0] is not a fund of this program ? bonus",
    ),
    (
        "spend_order: {kind: fund_order, funds: [house, house]}",
        "6:52 units.points.spend_order.funds[1] is named twice",
    ),
]  # fmt: skip

TABLE = [
    (SMALL + YEN, "6:79 rules.x.formula.per has more than the 0 decimals of JPY"),
    *((SMALL + below + "\n", expected) for below, expected in MISTAKES_BELOW),
    *((SMALL + RATE.replace(old, new) + "\n", said) for old, new, said in MISTAKES_IN_A_RATE),
    *((SMALL.replace(old, new), expected) for old, new, expected in MISTAKES_IN_A_UNIT),
    *((SMALL + "    " + below + "\n", expected) for below, expected in MISTAKES_IN_POLICIES),
]


@pytest.mark.parametrize(("document", "expected"), TABLE)
def test_a_mistake_is_found_at_its_place(document: str, expected: str) -> None:
    assert_told(document, expected)


EVERYTHING_WRONG = """\
program: de mo
timezon: europe/berlin
units:
  points:
    kind: redeemble
    scale: 1.5
    vesting:
  growth:
    expiry: {kind: on_date, date: soon}
    extra: 1
  points: {kind: money}
funds: [a, b, a]
rules: {x: {unit: pionts, formula: {kind: rate, currency: JPX, units: true, per: "1.001"}}}
request_retention_days: 3
"""


def test_all_mistakes_are_found_at_once_in_the_order_of_the_text() -> None:
    with pytest.raises(ProgramInvalid) as caught:
        parse(EVERYTHING_WRONG)
    assert [(each.line, each.column, each.path, each.suggestion) for each in caught.value.problems] == [
        (1, 10, "program", None),
        (2, 1, "timezon", "timezone"),
        (5, 11, "units.points.kind", "redeemable"),
        (6, 12, "units.points.scale", None),
        (7, 5, "units.points.vesting", None),
        (8, 3, "units.growth.kind", None),
        (9, 35, "units.growth.expiry.date", None),
        (10, 5, "units.growth.extra", None),
        (11, 3, "units.points", None),
        (12, 15, "funds[2]", None),
        (13, 19, "rules.x.unit", "points"),
        (13, 59, "rules.x.formula.currency", "JPY"),
        (13, 71, "rules.x.formula.units", None),
        (14, 25, "request_retention_days", None),
    ]
    assert caught.value.total == 14
    assert caught.value.code == "PROGRAM_INVALID"
    assert caught.value.facts()["total"] == 14


def test_the_error_reads_as_a_list() -> None:
    with pytest.raises(ProgramInvalid) as caught:
        parse(SMALL + "fund: [bonus]\nzzz: 1\n")
    assert str(caught.value).splitlines() == [
        "the program document has 2 mistakes:",
        "  line 6, column 1: fund is not a name that belongs here (did you mean 'funds'?)",
        "  line 7, column 1: zzz is not a name that belongs here",
    ]


def test_a_text_full_of_mistakes_is_described_in_part() -> None:
    with pytest.raises(ProgramInvalid) as caught:
        parse(SMALL + "".join(f"wrong{number}: 1\n" for number in range(1_000)))
    assert (len(caught.value.problems), caught.value.total) == (100, 1_000)
    assert str(caught.value).endswith("and 900 more")
