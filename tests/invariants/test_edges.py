"""Edges on which the machine, or thinking about it, found a fault: each one small enough to read."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
import tallybook as tb
from sqlalchemy import create_engine
from tallybook.engine.decide import decide

from tests.invariants.policy import IDLE, Policy, UnitPolicy

NOON = datetime(2026, 1, 30, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


LASTING_UNIT = UnitPolicy("redeemable", ("never", 0))
IDLE_UNIT = UnitPolicy("redeemable", IDLE)


class Shop:
    """A book with a clock to turn, two members, and commands in few words."""

    def __init__(self, url: str, **changes: Any) -> None:
        self.now = NOON
        self.requests = 0
        self.url = url
        self.book = tb.Book.open(url, clock=lambda: self.now)
        self.apply(**changes)
        for member in ("amy", "bob"):
            self.do(tb.Enroll, member)

    def apply(self, unit: UnitPolicy = LASTING_UNIT, **changes: Any) -> None:
        policy = Policy("UTC", {"points": unit}, "arrears", "keep_expired")
        for name, value in changes.items():
            object.__setattr__(policy, name, value)
        self.book.apply(policy.document("shop"))

    def command(self, kind: type[Any], member: str, **fields: Any) -> Any:
        self.requests += 1
        if "unit" in kind.__struct_fields__:
            fields.setdefault("unit", "points")
        return kind(program="shop", member=member, request_id=f"r{self.requests}", **fields)

    def do(self, kind: type[Any], member: str, **fields: Any) -> Any:
        return self.book.do(self.command(kind, member, **fields))

    def balance(self, member: str) -> tb.Balance:
        return self.book.ask(tb.Balances(program="shop", member=member)).of("points")

    def disagreements(self) -> list[tb.Disagreement]:
        return [each.disagreement for each in self.book.verify("shop") if each.disagreement]


@pytest.fixture
def open_shop(database_url: str) -> Iterator[Callable[..., Shop]]:
    shops: list[Shop] = []

    def open_it(**changes: Any) -> Shop:
        shops.append(Shop(database_url, **changes))
        return shops[-1]

    yield open_it
    for shop in shops:
        shop.book.close()


OpenShop = Callable[..., Shop]


# --- time -------------------------------------------------------------------------------------------------


def test_sweeping_comes_to_an_end(open_shop: OpenShop) -> None:
    """Even where what was due is gone: a hold that was captured in time."""
    shop = open_shop()
    shop.do(tb.Award, "amy", amount=10)
    shop.do(tb.Hold, "amy", amount=10, hold_id="h", seconds=60)
    shop.do(tb.Capture, "amy", hold_id="h")
    shop.now += HOUR
    assert shop.book.sweep() == 1
    assert shop.book.sweep() == 0


def test_an_entry_that_a_statement_shows_can_be_had_by_itself(open_shop: OpenShop) -> None:
    """Whether or not a sweeper has recorded it."""
    shop = open_shop()
    shop.do(tb.Award, "amy", amount=10, vests_on=(NOON + DAY).date())
    shop.now += 2 * DAY
    newest = shop.book.ask(tb.Statement(program="shop", member="amy")).entries[0]
    assert newest.kind == "vest"
    assert shop.book.ask(tb.GetEntry(program="shop", member="amy", entry=newest.version)) == newest
    with pytest.raises(tb.UnknownEntry):
        shop.book.ask(tb.GetEntry(program="shop", member="amy", entry=newest.version + 1))


def test_a_gift_from_one_whose_time_is_ahead_settles_both_to_it(open_shop: OpenShop) -> None:
    """Two processes' clocks differ; the hold of the giver is over by the receiver's time."""
    shop = open_shop()
    shop.do(tb.Award, "amy", amount=10)
    shop.do(tb.Hold, "amy", amount=6, hold_id="h", seconds=60)
    shop.now += HOUR
    shop.do(tb.Award, "bob", amount=1)
    shop.now -= HOUR
    assert shop.do(tb.Gift, "amy", to_member="bob", amount=10).amount == 10
    assert shop.book.ask(tb.GetHold(program="shop", member="amy", hold_id="h")).hold.state == "timed_out"
    assert shop.disagreements() == []


def test_a_batch_settles_what_it_began_when_it_meets_a_later_time(open_shop: OpenShop) -> None:
    shop = open_shop()
    shop.now += 5 * DAY
    shop.do(tb.Award, "bob", amount=1)
    shop.now -= 5 * DAY
    awarded, given = shop.book.do(
        [
            shop.command(tb.Award, "amy", amount=10, expires_on=(NOON + DAY).date()),
            shop.command(tb.Gift, "amy", to_member="bob", amount=10),
        ]
    )
    assert awarded.available == 10
    assert isinstance(given, tb.NotEnoughPoints)
    assert shop.disagreements() == []


def test_a_refund_undoes_the_expiry_though_the_clock_went_back(open_shop: OpenShop) -> None:
    shop = open_shop()
    award = shop.do(tb.Award, "amy", amount=10, expires_on=NOON.date())
    shop.now += 3 * DAY
    shop.do(tb.Award, "amy", amount=1)
    shop.now -= 3 * DAY
    assert shop.do(tb.Reverse, "amy", entry=award.entry).lapsed == 10


def test_the_past_stays_as_it_was_though_the_clock_went_back(open_shop: OpenShop) -> None:
    shop = open_shop()
    shop.now += HOUR
    shop.do(tb.Award, "amy", amount=10)
    then = shop.book.ask(tb.Balances(program="shop", member="amy"))
    shop.now -= HOUR
    assert shop.book.ask(tb.PastBalances(program="shop", member="amy", as_of=then.as_of)) == then


def test_what_vests_first_repays_in_one_order_everywhere(open_shop: OpenShop) -> None:
    """Two lots vest at one moment, and the member owes less than either: which repays must not be chance."""
    shop = open_shop()
    tomorrow = (NOON + DAY).date()
    for days in (9, 3, 5):
        shop.do(tb.Award, "amy", amount=10, vests_on=tomorrow, expires_on=tomorrow + days * DAY)
    shop.do(tb.Adjust, "amy", amount=-4, allow_arrears=True, reason="test")
    shop.now += DAY
    shop.do(tb.Freeze, "amy", reason="test")
    lots = shop.book.ask(tb.Balances(program="shop", member="amy")).units[0].lots
    assert [(lot.expires_on, lot.amount) for lot in lots] == [
        (tomorrow + 3 * DAY, 6),
        (tomorrow + 5 * DAY, 10),
        (tomorrow + 9 * DAY, 10),
    ]


# --- connections --------------------------------------------------------------------------------------------


def test_what_a_rollup_prepared_does_not_get_in_the_way_of_reading(open_shop: OpenShop) -> None:
    """A driver that prepares statements by itself drops them when it rolls back, and with them all others."""
    shop = open_shop()
    shop.do(tb.Award, "amy", amount=10)
    shop.do(tb.Award, "amy", amount=10, fund="partner")
    shop.do(tb.Adjust, "amy", amount=-1, reason="test")
    shop.do(tb.Adjust, "amy", amount=1, fund="partner", reason="test")
    shop.do(tb.Award, "amy", amount=1, expires_on=(NOON - DAY).date())
    shop.do(tb.Award, "amy", amount=1, expires_on=(NOON - DAY).date(), fund="partner")
    shop.do(tb.Redeem, "amy", amount=19)
    shop.do(tb.Gift, "amy", to_member="bob", amount=1)
    statement = tb.Statement(program="shop", member="amy")
    for _ in range(3):
        shop.book.roll_up()
        assert shop.book.ask(statement) == shop.book.ask(statement)


# --- limits -----------------------------------------------------------------------------------------------


def test_points_that_vest_cannot_overflow(open_shop: OpenShop) -> None:
    shop = open_shop()
    tomorrow = (NOON + DAY).date()
    shop.do(tb.Award, "amy", amount=2**62, vests_on=tomorrow)
    with pytest.raises(tb.AmountOverflow):
        shop.do(tb.Award, "amy", amount=2**62)
    shop.do(tb.Award, "amy", amount=2**62 - 1)
    shop.now += DAY
    assert shop.balance("amy").available == 2**63 - 1
    shop.do(tb.Redeem, "amy", amount=2**63 - 1)
    assert shop.disagreements() == []


# --- inactivity -------------------------------------------------------------------------------------------


def test_points_that_come_too_late_for_an_idle_member_lapse_in_the_same_breath(
    open_shop: OpenShop,
) -> None:
    shop = open_shop(unit=IDLE_UNIT)
    shop.now += 90 * DAY
    awarded = shop.do(tb.Award, "amy", amount=10, occurred_at=NOON + DAY)
    assert (awarded.available, awarded.lapsed, awarded.balance.available) == (0, 10, 0)
    assert shop.balance("amy").available == 0
    assert shop.do(tb.Award, "amy", amount=10).balance.available == 10


def test_a_refund_to_an_idle_member_lapses_in_the_same_breath(open_shop: OpenShop) -> None:
    shop = open_shop(unit=IDLE_UNIT)
    shop.do(tb.Award, "amy", amount=10)
    spent = shop.do(tb.Redeem, "amy", amount=10)
    shop.now += 90 * DAY
    undone = shop.do(tb.Reverse, "amy", entry=spent.entry)
    assert (undone.available, undone.lapsed, undone.balance.available) == (0, 10, 0)


def test_a_member_owes_nothing_for_points_that_lapsed_by_inactivity(open_shop: OpenShop) -> None:
    shop = open_shop(unit=IDLE_UNIT)
    award = shop.do(tb.Award, "amy", amount=10)
    shop.now += 90 * DAY
    undone = shop.do(tb.Reverse, "amy", entry=award.entry)
    assert (undone.lapsed, undone.arrears) == (10, 0)


def test_points_that_lapsed_long_ago_do_not_pay_for_those_spent_since(open_shop: OpenShop) -> None:
    shop = open_shop(unit=IDLE_UNIT)
    shop.do(tb.Award, "amy", amount=10)
    shop.now += 90 * DAY
    award = shop.do(tb.Award, "amy", amount=10)
    shop.do(tb.Redeem, "amy", amount=10)
    undone = shop.do(tb.Reverse, "amy", entry=award.entry)
    assert (undone.lapsed, undone.arrears) == (0, 10)


# --- the caller's own transaction ---------------------------------------------------------------------------


def test_a_callers_transaction_and_a_rival_take_turns(
    open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite a caller's transaction begins only when it writes, unless the book sees to it."""
    shop = open_shop()
    shop.do(tb.Award, "amy", amount=10)
    rivals: list[Thread] = []
    outcomes: list[Any] = []
    rival = shop.command(tb.Redeem, "amy", amount=10)

    def decide_while_a_rival_tries(*args: Any) -> Any:
        if not rivals:
            rivals.append(Thread(target=lambda: outcomes.extend(shop.book.do([rival]))))
            rivals[0].start()
            rivals[0].join(0.3)  # long enough to get in between, if nothing keeps it out
        return decide(*args)

    monkeypatch.setattr("tallybook.engine.engine.decide", decide_while_a_rival_tries)
    caller = create_engine(shop.url)
    with caller.begin() as connection:
        shop.book.do(shop.command(tb.Redeem, "amy", amount=10), connection=connection)
    rivals[0].join()
    caller.dispose()
    assert [type(outcome) for outcome in outcomes] == [tb.NotEnoughPoints]
    assert shop.disagreements() == []


