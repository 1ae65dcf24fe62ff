"""What checkout says against units, stored value and holds. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tallybook.programs.checkout_document import CheckoutSection, ValueTenderSection
from tallybook.programs.contradictions import Contradiction
from tallybook.programs.document import HoldsSection, UnitSection
from tallybook.programs.stored_value_document import StoredValueSection
from tallybook.programs.vocabulary import UnitKind


def checkout_contradictions(
    checkout: CheckoutSection,
    units: Mapping[str, UnitSection],
    stored_value: Mapping[str, StoredValueSection],
    holds: HoldsSection,
) -> Iterator[Contradiction]:
    """Everything that these, each sound in itself, say against each other."""
    for index, each in enumerate(checkout.tenders):
        at = ("checkout", "tenders", index, each.kind, "unit")
        if each.unit not in units:
            continue
        if isinstance(each, ValueTenderSection):
            if each.unit not in stored_value:
                yield at, "is no money that stored_value keeps"
        elif units[each.unit].kind is not UnitKind.REDEEMABLE:
            yield at, f"is {units[each.unit].kind}, and points that pay are redeemable"
    if checkout.hold_seconds is not None and checkout.hold_seconds > holds.longest_seconds:
        sentence = f"is more than holds.longest_seconds, which is {holds.longest_seconds}"
        yield ("checkout", "hold_seconds"), sentence
