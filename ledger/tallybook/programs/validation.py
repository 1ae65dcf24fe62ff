"""From plain values to a checked document, or to every mistake in them. Pure: no clock, no database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tallybook.programs.budgets import BudgetSection
from tallybook.programs.calendars import CalendarSection, calendar_of, window_of
from tallybook.programs.checkout_contradictions import checkout_contradictions
from tallybook.programs.conditions import ATTRIBUTE_KINDS
from tallybook.programs.contradictions import Contradiction, contradictions
from tallybook.programs.coupon_contradictions import coupon_contradictions
from tallybook.programs.coupons_document import CouponSection
from tallybook.programs.document import SCALE_MAX, VESTING_TOO_LONG, Document, UnitSection, can_vest
from tallybook.programs.draw_contradictions import draw_contradictions
from tallybook.programs.draws_document import DrawSection, RedPacketSection
from tallybook.programs.grant_contradictions import grant_contradictions
from tallybook.programs.grants_document import CalendarGrantSection
from tallybook.programs.ladder_contradictions import ladder_contradictions
from tallybook.programs.ladders_document import LadderSection
from tallybook.programs.local_days import LocalDays, local_days
from tallybook.programs.mall_contradictions import mall_contradictions
from tallybook.programs.mall_document import ItemSection
from tallybook.programs.member_contradictions import member_contradictions
from tallybook.programs.membership_contradictions import (
    membership_contradictions,
    quota_contradictions,
)
from tallybook.programs.memberships_document import MembershipSection
from tallybook.programs.money_contradictions import money_contradictions
from tallybook.programs.referral_contradictions import referral_contradictions
from tallybook.programs.rules import Window
from tallybook.programs.rules_document import RuleSection
from tallybook.programs.section import Section
from tallybook.programs.stored_value_document import StoredValueSection
from tallybook.programs.task_contradictions import task_contradictions
from tallybook.programs.tasks_document import TaskSection
from tallybook.programs.teams_document import TeamSection
from tallybook.programs.velocity import VelocitySection
from tallybook.programs.vocabulary import HOUSE_FUND
from tallybook.programs.words import Declared, time_zones

S = TypeVar("S", bound=Section)


class Misunderstood(Exception):
    """A document has mistakes, told in pydantic's form."""

    def __init__(self, mistakes: list[ErrorDetails]) -> None:
        super().__init__()
        self.mistakes = mistakes


def validated(content: dict[str, Any]) -> Document:
    """A document from plain values; raises `Misunderstood` with every mistake."""
    names = _declared(content)
    try:
        document = Document.model_validate_json(json.dumps(content), context=names)
    except ValidationError as error:
        mistakes = error.errors(include_url=False, include_input=False)
        mistakes += _between(_sound_parts(content, names), names.days)
        raise Misunderstood(mistakes) from None
    found = _between(document, names.days)
    if found:
        raise Misunderstood(found)
    return document


def _between(document: Document, days: LocalDays | None) -> list[ErrorDetails]:
    """What sections that are sound in themselves say against each other, in pydantic's form."""
    units, rules = document.units, document.rules
    windows = _windows(rules, document.calendars, days)
    found = chain(
        contradictions(rules, document.budgets, windows),
        _vesting_too_late(rules, units),
        money_contradictions(units, document.stored_value, rules),
        task_contradictions(document.tasks, document.teams, rules, units),
        ladder_contradictions(units, document.ladders, rules),
        grant_contradictions(document.grants, units),
        membership_contradictions(units, document.memberships, rules),
        quota_contradictions(document.ladders, document.memberships),
        coupon_contradictions(document.coupons),
        checkout_contradictions(document.checkout, units, document.stored_value, document.holds),
        draw_contradictions(document.draws, document.red_packets, units, document.stored_value),
        mall_contradictions(document.mall, units, document.stored_value),
        referral_contradictions(document.referrals, units),
        member_contradictions(units, document.velocity),
    )
    return [
        {"type": "mistake", "loc": path, "msg": said, "input": None, "ctx": {"sentence": said}}
        for path, said in found
    ]


_SECTIONS: Final[Mapping[str, type[Section]]] = {
    "units": UnitSection,
    "velocity": VelocitySection,
    "calendars": CalendarSection,
    "rules": RuleSection,
    "budgets": BudgetSection,
    "stored_value": StoredValueSection,
    "tasks": TaskSection,
    "teams": TeamSection,
    "ladders": LadderSection,
    "coupons": CouponSection,
    "draws": DrawSection,
    "red_packets": RedPacketSection,
    "grants": CalendarGrantSection,
    "memberships": MembershipSection,
    "mall": ItemSection,
}
"""The mappings of a document whose sections are held against each other."""


