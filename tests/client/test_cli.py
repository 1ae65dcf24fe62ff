"""The command `tallybook-client`: what it prints, and how it ends."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date
from tallybook_client._gen.tallybook.v1.amounts_pb2 import Balance, Lot, UnitBalance
from tallybook_client._gen.tallybook.v1.entry_pb2 import Entry, Posting
from tallybook_client._gen.tallybook.v1.event_pb2 import (
    MovedUnit,
    RecordEventResponse,
    RevaluedEvent,
    Reward,
    RewardCut,
    SkippedRule,
    SkipReason,
    TakenReward,
)
from tallybook_client._gen.tallybook.v1.event_service_pb2 import (
    ExplainEntryResponse,
    ListWaitingRefundsResponse,
    WaitingRefund,
)
from tallybook_client._gen.tallybook.v1.explanation_pb2 import Explanation
from tallybook_client._gen.tallybook.v1.hold_pb2 import CaptureResponse, HoldResponse, ReleaseResponse
from tallybook_client._gen.tallybook.v1.member_service_pb2 import EnrollMemberResponse
from tallybook_client._gen.tallybook.v1.points_service_pb2 import (
    GetBalancesResponse,
    GetEntryResponse,
    ListEntriesResponse,
)
from tallybook_client._gen.tallybook.v1.posting_pb2 import AwardResponse, RedeemResponse
from tallybook_client.cli import main

from tests.client.fake_server import FakeServer, Refuse

MOMENT = Timestamp()
MOMENT.FromDatetime(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
LAST_DAY = Date(year=2027, month=1, day=31)
BALANCE = Balance(unit="points", available=122, held=10)
AWARDED = AwardResponse(
    amount=120, available=120, expires_on=LAST_DAY, entry=2, recorded_at=MOMENT, balance=BALANCE
)

Cli = Callable[[str], tuple[int, str, str]]


@pytest.fixture
def cli(server: FakeServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a command line against the fake server; gives exit code, output and complaints."""
    monkeypatch.setenv("TALLYBOOK_ADDRESS", server.address)

    def run(line: str) -> tuple[int, str, str]:
        try:
            code = main(line.split())
        except SystemExit as usage:  # argparse ends the process by itself
            code = int(str(usage.code))
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_an_award_tells_what_became_of_it(server: FakeServer, cli: Cli) -> None:
    server.answers("award", AWARDED)
    code, out, err = cli("award m1 120 --request-id order-1 --source webshop")
    assert (code, err) == (0, "")
    assert out == (
        "awarded 120 points, last day 2027-01-31\n"
        "points: available 122, held 10\n"
        "entry 2, 2026-01-02 03:04:05Z\n"
    )
    [request] = server.requests
    assert (request.program, request.member, request.unit, request.amount) == ("demo", "m1", "points", 120)
    assert (request.request_id, request.source) == ("order-1", "webshop")


def test_an_award_tells_all_its_parts(server: FakeServer, cli: Cli) -> None:
    parts: dict[str, Any] = {
        "amount": 10,
        "available": 1,
        "pending": 2,
        "repaid": 3,
        "lapsed": 4,
        "vests_on": LAST_DAY,
    }
    server.answers(
        "award", AwardResponse(**parts, replayed=True, entry=2, recorded_at=MOMENT, balance=BALANCE)
    )
    _, out, _ = cli("award m1 10")
    assert out.splitlines()[0] == (
        "awarded 10 points, 2 pending until 2027-01-31, 3 repaid arrears, 4 lapsed at once"
    )
    assert out.splitlines()[-1] == "entry 2, 2026-01-02 03:04:05Z, replayed"


def test_a_redemption_says_when_it_took_less(server: FakeServer, cli: Cli) -> None:
    server.answers(
        "redeem", RedeemResponse(asked=100, amount=22, entry=3, recorded_at=MOMENT, balance=BALANCE)
    )
    _, out, _ = cli("redeem m1 100 --partial")
    assert out.splitlines()[0] == "redeemed 22 of 100 asked points"
    assert server.requests[0].allow_partial


