"""What the book holds, read through the client: households, accounts, what `verify` finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from google.type.date_pb2 import Date
from tallybook_client import TallybookClient, UnitBalance

from examples.grocer.expected import Holding
from examples.grocer.replay import UNIT, Advance


@dataclass(frozen=True, slots=True)
class Found:
    """A book at one time: what each household holds, the version of its latest entry, every account's sum."""

    holdings: Mapping[str, Holding]
    versions: Mapping[str, int]
    accounts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Verified:
    """What the server's own replay of the book came to."""

    members: int
    entries: int
    disagreements: list[str]


def read_book(client: TallybookClient, households: Iterable[str], advance: Advance) -> Found:
    """Read every household, one call each, and the trial balance."""
    holdings, versions = {}, {}
    for household in households:
        reply = client.get_balances(household, units=[UNIT])
        holdings[household] = _holding(reply.balances[0])
        versions[household] = reply.version
        advance(1)
    return Found(holdings, versions, read_accounts(client))


def _holding(unit: UnitBalance) -> Holding:
    lots = {_day(lot.expires_on): lot.amount for lot in unit.lots if lot.account == "available"}
    return Holding(unit.balance.available, lots)


def _day(message: Date) -> date:
    return date(message.year, message.month, message.day)


def read_accounts(client: TallybookClient) -> dict[str, int]:
    """The sum of every account that is not at zero, over all funds."""
    sums: dict[str, int] = {}
    for row in client.get_trial_balance(unit=UNIT).rows:
        sums[row.account] = sums.get(row.account, 0) + int(row.amount)
    return {account: amount for account, amount in sums.items() if amount}


def verify(client: TallybookClient) -> Verified:
    """Have the server replay the book and compare everything that follows from its entries."""
    members = entries = 0
    disagreements = []
    for message in client.verify():
        if message.HasField("disagreement"):
            told = message.disagreement
            disagreements.append(f"{told.member} entry {told.entry}: {told.problem}")
        elif message.HasField("summary"):
            members, entries = message.summary.members, message.summary.entries
    return Verified(members, entries, disagreements)
