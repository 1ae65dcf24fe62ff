# Points of a purchase stay pending for fourteen days, until it can no longer be returned.

timezone: Europe/Berlin
units:
  points:
    kind: redeemable
    expiry: {kind: after_months, months: 12}
    vesting: {kind: after_days, days: 14}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: 1, currency: EUR}}

== Points are pending until their vesting day begins

2026-01-01 20:00    enroll   m1
                    purchase m1 order-1 100.00 EUR  => +100 pending 100 vests 2026-01-15 leaving available 0
01-14 23:59:59      redeem   m1 r1 100              => NOT_ENOUGH_POINTS asked 100 available 0
                    lots     m1                     => 100 pending from 2026-01-15 until 2027-01-01
01-15 00:00         redeem   m1 r2 100              => -100 leaving available 0 pending 0
                    statement m1                    => redeem vest record_event enroll

== Points keep the expiry of the day they were earned on

2026-01-01          enroll   m1
                    purchase m1 order-1 100.00 EUR
01-02               purchase m1 order-2 50.00 EUR
02-01               lots     m1     => 100 until 2027-01-01, 50 until 2027-01-02
2027-01-02 00:00    balance  m1     => available 50

== An award undone is cancelled while it is pending, and touches nothing else

2026-01-01          enroll   m1
                    award    m1 old 80 vests 2026-01-01
                    award    m1 new 100
01-05               reverse  m1 new 30      => amount 30 pending 30 leaving available 80 pending 70
                    reverse  m1 new         => amount 70 pending 70 leaving available 80 pending 0
02-01               balance  m1             => available 80

== Points that vest repay what is owed first

2026-01-01          enroll   m1
                    adjust   m1 fix-1 -30 owing because "goods kept"    => -30 leaving arrears 30
                    purchase m1 order-1 100.00 EUR                      => +100 pending 100 leaving arrears 30
01-15               balance  m1                                         => available 70 arrears 0

== What vests at the midnight when other points lapse is an entry of its own

2026-01-01          enroll   m1
                    award    m1 a1 10 until 2026-01-14 vests 2026-01-01
                    purchase m1 order-1 100.00 EUR
01-15               balance  m1         => available 100 pending 0
                    statement m1        => vest expire record_event award enroll

== Points whose last day is over before they vest lapse when they vest

2026-01-01          enroll   m1
                    award    m1 a1 10 vests 2026-03-01 until 2026-02-01
02-15               balance  m1         => pending 10 available 0
03-01               balance  m1         => pending 0 available 0
                    statement m1        => vest award enroll

== Points of many days vest one day after the other, however late anybody looks

2026-01-01          enroll   m1
                    purchase m1 order-1 1.00 EUR
01-02               purchase m1 order-2 2.00 EUR
01-03               purchase m1 order-3 4.00 EUR
01-15               balance  m1         => available 1 pending 6
01-16               balance  m1         => available 3 pending 4
2026-06-01          balance  m1         => available 7 pending 0
                    statement m1        => vest vest vest record_event record_event record_event enroll
