"""What referrals and units of one document say against each other. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tallybook.programs.contradictions import Contradiction
from tallybook.programs.document import VESTING_TOO_LONG, UnitSection, can_vest
from tallybook.programs.referrals_document import ReferralsSection
from tallybook.programs.reward_contradictions import reward_contradictions
from tallybook.programs.vocabulary import UnitKind


def referral_contradictions(
    referrals: ReferralsSection | None, units: Mapping[str, UnitSection]
) -> Iterator[Contradiction]:
    """Everything that these, each sound in itself, say against each other."""
    if referrals is None:
        return
    rewards = referrals.rewards
    if referrals.caps and not rewards.referrer:
        yield ("referrals", "caps"), "bound nothing: the referrer gets no reward"
    for name in ("newcomer", "referrer"):
        yield from reward_contradictions(("referrals", "rewards", name), getattr(rewards, name), units)
    commission = referrals.commission
    unit = None if commission is None else units.get(commission.unit)
    if commission is None or unit is None:
        return
    if unit.kind is UnitKind.MONEY:
        yield ("referrals", "commission", "unit"), "is money, which is paid in and never earned"
    if commission.vesting is not None and not can_vest(commission.vesting, unit.expiry):
        yield ("referrals", "commission", "vesting"), VESTING_TOO_LONG
