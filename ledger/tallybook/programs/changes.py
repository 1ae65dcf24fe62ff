"""What a new revision may not change of the one before it. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator

from tallybook.programs.budgets import BudgetSection
from tallybook.programs.coupons_document import CouponSection
from tallybook.programs.document import Document, UnitSection
from tallybook.programs.goals_document import what_counts
from tallybook.programs.grants_document import CalendarGrantSection
from tallybook.programs.mall_document import ItemSection
from tallybook.programs.memberships_document import MembershipSection
from tallybook.programs.policies import AfterIdleMonths
from tallybook.programs.problems import Path
from tallybook.programs.tasks_document import TaskSection
from tallybook.programs.teams_document import TeamSection


def forbidden_changes(old: Document, new: Document) -> Iterator[tuple[Path, str]]:
    """The paths in `new` that would change what members' balances mean, each with the reason against it."""
    yield from _forbidden_of_units(old, new)
    yield from _forbidden_of_money(old, new)
    yield from _forbidden_of_identities(old, new)
    yield from _forbidden_of_referrals(old, new)
    for code, coupon in old.coupons.items():
        yield from _forbidden_of_coupon(code, coupon, new.coupons.get(code))
    for code, budget in old.budgets.items():
        yield from _forbidden_of_budget(code, budget, new.budgets.get(code))
    for code, grant in old.grants.items():
        yield from _forbidden_of_grant(code, grant, new.grants.get(code))
    for code, plan in old.memberships.items():
        yield from _forbidden_of_plan(code, plan, new.memberships.get(code))
    yield from _forbidden_of_draws(old, new)
    for code, item in old.mall.items():
        yield from _forbidden_of_item(code, item, new.mall.get(code))
    for code, team in old.teams.items():
        yield from _forbidden_of_team(code, team, new.teams.get(code))
    for code, task in old.tasks.items():
        if code in new.tasks:
            yield from _forbidden_of_task(code, task, new.tasks[code])


def _forbidden_of_units(old: Document, new: Document) -> Iterator[tuple[Path, str]]:
    for code, before in old.units.items():
        after = new.units.get(code)
        if after is None:
            yield ("units",), f"leaves out {code}, which members may have: a unit once declared stays"
            continue
        if after.scale != before.scale:
            yield (
                ("units", code, "scale"),
                f"was {before.scale}, and every balance is counted in it: it stays",
            )
        if after.kind is not before.kind:
            yield ("units", code, "kind"), f"was {before.kind}, and members have it as such: it stays"


def _forbidden_of_money(old: Document, new: Document) -> Iterator[tuple[Path, str]]:
    for code, money in old.stored_value.items():
        kept = new.stored_value.get(code)
        if kept is None:
            yield ("stored_value",), f"leaves out {code}, which members may have paid in: it stays"
        elif kept.currency != money.currency:
            yield (
                ("stored_value", code, "currency"),
                f"was {money.currency}, and members paid in that: it stays",
            )


def _forbidden_of_budget(
    code: str, before: BudgetSection, after: BudgetSection | None
) -> Iterator[tuple[Path, str]]:
    """What rules drew is counted in the budget's terms, and comes back in them with a refund."""
    if after is None:
        yield ("budgets",), f"leaves out {code}, which rules may have drawn on: a budget once declared stays"
        return
    for name in ("unit", "currency", "cost"):
        if getattr(after, name) != getattr(before, name):
            yield ("budgets", code, name), "has changed, and what was drawn is counted in it: it stays"


def _forbidden_of_coupon(
    code: str, before: CouponSection, after: CouponSection | None
) -> Iterator[tuple[Path, str]]:
    """What members hold of a template is known by its name, and by its codes."""
    if after is None:
        yield ("coupons",), f"leaves out {code}, which members may have: a template once declared stays"
        return
    if after.currency != before.currency:
        yield ("coupons", code, "currency"), f"was {before.currency}, and members have it as such: it stays"
    if after.codes.kind != before.codes.kind:
        yield ("coupons", code, "codes"), f"was {before.codes.kind}, and coupons were given out so: it stays"


def _forbidden_of_draws(old: Document, new: Document) -> Iterator[tuple[Path, str]]:
    """What members draw from is known by its name, and a budget counted in its unit."""
    for code in old.draws.keys() - new.draws.keys():
        yield ("draws",), f"leaves out {code}, which may be open: a draw once declared stays"
    for code, packet in old.red_packets.items():
        if code not in new.red_packets:
            yield ("red_packets",), f"leaves out {code}, of which members may have some: it stays"
        elif new.red_packets[code].unit != packet.unit:
            yield (
                ("red_packets", code, "unit"),
                f"was {packet.unit}, and its budget is counted in it: it stays",
            )


