# A campaign has so much to give, and no more.

timezone: UTC
units:
  points: {kind: redeemable}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
  spring: {unit: points, formula: {kind: fixed, units: 40}, budget: spring}
  summer: {unit: points, formula: {kind: fixed, units: 10}, budget: summer, lines: {categories: [ice]}}
budgets:
  spring: {unit: points, most: 100}
  summer: {unit: points, currency: USD, most: "0.25", cost: {units: 1, money: "0.01"}}

== Who comes last gets what is left

2026-03-01      enroll   m1
                enroll   m2
              | purchase m1 order-1 5.00        => +45 spring 40
              | purchase m2 order-1 5.00        => +45 spring 40
              | purchase m1 order-2 5.00        => +25 spring 20 budget:spring 20
              | purchase m2 order-2 5.00        => +5 spring cut
                purchase m2 order-3 5.00        => +5 spring cut

== What goes back can be given again

2026-03-01      enroll   m1
                enroll   m2
                purchase m1 order-1 5.00        => +45
                purchase m1 order-2 5.00        => +45
                purchase m2 order-1 5.00        => +25
                refund   m1 order-1 2.50        => -22 base 2 spring 20
                purchase m2 order-2 5.00        => +25 spring 20
                purchase m2 order-3 5.00        => +5
                refund   m2 order-1             => -25
                purchase m1 order-3 5.00        => +25

== A budget in money pays for what points cost

2026-03-01      enroll   m1
                purchase m1 order-1 ice:2.00    => +52 summer 10
                purchase m1 order-2 ice:2.00    => +52 summer 10
                purchase m1 order-3 ice:2.00    => +27 spring 20 summer 5 budget:summer 5
                purchase m1 order-4 ice:2.00    => +2 summer cut

== What is only tried uses nothing up

2026-03-01      enroll   m1
                try purchase m1 order-1 5.00    => spring 40
                try purchase m1 order-2 5.00    => spring 40
                try purchase m1 order-3 5.00    => spring 40
                purchase m1 order-4 5.00        => spring 40
