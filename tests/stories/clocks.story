# Two times: when something happened, and when it was written down.

timezone: America/New_York
units:
  points:
    kind: redeemable
    expiry: {kind: after_months, months: 1}

== What happened earlier lapses as if it had come in time

2026-01-01          enroll  m1
02-10               award   m1 late-1 10 happened 2026-01-20 12:00  => +10 until 2026-02-20
                    award   m1 late-2 20 happened 2026-01-05 12:00  => +20 until 2026-02-05 lapsed 20
                    balance m1                                      => available 10

== The local day of the event counts, not of its coming in

2026-01-01          enroll  m1
02-01 04:59:59Z     award   m1 a1 1                                 => +1 until 2026-02-28
02-01 05:00Z        award   m1 a2 1                                 => +1 until 2026-03-01
                    award   m1 a3 1 happened 2026-01-31 23:59:59    => +1 until 2026-02-28

== Events in any order come to the same balance

2026-01-20          enroll  m1
                    award   m1 a2 20 happened 2026-01-15 12:00
                    award   m1 a1 10 happened 2026-01-10 12:00
                    enroll  m2
                    award   m2 a1 10 happened 2026-01-10 12:00
                    award   m2 a2 20 happened 2026-01-15 12:00
                    lots    m1      => 10 until 2026-02-10, 20 until 2026-02-15
                    lots    m2      => 10 until 2026-02-10, 20 until 2026-02-15

== A clock that goes back brings no lapsed point back, and no entry comes before another

2026-01-01          enroll  m1
                    award   m1 a1 100
02-02               redeem  m1 r1 1         => NOT_ENOUGH_POINTS available 0
01-15               clock goes back
01-15 12:01         balance m1              => available 0
                    redeem  m1 r2 1         => NOT_ENOUGH_POINTS available 0
                    award   m1 a2 10        => +10 until 2026-03-02
                    statement m1            => award expire award enroll
03-03               balance m1              => available 0

== A clock that goes back makes no hold last longer than it was told

2026-01-01 09:00    enroll  m1
                    award   m1 a1 100
                    hold    m1 H1 10 for 15m
      09:10         redeem  m1 r1 1
      08:00         clock goes back
      08:01         balance m1              => held 10
      09:14:59      balance m1              => held 10
      09:15         balance m1              => held 0 available 99

== A gift from a member whose page is ahead of the clock finds the holds of the other

2026-01-01 09:00    enroll  m1
                    enroll  m2
                    award   m1 a1 100
                    award   m2 a1 100
      12:00         redeem  m1 r1 1
      10:00         clock goes back
      10:01         hold    m2 H1 40 for 30m
                    gift    m1 g1 5 to m2
                    balance m2              => available 105 held 0
                    capture m2 H1           => HOLD_RESOLVED state timed_out
      10:02         balance m2              => available 105 held 0

== What the past was is not changed by what comes later

2026-01-01          enroll  m1
                    award   m1 a1 100
01-10               redeem  m1 r1 30
02-01               award   m1 a2 50
03-10               past    m1 as of 2026-01-01 12:00       => available 100
                    past    m1 as of 2026-01-09 23:59       => available 100
                    past    m1 as of 2026-01-10 12:00       => available 70
                    past    m1 as of 2026-02-01 23:59:59    => available 120
                    past    m1 as of 2026-02-02 00:00       => available 50
                    past    m1 as of 2026-03-02 00:00       => available 0
                    past    m1 as of 2026-12-31 00:00       => available 0
                    past    m1 as of 2025-12-31 12:00       => UNKNOWN_MEMBER member m1

== The past shows holds and pending points as they were

2026-01-01 09:00    enroll  m1
                    award   m1 a1 100
                    award   m1 a2 10 vests 2026-01-05
                    hold    m1 H1 40 for 2h
      10:00         capture m1 H1 25
01-06               past    m1 as of 2026-01-01 09:00       => available 60 held 40 pending 10
                    past    m1 as of 2026-01-01 10:00       => available 75 held 0 pending 10
                    past    m1 as of 2026-01-05 00:00       => available 85 pending 0

== The past shows a hold run out, though nobody had looked

2026-01-01 09:00    enroll  m1
                    award   m1 a1 100
                    hold    m1 H1 40 for 1h
01-06               past    m1 as of 2026-01-01 09:59:59    => available 60 held 40
                    past    m1 as of 2026-01-01 10:00       => available 100 held 0
                    redeem  m1 r1 1
                    past    m1 as of 2026-01-01 09:59:59    => available 60 held 40
                    past    m1 as of 2026-01-01 10:00       => available 100 held 0

== A statement shows what time has done before it is recorded

2026-01-01          enroll  m1
                    award   m1 a1 100
                    award   m1 a2 10 vests 2026-01-20
                    hold    m1 H1 40
02-02               statement m1            => expire vest time_out hold award award enroll
                    sweep                   => 1
                    statement m1            => expire vest time_out hold award award enroll
