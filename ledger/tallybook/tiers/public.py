"""What callers know of tiers and benefits, to be had from `tallybook` itself. Decides nothing."""

from __future__ import annotations

from tallybook.growth.postings import Given
from tallybook.growth.tier_standing import Drop, LadderStanding, Lapse, Missing
from tallybook.growth.tier_state import Change as TierChange
from tallybook.growth.tier_state import Override
from tallybook.refusals.growth import (
    BenefitUsedUp,
    NoBenefit,
    NoOverride,
    OverrideEndsTooSoon,
    ReturnExceedsUse,
    UnknownLadder,
    UnknownTier,
    UnknownUse,
)
from tallybook.tiers.override_tier import EndOverride, OverrideTier, TierSet
from tallybook.tiers.queries import BenefitsView, GetTiers, QuotaLeft, TierAt, TiersView, TierThen
from tallybook.tiers.simulating import LadderMove, LaddersSimulated
from tallybook.tiers.use_benefit import BenefitUsed, ReturnBenefit, UseBenefit

__all__ = [
    "BenefitUsed",
    "BenefitUsedUp",
    "BenefitsView",
    "Drop",
    "EndOverride",
    "GetTiers",
    "Given",
    "LadderMove",
    "LadderStanding",
    "LaddersSimulated",
    "Lapse",
    "Missing",
    "NoBenefit",
    "NoOverride",
    "Override",
    "OverrideEndsTooSoon",
    "OverrideTier",
    "QuotaLeft",
    "ReturnBenefit",
    "ReturnExceedsUse",
    "TierAt",
    "TierChange",
    "TierSet",
    "TierThen",
    "TiersView",
    "UnknownLadder",
    "UnknownTier",
    "UnknownUse",
    "UseBenefit",
]
