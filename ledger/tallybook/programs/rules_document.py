"""Earning rules as a document says them: one rule, and what rules share. Pure: no clock, no database.

What concerns several rules at once is in `contradictions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from tallybook.programs.budgets import CapSection, check_caps
from tallybook.programs.calendars import WhenSection
from tallybook.programs.conditions import compile_condition
from tallybook.programs.formulas import Fixed, Formula, Multiplier, check_formula
from tallybook.programs.policies import Vesting
from tallybook.programs.rounding import Rounding
from tallybook.programs.rules import LineFilter, Spend
from tallybook.programs.section import Section
from tallybook.programs.vocabulary import HOUSE_FUND
from tallybook.programs.words import (
    PURCHASE,
    Code,
    DeclaredBudget,
    DeclaredEvent,
    DeclaredFund,
    DeclaredTier,
    DeclaredUnit,
    Label,
    declared,
    mistake,
    without_repeats,
)

ATTRIBUTES_MAX: Final = 32
LABELS_MAX: Final = 20_000
TENDERS_MAX: Final = 100
PRIORITY_MAX: Final = 1_000_000
TIERS_MAX: Final = 200

Labels = Annotated[tuple[Label, ...], Field(max_length=LABELS_MAX), AfterValidator(without_repeats)]


class SpendSection(Section):
    """What of an order counts as spent. Goods after discounts always do."""

    tax: bool = False
    """Whether taxes count."""
    shipping: bool = False
    """Whether shipping counts."""
    excluded_tenders: Annotated[
        tuple[Label, ...], Field(max_length=TENDERS_MAX), AfterValidator(without_repeats)
    ] = ()
    """The kinds of tender whose part of the order does not count, such as points or stored_value."""


class EventSection(Section):
    """A custom event: something other than a purchase that members do."""

    attributes: Annotated[
        Mapping[Label, Literal["text", "number", "flag"]], Field(max_length=ATTRIBUTES_MAX)
    ] = {}
    """The attributes that it may carry, each text, number (a whole one) or flag (true or false)."""


class LinesSection(Section):
    """Which lines of an order count: those in every list that is given, and in none of what is excepted."""

    skus: Labels = ()
    """Only lines with one of these skus."""
    categories: Labels = ()
    """Only lines of one of these categories."""
    brands: Labels = ()
    """Only lines of one of these brands."""
    except_skus: Labels = ()
    """No lines with any of these skus."""
    except_categories: Labels = ()
    """No lines of any of these categories."""
    except_brands: Labels = ()
    """No lines of any of these brands."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not any(getattr(self, name) for name in type(self).model_fields):
            raise mistake("must say which lines count, such as {skus: [A1]}")
        return self


class TriggerSection(Section):
    """Which events something is about."""

    event: DeclaredEvent = PURCHASE
    """A purchase, or one of the program's own events."""
    lines: LinesSection | None = None
    """Which lines of the order count. Left out: all."""
    when: WhenSection | None = None
    """When it applies. Left out: always."""
    condition: str | None = None
    """What must hold besides, in CEL, such as `order.ordinal == 1 && member.tier == "gold"`."""

    @field_validator("lines")
    @classmethod
    def _are_of_a_purchase(cls, lines: LinesSection | None, info: ValidationInfo) -> LinesSection | None:
        event = info.data.get("event", PURCHASE)
        if lines is not None and event != PURCHASE:
            raise mistake(f"is for purchases: {event} has no lines")
        return lines

    @field_validator("condition")
    @classmethod
    def _can_be_checked(cls, condition: str | None, info: ValidationInfo) -> str | None:
        if condition is not None and "event" in info.data:
            compile_condition(condition, attributes_of(info.data["event"], declared(info).events))
        return condition


class RuleSection(TriggerSection):
    """What one kind of event earns."""

    unit: DeclaredUnit
    """The unit that is earned."""
    fund: DeclaredFund = HOUSE_FUND
    """Who pays for it."""
    formula: Formula
    """How much is earned."""
    rounding: Rounding = Rounding.FLOOR
    """What becomes of a fraction of the unit's smallest step."""
    priority: Annotated[int, Field(ge=-PRIORITY_MAX, le=PRIORITY_MAX)] = 0
    """Rules of a higher priority come first: caps, budgets and groups go by that."""
    group: Code | None = None
    """The exclusive group that the rule belongs to: only the first of them to give something applies."""
    caps: tuple[CapSection, ...] = ()
    """What a member gets of this rule at most."""
    budget: DeclaredBudget | None = None
    """The budget that the rule draws on."""
    vesting: Vesting | None = None
    """When what it gives becomes available, if not as its unit says."""
    tiers: Annotated[
        tuple[DeclaredTier, ...], Field(max_length=TIERS_MAX), AfterValidator(without_repeats)
    ] = ()
    """The tiers whose members earn by it. Left out: all members do."""

    @field_validator("formula")
    @classmethod
    def _fits_event_and_unit(cls, formula: Formula, info: ValidationInfo) -> Formula:
        event = info.data.get("event", PURCHASE)
        if event != PURCHASE and not isinstance(formula, Fixed | Multiplier):
            raise mistake(f"is for purchases: {event} has no lines and no money, and earns a fixed number")
        if "unit" in info.data:
            check_formula(formula, info.data["unit"], info)
        return formula

    @field_validator("caps")
    @classmethod
    def _caps_are_countable(
        cls, caps: tuple[CapSection, ...], info: ValidationInfo
    ) -> tuple[CapSection, ...]:
        if "unit" in info.data:
            check_caps(caps, info.data["unit"], info)
        return caps


def attributes_of(event: str, events: Mapping[str, Mapping[str, str]]) -> frozenset[tuple[str, str]] | None:
    """What a condition is told of an event's attributes: None for a purchase, which may carry any."""
    return None if event == PURCHASE else frozenset(events[event].items())


def spend_of(section: SpendSection) -> Spend:
    """What counts of an order."""
    return Spend(section.tax, section.shipping, frozenset(section.excluded_tenders))


def line_filter_of(section: LinesSection | None) -> LineFilter | None:
    """Which lines count; None is all."""
    if section is None:
        return None
    return LineFilter(**{name: frozenset(getattr(section, name)) for name in type(section).model_fields})
