"""What each kind of command does, on paper. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import tallybook as tb

from tests.invariants.decision import Decision, Facts, cut
from tests.invariants.page import (
    ARREARS,
    AVAILABLE,
    HELD,
    MEMBER_ACCOUNTS,
    PENDING,
    VESTED,
    Credited,
    Line,
    Lot,
    Move,
    Page,
    PaperHold,
    Refused,
    give,
)
from tests.invariants.policy import (
    DAY,
    GRACE_DAYS,
    HOLD_SECONDS_DEFAULT,
    HOLD_SECONDS_MAX,
    NEVER,
)

ACTIVITIES = (tb.Enroll, tb.Award, tb.Redeem, tb.Hold, tb.Capture, tb.Gift)
"""What counts as the member doing something, against lapse by inactivity."""
REVERSIBLE = ("award", "redeem", "capture", "adjust")


def carry_out(decision: Decision) -> Facts:
    """Decide a command and write its lines: what the reply says. Raises `Refused`."""
    command, now = decision.command, decision.now
    if isinstance(command, tb.Enroll):
        if command.member in decision.pages:
            raise Refused("MEMBER_EXISTS", member=command.member)
        decision.pages[command.member] = Page(command.member, enrolled_at=now, recorded_at=now)
    if isinstance(command, ACTIVITIES):
        decision.page.note_activity(decision.occurred_at)
    facts = DECIDED_BY[type(command)](decision)
    facts |= {"entry": decision.page.version + 1, "recorded_at": now}
    if "unit" in facts:
        facts["balance"] = decision.page.balance(facts["unit"])
    _write(decision)
    return facts


def _write(decision: Decision) -> None:
    command, page = decision.command, decision.page
    default = command.request_id if isinstance(command, tb.Hold) else ""
    line = Line(
        version=page.version + 1,
        kind=type(command).__name__.lower(),
        revision=decision.revision,
        recorded_at=decision.now,
        occurred_at=decision.occurred_at,
        request_id=command.request_id,
        source=command.source,
        reason=command.reason,
        metadata=dict(command.metadata),
        reverses=command.entry if isinstance(command, tb.Reverse) else None,
        subject=getattr(command, "hold_id", "") or default,
    )
    if isinstance(command, tb.Gift):
        other = decision.pages[command.to_member]
        line = replace(line, counterpart_member=other.member, counterpart_version=other.version + 1)
        mirrored = replace(line, counterpart_member=page.member, counterpart_version=line.version)
        other.write(replace(mirrored, version=other.version + 1, request_id=None))
    page.write(line)


# --- members ----------------------------------------------------------------------------------------------


def _enroll(decision: Decision) -> Facts:
    return {}


def _freeze(decision: Decision) -> Facts:
    decision.page.frozen, decision.page.frozen_reason = str(decision.command.scope), decision.command.reason
    return {"scope": str(decision.command.scope)}


def _unfreeze(decision: Decision) -> Facts:
    decision.page.frozen, decision.page.frozen_reason = "", ""
    return {"scope": ""}


# --- giving and spending ----------------------------------------------------------------------------------


def _award(decision: Decision) -> Facts:
    command, policy = decision.command, decision.policy
    decision.refuse_frozen(decision.page, "earn")
    decision.check_unit(command.unit)
    decision.check_fund(command.fund)
    earned_on = policy.today(decision.occurred_at)
    rules = policy.units[command.unit]
    vests_on = command.vests_on or (earned_on + rules.vesting_days * DAY if rules.vesting_days else VESTED)
    expires_on = command.expires_on or rules.expires_on(earned_on)
    credited = decision.give((command.unit, command.fund, expires_on), "issued", command.amount, vests_on)
    return {
        "unit": command.unit,
        "amount": command.amount,
        **credited._asdict(),
        "expires_on": expires_on,
        "vests_on": vests_on if credited.pending else None,
    }


def _redeem(decision: Decision) -> Facts:
    command = decision.command
    decision.refuse_frozen(decision.page, "redeem")
    parts = decision.spend(command.unit, command.amount, "redeemed", command.allow_partial)
    return {"unit": command.unit, "amount": sum(part.amount for part in parts), "asked": command.amount}


def _gift(decision: Decision) -> Facts:
    command = decision.command
    receiver = decision.pages[command.to_member]
    decision.refuse_frozen(decision.page, "redeem")
    decision.refuse_frozen(receiver, "earn")
    for fund, expires_on, amount in decision.spend(command.unit, command.amount, "gifted"):
        lot = command.unit, fund, expires_on
        give(receiver, decision.policy, decision.today, lot, "gifted", amount)
    return {
        "unit": command.unit,
        "amount": command.amount,
        "to_member": receiver.member,
        "to_entry": receiver.version + 1,
    }


def _adjust(decision: Decision) -> Facts:
    command, rules = decision.command, decision.policy.units.get(decision.command.unit)
    decision.check_unit(command.unit)
    decision.check_fund(command.fund)
    owed = 0
    if command.amount > 0:
        lot = command.unit, command.fund, rules.expires_on(decision.today)
        decision.give(lot, "adjusted", command.amount)
    else:
        parts = decision.spending(command.unit, -command.amount)
        found = sum(part.amount for part in parts)
        owed = -command.amount - found
        if owed and not command.allow_arrears:
            raise Refused("NOT_ENOUGH_POINTS", unit=command.unit, asked=-command.amount, available=found)
        decision.take(command.unit, parts, "adjusted")
        decision.page.move(command.unit, command.fund, NEVER, ARREARS, "adjusted", owed)
    return {"unit": command.unit, "amount": command.amount, "arrears": owed}


# --- holds ------------------------------------------------------------------------------------------------


def _hold(decision: Decision) -> Facts:
    command, page = decision.command, decision.page
    hold_id = command.hold_id or command.request_id
    decision.refuse_frozen(page, "redeem")
    if hold_id in page.holds:
        raise Refused("HOLD_EXISTS", member=page.member, hold=hold_id)
    seconds = HOLD_SECONDS_DEFAULT if command.seconds is None else command.seconds
    if seconds > HOLD_SECONDS_MAX:
        raise Refused("HOLD_TOO_LONG", asked_seconds=seconds, longest_seconds=HOLD_SECONDS_MAX)
    parts = decision.spend(command.unit, command.amount, HELD)
    deadline = decision.now + timedelta(seconds=seconds)
    opened = page.version + 1
    page.holds[hold_id] = PaperHold(hold_id, command.unit, command.amount, deadline, opened, tuple(parts))
    return {"unit": command.unit, "amount": command.amount, "hold_id": hold_id, "deadline": deadline}


def _capture(decision: Decision) -> Facts:
    hold = decision.open_hold()
    amount = hold.amount if decision.command.amount is None else decision.command.amount
    if amount > hold.amount:
        raise Refused("CAPTURE_EXCEEDS_HOLD", hold=hold.hold_id, asked=amount, held=hold.amount)
    for fund, expires_on, part in cut(hold.lots, amount)[0]:
        decision.page.move(hold.unit, fund, expires_on, HELD, "redeemed", part)
    return decision.resolve(hold, "captured", amount)


def _release(decision: Decision) -> Facts:
    return decision.resolve(decision.open_hold(), "released", 0)


# --- undoing ----------------------------------------------------------------------------------------------


def _reverse(decision: Decision) -> Facts:
    command, page = decision.command, decision.page
    if command.entry > page.version:
        raise Refused("UNKNOWN_ENTRY", member=page.member, entry=command.entry)
    line = page.lines[command.entry - 1]
    crossing = _crossing(line)
    undone = page.undone.get(line.version, 0)
    left = sum(move.amount for move in crossing) - undone
    if line.kind not in REVERSIBLE or not left:
        raise Refused("NOT_REVERSIBLE", entry=command.entry, kind=line.kind)
    amount = left if command.amount is None else command.amount
    if amount > left:
        raise Refused("REVERSAL_EXCEEDS_ENTRY", entry=command.entry, asked=amount, left=left)
    gave = crossing[0].target in MEMBER_ACCOUNTS
    sums = dict.fromkeys(("pending", "available", "lapsed", "arrears", "forgiven", "repaid"), 0)
    for move, part in _last_first(crossing, undone, amount):
        did = _take_back(decision, line, move, part) if gave else _restore(decision, move, part)
        for name, moved in did._asdict().items():
            sums[name] += moved
    page.undone[line.version] = undone + amount
    return {"unit": crossing[0].unit, "amount": amount, "reversed_entry": line.version, **sums}


def _crossing(line: Line) -> list[Move]:
    """The postings that brought points to the member; if there are none, those that took points away."""
    brought = [m for m in line.postings if m.source not in MEMBER_ACCOUNTS and m.target in MEMBER_ACCOUNTS]
    took = [m for m in line.postings if m.source in MEMBER_ACCOUNTS and m.target not in MEMBER_ACCOUNTS]
    return brought or [move for move in took if move.target != "expired"]


def _last_first(moves: list[Move], skipped: int, amount: int) -> Iterator[tuple[Move, int]]:
    """So much of some postings from their end, after what was undone before."""
    for move in reversed(moves):
        left = max(0, move.amount - skipped)
        skipped = max(0, skipped - move.amount)
        part = min(left, amount)
        amount -= part
        if part:
            yield move, part


class TakenBack(NamedTuple):
    """Where points came from that were taken back."""

    pending: int = 0
    available: int = 0
    lapsed: int = 0
    arrears: int = 0
    forgiven: int = 0


def _take_back(decision: Decision, line: Line, move: Move, amount: int) -> TakenBack:
    """Undo a credit: out of the lot it went to, out of what lapsed of it, from other lots, as a debt."""
    unit, fund, expires_on = move.unit, move.fund, move.expires_on
    policy = decision.command.shortfall or decision.policy.shortfall
    pending = available = lapsed = 0
    if move.target == PENDING:
        pending = decision.take_lot(Lot(unit, PENDING, fund, move.vests_on, expires_on), amount, move.source)
    left = amount - pending
    if policy == "only_pending":
        return TakenBack(pending=pending, forgiven=left)
    if move.target != ARREARS:
        own = Lot(unit, AVAILABLE, fund, VESTED, expires_on)
        lapsed = min(left, _lapsed_since(decision.page, line, own))
        decision.page.move(unit, fund, expires_on, "expired", move.source, lapsed)
        available = decision.take_lot(own, left - lapsed, move.source)
    left -= lapsed + available
    others = decision.spending(unit, left)
    decision.take(unit, others, move.source)
    found = sum(part.amount for part in others)
    available, left = available + found, left - found
    if policy == "within_balance":
        return TakenBack(pending, available, lapsed, forgiven=left)
    decision.page.move(unit, fund, NEVER, ARREARS, move.source, left)
    return TakenBack(pending, available, lapsed, arrears=left)


def _lapsed_since(page: Page, line: Line, lot: Lot) -> int:
    """What lapsed of a lot with an entry or after it, as far as that was not undone yet."""
    written = [(later.version, move) for later in page.lines for move in later.postings]
    moves = written + [(page.version + 1, move) for move in page.moves]
    place = lot.unit, lot.fund, lot.expires_on
    own = [(version, m) for version, m in moves if (m.unit, m.fund, m.expires_on) == place]
    since = sum(m.amount for version, m in own if m.target == "expired" and version >= line.version)
    undone = sum(m.amount for _, m in own if m.source == "expired")
    return min(since, sum(m.amount for _, m in own if m.target == "expired") - undone)


def _restore(decision: Decision, move: Move, amount: int) -> Credited:
    """Undo spending: back to the lot it came from, or what the program does for lots past their day."""
    policy, today = decision.policy, decision.today
    decision.page.spare(policy, move.unit, decision.now)
    anew = policy.units[move.unit].expires_on(today)
    expires_on: date = move.expires_on
    if move.source == ARREARS:
        expires_on = anew
    elif expires_on < today:
        expires_on = {
            "keep_expired": expires_on,
            "grace_days": today + GRACE_DAYS * DAY,
            "reissue": anew,
        }[policy.lapsed]
    return decision.give((move.unit, move.fund, expires_on), move.target, amount)


DECIDED_BY = {
    tb.Enroll: _enroll,
    tb.Freeze: _freeze,
    tb.Unfreeze: _unfreeze,
    tb.Award: _award,
    tb.Redeem: _redeem,
    tb.Hold: _hold,
    tb.Capture: _capture,
    tb.Release: _release,
    tb.Reverse: _reverse,
    tb.Adjust: _adjust,
    tb.Gift: _gift,
}
