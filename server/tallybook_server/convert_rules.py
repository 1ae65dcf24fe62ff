"""From what a program says about earning to its messages. Pure: no clock, no database.

Figures are those of the compiled program; conditions, calendars and events are told as the document has them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from google.type.date_pb2 import Date
from google.type.dayofweek_pb2 import DayOfWeek
from google.type.timeofday_pb2 import TimeOfDay
from tallybook_client._gen.tallybook.v1 import rule_pb2
from tallybook_client._gen.tallybook.v1.rule_pb2 import AttributeType, CapPeriod, Rounding

from tallybook_server.convert_days import timestamp

ROUNDINGS: Final = {
    "floor": Rounding.ROUNDING_FLOOR,
    "ceiling": Rounding.ROUNDING_CEILING,
    "half_up": Rounding.ROUNDING_HALF_UP,
    "half_even": Rounding.ROUNDING_HALF_EVEN,
}
PERIODS: Final = {
    "event": CapPeriod.CAP_PERIOD_EVENT,
    "day": CapPeriod.CAP_PERIOD_DAY,
    "week": CapPeriod.CAP_PERIOD_WEEK,
    "month": CapPeriod.CAP_PERIOD_MONTH,
    "year": CapPeriod.CAP_PERIOD_YEAR,
    "life": CapPeriod.CAP_PERIOD_LIFE,
}
ATTRIBUTE_TYPES: Final = {
    "text": AttributeType.ATTRIBUTE_TYPE_TEXT,
    "number": AttributeType.ATTRIBUTE_TYPE_NUMBER,
    "flag": AttributeType.ATTRIBUTE_TYPE_FLAG,
}
WEEKDAYS: Final = {
    "mon": DayOfWeek.MONDAY,
    "tue": DayOfWeek.TUESDAY,
    "wed": DayOfWeek.WEDNESDAY,
    "thu": DayOfWeek.THURSDAY,
    "fri": DayOfWeek.FRIDAY,
    "sat": DayOfWeek.SATURDAY,
    "sun": DayOfWeek.SUNDAY,
}


def rule_message(rule: Any, section: Any) -> rule_pb2.Rule:
    """A compiled rule, and its section of the document."""
    return rule_pb2.Rule(
        rule=rule.code,
        event=rule.event,
        unit=rule.unit,
        fund=rule.fund,
        **{section.formula.kind: FORMULAS[section.formula.kind](rule.formula)},
        rounding=ROUNDINGS[rule.rounding],
        lines=None if section.lines is None else rule_pb2.LineFilter(**section.lines.model_dump()),
        when=None if section.when is None else window_message(rule.window, section.when.calendars),
        condition=section.condition or "",
        priority=rule.priority,
        group=rule.group,
        caps=[_cap(cap) for cap in rule.caps],
        budget=rule.budget,
        vesting_days=rule.vesting_days,
    )


def _rate(formula: Any) -> rule_pb2.RateFormula:
    return rule_pb2.RateFormula(
        currency=formula.currency, steps=formula.steps, per_minor_units=formula.per_minor_units
    )


def _quantity(formula: Any) -> rule_pb2.QuantityFormula:
    return rule_pb2.QuantityFormula(steps=formula.steps, per=formula.per)


def _fixed(formula: Any) -> rule_pb2.FixedFormula:
    return rule_pb2.FixedFormula(steps=formula.steps)


def _steps(formula: Any) -> rule_pb2.StepsFormula:
    rows = [rule_pb2.StepsRow(minor_units=spend, steps=steps) for spend, steps in formula.rows]
    return rule_pb2.StepsFormula(currency=formula.currency, rows=rows)


def _multiplier(formula: Any) -> rule_pb2.MultiplierFormula:
    """The ledger adds what comes on top; people say how many times it is in all."""
    return rule_pb2.MultiplierFormula(
        numerator=formula.denominator + formula.numerator,
        denominator=formula.denominator,
        of=sorted(formula.of),
    )


FORMULAS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "rate": _rate,
    "quantity": _quantity,
    "fixed": _fixed,
    "steps": _steps,
    "multiplier": _multiplier,
}


def window_message(window: Any, calendars: Any) -> rule_pb2.Window:
    """When something applies, with the calendars that the document names."""
    return rule_pb2.Window(
        starts_at=None if window.starts_at is None else timestamp(window.starts_at),
        ends_at=None if window.ends_at is None else timestamp(window.ends_at),
        calendars=calendars,
    )


def calendar_message(code: str, calendar: Any) -> rule_pb2.Calendar:
    """A calendar as the document describes it."""
    return rule_pb2.Calendar(
        calendar=code,
        weekdays=[WEEKDAYS[name] for name in calendar.weekdays],
        month_days=calendar.month_days,
        dates=[Date(year=day.year, month=day.month, day=day.day) for day in calendar.dates],
        hours=map(_span, calendar.hours),
    )


def _span(hours: str) -> rule_pb2.HourSpan:
    starts, ends = hours.split("-")
    return rule_pb2.HourSpan(starts_at=_time_of_day(starts), ends_at=_time_of_day(ends))


def _time_of_day(text: str) -> TimeOfDay:
    hours, minutes = text.split(":")
    return TimeOfDay(hours=int(hours), minutes=int(minutes))


def event_message(name: str, event: Any) -> rule_pb2.DeclaredEvent:
    """An event as the document declares it."""
    attributes = {label: ATTRIBUTE_TYPES[kind] for label, kind in event.attributes.items()}
    return rule_pb2.DeclaredEvent(event=name, attributes=attributes)


def spend_message(spend: Any) -> rule_pb2.Spend:
    """What counts of an order."""
    return rule_pb2.Spend(
        tax=spend.tax, shipping=spend.shipping, excluded_tenders=sorted(spend.excluded_tenders)
    )


def unit_caps_message(unit: str, caps: Any) -> rule_pb2.UnitCaps:
    """The caps on one unit."""
    return rule_pb2.UnitCaps(unit=unit, caps=[_cap(cap) for cap in caps])


def _cap(cap: Any) -> rule_pb2.Cap:
    return rule_pb2.Cap(period=PERIODS[cap.period], **{"times" if cap.times else "most": cap.most})


def budget_message(budget: Any, unit: str) -> rule_pb2.Budget:
    """A compiled budget, whose rules give `unit`."""
    message = rule_pb2.Budget(budget=budget.code, unit=unit, most=budget.most)
    if budget.money:
        message.currency = budget.unit
        message.cost_steps = budget.cost_steps
        message.cost_minor_units = budget.cost_minor_units
    return message
