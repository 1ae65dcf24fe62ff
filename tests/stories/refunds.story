# What goes back takes with it what it earned, and brings back what paid for it.

timezone: UTC
units:
  points: {kind: redeemable, expiry: {kind: after_days, days: 30}}
rules:
  base:
    unit: points
    formula: {kind: rate, units: 1, per: "1.00", currency: USD}
    vesting: {kind: after_days, days: 14}
refunds: {shortfall: arrears, lapsed: {kind: grace_days, days: 7}}

== Within two weeks a refund cancels what is not there yet

2026-01-01      enroll   m1
                purchase m1 order-1 milk:30.00 bread:12.50  => +42 pending 42 vests 2026-01-15
01-10           refund   m1 order-1 milk                    => -30 leaving pending 12 available 0
01-15           balance  m1                                 => available 12 pending 0

== Parts come to what the whole would, and a fraction stays to the end

2026-01-01      enroll   m1
                purchase m1 order-1 3*milk:9.99 bread:1.00  => +10
                refund   m1 order-1 1*milk                  => -3 leaving pending 7
                refund   m1 order-1 1*milk                  => -3 leaving pending 4
                refund   m1 order-1 milk:3.33               => -3 leaving pending 1
                refund   m1 order-1 1*milk
                refund   m1 order-1 1*milk                  => REFUND_EXCEEDS_PURCHASE asked 1 left 0
                refund   m1 order-1 0.99                    => taken 0
                refund   m1 order-1 0.01                    => -1 leaving pending 0

== What was spent meanwhile is owed

2026-01-01      enroll   m1
                purchase m1 order-1 40.00
01-15           redeem   m1 till-1 30       => -30
                refund   m1 order-1 20.00   => -20 arrears 10 leaving available 0 arrears 10
                refund   m1 order-1         => -20 arrears 20 leaving arrears 30
                refund   m1 order-1         => taken 0

== What lapsed meanwhile is nobody's loss

2026-01-01      enroll   m1
                purchase m1 order-1 40.00
01-15           redeem   m1 till-1 30
02-01           balance  m1                 => available 0
                refund   m1 order-1 10.00   => -10 arrears 0
                refund   m1 order-1         => -30 arrears 30
                trial    expired            => 0

== Points that paid come back to the lots they were of

2026-01-01      enroll   m1
                award    m1 welcome 30 until 2026-01-31
                award    m1 survey 50 until 2026-06-30
                redeem   m1 till-1 60
                purchase m1 order-1 milk:10.00 bread:2.00 paid 6.00 by till-1 => +12
                lots     m1             => 12 pending from 2026-01-15 until 2026-01-31, 20 until 2026-06-30
                refund   m1 order-1 6.00 => -6 returned 30
                lots     m1             => 6 pending from 2026-01-15 until 2026-01-31, 50 until 2026-06-30
                refund   m1 order-1     => -6 returned 30
                lots     m1             => 30 until 2026-01-31, 50 until 2026-06-30
                reverse  m1 till-1      => NOT_REVERSIBLE kind redeem
                statement m1 => record_event return record_event return record_event redeem award award enroll

== What somebody gave back by hand is not given back again

2026-01-01      enroll   m1
                award    m1 welcome 30 until 2026-03-31
                redeem   m1 till-1 30
                purchase m1 order-1 3.00 paid 3.00 by till-1
                reverse  m1 till-1 20   => available 20
                refund   m1 order-1     => returned 10
                balance  m1             => available 30 pending 0

== Points past their day can be spent for a week more

2026-01-01      enroll   m1
                award    m1 welcome 30 until 2026-01-31
                redeem   m1 till-1 30
                purchase m1 order-1 3.00 paid 3.00 by till-1
02-10           refund   m1 order-1     => returned 30
                lots     m1             => 30 until 2026-02-17

== Only what spent points has paid

2026-01-01      enroll   m1
                award    m1 welcome 30
                purchase m1 order-1 3.00 paid 3.00 by welcome   => NOT_REVERSIBLE kind award
                purchase m1 order-2 3.00 paid 3.00 by 9         => UNKNOWN_ENTRY entry 9
                balance  m1                                     => available 30 pending 0

== A refund that comes first waits for its order

2026-01-01      enroll   m1
                refund   m1 order-1 1*milk                  => waiting yes taken 0
                refund   m1 order-2 2*milk                  => waiting yes
                waiting                                     => m1 order-1, m1 order-2
01-02           purchase m1 order-1 3*milk:9.00             => base 9 given 6 leaving pending 6
                waiting                                     => m1 order-2
                purchase m1 order-2 milk:9.00               => +9
                waiting => m1 order-2 2 were to be refunded of the quantity of line milk of order 'order-2', 1 are left.
                refund   m1 order-2                         => -9
                refund   m1 order-1                         => -6 waiting no leaving pending 0

== Nobody gives back what was not bought

2026-01-01      enroll   m1
                purchase m1 order-1 milk:9.00
                refund   m1 order-1 beer        => UNKNOWN_LINE order order-1 line beer
                refund   m1 order-1 2*milk      => REFUND_EXCEEDS_PURCHASE asked 2 left 1
                refund   m1 order-1 milk:9.01   => REFUND_EXCEEDS_PURCHASE asked 901 left 900
                refund   m1 order-1 9.01        => REFUND_EXCEEDS_PURCHASE asked 901 left 900
                balance  m1                     => pending 9
