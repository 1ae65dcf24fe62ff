# Gift cards: nobody's money until it is claimed. Amounts are in minor units.

timezone: UTC
units:
  USD: {kind: money, scale: 2}
  JPY: {kind: money}
codes: {tries: 3, lock_seconds: 600}
stored_value:
  USD:
    currency: USD
    principal_expiry: {kind: after_months, months: 24}
    limits: {top_up: {at_once: "200.00"}}
  JPY: {currency: JPY}

== A card is worth nothing before it is paid for

2026-01-01        enroll   m1
                  issue    c1 PIN 1234       => card card:c1
                  present  till c1 PIN 1234  => accepted True state issued
                  claim    m1 c1             => CARD_STATE state issued needed active
                  activate c1 5000           => +5000 leaving available 5000
                  trial    cash_in USD       => -5000
                  present  till c1 PIN 1234  => accepted True state active
                  claim    m1 c1             => +5000 left 0 leaving available 5000
                  lots     m1 USD            => 5000 of principal until 2028-01-01
                  claim    m1 c1             => NOT_ENOUGH_VALUE available 0

== What is claimed keeps the days of the card, and is not paid out

2026-01-01        enroll   m1
                  issue    c1
                  activate c1 5000
2027-12-01        claim    m1 c1 3000        => +3000 left 2000
                  withdraw m1 P1 1           => PAYOUT_EXCEEDS_VALUE payable 0
                  pay-back card:c1 activation P1 => amount 2000
                  paid     card:c1 P1
2028-01-01        balance  m1 USD            => available 3000
2028-01-02        balance  m1 USD            => available 0

== Cards of two currencies are claimed apart

2026-01-01        enroll   m1
                  issue    c1
                  issue    c2 JPY
                  activate c1 100
                  activate c2 700
                  claim    m1 c1             => +100 unit USD
                  claim    m1 c2             => +700 unit JPY

== A card that is sold for one amount takes no other, and limits hold for cards too

2026-01-01        issue    c1 at 5000
                  activate c1 4999           => PAYMENT_DIFFERS paid 4999 expected 5000
                  activate c1 5000           => +5000
                  activate c1 5000           => CARD_STATE state active needed issued
                  issue    c2
                  activate c2 20001          => LIMIT_EXCEEDED what top_up period at_once left 20000
                  issue    c1                => CARD_EXISTS card card:c1

== Wrong PINs lock the card and who tries, each for a while

2026-01-01        issue    c1 PIN 1234
                  activate c1 5000
                  present  thief c1 PIN 1111 => accepted False tries_left 2
                  present  thief c1          => accepted False tries_left 1
                  present  thief c1 PIN 3333 => accepted False tries_left 0
                  present  thief c1 PIN 1234 => TOO_MANY_TRIES
                  present  holder c1 PIN 1234 => accepted False tries_left 2
          12:09   present  thief c1 PIN 1234 => TOO_MANY_TRIES
          12:10   present  holder c1 PIN 1234 => accepted True
                  present  thief c1 PIN 1111 => accepted False tries_left 2

== A code that nobody has is answered like a wrong PIN

2026-01-01        issue    c1 PIN 1234
                  present  till c9 PIN 1234  => accepted False tries_left 2
                  present  till c1 PIN 9999  => accepted False tries_left 1

== A lost card gets another code, and a void one none

2026-01-01        issue    c1
                  activate c1 5000
                  freeze   card:c1 because "reported lost"
                  replace  c1 because "lost"
                  unfreeze card:c1 because "replaced"
                  present  till c1           => accepted False
                  present  till c1+          => accepted True card card:c1
                  void     c1 because "stolen" => amount 5000 leaving available 0
                  present  till c1+          => accepted False
                  activate c1 1              => CARD_STATE state void needed issued
                  trial    forfeited USD     => 5000

== A hold keeps a card from being void

2026-01-01        issue    c1
                  activate c1 5000
                  hold     card:c1 H1 2000 USD
                  void     c1 because "test" => CARD_IN_USE held 2000
                  capture  card:c1 H1
                  void     c1 because "test" => amount 3000
