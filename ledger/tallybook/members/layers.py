"""Layers: what is left of each top-up, the oldest spent first. Pure: no clock, no database.

Lots tell what a member has, by fund and day. Layers tell which payment it came from, which nobody needs but a
refund: what is paid back of a top-up is no more than was paid, less all that was bought with it, the bonus
that it brought included. Layers are ordered by when they were confirmed, the oldest first.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import msgspec

OLDER: Final = ""
"""The name of the layer of what cannot be told to belong to a top-up any more; older than all top-ups."""
RECEIVED: Final = " "
"""The name of the layer of what came from another member or from a card: first of all, because it is not paid
back, and so it is better spent."""
SPENT_LAYERS_MAX: Final = 5
"""Layers are kept for a while when they are spent: what was bought with them may come back."""
LAYERS_MAX: Final = 50


class Layer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is left of a top-up, in the smallest step of its unit.

    `paid` and `granted` are what it brought of principal and bonus, less what was paid back and went with it;
    `principal` and `bonus` what is there of it still; `reserved` is on its way back. `bonus_spent` was bought
    with its bonus, less what principal was charged for; it is below zero where principal was charged for
    bonus under a hold.
    """

    top_up: str
    paid: int
    granted: int = 0
    principal: int = 0
    bonus: int = 0
    bonus_spent: int = 0
    reserved: int = 0

    @property
    def payable(self) -> int:
        """What may be paid back: principal, less what was bought with the bonus.

        Nothing of what was received; and nothing while something is on its way back: the bonus has gone along
        with that, and would come back with it to somebody who has been paid meanwhile.
        """
        if self.reserved or self.top_up == RECEIVED:
            return 0
        return max(0, self.principal - self.bonus_owed)

    @property
    def bonus_owed(self) -> int:
        """What principal would be charged if all of it were paid back."""
        return max(0, self.bonus_spent)

    @property
    def is_spent(self) -> bool:
        """Whether nothing of it can be paid back, as things are."""
        return not self.principal and not self.reserved


Layers = tuple[Layer, ...]


class Part(NamedTuple):
    """A part of a payout: of which layer, the bonus that goes with it, and the principal that is charged for
    bonus that was spent.
    """

    top_up: str
    amount: int
    bonus: int
    charged: int


def trimmed(layers: Layers, principal: int, bonus: int, *, spent: bool) -> Layers:
    """Layers cut down to what is there of principal and bonus in all, the oldest first.

    What is cut off was `spent`, or has lapsed.
    """
    principal_gone, bonus_gone = -principal, -bonus
    for layer in layers:
        principal_gone += layer.principal
        bonus_gone += layer.bonus
    if principal_gone <= 0 and bonus_gone <= 0:
        return layers
    left = []
    for layer in layers:
        principal_part = min(max(principal_gone, 0), layer.principal)
        bonus_part = min(max(bonus_gone, 0), layer.bonus)
        if principal_part or bonus_part:
            principal_gone -= principal_part
            bonus_gone -= bonus_part
            layer = msgspec.structs.replace(  # noqa: PLW2901 - what is left of it
                layer,
                principal=layer.principal - principal_part,
                bonus=layer.bonus - bonus_part,
                bonus_spent=layer.bonus_spent + (bonus_part if spent else 0),
            )
        left.append(layer)
    return tuple(left)


def given_back(layers: Layers, principal: int, bonus: int, bonus_owed: int) -> Layers:
    """Layers with the principal and bonus of a spending that was undone, the newest first.

    What no layer is known to have lost goes to the older ones. `bonus_owed` is the bonus of the spending that
    did not come back: it is still spent, so as much of that principal cannot be paid back.
    """
    refilled = []
    for layer in reversed(layers):
        principal_part = min(principal, layer.paid - layer.principal)
        bonus_part = min(bonus, layer.bonus_owed)
        principal -= principal_part
        bonus -= bonus_part
        refilled.append(changed(layer, principal=principal_part, bonus=bonus_part, bonus_spent=-bonus_part))
    layers = tuple(reversed(refilled))
    return with_older(layers, principal, min(bonus_owed, principal)) if principal else layers


def with_older(layers: Layers, principal: int, bonus_spent: int = 0) -> Layers:
    """Layers with principal of no top-up in particular, which comes first."""
    received, rest = _apart(layers, RECEIVED)
    return (*received, *_with_first(rest, OLDER, principal, bonus_spent))


def with_received(layers: Layers, principal: int) -> Layers:
    """Layers with principal that came from another member or from a card."""
    return _with_first(layers, RECEIVED, principal) if principal else layers


def _with_first(layers: Layers, name: str, principal: int, bonus_spent: int = 0) -> Layers:
    first, rest = _apart(layers, name)
    (layer,) = first or (Layer(top_up=name, paid=0),)
    return (changed(layer, paid=principal, principal=principal, bonus_spent=bonus_spent), *rest)


def _apart(layers: Layers, name: str) -> tuple[Layers, Layers]:
    """The first layer, if that is its name, and the others."""
    return (layers[:1], layers[1:]) if layers and layers[0].top_up == name else ((), layers)


def changed(layer: Layer, **amounts: int) -> Layer:
    """A layer with amounts added to its own."""
    return msgspec.structs.replace(
        layer, **{name: getattr(layer, name) + amount for name, amount in amounts.items() if amount}
    )


def with_changed(layers: Layers, top_up: str, **amounts: int) -> Layers:
    """Layers with amounts added to those of one: of the older ones, where it has become one of them."""
    name = top_up if any(layer.top_up == top_up for layer in layers) else OLDER
    return tuple(changed(layer, **amounts) if layer.top_up == name else layer for layer in layers)


def kept(layers: Layers) -> Layers:
    """Layers without those long spent, so that there are few. Of too many, the two oldest become one.

    What was received stays apart, even when it is spent: what comes back of it was received still.
    """
    received, layers = _apart(layers, RECEIVED)
    spent = [layer.top_up for layer in layers if layer.is_spent]
    if len(spent) > SPENT_LAYERS_MAX:
        forgotten = set(spent[: len(spent) - SPENT_LAYERS_MAX])
        layers = tuple(layer for layer in layers if layer.top_up not in forgotten)
    while len(layers) > LAYERS_MAX:
        one, two, *others = layers
        amounts = {name: getattr(two, name) for name in Layer.__struct_fields__ if name != "top_up"}
        layers = (msgspec.structs.replace(changed(one, **amounts), top_up=OLDER), *others)
    return (*received, *layers)
