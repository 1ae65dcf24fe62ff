# Undoing what was given and what was spent, whole and in part.

timezone: UTC
units:
  points: {kind: redeemable}
refunds: {shortfall: arrears}

== What is still there is taken back from where it went

2026-01-01      enroll  m1
                award   m1 order-1 100 until 2026-12-31
                award   m1 order-2 50 until 2026-06-30
                reverse m1 order-1          => amount 100 available 100 leaving available 50
                lots    m1                  => 50 until 2026-06-30

== Parts add up to the whole, and never to more

2026-01-01      enroll  m1
                award   m1 order-1 100
                reverse m1 order-1 60       => amount 60
                reverse m1 order-1 30       => amount 30
                reverse m1 order-1 20       => REVERSAL_EXCEEDS_ENTRY asked 20 left 10
                reverse m1 order-1          => amount 10 leaving available 0
                reverse m1 order-1          => NOT_REVERSIBLE kind award
                reverse m1 order-1 1        => NOT_REVERSIBLE kind award
                balance m1                  => available 0 arrears 0

== Points spent already come from the member's other points, and then are owed

2026-01-01      enroll  m1
                award   m1 order-1 100 until 2026-01-31
                award   m1 order-2 50 until 2026-06-30
                redeem  m1 till-1 80
                reverse m1 order-1          => available 70 arrears 30 leaving available 0 arrears 30

== Within the balance, what is spent already is forgiven

2026-01-01      enroll  m1
                award   m1 order-1 100
                redeem  m1 till-1 80
                reverse m1 order-1 within_balance   => available 20 forgiven 80 arrears 0 leaving available 0 arrears 0

== Where only pending points are taken back, available ones stay

2026-01-01      enroll  m1
                award   m1 order-1 100 vests 2026-01-15
                award   m1 order-2 50
                reverse m1 order-1 40 only_pending  => pending 40 leaving pending 60 available 50
01-15           reverse m1 order-1 only_pending     => amount 60 pending 0 available 0 forgiven 60
                balance m1                          => available 110

== Pending, available and spent are taken in this order under each policy

2026-01-01      enroll  m1
                award   m1 order-1 100 vests 2026-01-15
                award   m1 order-2 50
                redeem  m1 till-1 30
                reverse m1 order-1 60               => pending 60 available 0 leaving pending 40 available 20
01-15           redeem  m1 till-2 50                => -50 leaving available 10
                reverse m1 order-1                  => amount 40 available 10 arrears 30 leaving available 0 arrears 30

== Points under a hold are not taken back: the member owes them

2026-01-01      enroll  m1
                award   m1 order-1 100
                hold    m1 H1 70
                reverse m1 order-1                  => available 30 arrears 70 leaving held 70 arrears 70
                capture m1 H1                       => -70 leaving held 0 arrears 70

== What was spent goes back into the very lots it came from, the last used first

2026-01-01      enroll  m1
                award   m1 order-1 30 until 2026-01-31
                award   m1 order-2 50 until 2026-06-30
                award   m1 order-3 20
                redeem  m1 till-1 90
                lots    m1                          => 10 until never
                reverse m1 till-1 5                 => amount 5 available 5
                lots    m1                          => 15 until never
                reverse m1 till-1 40                => amount 40 available 40
                lots    m1                          => 35 until 2026-06-30, 20 until never
                reverse m1 till-1                   => amount 45 available 45
                lots    m1                          => 30 until 2026-01-31, 50 until 2026-06-30, 20 until never
                reverse m1 till-1                   => NOT_REVERSIBLE kind redeem

== A captured hold is undone as far as it was captured

2026-01-01      enroll  m1
                award   m1 order-1 100
                hold    m1 H1 80
                capture m1 H1 50
                reverse m1 capture-H1 51            => REVERSAL_EXCEEDS_ENTRY asked 51 left 50
                reverse m1 capture-H1               => amount 50 available 50 leaving available 100

== A correction can be undone, whichever way it went

2026-01-01      enroll  m1
                adjust  m1 fix-1 +50 because "forgotten"    => +50 leaving available 50
                adjust  m1 fix-2 -20 because "too much"     => -20 leaving available 30
                reverse m1 fix-2                            => amount 20 available 20 leaving available 50
                reverse m1 fix-1                            => amount 50 available 50 leaving available 0

== A hold is released and a gift is given back: they cannot be undone, nor can an undoing

2026-01-01      enroll  m1
                enroll  m2
                award   m1 order-1 100
                hold    m1 H1 10
                gift    m1 gift-1 10 to m2
                freeze  m1 redeem because "card stolen"
                reverse m1 enroll           => NOT_REVERSIBLE kind enroll
                reverse m1 H1               => NOT_REVERSIBLE kind hold
                reverse m1 gift-1           => NOT_REVERSIBLE kind gift
                reverse m1 freeze           => NOT_REVERSIBLE kind freeze
                release m1 H1
                reverse m1 release-H1       => NOT_REVERSIBLE kind release
                reverse m1 order-1 1
                reverse m1 reverse-order-1  => NOT_REVERSIBLE kind reverse
                reverse m1 99               => UNKNOWN_ENTRY entry 99
                reverse m2 2                => NOT_REVERSIBLE kind gift

== What time did cannot be undone

2026-01-01      enroll  m1
                award   m1 order-1 10 until 2026-01-31
02-01           balance m1                  => available 0
                award   m1 order-2 10
                reverse m1 3                => NOT_REVERSIBLE kind expire

---
timezone: UTC
units:
  points: {kind: redeemable, vesting: {kind: after_days, days: 10}}
refunds: {shortfall: only_pending}

== The program says what becomes of a shortfall, unless the shopkeeper does

2026-01-01      enroll  m1
                award   m1 order-1 100
01-11           redeem  m1 till-1 80
                reverse m1 order-1 30                   => pending 0 forgiven 30 leaving available 20
                reverse m1 order-1 30 within_balance    => available 20 forgiven 10 leaving available 0
                reverse m1 order-1 arrears              => amount 40 arrears 40 leaving arrears 40
