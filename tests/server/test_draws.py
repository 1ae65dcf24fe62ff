"""Draws and red packets over the wire, as sync client, as terminal, and checked from what is public."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
from tallybook_client import TallybookClient, check_draw, draw_record, errors
from tallybook_client.cli import main
from tallybook_client.draws import DrawGiftKind, RedPacketState

from tests.server.serving import Served

PROGRAM: Final = """
program: fairground
timezone: UTC
units: {points: {kind: redeemable}}
draws:
  wheel:
    display_name: Wheel of fortune
    cost: {unit: points, units: 1}
    blank_weight: 2
    prizes:
      mug: {display_name: Mug, weight: 2, stock: 3, goods: A mug}
      two: {weight: 4, most_per_member: 6, rewards: [{kind: units, unit: points, units: 2}]}
    guarantee: {after: 3}
  sure:
    prizes:
      mug: {weight: 1, stock: 1, goods: A mug}
red_packets:
  friends: {unit: points, funded_by: member, most_units: 1000}
  festival: {unit: points, funded_by: house, budget: 500, most_units: 500}
"""


@pytest.fixture(scope="module")
def fair(served: Served) -> Any:
    with served.client(program="fairground") as client:
        client.apply_program(PROGRAM)
        yield client


@pytest.fixture
def member(fair: TallybookClient, request: pytest.FixtureRequest) -> str:
    name = request.node.name[:60]
    fair.enroll_member(name)
    fair.award(name, amount=100, unit="points")
    return name


def test_a_round_is_drawn_closed_and_checked(fair: TallybookClient, member: str) -> None:
    opened = fair.open_draw("wheel", request_id="open-1")
    assert fair.open_draw("wheel", request_id="open-1").commitment == opened.commitment
    assert fair.get_draw("wheel").draw.seed == ""
    for _ in range(20):
        drawn = fair.draw(member, "wheel", nonce="mine")
        assert (drawn.cost_unit, drawn.cost, drawn.nonce) == ("points", 1, "mine")
        if drawn.prize == "two":
            assert [(each.kind, each.named, each.amount) for each in drawn.gave] == [
                (DrawGiftKind.DRAW_GIFT_KIND_UNITS, "points", 2)
            ]
        if drawn.won:
            assert fair.deliver_prize(member, drawn.won, carrier="post").goods == "A mug"
    delivered = [each.carrier for each in fair.list_won_goods(member)]
    assert delivered == ["post"] * len(delivered)
    standing = fair.get_draw_standing(member, "wheel")
    assert (standing.problem, standing.cost, standing.guarantee_after) == ("", 1, 3)
    closed = fair.close_draw("wheel", reason="the fair is over")
    assert closed.results == 20
    told = fair.get_draw("wheel").draw
    record = draw_record("fairground", told, fair.list_draws("wheel", page_size=7))
    assert record["seed"] == closed.seed
    assert list(check_draw(json.loads(json.dumps(record)))) == []
    with pytest.raises(errors.DrawNotOpen) as refused:
        fair.draw(member, "wheel")
    assert refused.value.draw == "wheel"


def test_the_last_prize_is_won_once(fair: TallybookClient, member: str) -> None:
    fair.open_draw("sure")
    assert fair.draw(member, "sure").display_name == "mug"
    with pytest.raises(errors.NoPrizeLeft):
        fair.draw(member, "sure")
    assert [each.left for each in fair.get_draw("sure").draw.prizes] == [0]
    with pytest.raises(errors.DrawOpen) as refused:
        fair.open_draw("sure")
    assert refused.value.round == 1


def test_a_red_packet_goes_round(fair: TallybookClient, member: str) -> None:
    made = fair.create_red_packet("luck", packet_kind="friends", total=10, shares=2, member=member)
    assert (made.unit, made.total, made.shares) == ("points", 10, 2)
    friends = ["friend-1", "friend-2"]
    for friend in friends:
        fair.enroll_member(friend)
    with pytest.raises(errors.OwnRedPacket):
        fair.claim_red_packet(member, "luck")
    got = [fair.claim_red_packet(friend, "luck").amount for friend in friends]
    assert sum(got) == 10
    told = fair.get_red_packet("luck").red_packet
    assert (told.giver, told.state, told.claimed) == (member, RedPacketState.RED_PACKET_STATE_DONE, 10)
    with pytest.raises(errors.RedPacketClaimed) as refused:
        fair.claim_red_packet("friend-1", "luck")
    assert refused.value.amount == got[0]
    fair.create_red_packet("gift", packet_kind="festival", total=500, shares=100)
    with pytest.raises(errors.RedPacketBudgetSpent):
        fair.create_red_packet("more", packet_kind="festival", total=1, shares=1)
    assert fair.claim_red_packet("friend-1", "gift").ordinal == 1


def test_all_is_to_be_had_at_a_terminal(
    served: Served,
    fair: TallybookClient,
    member: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(*words: str) -> str:
        assert main([*words, "--address", served.address, "--program", "fairground"]) == 0
        return capsys.readouterr().out

    opened = fair.get_draw("wheel").draw.round + 1 if _was_opened(fair) else 1
    assert f"round {opened} of wheel is open" in run("open-draw", "wheel")
    for _ in range(5):
        assert f"of round {opened}" in run("draw", member, "wheel", "--nonce", "seven")
    assert "weight 4" in run("show-draw", "wheel")
    with pytest.raises(AssertionError):
        run("verify-draw", "wheel")
    assert "it is not over" in capsys.readouterr().err
    assert "seed" in run("close-draw", "wheel")
    assert f"round {opened} of wheel: 5 results, nothing wrong" in run("verify-draw", "wheel")
    kept = tmp_path / "record.json"
    kept.write_text(run("draw-record", "wheel"))
    assert "nothing wrong" in run("verify-draw", "--file", str(kept))
    record = json.loads(kept.read_text())
    record["results"][2]["prize"] = "mug" if record["results"][2]["prize"] != "mug" else "two"
    kept.write_text(json.dumps(record))
    with pytest.raises(SystemExit) as left:
        run("verify-draw", "--file", str(kept))
    assert left.value.code == 1
    assert "result 3 is" in capsys.readouterr().out
    assert "10 points in 1 shares" in run(
        "create-red-packet", "one", "friends", "10", "1", "--member", member
    )
    fair.enroll_member("heir")
    assert "10 points: share 1 of 1" in run("claim-red-packet", "heir", "one")
    assert "done" in run("red-packet", "one")
    assert "1 claims, nothing wrong" in run("verify-draw", "--red-packet", "one")
    run("won-goods", member)


def _was_opened(client: TallybookClient) -> bool:
    try:
        client.get_draw("wheel")
    except errors.DrawNotOpen:
        return False
    return True
