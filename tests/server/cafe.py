"""A program with rules, for tests of events."""

CAFE = """
program: cafe
timezone: Europe/Berlin
units:
  points:
    kind: redeemable
    expiry: {kind: end_of_month, plus_months: 12}
  growth:
    kind: qualifying
    vesting: {kind: after_days, days: 7}
events:
  check_in: {attributes: {store: text, minutes: number, first: flag}}
rules:
  base:
    unit: points
    formula: {kind: rate, units: 1, per: "1.00", currency: USD}
  dairy:
    unit: points
    formula: {kind: multiplier, times: 2, of: [base]}
    lines: {categories: [dairy]}
    caps: [{period: event, most: 10}]
  welcome:
    unit: growth
    formula: {kind: fixed, units: 50}
    condition: order.ordinal == 1
  visit:
    event: check_in
    unit: points
    formula: {kind: fixed, units: 5}
    condition: event.attributes.minutes >= 30
    caps: [{period: day, times: 1}]
"""
