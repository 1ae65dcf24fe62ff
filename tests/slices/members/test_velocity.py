"""Velocity limits: what a member does in a short time, refused, reviewed or frozen."""

from datetime import UTC, datetime, timedelta

import pytest
import tallybook as tb

from tests.slices.shop import PROGRAM, Shop

START = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)


def limited(shop: Shop, *limits: str) -> Shop:
    """A shop with velocity limits, at half past ten on a Wednesday."""
    rows = "".join(f"  {limit}\n" for limit in limits)
    document = PROGRAM.replace(
        "growth: {kind: qualifying}", "growth: {kind: qualifying}\n  USD: {kind: money, scale: 2}"
    )
    document += f"stored_value: {{USD: {{currency: USD}}}}\nvelocity:\n{rows}"
    shop.clock.now = START
    shop.book.apply(document)
    return shop


def reviews(shop: Shop, **fields: object) -> list[tuple[str, str, int]]:
    """The reviews that wait: whose, by which limit, and how much was counted."""
    page = shop.book.ask(tb.ListReviews(program="shop", **fields))  # type: ignore[arg-type]
    return [(each.member, each.review_id, each.counted) for each in page.reviews]


def frozen(shop: Shop) -> str:
    """What m1 cannot do."""
    return shop.book.ask(tb.GetMember(program="shop", member="m1")).frozen


def test_what_goes_beyond_a_limit_is_refused_until_the_period_is_over(shop: Shop) -> None:
    limited(shop, "burst: {what: units_redeemed, unit: points, most: 50, period: hour, then: refuse}")
    shop.award(1000)
    shop.redeem(30)
    shop.hold(20)
    for spend in (shop.redeeming(1), shop.make(tb.Hold, unit="points", amount=1)):
        with pytest.raises(tb.VelocityExceeded) as refused:
            shop.book.do(spend)
        assert refused.value.facts() == {"limit": "burst", "unit": "points", "asked": 1, "left": 0}
    shop.clock.now = START.replace(hour=11, minute=0)
    shop.redeem(50)
    with pytest.raises(tb.VelocityExceeded):
        shop.redeem(1)
    assert reviews(shop) == []
    assert shop.problems() == []


def test_what_is_refused_does_not_count(shop: Shop) -> None:
    limited(shop, "burst: {what: units_redeemed, unit: points, most: 50, period: hour, then: refuse}")
    shop.award(1000)
    with pytest.raises(tb.VelocityExceeded):
        shop.redeem(51)
    shop.redeem(50)


def test_what_is_taken_partly_counts_as_much(shop: Shop) -> None:
    limited(shop, "burst: {what: units_redeemed, unit: points, most: 50, period: hour, then: refuse}")
    shop.award(30)
    assert shop.redeem(1000, allow_partial=True).amount == 30
    shop.award(100)
    shop.redeem(20)
    with pytest.raises(tb.VelocityExceeded):
        shop.redeem(1)


def test_another_unit_counts_by_itself(shop: Shop) -> None:
    limited(shop, "burst: {what: units_redeemed, unit: points, most: 50, period: day, then: refuse}")
    shop.award(100, unit="stars")
    shop.redeem(100, unit="stars")


@pytest.mark.parametrize(
    ("period", "last", "next_begins"),
    [
        ("hour", datetime(2026, 3, 4, 10, 59, 59, tzinfo=UTC), datetime(2026, 3, 4, 11, tzinfo=UTC)),
        ("day", datetime(2026, 3, 4, 23, 59, 59, tzinfo=UTC), datetime(2026, 3, 5, tzinfo=UTC)),
        ("week", datetime(2026, 3, 8, 23, 59, 59, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)),
    ],
)
def test_periods_begin_anew(shop: Shop, period: str, last: datetime, next_begins: datetime) -> None:
    limited(shop, f"burst: {{what: units_redeemed, unit: points, most: 5, period: {period}, then: refuse}}")
    shop.award(100)
    shop.redeem(5)
    shop.clock.now = last
    with pytest.raises(tb.VelocityExceeded):
        shop.redeem(1)
    shop.clock.now = next_begins
    shop.redeem(5)


