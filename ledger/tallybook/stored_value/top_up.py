"""TopUp: money is about to be paid in. Pure: no clock, no database.

Until the payment is confirmed nothing is posted: what has not been paid is nobody's. The bonus is promised
all the same, so it is drawn on its budget at once, and given back where the payment never comes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

import msgspec

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.journal.accounts import BUDGET, DRAWN, NEVER, VESTED, Posting
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey
from tallybook.journal.settle import Effect
from tallybook.members.bearers import check_member_or_card
from tallybook.members.cards import check_active
from tallybook.members.freeze import check_may_earn
from tallybook.members.passbook import (
    Page,
    check_limit,
    check_room,
    moved_today,
    page_of,
    put_page,
)
from tallybook.programs.program import Program
from tallybook.programs.stored_value import plan_pool
from tallybook.refusals.money import TopUpExists
from tallybook.stored_value.moved import MoneyMoved, rules_of
from tallybook.stored_value.notes import (
    TIMED_OUT,
    TOP_UP,
    TopUpNote,
    find_top_up,
    moved_to,
    put_top_up,
)
from tallybook.stored_value.plans import choose_plan


class TopUpOpened(MoneyMoved, frozen=True, kw_only=True):
    """`amount` is to be paid by `deadline`, and `bonus` comes with it, by `plan` (empty for none)."""

    top_up_id: str
    bonus: int
    plan: str
    deadline: datetime


class TopUp(Command[TopUpOpened], frozen=True, kw_only=True, tag="top_up"):
    """Announce that `amount` of `unit` will be paid in, and learn what bonus comes with it.

    `top_up_id` names it, by default the request id. It is no value yet: `ConfirmTopUp` makes it some, within
    the program's time, and after that it is gone. Without a `plan`, the one that adds most applies.

    Refused with `TopUpExists`, `NotStoredValue`, `UnknownUnit`, `MemberFrozen`, `PlanNotApplicable`,
    `LimitExceeded`, `BalanceLimitExceeded`, or `CardState` for a card that is not active.
    """

    unit: str
    amount: int
    plan: str = ""
    top_up_id: str = ""
    reply_type = TopUpOpened
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_member_or_card(self.member)
        check_id("unit", self.unit)
        check_whole("amount", self.amount)
        for name in ("plan", "top_up_id"):
            if getattr(self, name) != "":
                check_id(name, getattr(self, name))

    def name(self) -> str:
        """What the top-up is called."""
        return self.top_up_id or self.request_id

    def named_notes(self) -> Sequence[NoteKey]:
        return [(TOP_UP, self.name())]

    def named_pools(self, program: Program, now: datetime) -> Collection[str]:
        rules = program.stored_value.get(self.unit)
        return () if rules is None else rules.pools

    def decide(self, desk: Desk) -> TopUpOpened:
        check_active(desk.folio)
        check_may_earn(desk)
        rules = rules_of(desk, self.unit)
        if find_top_up(desk.folio, self.name()) is not None:
            raise TopUpExists(member=self.member, top_up=self.name())
        page = page_of(desk.folio, self.unit)
        check_limit(rules.top_up, self.unit, "top_up", self.amount, page.on(desk.today).top_up)
        plan = choose_plan(desk, rules, page, self.amount, self.plan)
        bonus = 0 if plan is None else plan.bonus_for(self.amount)
        check_room(desk.folio, rules, page, self.amount + bonus)
        pool = "" if plan is None or plan.budget is None else plan_pool(self.unit, plan.code)
        if pool:
            desk.draw(pool, self.unit, bonus)
        note = TopUpNote(
            unit=self.unit,
            amount=self.amount,
            day=desk.today,
            bonus=bonus,
            plan="" if plan is None else plan.code,
            pool=pool,
        )
        deadline = desk.now + timedelta(seconds=rules.confirm_seconds)
        put_top_up(desk.folio, self.name(), note, deadline)
        put_page(desk.folio, self.unit, moved_today(_promised(page, note), desk.today, top_up=self.amount))
        desk.subject = self.name()
        return TopUpOpened(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=self.unit,
            amount=self.amount,
            balance=desk.balance(self.unit),
            top_up_id=self.name(),
            bonus=bonus,
            plan=note.plan,
            deadline=deadline,
        )


def _promised(page: Page, note: TopUpNote) -> Page:
    times = {**page.plan_times, note.plan: page.plan_times.get(note.plan, 0) + 1}
    return msgspec.structs.replace(
        page,
        promised=page.promised + note.amount + note.bonus,
        top_ups=page.top_ups + 1,
        plan_times=times if note.plan else page.plan_times,
    )


def never_paid(folio: Folio, top_up: str, note: TopUpNote, state: str) -> None:
    """Close a top-up whose payment does not come, as if it had never been asked for.

    What it drew on a budget is for the caller to give back.
    """
    page = page_of(folio, note.unit)
    times = {**page.plan_times, note.plan: page.plan_times.get(note.plan, 1) - 1}
    page = msgspec.structs.replace(
        page,
        promised=page.promised - note.amount - note.bonus,
        top_ups=page.top_ups - 1,
        plan_times={plan: count for plan, count in times.items() if count},
    )
    if page.today is not None and page.today.day == note.day:
        page = moved_today(page, note.day, top_up=-note.amount)
    put_page(folio, note.unit, page)
    put_top_up(folio, top_up, msgspec.structs.replace(note, state=moved_to(note, state)))


def _time_out(folio: Folio, program: object, top_up: str, at: datetime) -> None:
    note = find_top_up(folio, top_up)
    assert note is not None, "what falls due is there"
    if note.pool:
        folio.post(Posting(note.unit, note.pool, VESTED, NEVER, DRAWN, BUDGET, note.bonus))
    never_paid(folio, top_up, note, TIMED_OUT)


TIME_OUT_TOP_UP = Effect("top_up_timed_out", _time_out)
"""What time does to a top-up that nobody has paid for."""
