"""What one value of a program document may be: a code, amount, date, zone. Pure: no clock, no database.

Each is a pydantic type that checks its value, says in a sentence what is wrong, and offers candidates where a
name may be misspelt. What the rest of the document declares comes in the validation context (`Declared`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache
from typing import Annotated, Final, Protocol, TypeVar
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.local_days import LocalDays
from tallybook.programs.problems import Path

T = TypeVar("T")

PURCHASE: Final = "purchase"
"""The event that every program knows: something was bought."""
DAYS_MAX: Final = 36_600
MONTHS_MAX: Final = 1_200

_AMOUNT: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?", re.ASCII)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII
)
_TIMES: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,9}|/[0-9]{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Declared:
    """The names that a document declares, for the parts of it that refer to them.

    `units` have their scale, and `events` the kinds of their attributes; `days` are of its time zone. None is
    what cannot be read.
    """

    units: Mapping[str, int | None]
    funds: frozenset[str]
    calendars: frozenset[str] = frozenset()
    events: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rules: frozenset[str] = frozenset()
    budgets: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()
    coupon_groups: frozenset[str] = frozenset()
    gifts: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    days: LocalDays | None = None


def declared(info: ValidationInfo) -> Declared:
    """What the document that is being validated declares."""
    assert isinstance(info.context, Declared)
    return info.context


def mistake(
    sentence: str, candidates: Iterable[str] = (), at: Path = (), word: str | None = None
) -> PydanticCustomError:
    """A mistake in a document, with the names that may have been meant.

    `at` is the way from the value to the part of it that is wrong, and `word` the part of a text that may be
    misspelt, where they are not the whole.
    """
    facts = {"sentence": sentence, "candidates": tuple(candidates), "at": at, "word": word}
    return PydanticCustomError("mistake", "{sentence}", facts)


def _matches(pattern: str, sentence: str) -> Callable[[str], str]:
    compiled = re.compile(pattern, re.ASCII)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise mistake(sentence)
        return value

    return check


_CODE: Final = "[A-Za-z][A-Za-z0-9_.:-]{0,63}"
_CODE_SENTENCE: Final = (
    "must begin with a letter, go on with letters, digits and _ . : - and have at most 64 characters"
)
_LABEL: Final = r"[!-~](?:[ -~]{0,126}[!-~])?"
_SHARED_CODE: Final = "[A-Za-z0-9][A-Za-z0-9-]{2,31}"
_NAME: Final = r"[^\x00-\x1f\x7f]{0,200}"


def _known_zone(value: str) -> str:
    if value not in time_zones():
        raise mistake("is not a time zone of the IANA database", time_zones())
    return value


@cache
def time_zones() -> frozenset[str]:
    """Every IANA zone name but those that mean this machine's own setting."""
    return frozenset(available_timezones()) - {"localtime", "posixrules", "Factory"}


def _known_currency(value: str) -> str:
    if value not in MINOR_UNIT_DECIMALS:
        raise mistake("is not a currency of ISO 4217", MINOR_UNIT_DECIMALS)
    return value


def _declared_among(kind: str, names: Callable[[Declared], Iterable[str]]) -> AfterValidator:
    """A check that a name is one of those that the document declares, or that every program has."""

    def check(value: str, info: ValidationInfo) -> str:
        known = names(declared(info))
        if value not in known:
            raise mistake(f"is not {kind} of this program", sorted(known))
        return value

    return AfterValidator(check)


def _exact_amount(value: object) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | str) or not _AMOUNT.fullmatch(str(value)):
        raise mistake('must be a whole number, or a decimal number in quotes, such as "1.50"')
    amount = Fraction(value)
    if not amount:
        raise mistake("must be above zero")
    return amount


def _day(value: object) -> date:
    """Pydantic takes moments and numbers for dates as well; a document says a day in one way only."""
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # a 30 February
    raise mistake("must be a date, such as 2027-12-31")


def _exact_times(value: object) -> Fraction:
    if not isinstance(value, bool) and isinstance(value, int | str) and _TIMES.fullmatch(str(value)):
        _, slash, below = str(value).partition("/")
        if not slash or int(below):
            times = Fraction(value)
            if times >= 1:
                return times
            raise mistake("must be at least 1: what is earned is multiplied, and never made less")
    raise mistake('must be a whole number, or a number in quotes, such as "1.5" or "4/3"')


