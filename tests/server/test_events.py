"""Events through the real client: purchases, refunds and custom events, one by one, in batches and tried."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
import pytest
from tallybook_client import (
    FreezeScope,
    PurchaseLine,
    RefundLine,
    SkipReason,
    TallybookClient,
    Tender,
    errors,
    requests,
)
from tallybook_client._gen.tallybook.v1.event_service_pb2 import ListWaitingRefundsRequest
from tallybook_client._gen.tallybook.v1.event_service_pb2_grpc import EventServiceStub
from tallybook_client._gen.tallybook.v1.rule_pb2 import Rounding
from tallybook_client.status import error_of_call

from tests.server.cafe import CAFE
from tests.server.serving import Served

NOW = datetime.now(UTC)


def available(client: TallybookClient, member: str, unit: str = "points") -> int:
    return client.get_balances(member, units=[unit]).balances[0].balance.available


def buy(client: TallybookClient, member: str, order_id: str = "1001", *amounts: int, **told: Any) -> Any:
    lines = [PurchaseLine(amount=amount) for amount in amounts or (7_299,)]
    return client.record_purchase(member, order_id=order_id, currency="USD", lines=lines, **told)


def test_a_purchase_earns_by_the_rules_and_says_how(cafe: TallybookClient, guest: str) -> None:
    lines = [
        PurchaseLine(sku="A1", category="dairy", quantity=2, amount=2_050),
        PurchaseLine(line_id="b", amount=5_249),
    ]
    reply = cafe.record_purchase(guest, order_id="1001", currency="USD", lines=lines)
    assert (reply.entry, reply.event_key, reply.replayed, reply.waiting) == (2, "purchase/1001", False, False)
    base, welcome, dairy = sorted(reply.rewards, key=lambda each: -each.amount)
    assert (base.rule, base.unit, base.fund, base.amount) == ("base", "points", "house", 72)
    assert (base.base, base.rate, base.exact, base.rounded) == (7_299, "1/100", "7299/100", 72)
    assert dict(base.shares) == {"1": 20, "b": 52}
    assert base.HasField("expires_on")
    assert not base.HasField("vests_on")
    assert (dairy.rule, dairy.amount, dairy.base, dairy.rate, dairy.exact) == ("dairy", 10, 20, "1", "20")
    assert [(cut.what, cut.by) for cut in dairy.cuts] == [("cap:event", 10)]
    assert (welcome.rule, welcome.unit, welcome.amount) == ("welcome", "growth", 50)
    assert not welcome.HasField("expires_on")
    assert welcome.HasField("vests_on")
    assert {each.unit: (each.given, each.pending) for each in reply.moved} == {
        "points": (82, 0),
        "growth": (50, 50),
    }
    assert {each.unit: (each.available, each.pending) for each in reply.balances} == {
        "points": (82, 0),
        "growth": (0, 50),
    }


def test_the_same_event_again_gets_the_same_reply(cafe: TallybookClient, guest: str) -> None:
    first, again = buy(cafe, guest), buy(cafe, guest)
    assert (first.replayed, again.replayed) == (False, True)
    again.replayed = False
    assert again == first
    assert available(cafe, guest) == 72


def test_another_event_under_the_same_id_is_refused(cafe: TallybookClient, guest: str) -> None:
    buy(cafe, guest)
    with pytest.raises(errors.RequestIdReused) as caught:
        buy(cafe, guest, "1001", 5_000)
    assert caught.value.request_id == "purchase/1001"


def test_a_cart_is_told_what_it_would_earn(cafe: TallybookClient, guest: str) -> None:
    tried = buy(cafe, guest, validate_only=True)
    assert available(cafe, guest) == 0
    done = buy(cafe, guest)
    assert not done.replayed
    for reply in (tried, done):
        reply.ClearField("recorded_at")
    assert tried == done


def test_a_refund_takes_back_what_its_lines_earned(cafe: TallybookClient, guest: str) -> None:
    buy(cafe, guest, "1001", 3_000, 4_000)
    part = cafe.record_refund(guest, refund_id="r1", order_id="1001", lines=[RefundLine(line_id="1")])
    assert part.event_key == "refund/r1"
    (base,) = [each for each in part.taken if each.rule == "base"]
    assert (base.unit, base.fund, base.amount) == ("points", "house", 30)
    assert available(cafe, guest) == 40
    cafe.record_refund(guest, refund_id="r2", order_id="1001", amount=1_000)
    assert available(cafe, guest) == 30
    rest = cafe.record_refund(guest, refund_id="r3", order_id="1001")
    assert [each.amount for each in rest.taken if each.rule == "base"] == [30]
    assert available(cafe, guest) == 0


def test_units_that_had_paid_come_back_with_a_refund(cafe: TallybookClient, guest: str) -> None:
    cafe.award(guest, amount=100, unit="points")
    spent = cafe.redeem(guest, amount=80, unit="points").entry
    tenders = [Tender(kind="points", amount=800, entry=spent), Tender(kind="card", amount=200)]
    buy(cafe, guest, "1001", 1_000, tenders=tenders)
    reply = cafe.record_refund(guest, refund_id="r1", order_id="1001")
    assert [each.returned for each in reply.moved if each.unit == "points"] == [80]
    assert available(cafe, guest) == 100


def test_too_much_of_an_order_cannot_be_refunded(cafe: TallybookClient, guest: str) -> None:
    buy(cafe, guest, "1001", 1_000)
    with pytest.raises(errors.UnknownLine) as unknown:
        cafe.record_refund(guest, refund_id="r1", order_id="1001", lines=[RefundLine(line_id="7")])
    assert (unknown.value.order, unknown.value.line) == ("1001", "7")
    with pytest.raises(errors.RefundExceedsPurchase) as exceeding:
        cafe.record_refund(
            guest, refund_id="r2", order_id="1001", lines=[RefundLine(line_id="1", quantity=3)]
        )
    assert (exceeding.value.order, exceeding.value.asked, exceeding.value.left) == ("1001", 3, 1)
    assert "line 1" in str(exceeding.value.what)


def test_a_refund_before_its_order_waits_for_it(cafe: TallybookClient, guest: str) -> None:
    assert cafe.record_refund(guest, refund_id="r1", order_id="1001", amount=1_000).waiting
    reply = buy(cafe, guest, "1001", 3_000)
    assert not reply.waiting
    assert available(cafe, guest) == 20


def test_a_late_event_revalues_those_behind_it(cafe: TallybookClient, guest: str) -> None:
    buy(cafe, guest, "second", 2_000)
    reply = buy(cafe, guest, "first", 1_000, occurred_at=NOW - timedelta(days=1))
    assert [each.rule for each in reply.rewards] == ["base", "welcome"]
    (later,) = reply.revalued
    assert (later.event_key, [each.rule for each in later.rewards]) == ("purchase/second", ["base"])


def test_a_custom_event_earns_by_its_attributes(cafe: TallybookClient, guest: str) -> None:
    def visit(event_id: str, **attributes: Any) -> Any:
        return cafe.record_event(guest, "check_in", event_id=event_id, store="s1", attributes=attributes)

    short, long = visit("1", minutes=29), visit("2", minutes=30, store="s1", first=True)
    assert (short.event_key, list(short.rewards)) == ("event/check_in/1", [])
    assert [(each.rule, each.amount, each.rate) for each in long.rewards] == [("visit", 5, "5")]
    again, vague = visit("3", minutes=31), visit("4")
    assert [(each.rule, each.reason, each.detail) for each in again.skipped] == [
        ("visit", SkipReason.SKIP_REASON_CUT, "cap:day")
    ]
    assert [(each.rule, each.reason) for each in vague.skipped] == [("visit", SkipReason.SKIP_REASON_FAILED)]
    assert vague.skipped[0].detail


def test_a_frozen_member_buys_and_earns_nothing(cafe: TallybookClient, guest: str) -> None:
    cafe.freeze_member(guest, scope=FreezeScope.FREEZE_SCOPE_EARN, reason="review")
    reply = buy(cafe, guest)
    assert (list(reply.rewards), [each.reason for each in reply.skipped]) == (
        [],
        [SkipReason.SKIP_REASON_FROZEN],
    )


def test_an_event_that_the_program_does_not_declare_is_refused(cafe: TallybookClient, guest: str) -> None:
    with pytest.raises(errors.UnknownEventType) as caught:
        cafe.record_event(guest, "chekc_in", event_id="1")
    assert (caught.value.program, caught.value.event) == ("cafe", "chekc_in")
    assert caught.value.code is grpc.StatusCode.NOT_FOUND
    with pytest.raises(errors.WrongCurrency):
        cafe.record_purchase(guest, order_id="1", currency="EUR", lines=[PurchaseLine(amount=1)])


def test_batches_and_streams_carry_events(cafe: TallybookClient, guest: str) -> None:
    line = PurchaseLine(amount=1_000)
    purchases = [
        requests.record_purchase(guest, order_id=order_id, currency="USD", lines=[line])
        for order_id in ("1", "2", "1")
    ]
    refund = requests.record_refund(guest, refund_id="r1", order_id="1")
    first, second, again, refused, refunded = cafe.batch_post(
        [*purchases, requests.record_event(guest, "nap", event_id="1"), refund]
    )
    assert [reply.event_key for reply in (first, second, refunded)] == [  # type: ignore[union-attr]
        "purchase/1",
        "purchase/2",
        "refund/r1",
    ]
    assert again.replayed
    assert isinstance(refused, errors.UnknownEventType)
    assert available(cafe, guest) == 10
    outcomes = [outcome for _, outcome in cafe.stream_post([*purchases, refund], commands_per_message=2)]
    assert [outcome.replayed for outcome in outcomes] == [True] * 4


# --- why, and what waits -----------------------------------------------------------------------------------


def test_an_entry_is_explained_as_data_and_in_sentences(cafe: TallybookClient, guest: str) -> None:
    lines = [PurchaseLine(category="dairy", amount=2_050), PurchaseLine(line_id="b", amount=5_249)]
    reply = cafe.record_purchase(guest, order_id="1001", currency="USD", lines=lines)
    found = cafe.explain_entry(guest, reply.entry).explanation
    assert (found.entry, found.kind, found.recorded_at) == (2, "record_event", reply.recorded_at)
    (decision,) = found.decisions
    assert (decision.event_key, decision.entry, decision.recorded_before) == ("purchase/1001", 2, False)
    assert [each.reward for each in decision.rewards] == list(reply.rewards)
    of_rule = {each.reward.rule: each for each in decision.rewards}
    assert (of_rule["base"].formula, of_rule["base"].rounding) == ("rate", Rounding.ROUNDING_FLOOR)
    counted = [(line.line_id, line.counted, line.share) for line in of_rule["base"].lines]
    assert counted == [("1", 2_050, 20), ("b", 5_249, 52)]
    assert sum(each.amount for each in found.postings if each.unit == "points") == 82
    assert any("base" in sentence and "72" in sentence for sentence in found.sentences)
    assert not found.HasField("since")


def test_an_explanation_tells_what_came_of_an_event_since(cafe: TallybookClient, guest: str) -> None:
    bought = buy(cafe, guest, "1001", 3_000)
    refunded = cafe.record_refund(guest, refund_id="r1", order_id="1001", amount=1_000)
    since = cafe.explain_entry(guest, bought.entry).explanation.since
    assert not since.anew
    assert [(each.rule, each.amount) for each in since.taken if each.rule == "base"] == [("base", 10)]
    (decision,) = cafe.explain_entry(guest, refunded.entry).explanation.decisions
    assert (decision.event_key, decision.entry, decision.recorded_before) == ("purchase/1001", 2, True)
    assert [each.rule for each in decision.rewards_before] == [each.rule for each in bought.rewards]
    taken = {each.rule: (each.part, each.reward, each.before, each.amount) for each in decision.taken}
    assert taken["base"] == ("1/3", 30, 0, 10)


def test_an_entry_that_no_event_made_is_explained_by_its_postings(cafe: TallybookClient, guest: str) -> None:
    entry = cafe.award(guest, amount=5, unit="points").entry
    found = cafe.explain_entry(guest, entry).explanation
    assert (found.kind, list(found.decisions), [each.amount for each in found.postings]) == ("award", [], [5])
    assert found.sentences
    with pytest.raises(errors.UnknownEntry):
        cafe.explain_entry(guest, entry + 1)
    with pytest.raises(errors.FieldInvalid):
        cafe.explain_entry(guest, 0)


def test_refunds_that_came_before_their_order_are_listed(served: Served) -> None:
    with served.client(program="kiosk") as kiosk:
        kiosk.apply_program(CAFE.replace("program: cafe", "program: kiosk"))
        for member in ("a", "b"):
            kiosk.enroll_member(member)
            kiosk.record_refund(member, refund_id="r1", order_id="1", amount=4_000)
            kiosk.record_refund(member, refund_id="r2", order_id="2", amount=4_000)
        assert [
            (each.member, each.refund_id, each.problem) for each in kiosk.list_waiting_refunds(page_size=3)
        ] == [
            ("a", "r1", ""),
            ("a", "r2", ""),
            ("b", "r1", ""),
            ("b", "r2", ""),
        ]
        late = buy(kiosk, "a", "1", 5_000).entry
        short = buy(kiosk, "b", "1", 3_000).entry
        waiting = list(kiosk.list_waiting_refunds())
        assert [(each.member, each.order_id) for each in waiting] == [("a", "2"), ("b", "1"), ("b", "2")]
        assert [bool(each.problem) for each in waiting] == [False, True, False]
        assert [
            bool(kiosk.explain_entry(*each).explanation.rejected) for each in (("a", late), ("b", short))
        ] == [
            False,
            True,
        ]
        assert kiosk.explain_entry("a", waiting[0].entry).explanation.awaited_order_id == "2"


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"page_token": "edited"}, errors.PageTokenInvalid),
        ({"page_size": -1}, errors.FieldInvalid),
        ({"program": "nowhere"}, errors.UnknownProgram),
    ],
)
def test_a_page_that_cannot_be_listed_is_refused(
    cafe: TallybookClient, channel: grpc.Channel, fields: dict[str, Any], refused: type[Exception]
) -> None:
    request = ListWaitingRefundsRequest(**{"program": "cafe"} | fields)
    with pytest.raises(grpc.RpcError) as raised:
        EventServiceStub(channel).ListWaitingRefunds(request, timeout=20)
    assert isinstance(error_of_call(raised.value), refused)
