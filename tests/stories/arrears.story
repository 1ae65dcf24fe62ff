# When a purchase is undone and its points are spent, the member owes them.

timezone: UTC
units:
  points: {kind: redeemable}

== Points that were spent are owed after a refund, and the next points repay them

2026-01-01      enroll  m1
                award   m1 order-1 100
                redeem  m1 till-1 80
                reverse m1 order-1          => amount 100 available 20 arrears 80 leaving available 0 arrears 80
                redeem  m1 till-2 1         => NOT_ENOUGH_POINTS asked 1 available 0
01-02           award   m1 order-2 50       => +50 repaid 50 available 0 leaving available 0 arrears 30
01-03           award   m1 order-3 100      => +100 repaid 30 available 70 leaving available 70 arrears 0

== A redemption given back repays what is owed first

2026-01-01      enroll  m1
                award   m1 order-1 100
                redeem  m1 till-1 100
                reverse m1 order-1          => arrears 100 leaving arrears 100
                reverse m1 till-1           => amount 100 repaid 100 available 0 leaving available 0 arrears 0

== A hold released repays what is owed first

2026-01-01      enroll  m1
                award   m1 order-1 100
                hold    m1 H1 40
                reverse m1 order-1          => available 60 arrears 40 leaving available 0 held 40 arrears 40
                release m1 H1               => released 40 leaving available 0 held 0 arrears 0

== A gift repays what the receiver owes first

2026-01-01      enroll  m1
                enroll  m2
                adjust  m1 fix-1 -30 owing because "goods kept"
                award   m2 order-1 100
                gift    m2 gift-1 50 to m1  => -50 leaving available 50
                balance m1                  => available 20 arrears 0

== Undoing what repaid arrears makes them owed again

2026-01-01      enroll  m1
                adjust  m1 fix-1 -30 owing because "goods kept"
                award   m1 order-1 100      => repaid 30 available 70
                reverse m1 order-1 70       => available 70 arrears 0 leaving available 0 arrears 0
                reverse m1 order-1          => amount 30 arrears 30 leaving available 0 arrears 30

== A deduction beyond the balance is refused, unless the member may owe the rest

2026-01-01      enroll  m1
                award   m1 order-1 20
                adjust  m1 fix-1 -50 because "counted twice"        => NOT_ENOUGH_POINTS asked 50 available 20
                adjust  m1 fix-2 -50 owing because "counted twice"  => -50 arrears 30 leaving available 0 arrears 30
                reverse m1 fix-2                                    => amount 50 available 20 repaid 30
                balance m1                                          => available 20 arrears 0

== What was forgiven once is not asked for again

2026-01-01      enroll  m1
                award   m1 order-1 100
                redeem  m1 till-1 80
                reverse m1 order-1 50 within_balance    => available 20 forgiven 30 leaving available 0
                reverse m1 order-1                      => amount 50 arrears 50
                reverse m1 order-1                      => NOT_REVERSIBLE kind award
