# A frozen member stops earning, spending, or both. What happened before can still be put right.

timezone: UTC
units:
  points: {kind: redeemable}

== Who cannot spend can still earn

2026-01-01      enroll  m1
                enroll  m2
                award   m1 a1 100
                award   m2 a1 100
                freeze  m1 redeem because "card stolen"     => scope redeem
                redeem  m1 r1 10            => MEMBER_FROZEN member m1 scope redeem
                hold    m1 H1 10            => MEMBER_FROZEN member m1 scope redeem
                gift    m1 g1 10 to m2      => MEMBER_FROZEN member m1 scope redeem
                award   m1 a2 10            => +10
                gift    m2 g1 10 to m1      => -10
                member  m1                  => frozen redeem
                unfreeze m1 because "found again"
                redeem  m1 r2 120           => -120

== Who cannot earn can still spend

2026-01-01      enroll  m1
                enroll  m2
                award   m1 a1 100
                award   m2 a1 100
                freeze  m1 earn because "returns too much"  => scope earn
                award   m1 a2 10            => MEMBER_FROZEN scope earn
                gift    m2 g1 10 to m1      => MEMBER_FROZEN member m1 scope earn
                redeem  m1 r1 10            => -10
                gift    m1 g1 10 to m2      => -10

== Who is frozen altogether neither earns nor spends, but refunds, corrections and time go on

2026-01-01      enroll  m1
                enroll  m2
                award   m1 a1 100 until 2026-01-31
                award   m1 a2 50 vests 2026-01-15
                redeem  m1 r1 10
                freeze  m1 all because "under review"       => scope all
                award   m1 a3 10            => MEMBER_FROZEN scope all
                redeem  m1 r2 10            => MEMBER_FROZEN scope all
                reverse m1 r1               => available 10
                reverse m1 a1 20            => available 20
                adjust  m1 fix-1 +5 because "forgotten"     => +5
01-15           balance m1                  => available 135 pending 0
02-01           balance m1                  => available 55

== A freeze replaces the one before, and a refusal stays a refusal after it is lifted

2026-01-01      enroll  m1
                award   m1 a1 100
                freeze  m1 redeem because "card stolen"
                freeze  m1 earn because "returns too much"
                redeem  m1 r1 10            => -10
                award   m1 a2 10            => MEMBER_FROZEN scope earn
                unfreeze m1 because "talked to them"
                again   m1 a2               => MEMBER_FROZEN scope earn replayed
                award   m1 a3 10            => +10
                member  m1                  => frozen none
