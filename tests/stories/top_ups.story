# Money that is paid in, and what is added to it. Amounts are in minor units.

timezone: UTC
units:
  USD: {kind: money, scale: 2}
  JPY: {kind: money}
  points: {kind: redeemable}
stored_value:
  USD:
    currency: USD
    confirm_seconds: 1800
    bonus_expiry: {kind: after_days, days: 30}
    plans:
      big: {steps: [{pay: "100.00", bonus: "20.00"}, {pay: "500.00", bonus: "150.00"}], budget: "200.00"}
      hello: {steps: [{pay: "50.00", bonus: "15.00"}], first_only: true}
      often: {steps: [{pay: "20.00", bonus: "1.00"}], most_times: 2}
    limits:
      top_up: {at_once: "600.00", a_day: "1000.00"}
      spend: {at_once: "80.00", a_day: "100.00"}
    jurisdiction: {principal_never_expires: true, unnamed_most: "1000.00", named_most: "5000.00"}
  JPY: {currency: JPY}

== What was paid in is there when the payment is confirmed, and not before

2026-01-01        enroll   m1
                  top-up   m1 T1 10000       => amount 10000 bonus 2000 plan big leaving available 0
                  spend    m1 till-1 100     => NOT_ENOUGH_VALUE asked 100 available 0
          12:10   confirm  m1 T1 10000       => +10000 bonus 2000 leaving available 12000
                  lots     m1 USD            => 2000 of bonus until 2026-01-31, 10000 of principal until never
                  trial    cash_in USD       => -10000
                  trial    bonus_cost USD    => -2000

== A confirmation that arrives twice is one, and a second one of the same top-up is refused

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000       => +10000
                  again    m1 confirm-T1     => +10000 replayed
                  confirm  m1 T1 10000       => TOP_UP_STATE state confirmed needed waiting
                  balance  m1 USD            => available 12000

== A confirmation after the time limit is refused, a moment before it is not

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  top-up   m1 T2 10000       => deadline 2026-01-01T12:30+00:00
          12:29   confirm  m1 T1 10000       => +10000
          12:30   confirm  m1 T2 10000       => TOP_UP_STATE state timed_out needed waiting
                  cancel   m1 T2             => TOP_UP_STATE state timed_out needed waiting
                  the-top-up m1 T2           => state timed_out
                  balance  m1 USD            => available 12000

== Another amount than was asked for is refused, and the right one still taken

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  confirm  m1 T1 9999        => PAYMENT_DIFFERS paid 9999 expected 10000
                  confirm  m1 T1 10000       => +10000
                  confirm  m1 T9 10000       => UNKNOWN_TOP_UP top_up T9

== An amount with decimals is refused, whatever its currency: it counts smallest steps

2026-01-01        enroll   m1
                  top-up   m1 T1 100.005     => FIELD_INVALID field amount
                  top-up   m1 T1 100.00      => FIELD_INVALID field amount
                  top-up   m1 T1 100.5 JPY   => FIELD_INVALID field amount
                  top-up   m1 T1 10000
                  confirm  m1 T1 100.00      => FIELD_INVALID field amount
                  confirm  m1 T1 10000       => +10000
                  spend    m1 till-1 0.5     => FIELD_INVALID field amount
                  spend    m1 till-1 0       => FIELD_INVALID field amount
                  spend    m1 till-1 1       => -1
                  withdraw m1 P1 1.5         => FIELD_INVALID field amount

== A confirmation after the payment was called off is refused, and no money comes of it

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  cancel   m1 T1
                  confirm  m1 T1 10000       => TOP_UP_STATE state cancelled needed waiting
                  balance  m1 USD            => available 0
                  trial    cash_in USD       => 0

== Of confirmations that arrive together one counts, and so of those that meet a cancellation

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                | confirm  m1 T1 10000       => +10000
                | confirm  m1 T1 10000       => TOP_UP_STATE state confirmed needed waiting
                | cancel   m1 T1             => TOP_UP_STATE state confirmed needed waiting
                  balance  m1 USD            => available 12000

== A name is used once

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  top-up   m1 T1 10000       => TOP_UP_EXISTS top_up T1

== The plan that adds most applies, unless another is asked for

