"""What tiers, tasks and teams have to do with an entry, in words. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

import msgspec

from tallybook.earning.results import TierMoved
from tallybook.earning.wording import units_text
from tallybook.growth.acts import ACT_KINDS, EndOverride, OverrideTier, told_act
from tallybook.growth.growth import GIVEN, GROWTH, GivenNote, Growth
from tallybook.growth.portions import is_unit, plan_in, template_in
from tallybook.growth.postings import Given
from tallybook.growth.review import REVIEW_TIERS
from tallybook.growth.task_state import Counted
from tallybook.growth.team_places import TEAM_COMPLETED, TEAM_LEFT
from tallybook.growth.tier_state import Change, Why
from tallybook.journal.entries import Entry
from tallybook.journal.notes import decoded, read_changes
from tallybook.programs.program import Unit
from tallybook.programs.windows import EVER

GROWTH_KINDS: Final = (REVIEW_TIERS, *ACT_KINDS)
"""The kinds of entry that are about tiers and tasks alone."""
TEAM_KINDS: Final = ("join_team", TEAM_COMPLETED, TEAM_LEFT)
"""The kinds of entry that tell what a team gave, or what of it was taken back."""

BECAUSE: Final = {
    Why.REACHED: "units and tasks suffice for it",
    Why.NOT_KEPT: "they did not suffice to keep it",
    Why.REFUND: "what it was reached or kept with went back",
    Why.OVERRIDE: "it is set by hand",
    Why.OVERRIDE_ENDED: "what was set by hand is over",
    Why.PROGRAM: "the program was revised",
    Why.MERGED: "another member turned out to be the same, and had it",
    Why.SPLIT: "it had come with a merge that was a mistake",
}

Units = Mapping[str, Unit]


class _Reply(msgspec.Struct):
    """What is read of a reply."""

    counted: tuple[Counted, ...] = ()
    given: tuple[Given, ...] = ()
    tiers: tuple[TierMoved, ...] = ()


_decode_reply = msgspec.json.Decoder(_Reply).decode


def growth_told(entry: Entry, units: Units) -> Iterator[str]:
    """What an entry of an event, an act, a review or a team did to tiers and tasks, and what it gave."""
    if entry.kind in ACT_KINDS:
        yield from _act_told(entry)
    reply = _decode_reply(entry.reply) if entry.reply else _Reply(given=tuple(_given_by(entry)))
    for each in reply.counted:
        yield f"it counts {each.amount:,} towards task {each.task}{_period(each.since)}."
    changes: list[TierMoved | Change] = [*reply.tiers, *_changes_of(entry)]
    for moved in changes:
        before, after = moved.before or "no tier", moved.after or "no tier"
        yield f"{moved.ladder}: {before} became {after}: {BECAUSE[Why(moved.why)]}."
    yield from _gifts_told(reply.given, units)
    if entry.kind == REVIEW_TIERS:
        for key, note in _filed_by(entry):
            if not note.portions:
                yield f"{source_text(key)} is due to a member who may not be given anything."


def _act_told(entry: Entry) -> Iterator[str]:
    match told_act(entry.content).act:
        case OverrideTier(ladder, override):
            how = "exactly" if override.exactly else "at least"
            tier = override.tier or "no tier"
            yield f"{ladder}: {how} {tier} is set by hand through {override.until}."
        case EndOverride(ladder, _):
            yield f"{ladder}: what was set by hand is ended."


def _filed_by(entry: Entry) -> Iterator[tuple[str, GivenNote]]:
    for change in read_changes(entry.notes):
        note = decoded(GivenNote, change.note) if change.kind == GIVEN else None
        if note is not None:
            yield change.key, note


def _given_by(entry: Entry) -> Iterator[Given]:
    """What a review gave, which has no reply: as it filed it."""
    for key, note in _filed_by(entry):
        for portion in note.portions:
            yield Given(
                source=key,
                unit=portion.unit if is_unit(portion.unit) else "",
                fund=portion.fund,
                amount=portion.amount,
                vests_on=portion.vests_on,
                expires_on=portion.expires_on,
                template=template_in(portion.unit),
                plan=plan_in(portion.unit),
            )


def _changes_of(entry: Entry) -> Iterator[Change]:
    """The changes of tiers by a review or an act: those of its moment in the history that it left.

    An act is the last that happened then.
    """
    if entry.kind not in GROWTH_KINDS:
        return
    is_act = entry.kind in ACT_KINDS
    at = told_act(entry.content).at if is_act else entry.occurred_at
    for change in read_changes(entry.notes):
        growth = decoded(Growth, change.note) if change.kind == GROWTH else None
        then = [] if growth is None else [each for each in growth.tiers.history if each.at == at]
        yield from then[-1:] if is_act else then


def _gifts_told(gifts: Iterable[Given], units: Units) -> Iterator[str]:
    for each in gifts:
        amount, source = _amount_text(each, abs(each.amount), units), source_text(each.source)
        if each.amount > 0:
            yield f"{source} gives {amount}."
        elif each.amount:
            yield f"{amount} that {source} gave: taken back."
        if each.stayed:
            stayed = _amount_text(each, each.stayed, units)
            yield f"{stayed} that {source} gave before: used, so it stays and is not given again."


def _amount_text(given: Given, amount: int, units: Units) -> str:
    if given.unit:
        return units_text(units[given.unit], amount)
    what = f"coupon of {given.template}" if given.template else f"day of {given.plan}"
    one, _, of = what.partition(" ")
    return f"{amount:,} {one if amount == 1 else one + 's'} {of}"


def source_text(source: str) -> str:
    """What gave something, from how it is filed: see `Given`."""
    match source.split("/"):
        case ["team", *name]:
            return "team " + "/".join(name).partition("\n")[0]
        case ["task", task, since]:
            return f"task {task}{_period(date.fromisoformat(since))}"
        case ["tier", ladder, tier, _]:
            return f"reaching {tier} of {ladder}"
        case ["tier", ladder, tier, _, since]:
            return f"{tier} of {ladder}{_period(date.fromisoformat(since))}"
        case _:
            return source


def _period(since: date) -> str:
    return "" if since == EVER else f" in the period from {since}"
