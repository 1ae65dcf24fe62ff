# All points of a member lapse after three months without doing anything.

timezone: America/New_York
units:
  points: {kind: redeemable, expiry: {kind: after_idle_months, months: 3}}
  stars: {kind: redeemable}

== Points lapse three months after the member last did something

2026-01-31          enroll  m1
                    award   m1 a1 100       => +100 until never
                    award   m1 a2 7 stars
                    lots    m1              => 100 until 2026-04-30
04-30 23:59:59      balance m1              => available 100
05-01 00:00         balance m1              => available 0
                    balance m1 stars        => available 7
                    redeem  m1 r1 1         => NOT_ENOUGH_POINTS available 0
                    statement m1            => expire award award enroll

== Doing something keeps all points for three months more

2026-01-31          enroll  m1
                    award   m1 a1 100
04-30               redeem  m1 r1 1         => -1
05-01               lots    m1              => 99 until 2026-07-30
07-30               hold    m1 H1 9
                    capture m1 H1
10-30               award   m1 a2 1
11-01               balance m1              => available 91
2027-01-31          balance m1              => available 0

== What the shop does to a member is nothing the member did

2026-01-31          enroll  m1
                    enroll  m2
                    award   m1 a1 100
                    award   m2 a1 100
04-15               adjust  m1 fix-1 +1 because "forgotten"
                    freeze  m1 redeem because "card stolen"
                    unfreeze m1 because "found again"
                    gift    m2 gift-1 10 to m1
                    balance m1              => available 111
05-01               balance m1              => available 0
                    balance m2              => available 90

== What comes in late sets no clock back

2026-03-01          enroll  m1
                    award   m1 a1 100
03-02               award   m1 a2 5 happened 2026-01-01 12:00
06-01               balance m1              => available 105
06-02               balance m1              => available 0

== An expiry of a lot's own is kept where it comes sooner

2026-01-01          enroll  m1
                    award   m1 a1 10 until 2026-02-01
                    award   m1 a2 20 until 2026-12-31
                    lots    m1              => 10 until 2026-02-01, 20 until 2026-04-01
02-02               balance m1              => available 20
04-02               balance m1              => available 0

== A late refund of points that lapsed by idleness does not charge the member

2026-01-01          enroll  m1
                    award   m1 a1 100
06-01               balance m1              => available 0
                    reverse m1 a1           => amount 100 lapsed 100 arrears 0 leaving available 0 arrears 0

== A late refund takes what lapsed, not what was earned since; a refund of what was earned since takes that

2026-01-01          enroll  m1
                    award   m1 a1 100
06-01               award   m1 a2 60
                    reverse m1 a1           => amount 100 lapsed 100 leaving available 60 arrears 0
                    reverse m1 a2           => amount 60 available 60 lapsed 0 leaving available 0 arrears 0

---
timezone: UTC
units:
  points: {kind: redeemable, expiry: {kind: after_idle_months, months: 3}}
refunds: {lapsed: {kind: grace_days, days: 10}}

== What is given back to who did nothing for long can be spent for the days of grace

2026-01-01          enroll  m1
                    award   m1 a1 100
                    redeem  m1 r1 60
06-01               balance m1              => available 0
                    reverse m1 r1 40        => available 40 lapsed 0
                    lots    m1              => 40 until 2026-06-11
06-11               balance m1              => available 40
06-12               balance m1              => available 0
                    reverse m1 r1           => available 20
                    lots    m1              => 20 until 2026-06-22
06-22               redeem  m1 r2 5         => -5
                    lots    m1              => 15 until 2026-09-22
