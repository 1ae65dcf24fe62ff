"""What members of a tier earn more."""

import msgspec
import pytest
from tallybook.earning.evaluate import evaluate
from tallybook.earning.state import EarningState, MemberFacts
from tallybook.programs.rules import Multiplier

from tests.programs import documents
from tests.slices.earning.till import GOLD, TUESDAY, order, program, rule

STATUS = {
    "status": {
        "tiers": [
            {
                "code": "gold",
                "any_of": [{"units": {"growth": 1}}],
                "benefits": {"multipliers": [{"unit": "points", "times": "1.5"}]},
            }
        ]
    }
}


def of_tiers(*tiers: str) -> MemberFacts:
    return msgspec.structs.replace(GOLD, tier="", tiers=tiers)


@pytest.mark.parametrize(("tiers", "given"), [((), []), (("silver",), []), (("vip", "gold"), [12])])
def test_a_rule_for_tiers_is_for_their_members(tiers: tuple[str, ...], given: list[int]) -> None:
    found = evaluate(
        order(1250),
        TUESDAY,
        program(rule(tiers=frozenset({"gold", "platinum"}))),
        of_tiers(*tiers),
        EarningState(),
        {},
    )
    assert [reward.amount for reward in found.rewards] == given
    assert found.skipped == ()


@pytest.mark.parametrize(
    ("tiers", "given"), [((), {"base": 12}), (("gold",), {"base": 12, "tier/gold/points": 6})]
)
def test_a_multiplier_of_a_tier_gives_on_top_of_what_rules_gave(
    tiers: tuple[str, ...], given: dict[str, int]
) -> None:
    units = {"points": {"kind": "redeemable"}, "growth": {"kind": "qualifying"}}
    shop = documents.program(units=units, rules=documents.base(), ladders=STATUS)
    found = evaluate(order(1250), TUESDAY, shop, of_tiers(*tiers), EarningState(), {})
    assert {reward.rule: reward.amount for reward in found.rewards} == given


def test_a_multiplier_of_a_tier_is_not_multiplied_itself() -> None:
    rules = (
        rule(),
        rule("day", Multiplier(1, 1, frozenset({"base"}))),
        rule("tier/gold/points", Multiplier(1, 2, frozenset({"base"})), tiers=frozenset({"gold"})),
    )
    found = evaluate(order(1000), TUESDAY, program(*rules), of_tiers("gold"), EarningState(), {})
    assert [reward.amount for reward in found.rewards] == [10, 10, 5]


def test_facts_of_a_member_without_tiers_are_written_as_before() -> None:
    assert "tiers" not in msgspec.json.decode(msgspec.json.encode(of_tiers()), type=dict)
