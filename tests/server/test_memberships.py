"""Memberships and grants by the calendar through the real client, and the command line on top of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from google.type.date_pb2 import Date
from tallybook_client import GrantOutcome, TallybookClient, errors, requests
from tallybook_client.cli import main

from tests.server.serving import Served

TODAY = datetime.now(UTC).date()
SOON = TODAY + timedelta(days=40)
CLUB = f"""
program: passes
timezone: UTC
units: {{points: {{kind: redeemable}}}}
memberships:
  plus:
    price: "30.00"
    currency: USD
    term: {{kind: days, days: 30}}
    grace_days: 2
    upgrades_to: [pro]
    benefits: {{entitlements: [lounge], quotas: {{free_shipping: {{most: 4, period: month}}}}}}
  lite: {{price: "1.00", currency: USD, term: {{kind: days, days: 10}}}}
  pro: {{price: "100.00", currency: USD, term: {{kind: months, months: 1}}, refund: {{kind: none}}}}
grants:
  now:
    day: {{kind: dates, dates: [{TODAY}]}}
    from: {TODAY}
    catch_up_days: 2
    rewards: [{{kind: units, unit: points, units: 5}}]
  soon:
    display_name: Soon
    day: {{kind: dates, dates: [{SOON}]}}
    from: {TODAY}
    rewards: [{{kind: membership_days, plan: plus, days: 7}}]
