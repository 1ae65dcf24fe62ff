"""Stored value through the real client: paid in, spent, given back, paid back; one by one and in batches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tallybook_client import PaymentState, TallybookClient, errors, requests
from tallybook_server.convert_stored_value import PAYMENT_STATES

from tests.server.purse import PURSE, available, enrolled, pay_in
from tests.server.serving import Served

CONFIRMED, WAITING = PaymentState.PAYMENT_STATE_CONFIRMED, PaymentState.PAYMENT_STATE_WAITING
CANCELLED = PaymentState.PAYMENT_STATE_CANCELLED


@pytest.fixture(scope="module")
def purse(served: Served) -> Iterator[TallybookClient]:
    with served.client(program="purse") as client:
        client.apply_program(PURSE)
        yield client


@pytest.fixture
def holder(purse: TallybookClient) -> str:
    return enrolled(purse)


# --- paying in -------------------------------------------------------------------------------------------


def test_a_top_up_is_value_once_it_is_confirmed(purse: TallybookClient, holder: str) -> None:
    opened = purse.top_up(holder, amount=10_000, unit="USD", request_id="T1")
    assert (opened.top_up_id, opened.amount, opened.bonus, opened.plan) == ("T1", 10_000, 2_000, "big")
    assert opened.deadline.seconds - opened.recorded_at.seconds == 30 * 60
    assert (opened.balance.unit, opened.balance.available) == ("USD", 0)
    assert purse.get_top_up(holder, "T1").top_up.state == WAITING

    paid = purse.confirm_top_up(holder, "T1", amount=10_000, payment="pay-1")
    assert (paid.entry, paid.top_up_id, paid.amount, paid.bonus) == (3, "T1", 10_000, 2_000)
    assert (paid.payment, paid.balance.available) == ("pay-1", 12_000)
    today = datetime.fromtimestamp(paid.recorded_at.seconds, UTC).date()
    for day, days in ((paid.principal_expires_on, 30), (paid.bonus_expires_on, 10)):
        last = today + timedelta(days=days)
        assert (day.year, day.month, day.day) == (last.year, last.month, last.day)

    found = purse.get_top_up(holder, "T1")
    top_up = found.top_up
    assert (top_up.top_up_id, top_up.unit, top_up.amount, top_up.bonus) == ("T1", "USD", 10_000, 2_000)
    assert (top_up.plan, top_up.state, top_up.payment) == ("big", CONFIRMED, "pay-1")
    assert (top_up.refunded, top_up.forfeited) == (0, 0)
    assert (top_up.asked_on.year, top_up.asked_on.month) == (today.year, today.month)
    assert (found.refundable.unit, found.refundable.amount) == ("USD", 10_000)
    assert (found.refundable.bonus, found.refundable.charged) == (2_000, 0)


def test_without_a_bonus_nothing_is_told_of_one(purse: TallybookClient, holder: str) -> None:
    opened = purse.top_up(holder, amount=5_000, unit="JPY", top_up_id="T1")
    assert (opened.bonus, opened.plan) == (0, "")
    paid = purse.confirm_top_up(holder, "T1", amount=5_000)
    assert paid.bonus == 0
    assert not paid.HasField("bonus_expires_on")
    assert not paid.HasField("principal_expires_on"), "it never lapses"


def test_a_confirmation_that_comes_twice_is_one(purse: TallybookClient, holder: str) -> None:
    purse.top_up(holder, amount=1_000, unit="USD", top_up_id="T1")
    first = purse.confirm_top_up(holder, "T1", amount=1_000, request_id="gateway-1")
    again = purse.confirm_top_up(holder, "T1", amount=1_000, request_id="gateway-1")
    assert (first.replayed, again.replayed) == (False, True)
    with pytest.raises(errors.TopUpState) as caught:
        purse.confirm_top_up(holder, "T1", amount=1_000, request_id="gateway-2")
    assert (caught.value.top_up, caught.value.state, caught.value.needed) == ("T1", "confirmed", "waiting")
    assert available(purse, holder) == 1_000


def test_a_top_up_can_be_called_off(purse: TallybookClient, holder: str) -> None:
    purse.top_up(holder, amount=10_000, unit="USD", top_up_id="T1")
    reply = purse.cancel_top_up(holder, "T1")
    assert (reply.top_up_id, reply.amount, reply.balance.available) == ("T1", 10_000, 0)
    assert purse.get_top_up(holder, "T1").top_up.state == CANCELLED
    with pytest.raises(errors.TopUpState):
        purse.confirm_top_up(holder, "T1", amount=10_000)


def test_a_top_up_that_cannot_be_is_refused_with_its_facts(purse: TallybookClient, holder: str) -> None:
    pay_in(purse, holder, 5_000)
    with pytest.raises(errors.TopUpExists) as exists:
        purse.top_up(holder, amount=1, unit="USD", top_up_id="T1")
    assert (exists.value.member, exists.value.top_up) == (holder, "T1")
    with pytest.raises(errors.PlanNotApplicable) as plan:
        purse.top_up(holder, amount=5_000, unit="USD", plan="welcome")
    assert (plan.value.plan, plan.value.problem) == ("welcome", "it is for the first top-up")
    with pytest.raises(errors.BalanceLimitExceeded) as most:
        purse.top_up(holder, amount=30_000, unit="USD")
    facts = most.value
    assert (facts.unit, facts.asked, facts.left, facts.most) == ("USD", 32_000, 24_500, 30_000)
    with pytest.raises(errors.NotStoredValue) as unkept:
        purse.top_up(holder, amount=1, unit="points")
    assert (unkept.value.program, unkept.value.unit) == ("purse", "points")
    with pytest.raises(errors.UnknownTopUp) as unknown:
        purse.confirm_top_up(holder, "T9", amount=1)
    assert (unknown.value.member, unknown.value.top_up) == (holder, "T9")
    purse.top_up(holder, amount=1_000, unit="USD", top_up_id="T2")
    with pytest.raises(errors.PaymentDiffers) as differs:
        purse.confirm_top_up(holder, "T2", amount=999)
    wrong = differs.value
    assert (wrong.top_up, wrong.unit, wrong.paid, wrong.expected) == ("T2", "USD", 999, 1_000)


def test_a_member_who_is_known_by_name_may_have_more(purse: TallybookClient, holder: str) -> None:
    named = purse.name_holder(holder, reason="passport seen")
    assert (named.entry, named.is_named) == (2, True)
    assert pay_in(purse, holder, 40_000).balance.available == 42_000
    assert not purse.name_holder(holder, is_named=False, reason="a mistake").is_named
    with pytest.raises(errors.BalanceLimitExceeded):
        purse.top_up(holder, amount=1, unit="USD")


def test_money_cannot_be_awarded(purse: TallybookClient, holder: str) -> None:
    with pytest.raises(errors.MoneyUnit) as caught:
        purse.award(holder, amount=1, unit="USD")
    assert caught.value.unit == "USD"


# --- spending --------------------------------------------------------------------------------------------


def test_a_spending_tells_its_funds_and_comes_back_to_them(purse: TallybookClient, holder: str) -> None:
    pay_in(purse, holder, 10_000)
    spent = purse.spend_value(holder, amount=5_000, unit="USD")
    assert (spent.amount, spent.asked, spent.principal, spent.bonus) == (5_000, 5_000, 3_000, 2_000)
    assert spent.balance.available == 7_000
    part = purse.refund_spend(holder, spent.entry, amount=3_500)
    assert (part.amount, part.refunded_entry, part.lapsed) == (3_500, spent.entry, 0)
    assert (part.principal, part.bonus) == (3_000, 500), "what was used last comes back first"
    rest = purse.refund_spend(holder, spent.entry)
    assert (rest.amount, rest.principal, rest.bonus) == (1_500, 0, 1_500)
    assert rest.balance.available == 12_000
    with pytest.raises(errors.NotReversible):
        purse.refund_spend(holder, spent.entry)


def test_too_much_is_not_spent_but_a_part_may_be(purse: TallybookClient, holder: str) -> None:
    pay_in(purse, holder, 1_000)
    with pytest.raises(errors.NotEnoughValue) as short:
        purse.spend_value(holder, amount=1_001, unit="USD")
    assert (short.value.unit, short.value.asked, short.value.available) == ("USD", 1_001, 1_000)
    part = purse.spend_value(holder, amount=1_001, unit="USD", allow_partial=True)
    assert (part.amount, part.asked, part.balance.available) == (1_000, 1_001, 0)


def test_more_than_a_limit_is_not_spent(purse: TallybookClient, holder: str) -> None:
    pay_in(purse, holder, 20_000)
    with pytest.raises(errors.LimitExceeded) as caught:
        purse.spend_value(holder, amount=15_001, unit="USD")
    facts = caught.value
    assert (facts.unit, facts.what, facts.period) == ("USD", "spend", "at_once")
    assert (facts.asked, facts.left) == (15_001, 15_000)


def test_money_that_was_held_and_captured_can_be_given_back(purse: TallybookClient, holder: str) -> None:
    pay_in(purse, holder, 1_000)
    with pytest.raises(errors.NotEnoughValue):
        purse.hold(holder, amount=1_001, unit="USD")
    purse.hold(holder, amount=600, unit="USD", hold_id="H1")
    captured = purse.capture(holder, "H1", amount=400)
    assert (captured.released, captured.balance.available) == (200, 600)
    back = purse.refund_spend(holder, captured.entry)
    assert (back.amount, back.principal, back.balance.available) == (400, 400, 1_000)


def test_a_spending_is_tried_without_a_trace(purse: TallybookClient, holder: str) -> None:
    pay_in(purse, holder, 1_000)
    tried = purse.spend_value(holder, amount=400, unit="USD", validate_only=True)
    assert (tried.entry, tried.balance.available, available(purse, holder)) == (4, 600, 1_000)


# --- paying back -----------------------------------------------------------------------------------------


def test_a_top_up_is_paid_back_less_what_its_bonus_bought(purse: TallybookClient, holder: str) -> None:
    pay_in(purse, holder, 10_000)
    purse.spend_value(holder, amount=500, unit="USD")
    most = purse.get_max_refund(holder, "T1").refundable
    assert (most.unit, most.amount, most.bonus, most.charged) == ("USD", 9_500, 1_500, 500)
    assert purse.get_max_withdrawal(holder, unit="USD").refundable == most

    opened = purse.request_top_up_refund(holder, "T1", payout_id="P1")
    assert (opened.payout_id, opened.amount, opened.bonus, opened.charged) == ("P1", 9_500, 1_500, 500)
    assert (opened.balance.available, opened.balance.held) == (0, 11_500)
    assert opened.deadline.seconds - opened.recorded_at.seconds == 7 * 24 * 60 * 60
    assert purse.get_payout(holder, "P1").payout.state == WAITING

    paid = purse.confirm_payout(holder, "P1", payment="back-1")
    assert (paid.payout_id, paid.amount, paid.bonus, paid.charged) == ("P1", 9_500, 1_500, 500)
    assert (paid.payment, paid.balance.available, paid.balance.held) == ("back-1", 0, 0)
    payout = purse.get_payout(holder, "P1").payout
    assert (payout.payout_id, payout.unit, payout.amount, payout.bonus) == ("P1", "USD", 9_500, 1_500)
    assert (payout.charged, payout.top_up_id, payout.state) == (500, "T1", CONFIRMED)
    assert (payout.payment, payout.asked_on.year) == ("back-1", paid.recorded_at.ToDatetime().year)
    top_up = purse.get_top_up(holder, "T1").top_up
    assert (top_up.refunded, top_up.forfeited) == (9_500, 2_000)


def test_a_withdrawal_that_is_called_off_leaves_all_as_it_was(purse: TallybookClient, holder: str) -> None:
    pay_in(purse, holder, 1_000)
    opened = purse.request_withdrawal(holder, amount=600, unit="USD", request_id="P1")
    assert (opened.payout_id, opened.amount, opened.balance.available) == ("P1", 600, 400)
    reply = purse.cancel_payout(holder, "P1")
    assert (reply.payout_id, reply.amount, reply.bonus, reply.charged) == ("P1", 600, 0, 0)
    assert (reply.lapsed, reply.balance.available) == (0, 1_000)
    payout = purse.get_payout(holder, "P1").payout
    assert (payout.state, payout.top_up_id) == (CANCELLED, "")


def test_a_payout_that_cannot_be_is_refused_with_its_facts(purse: TallybookClient, holder: str) -> None:
    pay_in(purse, holder, 1_000)
    with pytest.raises(errors.PayoutExceedsValue) as exceeds:
        purse.request_top_up_refund(holder, "T1", amount=1_001)
    assert (exceeds.value.unit, exceeds.value.asked, exceeds.value.payable) == ("USD", 1_001, 1_000)
    purse.request_top_up_refund(holder, "T1", amount=100, payout_id="P1")
    with pytest.raises(errors.PayoutExists) as exists:
        purse.request_withdrawal(holder, amount=1, unit="USD", payout_id="P1")
    assert (exists.value.member, exists.value.payout) == (holder, "P1")
    purse.cancel_payout(holder, "P1")
    with pytest.raises(errors.PayoutState) as state:
        purse.confirm_payout(holder, "P1")
    assert (state.value.payout, state.value.state, state.value.needed) == ("P1", "cancelled", "waiting")
    with pytest.raises(errors.UnknownPayout) as unknown:
        purse.get_payout(holder, "P9")
    assert (unknown.value.member, unknown.value.payout) == (holder, "P9")


# --- batches, bad input ----------------------------------------------------------------------------


def test_a_batch_takes_every_command_about_money(purse: TallybookClient, holder: str) -> None:
    outcomes = purse.batch_post(
        [
            requests.name_holder(holder, reason="passport seen"),
            requests.top_up(holder, amount=10_000, unit="USD", top_up_id="T1"),
            requests.confirm_top_up(holder, "T1", amount=10_000),
            requests.top_up(holder, amount=10_000, unit="USD", top_up_id="T2"),
            requests.cancel_top_up(holder, "T2"),
            requests.spend_value(holder, amount=100, unit="USD"),
            requests.refund_spend(holder, 7),
            requests.request_top_up_refund(holder, "T1", amount=1_000, payout_id="P1"),
            requests.confirm_payout(holder, "P1"),
            requests.request_withdrawal(holder, amount=1_000, unit="USD", payout_id="P2"),
            requests.cancel_payout(holder, "P2"),
            requests.reactivate(holder, unit="USD", reason="asked for it"),
        ]
    )
    assert [type(outcome).__name__ for outcome in outcomes] == [
        "NameHolderResponse",
        "TopUpResponse",
        "ConfirmTopUpResponse",
        "TopUpResponse",
        "CancelTopUpResponse",
        "SpendValueResponse",
        "RefundSpendResponse",
        "RequestTopUpRefundResponse",
        "ConfirmPayoutResponse",
        "RequestWithdrawalResponse",
        "CancelPayoutResponse",
        "ReactivationExceedsLapsed",
    ]
    assert available(purse, holder) == 9_000


@pytest.mark.parametrize(
    ("field", "request_of"),
    [
        ("amount", lambda member: requests.top_up(member, amount=0, unit="USD")),
        ("unit", lambda member: requests.spend_value(member, amount=1, unit="")),
        ("top_up_id", lambda member: requests.confirm_top_up(member, " ", amount=1)),
        ("payout_id", lambda member: requests.confirm_payout(member, "")),
        ("entry", lambda member: requests.refund_spend(member, 0)),
        ("amount", lambda member: requests.request_top_up_refund(member, "T1", amount=-5)),
        ("reason", lambda member: requests.name_holder(member, reason="")),
        ("reason", lambda member: requests.reactivate(member, unit="USD", reason="")),
    ],
)
def test_what_is_malformed_is_refused_by_its_field(
    purse: TallybookClient, holder: str, field: str, request_of: Any
) -> None:
    [refused] = purse.batch_post([request_of(holder)])
    assert isinstance(refused, errors.FieldInvalid)
    assert [violation.field for violation in refused.violations] == [field]


def test_every_state_of_a_payment_is_told() -> None:
    assert set(PAYMENT_STATES.values()) == set(PaymentState.values()) - {0}
