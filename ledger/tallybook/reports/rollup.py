"""House balances without a row to fight over: rolled-up sums, completed with what came since.

The rollup covers all entries below a position that no transaction still open can commit behind; a read adds
the few above it. Knows SQL by name only.
"""

from __future__ import annotations

from tallybook.db.database import Session
from tallybook.journal.queries import house_sums
from tallybook.reports.queries import (
    add_to_rollup,
    commit_horizon,
    lock_rollup_mark,
    move_rollup_mark,
    rolled_up,
    rollup_mark,
)

HouseSums = dict[tuple[str, str, str], int]
"""By unit, account and fund."""


def house_balances(session: Session, program: str) -> HouseSums:
    """The exact balances of a program's house accounts, as of the session's snapshot."""
    mark = rollup_mark(session.connection)
    balances = rolled_up(session.connection, program)
    for (_, *place), amount in house_sums(session.connection, program, mark - 1, None).items():
        unit, account, fund = place
        balances[unit, account, fund] = balances.get((unit, account, fund), 0) + amount
    return {place: amount for place, amount in balances.items() if amount}


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
