"""What is wrong with rewards, given the units that they are of. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tallybook.programs.contradictions import Contradiction
from tallybook.programs.document import VESTING_TOO_LONG, UnitSection, can_vest
from tallybook.programs.problems import Path
from tallybook.programs.rewards_document import GivesUnits, RewardSection
from tallybook.programs.vocabulary import UnitKind


def reward_contradictions(
    path: Path, rewards: Iterable[RewardSection], units: Mapping[str, UnitSection]
) -> Iterator[Contradiction]:
    """Rewards that give money, or units that could lapse before they vest; `path` is the way to them."""
    for index, reward in enumerate(rewards):
        unit = units.get(reward.unit) if isinstance(reward, GivesUnits) else None
        if unit is None or not isinstance(reward, GivesUnits):
            continue
        if unit.kind is UnitKind.MONEY:
            yield (*path, index, "unit"), "is money, which is paid in and never earned"
        if reward.vesting is not None and not can_vest(reward.vesting, unit.expiry):
            yield (*path, index, "vesting"), VESTING_TOO_LONG
