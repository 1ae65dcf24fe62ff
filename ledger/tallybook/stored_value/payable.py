"""What can be paid back, of a top-up or in all, and which bonus goes with it. Pure: no clock, no database."""

from __future__ import annotations

from typing import NamedTuple

from tallybook.journal.folio import Folio
from tallybook.members.layers import OLDER, Layer, Part
from tallybook.members.passbook import layers_unheld, page_of
from tallybook.programs.rounding import Rounding, rounded
from tallybook.programs.stored_value import BonusPolicy, StoredValue
from tallybook.stored_value.notes import CONFIRMED, TopUpNote


class Payable(NamedTuple):
    """What can be paid back of one layer, and the bonus of it that could be taken along."""

    layer: Layer
    amount: int
    bonus: int


def payable_of(folio: Folio, top_up: str, note: TopUpNote) -> list[Payable]:
    """What can be paid back of a top-up.

    Of one that was spent long ago and came back, the layer of the older ones answers.
    """
    if note.state != CONFIRMED:
        return []
    layers = {layer.top_up: layer for layer in layers_unheld(folio, note.unit, page_of(folio, note.unit))}
    layer = layers.get(top_up) or layers.get(OLDER)
    if layer is None:
        return []
    amount = min(layer.payable, note.amount - note.refunded)
    return [Payable(layer, amount, min(layer.bonus, note.bonus - note.forfeited))]


def payable_in_all(folio: Folio, unit: str) -> list[Payable]:
    """What can be paid back of all top-ups, the oldest first."""
    layers = layers_unheld(folio, unit, page_of(folio, unit))
    return [Payable(layer, layer.payable, layer.bonus) for layer in layers]


def total(payable: list[Payable]) -> int:
    """How much can be paid back."""
    return sum(each.amount for each in payable)


def parts_of(payable: list[Payable], amount: int, rules: StoredValue) -> tuple[Part, ...]:
    """The layers that `amount` is paid back from, in their order, and the bonus that goes with each part."""
    parts = []
    for each in payable:
        part = min(each.amount, amount)
        amount -= part
        if part:
            parts.append(_part(each, part, rules.bonus_policy))
    return tuple(parts)


def _part(payable: Payable, amount: int, policy: BonusPolicy) -> Part:
    """The bonus goes that is there still; for what was spent of it, principal is charged."""
    layer = payable.layer
    match policy:
        case BonusPolicy.FORFEITED:
            return Part(layer.top_up, amount, payable.bonus, layer.bonus_owed)
        case BonusPolicy.IN_PROPORTION:
            share = rounded(layer.granted * amount, layer.paid, Rounding.CEILING)
            bonus = min(payable.bonus, share)
            return Part(layer.top_up, amount, bonus, min(layer.bonus_owed, share - bonus))
