"""What one value of a program document may be: a code, amount, date, zone. Pure: no clock, no database.

Each is a pydantic type that checks its value, says in a sentence what is wrong, and offers candidates where a
name may be misspelt. What the rest of the document declares comes in the validation context (`Declared`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Annotated, Final
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from tallybook.programs.currencies import MINOR_UNIT_DECIMALS

DAYS_MAX: Final = 36_600
MONTHS_MAX: Final = 1_200

_AMOUNT: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?", re.ASCII)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Declared:
    """The names that a document declares, for the parts of it that refer to them."""

    units: frozenset[str]
    funds: frozenset[str]


def mistake(sentence: str, candidates: Iterable[str] = (), at: int | None = None) -> PydanticCustomError:
    """A mistake in a document, with the names that may have been meant, or with its index in a list."""
    facts = {"sentence": sentence, "candidates": tuple(candidates), "at": at}
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


def _declared_unit(value: str, info: ValidationInfo) -> str:
    assert isinstance(info.context, Declared)
    if value not in info.context.units:
        raise mistake("is not a unit of this program", sorted(info.context.units))
    return value


def _declared_fund(value: str, info: ValidationInfo) -> str:
    assert isinstance(info.context, Declared)
    if value not in info.context.funds:
        raise mistake("is not a fund of this program", sorted(info.context.funds))
    return value


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


def without_repeats(values: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a list that names something twice."""
    for index, value in enumerate(values):
        if value in values[:index]:
            raise mistake("is named twice", at=index)
    return values


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
DeclaredUnit = Annotated[str, AfterValidator(_declared_unit)]
DeclaredFund = Annotated[str, AfterValidator(_declared_fund)]

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

Day = Annotated[date, BeforeValidator(_day)]
Days = Annotated[int, Field(ge=1, le=DAYS_MAX)]
Months = Annotated[int, Field(ge=1, le=MONTHS_MAX)]
PlusMonths = Annotated[int, Field(ge=0, le=MONTHS_MAX)]
