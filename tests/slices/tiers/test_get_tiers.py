"""Standing tells where a member is, what is missing, what is lost and when, and how it came about."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
import tallybook as tb

from tests.slices.tiers.club import START, Club


def test_who_has_nothing_is_told_what_is_missing(club: Club) -> None:
    standing = club.standing()
    assert (standing.tier, standing.next_tier, standing.drop) == ("", "silver", None)
    assert [way.units for way in standing.to_next] == [{"growth": 100}]
    assert club.tiers().benefits == tb.BenefitsView(
        multipliers={}, discount_basis_points=0, quotas=(), entitlements=()
    )


def test_a_tier_tells_how_long_it_lasts_and_when_it_would_go(club: Club) -> None:
    club.buy("o1", 120)
    standing = club.standing()
    assert (standing.tier, standing.since, standing.valid_through) == ("silver", START, date(2027, 3, 10))
    assert standing.counts == {"growth": 120}
    assert standing.drop is not None
    assert standing.drop.tier == ""
    assert standing.drop.at.date() == date(2027, 3, 21), "the day after its last and ten of grace"
    assert [(each.counts_through, each.steps) for each in standing.lapses] == [(date(2027, 3, 10), 120)]


def test_a_review_lowers_it_after_the_grace_and_history_tells_why(club: Club) -> None:
    club.buy("o1", 120)
    club.clock.forward(days=366)
    standing = club.standing()
    assert (standing.tier, standing.grace_through) == ("silver", date(2027, 3, 20))
    club.clock.forward(days=10)
    assert club.standing().tier == ""
    assert [(each.before, each.after, each.why) for each in club.tiers().history] == [
        ("silver", "", "not_kept"),
        ("", "silver", "reached"),
    ]


def test_what_comes_in_the_grace_keeps_it(club: Club) -> None:
    club.buy("o1", 120)
    club.clock.forward(days=368)
    club.buy("o2", 50)
    club.clock.forward(days=30)
    standing = club.standing()
    assert (standing.tier, standing.grace_through) == ("silver", None)


def test_the_tier_of_any_past_moment_is_known(club: Club) -> None:
    club.clock.forward(days=3)
    club.buy("o1", 120)
    reached = START + timedelta(days=3)
    assert club.tier_at(reached - timedelta(seconds=1)) == ""
    assert club.tier_at(reached) == "silver"
    club.clock.forward(days=1)
    club.refund("o1")
    assert club.tier_at(club.clock()) == ""
    assert club.tier_at(reached) == "silver", "it was"


def test_an_event_that_comes_in_late_changes_what_was(club: Club) -> None:
    club.clock.forward(days=3)
    assert club.tier_at(START + timedelta(days=1)) == ""
    club.buy("o1", 120, at=START)
    assert club.tier_at(START + timedelta(days=1)) == "silver"


def test_no_moment_to_come_is_known_and_no_other_ladder(club: Club) -> None:
    with pytest.raises(tb.InvalidInput, match="must have passed"):
        club.tier_at(START + timedelta(days=1))
    with pytest.raises(tb.UnknownLadder):
        club.book.ask(tb.TierAt(program="club", member="amy", ladder="other", at=START))
    with pytest.raises(tb.UnknownMember):
        club.book.ask(tb.GetTiers(program="club", member="nobody"))


def test_benefits_of_tiers_and_plans_are_taken_together(club: Club) -> None:
    club.buy("o1", 120)
    club.do(tb.BuyMembership, "b", plan="plus")
    benefits = club.tiers().benefits
    assert benefits.multipliers == {"points": Fraction(3, 2)}
    assert (benefits.discount_basis_points, benefits.entitlements) == (300, ("lounge",))
    assert club.quotas() == {"free_shipping": (6, 6), "lounge_visit": (1, 1)}


def test_entries_tell_what_they_did_to_tiers(club: Club) -> None:
    bought = club.buy("o1", 120).entry
    sentences = club.explain(bought)
    assert "status: no tier became silver: units and tasks suffice for it." in sentences
    assert "reaching silver of status gives 40 points." in sentences
    assert "silver of status in the period from 2026-03-01 gives 5 points." in sentences
    assert "it counts 1 towards task twice in the period from 2026-03-01." in sentences
    club.clock.forward(days=376)
    assert "status: silver became no tier: they did not suffice to keep it." in club.explain(
        club.last_of("review_tiers")
    )
    set_by_hand = club.do(
        tb.OverrideTier, "o", ladder="status", tier="gold", until=date(2027, 12, 31), reason="a friend"
    )
    assert club.explain(set_by_hand.entry) == (
        "status: at least gold is set by hand through 2027-12-31.",
        "status: no tier became gold: it is set by hand.",
        "the reason given: a friend",
    )
    ended = club.do(tb.EndOverride, "x", ladder="status")
    assert club.explain(ended.entry) == (
        "status: what was set by hand is ended.",
        "status: gold became no tier: what was set by hand is over.",
    )


def test_a_balance_tells_which_tiers_it_comes_from(club: Club) -> None:
    bought = club.buy("o1", 120).entry
    found = club.book.ask(tb.ExplainBalance(program="club", member="amy", unit="points"))
    assert found.sentences == (
        f"165 points never to lapse, from record_event purchase/o1 (entry {bought}):"
        " silver of status in the period from 2026-03-01, reaching silver of status.",
    )
    club.clock.forward(days=22)
    granted = club.last_of("review_tiers")
    found = club.book.ask(tb.ExplainBalance(program="club", member="amy", unit="points"))
    assert [(part.entry, part.amount, part.given) for part in found.parts][1:] == [
        (granted, 5, ("tier/status/silver/0/2026-04-01",))
    ]
