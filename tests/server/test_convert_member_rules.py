"""What a program says about identities, referrals, grants, plans and coupons, as the contract has it."""

from __future__ import annotations

from typing import Any

from google.protobuf.json_format import MessageToDict
from tallybook_client._gen.tallybook.v1.program_pb2 import Program
from tallybook_server.convert_program import program_message

CLUB = """
program: club
timezone: Europe/Berlin
units:
  points: {kind: redeemable}
  earned: {kind: redeemable, scale: 2}
identities:
  phone: {kept: encrypted, normal: e164, most: 2}
  card: {}
referrals:
  return_window_days: 7
  newcomer: {bind_within_days: 30, may_have_bought: true}
  minimum_spend: {amount: "20.00", currency: EUR}
  rewards:
    newcomer: [{kind: units, unit: points, units: 50}]
    referrer: [{kind: membership_days, plan: plus, days: 10}, {kind: coupon, template: five, count: 2}]
  caps: [{period: month, newcomers: 5}, {period: life, newcomers: 50}]
  commission: {unit: earned, currency: EUR, per: "1.00", levels: 2, rates: ["0.05", "0.01"], months: 12}
grants:
  birthday:
    day: {kind: birthday, feb_29: mar_1}
    from: 2026-01-01
    catch_up_days: 14
    rewards: [{kind: units, unit: points, units: 20, vesting: {kind: after_days, days: 3}}]
    tags: [vip]
    condition: member.days_enrolled >= 30
  new_year: {day: {kind: festival, month: 1, day: 1}, from: 2026-01-01, until: 2027-12-31, rewards: [&R x]}
  moon: {day: {kind: dates, dates: [2026-09-25]}, from: 2026-01-01, rewards: [&R x]}
  year: {day: {kind: anniversary}, from: 2026-01-01, rewards: [&R x]}
  tenure: {day: {kind: tenure, months: 6}, from: 2026-01-01, rewards: [&R x]}
memberships:
  plus:
    display_name: Plus
    price: "30.00"
    currency: EUR
    term: {kind: months, months: 1}
    grace_days: 3
    refund: {kind: full_within, days: 14}
    upgrades_to: [gold]
    benefits: {quotas: {shipping: {most: 4, period: month}}, entitlements: [lounge]}
  gold: {price: "99.00", currency: EUR, term: {kind: days, days: 30}}
coupons:
  five: {currency: EUR, offer: {kind: amount_off, amount: "5.00"}, validity: {kind: after_issue, days: 30}}
  spring:
    currency: EUR
    offer: {kind: percentage, basis_points: 1500, most: "10.5"}
    validity: {kind: between, from: 2026-03-01, until: 2026-05-31}
    channels: [app]
    lines: {categories: [dairy]}
    min_spend: "25.00"
    stacks_with: {kind: groups, groups: [small]}
    group: small
    stock: 1000
    limits: [{period: life, most: 1}]
    claims: {from: 2026-02-01}
    returns: {on_partial_refund: below_minimum, extension_days: 7}
    codes: {kind: shared, text: SPRING26}
    transferable: true
""".replace("&R x", "{kind: units, unit: points, units: 20}")


def club() -> Program:
    return program_message(CLUB, 1, "etag")


def told(field: str) -> dict[str, dict[str, Any]]:
    """The messages of a section, by their code."""
    code = {"identities": "kind", "grants": "grant", "memberships": "plan", "coupons": "template"}[field]
    return {each[code]: each for each in MessageToDict(club())[field]}


def test_identities_say_how_they_are_kept() -> None:
    assert told("identities") == {
        "phone": {"kind": "phone", "kept": "encrypted", "normal": "e164", "most": 2},
        "card": {"kind": "card", "kept": "hashed", "normal": "as_is", "most": 1},
    }


def test_referrals_say_what_both_get() -> None:
    assert MessageToDict(club())["referrals"] == {
        "returnWindowDays": 7,
        "bindWithinDays": 30,
        "mayHaveBought": True,
        "minimum": "2000",
        "currency": "EUR",
        "newcomer": [{"unit": "points", "fund": "house", "amount": "50"}],
        "referrer": [{"plan": "plus", "amount": "10"}, {"couponTemplate": "five", "amount": "2"}],
        "caps": [
            {"period": "CAP_PERIOD_MONTH", "newcomers": "5"},
            {"period": "CAP_PERIOD_LIFE", "newcomers": "50"},
        ],
        "commission": {
            "unit": "earned",
            "fund": "house",
            "currency": "EUR",
            "rates": ["1/20", "1/100"],
            "levels": 2,
            "rounding": "floor",
            "months": 12,
        },
    }


