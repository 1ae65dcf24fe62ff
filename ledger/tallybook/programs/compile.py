"""From a checked document to the program that the ledger runs on. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tallybook.journal.accounts import BONUS, PRINCIPAL
from tallybook.programs.calendars import calendar_of
from tallybook.programs.checkout_document import checkout_of
from tallybook.programs.compile_coupons import by_shared_code, compiled_coupons
from tallybook.programs.compile_rules import compiled_rules
from tallybook.programs.compile_tasks import compiled_tasks, compiled_teams
from tallybook.programs.document import Document, RefundsSection, UnitSection
from tallybook.programs.draws_document import draws_of, red_packets_of
from tallybook.programs.grants_document import grants_of
from tallybook.programs.identities import identities_of
from tallybook.programs.ladders_document import ladders_of
from tallybook.programs.local_days import BEGINNING_OF_TIME, local_days
from tallybook.programs.mall_document import mall_of
from tallybook.programs.memberships_document import memberships_of
from tallybook.programs.memo import Memo
from tallybook.programs.policies import (
    AfterDays,
    AfterIdleMonths,
    AfterMonths,
    GraceDays,
    expiry_rule,
    fund_ranks,
    vesting_days,
)
from tallybook.programs.program import Holds, Program, Refunds, Unit
from tallybook.programs.referrals_document import referrals_of
from tallybook.programs.segments import segments_of
from tallybook.programs.stored_value import SpendFirst
from tallybook.programs.stored_value_document import StoredValueSection, stored_value_of
from tallybook.programs.timeline import Timeline
from tallybook.programs.velocity import velocity_of
from tallybook.programs.vocabulary import HOUSE_FUND, LapsedPolicy, UnitKind


def compiled(document: Document, revision: int, timeline: Timeline | None = None) -> Program:
    """A revision of a program, ready to run. The first, and one that is on no timeline, has been in force
    since the beginning of time.
    """
    since = ladders_since = BEGINNING_OF_TIME
    ladders_revision = revision
    if timeline is not None and revision > 1:
        start = timeline.starts[revision - 1]
        since, ladders_revision = start.in_force_from, start.ladders_revision
        ladders_since = timeline.ladders_since(revision)
    coupons = compiled_coupons(document)
    calendars = {code: calendar_of(calendar) for code, calendar in document.calendars.items()}
    return Program(
        code=document.program,
        revision=revision,
        in_force_from=since,
        ladders_revision=ladders_revision,
        ladders_since=ladders_since,
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
        tasks=compiled_tasks(document),
        teams=compiled_teams(document),
        refunds=_refunds(document.refunds),
        holds=Holds(document.holds.default_seconds, document.holds.longest_seconds),
        stored_value=MappingProxyType(
            {code: stored_value_of(code, section) for code, section in document.stored_value.items()}
        ),
        coupons=coupons,
        shared_codes=by_shared_code(coupons),
        checkout=checkout_of(document.checkout, _scales(document), document.stored_value),
        draws=draws_of(
            document.draws,
            calendars,
            local_days(document.timezone),
            _scales(document),
        ),
        red_packets=red_packets_of(document.red_packets, _scales(document)),
        grants=grants_of(document.grants, _scales(document)),
        memberships=memberships_of(document.memberships, _scales(document)),
        mall=mall_of(document.mall, _scales(document), calendars, local_days(document.timezone)),
        ladders=ladders_of(document.ladders, _scales(document), _rolling(document)),
        identities=MappingProxyType(identities_of(document.identities)),
        velocity=MappingProxyType(velocity_of(document.velocity, _scales(document))),
        segments=MappingProxyType(segments_of(document.segments, frozenset(document.units))),
        lifecycle=document.lifecycle,
        referrals=referrals_of(document.referrals, _scales(document)),
        codes=document.codes,
        request_retention_days=document.request_retention_days,
        days=local_days(document.timezone),
    )


def _scales(document: Document) -> dict[str, int]:
    return {code: unit.scale for code, unit in document.units.items()}


def _rolling(document: Document) -> frozenset[str]:
    """The units that lapse so long after they were earned, and not all together."""
    return frozenset(
        code for code, unit in document.units.items() if isinstance(unit.expiry, AfterDays | AfterMonths)
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
