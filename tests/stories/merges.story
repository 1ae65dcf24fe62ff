# Two pages that turn out to be one member's: what both have done counts together from then on. In Berlin.

timezone: Europe/Berlin
units:
  points: {kind: redeemable, expiry: {kind: after_months, months: 12}}
  xp: {kind: qualifying, expiry: {kind: after_months, months: 12}}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
  growing: {unit: xp, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
tasks:
  twice:
    goal: {kind: count, reach: 2}
    period: month
    rewards: [{kind: units, unit: points, units: 500}]
ladders:
  status:
    tiers:
      - code: silver
        any_of: [{units: {xp: 100}}]

== Two halves of a tier are a tier, from the merge on

2026-03-01      enroll   m1
                enroll   m2
                purchase m1 o1 60.00
                purchase m2 o2 60.00
                tier     m1                     => none
03-05           merge    m1 with m2
                tier     m1                     => silver
                balance  m1                     => available 620
                balance  m1 xp                  => available 120
03-06           refund   m1 o2
                balance  m1 xp                  => available 60

== Points keep their own days, and go back to whom they were

2026-03-01      enroll   m1
                enroll   m2
                award    m1 a1 10
04-01           award    m2 a2 40
04-02           merge    m1 with m2
                lots     m1                     => 10 until 2027-03-01, 40 until 2027-04-01
                redeem   m1 r1 15
04-03           split    m1 from m2
                balance  m1                     => available 0
                balance  m2                     => available 35
