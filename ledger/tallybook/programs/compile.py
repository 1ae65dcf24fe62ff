"""From a checked document to the program that the ledger runs on. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tallybook.journal.accounts import BONUS, PRINCIPAL
from tallybook.programs.compile_rules import compiled_rules
from tallybook.programs.document import Document, RefundsSection, UnitSection
from tallybook.programs.local_days import local_days
from tallybook.programs.memo import Memo
from tallybook.programs.policies import AfterIdleMonths, GraceDays, expiry_rule, fund_ranks, vesting_days
from tallybook.programs.program import Holds, Program, Refunds, Unit
from tallybook.programs.stored_value import SpendFirst
from tallybook.programs.stored_value_document import StoredValueSection, stored_value_of
from tallybook.programs.vocabulary import HOUSE_FUND, LapsedPolicy, UnitKind


def compiled(document: Document, revision: int) -> Program:
    """A revision of a program, ready to run."""
    return Program(
        code=document.program,
        revision=revision,
        display_name=document.display_name or document.program,
        timezone=document.timezone,
        units=MappingProxyType(
            {
                code: _unit(code, section, document.stored_value.get(code))
                for code, section in document.units.items()
            }
        ),
        funds=frozenset({HOUSE_FUND, *document.funds}),
        rules=compiled_rules(document),
        refunds=_refunds(document.refunds),
        holds=Holds(document.holds.default_seconds, document.holds.longest_seconds),
        stored_value=MappingProxyType(
            {code: stored_value_of(code, section) for code, section in document.stored_value.items()}
        ),
        request_retention_days=document.request_retention_days,
        days=local_days(document.timezone),
    )


def _unit(code: str, section: UnitSection, money: StoredValueSection | None) -> Unit:
    idle = section.expiry.months if isinstance(section.expiry, AfterIdleMonths) else None
    return Unit(
        code=code,
        display_name=section.display_name or code,
        kind=section.kind,
        scale=section.scale,
        redeemable=section.kind is not UnitKind.QUALIFYING,
        vesting_days=vesting_days(section.vesting),
        inactivity_months=idle,
        expiry_dates=Memo(expiry_rule(section.expiry)),
        fund_ranks=fund_ranks(section.spend_order) if money is None else _FUND_RANKS[money.spend_first],
        fund_expiry={}
        if money is None
        else {
            PRINCIPAL: Memo(expiry_rule(money.principal_expiry)),
            BONUS: Memo(expiry_rule(money.bonus_expiry)),
        },
        in_proportion=money is not None and money.spend_first is SpendFirst.PROPORTIONAL,
    )


_FUND_RANKS: Final[Mapping[SpendFirst, Mapping[str, int]]] = {
    SpendFirst.BONUS_FIRST: {BONUS: 0, PRINCIPAL: 1},
    SpendFirst.PRINCIPAL_FIRST: {PRINCIPAL: 0, BONUS: 1},
    SpendFirst.PROPORTIONAL: {BONUS: 0, PRINCIPAL: 1},
}


def _refunds(section: RefundsSection) -> Refunds:
    return Refunds(
        shortfall=section.shortfall,
        lapsed=LapsedPolicy(section.lapsed.kind),
        grace_days=section.lapsed.days if isinstance(section.lapsed, GraceDays) else 0,
    )
