"""What plans of membership say against each other, units and rules. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tallybook.programs.benefits_document import BenefitsSection
from tallybook.programs.contradictions import Contradiction
from tallybook.programs.document import UnitSection
from tallybook.programs.ladders_document import LadderSection
from tallybook.programs.memberships_document import MembershipSection
from tallybook.programs.problems import Path
from tallybook.programs.reward_contradictions import reward_contradictions
from tallybook.programs.rule_order import multipliable
from tallybook.programs.rules_document import RuleSection
from tallybook.programs.words import PURCHASE


def quota_contradictions(
    ladders: Mapping[str, LadderSection], plans: Mapping[str, MembershipSection]
) -> Iterator[Contradiction]:
    """Quotas of one name in different periods: uses are counted by the name, whatever gives it."""
    benefits: list[tuple[Path, BenefitsSection]] = [
        (("ladders", code, "tiers", place), tier.benefits)
        for code, ladder in ladders.items()
        for place, tier in enumerate(ladder.tiers)
    ]
    benefits += [(("memberships", code), plan.benefits) for code, plan in plans.items()]
    periods: dict[str, str] = {}
    for at, each in benefits:
        for name, quota in each.quotas.items():
            first = periods.setdefault(name, quota.period)
            if quota.period != first:
                sentence = (
                    f"is {quota.period}, and elsewhere {name} counts by {first}: its uses are one count"
                )
                yield (*at, "benefits", "quotas", name, "period"), sentence


def membership_contradictions(
    units: Mapping[str, UnitSection],
    plans: Mapping[str, MembershipSection],
    rules: Mapping[str, RuleSection],
) -> Iterator[Contradiction]:
    """Everything that these, each sound in itself, say against each other."""
    for code, plan in plans.items():
        for index, other in enumerate(plan.upgrades_to):
            at = ("memberships", code, "upgrades_to", index)
            if other == code:
                yield at, "is the plan itself"
            elif other in plans and plans[other].currency != plan.currency:
                yield at, f"costs {plans[other].currency}, and this plan {plan.currency}"
        for index, grant in enumerate(plan.benefits.grants):
            here = ("memberships", code, "benefits", "grants", index, "rewards")
            yield from reward_contradictions(here, grant.rewards, units)
        for index, each in enumerate(plan.benefits.multipliers):
            if not multipliable(rules, PURCHASE, each.unit):
                sentence = (
                    f"is multiplied, and no rule of kind rate, quantity or steps gives it for {PURCHASE}"
                )
                yield ("memberships", code, "benefits", "multipliers", index, "unit"), sentence