def _forbidden_of_grant(
    code: str, before: CalendarGrantSection, after: CalendarGrantSection | None
) -> Iterator[tuple[Path, str]]:
    """What members were given is known by the grant's name and its day."""
    if after is None:
        yield ("grants",), f"leaves out {code}, which members may have had: it stays, and may have an until"
    elif after.day.kind != before.day.kind:
        yield ("grants", code, "day"), f"was {before.day.kind}, and members have had it as such: it stays"


def _forbidden_of_plan(
    code: str, before: MembershipSection, after: MembershipSection | None
) -> Iterator[tuple[Path, str]]:
    """What members have paid for is known by the plan's name, and paid back in its money."""
    if after is None:
        yield ("memberships",), f"leaves out {code}, which members may have: a plan once declared stays"
    elif after.currency != before.currency:
        yield ("memberships", code, "currency"), f"was {before.currency}, and members paid in that: it stays"


def _forbidden_of_item(
    code: str, before: ItemSection, after: ItemSection | None
) -> Iterator[tuple[Path, str]]:
    """Orders wait for what they were placed for, and may come back."""
    if after is None:
        yield ("mall",), f"leaves out {code}, which members may have ordered: it stays, and may have an until"
    elif after.gives.kind != before.gives.kind:
        yield ("mall", code, "gives"), f"was {before.gives.kind}, and members ordered it as such: it stays"


def _forbidden_of_task(code: str, before: TaskSection, after: TaskSection) -> Iterator[tuple[Path, str]]:
    """What members have done so far is counted in the task's terms; how much it takes may change."""
    reason = "has changed, and what members have done is counted in it: a new task needs a name of its own"
    if after.period != before.period:
        yield ("tasks", code, "period"), reason
    if what_counts(after.goal) != what_counts(before.goal):
        yield ("tasks", code, "goal"), reason


def _forbidden_of_team(
    code: str, before: TeamSection, after: TeamSection | None
) -> Iterator[tuple[Path, str]]:
    """Teams that were started need it to the end."""
    if after is None:
        yield ("teams",), f"leaves out {code}, which teams may be of: a kind of team once declared stays"
    elif after.size < before.size:
        sentence = f"was {before.size}, and teams of that size may be open: fewer need a name of their own"
        yield ("teams", code, "size"), sentence


def _forbidden_of_identities(old: Document, new: Document) -> Iterator[tuple[Path, str]]:
    """Who is known by something is found under the hash of its form."""
    for kind, before in old.identities.items():
        after = new.identities.get(kind)
        if after is None:
            yield ("identities",), f"leaves out {kind}, which members may be known by: it stays"
        elif after.normal is not before.normal:
            yield ("identities", kind, "normal"), f"was {before.normal}, and members are known so: it stays"


def _forbidden_of_referrals(old: Document, new: Document) -> Iterator[tuple[Path, str]]:
    """Orders of newcomers look for their referrer wherever there may be something to give or take back."""
    if old.referrals is None:
        return
    if new.referrals is None:
        yield ("referrals",), "is left out, and members may have been bound: it stays"
        return
    before, after = old.referrals.commission, new.referrals.commission
    if before is not None and after is None:
        reason = "is left out, and refunds take back what was given: it stays, if only without rates"
        yield ("referrals", "commission"), reason
    elif before is not None and after is not None and after.levels < before.levels:
        reason = f"was {before.levels}, and refunds take back what was given: it is never lowered"
        yield ("referrals", "commission", "levels"), reason


def same_ladders(old: Document, new: Document) -> bool:
    """Whether members stand where they stood, and everything falls due to them as before."""
    return old.ladders == new.ladders and old.timezone == new.timezone


def moved_days(old: Document, new: Document) -> Iterator[tuple[Path, str]]:
    """The paths in `new` by which what members have already vests or lapses at other moments than before.

    Each with the reason against planning it: when a folio falls due is written on it, so all of a program's
    are looked at again in the moment that such a revision takes force.
    """
    reason = "moves the days of what members have already: only a revision that takes force at once may"
    if old.timezone != new.timezone:
        yield ("timezone",), reason
    for code, after in new.units.items():
        if code in old.units and _idle_months(old.units[code]) != _idle_months(after):
            yield ("units", code, "expiry"), reason
    if old.ladders != new.ladders:
        yield ("ladders",), reason
    for code, grant in new.grants.items():
        was = old.grants.get(code)
        if was is None or was.model_copy(update={"display_name": grant.display_name}) != grant:
            yield ("grants", code), reason
    for code, plan in new.memberships.items():
        if code in old.memberships and plan.benefits.grants != old.memberships[code].benefits.grants:
            yield ("memberships", code, "benefits", "grants"), reason


def _idle_months(unit: UnitSection) -> int | None:
    return unit.expiry.months if isinstance(unit.expiry, AfterIdleMonths) else None
