"""Items of the mall: what a document compiles to, every mistake in it, and what revisions may change."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.programs import parse, schema
from tallybook.programs.changes import forbidden_changes
from tallybook.programs.difference import differences
from tallybook.programs.mall import (
    ORDER_COUPONS_MAX,
    Goods,
    Item,
    ItemLimit,
    OneOf,
    Price,
    TierPrice,
    ValueReward,
    item_pool,
    sale_pool,
)
from tallybook.programs.problems import ProgramInvalid
from tallybook.programs.rewards import CouponReward, MembershipDaysReward, UnitsReward
from tallybook.programs.rules import Calendar, Period, Window

from tests.programs.documents import program, text

SHARED: dict[str, Any] = {
    "units": {
        "points": {"kind": "redeemable", "scale": 1},
        "growth": {"kind": "qualifying"},
        "USD": {"kind": "money", "scale": 2},
    },
    "stored_value": {"USD": {"currency": "USD"}},
    "ladders": {"status": {"tiers": [{"code": "gold"}]}},
    "calendars": {"tue": {"weekdays": ["tue"]}},
    "memberships": {"plus": {"price": 1, "currency": "USD", "term": {"kind": "days", "days": 30}}},
    "coupons": {
        "five": {
            "currency": "USD",
            "offer": {"kind": "amount_off", "amount": 5},
            "validity": {"kind": "between"},
        },
        "few": {
            "currency": "USD",
            "offer": {"kind": "amount_off", "amount": 5},
            "validity": {"kind": "between"},
            "stock": 3,
        },
    },
}
GOODS = {"kind": "goods"}
TEN = {"kind": "units", "unit": "points", "units": 10}


def mall(**changes: Any) -> dict[str, Any]:
    """A mall with one item."""
    return {"mug": {"gives": GOODS, "price": TEN, **changes}}


def item(**changes: Any) -> Item:
    """The same, compiled."""
    return program(mall=mall(**changes), **SHARED).mall["mug"]


def problems(**items: Any) -> list[str]:
    """What is wrong with items, line and column left out."""
    with pytest.raises(ProgramInvalid) as invalid:
        parse(text(mall=items, **SHARED))
    return [f"{each.path} {each.message}" for each in invalid.value.problems]


def test_what_is_left_out_has_a_default() -> None:
    assert item() == Item("mug", "mug", "goods", Goods(), Price("points", 100))


@pytest.mark.parametrize(
    ("gives", "compiled"),
    [
        ({"kind": "goods", "sku": "A 1"}, Goods("A 1")),
        ({"kind": "units", "unit": "points", "units": "0.5"}, UnitsReward("points", "house", 5)),
        ({"kind": "coupon", "template": "five", "count": 2}, CouponReward("five", 2)),
        ({"kind": "membership_days", "plan": "plus", "days": 7}, MembershipDaysReward("plus", 7)),
        ({"kind": "stored_value", "unit": "USD", "amount": "1.50"}, ValueReward("USD", 150)),
    ],
)
def test_every_kind_compiles(gives: dict[str, Any], compiled: object) -> None:
    assert item(gives=gives).gives == compiled


@pytest.mark.parametrize(
    ("price", "compiled"),
    [
        ({"kind": "free"}, Price()),
        (TEN, Price("points", 100)),
        ({"kind": "money", "money": "9.90", "currency": "USD"}, Price(currency="USD", money=990)),
        (
            {"kind": "units_and_money", "unit": "points", "units": 1, "money": 2, "currency": "JPY"},
            Price("points", 10, "JPY", 2),
        ),
        (
            {
                "kind": "split",
                "money": 5,
                "currency": "USD",
                "unit": "points",
                "units": 30,
                "worth": 1,
                "most_units": 60,
            },
            Price("points", 0, "USD", 500, (300, 100), 600),
        ),
    ],
)
def test_every_price_compiles(price: dict[str, Any], compiled: Price) -> None:
    assert item(price=price).price == compiled


def test_everything_else_compiles() -> None:
    found = item(
        display_name="A mug",
        tier_prices=[{"tiers": ["gold"], "price": {"kind": "free"}}],
        stocked=True,
        most=5,
        limits=[{"period": "day", "most": 1}],
        most_per_order=2,
        when={"calendars": ["tue"], "from": "2026-01-01", "until": "2026-01-02T00:00Z"},
        tiers=["gold"],
        tags=["vip"],
        condition="member.orders > 0",
        pay_seconds=60,
    )
    assert found.condition is not None
    assert found == Item(
        "mug",
        "A mug",
        "goods",
        Goods(),
        Price("points", 100),
        (TierPrice(frozenset({"gold"}), Price()),),
        stocked=True,
        most=5,
        limits=(ItemLimit(Period.DAY, 1),),
        most_per_order=2,
        window=Window(
            datetime(2026, 1, 1, tzinfo=UTC),
            datetime(2026, 1, 2, tzinfo=UTC),
            (Calendar(weekdays=frozenset({2})),),
        ),
        calendars=("tue",),
        tiers=frozenset({"gold"}),
        tags=frozenset({"vip"}),
        condition=found.condition,
        pay_seconds=60,
    )
    assert found.price_for(["gold"]) == Price()
    assert found.price_for([]) == Price("points", 100)


def test_pools_are_those_of_stocks_and_of_what_all_may_have() -> None:
    several = {
        **mall(stocked=True, most=3),
        "box": {"gives": {"kind": "one_of", "items": ["mug", "free"]}, "price": TEN, "stocked": True},
        "free": {"gives": GOODS},
    }
    compiled = program(mall=several, **SHARED)
    assert compiled.pools == {item_pool("mug"), sale_pool("mug"), item_pool("box"), "coupon/few"}
    assert compiled.mall["box"].gives == OneOf(("mug", "free"))
    assert compiled.mall["box"].draws_on(compiled.mall) == {
        item_pool("mug"),
        sale_pool("mug"),
        item_pool("box"),
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"gives": {"kind": "good"}}, "mall.mug.gives.kind"),
        ({"gives": {"kind": "coupon", "template": "few"}}, "without stock, limits and unique codes"),
        ({"gives": {"kind": "membership_days", "plan": "minus", "days": 1}}, "is not a plan of membership"),
        (
            {"gives": {"kind": "units", "unit": "USD", "units": 1}},
            "is money, which is paid in and never earned",
        ),
        ({"gives": {"kind": "stored_value", "unit": "points", "amount": 1}}, "is not kept as stored value"),
        ({"gives": {"kind": "stored_value", "unit": "USD", "amount": "0.001"}}, "is finer than USD"),
        ({"gives": {"kind": "one_of", "items": ["mug", "mug"]}}, "is named twice"),
        ({"gives": {"kind": "one_of", "items": ["mug", "cup"]}}, "is not an item of the mall"),
        ({"price": {"kind": "units", "unit": "growth", "units": 1}}, "cannot be spent: it is qualifying"),
        ({"price": {"kind": "units", "unit": "points", "units": "0.05"}}, "is finer than points"),
        ({"price": {"kind": "money", "money": "0.001", "currency": "USD"}}, "has more than the 2 decimals"),
        ({"price": None, "tier_prices": [{"tiers": ["gold"], "price": TEN}]}, "goes with price"),
        ({"tier_prices": [{"tiers": ["tin"], "price": TEN}]}, "is not a tier of this program"),
        ({"limits": [{"period": "day", "most": 1}] * 2}, "is a second limit for each day"),
        ({"when": {"from": "2026-02-01", "until": "2026-01-01"}}, "from which on it applies"),
        ({"when": {"calendars": ["wed"]}}, "is not a calendar of this program"),
        ({"condition": "member.orders > 'x'"}, "mall.mug.condition"),
        ({"condition": "order.total > 1"}, "mall.mug.condition"),
        ({"stock": 5}, "is not a name that belongs here"),
    ],
)
def test_mistakes_are_told(changes: dict[str, Any], expected: str) -> None:
    given = {name: value for name, value in mall(**changes)["mug"].items() if value is not None}
    (problem,) = problems(mug=given)
    assert expected in problem


def test_one_of_several_is_no_choice_of_another() -> None:
    of_itself = {"gives": {"kind": "one_of", "items": ["box", "mug"]}, "price": TEN}
    (problem,) = problems(box=of_itself, **mall())
    assert problem == "mall.box.gives.items[0] is one of several itself"


FIVES: dict[str, Any] = {"kind": "coupon", "template": "five", "count": 20}


def test_an_order_gives_no_more_coupons_than_can_be_issued_at_once() -> None:
    chosen = {"kind": "one_of", "items": ["mug", "fives", "few"]}
    (one, other) = problems(
        **mall(),
        fives={"gives": FIVES, "price": TEN, "most_per_order": 101},
        few={"gives": {**FIVES, "count": 1}, "price": TEN, "most_per_order": 2000},
        box={"gives": chosen, "price": TEN, "most_per_order": 10_000},
    )
    assert one == "mall.fives.most_per_order comes to 2,020 coupons, and an order gives at most 2,000"
    assert other == "mall.box.most_per_order comes to 200,000 coupons, and an order gives at most 2,000"


def test_what_an_order_gives_by_default_is_never_too_much() -> None:
    assert item(gives=FIVES).most_per_order * FIVES["count"] == ORDER_COUPONS_MAX


def test_all_mistakes_are_told_at_once() -> None:
    assert len(problems(a={"gives": GOODS, "most": 0}, b={"gives": {"kind": "x"}}, c={})) == 3


def test_what_members_have_ordered_stays() -> None:
    old = parse(text(mall={**mall(), "cup": {"gives": GOODS}}, **SHARED))
    new = parse(text(mall=mall(gives={"kind": "units", "unit": "points", "units": 1}), **SHARED))
    found = [(path, reason.partition(",")[0]) for path, reason in forbidden_changes(old, new)]
    assert found == [(("mall", "mug", "gives"), "was goods"), (("mall",), "leaves out cup")]
    again = parse(text(mall={"mug": {"gives": GOODS, "most": 5}, "cup": {"gives": GOODS}}, **SHARED))
    assert not list(forbidden_changes(old, again))


def test_what_changes_of_an_item_is_told_at_its_place() -> None:
    before, after = (
        parse(text(mall=mall(price={**TEN, "units": units}), **SHARED)).canonical() for units in (10, 20)
    )
    assert [str(each) for each in differences(before, after)] == ['mall.mug.price.units: "10" -> "20"']


def test_the_schema_knows_items() -> None:
    assert "ItemSection" in schema()["$defs"]


@given(
    st.integers(1, 100_000),
    st.integers(1, 1_000),
    st.integers(1, 1_000),
    st.integers(1, 50),
    st.none() | st.integers(0, 200_000),
    st.none() | st.integers(1, 50_000),
    st.integers(0, 200_000),
)
def test_a_split_price_is_never_more_nor_less_than_its_money(
    money: int, many: int, worth: int, pieces: int, asked: int | None, most: int | None, available: int
) -> None:
    """What units save is at most what they are worth, and one unit less would save less."""
    cost = Price("points", 0, "USD", money, (many, worth), most).cost(pieces, asked, available)
    saved = money * pieces - cost.money
    assert 0 <= saved <= money * pieces
    assert saved * many <= cost.steps * worth < (saved + 1) * many + worth
    assert cost.steps <= (available if asked is None else asked)
    assert most is None or cost.steps <= most * pieces
    if cost.steps:
        assert (cost.steps - 1) * worth // many < saved
