"""What a member has by tiers and by paid memberships, taken together. Pure: no clock, no database.

Multipliers come on top of each other: twice and one and a half times are two and a half. Of discounts the
largest counts, of quotas of one name the one that lets more be used, and entitlements are all there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Final

import msgspec

from tallybook.growth.growth import begun, growth_of
from tallybook.growth.ladders import advanced, terms_of
from tallybook.growth.memberships import plan_benefits
from tallybook.growth.quotas import Uses
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded
from tallybook.programs.benefits import Benefits, Quota
from tallybook.programs.program import Program
from tallybook.programs.rules import Period

BENEFIT_USES: Final = "benefit_uses"
"""The kind of the resident note."""
BENEFIT_USE: Final = "benefit_use"
"""The kind of the notes that are filed, one for each use, by its request."""


class BenefitUses(msgspec.Struct, frozen=True):
    """How often each quota was used in its period."""

    quotas: dict[str, Uses] = {}


class BenefitUse(msgspec.Struct, frozen=True):
    """What one request used of a quota, on a local day, less what was given back of it.

    `period` is that of the quota then.
    """

    quota: str
    on: date
    times: int
    period: Period


_encode = msgspec.json.Encoder(order="deterministic").encode


def benefits_at(folio: Folio, program: Program, at: datetime) -> Benefits:
    """All benefits that a member has at a moment, which is not before the last thing that happened."""
    return joined(tuple(_each(folio, program, at)))


def _each(folio: Folio, program: Program, at: datetime) -> Iterator[Benefits]:
    if program.ladders:
        growth = growth_of(folio) or begun(folio, at)
        terms = terms_of(program)
        standings = advanced(growth.tiers, terms, growth.end(at)).state.ladders
        for code, ladder in program.ladders.items():
            if code in standings:
                yield ladder.tier(standings[code].tier).benefits
    yield from plan_benefits(folio, program, at).values()


def joined(several: tuple[Benefits, ...]) -> Benefits:
    """What several benefits come to together, but for what they give in every period."""
    multipliers: dict[str, Fraction] = {}
    quotas: dict[str, Quota] = {}
    for each in several:
        for unit, times in each.multipliers.items():
            multipliers[unit] = multipliers.get(unit, Fraction(1)) + times - 1
        for name, quota in each.quotas.items():
            if name not in quotas or quota.most > quotas[name].most:
                quotas[name] = quota
    return Benefits(
        multipliers=dict(sorted(multipliers.items())),
        discount_basis_points=max((each.discount_basis_points for each in several), default=0),
        quotas=dict(sorted(quotas.items())),
        entitlements=tuple(sorted({label for each in several for label in each.entitlements})),
    )


# --- uses ------------------------------------------------------------------------------------------------


def uses_of(folio: Folio) -> Mapping[str, Uses]:
    """How often each quota was used in the period of its last use, by name."""
    note = folio.note(BENEFIT_USES)
    return {} if note is None else _read(note.body)


@lru_cache(maxsize=1024)
def _read(body: str) -> Mapping[str, Uses]:
    return msgspec.json.decode(body, type=BenefitUses).quotas


def put_uses(folio: Folio, quota: str, uses: Uses) -> None:
    """Write down how often a quota was used."""
    quotas = {**uses_of(folio), quota: uses}
    folio.put_note(BENEFIT_USES, Note(_encode(BenefitUses(quotas)).decode()))


def use_of(folio: Folio, request: str) -> BenefitUse | None:
    """What a request used, where the note is here."""
    return decoded(BenefitUse, folio.note(BENEFIT_USE, request))


def put_use(folio: Folio, request: str, use: BenefitUse) -> None:
    """File what a request used."""
    folio.notes.setdefault((BENEFIT_USE, request), None)
    folio.put_note(BENEFIT_USE, Note(_encode(use).decode()), request)
