# Money that is spent, given back, and paid back. Amounts are in minor units.

timezone: UTC
units:
  USD: {kind: money, scale: 2}
stored_value:
  USD:
    currency: USD
    payout_seconds: 86400
    plans: {big: {steps: [{pay: "100.00", bonus: "20.00"}]}}

== Nobody is paid back what was spent: 100 and 20 paid in, 90 spent, 10 is left

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  spend    m1 till-1 9000    => -9000 principal 7000 bonus 2000 leaving available 3000
                  max-refund m1 T1           => amount 1000 bonus 0 charged 2000
                  pay-back m1 T1 P1 10000    => PAYOUT_EXCEEDS_VALUE asked 10000 payable 1000
                  pay-back m1 T1 P2 1001     => PAYOUT_EXCEEDS_VALUE asked 1001 payable 1000
                  pay-back m1 T1 P3          => amount 1000 charged 2000 leaving available 0 held 3000
                  spend    m1 till-2 1       => NOT_ENOUGH_VALUE asked 1 available 0
                  paid     m1 P3             => amount 1000 leaving available 0 held 0
                  trial    refunded USD      => 1000
                  trial    forfeited USD     => 2000
                  trial    revenue USD       => 9000

== The bonus is forfeited with what is paid back

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  pay-back m1 T1 P1 4000     => amount 4000 bonus 2000 leaving available 6000 held 6000
                  paid     m1 P1
                  balance  m1 USD            => available 6000 held 0
                  max-refund m1 T1           => amount 6000 bonus 0

== A payout is closed once, and after its time not at all

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  pay-back m1 T1 P1 4000     => deadline 2026-01-02T12:00+00:00
                  pay-back m1 T1 P1 4000     => PAYOUT_EXISTS payout P1
                  pay-back m1 T1 P2 4000     => PAYOUT_EXCEEDS_VALUE payable 0
                  call-off m1 P1             => amount 4000 bonus 2000 leaving available 12000
                  paid     m1 P1             => PAYOUT_STATE state cancelled needed waiting
                  pay-back m1 T1 P3 4000
01-02 11:59       paid     m1 P3             => amount 4000
                  again    m1 paid-P3        => amount 4000 replayed
                  paid     m1 P3             => PAYOUT_STATE state confirmed
                  pay-back m1 T1 P4
01-03 11:59       paid     m1 P4             => PAYOUT_STATE state timed_out
                  balance  m1 USD            => available 6000 held 0
                  the-payout m1 P4           => state timed_out
                  max-refund m1 T1           => amount 6000
                  paid     m1 P9             => UNKNOWN_PAYOUT payout P9

== What is held cannot be paid back meanwhile

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  hold     m1 H1 9000 USD    => leaving available 3000 held 9000
                  pay-back m1 T1 P1 1001     => PAYOUT_EXCEEDS_VALUE payable 1000
                  pay-back m1 T1 P2 1000     => amount 1000 charged 2000
                  paid     m1 P2             => leaving available 0 held 9000
                  capture  m1 H1             => -9000 leaving available 0 held 0

== Of those who want the last cent at once one gets it

2026-01-01        enroll   m1
                  top-up   m1 T1 1
                  confirm  m1 T1 1
                | spend    m1 till-1 1       => -1 leaving available 0
                | spend    m1 till-2 1       => NOT_ENOUGH_VALUE asked 1 available 0
                | hold     m1 H1 1 USD       => NOT_ENOUGH_VALUE asked 1 available 0
                | withdraw m1 P1 1           => PAYOUT_EXCEEDS_VALUE asked 1 payable 0
                | pay-back m1 T1 P2          => PAYOUT_EXCEEDS_VALUE payable 0
                  balance  m1 USD            => available 0 held 0

== A top-up that is paid back while a hold is open leaves the hold what it has

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  hold     m1 H1 4000 USD    => leaving available 8000 held 4000
                  pay-back m1 T1 P1 6001     => PAYOUT_EXCEEDS_VALUE asked 6001 payable 6000
                  pay-back m1 T1 P2          => amount 6000 bonus 0 charged 2000 leaving available 0 held 12000
                  release  m1 H1             => leaving available 4000 held 8000
                  paid     m1 P2             => amount 6000 leaving available 4000 held 0
                  max-refund m1 T1           => amount 2000 bonus 0 charged 0

