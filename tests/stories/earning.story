# A point for every dollar, twice as many for dairy, and what else a shop may think of.

timezone: Europe/Berlin
units:
  points: {kind: redeemable}
calendars:
  member_day: {month_days: [8]}
  happy_hour: {hours: ["17:00-19:00"]}
events:
  check_in: {attributes: {minutes: number}}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: EUR}}
  dairy:
    unit: points
    formula: {kind: multiplier, times: 2, of: [base]}
    lines: {categories: [dairy]}
  member_day:
    unit: points
    formula: {kind: multiplier, times: 3, of: [base]}
    when: {calendars: [member_day]}
    group: campaigns
    priority: 2
  happy_hour:
    unit: points
    formula: {kind: multiplier, times: 2, of: [base]}
    when: {calendars: [happy_hour]}
    group: campaigns
    priority: 1
  welcome: {unit: points, formula: {kind: fixed, units: 50}, condition: order.ordinal == 1 && order.spend >= 2000}
  check_in:
    event: check_in
    unit: points
    formula: {kind: fixed, units: 5}
    condition: event.attributes.minutes >= 10
    caps: [{period: day, times: 1}]
caps:
  points: [{period: month, most: 500}]

== What an order earns, line by line

2026-03-01      enroll   m1
                purchase m1 order-7 dairy:12.00 bread:3.00 EUR  => +27 base 15 dairy 12 leaving available 27
03-09           refund   m1 order-7 dairy                       => -24 base 12 dairy 12 leaving available 3
                refund   m1 order-7                             => -3 leaving available 0
                refund   m1 order-7                             => taken 0
                refund   m1 order-7 bread:0.01                  => REFUND_EXCEEDS_PURCHASE asked 1 left 0

== What would be earned is told before

2026-03-01      enroll   m1
                try purchase m1 order-1 dairy:20.00 EUR => +90 base 20 dairy 20 welcome 50
                try purchase m1 order-1 dairy:10.00 EUR => +20
                balance  m1                             => available 0
                purchase m1 order-1 dairy:20.00 EUR     => +90

== Welcome is said once, and only for an order that is worth it

2026-03-01      enroll   m1
                purchase m1 order-1 19.99 EUR   => +19
                purchase m1 order-2 50.00 EUR   => +50
                enroll   m2
                purchase m2 order-1 20.00 EUR   => +70 welcome 50
                purchase m2 order-2 20.00 EUR   => +20

== Of two campaigns on one day the better one counts, by the clocks of the shop

2026-03-08 17:59 enroll  m1
                purchase m1 order-1 10.00 EUR => +30 member_day 20 happy_hour excluded
           18:59 purchase m1 order-2 10.00 EUR => +30
           19:00 purchase m1 order-3 10.00 EUR => +30 member_day 20
           23:59 purchase m1 order-4 10.00 EUR => +30
03-09      00:00 purchase m1 order-5 10.00 EUR => +10
           17:30 purchase m1 order-6 10.00 EUR => +20 happy_hour 10
           18:00Z purchase m1 order-7 10.00 EUR => +10

== Whoever stays for ten minutes gets points for it, once a day

2026-03-01      enroll   m1
                tell m1 check_in visit-1 minutes:9      => given 0
                tell m1 check_in visit-2 minutes:10     => +5
                tell m1 check_in visit-3 minutes:30     => check_in cut
                again m1 event/check_in/visit-2         => +5 replayed
03-02           tell m1 check_in visit-4 minutes:30     => +5 leaving available 10
                tell m1 check_out visit-5               => UNKNOWN_EVENT_TYPE event check_out

== Nobody earns more than five hundred points a month

2026-03-01      enroll   m1
                purchase m1 order-1 450.00 EUR              => +500 base 450 welcome 50
                purchase m1 order-2 10.00 EUR               => base cut
                refund   m1 order-1 100.00                  => -111 base 100 welcome 11
03-31           purchase m1 order-3 dairy:100.00 EUR        => +111 base 100 dairy 11 unit_cap:month 89
04-01           purchase m1 order-4 10.00 EUR               => +10

== Who is frozen buys all the same, and gets nothing for it, then or later

2026-03-01      enroll   m1
                freeze   m1 earn because "under review"
                purchase m1 order-1 20.00 EUR   => rules frozen
                unfreeze m1 because "nothing found"
03-02           purchase m1 order-2 20.00 EUR   => +20
03-03           refund   m1 order-1             => taken 0
03-04           purchase m1 order-3 20.00 EUR   => +20

== An order that was given back was not the first one

2026-03-01      enroll   m1
                purchase m1 order-1 20.00 EUR   => +70 welcome 50
03-02           refund   m1 order-1             => -70
03-03           purchase m1 order-2 20.00 EUR   => +70 welcome 50

== An order and its parts are told once, whatever the line to the shop is like

2026-03-01      enroll   m1
              | purchase m1 order-1 10.00 EUR   => +10
              | purchase m1 order-1 10.00 EUR   => +10 replayed
              | purchase m1 order-1 11.00 EUR   => REQUEST_ID_REUSED
              | refund   m1 order-1 4.00        => -4
                again    m1 refund/order-1      => -4 replayed
                balance  m1                     => available 6
