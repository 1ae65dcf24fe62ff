"""How a program keeps money and how often codes may be tried, as messages. Pure: no clock, no database."""

from __future__ import annotations

from typing import Any, Final

from tallybook_client._gen.tallybook.v1.program_pb2 import (
    BonusOnRefund,
    CodeRules,
    ExpiryPolicy,
    MoneyLimit,
    SpendFirst,
    StoredValueRules,
    TopUpPlan,
    TopUpStep,
)

SPEND_FIRST: Final = {
    "bonus_first": SpendFirst.SPEND_FIRST_BONUS_FIRST,
    "principal_first": SpendFirst.SPEND_FIRST_PRINCIPAL_FIRST,
    "proportional": SpendFirst.SPEND_FIRST_PROPORTIONAL,
}
BONUS_ON_REFUND: Final = {
    "forfeited": BonusOnRefund.BONUS_ON_REFUND_FORFEITED,
    "in_proportion": BonusOnRefund.BONUS_ON_REFUND_IN_PROPORTION,
}


def stored_value_message(
    rules: Any, section: Any, principal_expiry: ExpiryPolicy, bonus_expiry: ExpiryPolicy
) -> StoredValueRules:
    """How one unit of money is kept: as it is compiled, with what only the document has."""
    return StoredValueRules(
        unit=rules.unit,
        currency=rules.currency,
        spend_first=SPEND_FIRST[rules.spend_first],
        principal_expiry=principal_expiry,
        bonus_expiry=bonus_expiry,
        plans=[_plan(plan, section.plans[code].display_name or code) for code, plan in rules.plans.items()],
        bonus_on_refund=BONUS_ON_REFUND[rules.bonus_policy],
        confirm_seconds=rules.confirm_seconds,
        payout_seconds=rules.payout_seconds,
        top_up_limit=_limit(rules.top_up),
        spend_limit=_limit(rules.spend),
        payout_limit=_limit(rules.payout),
        principal_never_expires=section.jurisdiction.principal_never_expires,
        named_most=rules.named_most,
        unnamed_most=rules.unnamed_most,
        reactivation=rules.reactivation,
    )


def _plan(plan: Any, display_name: str) -> TopUpPlan:
    return TopUpPlan(
        plan=plan.code,
        display_name=display_name,
        steps=[TopUpStep(pay=pay, bonus=bonus) for pay, bonus in plan.steps],
        first_only=plan.first_only,
        most_times=plan.most_times,
        budget=plan.budget,
    )


def _limit(limit: Any) -> MoneyLimit:
    return MoneyLimit(at_once=limit.at_once, a_day=limit.a_day)


def codes_message(rules: Any) -> CodeRules:
    """How often codes may be tried in vain."""
    return CodeRules(tries=rules.tries, lock_seconds=rules.lock_seconds)
