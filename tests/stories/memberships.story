# Paid memberships, in New York. Money is in minor units of USD.

timezone: America/New_York
units:
  points: {kind: redeemable}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
memberships:
  plus:
    price: "31.00"
    currency: USD
    term: {kind: months, months: 1}
    grace_days: 2
    upgrades_to: [pro]
    benefits: {multipliers: [{unit: points, times: 3}]}
  pro: {price: "100.00", currency: USD, term: {kind: days, days: 100}}

== A month ends before its day comes again, and in short months it clamps

2027-12-31          enroll  m1
2028-01-31          buy     m1 plus         => until 2028-02-28 paid 3100 days 29
                    renew   m1 plus         => until 2028-03-30 days 31
                    renew   m1 plus         => until 2028-04-29 days 30
                    renew   m1 plus         => until 2028-05-30 days 31

== It lasts to the end of its last day, and its grace, where the program is

2026-03-01          enroll  m1
                    buy     m1 plus         => until 2026-03-31
04-01               memberships m1          => plus until 2026-03-31
2026-04-03 03:59:59Z memberships m1         => plus until 2026-03-31
2026-04-03 04:00Z   memberships m1          => was plus: expired
                    statement m1            => membership_ended buy_membership enroll

== A refund in the middle pays back the days to come

2026-03-01          enroll  m1
                    buy     m1 plus
03-11               the-membership m1 plus  => used 11 left 20 refund 2000
                    refund-plan m1 plus     => +2000 days 20
                    memberships m1          => was plus: refunded
                    refund-plan m1 plus     => NO_MEMBERSHIP

== Days that were given outlast a refund

2026-03-01          enroll  m1
                    buy     m1 plus
                    give-days m1 plus 5     => until 2026-04-05
03-11               refund-plan m1 plus     => +2000 until 2026-03-16
                    the-membership m1 plus  => bought 31 given 5 used 11 left 5 taken_back 20
03-19               memberships m1          => was plus: expired

== Two renewals at once are two terms, unless one payment is told twice

2026-03-01          enroll  m1
                    buy     m1 plus
03-10 09:00         renew   m1 plus by pay-1 => until 2026-04-30
                    | renew m1 plus by pay-2 => until 2026-05-31
                    | renew m1 plus by pay-2 => PAYMENT_USED payment pay-2
                    again   m1 renew-plus   => until 2026-04-30 replayed
                    memberships m1          => plus until 2026-05-31

== An upgrade takes the rest along

2026-03-01          enroll  m1
                    buy     m1 plus
03-11               buy     m1 pro from plus => credit 2000 paid 8000 until 2026-06-18
                    memberships m1          => pro until 2026-06-18, was plus: upgraded
                    the-membership m1 pro   => refund 9900

== Purchases earn by what was held when they were made

2026-03-01          enroll  m1
                    buy     m1 plus
03-02               purchase m1 o1 10.00    => +30
04-05               purchase m1 o2 10.00    => +10
                    purchase m1 o3 10.00 happened 2026-03-05 => +30