def test_a_hold_is_captured_or_released(server: FakeServer, cli: Cli) -> None:
    about: dict[str, Any] = {"hold_id": "H1", "entry": 3, "recorded_at": MOMENT, "balance": BALANCE}
    server.answers("hold", HoldResponse(amount=100, deadline=MOMENT, **about))
    server.answers("capture", CaptureResponse(amount=60, released=30, lapsed=10, **about))
    server.answers("release", ReleaseResponse(released=100, **about))
    assert cli("hold m1 100 --hold-id H1 --ttl 15m")[1].startswith(
        "held 100 points as H1 until 2026-01-02 03:04:05Z\n"
    )
    assert cli("capture m1 H1 60")[1].startswith("captured 60 points of H1, 30 released, 10 lapsed\n")
    assert cli("release m1 H1")[1].startswith("H1 is over, 100 released\n")
    held, captured, released = server.requests
    assert (held.ttl.seconds, captured.amount, released.hold_id) == (900, 60, "H1")


def test_enrolling_tells_the_entry(server: FakeServer, cli: Cli) -> None:
    server.answers("enroll_member", EnrollMemberResponse(entry=1, recorded_at=MOMENT))
    assert cli("enroll m1")[1] == "enrolled\nentry 1, 2026-01-02 03:04:05Z\n"


def test_a_purchase_tells_what_each_rule_gave(server: FakeServer, cli: Cli) -> None:
    base = Reward(
        rule="base", unit="points", amount=50, base=7299, rate="1/100", exact="7299/100", rounded=72,
        cuts=[RewardCut(what="cap:day", by=22)], expires_on=LAST_DAY, vests_on=LAST_DAY,
    )  # fmt: skip
    bonus = Reward(rule="bonus", unit="points", amount=5, base=1, rate="5", exact="5", rounded=5)
    skipped = [
        SkippedRule(rule="spring", reason=SkipReason.SKIP_REASON_CUT, detail="budget:spring"),
        SkippedRule(reason=SkipReason.SKIP_REASON_FROZEN),
    ]
    later = [RevaluedEvent(event_key="purchase/1002", rewards=[bonus]), RevaluedEvent(event_key="event/a/1")]
    server.answers(
        "record_event",
        RecordEventResponse(
            entry=2,
            recorded_at=MOMENT,
            rewards=[base, bonus],
            skipped=skipped,
            balances=[BALANCE],
            revalued=later,
        ),
    )
    line = (
        "purchase m1 1001 --line sku=A1,quantity=2,amount=7299 --line amount=1 --tender kind=card,amount=7300"
    )
    code, out, err = cli(f"{line} --discount code=X,amount=5 --occurred-at 2026-01-02T04:04:05+01:00")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "base: 50 points, from 7299 at 1/100, 7299/100 rounded to 72, 22 less by cap:day, "
        "last day 2027-01-31, pending until 2027-01-31",
        "bonus: 5 points, from 1 at 5",
        "spring: nothing, cut (budget:spring)",
        "all rules: nothing, frozen",
        "purchase/1002 now earns 5 points by bonus",
        "event/a/1 now earns nothing",
        "points: available 122, held 10",
        "entry 2, 2026-01-02 03:04:05Z",
    ]
    [request] = server.requests
    lines = [(each.sku, each.quantity, each.amount) for each in request.purchase.lines]
    assert lines == [("A1", 2, 7299), ("", 0, 1)]
    assert (request.purchase.order_id, request.purchase.currency) == ("1001", "USD")
    assert (request.purchase.tenders[0].kind, request.purchase.discounts[0].code) == ("card", "X")
    assert request.occurred_at == MOMENT


def test_a_refund_tells_what_was_taken_back(server: FakeServer, cli: Cli) -> None:
    taken = TakenReward(rule="base", unit="points", amount=30)
    moved = MovedUnit(unit="points", taken=30, returned=40)
    about: dict[str, Any] = {"entry": 3, "recorded_at": MOMENT}
    server.answers(
        "record_event",
        RecordEventResponse(taken=[taken], moved=[moved], **about),
        RecordEventResponse(waiting=True, **about),
    )
    assert cli("refund m1 r1 1001 --line line_id=1,quantity=1")[1].splitlines()[:-1] == [
        "base: 30 points taken back",
        "40 points that had paid went back",
    ]
    assert cli("refund m1 r2 1002 --amount 500")[1].splitlines()[0] == "waiting for its order"
    of_line, of_amount = server.requests
    assert (of_line.refund.lines[0].line_id, of_line.refund.lines[0].quantity) == ("1", 1)
    assert (of_amount.refund.refund_id, of_amount.refund.order_id, of_amount.refund.amount) == (
        "r2",
        "1002",
        500,
    )