def test_what_is_to_be_reviewed_is_done_and_filed_once_a_period(shop: Shop) -> None:
    limited(shop, "many: {what: units_earned, unit: points, most: 100, period: day, then: review}")
    shop.enroll("m2")
    shop.award(100)
    assert reviews(shop) == []
    shop.award(1)
    shop.award(500)
    assert reviews(shop) == [("m1", "many/2026-03-04T00:00Z", 101)]
    assert shop.balance().available == 601
    shop.clock.now = START + timedelta(days=1)
    shop.book.do(shop.buying(10_100, "m2"))
    shop.book.do(shop.buying(10_100))
    assert reviews(shop) == [
        ("m1", "many/2026-03-04T00:00Z", 101),
        ("m1", "many/2026-03-05T00:00Z", 101),
        ("m2", "many/2026-03-05T00:00Z", 101),
    ]
    assert shop.problems() == []


def test_reviews_come_in_pages(shop: Shop) -> None:
    limited(shop, "many: {what: units_earned, unit: points, most: 1, period: day, then: review}")
    members = ["m1", "m2", "m3"]
    shop.enroll("m2", "m3")
    for member in members:
        shop.award(5, member)
    token, seen = "", []
    for _ in members:
        page = shop.book.ask(tb.ListReviews(program="shop", page_size=1, page_token=token))
        seen += [each.member for each in page.reviews]
        token = page.next_page_token
    assert (seen, token) == (members, "")
    first = shop.book.ask(tb.ListReviews(program="shop", page_size=1)).next_page_token
    with pytest.raises(tb.PageTokenInvalid):
        shop.book.ask(tb.ListReviews(program="shop", done=True, page_token=first))
    with pytest.raises(tb.UnknownProgram):
        shop.book.ask(tb.ListReviews(program="none"))


def test_too_many_events_freeze_the_member(shop: Shop) -> None:
    limited(shop, "burst: {what: events, most: 2, period: hour, then: freeze, scope: earn}")
    for _ in range(2):
        assert shop.book.do(shop.buying(100)).moved
    assert frozen(shop) == ""
    assert shop.book.do(shop.buying(100)).moved  # the third is done, and the last that earns
    assert frozen(shop) == "earn"
    assert shop.book.do(shop.buying(100)).moved == ()
    with pytest.raises(tb.MemberFrozen) as refused:
        shop.award(1)
    assert refused.value.facts() == {"member": "m1", "scope": "earn", "reason": "velocity limit burst"}
    shop.redeem(1)
    assert reviews(shop) == [("m1", "burst/2026-03-04T10:00Z", 3)]
    assert shop.problems() == []


def resolve(shop: Shop, review: str, decision: tb.ReviewDecision, by: str = "kim") -> tb.ReviewResolved:
    """Resolve a review of m1."""
    reply: tb.ReviewResolved = shop.book.do(
        shop.make(tb.ResolveReview, review_id=review, decision=decision, decided_by=by)
    )
    return reply


def test_clearing_a_review_lifts_its_freeze_and_confirming_does_not(shop: Shop) -> None:
    limited(shop, "burst: {what: units_redeemed, unit: points, most: 5, period: hour, then: freeze}")
    shop.award(100)
    shop.redeem(6)
    assert frozen(shop) == "all"
    assert resolve(shop, "burst/2026-03-04T10:00Z", tb.ReviewDecision.CLEARED).unfrozen
    assert (frozen(shop), reviews(shop)) == ("", [])
    shop.redeem(6)  # somebody has looked at this hour
    assert frozen(shop) == ""
    shop.clock.now = START + timedelta(hours=1)
    shop.redeem(6)
    assert not resolve(shop, "burst/2026-03-04T11:00Z", tb.ReviewDecision.CONFIRMED, "lee").unfrozen
    assert frozen(shop) == "all"
    done = shop.book.ask(tb.ListReviews(program="shop", done=True)).reviews
    assert [(each.decision, each.decided_by, each.decided_at) for each in done] == [
        ("cleared", "kim", START),
        ("confirmed", "lee", shop.clock.now),
    ]
    assert shop.problems() == []


