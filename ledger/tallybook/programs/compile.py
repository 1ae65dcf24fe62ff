"""From a checked document to the program that the ledger runs on. Pure: no clock, no database."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.document import Document, EarningSection, RefundsSection, UnitSection
from tallybook.programs.local_days import LocalDays
from tallybook.programs.memo import Memo
from tallybook.programs.policies import AfterIdleMonths, GraceDays, expiry_rule, fund_ranks, vesting_days
from tallybook.programs.program import Earning, Holds, Program, Refunds, Unit
from tallybook.programs.vocabulary import HOUSE_FUND, LapsedPolicy, UnitKind


def compiled(document: Document, revision: int) -> Program:
    """A revision of a program, ready to run."""
    earning = document.earning
    return Program(
        code=document.program,
        revision=revision,
        display_name=document.display_name or document.program,
        timezone=document.timezone,
        units=MappingProxyType({code: _unit(code, section) for code, section in document.units.items()}),
        funds=frozenset({HOUSE_FUND, *document.funds}),
        earning=None if earning is None else _earning(earning, document.units[earning.unit].scale),
        refunds=_refunds(document.refunds),
        holds=Holds(document.holds.default_seconds, document.holds.longest_seconds),
        request_retention_days=document.request_retention_days,
        days=_local_days(document.timezone),
    )


@cache
def _local_days(timezone: str) -> LocalDays:
    """Programs of one time zone share what is known of its days."""
    return LocalDays(ZoneInfo(timezone))


def _unit(code: str, section: UnitSection) -> Unit:
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
        fund_ranks=fund_ranks(section.spend_order),
    )


def _earning(section: EarningSection, scale: int) -> Earning:
    steps: Fraction = section.units * 10**scale
    minor_units: Fraction = section.per * 10 ** MINOR_UNIT_DECIMALS[section.currency]
    rate = steps / minor_units
    return Earning(
        unit=section.unit,
        currency=section.currency,
        steps=rate.numerator,
        per_minor_units=rate.denominator,
        rounding=section.rounding,
    )


def _refunds(section: RefundsSection) -> Refunds:
    return Refunds(
        shortfall=section.shortfall,
        lapsed=LapsedPolicy(section.lapsed.kind),
        grace_days=section.lapsed.days if isinstance(section.lapsed, GraceDays) else 0,
    )
