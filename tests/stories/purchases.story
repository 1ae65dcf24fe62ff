# Seventeen points for every ten dollars, rounded down once for each purchase.

timezone: America/New_York
units:
  points: {kind: redeemable}
  growth: {kind: qualifying}
rules:
  base: {unit: points, formula: {kind: rate, units: 17, per: 10, currency: USD}}

== A purchase earns, a hold sets aside, and not enough is refused

2026-01-01      enroll   m1
01-01           purchase m1 order-1 72.00   => +122
01-02 09:00     hold     m1 H1 100          => available 22 held 100
      09:01     hold     m1 H2 1000         => NOT_ENOUGH_POINTS asked 1000 available 22
      09:02     capture  m1 H1              => -100 leaving available 22 held 0

== A fraction of a point is never given, and purchases do not share their fractions

2026-01-01      enroll   m1
01-01           purchase m1 order-1 0.58    => given 0
                purchase m1 order-2 0.59    => +1
                purchase m1 order-3 1.17    => +1 leaving available 2
                purchase m1 order-4 1.18    => +2 leaving available 4

== The shop earns on dollars only

2026-01-01      enroll   m1
01-01           purchase m1 order-1 72.00 EUR => WRONG_CURRENCY currency EUR expected USD
                balance  m1                   => available 0

== Nobody buys before being enrolled, and nobody enrols twice

2026-01-01      purchase m1 order-1 72.00   => UNKNOWN_MEMBER member m1
                enroll   m1
                enroll   m1                 => MEMBER_EXISTS member m1
                purchase m1 order-1 72.00   => +122

== What counts towards a tier cannot be spent, set aside or given away, but can be corrected

2026-01-01      enroll   m1
                enroll   m2
                award    m1 visit-1 10 growth       => +10
                redeem   m1 till-1 5 growth         => NOT_REDEEMABLE unit growth kind qualifying
                hold     m1 H1 5 growth             => NOT_REDEEMABLE unit growth kind qualifying
                gift     m1 gift-1 5 to m2 growth   => NOT_REDEEMABLE unit growth kind qualifying
                adjust   m1 fix-1 -4 growth because "counted twice" => -4 leaving available 6
                balance  m1 growth                  => available 6
                balance  m1                         => available 0

== A redemption takes less only when the shopkeeper says so, and only when there is something

2026-01-01      enroll   m1
                redeem   m1 till-1 100 partly   => NOT_ENOUGH_POINTS asked 100 available 0
                award    m1 welcome 30          => +30
                redeem   m1 till-2 100          => NOT_ENOUGH_POINTS asked 100 available 30
                redeem   m1 till-3 100 partly   => -30 asked 100 leaving available 0
                redeem   m1 till-4 1 partly     => NOT_ENOUGH_POINTS asked 1 available 0

== What the program does not count, or nobody pays for, is refused

2026-01-01      enroll   m1
                award    m1 a1 10 stars            => UNKNOWN_UNIT unit stars
                award    m1 a2 10 from partner     => UNKNOWN_FUND fund partner
                redeem   m1 r1 10 stars            => UNKNOWN_UNIT unit stars
                adjust   m1 f1 10 stars because x  => UNKNOWN_UNIT unit stars
                award    m1 a3 0                   => FIELD_INVALID field amount
                award    m1 a4 -5                  => FIELD_INVALID field amount
                statement m1                       => enroll
