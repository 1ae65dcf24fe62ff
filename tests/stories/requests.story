# Every request has an id, and is carried out once.

timezone: UTC
units:
  points: {kind: redeemable}

== The same request gets the same reply, whatever happened since

2026-01-01      enroll  m1
                award   m1 order-1 100      => +100 leaving available 100
                redeem  m1 till-1 60        => -60 leaving available 40
01-02           again   m1 order-1          => +100 leaving available 100 replayed
                again   m1 till-1           => -60 leaving available 40 replayed
                again   m1 enroll           => replayed
                balance m1                  => available 40
                statement m1                => redeem award enroll

== The same id with another body is an error, and leaves the first as it was

2026-01-01      enroll  m1
                award   m1 order-1 100
                award   m1 order-1 101      => REQUEST_ID_REUSED member m1 request_id order-1
                redeem  m1 order-1 100      => REQUEST_ID_REUSED member m1 request_id order-1
                again   m1 order-1          => +100 leaving available 100 replayed
                balance m1                  => available 100

== Two members can use the same id

2026-01-01      enroll  m1
                enroll  m2
                award   m1 order-1 100      => +100
                award   m2 order-1 50       => +50

== A refusal is answered the same way again, even when there is enough by now

2026-01-01      enroll  m1
                redeem  m1 till-1 60        => NOT_ENOUGH_POINTS asked 60 available 0
                award   m1 order-1 100
                again   m1 till-1           => NOT_ENOUGH_POINTS asked 60 available 0 replayed
                redeem  m1 till-1 50        => REQUEST_ID_REUSED request_id till-1
                redeem  m1 till-2 60        => -60

== What never came to a decision can be sent again

2026-01-01      award   m1 order-1 100      => UNKNOWN_MEMBER
                enroll  m1
                again   m1 order-1          => +100

== Trying tells what would come of it, and does nothing

2026-01-01      enroll  m1
                award   m1 order-1 100
                try redeem m1 till-1 60     => -60 leaving available 40
                try redeem m1 till-1 600    => NOT_ENOUGH_POINTS asked 600 available 100
                try award m1 order-1 100    => +100 replayed
                try award m1 order-1 5      => REQUEST_ID_REUSED
                balance m1                  => available 100
                statement m1                => award enroll
                redeem  m1 till-1 60        => -60 leaving available 40
