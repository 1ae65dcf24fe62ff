"""Segments and lifecycle stages: who is in which, and what a condition can ask."""

from datetime import UTC, datetime, timedelta

import pytest
import tallybook as tb
from tallybook.programs.lifecycle import Activity, LifecycleSection, stage_of
from tallybook.programs.segments import MEMBER_VARIABLES

from tests.slices.shop import PROGRAM, Shop

START = datetime(2026, 3, 4, 12, tzinfo=UTC)
SEGMENTS = """
  rich: balance.points >= 100
  sleepers: member.days_since_purchase > 90 && balance.points > 0
  never_bought: member.orders == 0 && member.days_since_purchase == -1
  staff: '"staff" in member.tags'
  spring: member.birthday_month in [3, 4, 5]
  awake: member.stage != "asleep"
  frozen: member.frozen
  odd: 10 / member.orders > 3
"""


@pytest.fixture
def shop(shop: Shop, request: pytest.FixtureRequest) -> Shop:
    """A shop with segments, and members that are enrolled on one day."""
    shop.clock.now = START
    shop.book.apply(PROGRAM + "segments:" + SEGMENTS)
    shop.enroll("a1", "a2", "a3")
    return shop


def segments(shop: Shop, member: str = "a1") -> list[str]:
    """The segments of a member."""
    found: tuple[str, ...] = shop.book.ask(tb.SegmentsOf(program="shop", member=member))
    return list(found)


def listed(shop: Shop, segment: str, size: int = 0) -> list[str]:
    """Everybody in a segment, page by page."""
    found: list[str] = []
    token = ""
    while True:
        page = shop.book.ask(
            tb.ListSegment(program="shop", segment=segment, page_size=size, page_token=token)
        )
        found += page.members
        token = page.next_page_token
        if not token:
            return found


def stage(shop: Shop, member: str = "a1") -> str:
    """A member's stage."""
    return shop.book.ask(tb.GetMember(program="shop", member=member)).stage


def test_a_member_is_in_the_segments_whose_conditions_hold(shop: Shop) -> None:
    assert segments(shop) == ["never_bought", "awake"]
    shop.book.do(shop.buying(10_000, "a1"))
    shop.book.do(shop.make(tb.TagMember, "a1", tags=("staff",)))
    shop.book.do(shop.make(tb.SetBirthday, "a1", month=4, day=1))
    shop.book.do(shop.make(tb.Freeze, "a1", reason="x"))
    assert segments(shop) == ["rich", "staff", "spring", "awake", "frozen", "odd"]
    shop.clock.now = START + timedelta(days=90)
    assert "sleepers" not in segments(shop)
    shop.clock.now = START + timedelta(days=91)
    assert "sleepers" in segments(shop)
    with pytest.raises(tb.UnknownMember):
        segments(shop, "a9")


def test_a_balance_is_that_of_now_in_whole_units(shop: Shop) -> None:
    shop.award(100, "a1", expires_on=START.date())
    assert "rich" in segments(shop)
    shop.clock.now = START + timedelta(days=1)
    assert "rich" not in segments(shop)
    shop.book.apply(
        PROGRAM.replace(
            "growth: {kind: qualifying}", "growth: {kind: qualifying}\n  USD: {kind: money, scale: 2}"
        )
        + "stored_value: {USD: {currency: USD}}\nsegments: {funded: balance.USD >= 10}"
    )
    for amount, funded in ((999, []), (1, ["funded"])):
        reply = shop.book.do(shop.make(tb.TopUp, "a1", unit="USD", amount=amount))
        shop.book.do(shop.make(tb.ConfirmTopUp, "a1", top_up_id=reply.top_up_id, amount=amount))
        assert segments(shop) == funded


def test_what_has_no_answer_is_no_member_of_it(shop: Shop) -> None:
    assert "odd" not in segments(shop)


def test_a_segment_is_listed_by_name_page_by_page(shop: Shop) -> None:
    shop.award(100, "a1")
    shop.award(100, "a3")
    for size in (0, 1, 2):
        assert listed(shop, "rich", size) == ["a1", "a3"]
        assert listed(shop, "awake", size) == ["a1", "a2", "a3", "m1"]
        assert listed(shop, "staff", size) == []
    with pytest.raises(tb.UnknownSegment):
        listed(shop, "none")
    token = shop.book.ask(tb.ListSegment(program="shop", segment="rich", page_size=1)).next_page_token
    with pytest.raises(tb.PageTokenInvalid):
        shop.book.ask(tb.ListSegment(program="shop", segment="awake", page_token=token))


