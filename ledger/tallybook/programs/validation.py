"""From plain values to a checked document, or to every mistake in them. Pure: no clock, no database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tallybook.programs.budgets import BudgetSection
from tallybook.programs.calendars import CalendarSection, calendar_of, window_of
from tallybook.programs.conditions import ATTRIBUTE_KINDS
from tallybook.programs.contradictions import Contradiction, contradictions
from tallybook.programs.document import SCALE_MAX, VESTING_TOO_LONG, Document, UnitSection, can_vest
from tallybook.programs.local_days import LocalDays, local_days
from tallybook.programs.money_contradictions import money_contradictions
from tallybook.programs.rules import Window
from tallybook.programs.rules_document import RuleSection
from tallybook.programs.section import Section
from tallybook.programs.stored_value_document import StoredValueSection
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
        units = _sound(UnitSection, content.get("units"), names)
        calendars = _sound(CalendarSection, content.get("calendars"), names)
        rules = _sound(RuleSection, content.get("rules"), names)
        budgets = _sound(BudgetSection, content.get("budgets"), names)
        stored_value = _sound(StoredValueSection, content.get("stored_value"), names)
        mistakes += _between(units, calendars, rules, budgets, stored_value, names.days)
        raise Misunderstood(mistakes) from None
    found = _between(
        document.units,
        document.calendars,
        document.rules,
        document.budgets,
        document.stored_value,
        names.days,
    )
    if found:
        raise Misunderstood(found)
    return document


def _between(
    units: Mapping[str, UnitSection],
    calendars: Mapping[str, CalendarSection],
    rules: Mapping[str, RuleSection],
    budgets: Mapping[str, BudgetSection],
    stored_value: Mapping[str, StoredValueSection],
    days: LocalDays | None,
) -> list[ErrorDetails]:
    """What sections that are sound in themselves say against each other, in pydantic's form."""
    windows = _windows(rules, calendars, days)
    found = chain(
        contradictions(rules, budgets, windows),
        _vesting_too_late(rules, units),
        money_contradictions(units, stored_value, rules),
    )
    return [
        {"type": "mistake", "loc": path, "msg": said, "input": None, "ctx": {"sentence": said}}
        for path, said in found
    ]


def _sound(section: type[S], content: object, names: Declared) -> dict[str, S]:
    """Those of a mapping's sections that have no mistake in themselves, to be held against each other."""
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
        days=local_days(timezone) if isinstance(timezone, str) and timezone in time_zones() else None,
    )


def _mapping(content: object, name: str) -> dict[str, Any]:
    found = content.get(name) if isinstance(content, dict) else None
    return found if isinstance(found, dict) else {}


def _scale(unit: object) -> int | None:
    scale = unit.get("scale", 0) if isinstance(unit, dict) else None
    return scale if type(scale) is int and 0 <= scale <= SCALE_MAX else None


def _attributes(event: object) -> dict[str, str]:
    return {name: kind for name, kind in _mapping(event, "attributes").items() if kind in ATTRIBUTE_KINDS}
