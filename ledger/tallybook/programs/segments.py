"""Segments: conditions over what is known of a member, by name. Pure: no clock, no database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Final

from cel_expr_python import cel
from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from tallybook.programs.conditions import TEXT_MAX, Condition, Vocabulary
from tallybook.programs.words import Code, declared, mistake

SEGMENTS_MAX: Final = 200

MEMBER_VARIABLES: Final[Mapping[str, cel.Type]] = {
    "member.tiers": cel.Type.List(cel.Type.STRING),
    "member.memberships": cel.Type.List(cel.Type.STRING),
    "member.tags": cel.Type.List(cel.Type.STRING),
    "member.stage": cel.Type.STRING,
    "member.days_enrolled": cel.Type.INT,
    "member.days_since_activity": cel.Type.INT,
    "member.days_since_purchase": cel.Type.INT,
    "member.orders": cel.Type.INT,
    "member.birthday_month": cel.Type.INT,
    "member.frozen": cel.Type.BOOL,
}
"""What is known of every member. Who never bought has -1 days since the last purchase, and month 0 is an
unknown birthday.
"""
BALANCE: Final = "balance"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


def balance_variable(unit: str) -> str | None:
    """What a condition calls a member's available balance; None for a unit whose code is no name in CEL."""
    return f"{BALANCE}.{unit}" if _NAME.fullmatch(unit) else None


@lru_cache(maxsize=64)
def vocabulary_of(units: frozenset[str]) -> Vocabulary:
    """What segments of a program with these units are told in."""
    balances = {name: cel.Type.INT for unit in sorted(units) if (name := balance_variable(unit))}
    return Vocabulary(MappingProxyType({**MEMBER_VARIABLES, **balances}))


@lru_cache(maxsize=4096)
def compile_segment(source: str, units: frozenset[str]) -> Condition:
    """Check the condition of a segment; raises a `mistake` that says what is wrong, and where in the text."""
    return vocabulary_of(units).compile(source)


def _checked(sections: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
    units = frozenset(declared(info).units)
    for code, source in sections.items():
        try:
            compile_segment(source, units)
        except PydanticCustomError as error:
            facts = error.context or {}
            raise mistake(
                facts["sentence"], facts["candidates"], at=(code, *facts["at"]), word=facts["word"]
            ) from None
    return sections


SegmentsSection = Annotated[
    Mapping[Code, Annotated[str, Field(max_length=TEXT_MAX)]],
    Field(max_length=SEGMENTS_MAX),
    AfterValidator(_checked),
]
"""Conditions by the name of the segment."""


def segments_of(sections: Mapping[str, str], units: frozenset[str]) -> Mapping[str, Condition]:
    """The conditions of a program with these units."""
    return {code: compile_segment(source, units) for code, source in sections.items()}