# --- revisions ----------------------------------------------------------------------------------------------


def test_a_new_revision_that_lets_idle_points_lapse_reaches_those_who_do_nothing(open_shop: OpenShop) -> None:
    shop = open_shop()
    shop.do(tb.Award, "amy", amount=10)
    shop.apply(unit=IDLE_UNIT)
    shop.now += 90 * DAY
    assert shop.disagreements() == []
    assert shop.balance("amy").available == 0


def test_days_that_move_before_a_member_was_enrolled_are_in_order(open_shop: OpenShop) -> None:
    """Where it is tomorrow already, what was to vest tomorrow has vested before the member was there."""
    shop = open_shop()
    shop.do(tb.Award, "amy", amount=10, vests_on=(NOON + DAY).date())
    shop.apply(zone="Pacific/Kiritimati")
    assert shop.disagreements() == []
    assert shop.balance("amy").available == 10


def test_what_has_lapsed_because_days_moved_has_lapsed_by_the_revision_that_moved_them(
    open_shop: OpenShop,
) -> None:
    """Also where that moment lies behind: by the revision in force at it, they were good until midnight."""
    shop = open_shop()
    shop.do(tb.Award, "amy", amount=10, expires_on=(NOON + DAY).date())
    shop.now += DAY
    shop.apply(zone="Pacific/Kiritimati")
    assert shop.disagreements() == []
    last, *_ = shop.book.ask(tb.Statement(program="shop", member="amy")).entries
    assert (last.kind, last.occurred_at, last.revision) == ("expire", NOON + DAY - 2 * HOUR, 2)
    assert shop.balance("amy").available == 0


def test_the_past_is_told_by_the_revision_in_force_then(open_shop: OpenShop) -> None:
    shop = open_shop()
    shop.do(tb.Award, "amy", amount=10, expires_on=NOON.date())
    shop.apply(zone="Pacific/Kiritimati")
    shop.now = datetime(2026, 1, 30, 13, tzinfo=UTC)  # already the next day there
    then = shop.book.ask(tb.Balances(program="shop", member="amy"))
    shop.now += DAY
    assert shop.book.ask(tb.PastBalances(program="shop", member="amy", as_of=then.as_of)) == then


def test_refusals_are_kept_for_thirty_days_whatever_is_asked(open_shop: OpenShop) -> None:
    shop = open_shop()
    command = shop.command(tb.Redeem, "amy", amount=10)
    with pytest.raises(tb.NotEnoughPoints):
        shop.book.do(command)
    shop.now += DAY
    with pytest.raises((tb.InvalidInput, ValueError)):
        shop.book.forget_refusals(HOUR)
    with pytest.raises(tb.NotEnoughPoints) as refused:
        shop.book.do(command)
    assert refused.value.replayed
