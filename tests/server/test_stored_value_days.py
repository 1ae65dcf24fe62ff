"""What days do to stored value: top-ups and payouts run out, principal and bonus lapse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tallybook_client import PaymentState, TallybookClient, errors

from tests.server.purse import PURSE, available, enrolled, pay_in
from tests.server.serving import serving


class Days:
    """The clock of a server's book, set to noon some days after the first."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.pass_to(0)

    def pass_to(self, day: int) -> None:
        moment = datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=day)
        self._file.write_text(moment.isoformat())


@pytest.fixture
def days(tmp_path: Path) -> Days:
    return Days(tmp_path / "clock")


@pytest.fixture
def timed(days: Days, tmp_path: Path) -> Iterator[TallybookClient]:
    """A client of the same program on a server whose clock the test sets."""
    url, clock = f"sqlite:///{tmp_path}/book.db", str(tmp_path / "clock")
    with (
        serving(url, "--workers", "1", "--clock-file", clock) as server,
        server.client(program="purse") as client,
    ):
        client.apply_program(PURSE)
        yield client


def test_what_nobody_pays_runs_out_and_what_lapses_can_be_had_again(
    timed: TallybookClient, days: Days
) -> None:
    holder = enrolled(timed)
    pay_in(timed, holder, 1_000)
    timed.top_up(holder, amount=500, unit="USD", top_up_id="T2")
    with pytest.raises(errors.ReactivationExceedsLapsed) as early:
        timed.reactivate(holder, unit="USD", amount=1, reason="asked for it")
    assert (early.value.unit, early.value.asked, early.value.lapsed) == ("USD", 1, 0)
    days.pass_to(31)
    assert timed.get_top_up(holder, "T2").top_up.state == PaymentState.PAYMENT_STATE_TIMED_OUT
    assert available(timed, holder) == 0
    part = timed.reactivate(holder, unit="USD", amount=400, reason="asked for it")
    assert (part.amount, part.balance.available) == (400, 400)
    rest = timed.reactivate(holder, unit="USD", reason="asked for it")
    assert (rest.amount, rest.balance.available) == (600, 1_000)


def test_what_comes_back_past_its_day_lapses(timed: TallybookClient, days: Days) -> None:
    holder = enrolled(timed)
    pay_in(timed, holder, 10_000)
    spent = timed.spend_value(holder, amount=2_500, unit="USD").entry
    days.pass_to(11)
    back = timed.refund_spend(holder, spent)
    assert (back.amount, back.principal, back.bonus, back.lapsed) == (2_500, 500, 2_000, 2_000)
    days.pass_to(25)
    timed.request_top_up_refund(holder, "T1", amount=1_000, payout_id="P1")
    days.pass_to(31)
    cancelled = timed.cancel_payout(holder, "P1")
    assert (cancelled.amount, cancelled.balance.available) == (1_000, 0)
    assert cancelled.lapsed == cancelled.amount + cancelled.bonus + cancelled.charged
    pay_in(timed, holder, 1_000, "T2")
    timed.request_withdrawal(holder, amount=1_000, unit="USD", payout_id="P2")
    days.pass_to(39)
    assert timed.get_payout(holder, "P2").payout.state == PaymentState.PAYMENT_STATE_TIMED_OUT
    assert available(timed, holder) == 1_000
