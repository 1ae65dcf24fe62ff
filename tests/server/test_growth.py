"""Tiers, benefits and tasks through the real client, and the command line on top of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from tallybook_client import PurchaseLine, TallybookClient, errors, requests
from tallybook_client._gen.tallybook.v1.growth_pb2 import TierChangeReason
from tallybook_client.cli import main

from tests.server.serving import Served

GROWING = """
program: growing
timezone: UTC
units:
  points: {kind: redeemable}
  growth: {kind: qualifying, expiry: {kind: after_months, months: 12}}
rules:
  growing: {unit: growth, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
tasks:
  twice:
    goal: {kind: count, reach: 2}
    period: month
    claim: by_member
    claim_days: 10
    rewards: [{kind: units, unit: points, units: 500}]
  three_shops:
    goal: {kind: distinct, of: store, reach: 3}
ladders:
  status:
    validity: {kind: after_months, months: 12}
    tiers:
      - code: silver
        any_of: [{units: {growth: 100}}]
        rewards: [{kind: units, unit: points, units: 50}]
        benefits:
          multipliers: [{unit: points, times: "1.5"}]
          discount_basis_points: 250
          quotas: {free_shipping: {most: 4, period: month}}
          entitlements: [lounge]
      - code: gold
        any_of: [{units: {growth: 500}, tasks: [three_shops]}]
"""
TODAY = datetime.now(UTC).date()


@pytest.fixture(scope="module")
def shop(served: Served) -> Iterator[TallybookClient]:
    with served.client(program="growing") as client:
        client.apply_program(GROWING.replace("rules:", "rules:" + POINTS))
        yield client


POINTS = """
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}"""


@pytest.fixture
def member(shop: TallybookClient) -> str:
    name = f"m-{secrets.token_hex(6)}"
    shop.enroll_member(name)
    return name


def buy(shop: TallybookClient, member: str, order: str, dollars: int) -> object:
    lines = [PurchaseLine(amount=100 * dollars)]
    return shop.record_purchase(member, order_id=order, currency="USD", lines=lines, store="north")


def test_an_event_tells_what_it_led_to(shop: TallybookClient, member: str) -> None:
    told = shop.record_purchase(
        member, order_id="o1", currency="USD", lines=[PurchaseLine(amount=12_000)], store="north"
    )
    (change,) = told.tiers
    assert (change.ladder, change.before, change.after) == ("status", "", "silver")
    assert change.reason == TierChangeReason.TIER_CHANGE_REASON_REACHED
    assert [(each.source, each.amount) for each in told.given] == [("tier/status/silver/1", 50)]
    assert sorted((each.task, each.amount) for each in told.counted) == [("three_shops", 1), ("twice", 1)]


def test_standing_tells_what_is_missing_and_what_there_is(shop: TallybookClient, member: str) -> None:
    buy(shop, member, "o1", 120)
    found = shop.get_tiers(member)
    (standing,) = found.ladders
    assert (standing.tier, dict(standing.counts), standing.next_tier) == ("silver", {"growth": 120}, "gold")
    (way,) = standing.to_next
    assert (dict(way.units), list(way.tasks)) == ({"growth": 380}, ["three_shops"])
    benefits = found.benefits
    assert (dict(benefits.multipliers), benefits.discount_basis_points) == ({"points": "3/2"}, 250)
    assert list(benefits.entitlements) == ["lounge"]
    assert [(each.change.after, each.detail) for each in found.history] == [("silver", "")]
    now = datetime.now(UTC)
    assert shop.get_tier_at(member, "status", now - timedelta(days=1)).tier == ""
    with pytest.raises(errors.FieldInvalid):
        shop.get_tier_at(member, "status", now + timedelta(days=1))
    with pytest.raises(errors.UnknownLadder):
        shop.get_tier_at(member, "other", now - timedelta(days=1))


def test_a_benefit_is_used_and_given_back(shop: TallybookClient, member: str) -> None:
    with pytest.raises(errors.NoBenefit):
        shop.use_benefit(member, "free_shipping")
    buy(shop, member, "o1", 120)
    used = shop.use_benefit(member, "free_shipping", times=3, request_id="U1")
    assert (used.times, used.left.used, used.left.left, used.left.period) == (3, 3, 1, "month")
    assert shop.use_benefit(member, "free_shipping", times=3, request_id="U1").replayed
    with pytest.raises(errors.BenefitUsedUp) as refused:
        shop.use_benefit(member, "free_shipping", times=2)
    assert (refused.value.asked, refused.value.left, refused.value.most) == (2, 1, 4)
    assert shop.return_benefit(member, "U1", times=2).left.left == 3
    with pytest.raises(errors.ReturnExceedsUse) as back:
        shop.return_benefit(member, "U1", times=2)
    assert back.value.left == 1
    with pytest.raises(errors.UnknownUse):
        shop.return_benefit(member, "U2")


def test_a_tier_is_set_by_hand_and_ended(shop: TallybookClient, member: str) -> None:
    until = TODAY + timedelta(days=30)
    told = shop.override_tier(member, "status", "gold", until=until, reason="a friend")
    assert (told.standing.tier, told.standing.own_tier, told.standing.override.reason) == (
        "gold",
        "",
        "a friend",
    )
    assert shop.end_override(member, "status").standing.tier == ""
    with pytest.raises(errors.NoOverride):
        shop.end_override(member, "status")
    with pytest.raises(errors.UnknownTier):
        shop.override_tier(member, "status", "tin", until=until, reason="a friend")
    with pytest.raises(errors.OverrideEndsTooSoon) as refused:
        shop.override_tier(member, "status", "gold", until=date(2020, 1, 1), reason="late")
    assert refused.value.until == date(2020, 1, 1)


def test_a_task_is_claimed(shop: TallybookClient, member: str) -> None:
    with pytest.raises(errors.NothingToClaim) as refused:
        shop.claim_task(member, "twice")
    assert refused.value.problem == "it is not completed"
    with pytest.raises(errors.UnknownTask):
        shop.claim_task(member, "thrice")
    buy(shop, member, "o1", 1)
    buy(shop, member, "o2", 1)
    tasks = {each.task: each for each in shop.get_tasks(member).tasks}
    assert (tasks["twice"].progress, tasks["twice"].missing, len(tasks["twice"].claimable)) == (2, 0, 1)
    assert list(tasks["three_shops"].values) == ["north"]
    claimed = shop.claim_task(member, "twice")
    assert [(each.unit, each.amount) for each in claimed.given] == [("points", 500)]
    assert [(each.unit, each.available) for each in claimed.balances] == [("points", 502)]


def test_they_can_stand_in_a_batch(shop: TallybookClient, member: str) -> None:
    buy(shop, member, "o1", 120)
    used, wrong = shop.batch_post(
        [requests.use_benefit(member, "free_shipping"), requests.claim_task(member, "twice")]
    )
    assert used.left.used == 1
    assert isinstance(wrong, errors.NothingToClaim)


def test_the_program_tells_its_ladders_and_tasks(shop: TallybookClient) -> None:
    program = shop.get_program().program
    (ladder,) = program.ladders
    assert [tier.tier for tier in ladder.tiers] == ["silver", "gold"]
    assert dict(ladder.tiers[0].any_of[0].units) == {"growth": 100}
    assert ladder.validity.kind == "after_months"
    tasks = {each.task: each for each in program.tasks}
    assert (tasks["three_shops"].goal.kind, tasks["three_shops"].goal.of) == ("distinct", "store")
    assert (tasks["twice"].by_member, tasks["twice"].claim_days) == (True, 10)


def test_people_can_read_it(
    served: Served, shop: TallybookClient, member: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*arguments: str) -> list[str]:
        assert main([*arguments, "--address", served.address, "--program", "growing"]) == 0
        return capsys.readouterr().out.splitlines()

    buy(shop, member, "o1", 120)
    buy(shop, member, "o2", 1)
    lines = told("tiers", member)
    assert lines[0].startswith("status: silver, through ")
    assert "  has 121 growth" in lines
    assert "  for gold missing: 379 growth, three_shops" in lines
    assert "discount 2.50 %" in lines
    assert lines[-1].endswith("status: no tier to silver, reached")
    assert told("tier-at", member, "status", "2020-01-01T00:00:00+00:00") == ["no tier"]
    assert told("use-benefit", member, "free_shipping", "--request-id", "U1")[0].startswith(
        "free_shipping: 3 of 4 left through "
    )
    assert told("return-benefit", member, "U1")[0].startswith("free_shipping: 4 of 4 left")
    assert told("tasks", member)[0] == "three_shops: 1 of 3"
    assert told("claim", member, "twice")[0].startswith("500 points for task/twice/")
    until = str(TODAY + timedelta(days=3))
    assert told("override-tier", member, "status", "gold", until, "--reason", "why")[0].startswith(
        "status: gold"
    )
    assert told("end-override", member, "status")[0].startswith("status: silver")
