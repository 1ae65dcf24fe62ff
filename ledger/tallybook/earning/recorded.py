"""A member's story as it is recorded: in entries and notes, read and kept. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec
from msgspec.structs import replace

from tallybook.earning.differences import Change
from tallybook.earning.events import Event, Purchase, Refund, event_key, purchase_key
from tallybook.earning.notes import (
    EARNING,
    EVENT,
    WAITING,
    EarningNote,
    EventNote,
    WaitingNote,
    WaitingRefund,
    earning_note,
    is_awaited,
    read_note,
    write_note,
)
from tallybook.earning.refunds import after_refund, bought_by
from tallybook.earning.results import Reward
from tallybook.earning.story import NOTHING, Fact, Result, Story, Told
from tallybook.engine.desk import Desk
from tallybook.errors import TallybookError
from tallybook.growth.acts import Aside, acts_of
from tallybook.growth.growing import Growing
from tallybook.growth.growth import (
    GivenNote,
    Growth,
    begun,
    given_notes,
    grows,
    growth_of,
    put_growth,
)
from tallybook.growth.task_state import Counted, reaches_back
from tallybook.growth.tier_state import TierState
from tallybook.growth.timely import may_be_given
from tallybook.journal.entries import Entry
from tallybook.journal.folio import Folio
from tallybook.journal.merged import kept_by
from tallybook.programs.program import Program
from tallybook.programs.rules import budget_pool

KIND: Final = "record_event"
NO_TIERS: Final = TierState()


class _Outcome(msgspec.Struct):
    """What is read of a reply."""

    rewards: tuple[Reward, ...] = ()
    counted: tuple[Counted, ...] = ()


_decode_told = msgspec.json.Decoder(Told).decode
_decode_outcome = msgspec.json.Decoder(_Outcome).decode


class Recorded(msgspec.Struct, frozen=True):
    """What is recorded of a story: where it stands, and the part of it that an event may touch.

    `facts` are all of the member's where the story is told anew, and none where it goes on. `before` are the
    purchases and custom events among them, or the order that a refund names; `waiting` are refunds of the
    order that came first. `growth` are tiers and tasks, None where there are none, `asides` what is told of
    them between events where the story is told anew, `earlier` revisions that were in force in the part that
    is told, and `given` what they gave, for then and for refunds. `tiers_before` are those before the event.
    Who `gets_nothing` gets no periodic grants.
    """

    note: EarningNote
    facts: Sequence[Fact]
    before: Mapping[str, Result]
    waiting: Mapping[str, Sequence[Fact]]
    drawn: Mapping[str, int]
    is_whole: bool
    growth: Growth | None = None
    asides: Sequence[Aside] = ()
    earlier: Sequence[Program] = ()
    given: Mapping[str, GivenNote] = {}
    tiers_before: TierState = NO_TIERS
    gets_nothing: bool = False

    def story(self) -> Story:
        """The story, ready to go on; at its beginning where it is to be told anew."""
        growing = None
        if self.growth is not None:
            growing = Growing(self.growth, self.earlier, self.given, gets_nothing=self.gets_nothing)
        if self.is_whole:
            return Story(before=self.before, drawn=dict(self.drawn), growing=growing)
        return Story(
            growing=growing,
            state=self.note.state,
            results=dict(self.before),
            before=self.before,
            drawn=dict(self.drawn),
            waiting={order: list(refunds) for order, refunds in self.waiting.items()},
        )


def touches_history(
    note: EarningNote, program: Program, now: Program, event: Event, at: datetime, folio: Folio
) -> bool:
    """Whether an event, decided by a program, has its story told anew; `now` is the program in force.

    Any event does that is from before there were other ladders, also the first: time has to go through them.
    Where anything depends on the order of events, one that comes in late does, a refund of what is left
    of the latest order, which leaves another one as the latest, and a refund of what counted towards tasks
    further back than is kept. So does the first event of which anything may depend on those before it.
    """
    growth = growth_of(folio)
    if program.ladders_revision < now.ladders_revision and (growth is not None or grows(program)):
        return True
    is_behind = growth is not None and growth.is_late(at)
    if not note.is_ordered:
        return program.rules.is_ordered and (note.last_at is not None or is_behind)
    if is_behind or note.is_late(at, event_key(event)):
        return True
    match event:
        case Refund(order_id=order):
            bought = folio.requested(purchase_key(order))
            if bought is None:
                return False  # it waits for its order
            if bought.occurred_at == note.state.last_purchase_at and _takes_all_that_is_left(
                folio, bought, event
            ):
                return True
            return growth is not None and reaches_back(growth.tasks, counted_by(folio, bought))
        case Purchase(order_id=order):
            return note.awaited > 0 and is_awaited(folio, order)
        case _:
            return False


def stands_behind(folio: Folio, key: str, at: datetime) -> bool:
    """Whether an event that nobody dated follows what happened at a moment already, and so stands behind it:
    its key alone would have it before that.
    """
    note, growth = earning_note(folio), growth_of(folio)
    return note.is_followed_by(at, key) or (growth is not None and growth.acted_at == at)


def _takes_all_that_is_left(folio: Folio, order: Entry, refund: Refund) -> bool:
    """Whether a refund leaves nothing of an order. One that is for too much is refused, and takes nothing."""
    bought = told_by(order).event
    assert isinstance(bought, Purchase), "what is refunded was bought"
    note = read_note(folio, EventNote, EVENT, order.request_id or "") or EventNote()
    try:
        return after_refund(bought_by(bought), note.refunded, refund).whole
    except TallybookError:
        return False


def counted_by(folio: Folio, order: Entry) -> tuple[Counted, ...]:
    """What an order counted towards tasks, as it is now."""
    note = read_note(folio, EventNote, EVENT, order.request_id or "")
    if note is not None and note.counted is not None:
        return note.counted
    return _decode_outcome(order.reply).counted


def as_recorded(desk: Desk, fact: Fact) -> Recorded:
    """What there is of a member's story before an event."""
    folio, event = desk.folio, fact.told.event
    note = earning_note(folio)
    prefix = budget_pool("")
    drawn = {
        pool.removeprefix(prefix): desk.drawn(pool)
        for program, pool in desk.pools
        if program == desk.program.code and pool.startswith(prefix)
    }
    growth = _growth(desk, fact)
    if touches_history(note, fact.program, desk.program, event, fact.at, folio):
        facts = list(_facts(desk))
        results = (_result(folio, each) for each in facts if not isinstance(each.told.event, Refund))
        whole = Recorded(note, facts, {each.fact.key: each for each in results}, {}, drawn, is_whole=True)
        return whole if growth is None else _grown(desk, whole, growth, fact.at)
    before: dict[str, Result] = {}
    waiting: dict[str, list[Fact]] = {}
    if isinstance(event, Refund):
        order = folio.requested(purchase_key(event.order_id))
        if order is not None:
            before[purchase_key(event.order_id)] = _result(folio, _fact(desk, order))
    elif isinstance(event, Purchase) and note.awaited and is_awaited(folio, event.order_id):
        refunds = read_note(folio, WaitingNote, WAITING, event.order_id)
        assert refunds is not None, "an order that is waited for has refunds"
        waiting[event.order_id] = [
            Fact(each.told, each.occurred_at, each.version, fact.program) for each in refunds.refunds
        ]
    tiers = NO_TIERS if growth is None else growth.tiers
    given = given_notes(folio) if isinstance(event, Refund) and growth is not None else {}
    return Recorded(
        note,
        (),
        before,
        waiting,
        drawn,
        is_whole=False,
        growth=growth,
        earlier=() if growth is None or fact.at >= desk.now else _in_force_since(desk, growth.tiers),
        given=given,
        tiers_before=tiers,
        gets_nothing=not may_be_given(folio),
    )