def test_a_program_without_referrals_says_none() -> None:
    message = program_message("program: p\ntimezone: UTC\nunits: {points: {kind: redeemable}}", 1, "e")
    assert not message.HasField("referrals")


def test_grants_say_their_days() -> None:
    grants = told("grants")
    assert grants["birthday"] == {
        "grant": "birthday",
        "displayName": "birthday",
        "day": {"kind": "birthday", "feb29": "mar_1"},
        "starts": {"year": 2026, "month": 1, "day": 1},
        "catchUpDays": 14,
        "rewards": [{"unit": "points", "fund": "house", "amount": "20", "vestingDays": 3}],
        "tags": ["vip"],
        "condition": "member.days_enrolled >= 30",
    }
    assert grants["new_year"]["ends"] == {"year": 2027, "month": 12, "day": 31}
    assert {code: each["day"] for code, each in grants.items() if code != "birthday"} == {
        "new_year": {"kind": "festival", "month": 1, "day": 1},
        "moon": {"kind": "dates", "dates": [{"year": 2026, "month": 9, "day": 25}]},
        "year": {"kind": "anniversary"},
        "tenure": {"kind": "tenure", "months": 6},
    }


def test_plans_say_their_price_and_term() -> None:
    plans = told("memberships")
    assert plans["plus"] == {
        "plan": "plus",
        "displayName": "Plus",
        "price": "3000",
        "currency": "EUR",
        "months": 1,
        "graceDays": 3,
        "refund": "full_within",
        "fullDays": 14,
        "upgradesTo": ["gold"],
        "benefits": {
            "quotas": [{"quota": "shipping", "most": "4", "period": "CAP_PERIOD_MONTH"}],
            "entitlements": ["lounge"],
        },
    }
    assert (plans["gold"]["days"], plans["gold"]["refund"]) == (30, "prorated")


def test_coupons_say_what_they_take_off_and_when() -> None:
    coupons = told("coupons")
    assert coupons["five"] == {
        "template": "five",
        "displayName": "five",
        "currency": "EUR",
        "offer": {"kind": "amount_off", "terms": {"amount": "5"}},
        "days": 30,
        "stacksWith": "never",
        "mostPerOrder": 1,
        "fund": "house",
        "returnsOnCancel": True,
        "returnsOnFullRefund": True,
        "returnsOnPartialRefund": "never",
        "codes": "none",
        "reserveSeconds": 900,
    }
    spring = coupons["spring"]
    assert spring["offer"] == {"kind": "percentage", "terms": {"basis_points": "1500", "most": "10.5"}}
    assert (spring["startsAt"], spring["endsAt"]) == ("2026-02-28T23:00:00Z", "2026-05-31T22:00:00Z")
    assert (spring["claimable"], spring["claimsStartAt"]) == (True, "2026-01-31T23:00:00Z")
    assert (spring["lines"], spring["minSpend"]) == ({"categories": ["dairy"]}, "2500")
    assert (spring["stacksWith"], spring["stacksWithGroups"], spring["group"]) == (
        "groups",
        ["small"],
        "small",
    )
    assert spring["limits"] == [{"period": "CAP_PERIOD_LIFE", "most": "1"}]
    assert (spring["stock"], spring["codes"], spring["sharedCode"]) == ("1000", "shared", "SPRING26")
    assert (spring["returnsOnPartialRefund"], spring["extensionDays"]) == ("below_minimum", 7)
    assert (spring["channels"], spring["transferable"]) == (["app"], True)


def test_what_every_section_of_the_document_says_is_told() -> None:
    """Both ways: a template, plan, grant or kind of the document is one of the message's, and no other is."""
    message = club()
    assert [each.kind for each in message.identities] == ["phone", "card"]
    assert sorted(each.grant for each in message.grants) == ["birthday", "moon", "new_year", "tenure", "year"]
    assert [each.plan for each in message.memberships] == ["plus", "gold"]
    assert [each.template for each in message.coupons] == ["five", "spring"]
