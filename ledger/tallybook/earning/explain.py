"""Why an entry moved what it moved: rules, caps and refunds, as data. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from tallybook.earning.differences import RETURN, Returned
from tallybook.earning.evaluate import CUT
from tallybook.earning.events import Custom, Purchase, Refund
from tallybook.earning.formulas import FORMULAS, Parts, Worth
from tallybook.earning.notes import EVENT, WAITING, EventNote, WaitingNote
from tallybook.earning.recorded import KIND, told_by
from tallybook.earning.refunds import bought_by, part_back
from tallybook.earning.results import EventRecorded, Reward, Skipped, Taken
from tallybook.earning.spend import basket_of
from tallybook.journal.accounts import Posting
from tallybook.journal.entries import Entry
from tallybook.journal.notes import read_changes
from tallybook.journal.shares import share_out
from tallybook.programs.program import Program
from tallybook.programs.rounding import rounded
from tallybook.programs.rules import Fixed, Multiplier, PerMoney, PerQuantity, Rule, StepTable

TOLD_KINDS: Final = (KIND, RETURN)
"""The kinds of entry that tell the story of a member's events."""

FORMULA_KINDS: Final = {
    PerMoney: "rate",
    PerQuantity: "quantity",
    Fixed: "fixed",
    StepTable: "steps",
    Multiplier: "multiplier",
}

_decode_reply = msgspec.json.Decoder(EventRecorded).decode
_decode_event_note = msgspec.json.Decoder(EventNote).decode
_decode_waiting_note = msgspec.json.Decoder(WaitingNote).decode
_decode_returned = msgspec.json.Decoder(Returned).decode


class CountedLine(msgspec.Struct, frozen=True):
    """A line that counted, and the steps that fell to it.

    `counted` is in minor units, in pieces or, for a multiplier, in steps of the rules it multiplies.
    """

    line_id: str
    counted: int
    share: int


class Earned(msgspec.Struct, frozen=True, kw_only=True):
    """A reward with what it was worked out from: `formula` is the kind of formula in the program's document.

    `lines` are those that counted. Where what the rule says now does not come to the reward, as when the
    event was ahead of a revision, all but the reward is left out.
    """

    reward: Reward
    formula: str = ""
    rounding: str = ""
    lines: tuple[CountedLine, ...] = ()


