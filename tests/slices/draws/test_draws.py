"""Draws: what they cost and give, whom they are for, and that none is without an outcome."""

from __future__ import annotations

from collections import Counter
from threading import Thread
from typing import Any

import pytest
import tallybook as tb

from tests.slices.draws.booth import PROGRAM, Booth
from tests.slices.draws.conftest import KEY


def test_a_round_commits_before_the_first_result_and_tells_its_seed_after_the_last(booth: Booth) -> None:
    opened = booth.open("wheel")
    view = booth.view("wheel")
    assert (opened.round, view.seed, view.results) == (1, "", 0)
    assert view.commitment == opened.commitment
    assert view.record == opened.record
    done = booth.draw("wheel")
    assert (done.round, done.ordinal) == (1, 1)
    assert booth.view("wheel").record == done.record
    closed = booth.close("wheel")
    assert len(bytes.fromhex(closed.seed)) == 32
    assert (closed.results, closed.commitment) == (1, opened.commitment)
    assert booth.view("wheel").seed == closed.seed
    with pytest.raises(tb.DrawNotOpen):
        booth.draw("wheel")
    with pytest.raises(tb.DrawNotOpen):
        booth.close("wheel")


def test_a_round_follows_another_and_both_can_be_read(booth: Booth) -> None:
    booth.open("scarce")
    with pytest.raises(tb.DrawOpen):
        booth.open("scarce")
    booth.draw("scarce")
    closed = booth.close("scarce")
    again = booth.open("scarce")
    assert again.round == 2
    assert again.commitment != closed.commitment
    assert booth.view("scarce").given_before == {"phone": 1}
    assert booth.draw("scarce").ordinal == 1
    assert booth.view("scarce", 1).seed == closed.seed
    assert [each.ordinal for each in booth.results("scarce", 1)] == [1]
    with pytest.raises(tb.DrawNotOpen):
        booth.view("scarce", 3)


def test_opening_again_with_the_same_request_is_the_same_round(booth: Booth) -> None:
    first = booth.book.draws.open("fair", "wheel", "once")
    again = booth.book.draws.open("fair", "wheel", "once")
    assert again.replayed
    assert again.commitment == first.commitment


def test_drawing_again_with_the_same_request_is_the_same_draw(booth: Booth) -> None:
    booth.open("wheel")
    first = booth.book.draws.draw("fair", "ann", "wheel", "once")
    again = booth.book.draws.draw("fair", "ann", "wheel", "once")
    assert again.replayed
    assert again.record == first.record
    assert booth.view("wheel").results == 1


def test_what_is_unknown_or_was_never_opened_is_refused(booth: Booth) -> None:
    with pytest.raises(tb.DrawNotOpen):
        booth.draw("wheel")
    with pytest.raises(tb.UnknownDraw):
        booth.draw("roulette")
    with pytest.raises(tb.UnknownDraw):
        booth.open("roulette")
    with pytest.raises(tb.DrawNotOpen):
        booth.view("wheel")


def test_a_draw_costs_what_it_says_and_gives_what_was_won(booth: Booth) -> None:
    booth.open("wheel")
    for _ in range(60):
        before, cash = booth.balance().available, booth.balance(unit="CNY").available
        done = booth.draw("wheel")
        assert (done.cost_unit, done.cost) == ("points", 10)
        won = 10 if done.prize == "ten" else 0
        assert booth.balance().available == before - 10 + won
        assert booth.balance(unit="CNY").available == cash + (150 if done.prize == "cash" else 0)
        assert [each.kind for each in done.gave] == {
            "": [],
            "ten": ["units"],
            "cash": ["bonus"],
            "mug": ["goods"],
            "days": ["membership_days"],
        }[done.prize]
        assert bool(done.won) == (done.prize == "mug")


def test_who_cannot_pay_draws_nothing(booth: Booth) -> None:
    booth.open("wheel")
    booth.enroll("bob")
    with pytest.raises(tb.NotEnoughPoints):
        booth.draw("wheel", "bob")
    assert booth.view("wheel").results == 0


