"""Recomputes a round of a draw from its public record, by the formula. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tallybook.draws.formula import (
    candidates,
    commitment_to,
    first_record,
    next_record,
    number_from,
    picked,
)
from tallybook.draws.views import DrawView, ResultView


def draw_faults(program: str, told: DrawView, results: Iterable[ResultView]) -> Iterator[str]:
    """What is wrong with a round that was closed, in the order of its results: nothing, if it is as drawn.

    What stands behind a result that is missing, or whose odds nobody tells, cannot be recomputed.
    """
    seed = bytes.fromhex(told.seed)
    if commitment_to(seed) != told.commitment:
        yield f"the seed has hash {commitment_to(seed)}, and {told.commitment} was told before"
    tables = {each.table.hashed(): each.table for each in told.tables}
    given, won, misses = dict(told.given_before), dict[str, dict[str, int]](), dict[str, int]()
    record = first_record(program, told.draw, told.round, told.commitment, given)
    drawn = 0
    for drawn, result in enumerate(results, 1):
        alias, table = result.alias, tables.get(result.table)
        if result.ordinal != drawn:
            yield f"result {drawn} is missing: {result.ordinal} stands in its place"
            return
        if table is None:
            yield f"result {drawn} was drawn by odds that nobody tells: {result.table}"
            return
        theirs = won.setdefault(alias, {})
        among = candidates(table, given, theirs, misses.get(alias, 0))
        number = number_from(seed, program, told.draw, told.round, drawn, alias, result.nonce)
        prize = picked(number, among) if among else ""
        if prize != result.prize:
            yield f"result {drawn} is {result.prize or 'nothing'}, and comes to {prize or 'nothing'}"
        record = next_record(record, drawn, alias, result.nonce, result.table, prize)
        if record != result.record:
            yield f"result {drawn} has record {result.record}, and comes to {record}"
            return
        is_sure = any(each.prize == prize and each.is_sure for each in table.odds)
        misses[alias] = 0 if is_sure else misses.get(alias, 0) + 1
        if prize:
            theirs[prize] = theirs.get(prize, 0) + 1
            given[prize] = given.get(prize, 0) + 1
    if drawn != told.results:
        yield f"there are {drawn} results, and {told.results} were drawn"
    if record != told.record:
        yield f"the record of all results is {told.record}, and they come to {record}"