== What was spent comes back to the funds it came from, the last used first

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  spend    m1 till-1 9000    => principal 7000 bonus 2000
                  refund-spend m1 till-1 6000 => +6000 principal 6000 bonus 0
                  refund-spend m1 till-1 2000 => +2000 principal 1000 bonus 1000
                  refund-spend m1 till-1 1001 => REVERSAL_EXCEEDS_ENTRY asked 1001 left 1000
                  refund-spend m1 till-1     => +1000 principal 0 bonus 1000
                  refund-spend m1 till-1     => NOT_REVERSIBLE kind spend_value
                  max-refund m1 T1           => amount 10000 bonus 2000

== A capture is given back like a spending

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  hold     m1 H1 5000 USD
                  capture  m1 H1 3000        => -3000 released 2000
                  trial    revenue USD       => 3000
                  refund-spend m1 capture-H1 => +3000 principal 1000 bonus 2000
                  refund-spend m1 top-up-T1  => NOT_REVERSIBLE kind top_up

== A later top-up is paid back in full, whatever an earlier one has bought

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  spend    m1 till-1 12000
                  top-up   m1 T2 5000
                  confirm  m1 T2 5000
                  max-refund m1 T1           => amount 0
                  max-refund m1 T2           => amount 5000 charged 0

== A withdrawal is of the oldest top-ups first, with their bonus

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  top-up   m1 T2 10000
                  confirm  m1 T2 10000
                  withdraw m1 P1 3000        => amount 3000 bonus 2000 leaving available 19000 held 5000
                  withdraw m1 P2 10001       => PAYOUT_EXCEEDS_VALUE payable 10000
                  paid     m1 P1
                  withdraw m1 P3 17000       => amount 17000 bonus 2000 leaving available 0

---
timezone: UTC
units:
  USD: {kind: money, scale: 2}
stored_value:
  USD:
    currency: USD
    spend_first: proportional
    bonus_on_refund: in_proportion
    plans: {big: {steps: [{pay: "100.00", bonus: "20.00"}]}}

== Both funds are spent, and paid back, in proportion

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  pay-back m1 T1 P1 2500     => amount 2500 bonus 500
                  paid     m1 P1
                  spend    m1 till-1 1       => principal 1 bonus 0
                  spend    m1 till-2 4499    => principal 3749 bonus 750
                  max-refund m1 T1           => amount 3000 bonus 600 charged 0

== A part is spent only where a part will do

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  spend    m1 till-1 12001   => NOT_ENOUGH_VALUE asked 12001 available 12000
                  spend    m1 till-2 12001 partly => -12000 asked 12001 principal 10000 bonus 2000

---
timezone: UTC
units:
  USD: {kind: money, scale: 2}
stored_value:
  USD:
    currency: USD
    spend_first: principal_first
    principal_expiry: {kind: after_days, days: 10}
    bonus_expiry: {kind: after_days, days: 5}
    plans: {big: {steps: [{pay: "100.00", bonus: "20.00"}]}}
    jurisdiction: {reactivation: true}

== Principal and bonus lapse on days of their own, and lapsed bonus was not spent

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  spend    m1 till-1 1000    => principal 1000 bonus 0
01-07             max-refund m1 T1           => amount 9000 bonus 0 charged 0
                  balance  m1 USD            => available 9000
01-12             balance  m1 USD            => available 0
                  max-refund m1 T1           => amount 0
                  reactivate m1 R1 9001 because "asked for it" => REACTIVATION_EXCEEDS_LAPSED lapsed 9000
                  reactivate m1 R2 4000 because "asked for it" => +4000 leaving available 4000
                  reactivate m1 R3 because "asked for it" => +5000 leaving available 9000
                  reactivate m1 R4 because "asked for it" => REACTIVATION_EXCEEDS_LAPSED lapsed 0
                  lots     m1 USD            => 9000 of principal until 2026-01-22
                  withdraw m1 P1 9000        => amount 9000
