"""Requests are built from plain values, exactly; what cannot be meant raises before anything is sent."""

import doctest
from datetime import UTC, date, datetime, timedelta, timezone
from types import ModuleType

import pytest
from tallybook_client import (
    FreezeScope,
    PurchaseDiscount,
    PurchaseLine,
    RefundLine,
    ShortfallPolicy,
    Tender,
    requests,
)
from tallybook_client.requests import commands, events, referrals, stored_value


def test_an_award_takes_all_there_is_to_say() -> None:
    request = requests.award(
        "m1",
        amount=120,
        unit="points",
        fund="partner",
        vests_on=date(2026, 1, 15),
        expires_on=date(2027, 1, 31),
        request_id="order-1",
        occurred_at=datetime(2026, 1, 1, 12, 30, tzinfo=timezone(timedelta(hours=2))),
        source="webshop",
        reason="order 1",
        metadata={"order": "1"},
        validate_only=True,
    )
    assert (request.member, request.amount, request.unit, request.fund) == ("m1", 120, "points", "partner")
    assert (request.vests_on.year, request.vests_on.month, request.vests_on.day) == (2026, 1, 15)
    assert (request.expires_on.year, request.expires_on.month, request.expires_on.day) == (2027, 1, 31)
    assert request.occurred_at.ToDatetime(tzinfo=UTC) == datetime(2026, 1, 1, 10, 30, tzinfo=UTC)
    assert (request.request_id, request.source, request.reason) == ("order-1", "webshop", "order 1")
    assert dict(request.metadata) == {"order": "1"}
    assert request.validate_only


def test_what_is_not_said_is_not_sent() -> None:
    request = requests.award("m1", amount=1, unit="points", request_id="r")
    assert [field.name for field, _ in request.ListFields()] == ["member", "request_id", "unit", "amount"]


def test_times_are_exact_to_the_microsecond() -> None:
    moment = datetime(2026, 1, 1, 12, 30, 0, 123457, tzinfo=UTC)
    assert requests.enroll_member("m1", occurred_at=moment).occurred_at.nanos == 123_457_000


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        requests.enroll_member("m1", occurred_at=datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize("amount", [2**63, -(2**63) - 1])
def test_an_amount_beyond_64_bits_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match=r"(?i)out of range"):
        requests.redeem("m1", amount=amount, unit="points")


@pytest.mark.parametrize("amount", [1.5, "12"])
def test_an_amount_is_a_whole_number(amount: object) -> None:
    with pytest.raises(TypeError):
        requests.redeem("m1", amount=amount, unit="points")  # type: ignore[arg-type]


def test_a_part_is_told_from_the_whole() -> None:
    assert not requests.capture("m1", "H1").HasField("amount")
    assert requests.capture("m1", "H1", amount=0).HasField("amount")
    assert not requests.reverse("m1", 3).HasField("amount")
    assert requests.reverse("m1", 3, amount=5, shortfall=ShortfallPolicy.SHORTFALL_POLICY_ARREARS).amount == 5


def test_a_hold_has_a_time_limit_in_seconds() -> None:
    request = requests.hold("m1", amount=5, unit="points", hold_id="H1", ttl=timedelta(minutes=15))
    assert (request.hold_id, request.ttl.seconds) == ("H1", 900)
    assert not requests.hold("m1", amount=5, unit="points").HasField("ttl")


@pytest.mark.parametrize("module", [commands, events, referrals, stored_value])
def test_the_examples_of_the_docs_run(module: ModuleType) -> None:
    ran = doctest.testmod(module)
    assert ran.attempted
    assert not ran.failed


def test_a_purchase_says_all_there_is_to_say() -> None:
    request = requests.record_purchase(
        "alice",
        order_id="1001",
        currency="USD",
        lines=[
            PurchaseLine(line_id="a", sku="A1", category="dairy", brand="x", quantity=2, amount=500, tax=35),
            PurchaseLine(amount=300, attributes={"size": "L"}),
        ],
        tax=10,
        shipping=490,
        discounts=[PurchaseDiscount(code="SPRING", amount=100)],
        tenders=[Tender(kind="points", amount=235, entry=7), Tender(kind="card", amount=1_000)],
        total=1_235,
        store="s1",
        channel="web",
        attributes={"gift": True, "boxes": 3, "note": "1"},
        occurred_at=datetime(2026, 1, 1, tzinfo=UTC),
        source="webshop",
        reason="order 1001",
        metadata={"cart": "c1"},
        validate_only=True,
    )
    purchase = request.purchase
    assert (request.member, request.WhichOneof("event"), purchase.order_id) == ("alice", "purchase", "1001")
    assert [line.amount for line in purchase.lines] == [500, 300]
    assert [line.HasField("quantity") for line in purchase.lines] == [True, False]
    assert dict(purchase.lines[1].attributes) == {"size": "L"}
    assert (purchase.tax, purchase.shipping, purchase.total) == (10, 490, 1_235)
    assert [(each.kind, each.entry, each.HasField("entry")) for each in purchase.tenders] == [
        ("points", 7, True),
        ("card", 0, False),
    ]
    assert (purchase.store, purchase.channel) == ("s1", "web")
    kinds = {name: value.WhichOneof("value") for name, value in purchase.attributes.items()}
    assert kinds == {"gift": "flag", "boxes": "number", "note": "text"}
    assert request.occurred_at.seconds == 1_767_225_600
    assert (request.source, request.reason, request.validate_only) == ("webshop", "order 1001", True)
    assert dict(request.metadata) == {"cart": "c1"}


