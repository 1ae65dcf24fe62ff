"""Other ladders are tried on all members: where each would stand with what there is. Nothing is written."""

import pytest
import tallybook as tb

from tests.slices.tiers.club import PROGRAM, START, Club

STEEPER = (
    PROGRAM.replace("growth: 100}", "growth: 200}")
    .replace("ladders:", "ladders:\n  doers: {tiers: [{code: doer, any_of: [{tasks: [twice]}]}]}")
    .replace("  status:\n", "  status:\n    main: true\n")
)


def moves(found: tb.LaddersSimulated) -> list[tuple[str, str, str, int]]:
    return [(each.ladder, each.before, each.after, each.members) for each in found.moves]


def others(club: Club, **dollars: int) -> None:
    for member, spent in dollars.items():
        club.book.do(tb.Enroll(program="club", member=member, request_id="e"))
        bought = tb.Purchase(order_id="o1", currency="USD", lines=(tb.Line(amount=100 * spent),))
        club.book.do(tb.RecordEvent(program="club", member=member, event=bought))


def test_members_move_by_what_counts_today(club: Club) -> None:
    others(club, bob=150, cid=250, dan=1200)
    club.buy("o1", 20)
    club.buy("o2", 20)
    found = club.book.simulate_ladders(STEEPER)
    assert found.members == 4
    assert moves(found) == [
        ("status", "", "", 1),
        ("status", "silver", "", 1),
        ("status", "silver", "silver", 1),
        ("status", "gold", "gold", 1),
        ("doers", "", "", 3),
        ("doers", "", "doer", 1),
    ]
    assert [each.sample for each in found.moves if each.after == "doer"] == [("amy",)]


def test_what_has_lapsed_or_was_set_by_hand_does_not_count(club: Club) -> None:
    club.buy("o1", 150)
    club.clock.forward(days=366)
    assert moves(club.book.simulate_ladders(PROGRAM)) == [("status", "silver", "", 1)]
    until = START.date().replace(year=2030)
    club.do(tb.OverrideTier, "o", ladder="status", tier="gold", until=until, reason="a friend")
    assert moves(club.book.simulate_ladders(PROGRAM)) == [("status", "gold", "", 1)]


def test_only_members_who_go_on_are_looked_at(club: Club) -> None:
    others(club, bob=150)
    text = f"{PROGRAM}\nmall: {{mug: {{gives: {{kind: goods}}, price: {{kind: free}}, stocked: true}}}}"
    club.book.apply(text)
    stock = tb.AdjustStock(program="club", member="item:mug", request_id="s", change=1, reason="delivered")
    club.book.do(stock)
    club.book.do(tb.Enroll(program="club", member="Item:mug", request_id="e"))
    club.do(tb.MergeMembers, "m", other="bob")
    told: list[tuple[int, int]] = []
    found = club.book.simulate_ladders(text, progress=lambda steps, total: told.append((steps, total)))
    assert (found.members, told) == (2, [(2, 2)])
    assert [(each.after, each.sample) for each in found.moves] == [("", ("Item:mug",)), ("silver", ("amy",))]
    club.do(tb.SplitMembers, "s", other="bob")
    assert club.book.simulate_ladders(text).members == 3


def test_a_ladder_that_goes_moves_all_to_none(club: Club) -> None:
    club.buy("o1", 150)
    assert moves(club.book.simulate_ladders(PROGRAM.split("ladders:", maxsplit=1)[0])) == [
        ("status", "silver", "", 1)
    ]


def test_nothing_is_written_and_progress_is_told(club: Club) -> None:
    club.buy("o1", 150)
    told: list[tuple[int, int]] = []
    before = club.book.program("club").revision
    club.book.simulate_ladders(STEEPER, progress=lambda steps, total: told.append((steps, total)))
    assert told == [(1, 1)]
    assert club.book.program("club").revision == before
    assert club.standing().tier == "silver"


def test_a_document_that_could_not_be_applied_is_refused(club: Club) -> None:
    with pytest.raises(tb.ProgramInvalid):
        club.book.simulate_ladders(PROGRAM.replace("growth: {kind: qualifying", "other: {kind: qualifying"))
    with pytest.raises(tb.UnknownProgram):
        club.book.simulate_ladders(PROGRAM.replace("program: club", "program: other"))
