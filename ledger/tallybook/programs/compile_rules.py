"""From the sections about earning to the rules that the ledger runs on. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from tallybook.programs.benefits_document import tier_rules
from tallybook.programs.budgets import budget_of, caps_of
from tallybook.programs.calendars import calendar_of, window_of
from tallybook.programs.conditions import HISTORY, compile_condition
from tallybook.programs.document import Document
from tallybook.programs.formulas import currency_of, formula_of
from tallybook.programs.local_days import local_days
from tallybook.programs.memberships_document import plan_rules
from tallybook.programs.policies import vesting_days
from tallybook.programs.rule_order import in_order, multiplied
from tallybook.programs.rules import Calendar, Cap, Period, Rule, Rules
from tallybook.programs.rules_document import attributes_of, line_filter_of, spend_of


def compiled_rules(document: Document) -> Rules:
    """The rules of a document, ready to run."""
    scales = {code: unit.scale for code, unit in document.units.items()}
    calendars = {code: calendar_of(calendar) for code, calendar in document.calendars.items()}
    rules = tuple(_compiled(code, document, scales, calendars) for code in in_order(document.rules))
    rules += tuple(_of_tiers(document))
    unit_caps = {unit: caps_of(caps, scales[unit]) for unit, caps in document.caps.items()}
    budgets = {
        code: budget_of(code, budget, scales[budget.unit]) for code, budget in document.budgets.items()
    }
    currencies = {currency_of(rule.formula) for rule in document.rules.values()} - {None}
    return Rules(
        rules=rules,
        spend=spend_of(document.spend),
        unit_caps=MappingProxyType(unit_caps),
        budgets=MappingProxyType(budgets),
        events=frozenset(document.events),
        currencies=frozenset(code for code in currencies if code is not None),
        is_ordered=bool(document.ladders or document.tasks or document.teams)
        or any(map(_remembers, [*unit_caps.values(), *(rule.caps for rule in rules)]))
        or any(rule.condition is not None and bool(rule.condition.reads & HISTORY) for rule in rules),
    )


def _of_tiers(document: Document) -> Iterator[Rule]:
    """The rules that multipliers of tiers and of memberships are. They come last: nothing multiplies them."""
    for _, ladder in sorted(document.ladders.items()):
        for tier in ladder.tiers:
            yield from tier_rules(tier.code, tier.benefits, document.rules)
    for plan, membership in sorted(document.memberships.items()):
        yield from plan_rules(plan, membership, document.rules)


def _remembers(caps: tuple[Cap, ...]) -> bool:
    """Whether caps count over more than one event."""
    return any(cap.period is not Period.EVENT for cap in caps)


def _compiled(
    code: str, document: Document, scales: Mapping[str, int], calendars: Mapping[str, Calendar]
) -> Rule:
    section = document.rules[code]
    scale = scales[section.unit]
    events = {name: event.attributes for name, event in document.events.items()}
    return Rule(
        code=code,
        unit=section.unit,
        fund=section.fund,
        event=section.event,
        formula=formula_of(section.formula, scale, multiplied(code, document.rules)),
        rounding=section.rounding,
        window=window_of(section.when, calendars, local_days(document.timezone)),
        condition=None
        if section.condition is None
        else compile_condition(section.condition, attributes_of(section.event, events)),
        lines=line_filter_of(section.lines),
        priority=section.priority,
        group=section.group or "",
        caps=caps_of(section.caps, scale),
        budget=section.budget or "",
        vesting_days=None if section.vesting is None else vesting_days(section.vesting),
        tiers=frozenset(section.tiers),
    )
