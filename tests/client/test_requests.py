"""Requests are built from plain values, exactly; what cannot be meant raises before anything is sent."""

import doctest
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from tallybook_client import FreezeScope, Money, ShortfallPolicy, requests


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


def test_an_award_is_an_amount_or_what_money_earns() -> None:
    earned = requests.award("m1", spend=Money(currency="USD", minor_units=7200))
    assert earned.WhichOneof("value") == "spend"
    assert earned.spend.minor_units == 7200
    for neither_or_both in ({}, {"amount": 1, "spend": Money()}):
        with pytest.raises(ValueError, match="one of them"):
            requests.award("m1", unit="points", **neither_or_both)  # type: ignore[arg-type]


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


def test_the_examples_of_the_docs_run() -> None:
    assert doctest.testmod(requests).failed == 0


def test_the_rest_say_what_they_are_given() -> None:
    adjusted = requests.adjust("m1", amount=-5, unit="points", reason="miscounted", allow_arrears=True)
    assert (adjusted.amount, adjusted.reason, adjusted.allow_arrears) == (-5, "miscounted", True)
    given = requests.gift("m1", "m2", amount=5, unit="points")
    assert (given.member, given.to_member, given.amount) == ("m1", "m2", 5)
    frozen = requests.freeze_member("m1", scope=FreezeScope.FREEZE_SCOPE_REDEEM, reason="under review")
    assert (frozen.scope, frozen.reason) == (FreezeScope.FREEZE_SCOPE_REDEEM, "under review")
    assert requests.unfreeze_member("m1", reason="reviewed").reason == "reviewed"
    assert list(requests.get_balances("m1", units=["points"]).units) == ["points"]
