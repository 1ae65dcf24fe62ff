"""What two members' resident notes come to when they turn out to be one. Pure: no clock, no database.

What was used up stays used up: counts add up wherever they are of the same period.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tallybook.journal.folio import Folio
from tallybook.members.layers import OLDER, RECEIVED, Layer, Layers, changed
from tallybook.members.passbook import Page, Passbook, Today, page_of, passbook_of, put_page, put_passbook
from tallybook.members.profile import BLANK, EARLIER_MAX, TAGS_MAX, profile_of, put_profile
from tallybook.members.velocity import Count, joined, put_velocity, velocity_note


def join_profiles(kept: Folio, gone: Folio) -> None:
    """The kept member's birthday goes before the other's; tags are those of both, as many as there may be.

    The other's page has neither any more: who is erased is erased in one place.
    """
    one, other = profile_of(kept), profile_of(gone)
    tags = tuple(sorted({*one.tags, *other.tags}))[:TAGS_MAX]
    earlier = tuple(sorted({*one.earlier, *other.earlier}, key=lambda each: each.changed_on, reverse=True))
    profile = msgspec.structs.replace(
        one, birthday=one.birthday or other.birthday, tags=tags, earlier=earlier[:EARLIER_MAX]
    )
    put_profile(kept, profile)
    put_profile(gone, BLANK)


def join_velocity(kept: Folio, gone: Folio) -> None:
    """Counts of the same period add up, of others the later one stands; who is frozen as either stays so."""
    one, other = velocity_note(kept), velocity_note(gone)
    counts = dict(one.counts)
    for limit, count in other.counts.items():
        counts[limit] = _joined_count(counts[limit], count) if limit in counts else count
    put_velocity(
        kept,
        msgspec.structs.replace(
            one,
            counts=counts,
            frozen=joined(one.frozen, other.frozen),
            frozen_by=one.frozen_by or other.frozen_by,
        ),
    )


def _joined_count(one: Count, other: Count) -> Count:
    if one.since != other.since:
        return max(one, other, key=lambda each: each.since)
    return Count(one.since, one.amount + other.amount, one.is_raised or other.is_raised)


def money_pages(folio: Folio) -> dict[str, Page]:
    """The pages of a passbook as things are."""
    return {unit: page_of(folio, unit) for unit in passbook_of(folio).pages}


def join_passbooks(kept: Folio, gone: Folio, pages: Mapping[str, Page], others: Mapping[str, Page]) -> None:
    """Put both passbooks into one, when the money has been moved; `pages` are as they were before.

    The kept member's top-ups are spent first. What the other had moved today counts for both.
    """
    is_named = passbook_of(kept).is_named or passbook_of(gone).is_named
    for unit, other in others.items():
        put_page(kept, unit, _joined_page(pages.get(unit, Page()), other))
    put_passbook(kept, msgspec.structs.replace(passbook_of(kept), is_named=is_named))
    put_passbook(gone, Passbook(is_named=passbook_of(gone).is_named))


def _joined_page(one: Page, other: Page) -> Page:
    times = {
        plan: one.plan_times.get(plan, 0) + other.plan_times.get(plan, 0)
        for plan in {*one.plan_times, *other.plan_times}
    }
    return msgspec.structs.replace(
        one,
        layers=_joined_layers(one.layers, other.layers),
        top_ups=one.top_ups + other.top_ups,
        plan_times=times,
        today=_joined_today(one.today, other.today),
    )


def _joined_layers(one: Layers, other: Layers) -> Layers:
    named = {layer.top_up: layer for layer in one}
    for layer in other:
        named[layer.top_up] = _sum(named[layer.top_up], layer) if layer.top_up in named else layer
    first = [named.pop(name) for name in (RECEIVED, OLDER) if name in named]
    return (*first, *named.values())


def _sum(one: Layer, other: Layer) -> Layer:
    return changed(
        one, **{name: getattr(other, name) for name in Layer.__struct_fields__ if name != "top_up"}
    )


def _joined_today(one: Today | None, other: Today | None) -> Today | None:
    if one is None or other is None or one.day != other.day:
        return max(
            (each for each in (one, other) if each is not None), key=lambda each: each.day, default=None
        )
    return Today(one.day, one.top_up + other.top_up, one.spend + other.spend, one.payout + other.payout)
