"""The formula as it decides, and as the client has read it in the decision, come to the same for any odds."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tallybook.draws.formula import (
    Odds,
    Table,
    candidates,
    commitment_to,
    first_packet_record,
    first_record,
    next_packet_record,
    next_record,
    number_from,
    picked,
    split,
)
from tallybook_client.fairness import check_draw, check_red_packet

from tests.lengths import TIMES_LONGER

ALIASES = ("a1", "b2", "c3")
SEEDS = st.binary(min_size=32, max_size=32)
BOUNDS = st.none() | st.integers(1, 4)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any odds that a program could have."""
    prizes = sorted(draw(st.sets(st.sampled_from(("Z", "a", "b", "c", "d.e")), min_size=1)))
    odds = [
        Odds(
            prize=prize,
            weight=draw(st.integers(0, 5)),
            stock=draw(BOUNDS),
            most_per_member=draw(BOUNDS),
            is_sure=draw(st.booleans()),
        )
        for prize in prizes
    ]
    fallback = draw(st.sampled_from(("", "z")))
    if fallback:
        odds.append(Odds(prize=fallback, weight=0))
    return Table(
        odds=tuple(odds),
        blank_weight=draw(st.integers(0, 9)),
        guarantee_after=draw(st.integers(0, 4)),
        fallback=fallback,
    )


def plain(value: Any) -> dict[str, Any]:
    """A struct as JSON has it, defaults included."""
    found = {name: getattr(value, name) for name in value.__struct_fields__}
    return {name: [plain(each) for each in found[name]] if name == "odds" else found[name] for name in found}


@settings(max_examples=150 * TIMES_LONGER)
@given(st.lists(tables(), min_size=1, max_size=3), SEEDS, st.lists(st.sampled_from(ALIASES), max_size=25))
def test_a_round_is_read_alike(told: list[Table], seed: bytes, members: list[str]) -> None:
    before = {"a": 1, "b": 2}
    given_out, won, misses = Counter(before), {each: Counter[str]() for each in ALIASES}, Counter[str]()
    commitment = commitment_to(seed)
    record = first_record("p", "d", 2, commitment, before)
    results: list[dict[str, Any]] = []
    for place, alias in enumerate(members):
        table = told[place * len(told) // len(members)]
        among = candidates(table, given_out, won[alias], misses[alias])
        if not among:
            continue  # refused, and not in the record
        ordinal, nonce = len(results) + 1, f"n{place}"
        prize = picked(number_from(seed, "p", "d", 2, ordinal, alias, nonce), among)
        record = next_record(record, ordinal, alias, nonce, table.hashed(), prize)
        fields = {"alias": alias, "nonce": nonce, "table": table.hashed(), "prize": prize, "record": record}
        results.append({"ordinal": ordinal, **fields})
        is_sure = any(each.prize == prize and each.is_sure for each in table.odds)
        misses[alias] = 0 if is_sure else misses[alias] + 1
        if prize:
            given_out[prize] += 1
            won[alias][prize] += 1
            stock = next(each.stock for each in table.odds if each.prize == prize)
            assert stock is None or given_out[prize] <= stock
    public = {
        "program": "p",
        "draw": "d",
        "round": 2,
        "commitment": commitment,
        "seed": seed.hex(),
        "record": record,
        "given_before": before,
        "tables": [plain(each) for each in told],
        "results": results,
    }
    assert list(check_draw(public)) == []


@settings(max_examples=100 * TIMES_LONGER)
@given(SEEDS, st.integers(1, 40), st.integers(0, 500), st.integers(0, 40))
def test_a_red_packet_is_read_alike(seed: bytes, shares: int, more: int, claims: int) -> None:
    total, commitment = shares + more, commitment_to(seed)
    record = first_packet_record("p", "luck", "points", total, shares, commitment)
    told = []
    for ordinal, amount in enumerate(split(seed, total, shares)[:claims], 1):
        record = next_packet_record(record, ordinal, f"m{ordinal}", amount)
        told.append({"ordinal": ordinal, "alias": f"m{ordinal}", "amount": amount, "record": record})
    public = {
        "program": "p",
        "packet": "luck",
        "unit": "points",
        "total": total,
        "shares": shares,
        "commitment": commitment,
        "seed": seed.hex(),
        "record": record,
        "claims": told,
    }
    assert list(check_red_packet(public)) == []
