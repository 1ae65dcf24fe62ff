"""Every rpc that gives, spends, undoes or reads a member's units, through the real client."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from tallybook_client import ShortfallPolicy, TallybookClient, errors, requests
from tallybook_client._gen.tallybook.v1.hold_pb2 import HoldState

TODAY = datetime.now(UTC).date()


def day(message: object) -> date:
    return date(message.year, message.month, message.day)  # type: ignore[attr-defined]


def test_an_award_says_what_it_did(client: TallybookClient, member: str) -> None:
    reply = client.award(member, amount=120, unit="points", fund="partner", metadata={"order": "o-1"})
    assert (reply.entry, reply.amount, reply.available, reply.replayed) == (2, 120, 120, False)
    assert (reply.balance.unit, reply.balance.available) == ("points", 120)
    assert day(reply.expires_on) > TODAY + timedelta(days=360)
    assert not reply.HasField("vests_on")
    assert abs(reply.recorded_at.ToDatetime(UTC) - datetime.now(UTC)) < timedelta(minutes=1)


def test_days_of_the_request_go_before_the_programs(client: TallybookClient, member: str) -> None:
    expires, vests = TODAY + timedelta(days=30), TODAY + timedelta(days=10)
    reply = client.award(member, amount=5, unit="points", expires_on=expires, vests_on=vests)
    assert (day(reply.expires_on), day(reply.vests_on), reply.pending) == (expires, vests, 5)
    assert client.award(member, amount=5, unit="later").pending == 5


def test_a_redemption_takes_what_is_asked(client: TallybookClient, member: str) -> None:
    client.award(member, amount=100, unit="points")
    reply = client.redeem(member, amount=60, unit="points")
    assert (reply.amount, reply.asked, reply.balance.available) == (60, 60, 40)
    partial = client.redeem(member, amount=60, unit="points", allow_partial=True)
    assert (partial.amount, partial.asked, partial.balance.available) == (40, 60, 0)


def test_a_hold_is_captured_in_part(client: TallybookClient, member: str) -> None:
    client.award(member, amount=100, unit="points")
    held = client.hold(member, amount=80, unit="points", hold_id="H1", ttl=timedelta(hours=1))
    left = held.deadline.ToDatetime(UTC) - held.recorded_at.ToDatetime(UTC)
    assert (held.balance.held, held.balance.available, left) == (80, 20, timedelta(hours=1))
    assert client.get_hold(member, "H1").hold.state == HoldState.HOLD_STATE_OPEN
    captured = client.capture(member, "H1", amount=30)
    assert (captured.amount, captured.released, captured.balance.available) == (30, 50, 70)
    hold = client.get_hold(member, "H1").hold
    assert (hold.state, hold.captured, hold.resolved) == (HoldState.HOLD_STATE_CAPTURED, 30, captured.entry)


def test_a_hold_is_released(client: TallybookClient, member: str) -> None:
    client.award(member, amount=100, unit="points")
    hold_id = client.hold(member, amount=80, unit="points", request_id="hold-1").hold_id
    assert hold_id == "hold-1"
    reply = client.release(member, hold_id)
    assert (reply.hold_id, reply.released, reply.balance.available) == (hold_id, 80, 100)


def test_an_award_is_reversed_in_part_and_then_whole(client: TallybookClient, member: str) -> None:
    entry = client.award(member, amount=100, unit="points").entry
    reply = client.reverse(member, entry, amount=30)
    assert (reply.amount, reply.available, reply.reversed_entry) == (30, 30, entry)
    client.redeem(member, amount=50, unit="points")
    rest = client.reverse(member, entry, shortfall=ShortfallPolicy.SHORTFALL_POLICY_ARREARS)
    assert (rest.amount, rest.available, rest.arrears, rest.balance.arrears) == (70, 20, 50, 50)


def test_an_adjustment_has_a_reason(client: TallybookClient, member: str) -> None:
    assert client.adjust(member, amount=10, unit="growth", reason="forgotten").balance.available == 10
    reply = client.adjust(member, amount=-15, unit="growth", reason="too many", allow_arrears=True)
    assert (reply.amount, reply.arrears, reply.balance.arrears) == (-15, 5, 5)


def test_a_gift_reaches_the_other_member(client: TallybookClient, new_member: Callable[[], str]) -> None:
    giver, receiver = new_member(), new_member()
    client.award(giver, amount=50, unit="points")
    reply = client.gift(giver, receiver, amount=20, unit="points")
    assert (reply.amount, reply.to_member, reply.balance.available) == (20, receiver, 30)
    entry = client.get_entry(receiver, reply.to_entry).entry
    assert (entry.kind, entry.counterpart_member, entry.counterpart_version) == ("gift", giver, reply.entry)


def test_balances_show_lots_and_what_lapses_when(client: TallybookClient, member: str) -> None:
    soon = TODAY + timedelta(days=3)
    client.award(member, amount=5, unit="points", expires_on=soon)
    client.award(member, amount=7, unit="points", expires_on=soon, fund="partner")
    client.award(member, amount=100, unit="points")
    reply = client.get_balances(member, units=["points"])
    (points,) = reply.balances
    assert (reply.member, reply.version, points.balance.available) == (member, 4, 112)
    assert [(lot.fund, lot.amount) for lot in points.lots] == [("house", 5), ("partner", 7), ("house", 100)]
    assert next((day(each.expires_on), each.amount) for each in points.soonest_expiries) == (soon, 12)
    assert [each.balance.unit for each in client.get_balances(member).balances] == [
        "points",
        "growth",
        "later",
    ]


def test_balances_of_a_past_time(client: TallybookClient, member: str) -> None:
    first = client.award(member, amount=5, unit="points").recorded_at.ToDatetime(UTC)
    client.award(member, amount=7, unit="points")
    then = client.get_balances(member, units=["points"], as_of=first)
    assert (then.version, then.balances[0].balance.available) == (2, 5)
    assert then.as_of.ToDatetime(UTC) == first


def test_a_statement_comes_in_pages(client: TallybookClient, member: str) -> None:
    for amount in (1, 2, 3):
        client.award(member, amount=amount, unit="points", source="shop", reason="order")
    client.award(member, amount=4, unit="growth")
    versions = [entry.version for entry in client.list_entries(member, page_size=2)]
    assert versions == [5, 4, 3, 2, 1]
    of_points = list(client.list_entries(member, unit="points", page_size=2))
    assert [entry.postings[0].amount for entry in of_points] == [3, 2, 1]
    assert (of_points[0].source, of_points[0].reason, of_points[0].kind) == ("shop", "order", "award")


def test_an_entry_has_its_postings(client: TallybookClient, member: str) -> None:
    occurred = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    version = client.award(
        member, amount=5, unit="points", request_id="r-1", occurred_at=occurred, metadata={"a": "b"}
    ).entry
    entry = client.get_entry(member, version).entry
    assert (entry.program, entry.member, entry.request_id) == ("shop", member, "r-1")
    assert entry.occurred_at.ToDatetime(UTC) == occurred
    assert (dict(entry.metadata), entry.revision, len(entry.hash)) == ({"a": "b"}, 1, 32)
    (posting,) = entry.postings
    assert (posting.from_account, posting.to_account, posting.amount) == ("issued", "available", 5)
    assert not posting.HasField("vests_on")


def test_the_same_request_gets_the_same_reply(client: TallybookClient, member: str) -> None:
    first = client.award(member, amount=5, unit="points", request_id="order-1")
    again = client.award(member, amount=5, unit="points", request_id="order-1")
    assert again.replayed
    again.replayed = False
    assert again == first
    with pytest.raises(errors.RequestIdReused) as caught:
        client.award(member, amount=6, unit="points", request_id="order-1")
    assert (caught.value.member, caught.value.request_id) == (member, "order-1")


def test_the_same_request_is_refused_the_same_way(client: TallybookClient, member: str) -> None:
    def redeem() -> errors.NotEnoughPoints:
        with pytest.raises(errors.NotEnoughPoints) as caught:
            client.redeem(member, amount=9, unit="points", request_id="till-1")
        return caught.value

    first = redeem()
    client.award(member, amount=100, unit="points")
    again = redeem()
    assert (first.asked, first.available, first.replayed) == (9, 0, False)
    assert (again.asked, again.available, again.replayed) == (9, 0, True)


def test_trying_answers_the_same_and_records_nothing(client: TallybookClient, member: str) -> None:
    trial = client.award(member, amount=5, unit="points", request_id="try", validate_only=True)
    assert (trial.entry, trial.balance.available) == (2, 5)
    assert client.get_member(member).member.version == 1
    assert client.award(member, amount=7, unit="points", request_id="try").balance.available == 7
    with pytest.raises(errors.NotEnoughPoints):
        client.redeem(member, amount=8, unit="points", validate_only=True)


def test_trials_of_one_batch_see_each_other(client: TallybookClient, member: str) -> None:
    commands = [
        requests.award(member, amount=5, unit="points"),
        requests.redeem(member, amount=4, unit="points"),
        requests.redeem(member, amount=4, unit="points"),
    ]
    given, spent, refused = client.batch_post(commands, validate_only=True)
    assert (given.balance.available, spent.balance.available) == (5, 1)  # type: ignore[union-attr]
    assert isinstance(refused, errors.NotEnoughPoints)
    assert client.get_member(member).member.version == 1
