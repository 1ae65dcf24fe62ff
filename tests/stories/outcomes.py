"""What came of a command, in the words of a story. Pure: no clock, no database.

Behind the arrow of a line stand, in this order and none of them needed:

- `+122` or `-100`: what was given or spent, by an event of the first unit that it moved;
- an error's code in capitals, such as NOT_ENOUGH_POINTS;
- names with values: a field of the reply or of the error, or else of the member's balance in its unit; of an
  event, also rules with what they gave or lost, or why they gave nothing, and caps and budgets that cut;
- `leaving`, and names with values of the balance afterwards;
- `replayed`, which has to be there exactly when the request had been answered before.

`lots` and `statement` are answered with a whole text, and `sweep` with a number, that have to be equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec
import tallybook as tb
from tallybook.programs import NEVER

from tests.stories.checking_out import checkout_facts

AMOUNT = re.compile(r"[+-]\d+")
CODE = re.compile(r"[A-Z][A-Z_]+")
TAKES = (tb.Redeemed, tb.Resolved, tb.Gifted, tb.ValueSpent, tb.ValueTransferred)
"""Replies whose amount left the member."""
UNDIRECTED = (
    tb.Reversed,
    tb.TopUpOpened,
    tb.TopUpCancelled,
    tb.PayoutOpened,
    tb.PayoutClosed,
    tb.CardVoided,
    tb.CheckoutRefunded,
    tb.CouponsReturned,
    tb.RedemptionRevoked,
    tb.OrderMoved,
)
"""Replies whose amount is a fact like others: it comes, or goes, or stays, as others of them tell."""
SHORT = {"expires_on": "until", "vests_on": "vests", "frozen": "frozen"}


@dataclass(frozen=True, slots=True)
class Told:
    """An outcome, taken apart. `text` is set where nothing but the whole is compared."""

    amount: str = ""
    code: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    balance: dict[str, str] = field(default_factory=dict)
    replayed: bool = False
    text: str | None = None

    def __str__(self) -> str:
        if self.text is not None:
            return self.text
        words = [self.amount, self.code, *_pairs(self.facts)]
        words += ["leaving", *_pairs(self.balance)] if self.balance else []
        words += ["replayed"] if self.replayed else []
        return " ".join(filter(None, words))


def _pairs(named: dict[str, str]) -> list[str]:
    return [f"{name} {value}" for name, value in named.items()]


def told(outcome: Any) -> Told:
    """An outcome in words."""
    match outcome:
        case str():
            return Told(text=outcome)
        case tb.TallybookError():
            return Told(
                code=outcome.code,
                facts={name: _value(value) for name, value in outcome.facts().items()},
                replayed=getattr(outcome, "replayed", False),
            )
        case tb.Balance():
            return Told(balance=_balance(outcome))
        case tb.EventRecorded():
            return _told_event(outcome)
        case tb.Reply():
            return _told_reply(outcome)
        case _:
            return Told(facts=_fields(outcome))


def _told_reply(reply: tb.Reply) -> Told:
    facts = _fields(reply) | checkout_facts(reply)
    amount = facts.pop("amount", "")
    if isinstance(reply, UNDIRECTED):
        amount = ""
        facts["amount"] = str(reply.amount)
    elif amount == "0":
        amount = ""
    elif amount and not amount.startswith("-"):
        amount = ("-" if isinstance(reply, TAKES) else "+") + amount
    balance = getattr(reply, "balance", None)
    return Told(
        amount="" if isinstance(reply, tb.Held) else amount,
        facts=facts,
        balance=_balance(balance) if balance is not None else {},
        replayed=reply.replayed,
    )


def _told_event(reply: tb.EventRecorded) -> Told:
    """By what it moved of one unit, the days of the first reward in it, and what each rule gave or lost."""
    moved = reply.moved[0] if reply.moved else tb.Moved(unit="points")
    facts = _fields(moved)
    rewards = [reward for reward in reply.rewards if reward.unit == moved.unit]
    days = {"vests": rewards[0].vests_on, "until": rewards[0].expires_on} if rewards else {}
    facts |= {name: _value(day) for name, day in days.items()}
    facts |= {each.rule: str(each.amount) for each in reply.rewards}
    facts |= {each.rule: str(each.amount) for each in reply.taken}
    facts |= {cut.what: str(cut.by) for each in reply.rewards for cut in each.cuts}
    facts |= {each.rule or "rules": each.why for each in reply.skipped}
    facts |= {"waiting": "yes" if reply.waiting else "no", "revalued": str(len(reply.revalued))}
    change = moved.given - moved.taken
    return Told(
        amount=f"{change:+}" if change else "",
        facts=facts,
        balance=_balance(reply.balances[moved.unit]) if moved.unit in reply.balances else {},
        replayed=reply.replayed,
    )


def _balance(balance: tb.Balance) -> dict[str, str]:
    return {name: str(value) for name, value in balance._asdict().items()}


def _fields(outcome: msgspec.Struct) -> dict[str, str]:
    fields = msgspec.structs.asdict(outcome)
    for name in ("balance", "entry", "recorded_at", "replayed"):
        fields.pop(name, None)
    combination = fields.pop("combination", None)
    if combination is not None:
        fields["off"] = combination.amount
    return {SHORT.get(name, name): _value(value) for name, value in fields.items()}


def _value(value: Any) -> str:
    if value is None or value == "":
        return "none"
    if value == NEVER:
        return "never"
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def mismatch(expected: str | None, outcome: Any) -> str | None:
    """What an outcome is instead of what was expected; None where it is as expected."""
    found = told(outcome)
    return None if _matches(expected, found) else str(found) or "done"


def _matches(expected: str | None, found: Told) -> bool:
    if expected is None:
        return not found.code and not found.replayed
    if found.text is not None:
        return " ".join(expected.split()) == found.text
    words = expected.replace(",", " ").split()
    replayed = "replayed" in words
    words = [word for word in words if word != "replayed"]
    if replayed is not found.replayed:
        return False
    if words and AMOUNT.fullmatch(words[0]) and words.pop(0) != found.amount:
        return False
    code = words.pop(0) if words and CODE.fullmatch(words[0]) else ""
    if code != found.code:
        return False
    own, _, left = " ".join(words).partition("leaving")
    return _named(own, found.balance | found.facts) and _named(left, found.balance)


def _named(words: str, facts: dict[str, str]) -> bool:
    parts = words.split()
    if len(parts) % 2:
        return False
    return all(facts.get(name) == value for name, value in zip(parts[::2], parts[1::2], strict=True))


def told_lots(views: tuple[tb.LotView, ...]) -> str:
    """Lots in words: `50 until 2026-12-31, 20 pending of partner from 2026-01-15 until never`."""
    return ", ".join(map(_told_lot, views)) or "none"


def _told_lot(lot: tb.LotView) -> str:
    words = [str(lot.amount)]
    words += [lot.account] if lot.account != "available" else []
    words += ["of", lot.fund] if lot.fund != "house" else []
    words += ["from", lot.vests_on.isoformat()] if lot.vests_on else []
    words += ["until", lot.expires_on.isoformat() if lot.expires_on else "never"]
    return " ".join(words)
