"""Paid memberships: terms, days, what is left and what of it is paid back. Pure: no clock, no database.

A membership is a run of local days, made of terms: bought ones have a worth in minor units, and given ones
have none. Between two of them lies nothing, or grace. What was bought and given is what was used, is left,
and was taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import replace

from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note
from tallybook.journal.settle import Effect
from tallybook.programs.benefits import Benefits
from tallybook.programs.expiry import after_days, after_months
from tallybook.programs.memberships import MembershipPlan, RefundKind
from tallybook.programs.program import Program

MEMBERSHIPS: Final = "memberships"
"""The kind of the resident note."""
TERMS_MAX: Final = 100
"""So many terms may be ahead of a member, and so many days."""
DAYS_AHEAD_MAX: Final = 36_600
HISTORY_MAX: Final = 50
"""So many memberships that are over are remembered: the last ones."""


class Why(StrEnum):
    """Why a membership is over."""

    EXPIRED = "expired"  # its last day is over, and the grace
    REFUNDED = "refunded"  # nothing was left of it after a refund
    UPGRADED = "upgraded"  # another plan took its place


class Term(msgspec.Struct, frozen=True, array_like=True):
    """Days that were bought, or given where `worth` is None, noted on local day `on`.

    `worth` is what was paid, and taken on account of another plan, less what was paid back of it. Terms of
    months are counted from `anchor`, so many `months` to their end. Days of a term that were `used` before it
    came with a merge are none of its `days`, and share in its worth.
    """

    days: int
    worth: int | None
    on: date
    payment: str = ""
    anchor: date | None = None
    months: int = 0
    used: int = 0


class Membership(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A plan that a member has, since a moment, until `ends_at`, grace included.

    It began on local day `began`; `terms`, one after the other from `starts`, are those that are not over.
    `bought`, `given` and `taken_back` are days, all told. `periods` has, for each periodic grant of the plan
    by its place, the first day of the period that was given for.
    """

    since: datetime
    ends_at: datetime
    began: date
    starts: date
    terms: tuple[Term, ...]
    bought: int = 0
    given: int = 0
    taken_back: int = 0
    grace_days: int = 0
    renews: bool = True
    periods: dict[str, date] = {}

    def placed(self) -> Iterator[tuple[Term, date, date]]:
        """Each term, with its first day and its last."""
        starts = self.starts
        for term in self.terms:
            following = starts + timedelta(days=term.days)
            yield term, starts, following - timedelta(days=1)
            starts = following

    @property
    def days(self) -> int:
        """The days of all terms that are not over."""
        return sum(term.days for term in self.terms)

    @property
    def last_day(self) -> date:
        """The last day that was bought or given. One before `starts` is none."""
        return self.starts + timedelta(days=self.days - 1)

    def left(self, today: date) -> int:
        """The days to come."""
        return max(0, (self.last_day - today).days)

    def used(self, today: date) -> int:
        """The days that were used, today among them."""
        return self.bought + self.given - self.taken_back - self.left(today)


class Over(msgspec.Struct, frozen=True, array_like=True):
    """A membership that is over."""

    plan: str
    since: datetime
    until: datetime
    why: Why


