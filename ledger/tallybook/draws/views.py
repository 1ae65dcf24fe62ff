"""What everybody may know of a draw's round. Pure: no clock, no database."""

from __future__ import annotations

from datetime import datetime

import msgspec

from tallybook.draws.formula import Table
from tallybook.draws.prizes import Gave


class PrizeView(msgspec.Struct, frozen=True, kw_only=True):
    """A prize by the revision in force: `left` of its stock, None for one without bounds."""

    prize: str
    display_name: str
    weight: int
    left: int | None
    gives: tuple[Gave, ...]


class TableView(msgspec.Struct, frozen=True, kw_only=True):
    """Odds that results were drawn by, under what stands for them in the public record."""

    hash: str
    table: Table


class DrawView(msgspec.Struct, frozen=True, kw_only=True):
    """A round of a draw as everybody may know it. `seed` is empty until it is closed.

    `given_before` is what was won of each prize in the rounds before, and `tables` are all odds that its
    results were drawn by.
    """

    draw: str
    display_name: str
    round: int
    commitment: str
    seed: str
    record: str
    results: int
    opened_at: datetime
    closed_at: datetime | None
    given_before: dict[str, int]
    tables: tuple[TableView, ...]
    prizes: tuple[PrizeView, ...]


class ResultView(msgspec.Struct, frozen=True, kw_only=True):
    """A result as everybody may know it: by the odds that `table` stands for; no prize is nothing won."""

    ordinal: int
    alias: str
    nonce: str
    table: str
    prize: str
    record: str
