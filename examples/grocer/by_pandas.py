"""What the book should hold after the year, computed with pandas from the raw tables. Knows no Tallybook.

What each rule would give for a basket comes from sums over its lines. What caps and refunds leave of it, and
which tiers and tasks it leads to, has to be played through (`played.py`, `grown.py`); and so have the
redemptions: a household redeems 500 points each time it holds them (`purse.py`).
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pandas as pd

from examples.grocer.expected import MONTH_ENDS, THRESHOLD, Expected
from examples.grocer.grown import GROWTH
from examples.grocer.played import ALL_RULES, Bought, GivenBack, Offer, Played, play
from examples.grocer.purse import Purse
from examples.grocer.refunds import Refund
from examples.grocer.year import Year

ZONE = "America/New_York"
MEMBER_DAY = 8

# By rule: the departments, and how many points are added for how many of the base's.
DEPARTMENTS = {
    "produce": (["PRODUCE"], 1, 1),
    "drugstore": (["DRUG GM"], 1, 2),
    "seafood": (["SEAFOOD", "SEAFOOD-PCKGD"], 2, 1),
}
# By tier, likewise, of the base's and the steps'.
TIERS = {"silver": (1, 4), "gold": (1, 2)}
CAPS = {ALL_RULES: 800, "produce": 50, "drugstore": 40, "seafood": 50, "member_day": 60}
CAPS_OF_CAMPAIGNS = {"Type A": 40, "Type B": 50}
# Rules of a higher priority apply first, those of the same by their names. What is left out has none.
BASE_PRIORITY, CAMPAIGNS_PRIORITY, TIERS_PRIORITY = 20, 10, -1

OFFER = ["basket_id", "rule"]


def expected_by_pandas(year: Year, refunds: Sequence[Refund]) -> Expected:
    """Rewards, what refunds take of them, tasks, tiers, lots and redemptions of every household."""
    lines = _lines(year.purchases)
    campaigns = year.campaigns.set_index("campaign_id")["campaign_type"].map(CAPS_OF_CAMPAIGNS).dropna()
    caps = CAPS | {f"campaign_{number}": int(most) for number, most in campaigns.items()}
    return _summed_up(play(_events(lines, _offers(lines, year), refunds), caps, MONTH_ENDS))


def _lines(purchases: Any) -> Any:
    """A row for each line that counts as one: its cents, its place in the basket, its local day."""
    # `round` is to the nearest, half to even.
    lines = purchases.assign(cents=(purchases["sales_value"] * 100).round().astype("int64"))
    lines = lines[(lines["quantity"] > 0) | (lines["cents"] > 0)]
    at = lines["transaction_timestamp"].dt.tz_localize("UTC")
    local = _local(at)
    return lines.assign(
        quantity=lines["quantity"].clip(lower=1),
        line=lines.groupby("basket_id").cumcount() + 1,
        # As text: of equal remainders, the book has the one whose product comes first go up.
        sku=lines["product_id"].astype(str),
        at=at,
        day=local.dt.normalize(),
    )


def _local(moments: Any) -> Any:
    return moments.dt.tz_convert(ZONE).dt.tz_localize(None)


# --- what the rules would give -----------------------------------------------------------------------------


def _offers(lines: Any, year: Year) -> Any:
    """A row for each basket, rule and line: the rule's points for the basket, the line's weight in them."""
    goods = lines[lines["department"] != "FUEL"].assign(rule="base", priority=BASE_PRIORITY)
    base = _offer(goods, "cents", lambda cents: cents // 100)
    invited = _invited(lines, year)
    fixed = _offer(_in(invited, "Type A", lines), "cents", lambda cents: 10 * (cents >= 20_00))
    steps = _offer(
        _in(invited, "Type C", lines), "cents", lambda cents: 10 * (cents >= 50_00) + 20 * (cents >= 100_00)
    )
    halves = _offer(_in(invited, "Type B", base), "share", lambda points: points // 2)
    growth = base.assign(rule=GROWTH, priority=0)
    multiplied = _line_by_line([base, steps])
    return pd.concat(
        [
            base,
            growth,
            fixed,
            steps,
            halves,
            *_departments(base),
            _member_day(multiplied),
            *_tiers(multiplied),
        ]
    ).fillna({"tier": ""})


def _departments(base: Any) -> Iterator[Any]:
    for rule, (departments, added, per) in DEPARTMENTS.items():
        some = base[base["department"].isin(departments)].assign(rule=rule, priority=0)
        yield _offer(some, "share", _so_many_for(added, per))


def _so_many_for(added: int, per: int) -> Callable[[Any], Any]:
    return lambda points: points * added // per


def _line_by_line(offers: Sequence[Any]) -> Any:
    """What these give together, by line."""
    place = ["basket_id", "line", "sku", "day"]
    return pd.concat(offers).groupby(place, as_index=False)["share"].sum()


def _member_day(multiplied: Any) -> Any:
    """As much again on the day."""
    on_the_day = multiplied[multiplied["day"].dt.day == MEMBER_DAY]
    return _offer(on_the_day.assign(rule="member_day", priority=0), "share", lambda points: points)


def _tiers(multiplied: Any) -> Iterator[Any]:
    """A part of it again for who has a tier. These rules come last."""
    for tier, (added, per) in TIERS.items():
        some = multiplied.assign(rule=f"tier/{tier}/points", priority=TIERS_PRIORITY, tier=tier)
        yield _offer(some, "share", _so_many_for(added, per))


def _invited(lines: Any, year: Year) -> Any:
    """A row for each basket and campaign that its household took part in on that day."""
    baskets = lines.drop_duplicates("basket_id")[["basket_id", "household_id", "day"]]
    found = baskets.merge(year.invitations, on="household_id").merge(year.campaigns, on="campaign_id")
    found = found[(found["start_date"] <= found["day"]) & (found["day"] <= found["end_date"])]
    return found.assign(rule=found["campaign_id"].map("campaign_{}".format), priority=CAMPAIGNS_PRIORITY)


def _in(invited: Any, kind: str, lines: Any) -> Any:
    """The lines of baskets in campaigns of a type, once for each campaign."""
    some = invited[invited["campaign_type"] == kind][[*OFFER, "priority"]]
    return lines.drop(columns=["rule", "priority"], errors="ignore").merge(some, on="basket_id")


def _offer(lines: Any, weight: str, points: Callable[[Any], Any]) -> Any:
    """Points by basket and rule, from the lines' weights, and each line's share, by largest remainder."""
    offer = lines.assign(weight=lines[weight])
    offer = offer.assign(total=offer.groupby(OFFER)["weight"].transform("sum"))
    offer = offer.assign(points=points(offer["total"]))
    offer = offer[offer["points"] > 0]
    exact = offer["points"] * offer["weight"]
    offer = offer.assign(share=exact // offer["total"], rest=exact % offer["total"])
    left = offer["points"] - offer.groupby(OFFER)["share"].transform("sum")
    by_rest = offer.sort_values([*OFFER, "rest", "sku"], ascending=[True, True, False, True])
    place = by_rest.groupby(OFFER).cumcount().reindex(offer.index)
    return offer.assign(share=offer["share"] + (place < left)).drop(columns=["total", "rest"])


# --- what happened, in order -------------------------------------------------------------------------------


def _events(lines: Any, offers: Any, refunds: Sequence[Refund]) -> list[Bought | GivenBack]:
    """Purchases and refunds in the order of time, those of one moment by their keys."""
    dated: list[tuple[Any, str, Bought | GivenBack]] = [
        *_bought(lines, offers, {int(refund.basket) for refund in refunds}),
        *_given_back(lines, refunds),
    ]
    return [event for *_, event in sorted(dated, key=lambda each: each[:2])]


def _bought(lines: Any, offers: Any, refunded: set[int]) -> Iterator[tuple[Any, str, Bought]]:
    """Each basket with its offers. How lines share them matters only where some were given back."""
    weights: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    some = offers[offers["basket_id"].isin(refunded)].sort_values("sku")
    for basket, rule, line, weight in some[[*OFFER, "line", "weight"]].itertuples(index=False):
        weights[basket, rule][line] = weight
    offered: dict[int, list[Offer]] = defaultdict(list)
    in_order = offers.drop_duplicates(OFFER).sort_values(["priority", "rule"], ascending=[False, True])
    for basket, rule, points, tier in in_order[[*OFFER, "points", "tier"]].itertuples(index=False):
        offered[basket].append(Offer(rule, points, weights.get((basket, rule), {}), tier))
    departments: dict[int, dict[int, str]] = defaultdict(dict)
    for basket, line, department in lines[["basket_id", "line", "department"]].itertuples(index=False):
        departments[basket][line] = department
    baskets = lines.drop_duplicates("basket_id")[["household_id", "basket_id", "at", "day"]]
    for household, basket, at, day in baskets.itertuples(index=False):
        bought = Bought(str(household), day.date(), str(basket), tuple(offered[basket]), departments[basket])
        yield at, f"purchase/{basket}", bought


def _given_back(lines: Any, refunds: Sequence[Refund]) -> Iterator[tuple[Any, str, GivenBack]]:
    there = lines.set_index(["basket_id", "line"])[["quantity", "cents"]].sort_index()
    at = pd.Series([refund.occurred_at for refund in refunds], dtype="datetime64[ns, UTC]")
    for refund, moment, day in zip(refunds, at, _local(at).dt.date, strict=True):
        quantity, cents = there.loc[(int(refund.basket), refund.line)]
        fraction = None
        if refund.quantity is not None:
            fraction = Fraction(refund.quantity, int(quantity))
        elif refund.cents is not None:
            fraction = Fraction(refund.cents, int(cents))
        given_back = GivenBack(refund.household, day, refund.basket, refund.refund, refund.line, fraction)
        yield moment, f"refund/{refund.refund}", given_back


# --- what came of it ---------------------------------------------------------------------------------------


def _summed_up(played: Played) -> Expected:
    purses: dict[str, Purse] = defaultdict(Purse)
    for change in played.changes:
        purses[change.household].change(change.steps, THRESHOLD)
    growth: dict[str, Counter[date]] = defaultdict(Counter)
    for name, household in played.households.items():
        household.pass_time(MONTH_ENDS[-1] + timedelta(days=1))
        for order in household.orders.values():
            growth[name][order.last_day] += order.growth
    return Expected(
        rewards=played.rewards,
        taken=played.taken,
        gifts=played.gifts,
        lots={
            household: {_last_day(*month): points for month, points in sorted(purse.lots.items()) if points}
            for household, purse in purses.items()
        },
        arrears={household: purse.owed for household, purse in purses.items() if purse.owed},
        growth={name: {day: units for day, units in lots.items() if units} for name, lots in growth.items()},
        standings=played.standings,
        reviews={name: tuple(each.reviews) for name, each in played.households.items()},
        redemptions=sum(purse.redemptions for purse in purses.values()),
        events=len(played.changes),
    )


def _last_day(year: int, month: int) -> date:
    """The last day of what was earned in a month: the last of that month a year later."""
    return date(year + 1, month, monthrange(year + 1, month)[1])
