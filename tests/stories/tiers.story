# Tiers by what is spent in a rolling year, in Berlin: kept with less than they take, with ten days of grace.

timezone: Europe/Berlin
units:
  points: {kind: redeemable}
  xp: {kind: qualifying, expiry: {kind: after_months, months: 12}}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
  growing: {unit: xp, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
ladders:
  status:
    validity: {kind: after_months, months: 12}
    grace_days: 10
    tiers:
      - code: silver
        any_of: [{units: {xp: 100}}]
        keep: [{units: {xp: 50}}]
        benefits:
          multipliers: [{unit: points, times: 2}]
          quotas: {free_shipping: {most: 2, period: month}}
      - code: gold
        any_of: [{units: {xp: 500}}]

== A tier is reached at once, and multiplies what comes after it

2026-03-01      enroll   m1
                tier     m1                     => none
                purchase m1 o1 100.00           => +100
                tier     m1                     => silver
                purchase m1 o2 10.00            => +20
                standing m1 status              => valid_through 2027-03-01 next_tier gold
                purchase m1 o3 390.00           => +780
                tier     m1                     => gold

== Who does not keep a tier has the grace, and then falls to what there is

2026-03-01      enroll   m1
                purchase m1 o1 100.00
2027-03-02      standing m1 status              => tier silver grace_through 2027-03-11
2027-03-11 23:59:59 tier m1                     => silver
2027-03-12 00:00    tier m1                     => none
                tier-history m1                 => silver reached, none not_kept
                statement m1                    => review_tiers review_tiers expire record_event enroll

== In the grace it is kept as soon as units suffice

2026-03-01      enroll   m1
                purchase m1 o1 100.00
2027-03-08      purchase m1 o2 50.00            => +100
2027-04-01      standing m1 status              => tier silver grace_through none valid_through 2028-03-01

== A standing tells when a tier would be lost, and what is missing to keep it

2026-03-01      enroll   m1
                purchase m1 o1 100.00
                drop     m1 status              => 2027-03-11 missing {'xp': 50}
2027-02-20      purchase m1 o2 30.00            => +60
                drop     m1 status              => 2027-03-11 missing {'xp': 20}
2027-02-21      purchase m1 o3 20.00            => +40
                drop     m1 status              => 2028-03-11 missing {}

== What comes before the end keeps it

2026-03-01      enroll   m1
                purchase m1 o1 100.00
2027-02-20      purchase m1 o2 50.00            => +100
2027-03-02      standing m1 status              => tier silver valid_through 2028-03-01

== A refund takes back the tier that the order brought, and what it multiplied stays as it was earned

2026-03-01      enroll   m1
                purchase m1 o1 100.00
2026-03-05      purchase m1 o2 10.00            => +20
2026-03-09      refund   m1 o1                  => -100
                tier     m1                     => none
                tier-history m1                 => silver reached, none refund
2026-03-10      purchase m1 o3 10.00            => +10

== An order that comes in late brings the tier when it should have come

2026-03-01      enroll   m1
2026-03-09      purchase m1 o2 10.00            => +10
                purchase m1 o1 100.00 happened 2026-03-02 => +110 revalued 1
                tier     m1                     => silver
                tier     m1 as of 2026-03-01 12:00 => none
                tier     m1 as of 2026-03-03    => silver

== A tier that is set by hand ends when it was said to, and what was reached meanwhile counts

2026-03-01      enroll   m1
                override m1 status gold through 2026-03-31 because "a mistake of ours"
                tier     m1                     => gold
2026-03-10      purchase m1 o1 100.00           => +100
2026-03-31 23:59:59 tier m1                     => gold
2026-04-01 00:00    tier m1                     => silver
                tier-history m1                 => gold override, silver override_ended

== Set exactly, it holds a member down; ended by hand, it is over

2026-03-01      enroll   m1
                purchase m1 o1 100.00
                override m1 status none exactly through 2026-12-31 because "odd orders"
                tier     m1                     => none
2026-03-02      purchase m1 o2 10.00            => +10
2026-04-01      end-override m1 status
                tier     m1                     => silver
                end-override m1 status          => NO_OVERRIDE

== What may be used twice a month is used twice a month

2026-03-01      enroll   m1
                use      m1 u1 free_shipping    => NO_BENEFIT
                purchase m1 o1 100.00
                use      m1 u2 free_shipping 2  => left 0
                use      m1 u3 free_shipping    => BENEFIT_USED_UP asked 1 left 0 most 2
                return   m1 u2 1                => left 1
                return   m1 u2 2                => RETURN_EXCEEDS_USE asked 2 left 1
2026-03-31 23:59:59 quota m1 free_shipping      => 1 of 2
2026-04-01 00:00    quota m1 free_shipping      => 2 of 2
                return   m1 u2                  => left 2

== A program that moves to another time zone ends its days there, for tiers that are held as well

2026-03-01      enroll   m1
                purchase m1 o1 100.00
2027-03-11      tier     m1                     => silver
2027-03-11 21:00Z move-to Asia/Tokyo            => 2
                tier     m1                     => none
                tier-history m1                 => silver reached, none not_kept
                purchase m1 o2 100.00           => +100
                standing m1 status              => valid_through 2028-03-12

== 29 February comes to 28 February in other years, and comes back in leap years

2028-02-29      enroll   m1
                purchase m1 o1 100.00
                standing m1 status              => valid_through 2029-02-28
2029-02-01      purchase m1 o2 100.00
2030-01-01      purchase m1 o3 100.00
2031-01-01      purchase m1 o4 100.00
2031-03-01      standing m1 status              => tier silver valid_through 2032-02-29