def _sound_parts(content: dict[str, Any], names: Declared) -> Document:
    """A document of nothing but the sections that have no mistake in themselves."""
    sound: dict[str, Any] = {
        name: _sound(section, content.get(name), names) for name, section in _SECTIONS.items()
    }
    return Document.model_construct(**sound)


def _sound(section: type[S], content: object, names: Declared) -> dict[str, S]:
    """Those of a mapping's sections that have no mistake in themselves."""
    found = {}
    for code, value in content.items() if isinstance(content, dict) else ():
        with suppress(ValidationError):
            found[code] = section.model_validate_json(json.dumps(value), context=names)
    return found


def _windows(
    rules: Mapping[str, RuleSection], calendars: Mapping[str, CalendarSection], days: LocalDays | None
) -> dict[str, Window]:
    """When rules apply, as far as what they refer to is sound."""
    if days is None:
        return {}
    compiled = {code: calendar_of(section) for code, section in calendars.items()}
    return {
        code: window_of(rule.when, compiled, days)
        for code, rule in rules.items()
        if rule.when is None or compiled.keys() >= set(rule.when.calendars)
    }


def _vesting_too_late(
    rules: Mapping[str, RuleSection], units: Mapping[str, UnitSection]
) -> Iterator[Contradiction]:
    """Rules whose units could lapse before they vest."""
    for code, rule in rules.items():
        unit = units.get(rule.unit)
        if rule.vesting is not None and unit is not None and not can_vest(rule.vesting, unit.expiry):
            yield ("rules", code, "vesting"), VESTING_TOO_LONG


def _declared(content: dict[str, Any]) -> Declared:
    """What the document declares, as far as it can be read: it may have mistakes elsewhere."""
    funds, timezone = content.get("funds"), content.get("timezone")
    named = [fund for fund in funds if isinstance(fund, str)] if isinstance(funds, list) else []
    return Declared(
        units={code: _scale(unit) for code, unit in _mapping(content, "units").items()},
        funds=frozenset((HOUSE_FUND, *named)),
        calendars=frozenset(_mapping(content, "calendars")),
        events={code: _attributes(event) for code, event in _mapping(content, "events").items()},
        rules=frozenset(_mapping(content, "rules")),
        budgets=frozenset(_mapping(content, "budgets")),
        tiers=frozenset(_tiers(content)),
        plans=frozenset(_mapping(content, "memberships")),
        tasks=frozenset(_mapping(content, "tasks")),
        items=frozenset(_mapping(content, "mall")),
        coupon_groups=frozenset(_groups(content)),
        gifts=frozenset(_gifts(content)),
        days=local_days(timezone) if isinstance(timezone, str) and timezone in time_zones() else None,
    )


def _mapping(content: object, name: str) -> dict[str, Any]:
    found = content.get(name) if isinstance(content, dict) else None
    return found if isinstance(found, dict) else {}


def _scale(unit: object) -> int | None:
    scale = unit.get("scale", 0) if isinstance(unit, dict) else None
    return scale if type(scale) is int and 0 <= scale <= SCALE_MAX else None


def _groups(content: object) -> Iterator[str]:
    """The groups that coupon templates are in."""
    for template in _mapping(content, "coupons").values():
        group = template.get("group") if isinstance(template, dict) else None
        if isinstance(group, str):
            yield group


def _gifts(content: object) -> Iterator[str]:
    """The coupon templates that rewards can be of."""
    for code, template in _mapping(content, "coupons").items():
        is_bounded = isinstance(template, dict) and (template.get("stock") or template.get("limits"))
        if not is_bounded and _mapping(template, "codes").get("kind") != "unique":
            yield code


def _tiers(content: object) -> Iterator[str]:
    """The tiers of all ladders."""
    for ladder in _mapping(content, "ladders").values():
        tiers = ladder.get("tiers") if isinstance(ladder, dict) else None
        for tier in tiers if isinstance(tiers, list) else ():
            if isinstance(tier, dict) and isinstance(tier.get("code"), str):
                yield tier["code"]


def _attributes(event: object) -> dict[str, str]:
    return {name: kind for name, kind in _mapping(event, "attributes").items() if kind in ATTRIBUTE_KINDS}
