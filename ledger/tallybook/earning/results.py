"""What an event came to: rewards with their arithmetic, what refunds took. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from tallybook.engine.command import Reply, travelling
from tallybook.growth.postings import Given
from tallybook.growth.task_state import Counted
from tallybook.journal.accounts import Balance


class Cut(msgspec.Struct, frozen=True, gc=False):
    """`by` steps less because of a cap or a budget: `what` is like cap:day, unit_cap:month, budget:spring."""

    what: str
    by: int


class Reward(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What one rule gave for an event: `amount` steps of `unit`, shared out to the lines in `shares`.

    How it came about: `base` is what the formula was applied to (minor units, pieces in whole lots, or steps
    of other rules; 1 for a fixed amount), `numerator / denominator` the rate, `exact` the product as a
    fraction in text such as "731/100", `rounded` the whole number it became, and `cuts` what caps and
    budgets took off that. A step table has no rate: `numerator` is the step that was reached, and so is
    `exact`. A line without a share is not among `shares`.
    """

    rule: str
    unit: str
    fund: str
    amount: int
    expires_on: date
    vests_on: date
    base: int
    numerator: int
    denominator: int
    exact: str
    rounded: int
    cuts: tuple[Cut, ...] = ()
    shares: dict[str, int] = {}


class Skipped(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule that matched the kind of event and gave nothing: `why` is failed, frozen, excluded or cut.

    `failed` is a condition that failed at run time, with the failure in `detail`; `excluded` that another
    rule of its group won, named in `detail`; `cut` that caps or budgets left nothing.
    """

    rule: str
    why: str
    detail: str = ""


class Taken(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a refund took back of one rule's reward: `amount` in all, and where it came from."""

    rule: str
    unit: str
    fund: str
    amount: int


class Moved(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the entry did to one unit: what came in, and where what went out was taken from."""

    unit: str
    given: int = 0
    repaid: int = 0
    pending: int = 0
    taken: int = 0
    forgiven: int = 0
    arrears: int = 0
    returned: int = 0


class Revalued(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A later event that came to something else because of this one: rewards as they are now."""

    event: str
    rewards: tuple[Reward, ...]


class TierMoved(msgspec.Struct, frozen=True, kw_only=True):
    """The member's tier on a ladder became another; empty is none. `why` is as in the history of tiers."""

    ladder: str
    before: str
    after: str
    why: str


class EventRecorded(Reply, frozen=True, kw_only=True):
    """What recording an event came to.

    `event` is its key. `waiting` is true for a refund whose order is not known yet: it takes effect when the
    order comes. `counted` is what the event counted towards tasks, `given` what tasks and tiers gave because
    of it, and `tiers` those that changed. `teams` are the kinds of teams that it is good for a place in.
    `balances` are of every unit that the event touched.
    """

    event: str
    rewards: tuple[Reward, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    taken: tuple[Taken, ...] = ()
    moved: tuple[Moved, ...] = ()
    revalued: tuple[Revalued, ...] = ()
    waiting: bool = False
    counted: tuple[Counted, ...] = ()
    given: tuple[Given, ...] = ()
    tiers: tuple[TierMoved, ...] = ()
    teams: tuple[str, ...] = ()
    balances: dict[str, Balance]

    def __reduce__(self) -> tuple[Any, ...]:
        return travelling(self)
