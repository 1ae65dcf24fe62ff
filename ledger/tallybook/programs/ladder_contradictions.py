"""What ladders say against units and rules of the same document. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tallybook.programs.contradictions import Contradiction
from tallybook.programs.document import UnitSection
from tallybook.programs.ladders_document import LadderSection, TierSection
from tallybook.programs.policies import AfterIdleMonths
from tallybook.programs.problems import Path
from tallybook.programs.reward_contradictions import reward_contradictions
from tallybook.programs.rule_order import multipliable
from tallybook.programs.rules_document import RuleSection
from tallybook.programs.vocabulary import UnitKind
from tallybook.programs.words import PURCHASE


def ladder_contradictions(
    units: Mapping[str, UnitSection],
    ladders: Mapping[str, LadderSection],
    rules: Mapping[str, RuleSection],
) -> Iterator[Contradiction]:
    """Everything that these, each sound in itself, say against each other."""
    for code, ladder in ladders.items():
        for place, tier in enumerate(ladder.tiers):
            at: Path = ("ladders", code, "tiers", place)
            yield from _not_counted(at, tier, units)
            yield from reward_contradictions((*at, "rewards"), tier.rewards, units)
            for index, grant in enumerate(tier.benefits.grants):
                here = (*at, "benefits", "grants", index, "rewards")
                yield from reward_contradictions(here, grant.rewards, units)
            for index, each in enumerate(tier.benefits.multipliers):
                if not multipliable(rules, PURCHASE, each.unit):
                    sentence = (
                        f"is multiplied, and no rule of kind rate, quantity or steps gives it for {PURCHASE}"
                    )
                    yield (*at, "benefits", "multipliers", index, "unit"), sentence


def _not_counted(at: Path, tier: TierSection, units: Mapping[str, UnitSection]) -> Iterator[Contradiction]:
    """Units that no tier can be reached with."""
    for name, ways in ("any_of", tier.any_of), ("keep", tier.keep):
        for index, way in enumerate(ways):
            for code in way.units:
                unit = units.get(code)
                here = (*at, name, index, "units", code)
                if unit is None:
                    continue
                if unit.kind is not UnitKind.QUALIFYING:
                    yield here, f"must be of kind qualifying: units of kind {unit.kind} are spent"
                elif isinstance(unit.expiry, AfterIdleMonths):
                    yield here, "lapses when members do nothing, and tiers are counted by the days of units"
