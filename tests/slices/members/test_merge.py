"""Merge and split: two members turn out to be one, and what is left is told apart again."""

from datetime import UTC, date, datetime, timedelta

import pytest
import tallybook as tb

from tests.slices.members.test_identities import KINDS, link, phone, resolved
from tests.slices.shop import PROGRAM, Shop

START = datetime(2026, 3, 4, 12, tzinfo=UTC)
MONEY = PROGRAM.replace(
    "growth: {kind: qualifying}", "growth: {kind: qualifying}\n  USD: {kind: money, scale: 2}"
)


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """A shop with two members who are one."""
    shop.clock.now = START
    shop.book.apply(MONEY + "stored_value: {USD: {currency: USD}}" + KINDS)
    shop.enroll("m2", "m3")
    return shop


def merge(shop: Shop, kept: str = "m1", gone: str = "m2") -> tb.Merged:
    """Merge two members."""
    reply: tb.Merged = shop.book.do(shop.make(tb.MergeMembers, kept, other=gone, reason="same person"))
    return reply


def split(shop: Shop, kept: str = "m1", gone: str = "m2") -> tb.Split:
    """Tell them apart."""
    reply: tb.Split = shop.book.do(shop.make(tb.SplitMembers, kept, other=gone, reason="not the same"))
    return reply


def member(shop: Shop, name: str) -> tb.MemberView:
    """A member as known now."""
    return shop.book.ask(tb.GetMember(program="shop", member=name))


def lots(shop: Shop, name: str) -> list[tuple[str, str, str, date | None, date | None, int]]:
    """A member's lots."""
    sheet = shop.book.ask(tb.Balances(program="shop", member=name))
    return sorted(
        (unit.unit, lot.account, lot.fund, lot.vests_on, lot.expires_on, lot.amount)
        for unit in sheet.units
        for lot in unit.lots
    )


def test_lots_come_with_their_fund_and_days(shop: Shop) -> None:
    soon, late = date(2026, 6, 1), date(2027, 1, 1)
    shop.award(10, "m1", expires_on=soon)
    shop.award(20, "m2", expires_on=soon)
    shop.award(30, "m2", expires_on=late, fund="partner")
    shop.award(40, "m2", vests_on=date(2026, 4, 1), expires_on=late)
    shop.award(50, "m2", unit="growth")
    reply = merge(shop)
    assert lots(shop, "m2") == []
    assert lots(shop, "m1") == [
        ("growth", "available", "house", None, None, 50),
        ("points", "available", "house", None, soon, 30),
        ("points", "available", "partner", None, late, 30),
        ("points", "pending", "house", date(2026, 4, 1), late, 40),
    ]
    mine = shop.book.ask(tb.GetEntry(program="shop", member="m1", entry=reply.entry))
    theirs = shop.book.ask(tb.GetEntry(program="shop", member="m2", entry=reply.other_entry))
    assert (mine.counterpart_member, theirs.counterpart_member) == ("m2", "m1")
    assert shop.sums().get(("points", "merged", "house"), 0) == 0
    shop.clock.now = datetime(2026, 4, 1, tzinfo=UTC)
    assert shop.balance("m1").available == 100
    assert shop.problems() == []


@pytest.mark.parametrize(
    ("mine", "theirs", "available", "arrears"),
    [
        ((0, 50), (30, 0), 0, 20),
        ((0, 50), (80, 0), 30, 0),
        ((80, 0), (0, 50), 30, 0),
        ((30, 0), (0, 50), 0, 20),
    ],
)
def test_what_is_owed_is_netted(
    shop: Shop, mine: tuple[int, int], theirs: tuple[int, int], available: int, arrears: int
) -> None:
    for name, (has, owes) in (("m1", mine), ("m2", theirs)):
        if has:
            shop.award(has, name)
        if owes:
            shop.book.do(
                shop.make(tb.Adjust, name, unit="points", amount=-owes, allow_arrears=True, reason="x")
            )
    merge(shop)
    balance = shop.balance("m1")
    assert (balance.available, balance.arrears) == (available, arrears)
    assert lots(shop, "m2") == []
    assert shop.problems() == []


