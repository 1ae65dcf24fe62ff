# Gifts by the calendar, in Shanghai, eight hours ahead of UTC. What is missed is caught up for five days.

timezone: Asia/Shanghai
units:
  points: {kind: redeemable, expiry: {kind: after_days, days: 10}}
grants:
  birth:
    day: {kind: birthday, feb_29: mar_1}
    from: 2026-01-01
    catch_up_days: 5
    rewards: [{kind: units, unit: points, units: 50}]
  feast:
    day: {kind: dates, dates: [2026-02-17, 2027-02-06]}
    from: 2026-01-01
    catch_up_days: 5
    tags: [vip]
    rewards: [{kind: units, unit: points, units: 8}]
  again:
    day: {kind: anniversary}
    from: 2026-01-01
    rewards: [{kind: units, unit: points, units: 7}]

== A birthday of 29 February is on 1 March, but in leap years

2026-12-31          enroll  m1
                    birthday m1 02-29
2027-02-28 23:59:59 balance m1              => available 0
2027-03-01 00:00    balance m1              => available 50
                    lots    m1              => 50 until 2027-03-11
2027-12-31          the-grants m1           => birth 2027-03-01, again 2027-12-31
2028-02-29 00:00    balance m1              => available 50
                    statement m1            => grant expire grant expire grant set_birthday enroll

== The day begins where the program is

2026-01-01          enroll  m1
                    birthday m1 05-01
2026-04-30 15:59:59Z balance m1             => available 0
2026-04-30 16:00Z   balance m1              => available 50

== A birthday that is changed twice is given once

2026-01-01          enroll  m1
                    birthday m1 03-01
2026-03-01          balance m1              => available 50
                    birthday m1 03-02
2026-03-03          birthday m1 03-04
2026-03-05          the-grants m1           => birth 2026-03-01
2027-03-05          the-grants m1           => birth 2026-03-01, again 2027-01-01, birth 2027-03-04

== A festival that was missed is caught up by whoever comes first: a reader

2026-01-01          enroll  m1
2026-02-20 09:00    tag     m1 vip
2026-02-21          the-grants m1           => feast 2026-02-17 on 2026-02-20
                    lots    m1              => 8 until 2026-03-02

== A command

2026-01-01          enroll  m1
2026-02-20 09:00    tag     m1 vip
2026-02-21          redeem  m1 r1 8         => -8
                    the-grants m1           => feast 2026-02-17 on 2026-02-20

== The sweep

2026-01-01          enroll  m1
2026-02-20 09:00    tag     m1 vip
2026-02-21          sweep                   => 1
                    sweep                   => 0
                    the-grants m1           => feast 2026-02-17 on 2026-02-20

== Nobody, for a year: it came when it would have come

2026-01-01          enroll  m1
2026-02-20 09:00    tag     m1 vip
2027-06-01          the-grants m1           => feast 2026-02-17 on 2026-02-20, again 2027-01-01, feast 2027-02-06
                    balance m1              => available 0

== What is too late stays missed

2026-01-01          enroll  m1
2026-02-23 09:00    tag     m1 vip
                    the-grants m1           => none

== A frozen member gets nothing, and what was due does not come later

2026-01-01          enroll  m1
                    birthday m1 03-01
02-01               freeze  m1 earn because "odd orders"
03-02               unfreeze m1 because "all right"
03-03               the-grants m1           => birth 2026-03-01 frozen
                    balance m1              => available 0

== Two devices that tell the birthday at the same second

2026-01-01          enroll  m1
2026-03-02 09:00    birthday m1 03-01
                    | birthday m1 03-02
03-03               the-grants m1           => birth 2026-03-01 on 2026-03-02
