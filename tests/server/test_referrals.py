"""Referrals through the real client: codes, bindings, and what newcomers bring; one by one and in batches."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import tallybook as tb
from tallybook_client import ReferralState, TallybookClient, errors, requests
from tallybook_client.cli import main
from tallybook_server.convert_referrals import REFERRAL_STATES

from tests.server.serving import Served

CLUB = """
program: friends
timezone: UTC
units:
  points: {kind: redeemable}
  cash: {kind: redeemable, scale: 2}
referrals:
  return_window_days: 7
  rewards:
    newcomer: [{kind: units, unit: points, units: 50}]
    referrer: [{kind: units, unit: points, units: 100}]
  caps: [{period: life, newcomers: 3}]
  commission: {unit: cash, currency: USD, per: "1.00", rates: ["0.05"]}
"""
LINES = [{"amount": 10_000}]


@pytest.fixture(scope="module")
def club(served: Served) -> Iterator[TallybookClient]:
    with served.client(program="friends") as client:
        client.apply_program(CLUB)
        yield client


def enrolled(club: TallybookClient) -> str:
    name = f"n-{secrets.token_hex(6)}"
    club.enroll_member(name)
    return name


def buy(club: TallybookClient, member: str, order_id: str, **told: Any) -> None:
    lines = [requests.PurchaseLine(amount=10_000)]
    club.record_purchase(member, order_id=order_id, currency="USD", lines=lines, **told)


def test_every_state_is_in_the_contract() -> None:
    assert set(REFERRAL_STATES) == {each.value for each in tb.ReferralState}
    assert len(set(REFERRAL_STATES.values())) == len(ReferralState.keys()) - 1


def test_a_code_leads_to_whoever_has_it(club: TallybookClient) -> None:
    amy, bob = enrolled(club), enrolled(club)
    issued = club.issue_referral_code(amy, request_id="c1")
    assert club.issue_referral_code(amy, request_id="c1").replayed
    assert club.get_referral(amy).referral.code == issued.code
    bound = club.bind_referral(bob, code=issued.code.lower())
    assert (bound.referrer, bound.return_window_days) == (amy, 7)
    assert club.get_entry(amy, bound.referrer_entry).entry.counterpart_member == bob
    referred = club.get_referral(bob).referral.referred
    assert (referred.referrer, referred.bound_at) == (amy, bound.bound_at)
    assert referred.state == ReferralState.REFERRAL_STATE_BOUND
    assert not referred.HasField("counts_at")


def test_what_newcomers_bring_is_told(club: TallybookClient) -> None:
    amy, bob, eve = enrolled(club), enrolled(club), enrolled(club)
    for newcomer in (bob, eve):
        club.bind_referral(newcomer, referrer=amy)
    buy(club, bob, "o1")
    (one, other) = sorted(club.list_newcomers(amy, page_size=1), key=lambda each: each.member != bob)
    assert (one.member, one.state) == (bob, ReferralState.REFERRAL_STATE_BOUGHT)
    assert [(each.unit, each.amount) for each in one.earned] == [("cash", 500)]
    today = datetime.now(UTC).date()
    assert one.counts_at.ToDatetime(UTC).date() == today + timedelta(days=7)
    assert (other.member, other.state) == (eve, ReferralState.REFERRAL_STATE_BOUND)
    found = club.get_referral(amy).referral
    assert (found.newcomers, found.rewarded) == (2, 0)
    assert [(cap.period, cap.newcomers, cap.left) for cap in found.caps] == [("life", 3, 3)]
    club.record_refund(bob, refund_id="r1", order_id="o1")
    assert not club.get_referral(amy).referral.earned


def test_commands_in_batches_are_the_same(club: TallybookClient) -> None:
    amy, bob = enrolled(club), enrolled(club)
    code = secrets.token_hex(6)
    issued, bound, again = club.batch_post(
        [
            requests.issue_referral_code(amy, code=code),
            requests.bind_referral(bob, code=code),
            requests.bind_referral(bob, referrer=amy),
        ]
    )
    assert issued.code == code
    assert bound.referrer == amy
    assert isinstance(again, errors.AlreadyReferred)
    assert (again.member, again.referrer) == (bob, amy)


def test_what_is_refused_has_its_reason_and_facts(club: TallybookClient) -> None:
    amy, bob = enrolled(club), enrolled(club)
    with pytest.raises(errors.SelfReferral):
        club.bind_referral(amy, referrer=amy)
    with pytest.raises(errors.UnknownReferralCode) as unknown:
        club.bind_referral(amy, code="nobodys")
    assert unknown.value.referral_code == "nobodys"
    code = secrets.token_hex(6)
    club.issue_referral_code(amy, code=code)
    with pytest.raises(errors.ReferralCodeTaken):
        club.issue_referral_code(bob, code=code)
    club.bind_referral(bob, referrer=amy)
    with pytest.raises(errors.ReferralCircle):
        club.bind_referral(amy, referrer=bob)
    buyer = enrolled(club)
    buy(club, buyer, "o1")
    with pytest.raises(errors.NotANewcomer) as bought:
        club.bind_referral(buyer, referrer=amy)
    assert bought.value.problem == "has bought something"


def test_a_trial_binds_nobody(club: TallybookClient) -> None:
    amy, bob = enrolled(club), enrolled(club)
    assert club.bind_referral(bob, referrer=amy, validate_only=True).referrer == amy
    assert not club.get_referral(bob).referral.HasField("referred")


def test_the_command_line_does_the_same(
    served: Served, club: TallybookClient, capsys: pytest.CaptureFixture[str]
) -> None:
    amy, bob, code = enrolled(club), enrolled(club), secrets.token_hex(6)
    where = ["--address", served.address, "--program", "friends"]
    assert main(["referral-code", *where, amy, "--code", code]) == 0
    assert main(["bind", *where, bob, "--code", code]) == 0
    buy(club, bob, "o1")
    for command, member in (("referral", amy), ("referral", bob), ("newcomers", amy)):
        assert main([command, *where, member]) == 0
    said = capsys.readouterr().out
    for expected in (
        f"referral code {code}",
        f"brought by {amy}",
        "brought 1, rewarded for 0, 500 cash",
        "3 of 3 left for the life",
        f"brought by {amy}, bought o1, counts from ",
        f"{bob}: bought o1, counts from ",
    ):
        assert expected in said