def test_who_is_gone_is_told_whose_page_goes_on(shop: Shop) -> None:
    shop.award(10, "m2")
    merge(shop)
    for command in (
        shop.awarding(1, "m2"),
        shop.buying(100, "m2"),
        shop.make(tb.Gift, "m1", to_member="m2", unit="points", amount=1),
        shop.make(tb.MergeMembers, "m2", other="m3"),
        shop.make(tb.MergeMembers, "m3", other="m2"),
        shop.make(tb.EraseMember, "m2"),
    ):
        with pytest.raises(tb.MemberMerged) as refused:
            shop.book.do(command)
        assert refused.value.facts() == {"member": "m2", "into": "m1"}
    assert member(shop, "m2").merged_into == "m1"
    assert member(shop, "m1").merged_into == ""
    assert shop.problems() == []


def test_a_replay_from_before_gets_its_reply(shop: Shop) -> None:
    command = shop.awarding(10, "m2")
    first = shop.book.do(command)
    merging = shop.make(tb.MergeMembers, "m1", other="m2")
    merged = shop.book.do(merging)
    assert shop.book.do(command).entry == first.entry
    assert shop.book.do(merging).entry == merged.entry


def test_identities_lead_to_the_member_that_goes_on(shop: Shop) -> None:
    link(shop, "m1", phone("+491700000001"))
    link(shop, "m2", phone("+491700000002"))
    link(shop, "m2", phone("ada@example.org", "email"))
    merge(shop)
    for identity in (phone("+491700000001"), phone("+491700000002"), phone("ada@example.org", "email")):
        assert resolved(shop, identity) == "m1"
    with pytest.raises(tb.TooManyIdentities):
        link(shop, "m1", phone("+491700000003"))
    assert shop.problems() == []


def test_profiles_are_joined(shop: Shop) -> None:
    shop.book.do(shop.make(tb.TagMember, "m1", tags=("a", "b")))
    shop.book.do(shop.make(tb.TagMember, "m2", tags=("b", "c")))
    shop.book.do(shop.make(tb.SetBirthday, "m2", month=2, day=29))
    merge(shop)
    assert (member(shop, "m1").tags, member(shop, "m1").birthday) == (("a", "b", "c"), tb.Birthday(2, 29))


def bought(shop: Shop, name: str, order: str, cents: int, **fields: object) -> tb.EventRecorded:
    """Record an order of one line."""
    event = tb.Purchase(order_id=order, currency="USD", lines=(tb.Line(amount=cents),))
    reply: tb.EventRecorded = shop.book.do(
        shop.make(tb.RecordEvent, name, request_id="", event=event, **fields)
    )
    return reply


def refunded(shop: Shop, name: str, order: str, amount: int | None = None) -> tb.EventRecorded:
    """Refund an order, or part of it."""
    event = tb.Refund(refund_id=f"{order}-{amount}", order_id=order, amount=amount)
    reply: tb.EventRecorded = shop.book.do(shop.make(tb.RecordEvent, name, request_id="", event=event))
    return reply


def test_an_order_of_who_is_gone_can_be_refunded(shop: Shop) -> None:
    bought(shop, "m2", "o1", 5000)
    bought(shop, "m2", "o2", 3000)
    refunded(shop, "m2", "o1", 1000)
    assert merge(shop).events == 3
    assert shop.balance("m1").available == 70
    assert refunded(shop, "m1", "o1").taken[0].amount == 40
    assert shop.balance("m1").available == 30
    assert refunded(shop, "m1", "o2", 1000).taken[0].amount == 10
    with pytest.raises(tb.RefundExceedsPurchase):
        refunded(shop, "m1", "o2", 2001)
    assert shop.balance("m1").available == 20
    assert shop.problems() == []


def test_an_order_that_is_told_again_is_known(shop: Shop) -> None:
    bought(shop, "m2", "o1", 5000)
    merge(shop)
    again = bought(shop, "m1", "o1", 5000)
    assert (again.replayed, again.rewards[0].amount) == (True, 50)
    entry = shop.book.ask(tb.GetEntry(program="shop", member="m1", entry=again.entry))
    assert (entry.kind, entry.postings) == ("record_event", ())


