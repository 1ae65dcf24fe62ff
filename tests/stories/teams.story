# Teams: three friends who each buy within a day, and two who come at the same time. In Shanghai.

timezone: Asia/Shanghai
units:
  points: {kind: redeemable}
events:
  check_in: {attributes: {}}
coupons:
  five: {currency: USD, offer: {kind: amount_off, amount: "5.00"}, validity: {kind: after_issue, days: 10}}
teams:
  together:
    size: 3
    hours: 24
    condition: order.spend >= 1000
    starter: [{kind: units, unit: points, units: 200}, {kind: coupon, template: five}]
    joiner: [{kind: units, unit: points, units: 50}]
    most_times: 1
  meeting:
    event: check_in
    size: 2
    hours: 1
    refunds: keep
    joiner: [{kind: units, unit: points, units: 3}]

== The last of three brings something to all of them

2026-12-01 10:00  enroll   ann
                  enroll   ben
                  enroll   cid
                  purchase ann o1 10.00
                  start-team ann t together o1    => size 3
                  purchase ben o1 10.00
                  join     ben t o1               => missing 1
                  balance  ann                    => available 0
2026-12-02 09:59  purchase cid o1 10.00
                  join     cid t o1               => missing 0
                  balance  ann                    => available 200
                  balance  ben                    => available 50
                  coupons  ann                    => five:issued
                  team     t                      => complete ann ben cid
                  statement ben                   => team_completed join_team record_event enroll

== A day later it is over

2026-12-01 10:00  enroll   ann
                  enroll   ben
                  purchase ann o1 10.00
                  start-team ann t together o1
2026-12-02 09:59:59 team   t                      => open ann
2026-12-02 10:00  team     t                      => lapsed ann
                  purchase ben o1 10.00
                  join     ben t o1               => NO_PLACE_IN_TEAM
                  purchase ann o2 10.00
                  start-team ann u together o2    => size 3

== An order that is too small, that came back, or that took a place already is good for none

2026-12-01        enroll   ann
                  enroll   ben
                  purchase ann o1 9.99
                  start-team ann t together o1    => NOT_FOR_TEAM
                  purchase ann o2 10.00
                  refund   ann o2
                  start-team ann t together o2    => NOT_FOR_TEAM
                  purchase ann o3 10.00
                  start-team ann t together o3
                  start-team ann u together o3    => TOO_MANY_TEAMS
                  leave    ann t                  => missing 3
                  start-team ann u together o3    => size 3

== Who gives the order back has no place, and another takes it

2026-12-01        enroll   ann
                  enroll   ben
                  enroll   cid
                  enroll   dot
                  purchase ann o1 10.00
                  start-team ann t together o1
                  purchase ben o1 10.00
                  join     ben t o1               => missing 1
                  refund   ben o1
                  team     t                      => open ann
                  purchase cid o1 10.00
                  join     cid t o1               => missing 1
                  purchase dot o1 10.00
                  join     dot t o1               => missing 0
                  balance  ben                    => available 0

== Who gives it back when all is done loses the share, and the others keep theirs

2026-12-01        enroll   ann
                  enroll   ben
                  enroll   cid
                  purchase ann o1 10.00
                  start-team ann t together o1
                  purchase ben o1 10.00
                  join     ben t o1
                  purchase cid o1 10.00
                  join     cid t o1
2026-12-05        refund   ann o1
                  balance  ann                    => available 0
                  coupons  ann                    => none
                  balance  ben                    => available 50
                  team     t                      => complete ben cid

== Two who want the last place in one batch: the first has it

2026-12-01        enroll   ann
                  enroll   ben
                  enroll   cid
                  tell     ann check_in c1
                  tell     ben check_in c1
                  tell     cid check_in c1
                  start-team ann t meeting event/check_in/c1
                  join     ben t event/check_in/c1  => missing 0
                  | join   cid t event/check_in/c1  => NO_PLACE_IN_TEAM
                  balance  ben                    => available 3
                  balance  cid                    => available 0
