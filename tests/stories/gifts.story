# Points given to another member keep their expiry and whoever pays for them.

timezone: UTC
units:
  points: {kind: redeemable}
funds: [partner]

== A gift keeps the expiry and the fund of every point

2026-01-01      enroll  m1
                enroll  m2
                award   m1 a1 30 until 2026-01-31
                award   m1 a2 30 until 2026-02-28 from partner
                award   m1 a3 30
                gift    m1 gift-1 70 to m2  => -70 leaving available 20
                lots    m1                  => 20 until never
                lots    m2                  => 30 until 2026-01-31, 30 of partner until 2026-02-28, 10 until never
                statement m2                => gift enroll
02-01           balance m2                  => available 40
                trial   gifted              => 0

== Nobody gives more than they have, to nobody, to themselves or to strangers

2026-01-01      enroll  m1
                enroll  m2
                award   m1 a1 30
                gift    m1 g1 31 to m2      => NOT_ENOUGH_POINTS asked 31 available 30
                gift    m1 g2 10 to m1      => FIELD_INVALID field to_member
                gift    m1 g3 10 to m3      => UNKNOWN_MEMBER member m3
                enroll  m3
                gift    m1 g3 10 to m3      => -10
                statement m2                => enroll

== A gift sent twice arrives once

2026-01-01      enroll  m1
                enroll  m2
                award   m1 a1 30
                gift    m1 g1 10 to m2      => -10 to_entry 2
                again   m1 g1               => -10 to_entry 2 replayed
                balance m1                  => available 20
                balance m2                  => available 10

== What was given can be spent, and given on

2026-01-01      enroll  m1
                enroll  m2
                enroll  m3
                award   m1 a1 30 until 2026-01-31
                gift    m1 g1 30 to m2
                gift    m2 g1 20 to m3
                gift    m3 g1 5 to m1
                lots    m1                  => 5 until 2026-01-31
                lots    m2                  => 10 until 2026-01-31
                redeem  m3 r1 15            => -15 leaving available 0
