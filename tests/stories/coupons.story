# Coupons: from their issue to their last use. Amounts are in minor units.

timezone: UTC
units: {points: {kind: redeemable}}
funds: [makers]
codes: {tries: 3, lock_seconds: 600}
coupons:
  five:
    currency: USD
    offer: {kind: amount_off, amount: "5.00"}
    validity: {kind: after_issue, days: 10}
    min_spend: "20.00"
    claims: {}
    limits: [{period: day, most: 1}, {period: life, most: 3}]
    transferable: true
    reserve_seconds: 900
    returns: {on_partial_refund: below_minimum, extension_days: 7}
    stacks_with: {kind: any}
    revocable_within_seconds: 3600
  tenth:
    currency: USD
    offer: {kind: percentage, basis_points: 1000}
    validity: {kind: between, until: 2026-01-31}
    stacks_with: {kind: any}
    fund: makers
    returns: {on_full_refund: false}
  few:
    currency: USD
    offer: {kind: amount_off, amount: "1.00"}
    validity: {kind: between}
    stock: 3
    claims: {until: 2026-01-05}
  paper:
    currency: USD
    offer: {kind: amount_off, amount: "3.00"}
    validity: {kind: after_issue, days: 10}
    codes: {kind: unique}
  spring:
    currency: USD
    offer: {kind: amount_off, amount: "2.00"}
    validity: {kind: after_issue, days: 10}
    codes: {kind: shared, text: SPRING26}
    limits: [{period: life, most: 1}]

== A member claims as many as there are for a day, and for a life

2026-01-01        enroll   m1
                  claim-coupon m1 five
                  claim-coupon m1 five          => COUPON_LIMIT_REACHED period day most 1 left 0
01-02             claim-coupon m1 five
01-03             issue-coupons m1 five because "sorry"
01-04             claim-coupon m1 five          => COUPON_LIMIT_REACHED period life most 3
                  claim-coupon m1 tenth         => COUPON_NOT_CLAIMABLE template tenth
                  claim-coupon m1 six           => UNKNOWN_COUPON_TEMPLATE
                  coupons  m1                   => five:issued five:issued five:issued

== A stock runs out, and what one has got does not come back to it

2026-01-01        enroll   m1
                  enroll   m2
                  issue-coupons m1 few 2 because "birthday"
                  issue-coupons m2 few 2 because "birthday" => COUPON_OUT_OF_STOCK asked 2 left 1
                  claim-coupon m2 few
                  void-coupon m2 few-3 because "mistake"
                  claim-coupon m2 few           => COUPON_OUT_OF_STOCK asked 1 left 0
01-06             claim-coupon m2 few           => COUPON_NOT_CLAIMABLE
                  coupon-report few             => issued 3 open 2 used 0 returned 0 expired 0 voided 1

== An order reserves coupons, pays, and has used them

2026-01-01        enroll   m1
                  issue-coupons m1 five because "welcome"
                  issue-coupons m1 tenth because "welcome"
                  worth    m1 for 30.00 10.00   => state proven off 900 coupons 2
                  reserve-coupons m1 o1 five-1 tenth-1 for 30.00 10.00 => off 900
                  coupons  m1                   => five:reserved tenth:reserved
                  worth    m1 for 30.00         => state proven off 0 coupons 0
                  coupon-order m1 o1            => state reserved coupons 2
                  use-coupons m1 o1             => off 900
                  coupon-order m1 o1            => state used off 900
                  coupons  m1                   => none
                  coupon-report five            => issued 1 open 0 used 1 returned 0 expired 0 voided 0 house 500
                  coupon-report tenth           => issued 1 open 0 used 1 returned 0 expired 0 voided 0 makers 400

== A payment that fails after the coupons were reserved costs nothing

2026-01-01        enroll   m1
                  issue-coupons m1 five because "welcome"
                  reserve-coupons m1 o1 five-1 for 30.00
                  use-coupons m1 o2 five-1 for 30.00 => COUPON_STATE state reserved
                  release-coupons m1 o1
                  release-coupons m1 o1         => UNKNOWN_COUPON_ORDER
                  use-coupons m1 o1             => UNKNOWN_COUPON_ORDER
                  use-coupons m1 o2 five-1 for 30.00 => off 500
                  coupon-report five            => issued 1 open 0 used 1 returned 0 expired 0 voided 0 house 500

== A retry after a lost reply gets the reply, and uses nothing twice

