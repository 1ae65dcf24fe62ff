"""Earning rules as the ledger runs on them: compiled, immutable. Pure: no clock, no database.

Amounts of units are in smallest steps, money in minor units. Rates are exact: a numerator and a denominator
in lowest terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final, NamedTuple

from tallybook.programs.conditions import Condition, Together, asked_together
from tallybook.programs.rounding import Rounding

LINE_NAMES: Final = ("sku", "category", "brand")
"""The fields of a line that filters look at."""

LITTLE_WORK: Final = 100
"""Steps of a condition that may as well be asked where its rule is not there at the time."""


class Period(StrEnum):
    """What a cap counts over, in the program's time zone. Weeks begin on Monday."""

    EVENT = "event"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    LIFE = "life"


@dataclass(frozen=True, slots=True)
class Spend:
    """What of an order counts as spent. Discounts never do.

    `excluded_tenders` are the kinds of payment whose part of the order does not count.
    """

    tax: bool = False
    shipping: bool = False
    excluded_tenders: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days and hours in the program's time zone: all that is given must hold, and at least one is.

    `weekdays` are ISO (1 is Monday), `month_days` 1 to 31, `hours` half-open spans of one local day.
    """

    weekdays: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    dates: frozenset[date] = frozenset()
    hours: tuple[tuple[time, time], ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """When a rule applies: from and until a moment (half-open, None is open), on any of the calendars."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    calendars: tuple[Calendar, ...] = ()


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Which lines of an order count: any of each that is not empty, and none of those excluded."""

    skus: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    except_skus: frozenset[str] = frozenset()
    except_categories: frozenset[str] = frozenset()
    except_brands: frozenset[str] = frozenset()
    by_field: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = field(
        init=False, repr=False, compare=False
    )
    """The fields of a line that it looks at, each with the names that count and those that do not."""

    def __post_init__(self) -> None:
        wanted = self.skus, self.categories, self.brands
        unwanted = self.except_skus, self.except_categories, self.except_brands
        by_field = zip(LINE_NAMES, wanted, unwanted, strict=True)
        object.__setattr__(self, "by_field", tuple(each for each in by_field if each[1] or each[2]))


@dataclass(frozen=True, slots=True)
class PerMoney:
    """`steps` of the unit for every `per_minor_units` of countable spend in `currency`."""

    steps: int
    per_minor_units: int
    currency: str


@dataclass(frozen=True, slots=True)
class PerQuantity:
    """`steps` of the unit for every `per` pieces; a rest below `per` earns nothing."""

    steps: int
    per: int


@dataclass(frozen=True, slots=True)
class Fixed:
    """`steps` of the unit for the event, shared out to the lines that count by their spend."""

    steps: int


@dataclass(frozen=True, slots=True)
class StepTable:
    """The last of `rows` (spend at least, steps) that the countable spend in `currency` reaches.

    Rows rise in spend. Below the first, nothing.
    """

    rows: tuple[tuple[int, int], ...]
    currency: str


@dataclass(frozen=True, slots=True)
class Multiplier:
    """`numerator / denominator` of what the rules in `of` earned on the lines that count, on top of it.

    A program that says "times 2" compiles to 1 / 1: what is added. `of` is never empty. What they earned
    counts as it was rounded, before caps and budgets cut it: those of one rule are not those of another.
    """

    numerator: int
    denominator: int
    of: frozenset[str]


Formula = PerMoney | PerQuantity | Fixed | StepTable | Multiplier


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `most` steps (or, with `times`, so many rewards) a member in a period."""

    period: Period
    most: int
    times: bool = False


def rule_key(rule: str) -> str:
    """What a rule's rewards are counted under."""
    return f"rule/{rule}"


def unit_key(unit: str) -> str:
    """What all rewards in a unit are counted under."""
    return f"unit/{unit}"


Counter = tuple[str, Period]
"""What caps count: what is given under a key in a period."""


def counters_of(rule: str, caps: Iterable[Cap], unit: str, unit_caps: Iterable[Cap]) -> tuple[Counter, ...]:
    """What the caps of a rule and of its unit count, each once."""
    of_rule = ((rule_key(rule), cap.period) for cap in caps)
    of_unit = ((unit_key(unit), cap.period) for cap in unit_caps)
    return tuple(dict.fromkeys((*of_rule, *of_unit)))


class Limit(NamedTuple):
    """A cap of a rule or of its unit, told once a revision: `counter` is the place of what it counts among
    all that its rule is counted in, and `what` is how a cut tells of it.
    """

    counter: int
    most: int
    times: bool
    what: str


@dataclass(frozen=True, slots=True)
class Budget:
    """What all members together may get out of the rules that draw on it.

    `unit` is a unit of the program, counted in steps; or, with `money`, `currency` minor units, and
    `minor_units / steps` is what one step of the drawing rule's unit costs.
    """

    code: str
    unit: str
    most: int
    money: bool = False
    cost_minor_units: int = 1
    cost_steps: int = 1


