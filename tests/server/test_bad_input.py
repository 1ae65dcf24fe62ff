"""Whatever comes in: a clear refusal with its details, no text of an exception, and nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo
from google.rpc.status_pb2 import Status
from google.type.date_pb2 import Date
from tallybook_client import PurchaseLine, TallybookClient, errors
from tallybook_client._gen.tallybook.v1.hold_pb2 import HoldRequest
from tallybook_client._gen.tallybook.v1.points_service_pb2 import GetBalancesRequest, ListEntriesRequest
from tallybook_client._gen.tallybook.v1.posting_pb2 import (
    AwardRequest,
    GiftRequest,
    RedeemRequest,
    ReverseRequest,
)
from tallybook_client._gen.tallybook.v1.program_service_pb2 import ListProgramsRequest

POINTS = "/tallybook.v1.PointsService"
INT64_MAX = 2**63 - 1


def send(channel: grpc.Channel, method: str, request: bytes) -> bytes:
    reply: bytes = channel.unary_unary(method)(request, timeout=20)
    return reply


def refusal(channel: grpc.Channel, method: str, request: bytes) -> tuple[grpc.StatusCode, Status]:
    with pytest.raises(grpc.RpcError) as caught:
        send(channel, method, request)
    call: Any = caught.value
    trailers = dict(call.trailing_metadata())
    status = Status.FromString(trailers["grpc-status-details-bin"])
    assert status.message == call.details()
    return call.code(), status


def detail(status: Status, kind: type[Any]) -> Any:
    found = kind()
    assert any(packed.Unpack(found) for packed in status.details), status
    return found


def award(**fields: Any) -> AwardRequest:
    return AwardRequest(
        **{"program": "shop", "member": "m", "request_id": "r", "unit": "points", "amount": 5} | fields
    )


BAD_AWARDS: dict[str, tuple[AwardRequest, str]] = {
    "no program": (award(program=""), "program"),
    "no member": (award(member=""), "member"),
    "a long member": (award(member="m" * 129), "member"),
    "a member with a space": (award(member=" m"), "member"),
    "a member in Chinese": (award(member="会员"), "member"),
    "no request id": (award(request_id=""), "request_id"),
    "a long request id": (award(request_id="r" * 129), "request_id"),
    "a control character": (award(request_id="r\n1"), "request_id"),
    "no unit": (award(unit=""), "unit"),
    "no value": (AwardRequest(program="shop", member="m", request_id="r", unit="points"), "amount"),
    "zero": (award(amount=0), "amount"),
    "below zero": (award(amount=-5), "amount"),
    "far below zero": (award(amount=-(2**63)), "amount"),
    "a day that is none": (award(expires_on=Date(year=2026, month=2, day=30)), "expires_on"),
    "a day without a year": (award(vests_on=Date(month=2, day=3)), "vests_on"),
    "a time far in the past": (award(occurred_at=Timestamp(seconds=-(10**11))), "occurred_at"),
    "a time far in the future": (award(occurred_at=Timestamp(seconds=10**12)), "occurred_at"),
    "a time beyond the calendar": (award(occurred_at=Timestamp(seconds=INT64_MAX)), "occurred_at"),
    "negative nanos": (award(occurred_at=Timestamp(seconds=1, nanos=-1)), "occurred_at"),
    "too many nanos": (award(occurred_at=Timestamp(seconds=1, nanos=10**9)), "occurred_at"),
    "a long reason": (award(reason="x" * 513), "reason"),
    "a source with a bell": (award(source="a\x07"), "source"),
    "too much metadata": (award(metadata={f"k{n}": "v" * 200 for n in range(32)}), "metadata"),
    "too many facts": (award(metadata={f"k{n}": "v" for n in range(33)}), "metadata"),
    "a fact without a name": (award(metadata={"": "v"}), "metadata key"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_AWARDS)
def test_a_malformed_award_names_its_field(channel: grpc.Channel, name: str) -> None:
    request, field = BAD_AWARDS[name]
    code, status = refusal(channel, f"{POINTS}/Award", request.SerializeToString())
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    info = detail(status, ErrorInfo)
    assert (info.reason, info.domain, info.metadata["field"]) == ("FIELD_INVALID", "tallybook", field)
    (violation,) = detail(status, BadRequest).field_violations
    assert (violation.field, violation.description) == (field, info.metadata["problem"])


OTHERS: dict[str, tuple[str, Any, str]] = {
    "a hold for a part of a second": (
        "Hold", HoldRequest(program="shop", member="m", request_id="r", unit="points", amount=1,
                            ttl=Duration(nanos=5)), "ttl"),
    "a hold for no time": (
        "Hold", HoldRequest(program="shop", member="m", request_id="r", unit="points", amount=1,
                            ttl=Duration(seconds=0)), "ttl"),
    "a negative page": (
        "ListEntries", ListEntriesRequest(program="shop", member="m", page_size=-1), "page_size"),
    "no entry": ("Reverse", ReverseRequest(program="shop", member="m", request_id="r"), "entry"),
    "an unknown policy": (
        "Reverse", ReverseRequest(program="shop", member="m", request_id="r", entry=1, shortfall=77),  # type: ignore[arg-type]
        "shortfall"),
    "a past without nanos": (
        "GetBalances", GetBalancesRequest(program="shop", member="m", as_of=Timestamp(nanos=-1)), "as_of"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_a_malformed_request_names_its_field(channel: grpc.Channel, name: str) -> None:
    rpc, request, field = OTHERS[name]
    code, status = refusal(channel, f"{POINTS}/{rpc}", request.SerializeToString())
    assert (code, detail(status, ErrorInfo).metadata["field"]) == (grpc.StatusCode.INVALID_ARGUMENT, field)


def test_what_is_huge_is_refused_or_fits(client: TallybookClient, member: str) -> None:
    assert client.award(member, amount=INT64_MAX, unit="points").balance.available == INT64_MAX
    with pytest.raises(errors.AmountOverflow) as caught:
        client.award(member, amount=1, unit="points")
    assert caught.value.unit == "points"
    assert client.get_balances(member, units=["points"]).balances[0].balance.available == INT64_MAX
    # 2**63 on the wire is a varint of ten bytes, and means the most negative number there.
    with pytest.raises(ValueError, match="out of range"):
        AwardRequest(amount=2**63)


UNKNOWN: dict[str, tuple[type[errors.TallybookError], Callable[[TallybookClient, str], Any]]] = {
    "member": (errors.UnknownMember, lambda c, m: c.award("nobody", amount=1, unit="points")),
    "member to read": (errors.UnknownMember, lambda c, m: c.get_member("nobody")),
    "member with balances": (errors.UnknownMember, lambda c, m: c.get_balances("nobody")),
    "member with a past": (
        errors.UnknownMember,
        lambda c, m: c.get_balances("nobody", as_of=datetime.now(UTC)),
    ),
    "member with entries": (errors.UnknownMember, lambda c, m: list(c.list_entries("nobody"))),
    "receiver": (errors.UnknownMember, lambda c, m: c.gift(m, "nobody", amount=1, unit="points")),
    "unit": (errors.UnknownUnit, lambda c, m: c.award(m, amount=1, unit="pionts")),
    "unit to read": (errors.UnknownUnit, lambda c, m: c.get_balances(m, units=["pionts"])),
    "fund": (errors.UnknownFund, lambda c, m: c.award(m, amount=1, unit="points", fund="mars")),
    "hold": (errors.UnknownHold, lambda c, m: c.capture(m, "H7")),
    "hold to read": (errors.UnknownHold, lambda c, m: c.get_hold(m, "H7")),
    "entry": (errors.UnknownEntry, lambda c, m: c.reverse(m, 17)),
    "entry to read": (errors.UnknownEntry, lambda c, m: c.get_entry(m, 17)),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_unknown_is_not_found(client: TallybookClient, member: str, name: str) -> None:
    error, act = UNKNOWN[name]
    with pytest.raises(error) as caught:
        act(client, member)
    assert caught.value.code is grpc.StatusCode.NOT_FOUND
    assert client.get_member(member).member.version == 1


Act = Callable[[TallybookClient, str], Any]
REFUSED: dict[str, tuple[type[errors.TallybookError], grpc.StatusCode, Act]] = {
    "spending too much": (
        errors.NotEnoughPoints, grpc.StatusCode.FAILED_PRECONDITION,
        lambda c, m: c.redeem(m, amount=1, unit="points")),
    "spending growth": (
        errors.NotRedeemable, grpc.StatusCode.FAILED_PRECONDITION,
        lambda c, m: c.redeem(m, amount=1, unit="growth")),
    "another currency": (
        errors.WrongCurrency, grpc.StatusCode.FAILED_PRECONDITION,
        lambda c, m: c.record_purchase(m, order_id="o", currency="EUR", lines=[PurchaseLine(amount=990)])),
    "a gift to oneself": (
        errors.GiftToSelf, grpc.StatusCode.INVALID_ARGUMENT,
        lambda c, m: c.gift(m, m, amount=1, unit="points")),
    "a hold for a year": (
        errors.HoldTooLong, grpc.StatusCode.FAILED_PRECONDITION,
        lambda c, m: c.hold(m, amount=1, unit="points", ttl=timedelta(days=365))),
    "reversing an enrolment": (
        errors.NotReversible, grpc.StatusCode.FAILED_PRECONDITION, lambda c, m: c.reverse(m, 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_is_refused(client: TallybookClient, member: str, name: str) -> None:
    error, code, act = REFUSED[name]
    with pytest.raises(error) as caught:
        act(client, member)
    assert caught.value.code is code
    assert client.get_member(member).member.version == 1


def test_the_same_hold_is_opened_and_resolved_once(client: TallybookClient, member: str) -> None:
    entry = client.award(member, amount=100, unit="points").entry
    client.hold(member, amount=10, unit="points", hold_id="H1")
    with pytest.raises(errors.HoldExists):
        client.hold(member, amount=10, unit="points", hold_id="H1")
    with pytest.raises(errors.CaptureExceedsHold) as exceeded:
        client.capture(member, "H1", amount=11)
    assert (exceeded.value.asked, exceeded.value.held) == (11, 10)
    client.release(member, "H1")
    with pytest.raises(errors.HoldResolved) as resolved:
        client.capture(member, "H1")
    assert resolved.value.state == "released"
    with pytest.raises(errors.ReversalExceedsEntry) as beyond:
        client.reverse(member, entry, amount=101)
    assert (beyond.value.asked, beyond.value.left) == (101, 100)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\xff\xff\xff",
        b"\x0a\xff\x01shop",
        award().SerializeToString()[:-1],
        b"\x0a\x02\xff\xfe",
        b"\x08\x01" * 3 + b"\x07",
    ],
    ids=["noise", "a length past the end", "truncated", "no UTF-8", "an end without a group"],
)  # fmt: skip
def test_bytes_that_are_no_message_are_refused(channel: grpc.Channel, raw: bytes) -> None:
    code, status = refusal(channel, f"{POINTS}/Award", raw)
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    assert detail(status, ErrorInfo).metadata["field"] == "request"
    assert "tallybook.v1.AwardRequest" in status.message
    assert "Error parsing" not in status.message


@pytest.mark.parametrize(
    "other",
    [
        ListProgramsRequest(page_size=5, page_token="x"),
        GetBalancesRequest(program="shop", member="m", units=["a", "b"]),
        Timestamp(seconds=5, nanos=6),
        Status(code=3, message="no"),
    ],
    ids=lambda other: type(other).__name__,
)
def test_the_bytes_of_another_message_are_refused(channel: grpc.Channel, other: Any) -> None:
    code, _ = refusal(channel, f"{POINTS}/Award", other.SerializeToString())
    assert code is grpc.StatusCode.INVALID_ARGUMENT


def test_a_message_over_its_limit_is_refused_clearly(channel: grpc.Channel) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        send(channel, f"{POINTS}/Award", award(reason="x" * 5_000_000).SerializeToString())
    call: Any = caught.value
    assert call.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert "4194304" in call.details()


@pytest.mark.parametrize(
    "edit", [lambda token: token[:-2] + "AA", lambda token: "x" + token, lambda token: "?"]
)
def test_an_edited_page_token_is_refused(
    client: TallybookClient, channel: grpc.Channel, member: str, edit: Callable[[str], str]
) -> None:
    client.award(member, amount=1, unit="points")
    first = ListEntriesRequest(program="shop", member=member, page_size=1)
    page = send(channel, f"{POINTS}/ListEntries", first.SerializeToString())
    token = _token(page)
    edited = ListEntriesRequest(program="shop", member=member, page_size=1, page_token=edit(token))
    code, status = refusal(channel, f"{POINTS}/ListEntries", edited.SerializeToString())
    assert (code, detail(status, ErrorInfo).reason) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "PAGE_TOKEN_INVALID",
    )
    elsewhere = ListEntriesRequest(program="shop", member="other", page_size=1, page_token=token)
    _, status = refusal(channel, f"{POINTS}/ListEntries", elsewhere.SerializeToString())
    assert detail(status, ErrorInfo).reason == "PAGE_TOKEN_INVALID"


def _token(page: bytes) -> str:
    from tallybook_client._gen.tallybook.v1.points_service_pb2 import ListEntriesResponse  # noqa: PLC0415

    return ListEntriesResponse.FromString(page).next_page_token


def test_an_edited_token_of_programs_is_refused(channel: grpc.Channel) -> None:
    request = ListProgramsRequest(page_token="c2hvcA")
    code, status = refusal(channel, "/tallybook.v1.ProgramService/ListPrograms", request.SerializeToString())
    assert (code, detail(status, ErrorInfo).reason) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "PAGE_TOKEN_INVALID",
    )


def test_a_method_that_is_not_there_is_unimplemented(channel: grpc.Channel) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        send(channel, f"{POINTS}/Burn", b"")
    assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED  # type: ignore[attr-defined]


def test_a_day_long_past_lapses_at_once(client: TallybookClient, member: str) -> None:
    reply = client.award(member, amount=5, unit="points", expires_on=date(1999, 12, 31))
    assert (reply.lapsed, reply.balance.available) == (5, 0)


def test_gifts_and_redemptions_read_their_fields(channel: grpc.Channel) -> None:
    gift = GiftRequest(program="shop", member="a", request_id="r", unit="points", amount=1)
    assert "to_member" in refusal(channel, f"{POINTS}/Gift", gift.SerializeToString())[1].message
    redeem = RedeemRequest(program="shop", member="a", request_id="r", unit="points", amount=-1)
    assert "amount" in refusal(channel, f"{POINTS}/Redeem", redeem.SerializeToString())[1].message
