"""Tiers set by hand, what they give, what revisions do to them, and what is told of them."""

from datetime import date, timedelta
from typing import Any

from tallybook.growth.ladders import advanced, gained, next_moment, overridden, override_ended
from tallybook.growth.tier_standing import Missing, standing, tier_at
from tallybook.growth.tier_state import HISTORY_MAX, Counted, Outcome, Override
from tallybook.programs.benefits import Benefits, Grant
from tallybook.programs.expiry import NEVER
from tallybook.programs.ladders import (
    ForDays,
    Ladder,
    Tier,
    Way,
)
from tallybook.programs.rewards import UnitsReward
from tallybook.programs.rules import Period

from tests.growth.ladder_programs import ENROLLED, YEAR, at, growth, ladder, path, terms, tier, told, year_of

GIFT = (UnitsReward("points", "house", 50),)


# --- by hand ---------------------------------------------------------------------------------------------


def by_hand(code: str, until: str, **changes: Any) -> Override:
    return Override(tier=code, until=date.fromisoformat(until), reason="a favour", **changes)


def test_a_tier_that_is_set_by_hand_ends_with_its_day() -> None:
    of = terms(ladder())
    outcome = overridden(ENROLLED, of, at("2024-03-01"), "status", by_hand("gold", "2024-03-31"))
    later = advanced(outcome.state, of, at("2024-06-01"))
    assert [*path(outcome), *path(later)] == [
        "2024-03-01 12:00 - -> gold override",
        "2024-04-01 00:00 gold -> - override_ended",
    ]
    assert outcome.changes[0].detail == "a favour"


def test_beneath_a_tier_that_is_set_by_hand_the_member_goes_on() -> None:
    of = terms(ladder())
    state = overridden(ENROLLED, of, at("2024-03-01"), "status", by_hand("silver", "2024-03-31")).state
    assert path(gained(state, of, at("2024-03-02"), [growth(200, "2024-03-02")])) == [
        "2024-03-02 12:00 silver -> gold reached"
    ]
    exact = by_hand("silver", "2024-03-31", exactly=True)
    state = overridden(ENROLLED, of, at("2024-03-01"), "status", exact).state
    outcome = gained(state, of, at("2024-03-02"), [growth(200, "2024-03-02")])
    assert outcome.changes == ()
    assert path(override_ended(outcome.state, of, at("2024-03-03"), "status", "enough")) == [
        "2024-03-03 12:00 silver -> gold override_ended"
    ]


# --- what is given ---------------------------------------------------------------------------------------


def gifts(outcome: Outcome) -> list[str]:
    return [f"{due.at:%m-%d} {due.id}" for due in outcome.due]


def test_who_skips_a_tier_gets_its_rewards_too_and_each_once() -> None:
    of = terms(
        ladder(tier("silver", 100, rewards=GIFT), tier("gold", 200, rewards=GIFT), validity=ForDays(30))
    )
    first = told(of, (at("2024-03-01"), growth(200, "2024-03-01", "2024-03-02")), at("2024-05-01"))
    assert gifts(first) == ["03-01 status/silver/1", "03-01 status/gold/1"]
    again = told(of, (at("2024-06-01"), growth(200, "2024-06-01")), state=first.state)
    assert again.changes
    assert again.due == ()


def test_rewards_may_be_given_each_time() -> None:
    silver = tier("silver", 100, rewards=GIFT, rewards_again=True)
    of = terms(ladder(silver, validity=ForDays(30)))
    once = (at("2024-03-01"), growth(100, "2024-03-01", "2024-03-02"))
    twice = (at("2024-06-01"), growth(100, "2024-06-01"))
    assert gifts(told(of, once, twice)) == ["03-01 status/silver/1", "06-01 status/silver/2"]


def monthly(code: str, steps: int) -> Tier:
    return tier(code, steps, benefits=Benefits(grants=(Grant(Period.MONTH, GIFT),)))


def test_grants_come_on_reaching_a_tier_and_when_each_period_begins() -> None:
    of = terms(ladder(monthly("silver", 100), monthly("gold", 200)), zone="Europe/Berlin")
    outcome = told(
        of,
        (at("2024-01-31"), growth(100, "2024-01-31")),
        (at("2024-02-15"), growth(100, "2024-02-15")),
        at("2024-03-31"),
    )
    assert gifts(outcome) == [
        "01-31 status/silver/0/2024-01-01",
        "01-31 status/silver/0/2024-02-01",  # midnight in Berlin
        "02-15 status/gold/0/2024-02-01",
        "02-29 status/gold/0/2024-03-01",
    ]


# --- revisions -------------------------------------------------------------------------------------------


def under(new: Ladder | None, *facts: Any) -> Outcome:
    """What a revision of 1 June brings after facts under the usual ladder."""
    state = told(terms(ladder(validity=YEAR)), *facts).state
    changed = terms(*([new] if new else []), revision=2, since=at("2024-06-01", 0))
    return advanced(state, changed, at("2024-08-01"))


