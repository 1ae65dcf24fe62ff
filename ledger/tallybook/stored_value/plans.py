"""Which plan a top-up has, and what it brings. Pure: no clock, no database."""

from __future__ import annotations

from tallybook.engine.desk import Desk
from tallybook.journal.accounts import BONUS
from tallybook.members.passbook import Page
from tallybook.programs.stored_value import Plan, StoredValue, plan_pool
from tallybook.refusals.money import PlanNotApplicable


def choose_plan(desk: Desk, rules: StoredValue, page: Page, paid: int, wanted: str) -> Plan | None:
    """The plan that a caller wants, or the one that adds most; None where none applies.

    Raises `PlanNotApplicable` for one that is wanted and does not apply.
    """
    if wanted:
        plan = rules.plans.get(wanted)
        problem = "there is none" if plan is None else _problem(desk, rules, page, paid, plan)
        if problem:
            raise PlanNotApplicable(plan=wanted, problem=problem)
        return plan
    usable = [plan for _, plan in sorted(rules.plans.items()) if not _problem(desk, rules, page, paid, plan)]
    return max(usable, key=lambda plan: plan.bonus_for(paid), default=None)


def _problem(desk: Desk, rules: StoredValue, page: Page, paid: int, plan: Plan) -> str:
    """Why a plan does not apply; empty where it does.

    What a budget cannot pay in full it does not pay: the member was told the bonus, and not a part of it.
    """
    bonus = plan.bonus_for(paid)
    if not bonus:
        return f"it begins at {plan.steps[0][0]}"
    if plan.first_only and page.top_ups:
        return "it is for the first top-up"
    if plan.most_times is not None and page.plan_times.get(plan.code, 0) >= plan.most_times:
        return f"the member had it {plan.most_times} times"
    if plan.budget is not None and desk.drawn(plan_pool(rules.unit, plan.code)) + bonus > plan.budget:
        return "its budget is used up"
    if desk.unit(rules.unit).expires_on(desk.today, BONUS) < desk.today:
        return "its bonus would have lapsed"
    return ""
