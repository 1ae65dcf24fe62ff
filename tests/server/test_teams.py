"""Teams through the real client, and the command line on top of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from tallybook_client import (
    JoinTeamResponse,
    PurchaseLine,
    TallybookClient,
    TeamStatus,
    errors,
    requests,
)
from tallybook_client.cli import main

from tests.server.serving import Served

PROGRAM = """
program: teaming
timezone: UTC
units:
  points: {kind: redeemable}
coupons:
  five: {currency: USD, offer: {kind: amount_off, amount: "5.00"}, validity: {kind: after_issue, days: 10}}
tasks:
  twice:
    goal: {kind: count, reach: 2}
    rewards: [{kind: coupon, template: five}]
teams:
  buy_together:
    display_name: Buy together
    size: 2
    hours: 24
    starter: [{kind: units, unit: points, units: 200}, {kind: coupon, template: five}]
    joiner: [{kind: units, unit: points, units: 50}]
"""


@pytest.fixture(scope="module")
def shop(served: Served) -> Iterator[TallybookClient]:
    with served.client(program="teaming") as client:
        client.apply_program(PROGRAM)
        yield client


def buy(shop: TallybookClient, member: str, order: str = "o1") -> str:
    """The key of a member's order."""
    shop.enroll_member(member, request_id="enroll")
    lines = [PurchaseLine(amount=2_000)]
    told = shop.record_purchase(member, order_id=order, currency="USD", lines=lines)
    assert list(told.team_kinds) == ["buy_together"]
    return told.event_key


def name() -> str:
    return secrets.token_hex(6)


def test_a_team_is_started_joined_and_complete(shop: TallybookClient) -> None:
    amy, bo, team = f"a-{name()}", f"b-{name()}", name()
    started = shop.start_team(amy, team, "buy_together", buy(shop, amy))
    assert (started.size, started.team_kind) == (2, "buy_together")
    seen = shop.get_team(team).team
    assert (seen.status, seen.missing, seen.display_name) == (TeamStatus.TEAM_STATUS_OPEN, 1, "Buy together")
    joined = shop.join_team(bo, team, buy(shop, bo))
    assert (joined.missing, [(each.unit, each.amount) for each in joined.given]) == (0, [("points", 50)])
    assert [each.available for each in joined.balances] == [50]
    seen = shop.get_team(team).team
    assert (seen.status, seen.missing) == (TeamStatus.TEAM_STATUS_COMPLETE, 0)
    assert [(each.member, each.event_key) for each in seen.places] == [
        (amy, "purchase/o1"),
        (bo, "purchase/o1"),
    ]
    (mine,) = shop.get_member_teams(amy).teams
    assert (mine.team, mine.is_complete) == (team, True)
    late = f"l-{name()}"
    key = buy(shop, late)
    with pytest.raises(errors.NoPlaceInTeam, match="it is complete"):
        shop.join_team(late, team, key)


def test_a_refusal_says_why(shop: TallybookClient) -> None:
    amy, team = f"a-{name()}", name()
    key = buy(shop, amy)
    with pytest.raises(errors.UnknownTeamKind):
        shop.start_team(amy, team, "together", key)
    with pytest.raises(errors.NotForTeam, match="nothing is known of it"):
        shop.start_team(amy, team, "buy_together", "purchase/o2")
    shop.start_team(amy, team, "buy_together", key)
    with pytest.raises(errors.TeamExists):
        shop.start_team(amy, team, "buy_together", buy(shop, amy, "o2"))
    with pytest.raises(errors.UnknownMember):
        shop.get_team(name())
    shop.leave_team(amy, team)
    with pytest.raises(errors.CannotLeaveTeam) as refused:
        shop.leave_team(amy, team)
    assert (refused.value.member, refused.value.team) == (amy, team)


def test_the_program_tells_its_teams(shop: TallybookClient) -> None:
    program = shop.get_program().program
    (kind,) = program.teams
    assert (kind.team_kind, kind.event, kind.size, kind.hours) == ("buy_together", "purchase", 2, 24)
    assert kind.take_back
    assert [(each.unit, each.amount, each.coupon_template) for each in kind.starter] == [
        ("points", 200, ""),
        ("", 1, "five"),
    ]


def test_teams_go_in_batches(shop: TallybookClient) -> None:
    amy, bo, team = f"a-{name()}", f"b-{name()}", name()
    keys = buy(shop, amy), buy(shop, bo)
    results = shop.batch_post(
        [
            requests.start_team(amy, team, "buy_together", keys[0]),
            requests.join_team(bo, team, keys[1]),
        ]
    )
    assert [getattr(each, "missing", None) for each in results] == [None, 0]


def test_one_of_sixty_four_takes_the_last_place(shop: TallybookClient) -> None:
    amy, team = f"a-{name()}", name()
    shop.start_team(amy, team, "buy_together", buy(shop, amy))
    members = [f"{number}-{name()}" for number in range(64)]
    keys = [buy(shop, member) for member in members]

    def join(member: str, key: str) -> JoinTeamResponse | errors.NoPlaceInTeam:
        try:
            return shop.join_team(member, team, key)
        except errors.NoPlaceInTeam as refused:
            return refused

    with ThreadPoolExecutor(64) as crowd:
        outcomes = list(crowd.map(join, members, keys))
    assert sum(isinstance(each, JoinTeamResponse) for each in outcomes) == 1
    assert len(shop.get_team(team).team.places) == 2


def test_a_task_gives_a_coupon_and_a_refund_takes_it_back(shop: TallybookClient) -> None:
    amy = f"a-{name()}"
    buy(shop, amy)
    lines = [PurchaseLine(amount=2_000)]
    told = shop.record_purchase(amy, order_id="o2", currency="USD", lines=lines)
    (given,) = told.given
    assert (given.source, given.coupon_template, given.amount) == ("task/twice/0001-01-01", "five", 1)
    (coupon,) = given.coupons
    back = shop.record_refund(amy, refund_id="r2", order_id="o2")
    assert [(each.amount, list(each.coupons), each.stayed) for each in back.given] == [(-1, [coupon], 0)]


def test_the_command_line_tells_of_teams(
    shop: TallybookClient, served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    amy, bo, team = f"a-{name()}", f"b-{name()}", name()
    keys = buy(shop, amy), buy(shop, bo)

    def run(*words: str) -> str:
        assert main([*words, "--address", served.address, "--program", "teaming"]) == 0
        return capsys.readouterr().out

    assert f"team {team} needs 2 members until " in run("start-team", amy, team, "buy_together", keys[0])
    assert run("team", team).startswith(f"{team}: Buy together, open, 1 missing until ")
    told = run("join-team", bo, team, keys[1])
    assert told.startswith("complete\n50 points for team/")
    assert f"  {amy} with purchase/o1 of " in run("team", team)
    assert run("teams", amy).startswith(f"{team}: buy_together, complete, with purchase/o1")
