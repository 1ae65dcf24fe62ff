"""Goods: what a shop hands over or sends. Pure: no clock, no database."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from tallybook.journal.folio import Folio
from tallybook.mall.kinds.kind import Kind
from tallybook.mall.notes import Gave
from tallybook.programs.mall import Goods
from tallybook.programs.program import Program


def _fits(folio: Folio, program: Program, goods: Goods, pieces: int, at: datetime) -> bool:
    return True


def _give(folio: Folio, program: Program, goods: Goods, pieces: int, at: datetime) -> None:
    """The shop does, and says so."""


def _take_back(folio: Folio, program: Program, gave: Gave, at: datetime) -> str:
    """The shop has."""
    return ""


GOODS: Final = Kind(_fits, _give, _take_back, is_sent=True)
