"""What the book should hold after the year, computed with pandas from the raw tables. Knows no Tallybook.

What each rule would give for a basket comes from sums over its lines. What caps and refunds leave of it has
to be played through (`played.py`). The redemptions need not be: a household redeems 500 points each time it
holds them, so their number is how often 500 goes into the most that it ever had, net of refunds. Nothing
lapses before the year is over, and what is spent is spent oldest month first; so what is left of a month is
what the months up to it brought beyond all that was spent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from examples.grocer.expected import THRESHOLD, Expected
from examples.grocer.played import ALL_RULES, Bought, GivenBack, Offer, Played, play
from examples.grocer.refunds import Refund
from examples.grocer.year import Year

ZONE = "America/New_York"
LIFE_MONTHS = 12
MEMBER_DAY = 8

# By rule: the departments, and how many points are added for how many of the base's.
DEPARTMENTS = {
    "produce": (["PRODUCE"], 1, 1),
    "drugstore": (["DRUG GM"], 1, 2),
    "seafood": (["SEAFOOD", "SEAFOOD-PCKGD"], 2, 1),
}
CAPS = {ALL_RULES: 800, "produce": 50, "drugstore": 40, "seafood": 50, "member_day": 60}
CAPS_OF_CAMPAIGNS = {"Type A": 40, "Type B": 50}
# Rules of a higher priority apply first, those of the same by their names. What is left out has none.
BASE_PRIORITY, CAMPAIGNS_PRIORITY = 20, 10

OFFER = ["basket_id", "rule"]


def expected_by_pandas(year: Year, refunds: Sequence[Refund]) -> Expected:
    """Rewards, what refunds take of them, lots and redemptions of every household."""
    lines = _lines(year.purchases)
    campaigns = year.campaigns.set_index("campaign_id")["campaign_type"].map(CAPS_OF_CAMPAIGNS).dropna()
    caps = CAPS | {f"campaign_{number}": int(most) for number, most in campaigns.items()}
    return _summed_up(play(_events(lines, _offers(lines, year), refunds), caps))


def _lines(purchases: Any) -> Any:
    """A row for each line that counts as one: its cents, its place in the basket, its local day and month."""
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
        month=local.dt.to_period("M"),
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
    return pd.concat([base, fixed, steps, halves, *_departments(base), _member_day([base, steps])])


def _departments(base: Any) -> Iterator[Any]:
    for rule, (departments, added, per) in DEPARTMENTS.items():
        some = base[base["department"].isin(departments)].assign(rule=rule, priority=0)
        yield _offer(some, "share", _so_many_for(added, per))


def _so_many_for(added: int, per: int) -> Callable[[Any], Any]:
    return lambda points: points * added // per


def _member_day(doubled: Sequence[Any]) -> Any:
    """As much again as these gave on the day, line by line."""
    on_the_day = pd.concat([offers[offers["day"].dt.day == MEMBER_DAY] for offers in doubled])
    shares = on_the_day.groupby(["basket_id", "line", "sku"], as_index=False)["share"].sum()
    return _offer(shares.assign(rule="member_day", priority=0), "share", lambda points: points)


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
    for basket, rule, points in in_order[[*OFFER, "points"]].itertuples(index=False):
        offered[basket].append(Offer(rule, points, weights.get((basket, rule), {})))
    baskets = lines.drop_duplicates("basket_id")[["household_id", "basket_id", "at", "month"]]
    for household, basket, at, month in baskets.itertuples(index=False):
        yield at, f"purchase/{basket}", Bought(str(household), month, str(basket), tuple(offered[basket]))


def _given_back(lines: Any, refunds: Sequence[Refund]) -> Iterator[tuple[Any, str, GivenBack]]:
    there = lines.set_index(["basket_id", "line"])[["quantity", "cents"]].sort_index()
    at = pd.Series([refund.occurred_at for refund in refunds], dtype="datetime64[ns, UTC]")
    for refund, moment, month in zip(refunds, at, _local(at).dt.to_period("M"), strict=True):
        quantity, cents = there.loc[(int(refund.basket), refund.line)]
        fraction = None
        if refund.quantity is not None:
            fraction = Fraction(refund.quantity, int(quantity))
        elif refund.cents is not None:
            fraction = Fraction(refund.cents, int(cents))
        given_back = GivenBack(refund.household, month, refund.basket, refund.refund, refund.line, fraction)
        yield moment, f"refund/{refund.refund}", given_back


# --- what came of it ---------------------------------------------------------------------------------------


def _summed_up(played: Played) -> Expected:
    changes = pd.DataFrame(played.changes, columns=["household", "month", "points"])
    by_household = changes.groupby("household")["points"]
    most = by_household.cumsum().groupby(changes["household"]).max().clip(lower=0)
    redemptions = most // THRESHOLD
    earned = changes.pivot_table(
        index="household", columns="month", values="points", aggfunc="sum", fill_value=0
    )
    beyond = earned.cumsum(axis=1).sub(redemptions * THRESHOLD, axis=0)
    left = beyond.clip(lower=0).clip(upper=earned)
    owed = (-beyond.iloc[:, -1]).clip(lower=0)
    last_days = [(month + LIFE_MONTHS).end_time.date() for month in left.columns]
    return Expected(
        rewards=played.rewards,
        taken=played.taken,
        lots={
            household: {day: int(points) for day, points in zip(last_days, row, strict=True) if points}
            for household, row in zip(left.index, left.to_numpy(), strict=True)
        },
        arrears={household: int(points) for household, points in owed.items() if points},
        redemptions=int(redemptions.sum()),
        events=len(changes),
    )
