"""An earlier entry that a command names, and what became of it. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from tallybook.journal.accounts import EXPIRED, Posting
from tallybook.journal.entries import SealedEntry

Expiries = Sequence[tuple[int, Posting]]
"""Postings into and out of the house's account of what expired, with the version of their entries."""
Lapses = dict[tuple[str, date], int]
"""What expired, by fund and expiry day."""


class Recorded(NamedTuple):
    """An earlier entry before a batch: how much of it was reversed, and what ever expired of the member's."""

    kind: str
    postings: tuple[Posting, ...]
    reversed: int
    expiries: Expiries


class Original(NamedTuple):
    """An earlier entry as it is now, with how much of it was reversed since.

    `lapsed` holds what expired since of the member's lots in its unit, as far as that can still be undone.
    """

    kind: str
    postings: tuple[Posting, ...]
    reversed: int
    lapsed: Lapses


class _ReversedAmount(msgspec.Struct):
    amount: int


_decode_amount = msgspec.json.Decoder(_ReversedAmount).decode


def reversed_amount(reply: str) -> int:
    """How much a reversal undid, from the reply on its entry."""
    return _decode_amount(reply).amount


def lapses(expiries: Iterable[tuple[int, Posting]], unit: str, since: int) -> Lapses:
    """What expired of each lot of a unit in the entry `since` and later ones.

    No more than expired at all and was not undone yet: what is undone counts against the earliest.
    """
    left: Lapses = {}
    later: Lapses = {}
    for version, posting in expiries:
        lot = posting.fund, posting.expires_on
        if posting.unit != unit:
            continue
        if posting.to_account == EXPIRED:
            left[lot] = left.get(lot, 0) + posting.amount
            if version >= since:
                later[lot] = later.get(lot, 0) + posting.amount
        elif posting.from_account == EXPIRED:
            left[lot] = left.get(lot, 0) - posting.amount
    return {lot: min(amount, left[lot]) for lot, amount in later.items()}


def original_now(version: int, before: Recorded | None, sealed: Sequence[SealedEntry]) -> Original | None:
    """An entry as it was before a batch, brought up to what the batch has sealed since."""
    for entry, postings in sealed:
        if entry.version == version:
            before = Recorded(entry.kind, postings, 0, ())
    if before is None:
        return None
    undone = before.reversed + sum(
        reversed_amount(entry.reply) for entry, _ in sealed if entry.reverses == version
    )
    since = ((entry.version, posting) for entry, postings in sealed for posting in postings)
    unit = before.postings[0].unit if before.postings else ""
    lapsed = lapses((*before.expiries, *since), unit, version)
    return Original(before.kind, before.postings, undone, lapsed)
