# A shop was offline: what it tells afterwards counts as if it had been told in time.

timezone: America/New_York
units:
  points: {kind: redeemable}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
  first: {unit: points, formula: {kind: fixed, units: 20}, condition: order.ordinal == 1}
  soon:
    unit: points
    formula: {kind: fixed, units: 5}
    condition: order.days_since_last >= 0 && order.days_since_last <= 3
caps:
  points: [{period: month, most: 100}]

== A late order takes the place it has in time, and those behind it make room

2026-01-05      enroll   m1
                purchase m1 order-2 60.00                       => +80 base 60 first 20
01-20           purchase m1 order-1 30.00 happened 01-03        => +20 given 50 taken 30 base 30 first 20 revalued 1
                balance  m1                                     => available 100
                refund   m1 order-2                             => -50 base 50 leaving available 50

== Told in any order, it comes to the same

2026-01-20      enroll   m1
                purchase m1 order-3 90.00 happened 01-12
                purchase m1 order-1 30.00 happened 01-03
                refund   m1 order-1 10.00 happened 01-04
                purchase m1 order-2 20.00 happened 01-05
                balance  m1                                     => available 100
                enroll   m2
                purchase m2 order-1 30.00 happened 01-03        => +50
                refund   m2 order-1 10.00 happened 01-04        => -16 base 10 first 6
                purchase m2 order-2 20.00 happened 01-05        => +25
                purchase m2 order-3 90.00 happened 01-12        => +41 unit_cap:month 49
                balance  m2                                     => available 100

== A day is the shop's own day

2026-02-01 00:30 enroll  m1
                purchase m1 order-2 90.00                       => +100 first 10 unit_cap:month 10
                purchase m1 order-1 90.00 happened 01-31 23:30  => +95 given 100 taken 5 revalued 1
                balance  m1                                     => available 195

== An order that is given back was none

2026-01-05      enroll   m1
                purchase m1 order-1 10.00                       => +30
01-06           purchase m1 order-2 10.00                       => +15 soon 5
01-07           refund   m1 order-1 happened 01-05 18:00        => -15 given 15 taken 30 revalued 1
                balance  m1                                     => available 30

== What cannot be is not made so by telling it earlier

2026-01-05      enroll   m1
                purchase m1 order-1 milk:10.00
01-08           refund   m1 order-1 milk                        => -30 base 10 first 20
                refund   m1 order-1 milk:5.00 happened 01-06    => REFUND_EXCEEDS_PURCHASE asked 500 left 0
                refund   m1 order-1 beer happened 01-01         => UNKNOWN_LINE line beer
                balance  m1                                     => available 0

== Nothing happens tomorrow but a clock that goes ahead

2026-01-05      enroll   m1
                purchase m1 order-1 10.00 happened 01-06        => +30
                purchase m1 order-2 10.00 happened 01-06 12:01  => FIELD_INVALID field occurred_at
