"""House balances without a row to fight over: rolled-up sums, completed with what came since.

The rollup covers all entries below a position that no transaction still open can commit behind; a read adds
the few above it. Knows SQL by name only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tallybook.db.database import Session
from tallybook.journal.accounts import GIFTED, MERGED, POOLED, TRANSFERRED
from tallybook.journal.queries import house_sums, stored_pools
from tallybook.reports.queries import (
    BEFORE_ALL,
    add_to_rollup,
    commit_horizon,
    lock_rollup_mark,
    move_rollup_mark,
    rolled_up,
    rollup_mark,
    stored_rollup,
)

HouseSums = dict[tuple[str, str, str], int]
"""By unit, account and fund."""


def house_balances(session: Session, program: str) -> HouseSums:
    """The exact balances of a program's house accounts, as of the session's snapshot."""
    mark = rollup_mark(session.connection)
    balances = rolled_up(session.connection, program)
    for place, amount in _of_program(house_sums(session.connection, program, mark - 1, None)).items():
        balances[place] = balances.get(place, 0) + amount
    return {place: amount for place, amount in balances.items() if amount}


def rollup_faults(session: Session, program: str) -> Iterator[str]:
    """What of a program's rollup does not follow from the postings below its mark.

    And what two members of a gift or a transfer left between them, which must be nothing; and what pools
    count, which must be what postings moved.
    """
    connection = session.connection
    mark = rollup_mark(connection)
    below = _of_program(house_sums(connection, program, BEFORE_ALL, mark))
    stored = stored_rollup(connection, program)
    for place in sorted(below.keys() | stored.keys()):
        should, found = str(below.get(place, 0)), stored.get(place, "0")
        if should != found:
            yield f"the rollup of {' '.join(place)} is {found}, the postings say {should}"
    above = _of_program(house_sums(connection, program, mark - 1, None))
    for place in sorted(below.keys() | above.keys()):
        amount = below.get(place, 0) + above.get(place, 0)
        if place[1] in (GIFTED, TRANSFERRED, MERGED) and amount:
            yield f"of {place[0]} {place[1]} ({place[2]}), {amount} left one side and did not reach the other"
    yield from _pool_faults(stored_pools(connection, program), below, above)
    if mark > commit_horizon(connection):
        yield f"the rollup's mark is {mark}, beyond everything that was committed"


def _pool_faults(stored: Mapping[str, int], below: HouseSums, above: HouseSums) -> Iterator[str]:
    counted: dict[str, int] = {}
    for (_, account, fund), amount in (*below.items(), *above.items()):
        if account in POOLED:
            counted[fund] = counted.get(fund, 0) + amount
    for pool in sorted(counted.keys() | stored.keys()):
        should, found = counted.get(pool, 0), stored.get(pool, 0)
        if should != found:
            yield f"pool {pool} counts {found}, the postings say {should}"


def _of_program(sums: Mapping[tuple[str, str, str, str], int]) -> HouseSums:
    return {(unit, account, fund): amount for (_, unit, account, fund), amount in sums.items()}


def roll_up(session: Session) -> int:
    """Bring the rollup up to the horizon; returns the position it covers everything below of.

    Only one at a time: the mark is locked. The caller commits.
    """
    connection = session.connection
    mark = lock_rollup_mark(connection)
    horizon = commit_horizon(connection)
    if horizon > mark:
        add_to_rollup(connection, house_sums(connection, None, mark - 1, horizon))
        move_rollup_mark(connection, horizon)
    return horizon