"""


@pytest.fixture(scope="module")
def club(served: Served) -> Iterator[TallybookClient]:
    with served.client(program="passes") as client:
        client.apply_program(CLUB)
        yield client


@pytest.fixture
def member(club: TallybookClient) -> str:
    name = f"m-{secrets.token_hex(6)}"
    club.enroll_member(name)
    return name


def day_of(message: Date) -> date:
    return date(message.year, message.month, message.day)


def test_a_membership_is_bought_renewed_and_read(club: TallybookClient, member: str) -> None:
    tried = club.buy_membership(member, "plus", validate_only=True)
    assert (tried.paid, tried.currency, tried.days) == (3_000, "USD", 30)
    bought = club.buy_membership(member, "plus", payment="pay-1", request_id="B1")
    today = datetime.fromtimestamp(bought.recorded_at.seconds, UTC).date()
    assert day_of(bought.until) == today + timedelta(days=29)
    assert club.buy_membership(member, "plus", payment="pay-1", request_id="B1").replayed
    renewed = club.renew_membership(member, "plus", paid=2_500, payment="pay-2")
    assert (renewed.paid, day_of(renewed.until)) == (2_500, today + timedelta(days=59))

    (held,) = club.get_memberships(member).memberships
    assert (held.plan, held.renews, held.is_in_grace) == ("plus", True, False)
    assert (held.days_bought, held.days_given, held.days_used, held.days_left) == (60, 0, 1, 59)
    assert (held.refund, held.refund_days, held.currency) == (2_900 + 2_500, 59, "USD")
    assert [(each.worth, each.payment) for each in held.terms] == [(3_000, "pay-1"), (2_500, "pay-2")]
    assert [day_of(each.starts) for each in held.terms] == [today, today + timedelta(days=30)]
    assert list(held.entitlements) == ["lounge"]
    assert [(each.name, each.most, each.period) for each in held.quotas] == [("free_shipping", 4, "month")]


def test_days_are_given_refunded_and_called_off(club: TallybookClient, member: str) -> None:
    given = club.grant_membership_days(member, "plus", days=3, reason="sorry")
    assert given.days == 3
    (term,) = club.get_memberships(member).memberships[0].terms
    assert not term.HasField("worth")
    club.renew_membership(member, "plus")
    cancelled = club.cancel_membership(member, "plus")
    assert not club.get_memberships(member).memberships[0].renews
    assert day_of(cancelled.until) - day_of(given.until) == timedelta(days=30)
    refunded = club.refund_membership(member, "plus")
    assert (refunded.amount, refunded.days, refunded.currency) == (3_000, 30, "USD")
    assert refunded.until == given.until


def test_what_is_over_is_told_with_its_reason(club: TallybookClient, member: str) -> None:
    club.buy_membership(member, "plus")
    bought = club.buy_membership(member, "pro", upgrade_from="plus")
    assert (bought.credit, bought.paid, bought.pay_back) == (2_900, 7_100, 0)
    found = club.get_memberships(member)
    assert [(each.plan, each.why) for each in found.past] == [("plus", "upgraded")]
    with pytest.raises(errors.MembershipNotRefundable) as refused:
        club.refund_membership(member, "pro")
    assert (refused.value.member, refused.value.plan) == (member, "pro")


def test_refusals_carry_their_facts(club: TallybookClient, member: str) -> None:
    with pytest.raises(errors.UnknownMembershipPlan):
        club.buy_membership(member, "gold")
    with pytest.raises(errors.NoMembership):
        club.renew_membership(member, "plus")
    club.buy_membership(member, "plus", payment="pay-1")
    with pytest.raises(errors.MembershipExists):
        club.buy_membership(member, "plus")
    with pytest.raises(errors.PaymentUsed) as used:
        club.renew_membership(member, "plus", payment="pay-1")
    assert used.value.payment == "pay-1"
    with pytest.raises(errors.UpgradeNotOffered):
        club.buy_membership(member, "lite", upgrade_from="plus")
    club.grant_membership_days(member, "pro", days=36_600, reason="sorry")
    with pytest.raises(errors.MembershipTooLong) as long:
        club.grant_membership_days(member, "pro", days=2, reason="sorry")
    assert long.value.days is not None
    with pytest.raises(errors.FieldInvalid):
        club.grant_membership_days(member, "pro", days=0, reason="sorry")


def test_memberships_can_stand_in_a_batch(club: TallybookClient, member: str) -> None:
    bought, given, wrong = club.batch_post(
        [
            requests.buy_membership(member, "plus"),
            requests.grant_membership_days(member, "plus", days=2, reason="sorry"),
            requests.cancel_membership(member, "pro"),
        ]
    )
    assert (bought.plan, given.days) == ("plus", 2)
    assert isinstance(wrong, errors.NoMembership)


def test_what_is_owed_is_added_up(club: TallybookClient, member: str) -> None:
    before = {each.plan: each for each in club.get_membership_obligations().obligations}["plus"]
    club.buy_membership(member, "plus")
    club.grant_membership_days(member, "plus", days=4, reason="sorry")
    after = {each.plan: each for each in club.get_membership_obligations().obligations}["plus"]
    assert (after.members - before.members, after.unearned - before.unearned) == (1, 2_900)
    assert (after.days_bought - before.days_bought, after.days_given - before.days_given) == (29, 4)


def test_the_calendar_tells_what_was_and_what_comes(club: TallybookClient, member: str) -> None:
    (had,) = club.list_grants(member)
    assert (had.grant, had.key, day_of(had.day)) == ("now", TODAY.isoformat(), TODAY)
    assert (had.outcome, had.entry) == (GrantOutcome.GRANT_OUTCOME_GIVEN, 2)
    assert [(each.unit, each.amount) for each in had.amounts] == [("points", 5)]
    (due,) = club.get_coming_grants(member).grants
    assert (due.grant, due.display_name, day_of(due.day)) == ("soon", "Soon", SOON)
    assert [(each.plan, each.amount) for each in due.amounts] == [("plus", 7)]
    foretold = club.get_grant_forecast(first_day=SOON, last_day=SOON).forecasts
    assert [(each.grant, day_of(each.day), each.frozen) for each in foretold] == [("soon", SOON, 0)]
    assert foretold[0].amounts[0].amount == 7 * foretold[0].members > 0
    with pytest.raises(errors.FieldInvalid):
        club.get_grant_forecast(first_day=SOON, last_day=TODAY)


def test_the_command_line_has_them_too(
    served: Served, club: TallybookClient, member: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*words: str) -> list[str]:
        before = ["--address", served.address, "--program", "passes"]
        assert main([words[0], *before, *words[1:]]) == 0
        return capsys.readouterr().out.splitlines()

    def last(days: int) -> str:
        return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()

    bought = told("buy-membership", member, "plus", "--payment", "pay-1")
    assert bought == [f"plus through {last(29)}: paid 3000 USD"]
    assert told("renew-membership", member, "plus", "--paid", "5") == [f"plus through {last(59)}: paid 5 USD"]
    given = told("give-membership-days", member, "plus", "3", "--reason", "sorry")
    assert given == [f"plus through {last(62)}: 3 days given"]
    assert told("memberships", member) == [
        f"plus through {last(62)}, 62 days left",
        "  60 bought, 3 given, 1 used, 0 taken back; a refund now is 2905 USD",
    ]
    refunded = told("refund-membership", member, "plus")
    assert refunded == [f"pay back 2905 USD for 59 days, plus through {last(3)}"]
    assert told("cancel-membership", member, "plus") == [f"plus ends with {last(3)}"]
    assert any(line.startswith("plus: ") for line in told("membership-obligations"))
    assert told("grants", member) == [
        f"{SOON}  soon is to come: 7 days of plus",
        f"{TODAY}  now given: 5 points",
    ]
    assert told("grant-forecast", SOON.isoformat(), SOON.isoformat())[0].startswith(f"{SOON}  soon: ")
