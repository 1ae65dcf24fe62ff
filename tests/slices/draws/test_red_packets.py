"""Red packets: a sum that is split by lot, each share for whoever comes first."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
import tallybook as tb

from tests.slices.draws.booth import PROGRAM, Booth


def test_a_red_packet_is_split_exactly_and_once_for_each(booth: Booth) -> None:
    members = [f"m{number}" for number in range(6)]
    booth.enroll(*members)
    booth.packet("luck", total=100, shares=5)
    assert booth.balance().held == 100
    got = [booth.claim("luck", member).amount for member in members[:5]]
    assert sum(got) == 100
    assert min(got) >= 1
    assert [booth.balance(member).available for member in members[:5]] == got
    assert (booth.balance().available, booth.balance().held) == (900, 0)
    view = booth.red_packet("luck")
    assert (view.content.state, view.giver) == ("done", "ann")
    assert view.content.seed
    assert [each.amount for each in view.shares] == got
    with pytest.raises(tb.RedPacketOver):
        booth.claim("luck", members[5])
    with pytest.raises(tb.RedPacketClaimed):
        booth.claim("luck", members[0])


def test_what_nobody_claims_goes_back_to_its_own_lots(booth: Booth) -> None:
    booth.enroll("bob")
    (before,) = booth.lots()
    booth.packet("luck", total=1000)
    got = booth.claim("luck", "bob").amount
    with pytest.raises(tb.OwnRedPacket):
        booth.claim("luck", "ann")
    assert booth.red_packet("luck").content.seed == ""
    booth.clock.now += timedelta(hours=24)
    view = booth.red_packet("luck")
    assert (view.content.state, bool(view.content.seed)) == ("lapsed", True)
    (lot,) = booth.lots()
    assert (lot.amount, lot.fund, lot.expires_on) == (1000 - got, before.fund, before.expires_on)
    booth.enroll("eve")
    with pytest.raises(tb.RedPacketOver):
        booth.claim("luck", "eve")
    assert booth.balance().available == 1000 - got


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(hours=30)])
def test_a_past_balance_is_the_same_before_its_lapse_is_recorded_and_after(
    booth: Booth, back: timedelta
) -> None:
    booth.enroll("bob")
    booth.packet("luck", total=1000)
    got = booth.claim("luck", "bob").amount
    booth.clock.now += timedelta(hours=48)
    then = tb.PastBalances(program="fair", member="ann", as_of=booth.clock.now - back)
    before = booth.book.ask(then)
    is_over = back < timedelta(hours=24)
    assert before.of("points").available == (1000 - got if is_over else 0)
    assert booth.book.sweep() == 1
    assert booth.book.ask(then) == before
    booth.clock.now += timedelta(hours=1)
    assert booth.book.ask(then) == before
    assert booth.red_packet("luck").content.seed


def test_the_house_gives_within_its_budget(booth: Booth) -> None:
    booth.enroll("bob")
    booth.packet("one", "festival", total=600, member="")
    with pytest.raises(tb.RedPacketBudgetSpent) as spent:
        booth.packet("two", "festival", total=500, member="")
    assert (spent.value.asked, spent.value.left) == (500, 400)
    got = booth.claim("one", "bob").amount
    (lot,) = booth.lots("bob")
    assert (lot.fund, lot.amount) == ("marketing", got)
    booth.clock.now += timedelta(hours=24)
    booth.book.sweep()
    booth.packet("three", "festival", total=400, member="")
    with pytest.raises(tb.RedPacketBudgetSpent) as spent:
        booth.packet("four", "festival", total=600, member="")
    assert spent.value.left == 1000 - got - 400


def test_the_house_gives_bonus_of_stored_value(booth: Booth) -> None:
    booth.enroll("bob", "eve")
    booth.packet("one", "cash", total=5_000, shares=3, member="")
    got = booth.claim("one", "bob").amount
    (lot,) = booth.lots("bob", "CNY")
    assert (lot.fund, lot.amount) == ("bonus", got)
    booth.open("wheel")
    booth.book.do([booth.command("wheel") for _ in range(60)])
    won = booth.balance(unit="CNY").available
    assert won % 150 == 0
    (sheet,) = booth.book.ask(tb.StoredValueReport(program="fair"))
    assert sheet.balances
    assert sheet.bonus.with_members == sheet.bonus.came_in == won + got
    booth.clock.forward(seconds=60)
    booth.book.sweep()
    assert booth.packet("two", "cash", total=5_000 - got, member="").total == 5_000 - got


def test_who_could_not_have_the_largest_share_claims_none(booth: Booth) -> None:
    booth.enroll("bob")
    booth.book.apply(PROGRAM.replace('"100.00"', '"40.00"'))
    booth.packet("one", "cash", total=4_500, shares=3, member="")
    with pytest.raises(tb.BalanceLimitExceeded) as refused:
        booth.claim("one", "bob")
    assert refused.value.asked == 4_498, "it does not tell the share"


def test_red_packets_that_cannot_be_are_refused(booth: Booth) -> None:
    with pytest.raises(tb.UnknownRedPacketKind):
        booth.packet("p", "festival")
    with pytest.raises(tb.UnknownRedPacketKind):
        booth.packet("p", "friends", member="")
    with pytest.raises(tb.RedPacketTooLarge):
        booth.packet("p", shares=51)
    booth.do(tb.Redeem, unit="points", amount=950)
    with pytest.raises(tb.NotEnoughPoints):
        booth.packet("p")
    with pytest.raises(tb.UnknownMember):
        booth.packet("p", member="nobody")
    with pytest.raises(tb.InvalidInput):
        booth.packet("p", total=2, shares=3)
    with pytest.raises(tb.UnknownRedPacket):
        booth.claim("p", "ann")
    with pytest.raises(tb.UnknownRedPacket):
        booth.red_packet("p")
    booth.packet("p", total=10)
    with pytest.raises(tb.RedPacketExists):
        booth.packet("p", total=10)


def test_of_many_claims_at_once_each_share_is_given_once(booth: Booth) -> None:
    members = [f"c{number}" for number in range(16)]
    booth.enroll(*members)
    booth.packet("luck", total=50, shares=7)
    outcomes: list[Any] = []

    def claim(member: str) -> None:
        command = tb.ClaimRedPacket(program="fair", member=member, packet="luck", request_id="c")
        outcomes.extend(booth.book.do([command]))

    threads = [Thread(target=claim, args=(member,)) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(type(each) for each in outcomes) == {tb.ShareClaimed: 7, tb.RedPacketOver: 9}
    assert sum(each.amount for each in outcomes if isinstance(each, tb.ShareClaimed)) == 50
