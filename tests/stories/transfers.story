# Money that is moved between two accounts or cards of one holder. Amounts are in minor units.

timezone: UTC
units:
  USD: {kind: money, scale: 2}
  JPY: {kind: money}
stored_value:
  USD:
    currency: USD
    bonus_expiry: {kind: after_days, days: 30}
    plans: {big: {steps: [{pay: "100.00", bonus: "20.00"}]}}
    limits: {spend: {at_once: "80.00"}}
    jurisdiction: {unnamed_most: "150.00"}
  JPY: {currency: JPY}

== What is transferred keeps its funds and its days

2026-01-01        enroll   m1
                  enroll   m2
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  transfer m1 X1 3000 to m2  => -3000 principal 1000 bonus 2000 leaving available 9000
                  lots     m2 USD            => 2000 of bonus until 2026-01-31, 1000 of principal until never
                  trial    transferred USD   => 0
                  statement m2 in USD        => transfer_value
01-31             spend    m2 till-1 500     => principal 0 bonus 500
02-01             balance  m2 USD            => available 1000

== What was transferred is not paid back, where it is or where it was

2026-01-01        enroll   m1
                  enroll   m2
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  transfer m1 X1 3000 to m2
                  max-refund m1 T1           => amount 7000 bonus 0 charged 2000
                  withdraw m2 P1 1           => PAYOUT_EXCEEDS_VALUE payable 0
                  top-up   m2 T1 5000
                  confirm  m2 T1 5000
                  max-refund m2 T1           => amount 5000
                  spend    m2 till-1 2500    => principal 500 bonus 2000
                  max-refund m2 T1           => amount 5000
                  spend    m2 till-2 1000    => principal 1000
                  max-refund m2 T1           => amount 4500
                  refund-spend m2 till-1
                  refund-spend m2 till-2
                  max-refund m2 T1           => amount 5000
                  withdraw m2 P2 5000        => amount 5000 leaving available 3000

== What goes there and back is not paid back either

2026-01-01        enroll   m1
                  enroll   m2
                  top-up   m1 T1 8000
                  confirm  m1 T1 8000
                  transfer m1 X1 8000 to m2
                  transfer m2 X2 8000 to m1  => -8000 leaving available 0
                  max-refund m1 T1           => amount 0
                  balance  m1 USD            => available 8000

== A transfer that cannot be is refused, and leaves both as they were

2026-01-01        enroll   m1
                  enroll   m2
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  top-up   m2 T1 9000
                  confirm  m2 T1 9000
                  transfer m1 X1 8001 to m2  => LIMIT_EXCEEDED what spend period at_once left 8000
                  transfer m1 X2 6001 to m2  => BALANCE_LIMIT_EXCEEDED asked 6001 left 6000 most 15000
                  transfer m1 X3 1 JPY to m2 => NOT_ENOUGH_VALUE unit JPY asked 1 available 0
                  transfer m1 X4 1 to m3     => UNKNOWN_MEMBER member m3
                  freeze   m2 earn because "review"
                  transfer m1 X5 1 to m2     => MEMBER_FROZEN member m2 scope earn
                  unfreeze m2 because "done"
                  freeze   m1 redeem because "lost"
                  transfer m1 X6 1 to m2     => MEMBER_FROZEN member m1 scope redeem
                  balance  m1 USD            => available 12000
                  balance  m2 USD            => available 9000

---
timezone: UTC
units:
  USD: {kind: money, scale: 2, expiry: {kind: after_idle_months, months: 12}}
stored_value:
  USD: {currency: USD}

== Who is given money has done something, and keeps it

2026-01-01        enroll   m1
                  enroll   m2
2027-06-01        top-up   m1 T1 8000
                  confirm  m1 T1 8000
                  transfer m1 X1 8000 to m2
2028-05-01        balance  m2 USD            => available 8000
2028-07-01        balance  m2 USD            => available 0
