# What tasks and tiers give besides units: coupons, and days of a membership. What was used stays. In Berlin.

timezone: Europe/Berlin
units:
  points: {kind: redeemable}
  xp: {kind: qualifying}
rules:
  growing: {unit: xp, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
coupons:
  five: {currency: USD, offer: {kind: amount_off, amount: "5.00"}, validity: {kind: after_issue, days: 10}}
memberships:
  plus: {price: "31.00", currency: USD, term: {kind: days, days: 30}}
tasks:
  twice:
    goal: {kind: count, reach: 2}
    period: month
    rewards: [{kind: coupon, template: five, count: 2}, {kind: membership_days, plan: plus, days: 7}]
ladders:
  status:
    tiers:
      - code: silver
        any_of: [{units: {xp: 100}}]
        benefits: {grants: [{every: month, rewards: [{kind: coupon, template: five}]}]}
referrals:
  return_window_days: 7
  rewards: {referrer: [{kind: membership_days, plan: plus, days: 30}]}

== A task brings coupons and days, and a refund takes back what was not used

2026-03-01      enroll   m1
03-02           purchase m1 o1 1.00
03-03           purchase m1 o2 1.00
                coupons  m1                     => five:issued five:issued
                memberships m1                  => plus until 2026-03-09
03-05           refund   m1 o1
                coupons  m1                     => none
                memberships m1                  => plus until 2026-03-05
03-06           memberships m1                  => was plus: expired

== What is done again brings what was taken back again, and no more

2026-03-01      enroll   m1
                purchase m1 o1 1.00
                purchase m1 o2 1.00
03-03           refund   m1 o1
                purchase m1 o3 1.00
                coupons  m1                     => five:issued five:issued
                memberships m1                  => plus until 2026-03-07

== An order that comes in late brings coupons of the day on which it should have come

2026-03-01      enroll   m1
03-05           purchase m1 o1 1.00
                purchase m1 o2 1.00 happened 2026-03-02
03-14           coupons  m1                     => five:issued five:issued
03-15           coupons  m1                     => none

== A tier brings a coupon in every month, whether a sweep has run or not

2026-03-20      enroll   m1
                purchase m1 o1 100.00
                coupons  m1                     => five:issued
03-30           coupons  m1                     => none
04-01           coupons  m1                     => five:issued
05-01           coupons  m1                     => five:issued

== Who invites a friend gets a month of membership free, when the friend's first order stays

2026-03-01      enroll   ann
                enroll   ben
                bind     ben to ann
03-02           purchase ben o1 10.00
                memberships ann                 => none
03-10           memberships ann                 => plus until 2026-04-07
                the-membership ann plus         => given 30 bought 0 refund 0
04-09           memberships ann                 => was plus: expired
