"""An earlier entry that a command names, and what became of it. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from tallybook.journal.accounts import EXPIRED, Posting
from tallybook.journal.entries import SealedEntry

Lapses = dict[tuple[str, date], int]
"""What expired, by fund and expiry day."""


class Original(NamedTuple):
    """An earlier entry, with how much of it was reversed since.

    `lapsed` holds what expired of the member's lots in its unit, less what of that was undone.
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


def lapses(postings: Iterable[Posting], unit: str) -> Lapses:
    """What expired of each lot of a unit, less what of that was undone."""
    lapsed: Lapses = {}
    for posting in postings:
        if posting.unit != unit or EXPIRED not in (posting.from_account, posting.to_account):
            continue
        lot = posting.fund, posting.expires_on
        sign = 1 if posting.to_account == EXPIRED else -1
        lapsed[lot] = lapsed.get(lot, 0) + sign * posting.amount
    return lapsed


def original_now(version: int, before: Original | None, sealed: Sequence[SealedEntry]) -> Original | None:
    """An entry as it was before a batch, brought up to what the batch has sealed since."""
    for entry, postings in sealed:
        if entry.version == version:
            before = Original(entry.kind, postings, 0, {})
    if before is None or not before.postings:
        return before
    undone = before.reversed + sum(
        reversed_amount(entry.reply) for entry, _ in sealed if entry.reverses == version
    )
    lapsed = dict(before.lapsed)
    since = lapses((posting for _, postings in sealed for posting in postings), before.postings[0].unit)
    for lot, amount in since.items():
        lapsed[lot] = lapsed.get(lot, 0) + amount
    return before._replace(reversed=undone, lapsed=lapsed)
