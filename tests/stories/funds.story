# Who pays for points: the house, unless somebody else is named.

timezone: UTC
units:
  points: {kind: redeemable}
funds: [partner, campaign]

== By default what lapses first is spent first, whoever paid for it

2026-01-01      enroll  m1
                award   m1 a1 10 until 2026-03-31
                award   m1 a2 10 from partner until 2026-02-28
                award   m1 a3 10 from campaign until 2026-04-30
                redeem  m1 r1 15
                lots    m1          => 5 until 2026-03-31, 10 of campaign until 2026-04-30

== Points of one day and several funds are counted apart, and go back to who paid for them

2026-01-01      enroll  m1
                award   m1 a1 10
                award   m1 a2 10 from partner
                award   m1 a3 10 from partner
                lots    m1          => 10 until never, 20 of partner until never
                redeem  m1 r1 25
                lots    m1          => 5 of partner until never
                reverse m1 r1 20
                lots    m1          => 5 until never, 20 of partner until never

== A refund takes from the purchase's own fund first, and then from the others

2026-01-01      enroll  m1
                award   m1 a1 10 from partner
                award   m1 a2 10
                redeem  m1 r1 4
                lots    m1          => 6 until never, 10 of partner until never
                reverse m1 a2       => available 10
                lots    m1          => 6 of partner until never

---
timezone: UTC
units:
  points:
    kind: redeemable
    spend_order: {kind: fund_order, funds: [campaign, house]}
funds: [partner, campaign]

== The program can name the order of the funds; those it does not name come last

2026-01-01      enroll  m1
                award   m1 a1 10 until 2026-03-31
                award   m1 a2 10 until 2026-05-31
                award   m1 a3 10 from partner until 2026-02-28
                award   m1 a4 10 from campaign until 2026-12-31
                redeem  m1 r1 12
                lots    m1          => 10 of partner until 2026-02-28, 8 until 2026-03-31, 10 until 2026-05-31
                hold    m1 H1 20
                capture m1 H1 18    => -18 released 2
                lots    m1          => 10 of partner until 2026-02-28