def test_a_refund_that_waits_finds_its_order_where_it_comes(shop: Shop) -> None:
    assert refunded(shop, "m2", "o1", 1000).waiting
    merge(shop)
    bought(shop, "m1", "o1", 5000)
    assert shop.balance("m1").available == 40
    assert shop.problems() == []


def capped(shop: Shop) -> None:
    """From now on, a member earns at most 100 a day: what is earned depends on what was before."""
    rule = '  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}'
    assert rule in MONEY
    document = MONEY.replace(rule, rule[:-1] + ", caps: [{period: day, most: 100}]}")
    shop.book.apply(document + "stored_value: {USD: {currency: USD}}" + KINDS)


def test_a_cap_that_is_used_up_stays_used_up(shop: Shop) -> None:
    capped(shop)
    bought(shop, "m1", "o1", 6000)
    bought(shop, "m2", "o2", 3000)
    merge(shop)
    assert [each.amount for each in bought(shop, "m1", "o3", 6000).rewards] == [10]
    assert shop.balance("m1").available == 100
    assert shop.problems() == []


def test_what_both_had_stands_when_the_story_is_told_anew(shop: Shop) -> None:
    """Two caps were used up by two members: that they are one takes nothing back."""
    capped(shop)
    shop.clock.forward(seconds=7200)
    bought(shop, "m1", "o1", 10000)
    bought(shop, "m2", "o2", 10000)
    merge(shop)
    assert shop.balance("m1").available == 200
    late = tb.Purchase(order_id="late", currency="USD", lines=(tb.Line(amount=5000),))
    told = shop.book.do(
        tb.RecordEvent(program="shop", member="m1", event=late, occurred_at=START + timedelta(hours=1))
    )
    assert [each.amount for each in told.rewards] == [50]
    assert shop.balance("m1").available == 200, "50 for the late one, and 50 less for what came after it"
    back = tb.Refund(refund_id="r2", order_id="o2")
    shop.book.do(tb.RecordEvent(program="shop", member="m1", event=back))
    assert shop.balance("m1").available == 100
    assert shop.problems() == []


def test_an_order_of_both_is_a_conflict(shop: Shop) -> None:
    bought(shop, "m1", "o1", 100)
    bought(shop, "m2", "o1", 100)
    with pytest.raises(tb.MergeConflict) as refused:
        merge(shop)
    assert refused.value.facts() == {"what": "request", "name": "purchase/o1"}


def test_a_request_that_was_refused_there_is_a_conflict(shop: Shop) -> None:
    bought(shop, "m1", "o1", 100)
    with pytest.raises(tb.RefundExceedsPurchase):
        refunded(shop, "m1", "o1", 200)
    bought(shop, "m2", "o9", 1000)
    event = tb.Refund(refund_id="o1-200", order_id="o9", amount=200)
    shop.book.do(shop.make(tb.RecordEvent, "m2", request_id="", event=event))
    with pytest.raises(tb.MergeConflict):
        merge(shop)
    assert shop.problems() == []


def paid(shop: Shop, name: str, top_up: str, amount: int) -> None:
    """Top up."""
    shop.book.do(shop.make(tb.TopUp, name, unit="USD", amount=amount, top_up_id=top_up))
    shop.book.do(shop.make(tb.ConfirmTopUp, name, top_up_id=top_up, amount=amount))


def test_a_top_up_of_who_is_gone_can_be_paid_back(shop: Shop) -> None:
    paid(shop, "m1", "T1", 1000)
    paid(shop, "m2", "T2", 5000)
    shop.book.do(shop.make(tb.SpendValue, "m2", unit="USD", amount=2000))
    merge(shop)
    assert shop.balance("m1", "USD").available == 4000
    for top_up, payable in (("T1", 1000), ("T2", 3000)):
        asked = tb.MaxRefund(program="shop", member="m1", top_up_id=top_up)
        assert shop.book.ask(asked).amount == payable
    shop.book.do(shop.make(tb.RequestTopUpRefund, "m1", top_up_id="T2", payout_id="P1"))
    shop.book.do(shop.make(tb.ConfirmPayout, "m1", payout_id="P1"))
    assert shop.balance("m1", "USD").available == 1000
    assert shop.problems() == []


