"""The odds of a draw, from its rules. Pure: no clock, no database."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tallybook.draws.formula import Odds, Table
from tallybook.programs.draws import DrawRules
from tallybook.programs.program import Program
from tallybook.refusals.draws import UnknownDraw


class HashedTable(NamedTuple):
    """The odds of a draw, and what stands for them in the public record."""

    table: Table
    hash: str


def rules_of(program: Program, draw: str) -> DrawRules:
    """A draw of the program; raises `UnknownDraw`."""
    rules = program.draws.get(draw)
    if rules is None:
        raise UnknownDraw(program=program.code, draw=draw)
    return rules


def table_of(rules: DrawRules) -> Table:
    """The odds by which a draw's results are drawn."""
    return Table(
        odds=tuple(
            Odds(
                prize=code,
                weight=prize.weight,
                stock=prize.stock,
                most_per_member=prize.most_per_member,
                is_sure=code in rules.guaranteed,
            )
            for code, prize in rules.prizes.items()
        ),
        blank_weight=rules.blank_weight,
        guarantee_after=rules.guarantee_after,
        fallback=rules.fallback,
    )


@lru_cache(maxsize=256)
def hashed_table(program: Program, draw: str) -> HashedTable:
    """The same of a draw of a program, worked out once."""
    table = table_of(program.draws[draw])
    return HashedTable(table, table.hashed())
