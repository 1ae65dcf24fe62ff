"""Tiers, tasks and benefits of two members who become one, and of one who is two again. Pure: no clock, no
database.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from tallybook.engine.desk import Desk
from tallybook.growth.acts import JoinGrowth, PartGrowth, ToldAct, written_act
from tallybook.growth.benefits import put_uses, uses_of
from tallybook.growth.growing import Growing
from tallybook.growth.growth import (
    GivenNote,
    Growth,
    begun,
    given_notes,
    grows,
    growth_of,
    put_given,
    put_growth,
)
from tallybook.growth.postings import Given, added, post_given
from tallybook.growth.quotas import Uses
from tallybook.growth.task_state import Portion
from tallybook.growth.tier_state import Held, TierState
from tallybook.growth.timely import may_be_given
from tallybook.journal.folio import Folio

_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(dict[str, Held]).decode


def join_growth(desk: Desk, kept: Folio, gone: Folio) -> tuple[str, tuple[Given, ...]]:
    """Join tiers and tasks, as an act in the story that goes on; the other page keeps what it has.

    Returns what the member held of its own where the other held more, for `part_growth`, and what is given by
    tasks and tiers that both together suffice for. The lots must have come.
    """
    mine, theirs = growth_of(kept), growth_of(gone)
    if theirs is None and not grows(desk.program):
        return "", ()
    mine = mine or begun(kept, desk.now)
    theirs = theirs or Growth(tiers=TierState())
    at = max(mine.end(desk.now), theirs.end(desk.now))
    given = {key: note.portions for key, note in given_notes(gone).items()}
    act = JoinGrowth(theirs.tiers, theirs.tasks, given)
    desk.content = written_act(ToldAct(act, at, desk.program.revision))
    for key, note in given_notes(gone).items():
        put_given(kept, key, _together(desk, given_notes(kept).get(key), note))
    growing = Growing(mine, gets_nothing=not may_be_given(kept))
    growing.advance(desk.program, at)
    own = growing.tiers
    growing.join(desk.program, at, act.tiers, act.tasks)
    more = _post(desk, kept, growing)
    before = {
        code: Held() if code not in own.ladders else own.ladders[code].held
        for code, each in growing.tiers.ladders.items()
        if each.held == _held(theirs.tiers, code) and each.held != _held(own, code)
    }
    return _encode(before).decode() if before else "", more


def join_team_gifts(desk: Desk, kept: Folio, gone: Folio, renamed: Mapping[str, str]) -> None:
    """Have what teams gave be taken back of the member: it is filed as with the other, or as `renamed`."""
    for key, note in given_notes(gone, by_teams=True).items():
        put_given(gone, key, None)
        put_given(kept, renamed.get(key, key), replace(note, entry=desk.entry))


def part_growth(desk: Desk, kept: Folio, before: str, gone: Folio) -> None:
    """Take back tiers that are still held as they came; what both had done in tasks stays."""
    growth, theirs = growth_of(kept), growth_of(gone)
    if growth is None or theirs is None or not before:
        return
    stands = growth.tiers
    held = {
        code: own for code, own in _decode(before).items() if _held(stands, code) == _held(theirs.tiers, code)
    }
    at = growth.end(desk.now)
    act = PartGrowth(held)
    desk.content = written_act(ToldAct(act, at, desk.program.revision))
    growing = Growing(growth, gets_nothing=not may_be_given(kept))
    growing.advance(desk.program, at)
    growing.part(desk.program, at, held)
    _post(desk, kept, growing)


def stand_alone(desk: Desk, gone: Folio) -> str:
    """Have a page go on from its tiers and tasks as they stood at the merge, whatever is told late.

    Returns that as an act, for the entry on this page; empty where it has neither.
    """
    growth = growth_of(gone)
    merged_at = gone.standing.recorded_at
    if growth is None or merged_at is None:
        return ""
    at = growth.end(merged_at)
    given = {key: note.portions for key, note in given_notes(gone).items()}
    put_growth(gone, replace(growth, moves=(), acted_at=at))
    revision = growth.tiers.revision or desk.program.revision
    return written_act(ToldAct(JoinGrowth(growth.tiers, growth.tasks, given), at, revision))


def _held(tiers: TierState, ladder: str) -> Held | None:
    standing = tiers.ladders.get(ladder)
    return None if standing is None else standing.held


def _post(desk: Desk, folio: Folio, growing: Growing) -> tuple[Given, ...]:
    filed = given_notes(folio)
    before = {key: filed[key] for key in growing.given if key in filed}
    after = added(before, growing.given)
    posted = post_given(folio, desk.program, desk.now, before, after, by=growing.given_by)
    given = tuple(each for each, _ in posted)
    put_growth(folio, growing.growth())
    return given


def _together(desk: Desk, one: GivenNote | None, other: GivenNote) -> GivenNote:
    """What was given on both pages for one thing. What came with the merge is taken back from there."""
    if one is None:
        return GivenNote(desk.entry, other.portions, other.coupons)
    sums: dict[tuple[object, ...], Portion] = {}
    for each in (*one.portions, *other.portions):
        key = each.unit, each.fund, each.vests_on, each.expires_on
        amount = each.amount + (sums[key].amount if key in sums else 0)
        sums[key] = Portion(each.unit, each.fund, amount, each.vests_on, each.expires_on)
    return GivenNote(one.entry, tuple(sums.values()), (*one.coupons, *other.coupons))


def join_uses(kept: Folio, gone: Folio) -> None:
    """Uses of benefits in one period add up, and of two periods the later one's count."""
    mine = uses_of(kept)
    for quota, theirs in uses_of(gone).items():
        own = mine.get(quota)
        if own is None or own.since < theirs.since:
            put_uses(kept, quota, theirs)
        elif own.since == theirs.since:
            put_uses(kept, quota, Uses(own.since, own.used + theirs.used))