def test_free_draws_come_first_and_limits_are_kept(booth: Booth) -> None:
    booth.open("daily")
    booth.do(tb.Award, unit="chances", amount=10)
    assert [booth.draw("daily").cost for _ in range(3)] == [0, 1, 1]
    with pytest.raises(tb.DrawLimitReached) as reached:
        booth.draw("daily")
    assert (reached.value.period, reached.value.most) == ("day", 3)
    booth.clock.forward(days=1)
    standing = booth.book.ask(tb.GetDrawStanding(program="fair", member="ann", draw="daily"))
    assert (standing.left, standing.cost, standing.problem) == (2, 0, "")
    assert [booth.draw("daily").cost for _ in range(2)] == [0, 1]
    booth.clock.forward(days=1)
    with pytest.raises(tb.DrawLimitReached) as reached:
        booth.draw("daily")
    assert reached.value.period == "life"


def test_a_draw_is_for_whom_and_when_it_says(booth: Booth) -> None:
    booth.open("choosy")
    with pytest.raises(tb.DrawNotAllowed, match="other tags"):
        booth.draw("choosy")
    booth.do(tb.TagMember, tags=("vip",))
    booth.draw("choosy")
    booth.clock.forward(days=31)
    with pytest.raises(tb.DrawNotAllowed, match="another time"):
        booth.draw("choosy")


def test_a_draw_may_be_for_a_tier_alone(booth: Booth) -> None:
    booth.open("golden")
    with pytest.raises(tb.DrawNotAllowed, match="other tiers"):
        booth.draw("golden")
    standing = booth.book.ask(tb.GetDrawStanding(program="fair", member="ann", draw="golden"))
    assert standing.problem == "it is for other tiers"
    booth.do(tb.Award, unit="growth", amount=5)
    booth.clock.forward(seconds=1)
    done = booth.draw("golden")
    assert [(each.kind, each.named, each.amount) for each in done.gave] == [("coupon", "tea", 1)]
    (coupon,) = booth.book.ask(tb.MyCoupons(program="fair", member="ann")).coupons
    assert coupon.template == "tea"


def test_a_frozen_member_does_not_draw(booth: Booth) -> None:
    booth.open("wheel")
    booth.do(tb.Freeze, scope=tb.Scope.EARN, reason="odd")
    with pytest.raises(tb.MemberFrozen):
        booth.draw("wheel")


def test_who_cannot_have_every_prize_is_refused_before_the_lot(booth: Booth) -> None:
    booth.book.apply(PROGRAM.replace('"100.00"', '"1.00"'))
    booth.open("wheel")
    with pytest.raises(tb.BalanceLimitExceeded):
        booth.draw("wheel")
    assert booth.view("wheel").results == 0
    assert booth.balance().available == 1000


def test_when_no_prize_is_left_nothing_is_taken(booth: Booth) -> None:
    booth.open("scarce")
    assert [booth.draw("scarce").prize for _ in range(3)] == ["phone"] * 3
    with pytest.raises(tb.NoPrizeLeft):
        booth.draw("scarce")
    assert booth.view("scarce").prizes[0].left == 0
    assert booth.view("scarce").results == 3


def test_a_fallback_is_there_when_nothing_else_is(booth: Booth) -> None:
    booth.open("consoled")
    assert [booth.draw("consoled").prize for _ in range(3)] == ["phone", "tea", "tea"]


def test_the_guaranteed_prize_comes_after_so_many_misses(booth: Booth) -> None:
    booth.open("patient")
    won = [booth.draw("patient").prize for _ in range(20)]
    misses, grand = 0, 0
    for prize in won:
        if misses >= 4 and grand < 2:
            assert prize == "grand"
        misses = 0 if prize == "grand" else misses + 1
        grand += prize == "grand"
    assert grand == 2


