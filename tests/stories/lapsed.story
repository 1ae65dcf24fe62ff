# Points given back after their last day. The three programs differ in what becomes of them.

timezone: UTC
units:
  points: {kind: redeemable, expiry: {kind: after_months, months: 1}}
refunds: {lapsed: {kind: keep_expired}}

== Kept expired: what is given back after its last day lapses at once

2026-01-10      enroll  m1
                award   m1 order-1 100      => +100 until 2026-02-10
01-20           redeem  m1 till-1 100
02-10           reverse m1 till-1 40        => amount 40 available 40 lapsed 0 leaving available 40
02-11           reverse m1 till-1           => amount 60 available 0 lapsed 60 leaving available 0

== A late refund of points that lapsed unspent does not charge the member

2026-01-10      enroll  m1
                award   m1 order-1 100
                award   m1 order-2 50 until 2026-12-31
03-01           balance m1                  => available 50
                reverse m1 order-1 40       => amount 40 lapsed 40 arrears 0 leaving available 50 arrears 0
                reverse m1 order-1          => amount 60 lapsed 60 leaving available 50 arrears 0
                trial   expired             => 0

== Of a late refund, only what was spent is charged

2026-01-10      enroll  m1
                award   m1 order-1 100
                redeem  m1 till-1 30
03-01           reverse m1 order-1          => amount 100 lapsed 70 arrears 30 leaving arrears 30

== What lapsed is undone once, for all purchases of the lot together

2026-01-10      enroll  m1
                award   m1 order-1 100
                award   m1 order-2 100
                redeem  m1 till-1 150
03-01           reverse m1 order-1          => amount 100 lapsed 50 arrears 50
                reverse m1 order-2          => amount 100 lapsed 0 arrears 100 leaving arrears 150

== What a released hold let lapse is not charged either

2026-01-10      enroll  m1
                award   m1 order-1 100
02-10           hold    m1 H1 100 for 2d
02-11           release m1 H1               => lapsed 100
                reverse m1 order-1          => amount 100 lapsed 100 arrears 0

== A purchase and its redemption both undone after the last day cancel out

2026-01-10      enroll  m1
                award   m1 order-1 100
                redeem  m1 till-1 100
03-01           reverse m1 till-1           => lapsed 100
                reverse m1 order-1          => lapsed 100 arrears 0 leaving available 0 arrears 0
                trial   expired             => 0
                trial   issued              => 0

== What is given back late repays what is owed before it lapses

2026-01-10      enroll  m1
                award   m1 order-1 100
                redeem  m1 till-1 100
                adjust  m1 fix-1 -30 owing because "goods kept"
03-01           reverse m1 till-1           => amount 100 repaid 30 lapsed 70 leaving available 0 arrears 0

== A late refund leaves a clock that goes back out of it

2026-01-10      enroll  m1
                award   m1 order-1 100
03-01           award   m1 order-2 50
                balance m1                  => available 50
01-15           clock goes back
01-16           reverse m1 order-1          => amount 100 lapsed 100 arrears 0 leaving available 50

---
timezone: UTC
units:
  points: {kind: redeemable, expiry: {kind: after_months, months: 1}}
refunds: {lapsed: {kind: grace_days, days: 10}}

== Days of grace: what is given back after its last day can be spent for ten days more

2026-01-10      enroll  m1
                award   m1 order-1 100
01-20           redeem  m1 till-1 100
03-01           reverse m1 till-1           => amount 100 available 100 lapsed 0
                lots    m1                  => 100 until 2026-03-11
03-11           redeem  m1 till-2 1
03-12           redeem  m1 till-3 1         => NOT_ENOUGH_POINTS available 0

== Days of grace shorten no expiry that is still ahead

2026-01-10      enroll  m1
                award   m1 order-1 100
01-11           redeem  m1 till-1 100
                reverse m1 till-1           => available 100
                lots    m1                  => 100 until 2026-02-10

---
timezone: UTC
units:
  points: {kind: redeemable, expiry: {kind: after_months, months: 1}}
refunds: {lapsed: {kind: reissue}}

== Reissued: what is given back after its last day lapses as if earned today

2026-01-10      enroll  m1
                award   m1 order-1 100
                award   m1 order-2 50 until 2026-12-31
                redeem  m1 till-1 120
03-05           reverse m1 till-1           => amount 120 available 120 lapsed 0
                lots    m1                  => 100 until 2026-04-05, 50 until 2026-12-31
