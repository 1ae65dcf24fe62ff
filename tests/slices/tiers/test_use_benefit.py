"""What may be used so many times in a period is used no more often, and given back once."""

from datetime import timedelta

import pytest
import tallybook as tb

from tests.slices.tiers.club import Club


def use(club: Club, request: str, times: int = 1, quota: str = "free_shipping") -> tb.BenefitUsed:
    used: tb.BenefitUsed = club.do(tb.UseBenefit, request, quota=quota, times=times)
    return used


def test_it_is_used_so_often_in_a_period_and_no_more(club: Club) -> None:
    club.buy("o1", 120)
    assert (use(club, "u1", 3).left, club.quotas()["free_shipping"]) == (1, (1, 4))
    with pytest.raises(tb.BenefitUsedUp) as refused:
        use(club, "u2", 2)
    assert (refused.value.asked, refused.value.left, refused.value.most) == (2, 1, 4)
    club.clock.forward(days=22)
    assert club.quotas()["free_shipping"] == (4, 4), "another month"


def test_the_same_use_twice_is_one(club: Club) -> None:
    club.buy("o1", 120)
    use(club, "u1")
    assert use(club, "u1").replayed
    assert club.quotas()["free_shipping"] == (3, 4)


def test_two_uses_at_once_take_the_last_one_once(club: Club) -> None:
    club.buy("o1", 120)
    use(club, "u1", 3)
    first, second = club.book.do(
        [
            tb.UseBenefit(program="club", member="amy", request_id=each, quota="free_shipping")
            for each in ("u2", "u3")
        ]
    )
    assert isinstance(first, tb.BenefitUsed)
    assert (first.left, type(second)) == (0, tb.BenefitUsedUp)


def test_who_does_not_have_it_cannot_use_it(club: Club) -> None:
    with pytest.raises(tb.NoBenefit):
        use(club, "u1")
    club.buy("o1", 120)
    club.refund("o1")
    with pytest.raises(tb.NoBenefit):
        use(club, "u2")


def test_a_plan_lets_more_be_used_and_what_was_used_counts(club: Club) -> None:
    club.buy("o1", 120)
    use(club, "u1", 4)
    club.do(tb.BuyMembership, "b", plan="plus")
    assert club.quotas()["free_shipping"] == (2, 6)
    use(club, "u2", 2)
    club.clock.forward(days=30)
    assert club.quotas()["free_shipping"] == (4, 4), "the plan is over"


def test_for_life_is_once(club: Club) -> None:
    club.do(tb.BuyMembership, "b", plan="plus")
    assert use(club, "u1", quota="lounge_visit").left == 0
    club.clock.forward(days=400)
    club.do(tb.BuyMembership, "b2", plan="plus")
    with pytest.raises(tb.BenefitUsedUp):
        use(club, "u2", quota="lounge_visit")


def test_a_use_is_given_back_once(club: Club) -> None:
    club.buy("o1", 120)
    use(club, "u1", 3)
    back = club.do(tb.ReturnBenefit, "r1", use="u1", times=2)
    assert (back.times, back.left, club.quotas()["free_shipping"]) == (2, 3, (3, 4))
    assert club.do(tb.ReturnBenefit, "r2", use="u1").left == 4
    for times in (None, 1):
        with pytest.raises(tb.ReturnExceedsUse) as refused:
            club.do(tb.ReturnBenefit, f"r3-{times}", use="u1", times=times)
        assert (refused.value.asked, refused.value.left) == (1, 0)
    with pytest.raises(tb.UnknownUse):
        club.do(tb.ReturnBenefit, "r4", use="e")


def test_a_use_of_a_month_that_is_over_gives_none_to_this_one(club: Club) -> None:
    club.buy("o1", 120)
    use(club, "u1", 3)
    club.clock.forward(days=22)
    use(club, "u2", 2)
    assert club.do(tb.ReturnBenefit, "r1", use="u1").left == 2


def test_who_has_lost_the_tier_can_give_back_what_was_used(club: Club) -> None:
    club.buy("o1", 120)
    use(club, "u1", 3)
    club.refund("o1")
    assert club.do(tb.ReturnBenefit, "r1", use="u1").most == 0
    club.buy("o2", 120)
    assert club.quotas()["free_shipping"] == (4, 4)


def test_who_is_frozen_uses_nothing(club: Club) -> None:
    club.buy("o1", 120)
    club.do(tb.Freeze, "f", scope=tb.Scope.REDEEM, reason="a check")
    with pytest.raises(tb.MemberFrozen):
        use(club, "u1")


def test_a_tier_set_by_hand_brings_its_benefits(club: Club) -> None:
    until = club.clock().date() + timedelta(days=3)
    club.do(tb.OverrideTier, "o", ladder="status", tier="silver", until=until, reason="a friend")
    assert use(club, "u1").left == 3
