"""A few real households of the grocer's year, and what pandas makes of them, kept as a file.

Tests that have no pandas compare the book with the file; those that have it, the file with pandas. After a
change of the program, `python -m tests.examples.sample_by_pandas` writes the file anew.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from examples.grocer.baskets import Basket, Row, baskets_of
from examples.grocer.campaigns import Campaign
from examples.grocer.expected import Expected
from examples.grocer.grown import Standing
from examples.grocer.refunds import Refund, refunds_of

T = TypeVar("T")

FOLDER = Path(__file__).with_name("grocer_sample")
EXPECTED = FOLDER / "expected.json"


def sample_campaigns() -> list[Campaign]:
    """All 27 campaigns."""
    return [
        Campaign(int(number), kind, date.fromisoformat(first), date.fromisoformat(last))
        for number, kind, first, last in _rows("campaigns")
    ]


def sample_baskets() -> list[Basket]:
    """The households' purchases."""
    invited: dict[str, tuple[int, ...]] = defaultdict(tuple)
    for number, household in _rows("invitations"):
        invited[household] += (int(number),)
    return baskets_of(
        (
            Row(household, store, basket, product, department, int(quantity), dollars, _moment(at))
            for household, store, basket, product, department, quantity, dollars, at in _rows("lines")
        ),
        invited,
    )


def sample_refunds() -> list[Refund]:
    """What they give back."""
    return list(refunds_of(sample_baskets()))


def sample_expected() -> Expected:
    """What the book should hold after it all, as the file has it."""
    plain = json.loads(EXPECTED.read_text(encoding="utf-8"))
    return Expected(
        rewards=_flat(plain["rewards"]),
        taken=_flat(plain["taken"]),
        lots={household: _dated(lots) for household, lots in plain["lots"].items()},
        arrears=plain["arrears"],
        gifts=_flat(plain["gifts"]),
        growth={household: _dated(lots) for household, lots in plain["growth"].items()},
        standings={
            day: {household: Standing(*each) for household, each in standings.items()}
            for day, standings in _dated(plain["standings"]).items()
        },
        reviews={
            household: [date.fromisoformat(day) for day in days]
            for household, days in plain["reviews"].items()
        },
        redemptions=plain["redemptions"],
        events=plain["events"],
    )


def kept(expected: Expected) -> str:
    """The text that the file has for it."""
    plain = {
        "rewards": _nested(expected.rewards),
        "taken": _nested(expected.taken),
        "gifts": _nested(expected.gifts),
        "lots": {household: _by_day(lots) for household, lots in expected.lots.items()},
        "arrears": expected.arrears,
        "growth": {household: _by_day(lots) for household, lots in expected.growth.items()},
        "standings": _by_day(expected.standings),
        "reviews": {
            household: [day.isoformat() for day in days] for household, days in expected.reviews.items()
        },
        "redemptions": expected.redemptions,
        "events": expected.events,
    }
    return json.dumps(plain, indent=1, sort_keys=True) + "\n"


def _rows(table: str) -> Iterator[list[str]]:
    with (FOLDER / f"{table}.csv").open(newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        yield from rows


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)


def _flat(nested: dict[str, dict[str, int]]) -> dict[tuple[str, str], int]:
    return {(event, rule): points for event, rules in nested.items() for rule, points in rules.items()}


def _nested(flat: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    nested: dict[str, dict[str, int]] = defaultdict(dict)
    for (event, rule), points in flat.items():
        nested[event][rule] = points
    return nested


def _dated(by_day: Mapping[str, T]) -> dict[date, T]:
    return {date.fromisoformat(day): each for day, each in by_day.items()}


def _by_day(dated: Mapping[date, T]) -> dict[str, T]:
    return {day.isoformat(): each for day, each in dated.items()}
