"""The program document: what a person writes, checked and immutable. Pure: no clock, no database.

Slices to come add sections of their own: a model here or beside this file, and one field of `Document`. What
is left out has a default, and a document that spells the default out means the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.expiry import shortest_life_days
from tallybook.programs.policies import (
    AtOnce,
    Expiry,
    KeepExpired,
    Lapsed,
    Never,
    OnDate,
    SoonestExpiry,
    SpendOrder,
    Vesting,
    expiry_rule,
    vesting_days,
)
from tallybook.programs.rounding import Rounding
from tallybook.programs.section import Section
from tallybook.programs.vocabulary import HOUSE_FUND, ShortfallPolicy, UnitKind
from tallybook.programs.words import (
    DAYS_MAX,
    Amount,
    Code,
    Currency,
    Declared,
    DeclaredUnit,
    DisplayName,
    TimeZone,
    mistake,
    without_repeats,
)

UNITS_MAX: Final = 100
FUNDS_MAX: Final = 1_000
SCALE_MAX: Final = 6
RETENTION_DAYS_MIN: Final = 30
HOLD_SECONDS_MAX: Final = 366 * 24 * 60 * 60


class UnitSection(Section):
    """Something that the program counts."""

    kind: UnitKind
    """What it is good for: redeemable (can be spent), qualifying (moves tiers) or money (stored value)."""
    scale: Annotated[int, Field(ge=0, le=SCALE_MAX)] = 0
    """Decimals of one unit: 2 means that amounts count hundredths. It cannot change later."""
    display_name: DisplayName = ""
    """Name for people."""
    expiry: Expiry = Never(kind="never")
    """When units lapse, counted from the local date of earning."""
    vesting: Vesting = AtOnce(kind="at_once")
    """When units become available."""
    spend_order: SpendOrder = SoonestExpiry(kind="soonest_expiry")
    """Which units are spent first."""

    @field_validator("vesting")
    @classmethod
    def _vests_before_it_lapses(cls, vesting: Vesting, info: ValidationInfo) -> Vesting:
        expiry = info.data.get("expiry")
        if expiry is None or isinstance(expiry, OnDate) or not vesting_days(vesting):
            return vesting
        if shortest_life_days(expiry_rule(expiry)) < vesting_days(vesting):
            raise mistake("is too long: some of these units would lapse before they can be spent")
        return vesting


class EarningSection(Section):
    """A flat rate: `units` whole units for every `per` of the currency, rounded once for each award."""

    unit: DeclaredUnit
    """The unit that is earned."""
    currency: Currency
    """The ISO 4217 code of the money that earns it."""
    units: Amount
    """Whole units earned, such as 1 or "0.5"..."""
    per: Amount
    """...for this much money, such as "1.00"."""
    rounding: Rounding = Rounding.FLOOR
    """What becomes of a fraction of the unit's smallest step."""

    @field_validator("per")
    @classmethod
    def _whole_minor_units(cls, per: Fraction, info: ValidationInfo) -> Fraction:
        currency = info.data.get("currency")
        if currency is not None and (per * 10 ** MINOR_UNIT_DECIMALS[currency]).denominator != 1:
            raise mistake(f"has more than the {MINOR_UNIT_DECIMALS[currency]} decimals of {currency}")
        return per


class RefundsSection(Section):
    """What happens to units when what earned or spent them is undone."""

    shortfall: ShortfallPolicy = ShortfallPolicy.ARREARS
    """What happens when units to be taken back are already spent."""
    lapsed: Lapsed = KeepExpired(kind="keep_expired")
    """What becomes of units that are given back after the day they lapsed on."""


class HoldsSection(Section):
    """How long a hold may last."""

    longest_seconds: Annotated[int, Field(ge=1, le=HOLD_SECONDS_MAX)] = 7 * 24 * 60 * 60
    """The longest time that a hold may ask for."""
    default_seconds: Annotated[int, Field(ge=1, le=HOLD_SECONDS_MAX, validate_default=True)] = 15 * 60
    """How long a hold lasts that asks for no time."""

    @field_validator("default_seconds")
    @classmethod
    def _within_the_longest(cls, default: int, info: ValidationInfo) -> int:
        longest = info.data.get("longest_seconds", HOLD_SECONDS_MAX)
        if default > longest:
            raise mistake(f"is {default}, more than longest_seconds, which is {longest}")
        return default


class Document(Section):
    """A whole program, as one document. `parse` makes one from text."""

    program: Code
    """The program's own name, e.g. demo. A document with another name is another program."""
    display_name: DisplayName = ""
    """Name for people."""
    timezone: TimeZone
    """The IANA time zone that its days are days of, e.g. Europe/Berlin."""
    units: Annotated[Mapping[Code, UnitSection], Field(min_length=1, max_length=UNITS_MAX)]
    """What is counted, by code. A unit once declared stays."""
    funds: Annotated[tuple[Code, ...], Field(max_length=FUNDS_MAX), AfterValidator(without_repeats)] = ()
    """Who else pays for value than `house`, which every program has."""
    earning: EarningSection | None = None
    """What money earns."""
    refunds: RefundsSection = RefundsSection()
    """What happens to units when what earned or spent them is undone."""
    holds: HoldsSection = HoldsSection()
    """How long a hold may last."""
    request_retention_days: Annotated[int, Field(ge=RETENTION_DAYS_MIN, le=DAYS_MAX)] = RETENTION_DAYS_MIN
    """How long the answer to a refused request is remembered."""

    def canonical(self) -> str:
        """The document as JSON that is equal for equal documents, however they were written.

        Defaults are left out, so that a release that adds a section changes no document of before.
        """
        content = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)

    def etag(self) -> str:
        """32 hexadecimal digits that differ where documents differ."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()[:32]


def validated(content: dict[str, Any]) -> Document:
    """A document from plain values; raises pydantic's ValidationError with every mistake."""
    return Document.model_validate_json(json.dumps(content), context=_declared(content))


def _declared(content: dict[str, Any]) -> Declared:
    """What the document declares, as far as it can be read: it may have mistakes elsewhere."""
    units, funds = content.get("units"), content.get("funds")
    return Declared(
        units=frozenset(units) if isinstance(units, dict) else frozenset(),
        funds=frozenset({HOUSE_FUND, *(fund for fund in funds if isinstance(fund, str))})
        if isinstance(funds, list)
        else frozenset({HOUSE_FUND}),
    )
