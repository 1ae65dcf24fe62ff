# Tasks: orders, check-ins in a row, friends who help, one after the other. In Shanghai.

timezone: Asia/Shanghai
units:
  points: {kind: redeemable}
events:
  check_in: {attributes: {}}
  help: {attributes: {helper: text}}
tasks:
  twice:
    goal: {kind: count, reach: 2}
    period: month
    claim: by_member
    claim_days: 10
    rewards: [{kind: units, unit: points, units: 500}]
  four_weeks:
    event: check_in
    period: week
    streak: 4
    rewards: [{kind: units, unit: points, units: 40}]
  three_friends:
    event: help
    goal: {kind: distinct, of: attributes.helper, reach: 3}
    rewards: [{kind: units, unit: points, units: 30}]
  then_again:
    event: check_in
    after: [three_friends]
    goal: {kind: count, reach: 2}
    rewards: [{kind: units, unit: points, units: 7}]

== Four weeks in a row, over the end of a year

2026-12-01      enroll   m1
2026-12-14      tell     m1 check_in c1
                tasks    m1                     => four_weeks 1 streak 1
2026-12-21      tell     m1 check_in c2
2026-12-28      tell     m1 check_in c3
2027-01-09      tell     m1 check_in c4         => +40
                tasks    m1                     => four_weeks 1 streak 4 times 1
2027-01-11      tell     m1 check_in c5
                tasks    m1                     => four_weeks 1 streak 1 times 1

== A week that was missed begins it anew, unless it is told late

2026-12-01      enroll   m1
2026-12-14      tell     m1 check_in c1
2026-12-28      tell     m1 check_in c3
2027-01-04      tell     m1 check_in c4
                tasks    m1                     => four_weeks 1 streak 2
                tell     m1 check_in c2 happened 2026-12-22 => +40
                tasks    m1                     => four_weeks 1 streak 4 times 1

== Two devices that check in at the same second are one check-in

2026-12-01      enroll   m1
2026-12-14      tell     m1 check_in monday
                | tell   m1 check_in monday     => replayed
                tasks    m1                     => four_weeks 1 streak 1

== The week begins on Monday where the program is

2026-12-01      enroll   m1
2026-12-20 23:59 tell    m1 check_in c1
2026-12-21 00:00 tell    m1 check_in c2
                tasks    m1                     => four_weeks 1 streak 2

== A day that was counted where the program was stays one where it is now

2026-12-01      enroll   m1
2026-12-20 23:30 tell    m1 check_in c1
                tasks    m1                     => four_weeks 1 streak 1
                move-to  Europe/Berlin          => 2
2026-12-27 23:30 tell    m1 check_in c2
                tasks    m1                     => four_weeks 1 streak 2

== Friends help once each, and what comes after counts only then

2026-12-01      enroll   m1
                tell     m1 help h1 helper:ann
                tell     m1 help h2 helper:ann
                tell     m1 help h3 helper:ben
2026-12-02      tell     m1 check_in c1
                tasks    m1                     => four_weeks 1 streak 1, three_friends 2
2026-12-03      tell     m1 help h4 helper:cleo => +30
2026-12-04      tell     m1 check_in c2
2026-12-05      tell     m1 check_in c3         => +7
                tasks    m1                     => four_weeks 3 streak 1, then_again 2 times 1, three_friends 3 times 1

== What can be claimed is claimed once, and in time

2026-12-01      enroll   m1
                claim_task m1 twice               => NOTHING_TO_CLAIM
                purchase m1 o1 1.00
                purchase m1 o2 1.00
2026-12-11 23:59:59 claim_task m1 twice              => task twice since 2026-12-01
                claim_task m1 twice               => NOTHING_TO_CLAIM
                balance  m1                     => available 500
2027-01-01      purchase m1 o3 1.00
                purchase m1 o4 1.00
2027-01-12      claim_task m1 twice               => NOTHING_TO_CLAIM
                balance  m1                     => available 500

== A refund takes back what is not done any more

2026-12-01      enroll   m1
                purchase m1 o1 1.00
                purchase m1 o2 1.00
2026-12-02      claim_task m1 twice
2026-12-03      refund   m1 o1                  => -500
                tasks    m1                     => twice 1
2026-12-04      purchase m1 o3 1.00
                tasks    m1                     => twice 2 times 1
2026-12-05      claim_task m1 twice
                balance  m1                     => available 500