def _growth(desk: Desk, fact: Fact) -> Growth | None:
    """A member's growth, which begins with the first event that is told under a program that has any."""
    growth = growth_of(desk.folio)
    if growth is None and (grows(desk.program) or grows(fact.program)):
        return begun(desk.folio, fact.at)
    return growth


def _grown(desk: Desk, whole: Recorded, growth: Growth, at: datetime) -> Recorded:
    """A story to be told anew, with all that is told aside."""
    before = growth.tiers
    growth = begun(desk.folio, min((at, *(fact.at for fact in whole.facts))), growth.moves)
    asides = [Aside(each.at, desk.revision(each.revision), each.act) for each in acts_of(desk.folio)]
    asides += [Aside(each.at, desk.revision(each.revision), each) for each in growth.moves]
    given = given_notes(desk.folio)
    return replace(
        whole,
        growth=growth,
        asides=asides,
        earlier=_in_force_since(desk, growth.tiers),
        given=given,
        tiers_before=before,
        gets_nothing=not may_be_given(desk.folio),
    )


def _in_force_since(desk: Desk, tiers: TierState) -> Sequence[Program]:
    assert tiers.at is not None, "growth begins at a moment"
    return desk.revisions_since(tiers.at)


def revisions_told(folio: Folio) -> set[int]:
    """The revisions by which a member's story was told, where all of it is here."""
    revisions = {told_by(entry).revision for entry in folio.recorded_of(KIND)}
    revisions |= {act.revision for act in acts_of(folio)}
    growth = growth_of(folio)
    return revisions if growth is None else revisions | {move.revision for move in growth.moves}


