# Who members are: recognised, forgotten, merged and told apart, watched.

timezone: Europe/Berlin
units:
  points: {kind: redeemable, expiry: {kind: end_of_year}}
refunds: {shortfall: arrears}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
identities:
  phone: {kept: hashed, normal: e164, most: 2}
segments:
  asleep: member.stage == "asleep"
  buyers: member.orders > 0
  rich: balance.points >= 100

== A member who enrols twice is one

2026-01-01      enroll   m1
                enroll   m1                            => MEMBER_EXISTS member m1
                again    m1 enroll                     => replayed
                award    m1 a1 10                      => available 10

== Who comes under another name is found by the telephone, and made one

2026-01-01      enroll   m1
                enroll   m2
                link     m1 phone "+49 170 1234567"    => kind phone linked 1
                link     m2 phone "0049 170 123 45 67" => IDENTITY_TAKEN kind phone
                who      phone +491701234567           => m1
                award    m2 a1 40
                merge    m1 with m2
                balance  m1                            => available 40
                award    m2 a2 10                      => MEMBER_MERGED member m2 into m1
                member   m2                            => merged_into m1
                again    m2 a1                         => +40 replayed

== A telephone number goes from one hand to another, and never to two

2026-01-01      enroll   m1
                enroll   m2
                | link   m1 phone +491701234567        => linked 1
                | link   m2 phone +491701234567        => IDENTITY_TAKEN
                | unlink m1 phone +491701234567        => linked 0
                | link   m2 phone +491701234567        => linked 1
                who      phone +491701234567           => m2
                unlink   m1 phone +491701234567        => IDENTITY_NOT_LINKED

== Who is erased is a number, and the book is whole

2026-01-01      enroll   m1
                link     m1 phone +491701234567
                birthday m1 02-29
                purchase m1 o1 100.00                  => +100
                redeem   m1 r1 30                      => -30
                erase    m1                            => forgotten 1
                who      phone +491701234567           => UNKNOWN_IDENTITY kind phone
                member   m1                            => birthday none erased_on 2026-01-01
                again    m1 erase                      => forgotten 1 replayed
                birthday m1 03-01                      => MEMBER_ERASED
                refund   m1 o1 40.00                   => -40 leaving available 30
                enroll   m2
                link     m2 phone +491701234567        => linked 1
2027-01-01      balance  m1                            => available 0

== Orders from before a merge are refunded after it, from what they had earned

2026-01-01      enroll   m1
                enroll   m2
                purchase m1 o1 10.00                   => +10
                purchase m2 o2 80.00                   => +80
                purchase m2 o3 20.00                   => +20
01-02           merge    m1 with m2                    => events 2
                balance  m1                            => available 110
01-03           refund   m1 o2 30.00                   => -30 leaving available 80
                refund   m1 o2                         => -50 leaving available 30
                refund   m1 o2 1.00                    => REFUND_EXCEEDS_PURCHASE
                refund   m2 o3                         => MEMBER_MERGED
                purchase m1 o3 20.00                   => +20 replayed
                balance  m1                            => available 30
                segments m1                            => buyers

== What was owed before a merge is paid by both

2026-01-01      enroll   m1
                enroll   m2
                purchase m2 o2 80.00
                redeem   m2 r1 80
                refund   m2 o2                         => arrears 80
                award    m1 a1 50
                merge    m1 with m2
                balance  m1                            => available 0 arrears 30
                trial    merged                        => 0

== A merge that was a mistake is undone for what is left

2026-01-01      enroll   m1
                enroll   m2
                link     m2 phone +491701234567
                award    m1 a1 10 until 2026-03-31
                award    m2 a1 25 until 2026-03-31
                award    m2 a2 40 until 2026-06-30
                merge    m1 with m2
                redeem   m1 r1 30
02-01           split    m1 from m2                    => identities 1
                lots     m1                            => none
                balance  m2                            => available 45
                who      phone +491701234567           => m2
                award    m2 a3 5                       => +5
                split    m1 from m2                    => NOT_MERGED

== Who has not come for a year is asleep

2026-01-01      enroll   m1
                member   m1                            => stage aware
01-02           purchase m1 o1 100.00
                member   m1                            => stage buying
                segments m1                            => buyers rich
2027-01-03      segments m1                            => asleep buyers
                purchase m1 o2 10.00
                member   m1                            => stage retained

---
# What a member does in a short time is watched.

timezone: UTC
units:
  points: {kind: redeemable}
velocity:
  burst: {what: units_redeemed, unit: points, most: 100, period: hour, then: freeze, scope: redeem}
  spree: {what: units_redeemed, unit: points, most: 500, period: day, then: refuse}
  many: {what: units_earned, unit: points, most: 1000, period: week, then: review}

== Who spends too fast is frozen until somebody has looked

2026-01-01 10:00 enroll  m1
                award    m1 a1 900
                redeem   m1 r1 101                     => -101
                redeem   m1 r2 1                       => MEMBER_FROZEN scope redeem
                reviews                                => m1 burst/2026-01-01T10:00Z
                review   m1 burst/2026-01-01T10:00Z cleared by kim => unfrozen True
                reviews                                => none
                redeem   m1 r3 399                     => -399
                redeem   m1 r4 1                       => VELOCITY_EXCEEDED limit spree asked 1 left 0
                award    m1 a2 101                     => +101
                reviews                                => m1 many/2025-12-29T00:00Z
2026-01-02 00:00 redeem  m1 r5 100                     => -100