def test_goods_are_delivered_once(booth: Booth) -> None:
    booth.open("scarce")
    won = booth.draw("scarce").won
    (listed,) = booth.book.ask(tb.ListWonGoods(program="fair", member="ann")).won
    assert (listed.won, listed.goods.goods, listed.goods.delivered_at) == (won, "A telephone", None)
    sent = booth.do(tb.DeliverPrize, won=won, carrier="post", number="77")
    assert sent.goods == "A telephone"
    (listed,) = booth.book.ask(tb.ListWonGoods(program="fair", member="ann")).won
    assert (listed.goods.carrier, listed.goods.number) == ("post", "77")
    assert listed.goods.delivered_at == booth.clock()
    with pytest.raises(tb.PrizeDelivered):
        booth.do(tb.DeliverPrize, won=won)
    with pytest.raises(tb.UnknownWonPrize):
        booth.do(tb.DeliverPrize, won="scarce/1/9")


def test_a_draw_is_not_undone(booth: Booth) -> None:
    booth.open("wheel")
    entry = booth.draw("wheel").entry
    with pytest.raises(tb.NotReversible):
        booth.do(tb.Reverse, entry=entry)


def test_a_draw_is_no_member(booth: Booth) -> None:
    with pytest.raises(tb.InvalidInput):
        booth.enroll("draw:wheel")
    with pytest.raises(tb.InvalidInput):
        booth.do(tb.CloseDraw, "ann")


@pytest.mark.parametrize("key", [None, tb.CodeKey("another key of thirty-two bytes!")])
def test_a_sealed_seed_needs_the_key_that_sealed_it(booth: Booth, key: tb.CodeKey | None) -> None:
    booth.open("wheel")
    stranger = tb.take_draw(key, program="fair", draw="wheel", member="ann", request_id="x")
    with pytest.raises(tb.SeedSealed):
        booth.book.do(stranger)
    assert booth.balance().available == 1000
    known = tb.take_draw(KEY, program="fair", draw="wheel", member="ann", request_id="x")
    outcomes: list[Any] = booth.book.do([stranger, known, booth.command("wheel")])
    assert isinstance(outcomes[0], tb.SeedSealed)
    assert [each.ordinal for each in outcomes[1:]] == [1, 2], "what was not decided is not remembered"


def test_of_many_who_come_at_once_the_first_get_the_last_prizes(booth: Booth) -> None:
    members = [f"c{number}" for number in range(16)]
    booth.enroll(*members)
    booth.open("scarce")
    work = [[booth.command("scarce", member) for _ in range(2)] for member in members]
    outcomes: list[Any] = []
    threads = [Thread(target=lambda each=each: outcomes.extend(booth.book.do(each))) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(type(each) for each in outcomes) == {tb.DrawDone: 3, tb.NoPrizeLeft: 29}
    results = booth.results("scarce")
    assert [each.ordinal for each in results] == [1, 2, 3]
    assert sorted(each.record for each in results) == sorted(
        each.record for each in outcomes if isinstance(each, tb.DrawDone)
    )


def test_who_is_merged_keeps_limits_goods_and_what_was_claimed(booth: Booth) -> None:
    booth.enroll("bob", points=100)
    booth.open("daily")
    booth.open("scarce")
    booth.draw("daily", "bob")
    won = booth.draw("scarce", "bob").won
    booth.enroll("eve", points=100)
    booth.packet("p", member="eve")
    booth.claim("p", "bob")
    booth.do(tb.MergeMembers, other="bob")
    standing = booth.book.ask(tb.GetDrawStanding(program="fair", member="ann", draw="daily"))
    assert (standing.left, standing.cost) == (2, 1)
    booth.do(tb.DeliverPrize, won=won)
    with pytest.raises(tb.RedPacketClaimed):
        booth.claim("p", "ann")


def test_who_is_erased_can_still_give_what_was_promised(booth: Booth) -> None:
    booth.enroll("bob")
    booth.packet("p", shares=1)
    booth.do(tb.EraseMember)
    assert booth.claim("p", "bob").amount == 100


def test_pages_of_results_follow_each_other(booth: Booth) -> None:
    booth.open("wheel")
    booth.book.do([booth.command("wheel") for _ in range(25)])
    token, seen = "", []
    while True:
        query = tb.ListDraws(program="fair", draw="wheel", page_size=10, page_token=token)
        page = booth.book.ask(query)
        seen += [each.ordinal for each in page.results]
        token = page.next_page_token
        if not token:
            break
    assert seen == list(range(1, 26))
