"""Erase: who a member is is forgotten, and the ledger stays whole."""

import pytest
import tallybook as tb
from sqlalchemy import text

from tests.slices.members.test_identities import KINDS, link, phone, resolved
from tests.slices.shop import PROGRAM, Shop


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """A shop with a member who is well known."""
    shop.book.apply(PROGRAM + KINDS)
    shop.enroll("m2")
    shop.award(100)
    shop.redeem(30)
    link(shop, "m1", phone())
    link(shop, "m1", phone("ada@example.org", "email"))
    shop.book.do(shop.make(tb.SetBirthday, month=2, day=29))
    shop.book.do(shop.make(tb.TagMember, tags=("vip",)))
    return shop


def private_rows(shop: Shop) -> int:
    """How many private notes the database has."""
    with shop.book._database.snapshot() as session:
        query = text("SELECT count(*) FROM note WHERE kind LIKE '@~%' OR kind LIKE '~%'")
        return int(session.connection.execute(query).scalar_one())


def test_who_it_is_is_forgotten_and_numbers_stay(shop: Shop) -> None:
    assert private_rows(shop) == 2
    erased = shop.book.do(shop.make(tb.EraseMember, reason="asked for it"))
    assert erased.forgotten == 2
    assert private_rows(shop) == 0
    assert resolved(shop, phone()) is None
    assert shop.book.ask(tb.ListIdentities(program="shop", member="m1")) == []
    view = shop.book.ask(tb.GetMember(program="shop", member="m1"))
    assert (view.birthday, view.tags, view.erased_on) == (None, (), shop.clock.now.date())
    assert shop.balance().available == 70
    assert shop.problems() == []


def test_a_replay_gives_the_same_reply(shop: Shop) -> None:
    command = shop.make(tb.EraseMember)
    first = shop.book.do(command)
    again = shop.book.do(command)
    assert (again.entry, again.forgotten, again.replayed) == (first.entry, 2, True)
    assert shop.book.do(shop.make(tb.EraseMember)).forgotten == 0
    linking = shop.make(tb.LinkIdentity, "m2", identity=phone("+491709999999"))
    linked = shop.book.do(linking)
    shop.book.do(shop.make(tb.EraseMember, "m2"))
    assert shop.book.do(linking).entry == linked.entry
    assert resolved(shop, phone("+491709999999")) is None
    assert shop.problems() == []


def test_nothing_that_tells_who_it_is_is_noted_again(shop: Shop) -> None:
    shop.book.do(shop.make(tb.EraseMember))
    for command in (
        shop.make(tb.LinkIdentity, identity=phone()),
        shop.make(tb.SetBirthday, month=1, day=1),
        shop.make(tb.TagMember, tags=("vip",)),
    ):
        with pytest.raises(tb.MemberErased):
            shop.book.do(command)


def test_points_can_still_be_spent_and_given_back(shop: Shop) -> None:
    bought = shop.book.do(shop.buying(1000))
    shop.book.do(shop.make(tb.EraseMember))
    shop.redeem(10)
    order = bought.event.removeprefix("purchase/")
    shop.book.do(shop.make(tb.RecordEvent, request_id="", event=tb.Refund(refund_id="back", order_id=order)))
    assert shop.balance().available == 60
    assert shop.problems() == []


def test_somebody_else_can_have_the_identity_in_the_same_batch(shop: Shop) -> None:
    outcomes = shop.book.do(
        [
            shop.make(tb.LinkIdentity, "m2", identity=phone()),
            shop.make(tb.EraseMember),
            shop.make(tb.LinkIdentity, "m2", identity=phone()),
        ]
    )
    assert isinstance(outcomes[0], tb.IdentityTaken)
    assert not isinstance(outcomes[2], tb.TallybookError)
    assert resolved(shop, phone()) == "m2"
    assert private_rows(shop) == 1


def test_trying_it_forgets_nothing(shop: Shop) -> None:
    assert shop.book.simulate(shop.make(tb.EraseMember)).forgotten == 2
    assert resolved(shop, phone()) == "m1"
    with pytest.raises(tb.UnknownMember):
        shop.book.do(shop.make(tb.EraseMember, "m9"))
