"""What the sections of one document say against each other about money. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tallybook.programs.contradictions import Contradiction
from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.document import UnitSection
from tallybook.programs.policies import AfterIdleMonths, AtOnce, Never, SoonestExpiry
from tallybook.programs.rules_document import RuleSection
from tallybook.programs.stored_value_document import StoredValueSection
from tallybook.programs.vocabulary import UnitKind


def money_contradictions(
    units: Mapping[str, UnitSection],
    stored_value: Mapping[str, StoredValueSection],
    rules: Mapping[str, RuleSection],
) -> Iterator[Contradiction]:
    """Everything that these, each sound in itself, say against each other."""
    for code, section in stored_value.items():
        if code in units:
            yield from _not_kept(code, units[code], section)
    for code, rule in rules.items():
        if rule.unit in units and units[rule.unit].kind is UnitKind.MONEY:
            yield ("rules", code, "unit"), "is money, which is paid in and never earned"


def _not_kept(code: str, unit: UnitSection, section: StoredValueSection) -> Iterator[Contradiction]:
    """Units that stored value cannot be counted in."""
    if unit.kind is not UnitKind.MONEY:
        yield ("units", code, "kind"), "must be money: it is kept as stored value"
    decimals = MINOR_UNIT_DECIMALS[section.currency]
    if unit.scale != decimals:
        yield ("units", code, "scale"), f"must be {decimals}, the decimals of {section.currency}"
    if not isinstance(unit.expiry, Never | AfterIdleMonths):
        sentence = "must be never or after_idle_months: stored_value says when principal and bonus lapse"
        yield ("units", code, "expiry"), sentence
    if isinstance(unit.expiry, AfterIdleMonths) and section.jurisdiction.principal_never_expires:
        yield ("units", code, "expiry"), "lets principal lapse, and the jurisdiction forbids it"
    if not isinstance(unit.vesting, AtOnce):
        yield ("units", code, "vesting"), "must be at_once: what is paid in is there at once"
    if not isinstance(unit.spend_order, SoonestExpiry):
        yield ("units", code, "spend_order"), "must be left out: stored_value says what is spent first"