def test_a_total_that_is_not_said_is_not_sent() -> None:
    request = requests.record_purchase("alice", order_id="1", currency="USD", lines=[PurchaseLine(amount=1)])
    assert [field.name for field, _ in request.purchase.ListFields()] == ["order_id", "currency", "lines"]


def test_a_refund_is_of_lines_or_an_amount_or_of_all_that_is_left() -> None:
    of_lines = requests.record_refund(
        "alice",
        refund_id="r1",
        order_id="1001",
        lines=[
            RefundLine(line_id="1", quantity=1),
            RefundLine(line_id="2", amount=50),
            RefundLine(line_id="3"),
        ],
    )
    assert [line.WhichOneof("part") for line in of_lines.refund.lines] == ["quantity", "amount", None]
    assert not of_lines.refund.HasField("amount")
    assert requests.record_refund("alice", refund_id="r1", order_id="1001", amount=50).refund.amount == 50


def test_a_custom_event_has_a_name_and_an_id() -> None:
    request = requests.record_event("alice", "check_in", event_id="2026-05-01", attributes={"store": "s1"})
    assert (request.custom.name, request.custom.event_id) == ("check_in", "2026-05-01")
    assert request.custom.attributes["store"].text == "s1"


@pytest.mark.parametrize("value", [1.5, None, b"x"])
def test_an_attribute_is_text_a_whole_number_or_a_truth_value(value: object) -> None:
    with pytest.raises(TypeError, match="attribute"):
        requests.record_event("alice", "check_in", event_id="1", attributes={"a": value})  # type: ignore[dict-item]


def test_an_event_takes_no_request_id() -> None:
    with pytest.raises(ValueError, match="request_id"):
        requests.record_event("alice", "check_in", event_id="1", request_id="r")  # type: ignore[call-arg]


def test_an_amount_of_stored_value_that_is_not_said_is_not_sent() -> None:
    everything = [
        requests.refund_spend("m1", 7),
        requests.request_top_up_refund("m1", "T1"),
        requests.reactivate("m1", unit="USD", reason="asked for it"),
    ]
    assert [request.HasField("amount") for request in everything] == [False] * 3
    some = [
        requests.refund_spend("m1", 7, amount=5),
        requests.request_top_up_refund("m1", "T1", amount=5),
        requests.reactivate("m1", unit="USD", reason="asked for it", amount=5),
    ]
    assert [request.amount for request in some] == [5] * 3


def test_a_top_up_says_its_plan_and_its_id() -> None:
    request = requests.top_up("m1", amount=10_000, unit="USD", plan="big", top_up_id="T1")
    assert (request.amount, request.unit, request.plan, request.top_up_id) == (10_000, "USD", "big", "T1")
    paid = requests.confirm_top_up("m1", "T1", amount=10_000, payment="pay-1")
    assert (paid.top_up_id, paid.amount, paid.payment) == ("T1", 10_000, "pay-1")


def test_a_holder_is_named_or_is_not_any_more() -> None:
    assert requests.name_holder("m1", reason="passport seen").is_named
    taken_back = requests.name_holder("m1", is_named=False, reason="a mistake")
    assert taken_back.HasField("is_named")
    assert not taken_back.is_named


def test_the_rest_say_what_they_are_given() -> None:
    adjusted = requests.adjust("m1", amount=-5, unit="points", reason="miscounted", allow_arrears=True)
    assert (adjusted.amount, adjusted.reason, adjusted.allow_arrears) == (-5, "miscounted", True)
    given = requests.gift("m1", "m2", amount=5, unit="points")
    assert (given.member, given.to_member, given.amount) == ("m1", "m2", 5)
    frozen = requests.freeze_member("m1", scope=FreezeScope.FREEZE_SCOPE_REDEEM, reason="under review")
    assert (frozen.scope, frozen.reason) == (FreezeScope.FREEZE_SCOPE_REDEEM, "under review")
    assert requests.unfreeze_member("m1", reason="reviewed").reason == "reviewed"
    assert list(requests.get_balances("m1", units=["points"]).units) == ["points"]