def test_a_new_ladder_begins_with_what_there_is_and_gives_no_rewards() -> None:
    new = ladder(tier("bronze", 50, rewards=GIFT), code="club")
    state = told(terms(), year_of(60, "2024-03-15")).state
    outcome = advanced(state, terms(new, revision=2, since=at("2024-06-01")), at("2024-08-01"))
    assert path(outcome) == ["2024-06-01 12:00 - -> bronze program"]
    assert outcome.due == ()


def test_a_tier_that_is_gone_becomes_what_is_earned() -> None:
    outcome = under(ladder(tier("bronze", 50), tier("diamond", 500)), year_of(100, "2024-03-15"))
    assert path(outcome) == ["2024-06-01 00:00 silver -> bronze program"]


def test_a_ladder_that_is_gone_leaves_no_tier() -> None:
    assert path(under(None, year_of(100, "2024-03-15"))) == ["2024-06-01 00:00 silver -> - program"]


def test_a_tier_that_asks_for_less_is_reached_when_that_is_in_force() -> None:
    outcome = under(ladder(tier("silver", 100), tier("gold", 150)), year_of(160, "2024-03-15"))
    assert path(outcome) == ["2024-06-01 00:00 silver -> gold program"]


def test_a_tier_that_asks_for_more_is_kept_until_its_review() -> None:
    outcome = under(ladder(tier("silver", 150), validity=YEAR), year_of(100, "2024-03-15"))
    assert outcome.changes == ()
    assert outcome.state.history[-1].after == "silver"


def test_a_validity_begins_and_ends_with_the_revision_that_brings_it() -> None:
    ended = under(ladder(), year_of(100, "2024-03-15")).state
    assert ended.ladders["status"].held.until == NEVER
    begun = terms(ladder(validity=YEAR), revision=3, since=at("2024-09-01"))
    held = advanced(ended, begun, at("2024-10-01")).state.ladders["status"].held
    assert held.until == date(2025, 9, 1)


def test_a_revision_that_changes_nothing_for_a_member_leaves_the_state_as_it_is() -> None:
    state = told(terms(ladder()), year_of(100, "2024-03-15")).state
    same = terms(ladder(), revision=2, since=at("2024-06-01"))
    assert advanced(state, same, at("2024-08-01")).state is state
    assert next_moment(state, same) is None


def test_a_revision_to_come_changes_nothing_before_its_time() -> None:
    state = told(terms(ladder()), year_of(160, "2024-03-15")).state
    new = terms(ladder(tier("silver", 100), tier("gold", 150)), revision=2, since=at("2024-06-01"))
    assert advanced(state, new, at("2024-05-31")).state is state
    assert next_moment(state, new) == at("2024-06-01")


# --- looking -----------------------------------------------------------------------------------------------


def test_a_standing_tells_what_is_missing_and_what_would_be_lost() -> None:
    silver = Tier("silver", "", (Way({"growth": 100}),), (Way({"growth": 80}),))
    gold = (Way({"growth": 200}), Way({"visits": 5}, frozenset({"profile"})))
    of = terms(ladder(silver, Tier("gold", "", gold, gold), validity=YEAR, grace_days=10))
    state = told(of, year_of(100, "2024-03-15"), year_of(30, "2024-06-01")).state
    found = standing(state, of, at("2024-07-01"), "status")
    assert (found.tier, found.valid_through, found.next_tier) == ("silver", date(2025, 3, 15), "gold")
    assert found.counts == {"growth": 130, "visits": 0}
    assert found.to_next == (
        Missing(units={"growth": 70}),
        Missing(units={"visits": 5}, tasks=("profile",)),
    )
    assert found.to_keep == (Missing(units={"growth": 50}),)
    assert found.drop is not None
    assert (found.drop.at, found.drop.tier) == (at("2025-03-26", 0), "")
    assert [(each.counts_through, each.steps) for each in found.lapses] == [
        (date(2025, 3, 15), 100),
        (date(2025, 6, 1), 30),
    ]


def test_what_never_lapses_keeps_a_tier_for_good() -> None:
    of = terms(ladder(validity=YEAR))
    state = told(of, (at("2024-03-15"), growth(100, "2024-03-15"))).state
    assert standing(state, of, at("2024-07-01"), "status").drop is None


def test_the_tier_of_a_day_that_has_passed_is_known() -> None:
    of = terms(ladder())
    state = told(of, year_of(100, "2024-03-15"), year_of(100, "2024-06-01")).state
    days = "2024-01-01", "2024-03-16", "2024-06-02"
    assert [tier_at(state, "status", at(day)) for day in days] == ["", "silver", "gold"]


def test_the_oldest_changes_are_forgotten_and_that_is_said() -> None:
    of = terms(ladder(tier("silver", 100), validity=ForDays(1)))
    state, moment = ENROLLED, at("2024-02-01")
    for _ in range(60):
        day = moment.date()
        state = gained(state, of, moment, [Counted("growth", day, day, 100)]).state
        moment += timedelta(days=4)
    assert len(state.history) == HISTORY_MAX
    assert state.forgotten == 119 - HISTORY_MAX
    assert tier_at(state, "status", at("2024-02-01")) is None
    assert tier_at(state, "status", state.history[0].at) == state.history[0].after