class Memberships(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The memberships of a member by plan, and those that are over, the last ones, the newest last."""

    held: dict[str, Membership] = {}
    over: tuple[Over, ...] = ()


NONE: Final = Memberships()

_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = lru_cache(maxsize=4096)(msgspec.json.Decoder(Memberships).decode)


def memberships_of(folio: Folio) -> Memberships:
    """What a member has and had. Not to be changed."""
    note = folio.note(MEMBERSHIPS)
    return NONE if note is None else _decode(note.body)


def put_memberships(folio: Folio, memberships: Memberships) -> None:
    """Write it down, due when the first of them ends."""
    memberships = replace(memberships, over=memberships.over[-HISTORY_MAX:])
    ends_at = min((each.ends_at for each in memberships.held.values()), default=None)
    folio.put_note(MEMBERSHIPS, Note(_encode(memberships).decode(), ends_at))


def plans_at(folio: Folio, moment: datetime) -> tuple[str, ...]:
    """The plans that a member had at a moment, sorted, as far back as is remembered."""
    found = memberships_of(folio)
    held = {plan for plan, each in found.held.items() if each.since <= moment < each.ends_at}
    held.update(each.plan for each in found.over if each.since <= moment < each.until)
    return tuple(sorted(held))


def plan_benefits(folio: Folio, program: Program, moment: datetime) -> dict[str, Benefits]:
    """The benefits that a member had by the plans held at a moment, by plan."""
    plans = program.memberships
    return {plan: plans[plan].benefits for plan in plans_at(folio, moment) if plan in plans}


# --- days that are added -----------------------------------------------------------------------------------


def bought(
    held: Membership | None, plan: MembershipPlan, program: Program, now: datetime, worth: int, payment: str
) -> Membership:
    """A membership with a term more, which begins at its end: today where there is none, or where that is so
    long ago that it would be over by now, grace and all.
    """
    longer = _bought(held, plan, program, now, worth, payment)
    if held is None or longer.ends_at > now:
        return longer
    return _bought(afresh(held, program.today(now)), plan, program, now, worth, payment)


def _bought(
    held: Membership | None, plan: MembershipPlan, program: Program, now: datetime, worth: int, payment: str
) -> Membership:
    today = program.today(now)
    starts = today if held is None else held.last_day + timedelta(days=1)
    if not plan.months:
        return _with(held, plan, program, now, Term(plan.days, worth, today, payment))
    anchor, months = starts, plan.months
    last = held.terms[-1] if held is not None and held.terms else None
    if last is not None and last.anchor is not None and after_months(last.anchor, last.months) == starts:
        anchor, months = last.anchor, last.months + plan.months
    days = (after_months(anchor, months) - starts).days
    return _with(held, plan, program, now, Term(days, worth, today, payment, anchor, months))


def given(
    held: Membership | None, plan: MembershipPlan, program: Program, now: datetime, days: int
) -> Membership:
    """A membership with days more that nobody paid for, at its end, or from today: none of them is past."""
    today = program.today(now)
    if held is not None and held.last_day < today:
        held = afresh(held, today)
    return _with(held, plan, program, now, Term(days, None, today))


def _with(
    held: Membership | None, plan: MembershipPlan, program: Program, now: datetime, term: Term
) -> Membership:
    today = program.today(now)
    if held is None:
        held = Membership(since=now, ends_at=now, began=today, starts=today, terms=())
    held = _without_past(held, today)
    terms = (*held.terms, term)
    if term.worth is None and held.terms and held.terms[-1].worth is None:
        terms = (*held.terms[:-1], replace(held.terms[-1], days=held.terms[-1].days + term.days))
    held = replace(
        held,
        terms=terms,
        bought=held.bought + (0 if term.worth is None else term.days),
        given=held.given + (term.days if term.worth is None else 0),
        grace_days=plan.grace_days,
    )
    return ending(held, program)


def is_too_long(held: Membership, today: date) -> bool:
    """Whether more is ahead of a member than may be."""
    return len(held.terms) > TERMS_MAX or held.left(today) > DAYS_AHEAD_MAX


def ending(held: Membership, program: Program) -> Membership:
    """A membership with the moment of its end worked out anew: after its grace, if it is to go on."""
    last = after_days(held.last_day, held.grace_days if held.renews else 0)
    return replace(held, ends_at=program.days.end_of(last))


def afresh(held: Membership, starts: date) -> Membership:
    """A membership in its grace, for terms that begin on a later day than its end."""
    return replace(held, starts=starts, terms=())


def _without_past(held: Membership, today: date) -> Membership:
    """The same without terms that are over. The last one stays: the next may be counted from its anchor."""
    starts, terms = held.starts, held.terms
    while len(terms) > 1 and starts + timedelta(days=terms[0].days) <= today:
        starts, terms = starts + timedelta(days=terms[0].days), terms[1:]
    return held if terms is held.terms else replace(held, starts=starts, terms=terms)


# --- days that are taken back ------------------------------------------------------------------------------


class Back(NamedTuple):
    """What is taken back of a membership: minor units to pay, days, and what is left; None for nothing."""

    amount: int
    days: int
    left: Membership | None


_AmountOf = Callable[[Term, int], int | None]
"""What is paid back for so many days of a term, or None where they stay."""


def refund_of(held: Membership, plan: MembershipPlan, program: Program, today: date) -> Back:
    """What is paid back now of all terms that were bought, as the plan says. No days: nothing is."""

    def amount(term: Term, left: int) -> int | None:
        if plan.refund is RefundKind.FULL_WITHIN:
            return term.worth if (today - term.on).days <= plan.full_days else None
        return prorated(term, left) if plan.refund is RefundKind.PRORATED else None

    return _taken_back(held, program, today, amount)


def credit_of(held: Membership, program: Program, today: date) -> Back:
    """What the days to come of all terms that were bought count towards another plan."""
    return _taken_back(held, program, today, prorated)


def prorated(term: Term, left: int) -> int:
    """What `left` of a term's days are of its worth, rounded down to a minor unit."""
    assert term.worth is not None, "what was given is worth nothing"
    return term.worth * left // (term.days + term.used)


def _taken_back(held: Membership, program: Program, today: date, amount_of: _AmountOf) -> Back:
    """The days to come of bought terms, where there is an amount for them. What follows moves up.

    A term keeps the days that were used, and what they are worth.
    """
    kept: list[Term] = []
    amount = days = 0
    for term, left in left_of_each(held, today):
        back = amount_of(term, left) if left and term.worth is not None else None
        if back is None:
            kept.append(term)
            continue
        assert term.worth is not None, "only what was bought is paid back"
        amount, days = amount + back, days + left
        if left < term.days:
            days_kept, worth = term.days - left, term.worth - back
            kept.append(Term(days_kept, worth, term.on, term.payment, used=term.used))
    if not days:
        return Back(0, 0, held)
    left_over = replace(held, terms=tuple(kept), taken_back=held.taken_back + days)
    return Back(amount, days, ending(left_over, program) if left_over.left(today) else None)


def given_back(held: Membership, program: Program, today: date, days: int) -> tuple[int, Membership]:
    """So many days are taken back of those to come that were given, the last ones first; how many that was.

    What follows moves up. Today counts as used, and what was used stays.
    """
    left, kept = days, list[Term]()
    for term, ahead in reversed(list(left_of_each(held, today))):
        gone = min(left, ahead) if term.worth is None else 0
        left -= gone
        if gone < term.days:
            kept.append(replace(term, days=term.days - gone))
    taken = days - left
    after = replace(held, terms=tuple(reversed(kept)), taken_back=held.taken_back + taken)
    return taken, ending(after, program)


def left_of_each(held: Membership, today: date) -> Iterator[tuple[Term, int]]:
    """Each term, with how many of its days are to come."""
    for term, _, ends in held.placed():
        yield term, min(term.days, max(0, (ends - today).days))


def without(memberships: Memberships, plan: str, at: datetime, why: Why) -> Memberships:
    """The memberships after one of them is over."""
    held: Mapping[str, Membership] = memberships.held
    over = Over(plan, held[plan].since, at, why)
    return Memberships(
        held={code: each for code, each in held.items() if code != plan}, over=(*memberships.over, over)
    )


def with_held(memberships: Memberships, plan: str, held: Membership) -> Memberships:
    """The memberships with one of them as it is now."""
    return replace(memberships, held={**memberships.held, plan: held})


def _end(folio: Folio, program: object, key: str, at: datetime) -> None:
    memberships = memberships_of(folio)
    for plan, held in memberships.held.items():
        if held.ends_at <= at:
            memberships = without(memberships, plan, held.ends_at, Why.EXPIRED)
    put_memberships(folio, memberships)


END_MEMBERSHIP: Final = Effect("membership_ended", _end)
"""What time does to a membership that nobody has renewed."""
