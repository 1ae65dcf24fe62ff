# A newcomer's first purchase counts when its return window is over: both get something for it.
timezone: Europe/Berlin
units:
  points: {kind: redeemable}
  cash: {kind: redeemable, scale: 2}
referrals:
  return_window_days: 14
  newcomer: {bind_within_days: 30}
  minimum_spend: {amount: "20.00", currency: USD}
  rewards:
    newcomer: [{kind: units, unit: points, units: 50}]
    referrer: [{kind: units, unit: points, units: 100}]
  caps: [{period: month, newcomers: 1}]
  commission: {unit: cash, currency: USD, per: "1.00", levels: 2, rates: ["0.05", "0.01"], months: 12}

== Both get something when the return window is over
2026-01-01        enroll ann
                  referral-code ann ANNA-2026     => code ANNA-2026
                  enroll ben
                  bind ben by anna2o26            => referrer ann
01-02             purchase ben o1 72.00
                  referral ben                    => state bought order o1 at 2026-01-15T23:00+00:00
                  balance ann cash                => leaving available 360
01-15 23:59       balance ann                     => leaving available 0
01-16 00:00       balance ann                     => leaving available 100
                  balance ben                     => leaving available 50
                  referral ben                    => state rewarded order o1
                  brought ann                     => ben:rewarded

== What comes back in time does not count, and the next order does
2026-01-01        enroll ann
                  enroll ben
                  bind ben to ann
01-02             purchase ben o1 30.00
01-05             purchase ben o2 30.00
01-06             refund ben o1 10.01
01-16             balance ann                     => leaving available 0
                  balance ann cash                => leaving available 250
01-19             balance ann                     => leaving available 100
# What comes back later takes its commission back, and nothing else.
                  refund ben o2
                  balance ann                     => leaving available 100
                  balance ann cash                => leaving available 100

== An earlier purchase that is told late is the first
2026-01-01        enroll ann
                  enroll ben
                  bind ben to ann
01-10             purchase ben o2 30.00
01-12             purchase ben o1 30.00 happened 01-03
                  referral ben                    => state bought order o1 at 2026-01-16T23:00+00:00
01-17             balance ann                     => leaving available 100

== Nobody is bound twice, by themselves, or in a circle
2026-01-01        enroll ann
                  enroll ben
                  enroll cid
                  bind ann to ann                 => SELF_REFERRAL member ann
                  bind ben to ann
                  bind ben to cid                 => ALREADY_REFERRED member ben referrer ann
                  bind cid to ben
                  bind ann to cid                 => REFERRAL_CIRCLE member ann referrer cid
                  bind ann to nobody              => UNKNOWN_MEMBER
                  bind ann by nobodys             => UNKNOWN_REFERRAL_CODE referral_code nobodys

== Who was a member already is no newcomer
2026-01-01        enroll ann
                  enroll ben
                  enroll cid
01-02             purchase ben o1 1.00
                  bind ben to ann                 => NOT_A_NEWCOMER member ben
02-01             bind cid to ann                 => NOT_A_NEWCOMER member cid

== Two who bring the same newcomer in one batch: the first does
2026-01-01        enroll ann
                  enroll ben
                  enroll cid
                  bind cid to ann
                  | bind cid to ben               => ALREADY_REFERRED member cid referrer ann

== A referrer who is frozen or erased when it counts gets nothing, and the newcomer does
2026-01-01        enroll ann
                  enroll ben
                  bind ben to ann
01-02             purchase ben o1 72.00
01-03             freeze ann earn because "a review"
01-20             unfreeze ann because "all is well"
                  balance ann                     => leaving available 0
                  balance ben                     => leaving available 50
                  brought ann                     => ben:withheld

== A referrer beyond the cap gets nothing for that newcomer, later either
2026-01-01        enroll ann
                  enroll ben
                  enroll cid
                  bind ben to ann
                  bind cid to ann
01-02             purchase ben o1 72.00
                  purchase cid o1 72.00
01-16             balance ann                     => leaving available 100
                  balance cid                     => leaving available 50
                  brought ann                     => ben:rewarded cid:capped
02-20             balance ann                     => leaving available 100

== The second level has a rate of its own, and there is no third
2026-01-01        enroll ann
                  enroll ben
                  enroll cid
                  enroll dot
                  bind ben to ann
                  bind cid to ben
                  bind dot to cid
01-02             purchase dot o1 100.00
                  balance cid cash                => leaving available 500
                  balance ben cash                => leaving available 100
                  balance ann cash                => leaving available 0
01-03             refund dot o1 50.00
                  balance cid cash                => leaving available 250
                  balance ben cash                => leaving available 50