2026-01-01        enroll   m1
                  issue-coupons m1 five because "welcome"
                  again    m1 issue-five        => replayed
                  reserve-coupons m1 o1 five-1 for 30.00
                  use-coupons m1 o1             => off 500
                  again    m1 reserve-o1        => off 500 replayed
                  again    m1 use-o1            => off 500 replayed
                  return-coupons m1 o1 cancelled => amount 500
                  again    m1 use-o1            => off 500 replayed
                  again    m1 return-o1         => amount 500 replayed
                  coupons  m1                   => five:issued
                  coupon-report five            => issued 1 open 1 used 1 returned 1 expired 0 voided 0

== An order that takes too long loses its coupons at that moment

2026-01-01 12:00  enroll   m1
                  issue-coupons m1 five because "welcome"
                  reserve-coupons m1 o1 five-1 within 10m for 30.00
          12:05   reserve-coupons m1 o1 five-1 within 10m for 40.00
          12:14   coupons  m1                   => five:reserved
          12:15   coupons  m1                   => five:issued
                  use-coupons m1 o1             => UNKNOWN_COUPON_ORDER

== What is reserved in time is used though its end has come, and let go it has expired

2026-01-31 23:50  enroll   m1
                  issue-coupons m1 tenth 2 because "late"
                  reserve-coupons m1 o1 tenth-1 for 30.00
                  reserve-coupons m1 o2 tenth-2 for 30.00
02-01 00:01       use-coupons m1 o1             => off 300
          00:02   release-coupons m1 o2
                  coupons  m1                   => none
                  coupons  m1 expired           => tenth:expired
                  coupon-report tenth           => issued 2 open 0 used 1 returned 0 expired 1 voided 0 makers 300

== Parts that go back take their shares, and the coupon comes when what is kept would not do

2026-01-01        enroll   m1
                  issue-coupons m1 five because "welcome"
                  issue-coupons m1 tenth because "welcome"
                  use-coupons m1 o1 five-1 tenth-1 for 20.00 10.00 5.00 => off 850
01-15             return-coupons m1 o1 of 3     => amount 121
                  coupons  m1                   => none
                  return-coupons m1 o1 of 2     => amount 243
                  coupons  m1                   => none
                  return-coupons m1 o1 of 1     => amount 486
# Its ten days were over on the tenth: it is good for seven more. The other never comes back.
                  coupons  m1                   => five:issued
                  coupons  m1 used              => tenth:used
                  return-coupons m1 o1 of 1     => RETURN_EXCEEDS_ORDER line 1 asked 1 left 0
01-21 23:59       coupons  m1                   => five:issued
01-22 00:00       coupons  m1                   => none
                  coupon-report five            => issued 1 open 0 used 1 returned 1 expired 1 voided 0

== A coupon that comes back after its end without an extension has expired

2026-01-31        enroll   m1
                  issue-coupons m1 tenth because "welcome"
                  use-coupons m1 o1 tenth-1 for 30.00
02-02             return-coupons m1 o1 cancelled => amount 300
                  coupons  m1 expired           => tenth:expired

== What is void stays void, and what was used is returned first

2026-01-01        enroll   m1
                  issue-coupons m1 tenth 2 because "welcome"
                  void-coupon m1 tenth-1 because "mistake"
                  use-coupons m1 o1 tenth-1 for 30.00 => COUPON_STATE state voided
                  use-coupons m1 o1 tenth-2 for 30.00 => off 300
                  void-coupon m1 tenth-2 because "mistake" => COUPON_STATE state used
                  return-coupons m1 o1 cancelled
                  void-coupon m1 tenth-2 because "mistake"
                  coupons  m1 voided            => tenth:voided tenth:voided

== A coupon is given away, with the time that it has left

2026-01-01        enroll   m1
                  enroll   m2
                  issue-coupons m1 five because "welcome"
                  issue-coupons m1 tenth because "welcome"
                  give-coupon m1 tenth-1 to m2  => COUPON_NOT_TRANSFERABLE template tenth
                  reserve-coupons m1 o1 five-1
                  give-coupon m1 five-1 to m2   => COUPON_STATE state reserved
                  release-coupons m1 o1
                  give-coupon m1 five-1 to m2
                  give-coupon m1 five-1 to m2   => COUPON_STATE state transferred
                  use-coupons m1 o1 five-1 for 30.00 => COUPON_STATE state transferred
                  coupons  m2                   => five:issued
01-10 23:59       use-coupons m2 o1 five-1 for 30.00 => off 500

== A store scans a coupon, and takes that back within the hour

