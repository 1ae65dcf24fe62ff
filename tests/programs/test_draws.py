"""Draws and red packets in a program document: what they compile to, and every mistake at its place."""

import pytest
from tallybook.programs import ProgramInvalid
from tallybook.programs.changes import forbidden_changes
from tallybook.programs.compile import compiled
from tallybook.programs.draws import FundedBy
from tallybook.programs.parse import parse
from tallybook.programs.rewards import UnitsReward

FAIR = """\
program: fair
timezone: UTC
units:
  points: {kind: redeemable, scale: 1}
  growth: {kind: qualifying}
  CNY: {kind: money, scale: 2}
stored_value: {CNY: {currency: CNY}}
draws:
"""
DRAW = FAIR + "  wheel: {prizes: {mug: {weight: 1, stock: 2}, ten: {weight: 0}}, @}\n"
PRIZE = FAIR + "  wheel: {prizes: {mug: {weight: 1, @}}}\n"
PACKET = FAIR[:-7] + "red_packets:\n  p: {unit: points, @}\n"


def test_a_draw_is_compiled_to_steps_and_codes() -> None:
    document = parse(
        FAIR
        + """\
  wheel:
    cost: {unit: points, units: "1.5"}
    blank_weight: 3
    prizes:
      b: {weight: 1, bonus: {unit: CNY, units: "0.50"}, goods: A mug}
      a: {weight: 2, stock: 4, rewards: [{kind: units, unit: points, units: 1}]}
      z: {weight: 0}
    guarantee: {after: 9}
    fallback: z
red_packets:
  house: {unit: points, funded_by: house, budget: 5, most_units: "2.5", most_shares: 7}
"""
    )
    program = compiled(document, 1)
    wheel, packet = program.draws["wheel"], program.red_packets["house"]
    assert (wheel.cost_unit, wheel.cost, wheel.blank_weight, wheel.fallback) == ("points", 15, 3, "z")
    assert list(wheel.prizes) == ["a", "b", "z"]
    assert wheel.prizes["a"].rewards == (UnitsReward("points", "house", 10),)
    assert (wheel.prizes["b"].bonus_unit, wheel.prizes["b"].bonus) == ("CNY", 50)
    assert wheel.guaranteed == {"a", "b"}
    assert (packet.funded_by, packet.budget, packet.most, packet.shares_most) == (FundedBy.HOUSE, 50, 25, 7)
    assert "red_packet/house" in program.pools


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (DRAW.replace("@", "fallback: mug"), "draws.wheel.fallback has a stock or a limit"),
        (DRAW.replace("@", "fallback: cup"), "draws.wheel.fallback is not a prize of this draw"),
        (DRAW.replace("@", "guarantee: {after: 1, prizes: [ten]}"), "guarantee.prizes[0] has a weight of 0"),
        (
            DRAW.replace("@", "guarantee: {after: 1, prizes: [tan]}"),
            "prizes[0] is not a prize of this draw ? ten",
        ),
        (DRAW.replace("@", "guarantee: {after: 0}"), "draws.wheel.guarantee.after must be at least 1"),
        (DRAW.replace("@", "cost: {unit: growth, units: 1}"), "draws.wheel.cost.unit is not redeemable"),
        (DRAW.replace("@", "cost: {unit: CNY, units: 1}"), "draws.wheel.cost.unit is not redeemable"),
        (
            DRAW.replace("@", "cost: {unit: points, units: '0.05'}"),
            "draws.wheel.cost.units is finer than points",
        ),
        (DRAW.replace("@", "limits: [{period: day, most: 1}, {period: day, most: 2}]"), "is a second limit"),
        (DRAW.replace("@", "blank_weight: -1"), "draws.wheel.blank_weight must be at least 0"),
        (FAIR + "  wheel: {prizes: {mug: {weight: 0}}}\n", "draws.wheel.prizes have no weight"),
        (FAIR + "  wheel: {prizes: {}}\n", "draws.wheel.prizes must not be empty"),
        (PRIZE.replace("@", "bonus: {unit: points, units: 1}"), "bonus.unit is not a unit of stored value"),
        (
            PRIZE.replace("@", "rewards: [{kind: units, unit: CNY, units: 1}]"),
            "rewards[0].unit is money, which is paid in and never earned",
        ),
        (
            PACKET.replace("@", "funded_by: member, most_units: 1, budget: 5"),
            "p.budget belongs to those of the house",
        ),
        (PACKET.replace("@", "funded_by: house, most_units: '0.01'"), "p.most_units is finer than points"),
        (PACKET.replace("@", "funded_by: nobody, most_units: 1"), "p.funded_by must be"),
        (PACKET.replace("@", "funded_by: house, most_units: 1, most_shares: 501"), "must be at most 500"),
        (
            PACKET.replace("@", "funded_by: house, most_units: 1").replace("unit: points", "unit: growth"),
            "red_packets.p.unit is not redeemable",
        ),
        (
            PACKET.replace("@", "funded_by: member, most_units: 1").replace("unit: points", "unit: CNY"),
            "red_packets.p.unit is not redeemable: only the house gives money",
        ),
    ],
)
def test_a_mistake_is_told_at_its_place(line: str, told: str) -> None:
    with pytest.raises(ProgramInvalid) as caught:
        parse(line)
    (problem,) = caught.value.problems
    said = f"{problem.path} {problem.message}"
    assert told.partition(" ? ")[0] in said
    assert problem.suggestion == (told.partition(" ? ")[2] or None)
    assert problem.line == line.count("\n")


def test_what_members_draw_from_stays() -> None:
    old = parse(DRAW.replace("@", "blank_weight: 1"))
    assert [said for _, said in forbidden_changes(old, parse(FAIR[:-7]))] == [
        "leaves out wheel, which may be open: a draw once declared stays"
    ]
    old = parse(PACKET.replace("@", "funded_by: house, most_units: 1"))
    new = parse(
        PACKET.replace("@", "funded_by: house, most_units: 1")
        .replace("unit: points", "unit: stars")
        .replace("units:\n", "units:\n  stars: {kind: redeemable}\n", 1)
    )
    assert [path for path, _ in forbidden_changes(old, new)] == [("red_packets", "p", "unit")]
    assert [path for path, _ in forbidden_changes(old, parse(FAIR[:-7]))] == [("red_packets",)]