def test_a_page_looks_at_so_many_members_and_no_more(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tallybook.members.segment_queries.SCANNED_MAX", 2)
    monkeypatch.setattr("tallybook.members.segment_queries.CHUNK", 3)
    shop.award(100, "a3")
    first = shop.book.ask(tb.ListSegment(program="shop", segment="rich"))
    assert first.members == ()
    assert first.next_page_token
    assert listed(shop, "rich") == ["a3"]


def test_members_are_counted_by_stage_and_segment(shop: Shop) -> None:
    shop.clock.now += timedelta(hours=1)
    shop.award(100, "a1")
    shop.book.do(shop.buying(100, "a2"))
    counts = shop.book.ask(tb.CountSegments(program="shop"))
    assert counts.members == 4
    assert {name: number for name, number in counts.stages.items() if number} == {
        "aware": 2,
        "considering": 1,
        "buying": 1,
    }
    assert counts.segments["rich"] == 1
    assert counts.segments["never_bought"] == 3
    assert list(counts.stages) == [each.value for each in tb.Stage]


def test_a_member_goes_from_stage_to_stage(shop: Shop) -> None:
    assert stage(shop) == "aware"
    shop.clock.now += timedelta(hours=1)
    shop.award(1, "a1")
    assert stage(shop) == "considering"
    shop.clock.now += timedelta(days=31)
    assert stage(shop) == "interested"
    bought = shop.book.do(shop.buying(100, "a1")).event.removeprefix("purchase/")
    assert stage(shop) == "buying"
    shop.book.do(shop.buying(100, "a1"))
    assert stage(shop) == "retained"
    refund = tb.Refund(refund_id="back", order_id=bought)
    shop.book.do(shop.make(tb.RecordEvent, "a1", request_id="", event=refund))
    assert stage(shop) == "buying"
    shop.clock.now += timedelta(days=366)
    assert stage(shop) == "asleep"


AWAKE = Activity(days_enrolled=400, days_since_activity=10, days_since_purchase=None, orders=0, recommended=0)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "considering"),
        ({"days_since_activity": 30}, "considering"),
        ({"days_since_activity": 31}, "interested"),
        ({"days_since_activity": 365}, "interested"),
        ({"days_since_activity": 366}, "asleep"),
        ({"days_since_activity": None, "days_enrolled": 365}, "aware"),
        ({"days_since_activity": None, "days_enrolled": 366}, "asleep"),
        ({"days_since_activity": 400, "days_enrolled": 3}, "interested"),
        ({"orders": 1, "days_since_purchase": 300}, "buying"),
        ({"orders": 2, "days_since_purchase": 180}, "retained"),
        ({"orders": 2, "days_since_purchase": 181}, "buying"),
        ({"orders": 2, "days_since_purchase": 20, "recommended": 1}, "recommending"),
        ({"recommended": 1}, "recommending"),
        ({"recommended": 1, "days_since_activity": 366}, "asleep"),
    ],
)
def test_stages_by_the_rules(changes: dict[str, int | None], expected: str) -> None:
    known = {name: getattr(AWAKE, name) for name in Activity.__dataclass_fields__}
    assert stage_of(Activity(**{**known, **changes}), LifecycleSection()) == expected


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("balance.pionts > 0", r"balance.pionts is not a variable here.*balance.points"),
        ("member.orders > '1'", "cannot be applied"),
        ("member.orders", "must be true or false"),
        ("order.total > 3", "order.total is not a variable here"),
        ("member.stage.matches('a')", "is left out"),
        ("member.tags == member.tags", "can be looked through"),
        ("member.orders > 1 &&", "Syntax error"),
    ],
)
def test_a_condition_is_checked_when_it_is_applied(shop: Shop, condition: str, said: str) -> None:
    with pytest.raises(tb.ProgramInvalid, match=said) as invalid:
        shop.book.apply(PROGRAM + f'segments: {{wrong: "{condition}"}}')
    assert [problem.path for problem in invalid.value.problems] == ["segments.wrong"]


def test_conditions_can_ask_all_that_is_documented(shop: Shop) -> None:
    samples = {"STRING": '== ""', "INT": ">= -1", "BOOL": "== true"}
    texts = []
    for name, kind in MEMBER_VARIABLES.items():
        sample = samples.get(kind.name().upper())
        texts.append(f"({name} {sample})" if sample else f"(size({name}) >= 0)")
    shop.book.apply(PROGRAM + "segments: {all: '" + " || ".join(texts) + "'}")
    assert segments(shop) == ["all"]
