"""What an order is paid with, and what goes back to each tender. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from tallybook.programs.checkout import Checkout
from tallybook.programs.program import Program
from tallybook.refusals.checkout import TenderCurrency, TenderExceedsLimit, UnknownTender


class AskedTender(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A tender that an order is to be paid with: `units` of its unit, or with None as many as may be."""

    tender: str
    units: int | None = None


class TenderPart(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a tender pays of an order, or gets back of it: `units` of `unit`, which are `amount` of money.

    Once it is spent, `entry` is the version of the entry that spent it.
    """

    tender: str
    unit: str
    units: int
    amount: int
    entry: int = 0


def choose(
    program: Program,
    asked: Sequence[AskedTender],
    total: int,
    currency: str,
    spendable: Callable[[str, int], int],
) -> tuple[TenderPart, ...]:
    """What each tender pays of an order, in the program's order; one that pays nothing is left out.

    `spendable` tells the most that a member can spend of a unit at once, behind so many that are spent first;
    more that is asked for by number is for whoever holds it to refuse. Raises `UnknownTender`,
    `TenderCurrency` or `TenderExceedsLimit`.
    """
    wanted = {each.tender: each.units for each in asked}
    for name in wanted:
        if name not in program.checkout.tenders:
            raise UnknownTender(program=program.code, tender=name)
    found: list[TenderPart] = []
    for name, tender in program.checkout.tenders.items():
        if name not in wanted:
            continue
        if tender.currency != currency:
            raise TenderCurrency(tender=name, currency=currency, expected=tender.currency)
        most = tender.most_for(total - sum(each.amount for each in found), total)
        units = wanted[name]
        if units is None:
            before = sum(each.units for each in found if each.unit == tender.unit)
            units = min(most, spendable(tender.unit, before) // tender.step * tender.step)
        elif units > most or units % tender.step:
            raise TenderExceedsLimit(tender=name, asked=units, most=most, step=tender.step)
        if units:
            part = TenderPart(tender=name, unit=tender.unit, units=units, amount=tender.worth_of(units))
            found.append(part)
    return tuple(found)


def goes_back(terms: Checkout, paid: Mapping[str, int], amount: int) -> dict[str, int]:
    """What of `amount` goes back to each tender, and to the payment, of the money that they paid.

    Each gets more as the amount grows, and all of them all of it: so what went back in parts is what goes
    back at once. In proportion, who stands first gets its part rounded down, and the others share the rest.
    """
    found: dict[str, int] = {}
    whole = sum(paid.values())
    assert amount <= whole, "no more goes back than was paid"
    for name in terms.refund_order:
        mine = paid.get(name, 0)
        found[name] = part = amount * mine // max(1, whole) if terms.in_proportion else min(amount, mine)
        amount -= part
        whole -= mine
    return found


def units_back(part: TenderPart, amount: int) -> int:
    """The units that so much of a tender's money is, rounded down: all of it is all of them."""
    return part.units * amount // part.amount
