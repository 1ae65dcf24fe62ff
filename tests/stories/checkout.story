# Checkout: an order is paid with points, money and coupons, and goes back. Amounts are in minor units.

timezone: UTC
units:
  points: {kind: redeemable, expiry: {kind: after_days, days: 60}}
  usd: {kind: money, scale: 2}
stored_value: {usd: {currency: USD}}
spend: {excluded_tenders: [points]}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
coupons:
  five:
    currency: USD
    offer: {kind: amount_off, amount: "5.00"}
    validity: {kind: after_issue, days: 10}
    min_spend: "20.00"
    returns: {on_cancel: true, on_full_refund: false}
checkout:
  tenders:
    - {kind: points, tender: points, unit: points, currency: USD, units: 100, worth: "1.00",
       most_basis_points: 5000}
    - {kind: stored_value, tender: balance, unit: usd}
  quote_seconds: 600
  hold_seconds: 900

== An order is quoted, held and captured, and what was quoted is what is done

2026-01-01 09:00  enroll        m1
                  award         m1 a1 2000
                  top-up        m1 t1 5000 usd
                  confirm       m1 t1 5000
                  issue-coupons m1 five because "welcome"
                  quote         m1 o1 points balance=1000 shipping 3.00 for 30.00 10.00 => total 3800 off 500 points 1900 balance 1000 payment 900 earns 17
                  hold-order    m1 o1           => points 1900 balance 1000 payment 900
                  balance       m1              => available 100 held 1900
                  coupons       m1              => five:reserved
      09:10       capture-order m1 o1           => total 3800 points 1900 balance 1000 payment 900 earned 17
                  balance       m1              => available 117 held 0
                  coupons       m1 used         => five:used
                  checkout      m1 o1           => captured
                  statement     m1 in usd       => capture hold confirm_top_up

== What is refunded goes back to where it came from, what paid last first

2026-01-01        enroll        m1
                  award         m1 a1 2000
                  top-up        m1 t1 5000 usd
                  confirm       m1 t1 5000
                  quote         m1 o1 points=1000 balance=1000 for 30.00 10.00
                  hold-order    m1 o1
                  capture-order m1 o1           => total 4000 payment 2000 earned 30
01-02             refund-order  m1 o1 of 1      => amount 1500 payment 1500 earned -11
                  refund-order  m1 o1 of 1 2    => amount 2000 payment 500 balance 1000 points 500
                  refund-order  m1 o1 of 1      => RETURN_EXCEEDS_ORDER line 1 asked 1 left 0
                  refund-order  m1 o1           => amount 500 payment 0 points 500 is_whole True
                  balance       m1              => available 2000
                  refund-order  m1 o1           => CHECKOUT_STATE state refunded
                  lots          m1              => 2000 until 2026-03-02

== Holding again replaces what the order has held

2026-01-01        enroll        m1
                  award         m1 a1 1000
                  quote         m1 o1 points=1000 for 30.00
                  hold-order    m1 o1           => points 1000
                  quote         m1 o1 points=600 for 20.00
                  hold-order    m1 o1           => points 600
                  balance       m1              => available 400 held 600
                  hold-order    m1 o1           => QUOTE_CONSUMED order o1
                  quote         m1 o2 points=600 for 20.00 => NOT_ENOUGH_POINTS asked 600 available 400

== A quote stands for a while, and a hold too

2026-01-01 09:00  enroll        m1
                  award         m1 a1 1000
                  quote         m1 o1 points=1000 for 30.00
      09:10       hold-order    m1 o1           => QUOTE_LAPSED order o1 lapsed_at 2026-01-01T09:10:00+00:00
                  quote         m1 o1 points=1000 for 30.00
                  hold-order    m1 o1 within 5m
      09:14       balance       m1              => available 0 held 1000
      09:15       balance       m1              => available 1000 held 0
                  capture-order m1 o1           => CHECKOUT_STATE state timed_out move capture
                  checkout      m1 o1           => timed_out

== All is held, or nothing

2026-01-01        enroll        m1
                  award         m1 a1 1000
                  top-up        m1 t1 1000 usd
                  confirm       m1 t1 1000
                  quote         m1 o1 points=1000 balance=1000 for 40.00
                  spend         m1 till1 1 usd
                  hold-order    m1 o1           => NOT_ENOUGH_VALUE asked 1000 available 999
                  balance       m1              => available 1000 held 0
                  checkout      m1 o1           => new

== A part is captured, and the rest is free

2026-01-01        enroll        m1
                  award         m1 a1 1000
                  quote         m1 o1 points=1000 for 30.00 20.00
                  hold-order    m1 o1           => points 1000 payment 4000
                  capture-order m1 o1 of 1 2    => total 2500 points 1000 payment 1500
                  quote         m1 o2 points=0 for 1.00 => FIELD_INVALID field tenders[0].units

== A coupon returns from an order that is called off, not from one that goes back

2026-01-01        enroll        m1
                  issue-coupons m1 five 2 because "sorry"
                  quote         m1 o1 with five-1 for 30.00
                  hold-order    m1 o1
                  capture-order m1 o1           => total 2500
                  refund-order  m1 o1 cancelled => amount 2500
                  quote         m1 o2 with five-1 for 30.00
                  hold-order    m1 o2
                  capture-order m1 o2           => total 2500
                  refund-order  m1 o2           => amount 2500
                  coupons       m1              => five:issued
                  coupons       m1 used         => five:used
                  quote         m1 o3 without coupons for 30.00 => total 3000 off 0

== What goes back after its day comes back as it was, and has lapsed

2026-01-01        enroll        m1
                  award         m1 a1 1000
                  quote         m1 o1 points=1000 for 20.00
                  hold-order    m1 o1
                  capture-order m1 o1
03-10             refund-order  m1 o1           => amount 2000 points 1000 payment 1000
                  balance       m1              => available 0
