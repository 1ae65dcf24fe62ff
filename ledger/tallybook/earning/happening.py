"""Events as tiers and tasks see them. Pure: no clock, no database."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from tallybook.earning.events import PURCHASE, Custom, Purchase
from tallybook.earning.spend import Basket, basket_of
from tallybook.earning.state import EarningState, MemberFacts
from tallybook.earning.variables import VARIABLES, Seen
from tallybook.growth.happenings import Happening, HappeningLine
from tallybook.programs.conditions import Activation, Condition, ConditionFailed, activation
from tallybook.programs.program import Program
from tallybook.programs.variables import variables_of


class Telling:
    """An event that is put to tasks and teams: `holds` says whether a condition of theirs does."""

    def __init__(
        self,
        event: Purchase | Custom,
        at: datetime,
        program: Program,
        member: MemberFacts,
        before: EarningState,
    ) -> None:
        self.happening = happening_of(event, at, program)
        self._event = event
        self._program = program
        self._member = member
        self._before = before

    def holds(self, condition: Condition) -> bool:
        """One without an answer does not hold."""
        try:
            return condition.holds(self._activation)
        except ConditionFailed:
            return False

    @cached_property
    def _activation(self) -> Activation:
        basket = basket_of(self._event, self._program.rules.spend)
        seen = Seen(self._event, self.happening.local, basket, self._member, self._before)
        tasks = self._program.tasks.by_event.get(self.happening.event)
        teams = (each.condition for each in self._program.teams.values() if each.condition is not None)
        reads = frozenset[str]().union(*(condition.reads for condition in teams))
        return activation(variables_of(reads if tasks is None else reads | tasks.reads, seen, VARIABLES))


def happening_of(event: Purchase | Custom, at: datetime, program: Program) -> Happening:
    """What tasks see of an event."""
    local = at.astimezone(program.zone)
    if isinstance(event, Custom):
        return Happening(
            event.name,
            at,
            local,
            store=event.store,
            channel=event.channel,
            attributes=event.attributes,
        )
    return Happening(
        PURCHASE,
        at,
        local,
        currency=event.currency,
        lines=_lines(event, basket_of(event, program.rules.spend)),
        store=event.store,
        channel=event.channel,
        attributes=event.attributes,
    )


def _lines(event: Purchase, basket: Basket) -> tuple[HappeningLine, ...]:
    """Shipping, where it counts, is the last, and has no pieces."""
    goods = [
        HappeningLine(line_id, line.sku, line.category, line.brand, line.quantity, spend)
        for line_id, line, spend in zip(basket.ids, event.lines, basket.spend, strict=False)
    ]
    others = zip(basket.ids[len(goods) :], basket.spend[len(goods) :], strict=True)
    return (*goods, *(HappeningLine(line_id, quantity=0, spend=spend) for line_id, spend in others))
