"""What postings moved, in words: from where, of which lots, why it lapsed. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tallybook.earning.growth_sentences import source_text
from tallybook.earning.origins import BalanceExplained, BalancePart
from tallybook.earning.wording import counted_text, money_text, units_text, until_text
from tallybook.journal.accounts import (
    ADJUSTED,
    ARREARS,
    AVAILABLE,
    BONUS_COST,
    BUDGET,
    CASH_IN,
    DRAWN,
    EXPIRED,
    FORFEITED,
    GIFTED,
    HELD,
    HOUSE_FUND,
    ISSUED,
    MEMBER_ACCOUNTS,
    MERGED,
    PENDING,
    REDEEMED,
    REFUNDED,
    REVENUE,
    TRANSFERRED,
    Posting,
)
from tallybook.journal.entries import Entry, SealedEntry
from tallybook.journal.replay import TIMES_OWN
from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.program import Program, Unit

BROUGHT: Final = {
    ISSUED: "given",
    ADJUSTED: "added by hand",
    GIFTED: "received as a gift",
    REDEEMED: "given back of what was spent",
    EXPIRED: "given back of what had lapsed",
    CASH_IN: "paid in",
    BONUS_COST: "given as a bonus",
    REVENUE: "given back of what was spent",
    REFUNDED: "not paid back after all",
    MERGED: "brought by a merge",
    TRANSFERRED: "received by a transfer",
    FORFEITED: "given back of what was forfeited",
}
"""What moves from an account of the house to the member."""
TOOK: Final = {
    ISSUED: "taken back",
    ADJUSTED: "deducted by hand",
    GIFTED: "given away",
    REDEEMED: "spent",
    EXPIRED: "lapsed",
    CASH_IN: "taken back of what was paid in",
    BONUS_COST: "taken back of the bonus",
    REVENUE: "spent",
    REFUNDED: "paid back",
    MERGED: "taken along by a merge",
    TRANSFERRED: "transferred",
    FORFEITED: "forfeited",
}
"""What moves from the member to an account of the house."""
CHANGED: Final = {
    (PENDING, AVAILABLE): "available from now on",
    (HELD, AVAILABLE): "no longer set aside",
    (AVAILABLE, HELD): "set aside",
}
"""What moves between accounts of the member."""

Units = Mapping[str, Unit]


def postings_told(sealed: SealedEntry, program: Program, units: Units) -> Iterator[str]:
    """What an entry moved, and what it is about. `program` is the one that decided it."""
    entry, postings = sealed
    for posting in postings:
        amount = _amount(posting, units)
        if posting.to_account == EXPIRED:
            yield f"{amount} lapsed: {_why_lapsed(posting, program, entry)}."
        else:
            yield f"{amount} {_moved(posting)}."
    if entry.reverses is not None:
        yield f"it undoes entry {entry.reverses}."
    if entry.counterpart_member is not None:
        yield f"its other side is entry {entry.counterpart_version} of {entry.counterpart_member}."
    if entry.subject:
        yield f"it is about {entry.subject}."
    if entry.reason:
        yield f"the reason given: {entry.reason}"


def _amount(posting: Posting, units: Units) -> str:
    """In a unit of the program, or of a pool: budgets in money are drawn on in a currency."""
    if posting.unit in units:
        return units_text(units[posting.unit], posting.amount)
    if posting.unit in MINOR_UNIT_DECIMALS:
        return money_text(posting.amount, posting.unit)
    return f"{posting.amount:,} {posting.unit}"


def _moved(posting: Posting) -> str:
    source, target = posting.from_account, posting.to_account
    if source == BUDGET:
        return f"drawn from {posting.fund}"
    if source == DRAWN:
        return f"given back to {posting.fund}"
    if target == ARREARS:
        return f"{BROUGHT.get(source, 'used')}, to repay what was owed"
    if source == ARREARS:
        return f"{TOOK[target]}, and owed from now on"
    if target in MEMBER_ACCOUNTS and source in MEMBER_ACCOUNTS:
        return f"{CHANGED[source, target]}, {_lot(posting)}"
    if target in MEMBER_ACCOUNTS:
        state = {PENDING: f", available from {posting.vests_on}", HELD: ", set aside"}.get(target, "")
        return f"{BROUGHT[source]}{state}, {_lot(posting)}"
    if source in MEMBER_ACCOUNTS:
        before = {PENDING: ", not available yet", HELD: ", set aside before"}.get(source, "")
        return f"{TOOK[target]}{before}, {_lot(posting)}"
    return f"{TOOK[target]} of what had lapsed" if source == EXPIRED else f"moved from {source} to {target}"


def _lot(posting: Posting) -> str:
    fund = "" if posting.fund == HOUSE_FUND else f", paid by {posting.fund}"
    until = until_text(posting.expires_on)
    is_leaving = posting.to_account not in MEMBER_ACCOUNTS or posting.from_account == AVAILABLE
    return f"{'of what is ' if is_leaving else ''}{until}{fund}"


def _why_lapsed(posting: Posting, program: Program, entry: Entry) -> str:
    """Their own last day was over, or the member had done nothing for too long."""
    moment = entry.occurred_at if entry.kind in TIMES_OWN else entry.recorded_at
    idle = program.units[posting.unit].inactivity_months
    if posting.expires_on < program.today(moment) or idle is None:
        return f"{posting.expires_on} was the last day to spend them"
    return f"the member had done nothing for {counted_text(idle, 'month')}"


# --- balances --------------------------------------------------------------------------------------------


def balance_told(explained: BalanceExplained, unit: Unit) -> Iterator[str]:
    """Where a balance comes from, part by part."""
    for part in explained.parts:
        yield f"{units_text(unit, part.amount)} {_state(part)}, from {_source(part)}."


def _state(part: BalancePart) -> str:
    fund = "" if part.fund == HOUSE_FUND else f", paid by {part.fund}"
    until = until_text(part.expires_on) if part.expires_on is not None else "never to lapse"
    match part.account:
        case "arrears":
            return "owed"
        case "pending":
            return f"available from {part.vests_on}, {until}{fund}"
        case "held":
            return f"set aside, {until}{fund}"
        case _:
            return f"{until}{fund}"


def _source(part: BalancePart) -> str:
    named = f" {part.request_id}" if part.request_id else ""
    given = f": {', '.join(map(source_text, part.given))}" if part.given else ""
    return f"{part.kind}{named} (entry {part.entry}){given}"
