"""Histories of a member for property tests: orders, refunds that they can bear, visits, and their times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import tallybook as tb
from hypothesis import strategies as st

PROGRAM = """
program: shop
timezone: Europe/Berlin
units:
  points: {kind: redeemable, expiry: {kind: end_of_year, plus_months: 12}}
  growth: {kind: qualifying, vesting: {kind: after_days, days: 14}}
spend: {shipping: true, excluded_tenders: [voucher]}
calendars:
  tuesdays: {weekdays: [tue]}
events:
  visit: {}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
  dairy:
    unit: points
    formula: {kind: multiplier, times: 3, of: [base]}
    lines: {categories: [dairy]}
    caps: [{period: month, most: 9}]
  tuesday: {unit: points, formula: {kind: multiplier, times: 2, of: [base]}, when: {calendars: [tuesdays]}}
  first: {unit: points, formula: {kind: fixed, units: 50}, condition: order.ordinal == 1}
  third:
    unit: points
    formula: {kind: fixed, units: 7}
    condition: order.ordinal == 3
    group: once
    priority: 2
  soon:
    unit: points
    formula: {kind: quantity, units: 2, per: 2}
    condition: order.days_since_last >= 0 && order.days_since_last < 3
    group: once
    priority: 1
  large:
    unit: growth
    formula: {kind: steps, currency: USD, steps: [{spend: "10.00", units: 5}, {spend: "30.00", units: 20}]}
    caps: [{period: life, times: 2}]
    vesting: {kind: after_days, days: 3}
  visiting: {event: visit, unit: points, formula: {kind: fixed, units: 3}, caps: [{period: day, times: 1}]}
caps:
  points: [{period: week, most: 60}]
"""
GROWING = (
    PROGRAM
    + """
coupons:
  five: {currency: USD, offer: {kind: amount_off, amount: "5.00"}, validity: {kind: after_issue, days: 200}}
  ten: {currency: USD, offer: {kind: amount_off, amount: "9.99"}, validity: {kind: after_issue, days: 40}}
memberships:
  plus: {price: "31.00", currency: USD, term: {kind: days, days: 30}}
tasks:
  thrice:
    goal: {kind: count, reach: 3}
    period: month
    rewards:
      - {kind: units, unit: points, units: 40}
      - {kind: units, unit: growth, units: 6}
      - {kind: coupon, template: five, count: 2}
      - {kind: membership_days, plan: plus, days: 200}
  dairy_and_fruit:
    goal: {kind: distinct, of: lines.category, reach: 2}
    period: week
    streak: 2
    after: [spender]
    rewards: [{kind: units, unit: points, units: 11}]
  spender:
    goal: {kind: spend, currency: USD, reach: "25.00"}
    condition: order.quantity >= 2
    period: week
    refunds: keep
    rewards: [{kind: units, unit: points, units: 5}, {kind: coupon, template: five}]
  visitor:
    event: visit
    goal: {kind: count, reach: 2}
    period: day
    most_times: 3
    rewards: [{kind: units, unit: growth, units: 4}]
ladders:
  status:
    main: true
    validity: {kind: after_days, days: 5}
    grace_days: 2
    downgrade: one_step
    refunds: at_once
    tiers:
      - code: silver
        any_of: [{units: {growth: 6}}]
        benefits: {multipliers: [{unit: points, times: 2}]}
        rewards: [{kind: units, unit: points, units: 13}, {kind: coupon, template: ten}]
      - code: gold
        any_of: [{units: {growth: 20}}, {units: {growth: 5}, tasks: [thrice]}]
        keep: [{units: {growth: 12}}]
        benefits:
          multipliers: [{unit: points, times: "5/2"}]
          grants:
            - every: week
              rewards:
                - {kind: units, unit: points, units: 1}
                - {kind: units, unit: growth, units: 3}
                - {kind: coupon, template: ten}
  care:
    validity: {kind: never}
    refunds: at_review
    tiers:
      - {code: friend, any_of: [{tasks: [visitor]}, {tasks: [spender]}]}
"""
)
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
WHO: Any = {"program": "shop", "member": "amy"}

HOURS = st.integers(0, 24 * 20)
"""Three weeks, so that events meet in days, weeks and months; equal moments happen."""


@st.composite
def lines(draw: st.DrawFn) -> tuple[tb.Line, ...]:
    """One to four lines, some of them free."""
    line = st.builds(
        tb.Line,
        amount=st.integers(0, 4_000),
        quantity=st.integers(1, 4),
        category=st.sampled_from(["", "dairy", "fruit"]),
    )
    return tuple(draw(st.lists(line, min_size=1, max_size=4)))


@st.composite
def histories(draw: st.DrawFn) -> list[tb.RecordEvent]:
    """Orders with refunds that add up to no more than was bought, at any times, and visits."""
    events: list[tb.RecordEvent] = []
    for number in range(draw(st.integers(1, 5))):
        bought = draw(lines())
        shipping = draw(st.sampled_from([0, 0, 490]))
        total = sum(line.amount for line in bought) + shipping
        voucher = draw(st.integers(0, total))
        paid = (tb.Tender(kind="voucher", amount=voucher), tb.Tender(kind="card", amount=total - voucher))
        order = tb.Purchase(
            order_id=f"o{number}", currency="USD", lines=bought, shipping=shipping, tenders=paid
        )
        events.append(_at(draw, order))
        events += [_at(draw, refund) for refund in _refunds(draw, order)]
    for number in range(draw(st.integers(0, 3))):
        events.append(_at(draw, tb.Custom(name="visit", event_id=f"v{number}")))
    return events


def _at(draw: st.DrawFn, event: tb.Event) -> tb.RecordEvent:
    return tb.RecordEvent(**WHO, event=event, occurred_at=START + timedelta(hours=draw(HOURS)))


def _refunds(draw: st.DrawFn, order: tb.Purchase) -> list[tb.Refund]:
    """Some pieces of some lines in one or two refunds, or all that is left in one."""
    if draw(st.booleans()):
        return []
    if draw(st.integers(0, 3)) == 0:
        return [tb.Refund(refund_id=f"{order.order_id}-all", order_id=order.order_id)]
    found = []
    for place, line in enumerate(order.lines, 1):
        back = draw(st.integers(0, line.quantity))
        for part, quantity in enumerate((back // 2, back - back // 2)):
            if quantity:
                lines = (tb.RefundedLine(line_id=str(place), quantity=quantity),)
                refund_id = f"{order.order_id}-{place}-{part}"
                found.append(tb.Refund(refund_id=refund_id, order_id=order.order_id, lines=lines))
    return found
