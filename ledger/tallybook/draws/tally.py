"""How often a member has drawn, where that counts, and what was won. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from tallybook.draws.notes import CLAIMED, FREE, TALLY, TIMES, ClaimedNote, TallyNote, found, put
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey
from tallybook.members.counts import count, had, join_counts
from tallybook.programs.draws import DrawRules
from tallybook.refusals.draws import DrawLimitReached


def tally_keys(draw: str) -> tuple[NoteKey, ...]:
    """The notes that tell what a member has drawn."""
    return (TALLY, draw), (TIMES, draw), (FREE, draw)


def tally_of(folio: Folio, draw: str) -> TallyNote:
    """What a member has drawn in one round, which must have been asked for."""
    return found(TallyNote, folio, TALLY, draw) or TallyNote()


def left_of(folio: Folio, rules: DrawRules, today: date) -> int | None:
    """How often a member may still draw today, by all limits; None for without bounds."""
    left = [max(0, each.most - had(folio, TIMES, rules.code, each.period, today)) for each in rules.limits]
    return min(left, default=None)


def check_limits(folio: Folio, rules: DrawRules, today: date) -> None:
    """Raise `DrawLimitReached` for who has drawn as often as one may."""
    for limit in rules.limits:
        if had(folio, TIMES, rules.code, limit.period, today) >= limit.most:
            raise DrawLimitReached(draw=rules.code, period=limit.period, most=limit.most)


def is_free(folio: Folio, rules: DrawRules, today: date) -> bool:
    """Whether the next draw costs nothing."""
    free = rules.free
    if not rules.cost or free is None:
        return not rules.cost
    return had(folio, FREE, rules.code, free.period, today) < free.most


def count_draw(folio: Folio, rules: DrawRules, tally: TallyNote, prize: str, today: date) -> None:
    """Count one more draw, which won a prize, or nothing."""
    if rules.free is not None and rules.cost and is_free(folio, rules, today):
        count(folio, FREE, rules.code, (rules.free.period,), 1, today)
    if rules.limits:
        count(folio, TIMES, rules.code, (each.period for each in rules.limits), 1, today)
    won = {**tally.won, prize: tally.won.get(prize, 0) + 1} if prize else tally.won
    misses = 0 if prize in rules.guaranteed else tally.misses + 1
    put(folio, TALLY, rules.code, replace(tally, misses=misses, won=won))


def join_draws(kept: Folio, gone: Folio) -> None:
    """Add how often one member drew to how often another did, and what one had of red packets.

    Prizes and misses of a round stay apart: they are those of an alias. All notes of both must have been
    asked for.
    """
    join_counts(kept, gone, TIMES)
    join_counts(kept, gone, FREE)
    for kind, key in list(gone.notes):
        claim = found(ClaimedNote, gone, kind, key) if kind == CLAIMED else None
        if claim is not None and kept.notes.get((kind, key)) is None:
            put(kept, CLAIMED, key, claim)