def test_a_custom_event_carries_its_attributes(server: FakeServer, cli: Cli) -> None:
    server.answers("record_event", RecordEventResponse(entry=3, recorded_at=MOMENT))
    code, _, _ = cli(
        "event m1 review 77 --store s1 --attribute stars=5 --attribute photo=true --attribute by=x=y"
    )
    assert code == 0
    custom = server.requests[0].custom
    assert (custom.name, custom.event_id, custom.store) == ("review", "77", "s1")
    values = {name: getattr(value, value.WhichOneof("value")) for name, value in custom.attributes.items()}
    assert values == {"stars": 5, "photo": True, "by": "x=y"}


def test_an_explanation_is_told_in_sentences(server: FakeServer, cli: Cli) -> None:
    why = Explanation(sentences=["Rule base gave 72 points.", "No cap."])
    server.answers("explain_entry", ExplainEntryResponse(explanation=why))
    assert cli("explain m1 2")[1] == "Rule base gave 72 points.\nNo cap.\n"
    assert (server.requests[0].member, server.requests[0].entry) == ("m1", 2)


def test_waiting_refunds_are_listed(server: FakeServer, cli: Cli) -> None:
    about: dict[str, Any] = {"member": "m1", "refund_id": "r1", "order_id": "1001", "occurred_at": MOMENT}
    refunds = [WaitingRefund(**about), WaitingRefund(**about, problem="too much")]
    server.answers("list_waiting_refunds", ListWaitingRefundsResponse(refunds=refunds))
    assert cli("waiting-refunds")[1].splitlines() == [
        "m1: refund r1 of order 1001, 2026-01-02 03:04:05Z, its order has not come",
        "m1: refund r1 of order 1001, 2026-01-02 03:04:05Z, too much",
    ]


def test_balances_are_told_lot_by_lot(server: FakeServer, cli: Cli) -> None:
    lots = [
        Lot(account="available", fund="house", amount=122, expires_on=LAST_DAY),
        Lot(account="pending", fund="house", amount=5, vests_on=LAST_DAY),
    ]
    unit = UnitBalance(balance=Balance(unit="points", available=122, pending=5), lots=lots)
    server.answers("get_balances", GetBalancesResponse(member="m1", balances=[unit]))
    code, out, _ = cli("balances m1 --unit points")
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["points:", "available", "122,", "pending", "5"],
        ["122", "available", "house", "last", "day", "2027-01-31"],
        ["5", "pending", "house", "never", "lapses,", "vests", "2027-01-31"],
    ]
    assert list(server.requests[0].units) == ["points"]


def entry(version: int, kind: str, source: str, target: str, amount: int) -> Entry:
    moved = Posting(unit="points", amount=amount, from_account=source, to_account=target, fund="house")
    return Entry(version=version, kind=kind, recorded_at=MOMENT, postings=[moved], request_id=f"r{version}")


def test_a_statement_tells_what_moved_newest_first(server: FakeServer, cli: Cli) -> None:
    page = ListEntriesResponse(
        entries=[
            entry(3, "redeem", "available", "redeemed", 40),
            entry(2, "award", "issued", "available", 120),
        ],
        next_page_token="more",
    )
    server.answers("list_entries", page)
    code, out, _ = cli("statement m1 --limit 2")
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["3", "2026-01-02", "03:04:05Z", "redeem", "points", "-40"],
        ["2", "2026-01-02", "03:04:05Z", "award", "points", "+120"],
    ]
    assert len(server.requests) == 1, "no page is fetched beyond the limit"


