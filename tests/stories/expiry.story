# Expiry is checked when points are spent. No sweep ever runs in these stories, unless it is told.

timezone: America/New_York
units:
  points:
    kind: redeemable
    expiry: {kind: end_of_month, plus_months: 12}

== Points of any day in March can be spent through 31 March a year on

2025-03-01 00:00    enroll m1
                    award  m1 a1 10     => +10 until 2026-03-31
03-31 23:59:59      award  m1 a2 20     => +20 until 2026-03-31
04-01 00:00         award  m1 a3 30     => +30 until 2026-04-30
                    lots   m1           => 30 until 2026-03-31, 30 until 2026-04-30
2026-03-31 23:59:59 redeem m1 r1 5      => -5 leaving available 55
04-01 00:00         redeem m1 r2 31     => NOT_ENOUGH_POINTS asked 31 available 30
                    lots   m1           => 30 until 2026-04-30
                    statement m1        => expire redeem award award award enroll
05-01 00:00         balance m1          => available 0

== Midnight is the shop's midnight, in winter as in summer

2025-12-31          enroll m1
                    award  m1 a1 10     => +10 until 2026-12-31
2026-06-10          award  m1 a2 20     => +20 until 2027-06-30
2027-01-01 04:59:59Z balance m1         => available 30
      05:00Z        balance m1          => available 20
07-01 03:59:59Z     balance m1          => available 20
      04:00Z        balance m1          => available 0

== Days on which clocks change are an hour shorter or longer, and end at midnight all the same

2026-03-01          enroll m1
                    award  m1 a1 1 until 2026-03-07
                    award  m1 a2 2 until 2026-03-08
                    award  m1 a3 4 until 2026-10-31
                    award  m1 a4 8 until 2026-11-01
03-08 04:59:59Z     balance m1          => available 15
      05:00Z        balance m1          => available 14
03-09 03:59:59Z     balance m1          => available 14
      04:00Z        balance m1          => available 12
11-01 03:59:59Z     balance m1          => available 12
      04:00Z        balance m1          => available 8
11-02 04:59:59Z     balance m1          => available 8
      05:00Z        balance m1          => available 0

== What lapses first is spent first

2026-01-01          enroll m1
                    award  m1 a1 10 until 2026-03-31
                    award  m1 a2 10 until 2026-01-31
                    award  m1 a3 10 until 2026-02-28
                    redeem m1 r1 15
                    lots   m1           => 5 until 2026-02-28, 10 until 2026-03-31

== What is given after its last day lapses in the same breath

2026-02-01          enroll m1
                    award  m1 a1 10 until 2026-01-31    => +10 lapsed 10 available 0 leaving available 0
                    award  m1 a2 10 until 2026-02-01    => +10 lapsed 0 available 10
                    balance m1                          => available 10

== A sweep only writes down what is so already

2026-01-01          enroll m1
                    award  m1 a1 10 until 2026-01-31
                    award  m1 a2 20 until 2026-02-28
02-01               trial  available    => 30
                    balance m1          => available 20
                    sweep               => 1
                    sweep               => 0
                    trial  available    => 20
                    trial  expired      => 10
                    balance m1          => available 20
                    statement m1        => expire award award enroll

== A sweep of points that were spent before they lapsed finds nothing, once

2026-01-01          enroll m1
                    award  m1 a1 10 until 2026-01-31
                    redeem m1 r1 10
02-01               sweep               => 1
                    sweep               => 0
                    statement m1        => redeem award enroll

---
# Clocks in Cairo go forward at midnight, so that some days begin at one; and back to eleven in the evening.
timezone: Africa/Cairo
units:
  points: {kind: redeemable}

== A day whose midnight does not exist ends at the moment that clocks skip it

2026-04-01          enroll m1
                    award  m1 a1 10 until 2026-04-23
                    award  m1 a2 20 vests 2026-04-24
04-23 21:59:59Z     balance m1          => available 10 pending 20
      22:00Z        balance m1          => available 20 pending 0

== A day that has one hour twice ends after the second

2026-10-01          enroll m1
                    award  m1 a1 10 until 2026-10-29
10-29 20:59:59Z     redeem m1 r1 1      => -1
      21:30Z        redeem m1 r2 1      => -1
      21:59:59Z     redeem m1 r3 1      => -1
      22:00Z        redeem m1 r4 1      => NOT_ENOUGH_POINTS available 0

---
timezone: Asia/Shanghai
units:
  month: {kind: redeemable, expiry: {kind: after_months, months: 1}}
  days: {kind: redeemable, expiry: {kind: after_days, days: 30}}
  quarter: {kind: redeemable, expiry: {kind: end_of_quarter}}
  year: {kind: redeemable, expiry: {kind: end_of_year, plus_months: 3}}
  festival: {kind: redeemable, expiry: {kind: on_date, date: 2026-10-01}}
  points: {kind: redeemable}

== A month after the 31st is the last day of a shorter month

2026-01-30          enroll m1
                    award  m1 a1 1 month    => +1 until 2026-02-28
01-31               award  m1 a2 1 month    => +1 until 2026-02-28
03-31               award  m1 a3 1 month    => +1 until 2026-04-30
08-31               award  m1 a4 1 month    => +1 until 2026-09-30
2028-01-31          award  m1 a5 1 month    => +1 until 2028-02-29
12-31               award  m1 a6 1 month    => +1 until 2029-01-31

== Every policy counts from the local day of earning

2026-09-30 15:59:59Z enroll m1
                    award  m1 a1 1 quarter  => +1 until 2026-09-30
                    award  m1 a2 1 year     => +1 until 2026-12-31
                    award  m1 a3 1 days     => +1 until 2026-10-30
                    award  m1 a4 1          => +1 until never
09-30 16:00Z        award  m1 b1 1 quarter  => +1 until 2026-12-31
                    award  m1 b2 1 year     => +1 until 2027-12-31
                    award  m1 b3 1 days     => +1 until 2026-10-31
10-01               award  m1 b4 1 festival => +1 until 2026-10-01
10-02               award  m1 b5 1 festival => +1 until 2026-10-01 lapsed 1
                    balance m1 festival     => available 0
9000-01-01          balance m1              => available 1
