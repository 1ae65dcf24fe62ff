"""Profiles: birthdays without a year, tags, and what rules see of them."""

from datetime import UTC, datetime

import pytest
import tallybook as tb
from tallybook.journal.folio import Folio, Standing
from tallybook.members.profile import EARLIER_MAX, TAGS_MAX, profile_of

from tests.slices.shop import Shop


def member(shop: Shop, name: str = "m1") -> tb.MemberView:
    """A member as known now."""
    return shop.book.ask(tb.GetMember(program="shop", member=name))


def born(shop: Shop, month: int | None, day: int | None) -> tb.BirthdaySet:
    """Set the birthday of m1."""
    reply: tb.BirthdaySet = shop.book.do(shop.make(tb.SetBirthday, month=month, day=day))
    return reply


def test_a_birthday_is_a_day_of_the_year(shop: Shop) -> None:
    assert born(shop, 2, 29).before is None
    assert member(shop).birthday == tb.Birthday(2, 29)
    assert born(shop, 3, 1).before == tb.Birthday(2, 29)
    assert born(shop, None, None).birthday is None
    assert member(shop).birthday is None
    assert shop.problems() == []


@pytest.mark.parametrize(("month", "day"), [(2, 30), (4, 31), (13, 1), (0, 1), (1, 0), (1, None), (None, 1)])
def test_other_days_are_none(shop: Shop, month: int | None, day: int | None) -> None:
    with pytest.raises(tb.InvalidInput):
        shop.make(tb.SetBirthday, month=month, day=day)


def test_what_a_birthday_was_is_known_for_a_year_and_forgotten_later(shop: Shop) -> None:
    shop.clock.now = datetime(2026, 5, 1, tzinfo=UTC)
    born(shop, 6, 1)
    born(shop, 6, 1)
    shop.clock.now = datetime(2026, 7, 1, tzinfo=UTC)
    born(shop, 8, 1)
    assert [(each.birthday, str(each.changed_on)) for each in profile(shop).earlier] == [
        (tb.Birthday(6, 1), "2026-07-01"),
        (None, "2026-05-01"),
    ]
    shop.clock.now = datetime(2028, 1, 1, tzinfo=UTC)
    born(shop, 9, 1)
    assert [str(each.changed_on) for each in profile(shop).earlier] == ["2028-01-01"]
    for month in range(1, 9):
        born(shop, month, 2)
    assert [each.birthday for each in profile(shop).earlier] == [
        tb.Birthday(month, 2) for month in (7, 6, 5, 4)
    ]
    assert len(profile(shop).earlier) == EARLIER_MAX
    assert shop.problems() == []


def profile(shop: Shop) -> tb.Profile:
    """The whole profile of m1, from the folio's own text."""
    folio = Folio("shop", "m1", Standing(notes=resident(shop)), exists=True)
    return profile_of(folio)


def resident(shop: Shop) -> str:
    """The resident notes of m1 as stored."""
    with shop.book._database.snapshot() as session:
        query = "SELECT notes FROM folio WHERE program = 'shop' AND member = 'm1'"
        return str(session.connection.exec_driver_sql(query).scalar_one())


def test_tags_are_put_on_and_taken_off(shop: Shop) -> None:
    assert shop.book.do(shop.make(tb.TagMember, tags=("vip", "staff"))).tags == ("staff", "vip")
    assert shop.book.do(shop.make(tb.TagMember, tags=("vip",))).tags == ("staff", "vip")
    assert shop.book.do(shop.make(tb.UntagMember, tags=("staff", "none of these"))).tags == ("vip",)
    assert member(shop).tags == ("vip",)
    assert shop.book.do(shop.make(tb.UntagMember, tags=("vip",))).tags == ()
    assert resident(shop) == ""
    assert shop.problems() == []


def test_tags_are_at_most_a_hundred(shop: Shop) -> None:
    shop.book.do(shop.make(tb.TagMember, tags=tuple(f"t{n}" for n in range(TAGS_MAX))))
    with pytest.raises(tb.TooManyTags) as refused:
        shop.book.do(shop.make(tb.TagMember, tags=("t0", "one more")))
    assert refused.value.facts() == {"member": "m1", "asked": TAGS_MAX + 1, "most": TAGS_MAX}
    with pytest.raises(tb.InvalidInput):
        shop.make(tb.TagMember, tags=tuple(f"t{n}" for n in range(TAGS_MAX + 1)))


@pytest.mark.parametrize("tags", [(), ("",), (" vip",), ("a" * 129,), ("naïve",), "vip", ("vip", 7)])
def test_a_tag_is_a_label(shop: Shop, tags: object) -> None:
    with pytest.raises(tb.InvalidInput):
        shop.make(tb.TagMember, tags=tags)


def test_rules_see_the_tags_and_the_month_of_the_birthday(shop: Shop) -> None:
    shop.book.apply(
        """
        program: shop
        timezone: UTC
        units: {points: {kind: redeemable}, stars: {kind: redeemable}, growth: {kind: qualifying}}
        funds: [partner]
        rules:
          staff:
            unit: points
            condition: '"staff" in member.tags'
            formula: {kind: rate, units: 10, per: "1.00", currency: USD}
          born:
            unit: stars
            condition: 'member.birthday_month == local.month'
            formula: {kind: rate, units: 1, per: "1.00", currency: USD}
        """
    )
    month = shop.clock.now.month
    assert shop.book.do(shop.buying(100)).moved == ()
    shop.book.do(shop.make(tb.TagMember, tags=("staff",)))
    born(shop, month, 1)
    assert [each.amount for each in shop.book.do(shop.buying(100)).rewards] == [1, 10]
    assert shop.problems() == []
