"""A member's story: events in the order in which they occurred. Pure: no clock, no database.

What a member earned is a function of the facts, told in their order, and not of the order in which they came
in. An event at the end of the story goes on where it stood. One that comes in late is put in its place, the
story is told anew from its beginning, and what has changed is posted.

A budget is the exception: it serves events in the order in which they come in, and what it gave stays given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import msgspec
from msgspec.structs import force_setattr, replace

from tallybook.earning.caps import draw_of
from tallybook.earning.evaluate import Evaluation, after_standing, budgets_of, evaluate
from tallybook.earning.events import Custom, Event, Purchase, Refund, event_key, purchase_key
from tallybook.earning.happening import Telling, happening_of
from tallybook.earning.refunds import Bought, Refunded, after_refund, bought_by, left_of, returned, taken
from tallybook.earning.results import Reward, Skipped
from tallybook.earning.state import EarningState, MemberFacts, TakenBack, give_back, without_order
from tallybook.errors import TallybookError
from tallybook.growth.acts import Aside
from tallybook.growth.growing import Growing, ToldOrder
from tallybook.growth.task_state import Counted
from tallybook.growth.team_fitting import teams_for
from tallybook.journal.moves import Lot
from tallybook.programs.program import Program

NOTHING: Final = Refunded()


class Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An event as an entry keeps it, with what is looked up only once.

    `revision` is that of the program it is decided by, `member` what conditions saw of the member, and
    `spent` the units behind each tender that names an entry. One that was decided in the story of a member
    who has become one with this one `stands`: it is not decided anew. It came from that story alone where it
    had gone elsewhere before: `kept_by` is whose page keeps it, and what is refunded of it.
    """

    event: Event
    revision: int
    member: MemberFacts
    spent: dict[int, int] = {}
    stands: bool = False
    kept_by: str = ""


class Fact(msgspec.Struct, frozen=True):
    """An event in its story, `at` its time: the entry that records it, and the program it is decided by."""

    told: Told
    at: datetime
    version: int
    program: Program
    key: str = ""
    """What identifies the event."""

    def __post_init__(self) -> None:
        force_setattr(self, "key", event_key(self.told.event))

    @property
    def place(self) -> tuple[datetime, str]:
        """Where it stands among the others."""
        return self.at, self.key


class Result(msgspec.Struct, frozen=True):
    """What became of a purchase or a custom event: its rewards, and what refunds have taken of them.

    `counted` is what it counted towards tasks, and `teams` the kinds of teams that it is good for a place in:
    known where it is told, and kept with its entry alone.
    """

    fact: Fact
    rewards: tuple[Reward, ...]
    skipped: tuple[Skipped, ...] = ()
    refunded: Refunded = NOTHING
    counted: tuple[Counted, ...] = ()
    teams: tuple[str, ...] = ()

    def bought(self) -> Bought:
        """What refunds of a purchase are measured against."""
        assert isinstance(self.fact.told.event, Purchase), "what is refunded was bought"
        return bought_by(self.fact.told.event)

    def with_refunds(self, refunded: Refunded) -> Result:
        """The same purchase after refunds, with what they take of its rewards."""
        if refunded == self.refunded:
            return self
        back = taken(self.bought(), refunded, self.rewards)
        return replace(self, refunded=replace(refunded, taken=back))

    def draws(self) -> dict[str, int]:
        """What its rewards hold of each budget, less what refunds gave back."""
        return self._draws(self.refunded.taken)

    def draws_given(self) -> dict[str, int]:
        """What its rewards drew on each budget when they were given."""
        return self._draws({})

    def _draws(self, taken: Mapping[str, int]) -> dict[str, int]:
        rules = self.fact.program.rules
        found: dict[str, int] = {}
        for reward in self.rewards if rules.budgets else ():
            budget = rules.budget_of.get(reward.rule)
            if budget:
                left = reward.amount - taken.get(reward.rule, 0)
                drawn = draw_of(rules.budgets[budget], left)
                found[budget] = found.get(budget, 0) + drawn
        return found