def budget_pool(code: str) -> str:
    """The pool that a budget is."""
    return f"budget/{code}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One earning rule. `event` is purchase or the name of a declared event.

    `group` names an exclusive group, of whose rules only the first that gives something applies; empty is
    none. Rules apply by falling priority, then by code, but multipliers after what they multiply.
    `vesting_days` overrides the unit's when it is not None. `budget` is empty for none. `tiers` and
    `memberships` are those whose members it is for, all members where it names none.
    """

    code: str
    unit: str
    fund: str
    event: str
    formula: Formula
    rounding: Rounding = Rounding.FLOOR
    window: Window = Window()
    condition: Condition | None = None
    lines: LineFilter | None = None
    priority: int = 0
    group: str = ""
    caps: tuple[Cap, ...] = ()
    budget: str = ""
    vesting_days: int | None = None
    tiers: frozenset[str] = frozenset()
    memberships: frozenset[str] = frozenset()
    is_for_all: bool = field(init=False, repr=False, compare=False)
    """Whether it is there for every member at every time, as far as its condition lets it."""

    def __post_init__(self) -> None:
        is_for_all = self.window == Window() and not self.tiers and not self.memberships
        object.__setattr__(self, "is_for_all", is_for_all)


class Terms(NamedTuple):
    """What the days of a reward hang on, beside its unit's own rules."""

    unit: str
    fund: str
    vesting_days: int | None


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule as it is applied to events, with what can be told of it once a revision.

    `lines` and `terms` are the places of its own among those of its kind of event, and `asked` that of its
    condition among those that are asked at once; None where it has none, or it is asked by itself. Its limits
    are its own caps, then those of its unit, and `counters` what they count. Multipliers build on one that
    `is_multiplied`.
    """

    rule: Rule
    lines: int
    terms: int
    asked: int | None
    limits: tuple[Limit, ...]
    counters: tuple[Counter, ...]
    is_multiplied: bool


@dataclass(frozen=True, slots=True)
class EventRules:
    """The rules of one kind of event, in the order in which they apply; their conditions read `reads`, and
    those in `together` can be asked at once. `lines` are their line filters and `terms` the terms of their
    rewards, each of them once.
    """

    rules: tuple[Applied, ...] = ()
    reads: frozenset[str] = frozenset()
    together: tuple[Together, ...] = ()
    lines: tuple[LineFilter | None, ...] = ()
    terms: tuple[Terms, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a revision, in the order in which they apply, and what they share.

    `unit_caps` bound what a member gets of a unit from all rules together. `events` are the custom events the
    program declares, `currencies` those of the money that earns: none where money earns nothing. `is_ordered`
    says whether anything depends on the events before: then a late event has those after it decided anew.
    """

    rules: tuple[Rule, ...] = ()
    spend: Spend = Spend()
    unit_caps: Mapping[str, tuple[Cap, ...]] = field(default_factory=dict)
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    events: frozenset[str] = frozenset()
    currencies: frozenset[str] = frozenset()
    is_ordered: bool = False
    by_event: Mapping[str, EventRules] = field(init=False, repr=False, compare=False)
    budget_of: Mapping[str, str] = field(init=False, repr=False, compare=False)
    """The budgets that rules draw on, by rule."""

    def __post_init__(self) -> None:
        by_event = {event: self._of_kind(event) for event in {rule.event for rule in self.rules}}
        object.__setattr__(self, "by_event", by_event)
        object.__setattr__(self, "budget_of", {rule.code: rule.budget for rule in self.rules if rule.budget})

    def _of_kind(self, event: str) -> EventRules:
        found = [rule for rule in self.rules if rule.event == event]
        formulas = [rule.formula for rule in found]
        multiplied = {code for each in formulas if isinstance(each, Multiplier) for code in each.of}
        together = asked_together(
            {
                rule.code: rule.condition
                for rule in found
                if rule.condition and (rule.is_for_all or rule.condition.work <= LITTLE_WORK)
            }
        )
        asked = {name: place for place, name in enumerate(name for each in together for name in each.names)}
        lines: dict[LineFilter | None, int] = {}
        terms: dict[Terms, int] = {}
        applied = []
        for rule in found:
            unit_caps = self.unit_caps.get(rule.unit, ())
            counters = counters_of(rule.code, rule.caps, rule.unit, unit_caps)
            limits = (
                *(_limit(cap, counters.index((rule_key(rule.code), cap.period)), "cap") for cap in rule.caps),
                *(
                    _limit(cap, counters.index((unit_key(rule.unit), cap.period)), "unit_cap")
                    for cap in unit_caps
                ),
            )
            applied.append(
                Applied(
                    rule=rule,
                    lines=lines.setdefault(rule.lines, len(lines)),
                    terms=terms.setdefault(Terms(rule.unit, rule.fund, rule.vesting_days), len(terms)),
                    asked=asked.get(rule.code),
                    limits=limits,
                    counters=counters,
                    is_multiplied=rule.code in multiplied,
                )
            )
        reads = frozenset(
            name for rule in found if rule.condition is not None for name in rule.condition.reads
        )
        return EventRules(tuple(applied), reads, tuple(together), tuple(lines), tuple(terms))


def _limit(cap: Cap, counter: int, what: str) -> Limit:
    return Limit(counter, cap.most, cap.times, f"{what}:{cap.period}")