2026-01-01        enroll   m1
                  top-up   m1 T1 6000        => plan hello bonus 1500
                  top-up   m1 T2 6000        => plan often bonus 100
                  top-up   m1 T3 10000 by often => plan often bonus 100
                  top-up   m1 T4 10000 by often => PLAN_NOT_APPLICABLE plan often
                  top-up   m1 T5 10000 by hello => PLAN_NOT_APPLICABLE plan hello
                  top-up   m1 T6 1999        => plan none bonus 0

== A first top-up that was never paid was none

2026-01-01        enroll   m1
                  top-up   m1 T1 6000        => plan hello
                  cancel   m1 T1             => amount 6000 leaving available 0
                  top-up   m1 T2 6000        => plan hello
          12:30   top-up   m1 T3 6000        => plan hello

== A budget is never oversold, and what is not paid for comes back to it

2026-01-01        enroll   m1
                  enroll   m2
                  top-up   m1 T1 50000       => bonus 15000
                  top-up   m2 T1 50000       => plan hello bonus 1500
                  top-up   m2 T2 10000       => plan big bonus 2000
                  top-up   m2 T3 10000 by big => plan big
                  top-up   m2 T4 10000 by big => PLAN_NOT_APPLICABLE plan big
                  cancel   m2 T2
                  top-up   m2 T5 10000 by big => bonus 2000
          12:30   top-up   m1 T2 1000        => bonus 0
                  top-up   m2 T6 50000 by big => bonus 15000

== Limits hold in one go, in a day, and for what a member may have

2026-01-01        enroll   m1
                  top-up   m1 T1 60001       => LIMIT_EXCEEDED what top_up period at_once left 60000
                  top-up   m1 T2 60000       => bonus 15000
                  top-up   m1 T3 40001       => LIMIT_EXCEEDED what top_up period a_day left 40000
                  top-up   m1 T4 30000       => BALANCE_LIMIT_EXCEEDED asked 32000 left 25000 most 100000
                  name     m1 because "passport seen"
                  top-up   m1 T5 30000       => amount 30000
                  confirm  m1 T2 60000
                  confirm  m1 T5 30000
                  spend    m1 till-1 8001    => LIMIT_EXCEEDED what spend period at_once left 8000
                  spend    m1 till-2 8000    => -8000
                  spend    m1 till-3 2001    => LIMIT_EXCEEDED what spend period a_day left 2000
                  hold     m1 H1 1500 USD
                  spend    m1 till-4 501     => LIMIT_EXCEEDED what spend period a_day left 500
                  release  m1 H1
                  spend    m1 till-5 2000    => -2000
01-02             spend    m1 till-6 8000    => -8000

== A frozen member pays nothing in, and what was paid before is taken

2026-01-01        enroll   m1
                  top-up   m1 T1 10000
                  freeze   m1 because "card lost"
                  top-up   m1 T2 10000       => MEMBER_FROZEN scope all
                  confirm  m1 T1 10000       => +10000
                  spend    m1 till-1 100     => MEMBER_FROZEN scope all
                  pay-back m1 T1 P1          => MEMBER_FROZEN scope all

== Currencies never mix

2026-01-01        enroll   m1
                  top-up   m1 T1 10000 JPY   => amount 10000 bonus 0
                  confirm  m1 T1 10000       => +10000
                  spend    m1 till-1 100     => NOT_ENOUGH_VALUE unit USD available 0
                  spend    m1 till-2 100 JPY => -100
                  statement m1 in USD        => 
                  statement m1 in JPY        => spend_value confirm_top_up

== Points commands make no money, and take none

2026-01-01        enroll   m1
                  enroll   m2
                  top-up   m1 T1 10000
                  confirm  m1 T1 10000
                  award    m1 A1 100 USD     => MONEY_UNIT unit USD
                  redeem   m1 R1 100 USD     => MONEY_UNIT unit USD
                  gift     m1 G1 100 USD to m2 => MONEY_UNIT unit USD
                  adjust   m1 X1 100 USD because "no" => MONEY_UNIT unit USD
                  hold     m1 H1 100 USD
                  capture  m1 H1
                  reverse  m1 capture-H1     => MONEY_UNIT unit USD
                  spend    m1 till-1 100 points => NOT_STORED_VALUE unit points