class Reclaimed(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry took back of a rule's reward, in steps.

    `part` of what had earned the `reward` is back by now, as a fraction in text such as "1/3". Of that,
    `before` was taken back by earlier entries and `amount` by this one. Where the rule gives nothing any
    more, `reward` is 0, and what was taken back of it before is given back.
    """

    rule: str
    unit: str
    fund: str
    reward: int
    part: str
    before: int
    amount: int


class GivenBack(msgspec.Struct, frozen=True, kw_only=True):
    """Steps of a unit that `spent_by` had spent and that came back with a refund, by the entry `entry`."""

    spent_by: int
    entry: int
    unit: str
    amount: int


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry made of one event, by a revision of the program.

    `entry` records the event. `before` are its rewards as they were before this entry, None where it is the
    entry's own. `skipped` is known for the entry's own event alone.
    """

    event: str
    entry: int
    revision: int
    rewards: tuple[Earned, ...]
    before: tuple[Reward, ...] | None = None
    skipped: tuple[Skipped, ...] = ()
    taken: tuple[Reclaimed, ...] = ()


class Since(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an event after its entry: `rewards` if it was decided anew, and what refunds have taken
    back of them by now, rule by rule.
    """

    rewards: tuple[Reward, ...] | None = None
    taken: tuple[Taken, ...] = ()


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why an entry moved what it moved. Amounts are in smallest steps; `sentences` say it in words.

    `decisions` are on the events that the entry decided: its own first, and those that came to something
    else because of it. `awaited` is the order that a refund waits for, and `rejected` has refunds that had
    waited and could not be applied, with the reason.
    """

    program: str
    member: str
    entry: int
    kind: str
    revision: int
    recorded_at: datetime
    occurred_at: datetime
    decisions: tuple[Decision, ...] = ()
    given_back: tuple[GivenBack, ...] = ()
    awaited: str = ""
    rejected: dict[str, str] = {}
    since: Since | None = None
    postings: tuple[Posting, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of an event, with `earlier` entries of `TOLD_KINDS`, in their order, and what is noted of the
    event `now`. `program_of` gives a revision of the program.
    """

    entry: Entry
    earlier: Sequence[Entry]
    now: EventNote
    program_of: Callable[[int], Program]


def explained_event(told: Told, explanation: Explanation) -> Explanation:
    """The explanation of an entry of an event, with what rules and refunds have to do with it."""
    entry = told.entry
    reply = _decode_reply(entry.reply)
    content = told_by(entry)
    event, changes = content.event, () if content.stands else read_changes(entry.notes)
    waiting = [_decode_waiting_note(c.note.body) for c in changes if c.kind == WAITING and c.note is not None]
    return msgspec.structs.replace(
        explanation,
        decisions=tuple(_decisions(told, reply)),
        given_back=tuple(_given_back(told)),
        awaited=event.order_id if isinstance(event, Refund) and reply.waiting else "",
        rejected={
            refund.told.event.refund_id: refund.problem
            for note in waiting
            for refund in note.refunds
            if refund.problem and isinstance(refund.told.event, Refund)
        },
        since=_since(told, reply),
    )


def _decisions(told: Told, reply: EventRecorded) -> list[Decision]:
    own = told.entry.request_id or ""
    entries = {entry.request_id: entry for entry in (*told.earlier, told.entry) if entry.kind == KIND}
    before = _event_notes(told.earlier)
    after = _left_by(told.entry)
    if not isinstance(told_by(told.entry).event, Refund):
        after.setdefault(own, EventNote())
    keys = sorted(after, key=lambda key: (key != own, entries[key].occurred_at, key))
    return [
        _decision(
            entries[key],
            told.program_of(told_by(entries[key]).revision),
            None if key == own else before.get(key, EventNote()),
            after[key],
            reply.skipped if key == own else (),
        )
        for key in keys
    ]


def _event_notes(entries: Sequence[Entry]) -> dict[str, EventNote]:
    """The notes on events as entries left them, by the events' keys."""
    return {
        change.key: _decode_event_note(change.note.body)
        for entry in entries
        for change in read_changes(entry.notes)
        if change.kind == EVENT and change.note is not None
    }


def _left_by(entry: Entry) -> dict[str, EventNote]:
    """What an entry has made of events. What came with a merge was decided, and refunded, elsewhere."""
    return {} if told_by(entry).stands else _event_notes([entry])


def _decision(
    entry: Entry, program: Program, before: EventNote | None, after: EventNote, skipped: tuple[Skipped, ...]
) -> Decision:
    event = told_by(entry).event
    assert not isinstance(event, Refund), "a refund changes what its order comes to"
    first = _decode_reply(entry.reply).rewards
    rewards = first if after.rewards is None else after.rewards
    were = () if before is None else (first if before.rewards is None else before.rewards)
    return Decision(
        event=entry.request_id or "",
        entry=entry.version,
        revision=program.revision,
        rewards=tuple(_earned(event, program, rewards, skipped)),
        before=None if before is None else were,
        skipped=skipped,
        taken=tuple(_taken(event, rewards, were, before or EventNote(), after)),
    )


def _earned(
    event: Purchase | Custom, program: Program, rewards: Sequence[Reward], skipped: Sequence[Skipped]
) -> list[Earned]:
    basket = basket_of(event, program.rules.spend)
    rules = {rule.code: rule for rule in program.rules.rules}
    worths = _worths(event, program, {reward.rule: reward for reward in rewards}, skipped)
    found = []
    for reward in rewards:
        rule, worth = rules.get(reward.rule), worths.get(reward.rule)
        if rule is None or worth is None or worth.base != reward.base:
            found.append(Earned(reward=reward))
            continue
        lines = tuple(
            CountedLine(line_id, counted, reward.shares.get(line_id, 0))
            for line_id, counted in zip(basket.ids, worth.weights, strict=True)
            if line_id and counted
        )
        kind = FORMULA_KINDS[type(rule.formula)]
        found.append(Earned(reward=reward, formula=kind, rounding=rule.rounding, lines=lines))
    return found


def _worths(
    event: Purchase | Custom,
    program: Program,
    rewards: Mapping[str, Reward],
    skipped: Sequence[Skipped],
) -> dict[str, Worth]:
    """What the formulas of rules that applied are worth, in the order in which they apply."""
    basket = basket_of(event, program.rules.spend)
    cut = {each.rule for each in skipped if each.why == CUT}
    given: dict[str, Sequence[int]] = {}
    worths = {}
    for rule in program.rules.rules:
        if not _applied(rule, rewards, cut):
            continue
        worth = FORMULAS[type(rule.formula)](rule.formula, Parts(basket, rule.lines), given)
        if worth is None:
            continue
        worths[rule.code] = worth
        whole = rounded(worth.top, worth.denominator, rule.rounding)
        given[rule.code] = share_out(whole, worth.weights, basket.places)
    return worths


def _applied(rule: Rule, rewards: Mapping[str, Reward], cut: set[str]) -> bool:
    """Whether a rule gave something, or would have but for caps, and so was there for multipliers."""
    return rule.code in rewards or (rule.code in cut and not rule.group)


def _taken(
    event: Purchase | Custom,
    rewards: Sequence[Reward],
    were: Sequence[Reward],
    before: EventNote,
    after: EventNote,
) -> list[Reclaimed]:
    if not isinstance(event, Purchase):
        return []
    found = []
    bought = bought_by(event)
    amounts = {reward.rule: reward.amount for reward in rewards}
    for reward in (*rewards, *(each for each in were if each.rule not in amounts)):
        was = before.refunded.taken.get(reward.rule, 0)
        amount = after.refunded.taken.get(reward.rule, 0) - was
        if amount:
            found.append(
                Reclaimed(
                    rule=reward.rule,
                    unit=reward.unit,
                    fund=reward.fund,
                    reward=amounts.get(reward.rule, 0),
                    part=str(part_back(bought, after.refunded, reward)),
                    before=was,
                    amount=amount,
                )
            )
    return found


def _given_back(told: Told) -> list[GivenBack]:
    """What came back by the entries that stand right before this one, as parts of it."""
    found: list[GivenBack] = []
    version = told.entry.version
    for entry in reversed(told.earlier):
        version -= 1
        if entry.version != version or entry.kind != RETURN:
            break
        returned = _decode_returned(entry.reply)
        assert entry.reverses is not None, "what is given back was spent by an entry"
        found.append(
            GivenBack(
                spent_by=entry.reverses, entry=entry.version, unit=returned.unit, amount=returned.amount
            )
        )
    return found[::-1]


def _since(told: Told, reply: EventRecorded) -> Since | None:
    own = _left_by(told.entry).get(told.entry.request_id or "", EventNote())
    rewards = reply.rewards if told.now.rewards is None else told.now.rewards
    amounts = told.now.refunded.taken if told.now.refunded.taken != own.refunded.taken else {}
    taken = tuple(
        Taken(rule=reward.rule, unit=reward.unit, fund=reward.fund, amount=amounts[reward.rule])
        for reward in rewards
        if reward.rule in amounts
    )
    is_same = rewards == reply.rewards
    return None if is_same and not taken else Since(rewards=None if is_same else rewards, taken=taken)
