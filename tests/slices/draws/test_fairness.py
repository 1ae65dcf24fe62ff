"""What is drawn falls as weights say, can be checked by anybody, and is found out where it was changed."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
import tallybook as tb
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from tallybook.draws.formula import Odds, Table, candidates, number_from, picked, split
from tallybook.draws.secret import opener_of, secret_of
from tallybook_client.fairness import check_draw, check_red_packet

from tests.lengths import TIMES_LONGER
from tests.slices.draws.booth import PROGRAM, Booth
from tests.slices.draws.conftest import KEY
from tests.slices.draws.record import draw_record, packet_record

DRAWS = 10_000
SEED = bytes(range(32))
CHI_SQUARE_MOST = {2: Fraction("13.8"), 3: Fraction("16.3"), 4: Fraction("18.5")}
"""What one in a thousand exceeds, by degrees of freedom."""


def chi_square(found: Mapping[str, int], weights: Mapping[str, int]) -> Fraction:
    """How far counts are from what weights say."""
    draws, total = sum(found.values()), sum(weights.values())
    expected = {prize: Fraction(draws * weight, total) for prize, weight in weights.items()}
    return sum(((found.get(p, 0) - each) ** 2 / each for p, each in expected.items()), Fraction(0))


def told(record: dict[str, Any]) -> list[str]:
    """What is wrong with the record of a draw, after it was written to a file and read."""
    return list(check_draw(json.loads(json.dumps(record))))


def test_ten_thousand_lots_fall_as_the_weights_say() -> None:
    weights = {"": 50, "cash": 5, "mug": 3, "ten": 40, "trip": 2}
    among = sorted(weights.items())
    found = Counter(picked(number_from(SEED, "fair", ordinal), among) for ordinal in range(DRAWS))
    assert chi_square(found, weights) < CHI_SQUARE_MOST[4]


def test_ten_thousand_draws_give_out_a_stock_exactly_and_can_all_be_checked(booth: Booth) -> None:
    members = [f"m{number}" for number in range(50)]
    booth.enroll(*members, points=3_000)
    opener = opener_of(KEY, "fair", "wheel")
    secret = secret_of(SEED, opener)
    booth.do(tb.OpenDraw, "draw:wheel", secret=secret)
    for start in range(0, DRAWS, 1_000):
        wave = [booth.command("wheel", members[number % 50]) for number in range(start, start + 1_000)]
        outcomes = booth.book.do(wave)
        assert {type(each) for each in outcomes} == {tb.DrawDone}
    won = Counter(each.prize for each in booth.results("wheel"))
    assert sum(won.values()) == DRAWS
    assert won["mug"] == 20, "its stock is much less than its weight would give"
    weights = {"": 50, "ten": 40, "cash": 5, "days": 2}
    assert chi_square({prize: won[prize] for prize in weights}, weights) < CHI_SQUARE_MOST[3]
    left = {each.prize: each.left for each in booth.view("wheel").prizes}
    assert left == {"mug": 0, "ten": None, "cash": None, "days": None}
    booth.close("wheel")
    assert told(draw_record(booth, "wheel")) == []


@pytest.mark.parametrize("draw", ["patient", "consoled", "wheel"])
def test_rounds_with_limits_and_other_odds_can_be_checked(booth: Booth, draw: str) -> None:
    booth.enroll("bob", points=1_000)
    for _ in range(2):
        booth.open(draw)
        booth.book.do([booth.command(draw, member) for member in ("ann", "bob") * 20])
        booth.book.apply(PROGRAM.replace("blank_weight: 50\n", "blank_weight: 90\n"))
        booth.draw(draw, nonce="my own choice")
        booth.close(draw)
    assert len(booth.view("wheel" if draw == "wheel" else draw, 1).tables) == (2 if draw == "wheel" else 1)
    for number in (1, 2):
        assert told(draw_record(booth, draw, number)) == []


def test_whatever_is_changed_in_a_record_is_found(booth: Booth) -> None:
    booth.open("wheel")
    booth.book.do([booth.command("wheel") for _ in range(30)])
    booth.close("wheel")
    record = draw_record(booth, "wheel")
    assert told(record) == []
    for ordinal, result in enumerate(record["results"]):
        for name in ("prize", "alias", "nonce", "table", "record"):
            changed = copy.deepcopy(record)
            changed["results"][ordinal][name] = "ten" if result[name] != "ten" else "cash"
            assert told(changed), f"{name} of {ordinal}"
        changed = copy.deepcopy(record)
        del changed["results"][ordinal]
        assert told(changed), f"without {ordinal}"
    for name in ("commitment", "seed", "record"):
        assert told({**record, name: "00" * 32}), name
    for name in ("program", "draw"):
        assert told({**record, name: "x"}), name
    assert told({**record, "round": 2})
    assert told({**record, "given_before": {"mug": 20}})
    changed = copy.deepcopy(record)
    changed["tables"][0]["odds"][0]["weight"] += 1
    assert told(changed)


def test_a_result_that_was_changed_in_the_database_is_found(booth: Booth, database_url: str) -> None:
    booth.open("scarce")
    booth.draw("scarce")
    booth.draw("scarce")
    booth.close("scarce")
    engine = create_engine(database_url)
    find = "program = 'fair' AND kind = 'draw_result' AND key LIKE '%2'"
    with engine.begin() as connection:
        was = connection.execute(text(f"SELECT body FROM note WHERE {find}")).scalar_one()
        body = was.replace('"prize":"phone"', '"prize":"mug"')
        assert body != was
        connection.execute(text(f"UPDATE note SET body = :body WHERE {find}"), {"body": body})
    assert told(draw_record(booth, "scarce")) == ["result 2 is mug, and comes to phone"]
    assert booth.problems(), "the journal says otherwise as well"
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE note SET body = :body WHERE {find}"), {"body": was})
    engine.dispose()


def test_a_member_is_nobody_in_the_record(booth: Booth) -> None:
    booth.open("wheel")
    first, second = booth.draw("wheel"), booth.draw("wheel")
    assert first.alias == second.alias
    booth.close("wheel")
    assert "ann" not in json.dumps(draw_record(booth, "wheel"))
    booth.open("wheel")
    assert booth.draw("wheel").alias != first.alias


def test_no_secret_stands_in_what_entries_tell(booth: Booth, database_url: str) -> None:
    booth.open("wheel")
    booth.draw("wheel")
    engine = create_engine(database_url)
    with engine.begin() as connection:
        query = "SELECT body FROM note WHERE kind = '@~secret/draw'"
        hidden = json.loads(connection.execute(text(query)).scalar_one())["hidden"]
        entries = connection.execute(text("SELECT notes, reply, content FROM entry")).all()
    engine.dispose()
    assert not any(hidden in column for row in entries for column in row)
    assert hidden != booth.close("wheel").seed


def test_no_command_shows_a_secret() -> None:
    opening = tb.open_draw(KEY, program="fair", draw="wheel", request_id="r")
    drawing = tb.take_draw(KEY, program="fair", draw="wheel", member="ann", request_id="r")
    assert opening.secret.hidden not in repr(opening)
    assert drawing.opener.key not in repr(drawing)
    assert tb.open_draw(KEY, program="fair", draw="wheel", request_id="r").secret != opening.secret


@settings(max_examples=200 * TIMES_LONGER)
@given(st.data())
def test_a_sum_is_split_exactly_with_something_for_each(data: st.DataObject) -> None:
    shares = data.draw(st.integers(1, 60))
    total = data.draw(st.integers(shares, 10_000))
    parts = split(data.draw(st.binary(min_size=32, max_size=32)), total, shares)
    assert sum(parts) == total
    assert len(parts) == shares
    assert min(parts) >= 1


def test_every_way_to_split_is_as_likely_as_another() -> None:
    found = Counter(str(split(number.to_bytes(32), 4, 3)) for number in range(3_000))
    assert chi_square(found, {"(1, 1, 2)": 1, "(1, 2, 1)": 1, "(2, 1, 1)": 1}) < CHI_SQUARE_MOST[2]


@settings(max_examples=100 * TIMES_LONGER)
@given(
    weights=st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9), min_size=1),
    blank=st.integers(0, 500),
    after=st.integers(1, 6),
    sure=st.sets(st.sampled_from("abcdef")),
    seed=st.binary(min_size=32, max_size=32),
)
def test_who_has_missed_so_often_wins(
    weights: dict[str, int], blank: int, after: int, sure: set[str], seed: bytes
) -> None:
    odds = tuple(Odds(prize=each, weight=weights[each], is_sure=each in sure) for each in sorted(weights))
    table = Table(odds=odds, blank_weight=blank, guarantee_after=after)
    misses = 0
    for ordinal in range(30):
        prize = picked(number_from(seed, ordinal), candidates(table, {}, {}, misses))
        if misses >= after and sure & weights.keys():
            assert prize in sure
        misses = 0 if prize in sure else misses + 1


def test_a_red_packet_can_be_checked(booth: Booth) -> None:
    members = [f"m{number}" for number in range(9)]
    booth.enroll(*members)
    booth.packet("luck", total=250, shares=9)
    booth.packet("left", total=250, shares=9)
    for member in members:
        booth.claim("luck", member)
    for member in members[:4]:
        booth.claim("left", member)
    booth.clock.forward(days=1)
    for packet in ("luck", "left"):
        record = packet_record(booth, packet)
        assert list(check_red_packet(record)) == []
        for ordinal in range(4):
            for name in ("amount", "alias", "record"):
                changed = copy.deepcopy(record)
                changed["claims"][ordinal][name] = 1_000 if name == "amount" else "x"
                assert list(check_red_packet(changed)), f"{name} of {ordinal}"
        assert list(check_red_packet({**record, "total": 251}))
        assert list(check_red_packet({**record, "claims": record["claims"][:-1]}))
