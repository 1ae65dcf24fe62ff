"""From a program's revision to its message. Pure: no clock, no database."""

from __future__ import annotations

from typing import Any, Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1 import program_pb2
from tallybook_client._gen.tallybook.v1.program_pb2 import (
    ExpiryKind,
    ExpiryPolicy,
    LapsedPolicy,
    ShortfallPolicy,
    UnitKind,
)
from tallybook_client._gen.tallybook.v1.program_service_pb2 import ProgramChange, ProgramRevision

from tallybook_server.convert_days import date_message, timestamp
from tallybook_server.convert_growth_rules import ladder_message, task_message, team_kind_message
from tallybook_server.convert_mall import item_message
from tallybook_server.convert_member_rules import (
    grant_message,
    identity_message,
    plan_message,
    referrals_message,
    template_message,
)
from tallybook_server.convert_money_rules import codes_message, stored_value_message
from tallybook_server.convert_rules import (
    budget_message,
    calendar_message,
    event_message,
    rule_message,
    spend_message,
    unit_caps_message,
)

UNIT_KINDS: Final = {
    "redeemable": UnitKind.UNIT_KIND_REDEEMABLE,
    "qualifying": UnitKind.UNIT_KIND_QUALIFYING,
    "money": UnitKind.UNIT_KIND_MONEY,
}
EXPIRY_KINDS: Final = {
    "never": ExpiryKind.EXPIRY_KIND_NEVER,
    "after_days": ExpiryKind.EXPIRY_KIND_AFTER_DAYS,
    "after_months": ExpiryKind.EXPIRY_KIND_AFTER_MONTHS,
    "end_of_month": ExpiryKind.EXPIRY_KIND_END_OF_MONTH,
    "end_of_quarter": ExpiryKind.EXPIRY_KIND_END_OF_QUARTER,
    "end_of_year": ExpiryKind.EXPIRY_KIND_END_OF_YEAR,
    "on_date": ExpiryKind.EXPIRY_KIND_ON_DATE,
    "after_idle_months": ExpiryKind.EXPIRY_KIND_AFTER_IDLE_MONTHS,
}
SHORTFALLS: Final = {
    "only_pending": ShortfallPolicy.SHORTFALL_POLICY_ONLY_PENDING,
    "within_balance": ShortfallPolicy.SHORTFALL_POLICY_WITHIN_BALANCE,
    "arrears": ShortfallPolicy.SHORTFALL_POLICY_ARREARS,
}
LAPSED: Final = {
    "keep_expired": LapsedPolicy.LAPSED_POLICY_KEEP_EXPIRED,
    "grace_days": LapsedPolicy.LAPSED_POLICY_GRACE_DAYS,
    "reissue": LapsedPolicy.LAPSED_POLICY_REISSUE,
}


def revision_message(revision: tb.Revision) -> program_pb2.Program:
    """A revision as it was applied."""
    message = program_message(revision.document, revision.revision, revision.etag)
    message.applied_at.CopyFrom(timestamp(revision.applied_at))
    message.in_force_from.CopyFrom(timestamp(revision.in_force_from))
    return message


def revision_line_message(line: tb.RevisionLine) -> ProgramRevision:
    """A revision in the list of a program's."""
    return ProgramRevision(
        revision=line.revision,
        etag=line.etag,
        applied_at=timestamp(line.applied_at),
        in_force_from=timestamp(line.in_force_from),
    )


def change_message(change: tb.Change) -> ProgramChange:
    """One value that a document changes."""
    return ProgramChange(path=change.path, before=change.before, after=change.after)


def program_message(text: str, revision: int, etag: str) -> program_pb2.Program:
    """A document, as it is or would be in force. Raises `ProgramInvalid`."""
    document = tb.parse_program(text)
    compiled = tb.compile_program(document, revision)
    return program_pb2.Program(
        program=document.program,
        revision=revision,
        etag=etag,
        display_name=document.display_name or document.program,
        timezone=document.timezone,
        units=[_unit(code, unit) for code, unit in document.units.items()],
        funds=sorted(compiled.funds),
        rules=[
            rule_message(rule, document.rules[rule.code])
            for rule in compiled.rules.rules
            if rule.code in document.rules  # multipliers of tiers are told with them
        ],
        spend=spend_message(compiled.rules.spend),
        calendars=[calendar_message(code, each) for code, each in document.calendars.items()],
        events=[event_message(name, each) for name, each in document.events.items()],
        caps=[unit_caps_message(unit, caps) for unit, caps in compiled.rules.unit_caps.items()],
        budgets=[
            budget_message(each, document.budgets[code].unit) for code, each in compiled.rules.budgets.items()
        ],
        refunds=program_pb2.Refunds(
            shortfall=SHORTFALLS[compiled.refunds.shortfall],
            lapsed=LAPSED[compiled.refunds.lapsed],
            grace_days=compiled.refunds.grace_days,
        ),
        holds=program_pb2.Holds(
            default_seconds=compiled.holds.default_seconds, longest_seconds=compiled.holds.longest_seconds
        ),
        stored_value=[
            stored_value_message(
                compiled.stored_value[unit],
                section,
                _expiry(section.principal_expiry),
                _expiry(section.bonus_expiry),
            )
            for unit, section in document.stored_value.items()
        ],
        codes=codes_message(compiled.codes),
        ladders=[ladder_message(ladder, document.ladders[code]) for code, ladder in compiled.ladders.items()],
        tasks=[task_message(task, document.tasks[code]) for code, task in compiled.tasks.by_code.items()],
        teams=[team_kind_message(rules, document.teams[code]) for code, rules in compiled.teams.items()],
        mall=[item_message(item, document.mall[code]) for code, item in compiled.mall.items()],
        identities=[identity_message(kind, each) for kind, each in compiled.identities.items()],
        referrals=referrals_message(compiled.referrals),
        grants=[grant_message(each, document.grants[code]) for code, each in compiled.grants.items()],
        memberships=[plan_message(each) for each in compiled.memberships.values()],
        coupons=[template_message(each, document.coupons[code]) for code, each in compiled.coupons.items()],
        request_retention_days=compiled.request_retention_days,
        document=text,
    )


def _unit(code: str, unit: Any) -> program_pb2.Unit:
    return program_pb2.Unit(
        unit=code,
        display_name=unit.display_name or code,
        kind=UNIT_KINDS[unit.kind],
        scale=unit.scale,
        expiry=_expiry(unit.expiry),
        vesting_days=getattr(unit.vesting, "days", 0),
        spend_order=getattr(unit.spend_order, "funds", ()),
    )


def _expiry(policy: Any) -> ExpiryPolicy:
    """Each policy has the numbers that it counts, under the names that the message has them."""
    return ExpiryPolicy(
        kind=EXPIRY_KINDS[policy.kind],
        days=getattr(policy, "days", 0),
        months=getattr(policy, "months", 0),
        plus_months=getattr(policy, "plus_months", 0),
        date=date_message(getattr(policy, "date", None)),
    )