2026-01-01 12:00  enroll   m1
                  issue-coupons m1 five 2 because "welcome" => COUPON_LIMIT_REACHED period day asked 2
                  issue-coupons m1 five because "welcome"
                  scan     m1 five-1 r1 at north for 10.00 => COUPON_NOT_USABLE why below_spend asked 2000 there 1000
                  scan     m1 five-1 r1 at north for 25.00
                  again    m1 scan-r1-2         => replayed
                  coupon-order m1 r1            => state used off 500
          12:59   take-back m1 r1 because "customer has left" => amount 500
                  take-back m1 r1 because "again" => COUPON_ORDER_STATE state revoked
          13:00   scan     m1 five-1 r2 at north for 25.00
          14:00   take-back m1 r2 because "too late" => REVOCATION_TOO_LATE
                  return-coupons m1 r2          => amount 500
                  coupon-report five            => issued 1 open 1 used 2 returned 2 expired 0 voided 0

== A code that all know is claimed once by everybody

2026-01-01        enroll   m1
                  claim-coupon m1 by spring26
                  claim-coupon m1 by SPRING26   => COUPON_LIMIT_REACHED period life
                  claim-coupon m1 by AUTUMN26   => UNKNOWN_COUPON_CODE
                  claim-coupon m1 spring        => COUPON_NOT_CLAIMABLE template spring

== A unique code is claimed by whoever is first, and tried three times in vain

2026-01-01 12:00  enroll   m1
                  enroll   m2
                  codes    b1 paper 3           => count 3
                  coupon-report paper           => issued 3 open 3 used 0 returned 0 expired 0 voided 0
                  show-code phone b1-1 with m1  => accepted True tries_left 3 member none
                  claim-code m1 b1-1
                  claim-code m1 b1-1            => COUPON_NOT_CLAIMABLE
                  claim-code m2 b1-1            => UNKNOWN_COUPON_CODE
                  claim-code m2 b1-9            => UNKNOWN_COUPON_CODE
                  show-code phone b1-1 with m1  => accepted True member m1
                  show-code thief b1-1 with m2  => accepted False tries_left 2
                  show-code thief b1-9 with m2  => accepted False tries_left 1
                  show-code till b1-1           => accepted True member m1
                  show-code till b1-2           => accepted False tries_left 2
                  void-coupon m1 paper-1 because "stolen"
                  show-code thief b1-1          => accepted False tries_left 0
                  show-code thief b1-2 with m2  => TOO_MANY_TRIES
          12:10   show-code thief b1-2 with m2  => accepted True

== Nobody who is frozen uses a coupon, and it waits

2026-01-01        enroll   m1
                  issue-coupons m1 five because "welcome"
                  freeze   m1 redeem because "review"
                  use-coupons m1 o1 five-1 for 30.00 => MEMBER_FROZEN
                  unfreeze m1 because "reviewed"
                  use-coupons m1 o1 five-1 for 30.00 => off 500

---
# A rule that gives coupons is a task of one event: a coupon for every day with an order of fifty dollars.

timezone: UTC
units: {points: {kind: redeemable}}
coupons:
  five: {currency: USD, offer: {kind: amount_off, amount: "5.00"}, validity: {kind: after_issue, days: 10}}
  thanks: {currency: USD, offer: {kind: amount_off, amount: "1.00"}, validity: {kind: between}}
tasks:
  large:
    condition: order.spend >= 5000
    period: day
    rewards: [{kind: coupon, template: five}]
  first:
    condition: order.ordinal == 1
    refunds: keep
    rewards: [{kind: coupon, template: thanks}]

== A rule gives a coupon, and a refund takes it back while it is not used

2026-01-01        enroll   m1
                  purchase m1 o1 40.00
                  coupons  m1                   => thanks:issued
01-02             purchase m1 o2 60.00
                  purchase m1 o3 60.00
                  coupons  m1                   => five:issued thanks:issued
01-03             refund   m1 o2
                  coupons  m1                   => five:issued thanks:issued
                  refund   m1 o3
                  coupons  m1                   => thanks:issued
                  refund   m1 o1
                  coupons  m1                   => thanks:issued
                  coupon-report five            => issued 1 open 0 used 0 returned 0 expired 0 voided 1

== A coupon that was used stays when the order that brought it goes back, and comes no second time

2026-01-01        enroll   m1
                  issue-coupons m1 five because "sorry"
                  purchase m1 o1 60.00
                  use-coupons m1 o2 five-1 for 30.00 => off 500
                  refund   m1 o1
                  coupons  m1                   => thanks:issued
                  coupon-report five            => issued 2 open 0 used 1 returned 0 expired 0 voided 1 house 500
