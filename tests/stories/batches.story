# Commands done together stand or fall one by one.

timezone: UTC
units:
  points: {kind: redeemable}

== One bad command does not fail its neighbours

2026-01-01      enroll  m1
                enroll  m2
              | award   m1 a1 100           => +100
              | redeem  m2 r1 10            => NOT_ENOUGH_POINTS asked 10 available 0
              | award   m3 a1 10            => UNKNOWN_MEMBER member m3
              | award   m2 a1 50            => +50
              | award   m2 a2 10 stars      => UNKNOWN_UNIT unit stars
                balance m1                  => available 100
                balance m2                  => available 50

== Commands on one member see each other, in order

2026-01-01    | enroll  m1
              | award   m1 a1 100           => +100 leaving available 100
              | redeem  m1 r1 150           => NOT_ENOUGH_POINTS asked 150 available 100
              | redeem  m1 r2 70            => -70 leaving available 30
              | hold    m1 H1 20            => available 10 held 20
              | capture m1 H1 5             => -5 leaving available 25 held 0
              | hold    m1 H2 20            => available 5
              | release m1 H2               => released 20 leaving available 25
              | redeem  m1 r3 26            => NOT_ENOUGH_POINTS asked 26 available 25
                statement m1                => release hold capture hold redeem award enroll

== The same request twice in one batch is carried out once

2026-01-01      enroll  m1
              | award   m1 a1 100           => +100
              | award   m1 a1 100           => +100 replayed
              | award   m1 a1 101           => REQUEST_ID_REUSED
              | redeem  m1 r1 500           => NOT_ENOUGH_POINTS available 100
              | redeem  m1 r1 500           => NOT_ENOUGH_POINTS available 100 replayed
                balance m1                  => available 100

== A batch undoes what it did itself

2026-01-01      enroll  m1
              | award   m1 a1 100           => +100
              | redeem  m1 r1 80            => -80
              | reverse m1 3                => amount 80 available 80
              | reverse m1 2 30             => amount 30 available 30
              | reverse m1 2 71             => REVERSAL_EXCEEDS_ENTRY asked 71 left 70
              | reverse m1 3 1              => NOT_REVERSIBLE kind redeem
                balance m1                  => available 70

== Gifts pass through a batch

2026-01-01    | enroll  m1
              | enroll  m2
              | award   m1 a1 100
              | gift    m1 g1 60 to m2      => -60 leaving available 40
              | gift    m2 g1 60 to m1      => -60 leaving available 0
              | gift    m2 g2 1 to m1       => NOT_ENOUGH_POINTS
                balance m1                  => available 100

== What is due is settled before the first command of a batch, once

2026-01-01      enroll  m1
                award   m1 a1 100 until 2026-01-31
                award   m1 a2 10
                hold    m1 H1 5
02-01         | redeem  m1 r1 11            => NOT_ENOUGH_POINTS available 10
              | redeem  m1 r2 10            => -10
              | capture m1 H1               => HOLD_RESOLVED state timed_out
                statement m1                => redeem expire time_out hold award award enroll