def _day_or_moment(value: object) -> date | datetime:
    """A day of the program's time zone, or a moment, in UTC whatever its offset was."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            return datetime.fromisoformat(value).astimezone(UTC)
        except (ValueError, OverflowError):
            raise mistake("is not a moment of the calendar") from None
    try:
        return _day(value)
    except PydanticCustomError:
        raise mistake(
            'must be a date, or a moment with its offset, such as "2027-12-31T18:00+01:00"'
        ) from None


def without_repeats(values: tuple[T, ...]) -> tuple[T, ...]:
    """Refuse a list that names something twice."""
    seen: set[T] = set()
    for index, value in enumerate(values):
        if value in seen:
            raise mistake("is named twice", at=(index,))
        seen.add(value)
    return values


class Periodic(Protocol):
    """What holds for each of a kind of period."""

    @property
    def period(self) -> str: ...


P = TypeVar("P", bound=Periodic)


def one_a_period(limits: tuple[P, ...]) -> tuple[P, ...]:
    """Refuse a second limit for the same period."""
    seen: set[str] = set()
    for index, limit in enumerate(limits):
        if limit.period in seen:
            raise mistake(f"is a second limit for each {limit.period}", at=(index,))
        seen.add(limit.period)
    return limits


def check_whole_steps(amount: Fraction, unit: str, info: ValidationInfo, at: Path) -> None:
    """Refuse an amount that is not a whole number of the unit's smallest steps."""
    scale = declared(info).units.get(unit)
    if scale is not None and (amount * 10**scale).denominator != 1:
        decimals = "no decimals" if not scale else f"{scale} decimal{'s' if scale > 1 else ''}"
        raise mistake(f"is finer than {unit}, which has {decimals}", at=at)


def check_minor_units(money: Fraction, currency: str, at: Path = ()) -> None:
    """Refuse money that is not a whole number of the currency's minor units."""
    if (money * 10 ** MINOR_UNIT_DECIMALS[currency]).denominator != 1:
        raise mistake(f"has more than the {MINOR_UNIT_DECIMALS[currency]} decimals of {currency}", at=at)


Code = Annotated[
    str, AfterValidator(_matches(_CODE, _CODE_SENTENCE)), Field(json_schema_extra={"pattern": f"^{_CODE}$"})
]
"""A program's, unit's or fund's own name: an identifier, compared byte by byte."""

DisplayName = Annotated[
    str,
    AfterValidator(_matches(_NAME, "must have at most 200 characters, none of them a control character")),
    Field(json_schema_extra={"maxLength": 200}),
]

TimeZone = Annotated[str, AfterValidator(_known_zone)]
Currency = Annotated[str, AfterValidator(_known_currency), Field(json_schema_extra={"pattern": "^[A-Z]{3}$"})]
DeclaredUnit = Annotated[str, _declared_among("a unit", lambda names: names.units)]
DeclaredFund = Annotated[str, _declared_among("a fund", lambda names: names.funds)]
DeclaredCalendar = Annotated[str, _declared_among("a calendar", lambda names: names.calendars)]
DeclaredEvent = Annotated[str, _declared_among("an event", lambda names: {PURCHASE, *names.events})]
DeclaredRule = Annotated[str, _declared_among("a rule", lambda names: names.rules)]
DeclaredTask = Annotated[str, _declared_among("a task", lambda names: names.tasks)]
DeclaredItem = Annotated[str, _declared_among("an item of the mall", lambda names: names.items)]
DeclaredBudget = Annotated[str, _declared_among("a budget", lambda names: names.budgets)]
DeclaredTier = Annotated[str, _declared_among("a tier", lambda names: names.tiers)]
DeclaredPlan = Annotated[str, _declared_among("a plan of membership", lambda names: names.plans)]
DeclaredGift = Annotated[
    str,
    _declared_among("a coupon template without stock, limits and unique codes", lambda names: names.gifts),
]
DeclaredCouponGroup = Annotated[str, _declared_among("a group of coupons", lambda names: names.coupon_groups)]

Label = Annotated[
    str,
    AfterValidator(
        _matches(_LABEL, "must be 1 to 128 printable ASCII characters, with no space at either end")
    ),
    Field(json_schema_extra={"pattern": f"^{_LABEL}$"}),
]
"""A shop's own name for something: a sku, a category, a kind of tender."""

SharedCode = Annotated[
    str,
    AfterValidator(_matches(_SHARED_CODE, "must be 3 to 32 letters, digits and hyphens, no hyphen first")),
    Field(json_schema_extra={"pattern": f"^{_SHARED_CODE}$"}),
]
"""A code that many people are told."""

Amount = Annotated[
    Fraction,
    BeforeValidator(_exact_amount),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1},
                {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,9})?$"},
            ]
        }
    ),
]
"""An exact number above zero, in whole units: 3 or "0.25"."""

Times = Annotated[
    Fraction,
    BeforeValidator(_exact_times),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1},
                {"type": "string", "pattern": r"^[0-9]{1,6}(\.[0-9]{1,9}|/[0-9]{1,6})?$"},
            ]
        }
    ),
]
"""An exact factor of 1 or more: 2, "1.5" or "4/3"."""

Day = Annotated[date, BeforeValidator(_day)]
DayOrMoment = Annotated[
    date | datetime,
    PlainValidator(_day_or_moment),
    PlainSerializer(lambda value: value.isoformat(), return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T.+)?$"}),
]
"""A day of the program's time zone, such as 2027-12-31, or a moment with its offset."""
COUNT_MAX: Final = 1_000_000_000
Count = Annotated[int, Field(ge=1, le=COUNT_MAX)]
"""How many of something there may be: pieces, coupons, prizes."""
Days = Annotated[int, Field(ge=1, le=DAYS_MAX)]
Months = Annotated[int, Field(ge=1, le=MONTHS_MAX)]
PlusMonths = Annotated[int, Field(ge=0, le=MONTHS_MAX)]
