"""What items of the mall say against each other and against units. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from tallybook.programs.contradictions import Contradiction
from tallybook.programs.document import UnitSection
from tallybook.programs.mall import ORDER_COUPONS_MAX
from tallybook.programs.mall_document import GivesOneOf, GivesValue, ItemSection, PriceSection
from tallybook.programs.problems import Path
from tallybook.programs.reward_contradictions import reward_contradictions
from tallybook.programs.rewards_document import GivesCoupons, GivesUnits
from tallybook.programs.vocabulary import UnitKind


def mall_contradictions(
    mall: Mapping[str, ItemSection], units: Mapping[str, UnitSection], stored_value: Collection[str]
) -> Iterator[Contradiction]:
    """Everything that items, each of them sound, say against each other and against units."""
    for code, item in mall.items():
        yield from _of_gift(code, item, mall, units, stored_value)
        if item.price is not None:
            yield from _of_price(("mall", code, "price"), item.price, units)
            yield from _of_coupons(code, item, mall)
        for index, each in enumerate(item.tier_prices):
            yield from _of_price(("mall", code, "tier_prices", index, "price"), each.price, units)


def _of_gift(
    code: str,
    item: ItemSection,
    mall: Mapping[str, ItemSection],
    units: Mapping[str, UnitSection],
    stored_value: Collection[str],
) -> Iterator[Contradiction]:
    gives, path = item.gives, ("mall", code, "gives")
    if isinstance(gives, GivesUnits):
        for (*_, name), sentence in reward_contradictions((), (gives,), units):
            yield (*path, gives.kind, name), sentence
    if isinstance(gives, GivesValue) and gives.unit not in stored_value:
        yield (*path, gives.kind, "unit"), "is not kept as stored value"
    if isinstance(gives, GivesOneOf):
        for index, other in enumerate(gives.items):
            if other in mall and isinstance(mall[other].gives, GivesOneOf):
                yield (*path, gives.kind, "items", index), "is one of several itself"


def _of_coupons(code: str, item: ItemSection, mall: Mapping[str, ItemSection]) -> Iterator[Contradiction]:
    """Orders of more coupons than can be issued at once."""
    given = [item.gives]
    if isinstance(item.gives, GivesOneOf):
        given = [mall[other].gives for other in item.gives.items if other in mall]
    most = item.most_per_order * max(
        (each.count for each in given if isinstance(each, GivesCoupons)), default=0
    )
    if most > ORDER_COUPONS_MAX:
        sentence = f"comes to {most:,} coupons, and an order gives at most {ORDER_COUPONS_MAX:,}"
        yield ("mall", code, "most_per_order"), sentence


def _of_price(path: Path, price: PriceSection, units: Mapping[str, UnitSection]) -> Iterator[Contradiction]:
    """Prices in units that cannot be spent."""
    unit = units.get(getattr(price, "unit", ""))
    if unit is not None and unit.kind is UnitKind.QUALIFYING:
        yield (*path, price.kind, "unit"), "cannot be spent: it is qualifying"
