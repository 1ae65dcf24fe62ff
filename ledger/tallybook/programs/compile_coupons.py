"""From the sections about coupons to the templates that the ledger runs on. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from tallybook.programs.calendars import calendar_of, moment_from, moment_until
from tallybook.programs.conditions import compile_condition
from tallybook.programs.coupon_kinds import KINDS
from tallybook.programs.coupons import (
    Claims,
    CodeForm,
    CouponTemplate,
    IssueLimit,
    Returns,
    Stacking,
    Validity,
)
from tallybook.programs.coupons_document import (
    AfterIssue,
    Between,
    CouponSection,
    NoCodes,
    SharedCodes,
    StacksNever,
    StacksWithAny,
    StacksWithGroups,
)
from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.document import Document
from tallybook.programs.local_days import LocalDays, local_days
from tallybook.programs.rules import Calendar, Period
from tallybook.programs.rules_document import line_filter_of


def compiled_coupons(document: Document) -> Mapping[str, CouponTemplate]:
    """The templates of a document by their codes, ready to run."""
    calendars = {code: calendar_of(calendar) for code, calendar in document.calendars.items()}
    days = local_days(document.timezone)
    return MappingProxyType(
        {code: _compiled(code, section, calendars, days) for code, section in document.coupons.items()}
    )


def by_shared_code(coupons: Mapping[str, CouponTemplate]) -> Mapping[str, CouponTemplate]:
    """The templates with a code that all know, by that, in capitals."""
    return MappingProxyType({each.shared_code: each for each in coupons.values() if each.shared_code})


def _compiled(
    code: str, section: CouponSection, calendars: Mapping[str, Calendar], days: LocalDays
) -> CouponTemplate:
    scale = 10 ** MINOR_UNIT_DECIMALS[section.currency]
    return CouponTemplate(
        code=code,
        display_name=section.display_name or code,
        currency=section.currency,
        offer=section.offer.offer(scale),
        rank=KINDS.index(type(section.offer)),
        validity=_validity(section.validity, days),
        calendars=MappingProxyType({name: calendars[name] for name in section.calendars}),
        channels=frozenset(section.channels),
        stores=frozenset(section.stores),
        lines=line_filter_of(section.lines),
        counted_lines=line_filter_of(section.counted_lines),
        min_spend=0 if section.min_spend is None else int(section.min_spend * scale),
        min_quantity=section.min_quantity or 0,
        spend_after_coupons=section.spend_after_coupons,
        first_order_only=section.first_order_only,
        tiers=frozenset(section.tiers),
        tags=frozenset(section.tags),
        condition=None if section.condition is None else compile_condition(section.condition),
        stacking=_stacking(section),
        priority=section.priority,
        stock=section.stock,
        limits=tuple(IssueLimit(Period(each.period), each.most) for each in section.limits),
        claims=_claims(section, days),
        fund=section.fund,
        returns=Returns(
            **{name: getattr(section.returns, name) for name in type(section.returns).model_fields}
        ),
        code_form=CodeForm(section.codes.kind),
        shared_code=section.codes.text.upper() if isinstance(section.codes, SharedCodes) else "",
        reserve_seconds=section.reserve_seconds,
        transferable=section.transferable,
        revocable_within_seconds=section.revocable_within_seconds,
    )


def _validity(section: Between | AfterIssue, days: LocalDays) -> Validity:
    ends_at = None if section.ends is None else moment_until(section.ends, days)
    match section:
        case Between(starts=starts):
            return Validity(None if starts is None else moment_from(starts, days), ends_at)
        case AfterIssue():
            return Validity(None, ends_at, section.days, section.wait_days)


def _claims(section: CouponSection, days: LocalDays) -> Claims | None:
    """A code is for whoever names it, so what has one can be claimed."""
    if section.claims is None:
        return None if isinstance(section.codes, NoCodes) else Claims()
    starts, ends = section.claims.starts, section.claims.ends
    return Claims(
        None if starts is None else moment_from(starts, days),
        None if ends is None else moment_until(ends, days),
    )


def _stacking(section: CouponSection) -> Stacking:
    match section.stacks_with:
        case StacksNever():
            stacks_with: frozenset[str] | None = frozenset()
        case StacksWithAny():
            stacks_with = None
        case StacksWithGroups(groups=groups):
            stacks_with = frozenset(groups)
        case never:
            assert_never(never)
    return Stacking(section.group or "", section.exclusive_group or "", stacks_with, section.most_per_order)