def test_what_is_held_or_waits_for_a_payment_is_in_the_way(shop: Shop) -> None:
    shop.award(100, "m2")
    shop.hold(10, member="m2")
    with pytest.raises(tb.MergeBlocked):
        merge(shop)
    shop.book.do(shop.make(tb.Release, "m2", hold_id="H1"))
    shop.book.do(shop.make(tb.TopUp, "m2", unit="USD", amount=10, top_up_id="T1"))
    with pytest.raises(tb.MergeBlocked):
        merge(shop)
    shop.book.do(shop.make(tb.CancelTopUp, "m2", top_up_id="T1"))
    merge(shop)
    assert shop.problems() == []


def test_who_is_frozen_does_not_get_out_by_a_merge(shop: Shop) -> None:
    shop.award(10, "m2")
    shop.book.do(shop.make(tb.Freeze, "m2", scope=tb.Scope.REDEEM, reason="card stolen"))
    with pytest.raises(tb.MergeBlocked):
        merge(shop)


def test_a_chain_of_merges_and_all_verifies(shop: Shop) -> None:
    shop.award(10, "m2")
    bought(shop, "m2", "o1", 1000)
    link(shop, "m2", phone())
    merge(shop, "m1", "m2")
    merge(shop, "m3", "m1")
    assert (shop.balance("m3").available, resolved(shop, phone())) == (20, "m3")
    refunded(shop, "m3", "o1")
    assert shop.balance("m3").available == 10
    assert shop.problems() == []
    with pytest.raises(tb.NotMerged):
        split(shop, "m3", "m2")


def test_only_two_members_of_their_own_can_be_merged(shop: Shop) -> None:
    for other in ("m1", "card:1", "caller:1"):
        with pytest.raises(tb.InvalidInput):
            shop.make(tb.MergeMembers, "m1", other=other)
    with pytest.raises(tb.UnknownMember):
        merge(shop, "m1", "m9")
    with pytest.raises(tb.NotMerged):
        split(shop, "m1", "m3")


def test_velocity_adds_up(shop: Shop) -> None:
    limit = "velocity: {burst: {what: units_redeemed, unit: points, most: 50, period: day, then: refuse}}\n"
    shop.book.apply(MONEY + "stored_value: {USD: {currency: USD}}" + KINDS + limit)
    for name in ("m1", "m2"):
        shop.award(100, name)
        shop.redeem(20, name)
    merge(shop)
    with pytest.raises(tb.VelocityExceeded) as refused:
        shop.redeem(11)
    assert refused.value.facts()["left"] == 10


def test_trying_it_changes_nothing(shop: Shop) -> None:
    shop.award(10, "m2")
    bought(shop, "m2", "o1", 1000)
    assert shop.book.simulate(shop.make(tb.MergeMembers, "m1", other="m2")).events == 1
    assert (shop.balance("m1").available, shop.balance("m2").available) == (0, 20)
    bought(shop, "m1", "o1", 1000)


def test_what_is_told_in_the_same_batch_is_told_on_both_stories(shop: Shop) -> None:
    capped(shop)
    orders = [tb.Purchase(order_id=f"o{n}", currency="USD", lines=(tb.Line(amount=1000),)) for n in range(3)]
    refund = tb.Refund(refund_id="back", order_id="o1")
    outcomes = shop.book.do(
        [
            shop.make(tb.RecordEvent, "m1", request_id="", event=orders[0]),
            shop.make(tb.RecordEvent, "m2", request_id="", event=orders[1]),
        ]
    )
    assert not [each for each in outcomes if isinstance(each, tb.TallybookError)]
    outcomes = shop.book.do(
        [
            shop.make(tb.MergeMembers, "m1", other="m2"),
            shop.make(tb.RecordEvent, "m1", request_id="", event=refund),
            shop.make(tb.RecordEvent, "m1", request_id="", event=orders[2]),
        ]
    )
    assert not [each for each in outcomes if isinstance(each, tb.TallybookError)], outcomes
    assert shop.balance("m1").available == 20
    shop.clock.now += timedelta(minutes=1)
    assert [each.amount for each in bought(shop, "m1", "o9", 20_000).rewards] == [80]
    assert shop.problems() == []