def told_by(entry: Entry) -> Told:
    """The event that an entry of this kind keeps."""
    return _decode_told(entry.content)


def _facts(desk: Desk) -> Iterator[Fact]:
    """All that a member's story is told from. What went along with a merge that was undone stands as it went;
    refunds that wait for their orders do so where they went.
    """
    folio = desk.folio
    for entry in folio.recorded_of(KIND):
        fact = _fact(desk, entry)
        if kept_by(folio, entry.version):
            event = fact.told.event
            if isinstance(event, Refund) and not _has_gone(folio, purchase_key(event.order_id)):
                continue
            fact = replace(fact, told=replace(fact.told, stands=True))
        yield fact


def _has_gone(folio: Folio, order: str) -> bool:
    entry = folio.requested(order)
    return entry is not None and kept_by(folio, entry.version) != ""


def _fact(desk: Desk, entry: Entry) -> Fact:
    told = told_by(entry)
    return Fact(told, entry.occurred_at, entry.version, desk.revision(told.revision))


def _result(folio: Folio, fact: Fact) -> Result:
    note = read_note(folio, EventNote, EVENT, fact.key) or EventNote()
    rewards, counted = note.rewards, note.counted
    if rewards is None or counted is None:
        entry = folio.requested(fact.key)
        assert entry is not None, "a fact comes from an entry"
        outcome = _decode_outcome(entry.reply)
        rewards = outcome.rewards if rewards is None else rewards
        counted = outcome.counted if counted is None else counted
    return Result(fact, rewards, refunded=note.refunded, counted=counted)


def changes_of(recorded: Recorded, story: Story) -> list[Change]:
    """The events that are no longer as they are recorded, in the order of the story."""
    changes: list[Change] = []
    for key, after in story.results.items():
        before = recorded.before.get(key)
        if before is None or _kept(before) != _kept(after):
            changes.append((before, after))
    return changes


def _kept(result: Result) -> tuple[object, ...]:
    return result.rewards, result.refunded, result.counted


def keep_story(desk: Desk, fact: Fact, recorded: Recorded, story: Story, changes: Sequence[Change]) -> None:
    """Write down where the story stands now, and what of it no entry tells."""
    folio, event = desk.folio, fact.told.event
    note = recorded.note.with_event(fact.at, fact.key, fact.program)
    awaited = note.awaited
    if isinstance(event, Refund) and event.order_id in story.waiting:
        awaited += not is_awaited(folio, event.order_id)
        _keep_waiting(desk, fact, event.order_id)
    if isinstance(event, Purchase) and awaited and is_awaited(folio, event.order_id):
        awaited -= 1
        _keep_rejected(folio, event.order_id, story)
    note = replace(note, state=story.state, awaited=awaited)
    write_note(folio, note, EARNING)
    if story.growing is not None:
        put_growth(folio, story.growing.growth())
    for before, after in changes:
        if before is None and after.refunded == NOTHING:
            continue  # its entry says all there is
        was = None if before is None else read_note(folio, EventNote, EVENT, after.fact.key)
        rewards, counted = (None, None) if was is None else (was.rewards, was.counted)
        if before is not None and before.rewards != after.rewards:
            rewards = after.rewards
        if before is not None and before.counted != after.counted:
            counted = after.counted
        folio.notes.setdefault((EVENT, after.fact.key), None)
        kept = EventNote(rewards=rewards, refunded=after.refunded, counted=counted)
        write_note(folio, kept, EVENT, after.fact.key)


def _keep_waiting(desk: Desk, fact: Fact, order: str) -> None:
    was = read_note(desk.folio, WaitingNote, WAITING, order)
    new = WaitingRefund(told=fact.told, occurred_at=fact.at, version=desk.entry)
    write_note(desk.folio, WaitingNote(refunds=(*(was.refunds if was else ()), new)), WAITING, order)


def _keep_rejected(folio: Folio, order: str, story: Story) -> None:
    """Refunds that came before their order are done with, but for those that it could not take."""
    was = read_note(folio, WaitingNote, WAITING, order)
    assert was is not None
    left = [
        replace(refund, problem=problem)
        for refund in was.refunds
        if (problem := story.rejected.get(event_key(refund.told.event)))
    ]
    write_note(folio, WaitingNote(refunds=tuple(left)) if left else None, WAITING, order)
