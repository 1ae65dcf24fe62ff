# A draw is paid for, never without an outcome, and never gives more than there is; a red packet goes round.

timezone: UTC
units:
  points: {kind: redeemable}
  chances: {kind: redeemable, expiry: {kind: after_days, days: 7}}
funds: [marketing]
draws:
  sure:
    cost: {unit: points, units: 10}
    prizes:
      mug: {weight: 1, stock: 2, goods: A mug}
  patient:
    blank_weight: 1000000000
    prizes:
      grand: {weight: 1, stock: 1, rewards: [{kind: units, unit: points, units: 100}]}
    guarantee: {after: 2}
  consoled:
    prizes:
      mug: {weight: 1, stock: 1, goods: A mug}
      one: {weight: 0, rewards: [{kind: units, unit: points, units: 1}]}
    fallback: one
  weekly:
    when: {from: 2026-01-01, until: 2026-01-31}
    cost: {unit: chances, units: 1}
    free: {period: week, most: 1}
    limits: [{period: week, most: 3}]
    prizes:
      five: {weight: 1, rewards: [{kind: units, unit: points, units: 5}]}
red_packets:
  friends: {unit: points, funded_by: member, most_units: 200, most_shares: 10}
  festival: {unit: points, funded_by: house, fund: marketing, budget: 100, most_units: 100, lasts_seconds: 3600}

== Two mugs are won twice, and then nothing is taken

2026-01-01      enroll  m1
                award   m1 a1 100
                draw    m1 d0 sure              => DRAW_NOT_OPEN draw sure
                open    sure                    => round 1
                draw    m1 d1 sure              => prize mug ordinal 1 cost 10
                draw    m1 d2 sure              => prize mug ordinal 2 cost 10 won sure/1/2
                again   m1 d2                   => ordinal 2 replayed
                draw    m1 d3 sure              => NO_PRIZE_LEFT draw sure
                balance m1                      => available 80
                won     m1                      => sure/1/1 waiting, sure/1/2 waiting
                deliver m1 sure/1/2 by post     => prize mug
                deliver m1 sure/1/2             => PRIZE_DELIVERED
                won     m1                      => sure/1/1 waiting, sure/1/2 delivered
                reverse m1 d1                   => NOT_REVERSIBLE
                close   sure                    => results 2
                draw    m1 d4 sure              => DRAW_NOT_OPEN
                results sure                    => mug mug
                open    sure                    => round 2
                draw    m1 d5 sure              => NO_PRIZE_LEFT

== Who has drawn in vain long enough wins, and one alone

2026-01-01      enroll  m1
                enroll  m2
                open    patient
                draw    m1 d1 patient           => ordinal 1
                draw    m2 e1 patient           => ordinal 2
                draw    m1 d2 patient           => ordinal 3
                draw    m1 d3 patient choosing seven => prize grand nonce seven
                balance m1                      => available 100
                draw    m2 e2 patient
                draw    m2 e3 patient           => ordinal 6
                results patient                 => nothing nothing nothing grand nothing nothing
                balance m2                      => available 0

== Who comes too late for the prize is consoled

2026-01-01      enroll  m1
                open    consoled
                draw    m1 d1 consoled          => prize mug
                draw    m1 d2 consoled          => prize one
                balance m1                      => available 1

== Chances lapse, free draws come back, and there is an end

2026-01-01      enroll  m1
                award   m1 a1 5 chances
                open    weekly
                draw    m1 d1 weekly            => prize five cost 0
                draw    m1 d2 weekly            => prize five cost 1
                may-draw m1 weekly              => left 1 cost 1
                draw    m1 d3 weekly            => cost 1
                draw    m1 d4 weekly            => DRAW_LIMIT_REACHED period week most 3
01-05           may-draw m1 weekly              => left 3 cost 0
01-09           balance m1 chances              => available 0
                draw    m1 d5 weekly            => cost 0
                draw    m1 d6 weekly            => NOT_ENOUGH_POINTS asked 1 available 0
02-01           draw    m1 d7 weekly            => DRAW_NOT_ALLOWED
                balance m1                      => available 20

== A red packet is shared by who comes first, and the rest comes back

2026-01-01      enroll  m1
                enroll  m2
                enroll  m3
                award   m1 a1 100 until 2026-01-31 from marketing
                red-packet m1 luck friends 60 in 1
                balance m1                      => available 40 held 60
                grab    m1 luck                 => OWN_RED_PACKET
                grab    m2 luck                 => +60 ordinal 1
                grab    m2 luck                 => RED_PACKET_CLAIMED amount 60
                grab    m3 luck                 => RED_PACKET_OVER state done
                lots    m2                      => 60 of marketing until 2026-01-31
                red-packet m1 late friends 40 in 2
                the-packet late                 => state open claims 0
01-02           the-packet late                 => state lapsed claims 0
                grab    m3 late                 => RED_PACKET_OVER state lapsed
                lots    m1                      => 40 of marketing until 2026-01-31

== The house gives what its budget has, and gets back what nobody wanted

2026-01-01      enroll  m1
                red-packet house one festival 100 in 1
                red-packet house two festival 1 in 1 => RED_PACKET_BUDGET_SPENT asked 1 left 0
                red-packet m1 mine festival 1 in 1   => UNKNOWN_RED_PACKET_KIND
01-02           grab    m1 one                  => RED_PACKET_OVER state lapsed
                red-packet house two festival 100 in 1
                grab    m1 two                  => +100
                lots    m1                      => 100 of marketing until never
