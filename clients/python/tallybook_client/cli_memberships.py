"""The commands about memberships and grants by the calendar, and their words. Knows the client alone.

Money is in minor units.
"""

import argparse
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from google.protobuf.message import Message

from ._gen.tallybook.v1.grant_service_pb2 import (
    ComingGrant,
    GrantAmount,
    GrantForecast,
    GrantOutcome,
    PastGrant,
)
from ._gen.tallybook.v1.membership_pb2 import (
    BuyMembershipResponse,
    CancelMembershipResponse,
    GrantMembershipDaysResponse,
    MembershipObligation,
    RefundMembershipResponse,
    RenewMembershipResponse,
)
from ._gen.tallybook.v1.membership_service_pb2 import GetMembershipsResponse
from .arguments import common, day
from .cli_money import Commands
from .client import TallybookClient
from .text import LINES, Lines, day_text, instant_text

Arguments = argparse.Namespace


def _buy(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.buy_membership(
        given.member,
        given.plan,
        paid=given.paid,
        payment=given.payment,
        upgrade_from=given.upgrade_from,
        renews=not given.once,
        **common(given),
    )


def _renew(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.renew_membership(
        given.member, given.plan, paid=given.paid, payment=given.payment, **common(given)
    )


def _give_days(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.grant_membership_days(given.member, given.plan, days=given.days, **common(given))


def _refund(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.refund_membership(given.member, given.plan, **common(given))


def _cancel(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.cancel_membership(given.member, given.plan, **common(given))


def _memberships(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield client.get_memberships(given.member)


def _owed(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from client.get_membership_obligations().obligations


def _grants(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from client.get_coming_grants(given.member).grants
    yield from islice(client.list_grants(given.member), given.limit)


def _forecast(client: TallybookClient, given: Arguments) -> Iterator[Message]:
    yield from client.get_grant_forecast(first_day=given.first, last_day=given.last).forecasts


def add_memberships(
    commands: Commands, writes: argparse.ArgumentParser, reads: argparse.ArgumentParser
) -> None:
    """The commands about memberships, and what the calendar gives."""
    buy = commands.add_of_member("buy-membership", _buy, writes, "record a plan that was paid for")
    renew = commands.add_of_member("renew-membership", _renew, writes, "record another term")
    give = commands.add_of_member("give-membership-days", _give_days, writes, "give days, with a reason")
    refund = commands.add_of_member("refund-membership", _refund, writes, "take back what is to be paid back")
    cancel = commands.add_of_member("cancel-membership", _cancel, writes, "let a membership end")
    for command in (buy, renew, give, refund, cancel):
        command.add_argument("plan", help="id of the plan")
    give.add_argument("days", type=int, help="how many days")
    for command in (buy, renew):
        command.add_argument("--paid", type=int, help="what was paid, in minor units (what is to be paid)")
        command.add_argument("--payment", default="", help="what the payment is called elsewhere")
    buy.add_argument("--upgrade-from", default="", help="id of a plan whose days to come count towards it")
    buy.add_argument("--once", action="store_true", help="the member does not mean to go on: no grace")
    commands.add_of_member("memberships", _memberships, reads, "show a member's memberships")
    commands.add("membership-obligations", _owed, reads, "show what each plan still owes its members")
    grants = commands.add_of_member("grants", _grants, reads, "show what the calendar gives a member")
    grants.add_argument("--limit", type=int, default=20, help="how many past ones at most (%(default)s)")
    forecast = commands.add("grant-forecast", _forecast, reads, "count who will get what on which day")
    forecast.add_argument("first", type=day, help="the first day, such as 2027-02-01")
    forecast.add_argument("last", type=day, help="the last day")


# --- words -----------------------------------------------------------------------------------------------


def _longer(reply: BuyMembershipResponse | RenewMembershipResponse) -> Lines:
    credit = f", {reply.credit} on account" if reply.credit else ""
    back = f", {reply.pay_back} to pay back" if reply.pay_back else ""
    yield f"{reply.plan} through {day_text(reply.until)}: paid {reply.paid} {reply.currency}{credit}{back}"


def _given(reply: GrantMembershipDaysResponse) -> Lines:
    yield f"{reply.plan} through {day_text(reply.until)}: {reply.days} days given"


def _refunded(reply: RefundMembershipResponse) -> Lines:
    left = f", {reply.plan} through {day_text(reply.until)}" if reply.HasField("until") else ""
    yield f"pay back {reply.amount} {reply.currency} for {reply.days} days{left}"


def _cancelled(reply: CancelMembershipResponse) -> Lines:
    yield f"{reply.plan} ends with {day_text(reply.until)}"


def _held(reply: GetMembershipsResponse) -> Lines:
    for each in reply.memberships:
        state = "in its grace" if each.is_in_grace else f"{each.days_left} days left"
        yield f"{each.plan} through {day_text(each.until)}, {state}"
        yield (
            f"  {each.days_bought} bought, {each.days_given} given, {each.days_used} used,"
            f" {each.days_taken_back} taken back; a refund now is {each.refund} {each.currency}"
        )
    for past in reply.past:
        yield f"{past.plan} was over at {instant_text(past.until)}: {past.why}"


def _obligation(owed: MembershipObligation) -> Lines:
    yield (
        f"{owed.plan}: {owed.members} members, {owed.in_grace} in grace; {owed.days_bought} days bought"
        f" and {owed.days_given} given to come, {owed.unearned} {owed.currency} unearned"
    )


def _amounts(amounts: Any) -> str:
    def told(each: GrantAmount) -> str:
        if each.coupon_template:
            return f"{each.amount} coupons of {each.coupon_template}"
        return f"{each.amount} {each.unit}" if each.unit else f"{each.amount} days of {each.plan}"

    return ", ".join(map(told, amounts)) or "nothing"


def _coming(grant: ComingGrant) -> Lines:
    yield f"{day_text(grant.day)}  {grant.grant} is to come: {_amounts(grant.amounts)}"


def _past(grant: PastGrant) -> Lines:
    late = f" on {day_text(grant.given_on)}" if grant.given_on != grant.day else ""
    outcome = GrantOutcome.Name(grant.outcome).removeprefix("GRANT_OUTCOME_").lower()
    yield f"{day_text(grant.day)}  {grant.grant} {outcome}{late}: {_amounts(grant.amounts)}"


def _foretold(day: GrantForecast) -> Lines:
    frozen = f", {day.frozen} frozen" if day.frozen else ""
    yield f"{day_text(day.day)}  {day.grant}: {day.members} members{frozen}, {_amounts(day.amounts)}"


_WORDS: dict[type[Message], Callable[[Any], Lines]] = {
    BuyMembershipResponse: _longer,
    RenewMembershipResponse: _longer,
    GrantMembershipDaysResponse: _given,
    RefundMembershipResponse: _refunded,
    CancelMembershipResponse: _cancelled,
    GetMembershipsResponse: _held,
    MembershipObligation: _obligation,
    ComingGrant: _coming,
    PastGrant: _past,
    GrantForecast: _foretold,
}
LINES.update(_WORDS)
