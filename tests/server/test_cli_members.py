"""The command line about who a member is, against a server with a key for identities."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import pytest
from tallybook_client import TallybookClient
from tallybook_client.cli import main

from tests.server.serving import Served
from tests.server.test_members import enrolled, keyed, people

__all__ = ["keyed", "people"]

Told = Callable[..., list[str]]


@pytest.fixture
def told(keyed: Served, people: TallybookClient, capsys: pytest.CaptureFixture[str]) -> Told:
    """What the command line prints."""

    def run(*words: str) -> list[str]:
        assert main([words[0], "--address", keyed.address, "--program", "people", *words[1:]]) == 0
        return capsys.readouterr().out.splitlines()

    return run


def number() -> str:
    """A telephone number that nobody else has."""
    return f"+4917{secrets.randbelow(10**9):09}"


def test_a_profile_is_told(told: Told, people: TallybookClient) -> None:
    member = enrolled(people)
    assert told("birthday", member, "02-29") == ["birthday 02-29"]
    assert told("birthday", member, "none") == ["birthday not known, was 02-29"]
    assert told("tag", member, "vip", "staff") == ["tags staff, vip"]
    assert told("untag", member, "vip") == ["tags staff"]
    assert told("freeze", member, "--scope", "redeem", "--reason", "card stolen") == ["frozen"]
    shown = told("member", member)
    assert shown[0].startswith(f"{member}: aware, since ")
    assert shown[1:] == ["tags staff", "frozen (redeem): card stolen"]
    assert told("unfreeze", member, "--reason", "found") == ["goes on"]
    assert told("segments", member) == ["staff"]
    assert member in told("segment", "staff")
    assert any(line.startswith("segment staff: ") for line in told("segment-counts"))


def test_identities_lead_to_their_member(told: Told, people: TallybookClient) -> None:
    member, phone = enrolled(people), number()
    assert told("link-identity", member, "phone", phone) == ["1 of kind phone"]
    assert told("whose-identity", "phone", phone) == [member]
    (hidden,) = told("identities", member)
    assert hidden.startswith("phone since ")
    assert phone not in hidden
    assert told("identities", member, "--reveal") == [f"{hidden}: {phone}"]
    assert told("erase", member) == ["forgotten, with 1 identities"]
    assert any(line.startswith("erased on ") for line in told("member", member))


def test_an_identity_is_linked_no_more(told: Told, people: TallybookClient) -> None:
    member, phone = enrolled(people), number()
    told("link-identity", member, "phone", phone, "--reason", "at the till")
    assert told("unlink-identity", member, "phone", phone) == ["0 of kind phone"]


def test_two_members_are_one_and_two_again(told: Told, people: TallybookClient) -> None:
    kept, gone = enrolled(people), enrolled(people)
    people.award(member=gone, unit="points", amount=30)
    people.link_identity(gone, kind="phone", value=number())
    assert told("merge", kept, gone, "--reason", "same person") == [f"{gone} goes on here, with 0 events"]
    assert told("member", gone)[-1] == f"goes on as {kept}"
    assert told("split", kept, gone) == [
        f"{gone} is a member again, with 1 identities",
        "  30 points of house",
    ]


def test_a_review_is_listed_and_resolved(told: Told, people: TallybookClient) -> None:
    member = enrolled(people)
    people.award(member=member, unit="points", amount=100)
    people.redeem(member=member, unit="points", amount=60)
    (review,) = [line for line in told("reviews", "--limit", "1000") if line.startswith(f"{member} ")]
    assert ": burst, 60 points since " in review
    assert review.endswith(", 50 allowed")
    review_id = review.split()[1].rstrip(":")
    resolved = told("resolve-review", member, review_id, "cleared", "ann")
    assert resolved == [f"{review_id} cleared, no longer frozen"]
    assert any(line.startswith(f"{member} ") for line in told("reviews", "--done", "--limit", "1000"))