def test_a_review_is_resolved_once(shop: Shop) -> None:
    limited(shop, "many: {what: units_earned, unit: points, most: 1, period: day, then: review}")
    shop.award(5)
    with pytest.raises(tb.UnknownReview):
        resolve(shop, "many/2026-03-03T00:00Z", tb.ReviewDecision.CLEARED)
    assert not resolve(shop, "many/2026-03-04T00:00Z", tb.ReviewDecision.CLEARED).unfrozen
    with pytest.raises(tb.ReviewDone) as refused:
        resolve(shop, "many/2026-03-04T00:00Z", tb.ReviewDecision.CONFIRMED)
    assert refused.value.facts()["decided_by"] == "kim"


def test_whoever_freezes_or_unfreezes_by_hand_has_the_last_word(shop: Shop) -> None:
    limited(
        shop,
        "burst: {what: units_redeemed, unit: points, most: 5, period: hour, then: freeze, scope: redeem}",
    )
    shop.award(100)
    shop.book.do(shop.make(tb.Freeze, scope=tb.Scope.EARN, reason="by hand"))
    shop.redeem(6)
    assert frozen(shop) == "all"
    shop.book.do(shop.make(tb.Freeze, scope=tb.Scope.EARN, reason="by hand"))
    assert frozen(shop) == "earn"
    shop.clock.now = START + timedelta(hours=1)
    shop.redeem(6)
    shop.book.do(shop.make(tb.Unfreeze, reason="talked to them"))
    assert frozen(shop) == ""
    assert shop.problems() == []


def test_money_counts_as_it_is_spent(shop: Shop) -> None:
    limited(shop, 'spree: {what: money_spent, unit: USD, most: "10.00", period: day, then: refuse}')
    shop.book.do(shop.make(tb.TopUp, unit="USD", amount=5000, top_up_id="T1"))
    shop.book.do(shop.make(tb.ConfirmTopUp, top_up_id="T1", amount=5000))
    shop.book.do(shop.make(tb.SpendValue, unit="USD", amount=900))
    with pytest.raises(tb.VelocityExceeded) as refused:
        shop.book.do(shop.make(tb.Hold, unit="USD", amount=101))
    assert refused.value.facts() == {"limit": "spree", "unit": "USD", "asked": 101, "left": 100}
    shop.book.do(shop.make(tb.Hold, unit="USD", amount=100))
    assert shop.problems() == []


def test_counts_of_limits_that_are_gone_are_forgotten(shop: Shop) -> None:
    limited(shop, "many: {what: units_earned, unit: points, most: 100, period: day, then: review}")
    shop.award(50)
    limited(shop, "new: {what: units_earned, unit: points, most: 10, period: day, then: review}")
    shop.award(11)
    assert reviews(shop) == [("m1", "new/2026-03-04T00:00Z", 11)]
    with shop.book._database.snapshot() as session:
        notes = session.connection.exec_driver_sql("SELECT notes FROM folio").scalar_one()
    assert "many" not in notes


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("x: {what: events, most: 2, period: hour, then: refuse}", "told when they have happened"),
        ("x: {what: units_earned, unit: points, most: 2, period: hour, then: refuse}", "have happened"),
        ("x: {what: events, unit: points, most: 2, period: hour, then: review}", "events are not"),
        ("x: {what: units_earned, most: 2, period: hour, then: review}", "needs the unit"),
        ("x: {what: units_earned, unit: USD, most: 2, period: hour, then: review}", "is money"),
        ("x: {what: money_spent, unit: points, most: 2, period: hour, then: review}", "is redeemable"),
        ("x: {what: units_redeemed, unit: growth, most: 2, period: hour, then: review}", "never redeemed"),
        ('x: {what: events, most: "2.5", period: hour, then: review}', "whole number of events"),
        ('x: {what: units_earned, unit: points, most: "2.5", period: hour, then: review}', "finer than"),
        ("x: {what: events, most: 2, period: hour, then: review, scope: earn}", "belongs to freeze"),
        ("x: {what: events, most: 2, period: month, then: review}", "period"),
    ],
)
def test_what_makes_no_sense_is_a_mistake(shop: Shop, limit: str, said: str) -> None:
    with pytest.raises(tb.ProgramInvalid, match=said):
        limited(shop, limit)
