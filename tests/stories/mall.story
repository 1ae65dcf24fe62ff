# The points mall: what items cost, and what becomes of orders. Money is in minor units.

timezone: UTC
units:
  points: {kind: redeemable, expiry: {kind: after_days, days: 30}}
  chances: {kind: redeemable}
coupons:
  five: {currency: USD, offer: {kind: amount_off, amount: "5.00"}, validity: {kind: after_issue, days: 10}}
mall:
  mug:
    gives: {kind: goods}
    price: {kind: units, unit: points, units: 100}
    stocked: true
  kettle:
    gives: {kind: goods}
    price: {kind: units_and_money, unit: points, units: 50, money: "9.90", currency: USD}
    stocked: true
    limits: [{period: day, most: 1}]
    pay_seconds: 900
  lamp:
    gives: {kind: goods}
    price: {kind: split, money: "5.00", currency: USD, unit: points, units: 30, worth: "1.00"}
  voucher:
    gives: {kind: coupon, template: five}
    price: {kind: units, unit: points, units: 20}
  chance:
    gives: {kind: units, unit: chances, units: 3}
    price: {kind: units, unit: points, units: 10}
    when: {from: 2026-01-02, until: 2026-01-03}
  gift:
    gives: {kind: one_of, items: [mug, voucher]}
    price: {kind: free}
    most: 1

== Goods for points are paid at once, sent, and returned

2026-01-01        enroll   m1
                  award    m1 A1 300
                  order    m1 O1 mug            => ITEM_OUT_OF_STOCK asked 1 left 0
                  stock    mug +2 because "delivered"  => change 2 on_hand 2
                  order    m1 O2 mug            => state paid amount 100
                  the-stock mug                 => on_hand 1 reserved 0 sold 1 stocked 2
                  to-send                       => m1/O2
                  send-order m1 O2 by post      => state fulfilled carrier post
                  balance  m1                   => leaving available 200
                  cancel-order m1 O2            => ORDER_STATE state fulfilled
                  return-order m1 O2            => state returned
                  balance  m1                   => leaving available 300
                  the-stock mug                 => on_hand 2 sold 0
                  stock    mug -1 because "came back broken"
                  stock    mug =1 because "stocktaking"  => change 0
                  stock-history mug             => +0 stocktaking, -1 came back broken, +2 delivered

== Money is waited for, with the points held and the piece reserved

2026-01-01 09:00  enroll   m1
                  award    m1 A1 80
                  stock    kettle +1 because "delivered"
                  order    m1 O1 kettle         => state placed amount 50 money 990
                  balance  m1                   => leaving available 30 held 50
                  the-stock kettle              => on_hand 0 reserved 1
                  why-not  m1 kettle            => limit_reached out_of_stock not_enough
                  pay-order m1 O1 9.00          => ORDER_PAYMENT_DIFFERS paid 900 expected 990
                  pay-order m1 O1 9.90          => state paid
                  balance  m1                   => leaving available 30 held 0
                  cancel-order m1 O1            => state cancelled pay_back 990
                  balance  m1                   => leaving available 80
                  order    m1 O2 kettle         => state placed

== What is not paid in time is everybody's again, at that moment

2026-01-01 09:00  enroll   m1
                  enroll   m2
                  award    m1 A1 50
                  award    m2 A1 50
                  stock    kettle +1 because "delivered"
                  order    m1 O1 kettle
01-01 09:14       order    m2 O1 kettle         => ITEM_OUT_OF_STOCK left 0
01-01 09:15       the-order m1 O1               => state timed_out
                  balance  m1                   => leaving available 50 held 0
                  pay-order m1 O1 9.90          => ORDER_STATE state timed_out
                  order    m2 O2 kettle         => state placed
                  order    m1 O2 kettle         => ITEM_OUT_OF_STOCK left 0

== Points come back to their own lots, and lapse with them

2026-01-01        enroll   m1
                  award    m1 A1 50
01-10             award    m1 A2 30
01-31 23:55       order    m1 O1 lamp paying 60 => amount 60 money 300
02-01 00:05       cancel-order m1 O1            => state cancelled lapsed 50
                  balance  m1                   => leaving available 30

== The server splits a price, and takes no more points than the money is worth

2026-01-01        enroll   m1
                  award    m1 A1 1000
                  item-quote m1 lamp            => amount 150 money 0
                  item-quote m1 lamp paying 31  => amount 31 money 397
                  order    m1 O1 lamp paying 0  => amount 0 money 500 state placed
                  order    m1 O2 lamp           => amount 150 money 0 state paid

== A sale has a beginning and an end, and one of several is chosen

2026-01-01        enroll   m1
                  award    m1 A1 100
                  why-not  m1 chance            => not_yet
01-02             order    m1 O1 chance 2       => state fulfilled amount 20
                  balance  m1 chances           => leaving available 6
01-04             order    m1 O2 chance         => ITEM_NOT_OFFERED why over
                  order    m1 O3 gift choosing mug      => ITEM_OUT_OF_STOCK item mug
                  order    m1 O4 gift choosing voucher  => state fulfilled chosen voucher
                  coupons  m1                   => five:issued
                  order    m1 O5 gift choosing voucher  => ITEM_OUT_OF_STOCK item gift
                  return-order m1 O4            => state returned
                  coupons  m1                   => none
                  order    m1 O6 gift choosing voucher  => state fulfilled
