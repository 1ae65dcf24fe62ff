# A checkout sets points aside, and spends them or gives them back.

timezone: UTC
units:
  points: {kind: redeemable}
holds: {default_seconds: 900, longest_seconds: 604800}

== Part of a hold is captured, and the rest goes back

2026-01-01      enroll  m1
                award   m1 a1 100
                hold    m1 H1 80        => available 20 held 80
                capture m1 H1 50        => -50 released 30 lapsed 0 leaving available 50 held 0
                look    m1 H1           => state captured amount 80 captured 50
                trial   redeemed        => 50

== A hold is resolved once

2026-01-01      enroll  m1
                award   m1 a1 100
                hold    m1 H1 80
                capture m1 H1 80        => -80 released 0
                capture m1 H1 80        => HOLD_RESOLVED hold H1 state captured
                release m1 H1           => HOLD_RESOLVED hold H1 state captured
                hold    m1 H2 20
                release m1 H2           => released 20 leaving available 20
                capture m1 H2           => HOLD_RESOLVED hold H2 state released
                release m1 H2           => HOLD_RESOLVED hold H2 state released
                balance m1              => available 20 held 0

== A hold that has run out is dead at once, swept or not

2026-01-01 09:00        enroll  m1
                        award   m1 a1 100
                        hold    m1 H1 80        => deadline 2026-01-01T09:15+00:00
      09:14:59          balance m1              => available 20 held 80
      09:15             balance m1              => available 100 held 0
                        look    m1 H1           => state timed_out captured 0
                        capture m1 H1           => HOLD_RESOLVED hold H1 state timed_out
                        release m1 H1           => HOLD_RESOLVED hold H1 state timed_out
                        redeem  m1 r1 100       => -100
                        statement m1            => redeem time_out hold award enroll

== A hold captured at the last moment is captured

2026-01-01 09:00        enroll  m1
                        award   m1 a1 100
                        hold    m1 H1 80 for 1h
      09:59:59          capture m1 H1           => -80
      10:00             look    m1 H1           => state captured

== A hold lasts as long as it is asked to, within the program's limit

2026-01-01              enroll  m1
                        award   m1 a1 100
                        hold    m1 H1 10 for 7d     => deadline 2026-01-08T12:00+00:00
                        hold    m1 H2 10 for 8d     => HOLD_TOO_LONG asked_seconds 691200 longest_seconds 604800
                        hold    m1 H3 10 for 0s     => FIELD_INVALID field seconds

== No more is captured than was set aside, and what is refused can be tried again

2026-01-01              enroll  m1
                        award   m1 a1 100
                        hold    m1 H1 80
                        capture m1 H1 81        => CAPTURE_EXCEEDS_HOLD hold H1 asked 81 held 80
                        capture m1 H1 0         => FIELD_INVALID field amount
                        capture m1 H9           => UNKNOWN_HOLD hold H9
                        capture m1 H1 80        => -80

== The name of a hold is used once, even after it is resolved

2026-01-01              enroll  m1
                        award   m1 a1 100
                        hold    m1 H1 10
                        hold    m1 H1 20        => REQUEST_ID_REUSED request_id H1
                        release m1 H1
                        again   m1 H1           => available 90 held 10 replayed
                        balance m1              => available 100 held 0

== Several holds run out one after the other

2026-01-01 09:00        enroll  m1
                        award   m1 a1 100
                        hold    m1 H1 10 for 30m
                        hold    m1 H2 20 for 20m
                        hold    m1 H3 40 for 40m
      09:25             balance m1              => available 50 held 50
      09:35             balance m1              => available 60 held 40
      12:00             balance m1              => available 100 held 0
                        statement m1            => time_out time_out time_out hold hold hold award enroll

== A hold takes what lapses first, and captures it first

2026-01-01              enroll  m1
                        award   m1 a1 50 until 2026-03-31
                        award   m1 a2 50 until 2026-01-31
                        hold    m1 H1 80
                        lots    m1              => 50 held until 2026-01-31, 20 until 2026-03-31, 30 held until 2026-03-31
                        capture m1 H1 60        => -60 released 20
                        lots    m1              => 40 until 2026-03-31

== Points under a hold are captured though their last day passed during it

2026-01-31              enroll  m1
                        award   m1 a1 100 until 2026-01-31
                        hold    m1 H1 60 for 2d => available 40
02-01                   balance m1              => available 0 held 60
                        capture m1 H1           => -60 leaving available 0 held 0
                        trial   expired         => 40

== Points under a hold lapse when they are released after their last day

2026-01-31              enroll  m1
                        award   m1 a1 100 until 2026-01-31
                        award   m1 a2 10 until 2026-12-31
                        hold    m1 H1 105 for 2d
02-01                   release m1 H1           => released 5 lapsed 100 leaving available 10 held 0
                        lots    m1              => 10 until 2026-12-31

== Of a part capture after the last day, the rest lapses

2026-01-31              enroll  m1
                        award   m1 a1 100 until 2026-01-31
                        hold    m1 H1 60 for 2d
02-01                   capture m1 H1 25        => -25 released 0 lapsed 35 leaving available 0 held 0

== A hold that runs out after the last day of its points lets them lapse; before, they come back first

2026-01-31              enroll  m1
                        award   m1 a1 100 until 2026-01-31
                        hold    m1 H1 60 for 2d
                        hold    m1 H2 30 for 2h
      14:00             balance m1              => available 40 held 60
02-02 12:00             balance m1              => available 0 held 0
                        statement m1            => time_out expire time_out hold hold award enroll

== A member who is frozen can have a hold captured or released, which was made before

2026-01-01              enroll  m1
                        award   m1 a1 100
                        hold    m1 H1 60
                        hold    m1 H2 10
                        freeze  m1 all because "card stolen"
                        capture m1 H1           => -60
                        release m1 H2           => released 10