def test_an_entry_is_told_with_its_postings(server: FakeServer, cli: Cli) -> None:
    server.answers("get_entry", GetEntryResponse(entry=entry(2, "award", "issued", "available", 120)))
    _, out, _ = cli("entry m1 2")
    assert out.splitlines()[1:] == ["  request r2", "  120 points from issued to available, house"]


def test_json_is_one_line_a_reply_with_every_field(server: FakeServer, cli: Cli) -> None:
    server.answers("award", AWARDED)
    _, out, _ = cli("award m1 120 --json")
    [line] = out.splitlines()
    reply = json.loads(line)
    assert (reply["amount"], reply["replayed"], reply["pending"]) == ("120", False, "0")
    assert reply["balance"]["available"] == "122"


def test_a_refusal_is_told_with_its_facts(server: FakeServer, cli: Cli) -> None:
    facts = {"unit": "points", "asked": "1000", "available": "22"}
    server.answers("redeem", Refuse(grpc.StatusCode.FAILED_PRECONDITION, "NOT_ENOUGH_POINTS", facts))
    code, out, err = cli("redeem m1 1000")
    assert (code, out) == (1, "")
    assert err == (
        "tallybook-client: NOT_ENOUGH_POINTS: no\n  asked: 1000\n  available: 22\n  unit: points\n"
    )


def test_wrong_fields_are_named(server: FakeServer, cli: Cli) -> None:
    wrong = Refuse(
        grpc.StatusCode.INVALID_ARGUMENT, "FIELD_INVALID", fields=(("amount", "must be above zero"),)
    )
    server.answers("redeem", wrong)
    code, _, err = cli("redeem m1 -5")
    assert code == 1
    assert "amount: must be above zero" in err


def test_no_server_is_a_failure_and_says_where_to_look(cli: Cli) -> None:
    code, out, err = cli("balances m1 --address 127.0.0.1:1 --timeout 0.3")
    assert (code, out) == (3, "")
    assert "is the server running" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "line",
    [
        "",
        "burn m1 5",
        "redeem m1",
        "redeem m1 many",
        "hold m1 5 --ttl soon",
        "hold m1 5 --ttl 99999999999999d",
        "statement m1 --limit 0",
        "purchase m1",
        "purchase m1 1 --line 7200",
        "purchase m1 1 --line amount=many",
        "purchase m1 1 --line price=7200",
        "refund m1 1 1 --occurred-at 2026-01-01T12:00",
        "refund m1 1 1 --occurred-at 0001-01-01T00:00:00+14:00",
        "event m1 review 1 --attribute stars",
    ],
    ids=lambda line: line or "nothing",
)
def test_wrong_usage_is_told_before_anything_is_sent(server: FakeServer, cli: Cli, line: str) -> None:
    code, out, err = cli(line)
    assert (code, out) == (2, "")
    assert "usage: tallybook-client" in err
    assert server.requests == []


def test_what_cannot_be_meant_is_wrong_usage_too(server: FakeServer, cli: Cli) -> None:
    code, _, err = cli(f"redeem m1 {2**63}")
    assert code == 2
    assert err.startswith("tallybook-client: ")
    assert server.requests == []


def test_a_dry_run_says_that_it_was_one(server: FakeServer, cli: Cli) -> None:
    server.answers("award", AWARDED)
    code, _, err = cli("award m1 120 --validate-only")
    assert (code, err) == (0, "nothing was recorded: --validate-only\n")
    assert server.requests[0].validate_only


@pytest.mark.parametrize("day", ["2020-01-01", "13-01", "02-30", "2-x", "tomorrow"])
def test_a_birthday_that_is_no_day_is_said_clearly(cli: Cli, day: str) -> None:
    code, _, err = cli(f"birthday m1 {day}")
    assert code == 2
    assert f"{day!r} is no day of a year such as 02-29, nor none" in err


@pytest.mark.parametrize(
    "line", ["override-tier m1 status gold {}", "grant-forecast {} 2027-01-01", "claim m1 t --since {}"]
)
def test_a_day_that_is_none_is_said_clearly(cli: Cli, line: str) -> None:
    code, _, err = cli(line.format("31.01.2027"))
    assert code == 2
    assert "'31.01.2027' is no day such as 2027-01-31" in err