class Story(msgspec.Struct):
    """What was told so far, by the keys of events.

    `before` is what is recorded of the events that are told anew, `refunded` what went back of those orders
    in the end, and `drawn` what is drawn from each budget, theirs included. `waiting` are refunds whose order
    is not known, by order; `rejected` those that came before their order and were for more than was bought,
    with the reason. `ahead` are refunds of orders that were told in another member's story, whose tiers and
    tasks come later. `new` is the key of the event that had the story told anew. `growing` are tiers and
    tasks, None where the program has neither.
    """

    state: EarningState = EarningState()
    results: dict[str, Result] = {}
    before: Mapping[str, Result] = {}
    refunded: dict[str, Refunded] = {}
    drawn: dict[str, int] = {}
    waiting: dict[str, list[Fact]] = {}
    rejected: dict[str, str] = {}
    ahead: list[tuple[Fact, Result, Result]] = []
    new: str = ""
    is_whole: bool = False
    growing: Growing | None = None
    _purchases: list[datetime] = []
    _undone: Counter[datetime] = msgspec.field(default_factory=Counter)

    def tell(self, fact: Fact) -> None:
        """Go on with an event; raises a refusal for a refund of more than was bought."""
        match fact.told.event:
            case Refund(order_id=order):
                if purchase_key(order) in self.results:
                    self._refund(purchase_key(order), fact)
                else:
                    self.waiting.setdefault(order, []).append(fact)
            case Purchase(order_id=order):
                self._earn(fact, fact.told.event)
                for refund in sorted(self.waiting.pop(order, ()), key=lambda each: each.place):
                    try:
                        self._refund(fact.key, refund)
                    except TallybookError as error:
                        self._reject(refund, error)
            case Custom():
                self._earn(fact, fact.told.event)

    def tell_anew(self, facts: Iterable[Fact], new: Fact, asides: Iterable[Aside] = ()) -> None:
        """Tell facts and a new one from the beginning, each in its place; raises a refusal of the new one.

        What is told aside stands behind events of the same moment: who did it has seen them. A new refund is
        for what is left by now, whenever it is told to have been.
        """
        self.is_whole, self.new = True, new.key
        self.refunded = {key: result.refunded for key, result in self.before.items()}
        refund = new.told.event
        if isinstance(refund, Refund) and (order := self.before.get(purchase_key(refund.order_id))):
            self.refunded[order.fact.key] = after_refund(order.bought(), order.refunded, refund)
        waiting = sorted(asides, key=lambda each: each.at)
        for fact in sorted((*facts, new), key=lambda each: each.place):
            while waiting and waiting[0].at < fact.at:
                self._tell_aside(waiting.pop(0))
            try:
                self.tell(fact)
            except TallybookError as error:
                self._reject(fact, error)
        for aside in waiting:
            self._tell_aside(aside)

    def _tell_aside(self, aside: Aside) -> None:
        if self.growing is not None:
            aside.tell(self.growing)
            if self.growing.has_joined:
                for fact, before, after in self.ahead:
                    self._grow_less(fact, before, after)
                self.ahead.clear()

    def _reject(self, fact: Fact, error: TallybookError) -> None:
        """Go on without a refund that came before its order. What was taken stands: a new one is refused."""
        refund = fact.told.event
        if fact.key == self.new or not isinstance(refund, Refund):
            raise error
        order = self.before.get(purchase_key(refund.order_id))
        if order is not None and refund.refund_id in order.refunded.refunds:
            raise error
        self.rejected[fact.key] = str(error)

    def _earn(self, fact: Fact, event: Purchase | Custom) -> None:
        before = self.before.get(fact.key)
        if fact.told.stands and before is not None:
            self._let_stand(fact, event, before)
            return
        given = {} if before is None else before.draws_given()
        budgets = fact.program.rules.budgets
        room = {
            code: max(0, budgets[code].most - self.drawn[code]) + given.get(code, 0)
            for code in budgets_of(event, fact.at, fact.program)
        }
        member = self._member(fact)
        found = self._evaluated(fact, event, member, room)
        teams = self._teams(fact, event, member)
        counted = self._grow(fact, event, member, found.rewards)
        self.state = found.state
        after = Result(fact, found.rewards, found.skipped, counted=counted, teams=teams)
        self._enter(fact, after)
        self._draw(before, self._as_refunded(after))

    def _evaluated(
        self, fact: Fact, event: Purchase | Custom, member: MemberFacts, room: Mapping[str, int]
    ) -> Evaluation:
        """What an event earns. Told anew, an order may be shared out otherwise, so that refunds take less of
        it than they did: where that would be more than a budget has, it gets as much less.
        """
        while True:
            found = evaluate(event, fact.at, fact.program, member, self.state, room)
            beyond = self._beyond(self.before.get(fact.key), Result(fact, found.rewards)) if room else {}
            if not beyond:
                return found
            room = {code: left - beyond.get(code, 0) for code, left in room.items()}

    def _let_stand(self, fact: Fact, event: Purchase | Custom, before: Result) -> None:
        """Go on with an event that was decided elsewhere. Its units came with all others of that member's,
        and so did what tiers and tasks know of them.
        """
        self.state = after_standing(event, fact.at, fact.program, self.state, before.rewards)
        after = replace(before, fact=fact, refunded=NOTHING)
        self._enter(fact, after)
        self._draw(before, self._as_refunded(after))

    def _as_refunded(self, result: Result) -> Result:
        """The same after all refunds, where they are known before the story gets to them: they gave back to
        the budgets when they came in.
        """
        refunded = self.refunded.get(result.fact.key)
        is_purchase = isinstance(result.fact.told.event, Purchase)
        return result if refunded is None or not is_purchase else result.with_refunds(refunded)

    def tier_at(self, fact: Fact) -> str:
        """The member's tier on the main ladder when an event occurs that stands behind all that was told."""
        return self._member(fact).tier

    def _member(self, fact: Fact) -> MemberFacts:
        """What rules see of the member: with the tiers that the story has come to by then."""
        if self.growing is None:
            return fact.told.member
        self.growing.advance(fact.program, fact.at)
        return replace(
            fact.told.member,
            tier=self.growing.tier(fact.program),
            tiers=self.growing.all_tiers(fact.program),
        )

    def _teams(self, fact: Fact, event: Purchase | Custom, member: MemberFacts) -> tuple[str, ...]:
        """The kinds of teams that an event is good for. Who may not earn has no place in any."""
        if not fact.program.teams or member.frozen:
            return ()
        telling = Telling(event, fact.at, fact.program, member, self.state)
        return teams_for(fact.program.teams.values(), telling.happening, telling.holds)

    def _grow(
        self, fact: Fact, event: Purchase | Custom, member: MemberFacts, rewards: Iterable[Reward]
    ) -> tuple[Counted, ...]:
        """Go on with tiers and tasks. Who may not earn does not get on in them either."""
        if self.growing is None or member.frozen:
            return ()
        telling = Telling(event, fact.at, fact.program, member, self.state)
        return self.growing.tell(fact.program, telling.happening, telling.holds, _sums(rewards))

    def _grow_less(self, fact: Fact, before: Result, after: Result) -> None:
        """Take back of tiers and tasks what a refund takes, where they know of the order by then."""
        stood_then = after.fact.told.stands
        if self.growing is None or (fact.told.stands and stood_then):
            return
        if self.is_whole and stood_then and not self.growing.has_joined:
            self.ahead.append((fact, before, after))
            return
        self.growing.advance(fact.program, fact.at)
        order, event = after.fact, after.fact.told.event
        assert isinstance(event, Purchase), "what is refunded was bought"
        bought = after.bought()
        told = ToldOrder(order.program, happening_of(event, order.at, order.program), after.counted)
        left = left_of(bought, before.refunded), left_of(bought, after.refunded)
        lost = _sums(after.rewards, after.refunded.taken, before.refunded.taken)
        self.growing.tell_refund(fact.program, fact.at, told, left, lost)

    def _draw(self, before: Result | None, after: Result) -> None:
        for code, more in _more_drawn(before, after).items():
            self.drawn[code] += more

    def _beyond(self, before: Result | None, after: Result) -> dict[str, int]:
        """How much more than before an event would draw on budgets that do not have it, refunds deducted."""
        budgets = after.fact.program.rules.budgets
        more = _more_drawn(before, self._as_refunded(after))
        beyond = {
            code: min(amount, self.drawn[code] + amount - budgets[code].most)
            for code, amount in more.items()
            if code in budgets
        }
        return {code: amount for code, amount in beyond.items() if amount > 0}

    def _refund(self, key: str, fact: Fact) -> None:
        order, refund = self.results[key], fact.told.event
        assert isinstance(refund, Refund)
        bought = order.bought()
        refunded = after_refund(bought, order.refunded, refund)
        back = taken(bought, refunded, order.rewards)
        before = order.refunded.taken
        steps = [
            TakenBack(
                reward, before.get(reward.rule, 0), back.get(reward.rule, 0) - before.get(reward.rule, 0)
            )
            for reward in order.rewards
        ]
        program = order.fact.program
        self.state = give_back(self.state, program.today(order.fact.at), program.rules, steps)
        units = returned(bought, refunded, order.fact.told.spent)
        refunded = replace(refunded, taken=back, returned=units)
        self.results[key] = left = replace(order, refunded=refunded)
        self._grow_less(fact, order, left)
        if key not in self.refunded:
            self._draw(order, left)
        if refunded.whole and not order.refunded.whole:
            self._undone[order.fact.at] += 1
            self.state = without_order(self.state, self._last_purchase_at())

    def _enter(self, fact: Fact, result: Result) -> None:
        """Add what became of an event that is not a refund."""
        self.results[fact.key] = result
        if isinstance(fact.told.event, Purchase):
            self._purchases.append(fact.at)

    def _last_purchase_at(self) -> datetime | None:
        """When the latest purchase was that still stands. Where not all is told, nothing depends on it.

        Purchases are told in the order in which they occurred: those undone are taken off as the last.
        """
        if not self.is_whole:
            return self.state.last_purchase_at
        while self._purchases and self._undone[self._purchases[-1]]:
            self._undone[self._purchases.pop()] -= 1
        return self._purchases[-1] if self._purchases else None


def _sums(
    rewards: Iterable[Reward], taken: Mapping[str, int] | None = None, before: Mapping[str, int] | None = None
) -> dict[Lot, int]:
    """Rewards by lot: what they gave, or what was taken of them by now and not before."""
    sums: dict[Lot, int] = {}
    for each in rewards:
        amount = each.amount
        if taken is not None and before is not None:
            amount = taken.get(each.rule, 0) - before.get(each.rule, 0)
        lot = Lot(each.unit, each.fund, each.vests_on, each.expires_on)
        sums[lot] = sums.get(lot, 0) + amount
    return sums


def _more_drawn(before: Result | None, after: Result) -> dict[str, int]:
    """How much more of each budget an event holds than before, refunds deducted."""
    more, less = after.draws(), {} if before is None else before.draws()
    return {code: more.get(code, 0) - less.get(code, 0) for code in more.keys() | less.keys()}
