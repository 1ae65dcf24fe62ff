"""What draws and red packets say against units. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tallybook.programs.contradictions import Contradiction
from tallybook.programs.document import UnitSection
from tallybook.programs.draws import FundedBy
from tallybook.programs.draws_document import DrawSection, RedPacketSection
from tallybook.programs.reward_contradictions import reward_contradictions
from tallybook.programs.vocabulary import HOUSE_FUND, UnitKind


def draw_contradictions(
    draws: Mapping[str, DrawSection],
    red_packets: Mapping[str, RedPacketSection],
    units: Mapping[str, UnitSection],
    money: Mapping[str, object],
) -> Iterator[Contradiction]:
    """Costs that nobody can pay, prizes that nothing can give; `money` are the units of stored value."""
    for code, draw in draws.items():
        if draw.cost is not None and not _can_be_spent(draw.cost.unit, units):
            yield ("draws", code, "cost", "unit"), "is not redeemable: a draw costs points or chances"
        for name, prize in draw.prizes.items():
            path = ("draws", code, "prizes", name)
            yield from reward_contradictions((*path, "rewards"), prize.rewards, units)
            if prize.bonus is not None and prize.bonus.unit not in money:
                yield (*path, "bonus", "unit"), "is not a unit of stored value, which has bonus"
    for code, packet in red_packets.items():
        is_bonus = packet.unit in money and packet.funded_by is FundedBy.HOUSE
        if is_bonus and packet.fund != HOUSE_FUND:
            yield ("red_packets", code, "fund"), "is not asked: of money, what is given is bonus"
        elif not is_bonus and not _can_be_spent(packet.unit, units):
            sentence = "is not redeemable: only the house gives money, as bonus of stored value"
            yield ("red_packets", code, "unit"), sentence


def _can_be_spent(code: str, units: Mapping[str, UnitSection]) -> bool:
    unit = units.get(code)
    return unit is None or unit.kind is UnitKind.REDEEMABLE
