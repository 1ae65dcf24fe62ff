"""What a purchase or a custom event earns: rule after rule, a pure function. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from math import gcd
from typing import Final, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from tallybook.earning.caps import count, cut_by_budget, cut_by_caps, draw_of
from tallybook.earning.events import PURCHASE, Custom, Purchase
from tallybook.earning.formulas import FORMULAS, Parts, Worth
from tallybook.earning.results import Cut, Reward, Skipped
from tallybook.earning.spend import basket_of
from tallybook.earning.state import Counters, EarningState, MemberFacts
from tallybook.earning.variables import VARIABLES, Seen
from tallybook.errors import AmountOverflow
from tallybook.journal.accounts import MAX_AMOUNT, VESTED
from tallybook.journal.shares import share_out
from tallybook.programs.conditions import Activation, Condition, ConditionFailed, activation
from tallybook.programs.expiry import after_days
from tallybook.programs.program import Unit
from tallybook.programs.rounding import rounded
from tallybook.programs.rules import Applied, EventRules, Rule, Rules, Terms, counters_of
from tallybook.programs.variables import variables_of
from tallybook.programs.windows import is_open

FAILED: Final = "failed"
FROZEN: Final = "frozen"
EXCLUDED: Final = "excluded"
CUT: Final = "cut"

_NO_RULES: Final = EventRules()


class EarningProgram(Protocol):
    """What earning needs of a program."""

    @property
    def rules(self) -> Rules: ...
    @property
    def units(self) -> Mapping[str, Unit]: ...
    @property
    def zone(self) -> ZoneInfo: ...


class Evaluation(NamedTuple):
    """What an event came to: rewards and rules skipped, in the order of rules, and the state after it.

    `draws` is what each budget gives for it, in its unit's steps or in minor units.
    """

    rewards: tuple[Reward, ...]
    skipped: tuple[Skipped, ...]
    state: EarningState
    draws: dict[str, int]


def evaluate(
    event: Purchase | Custom,
    at: datetime,
    program: EarningProgram,
    member: MemberFacts,
    state: EarningState,
    room: Mapping[str, int],
) -> Evaluation:
    """What an event that occurred `at` a moment in UTC earns, after the events that led to `state`.

    A rule applies if its window is open, its condition holds, and lines count towards it. What it comes to is
    rounded once, cut by its caps, its unit's caps and its budget, and shared out to the lines. Of a group
    only the first rule that gives something applies: one that caps or its budget leave nothing stands back
    for the next. A condition that fails skips its rule and no other. A frozen member earns nothing, and has
    bought all the same.

    Refused with `AmountOverflow` where rewards come to more than a balance can hold.

    `room` is what is left of the budgets that the rules of this kind of event draw on (`budgets_of`).
    """
    earning = _Earning(event, at, program, member, state, room)
    earning.apply_all()
    return Evaluation(tuple(earning.rewards), tuple(earning.skipped), earning.state_after(), earning.draws)


def after_standing(
    event: Purchase | Custom,
    at: datetime,
    program: EarningProgram,
    state: EarningState,
    rewards: Iterable[Reward],
) -> EarningState:
    """The state after an event whose rewards stand as they are: caps count them, whatever they leave."""
    counters = Counters(state.counters, at.astimezone(program.zone).date())
    caps = {rule.code: rule.caps for rule in program.rules.rules}
    for each in rewards:
        unit_caps = program.rules.unit_caps.get(each.unit, ())
        counted = counters_of(each.rule, caps.get(each.rule, ()), each.unit, unit_caps)
        count(each.amount, counters.rows(counted))
    return _with_event(event, at, state, counters)


def _with_event(
    event: Purchase | Custom, at: datetime, before: EarningState, counters: Counters
) -> EarningState:
    """What an event leaves behind. Where nothing depends on their order, they are told as they come in."""
    orders, last = before.orders, before.last_purchase_at
    if isinstance(event, Purchase):
        orders, last = orders + 1, at if last is None else max(last, at)
    return EarningState(orders, last, counters.after())


def budgets_of(event: Purchase | Custom, at: datetime, program: EarningProgram) -> frozenset[str]:
    """The budgets that an event may draw on: those of rules that apply to its kind, and at its moment."""
    if not program.rules.budgets:
        return frozenset()
    local = at.astimezone(program.zone)
    rules = [each.rule for each in _rules_of(event, program.rules).rules]
    return frozenset(rule.budget for rule in rules if rule.budget and is_open(rule.window, at, local))


def _rules_of(event: Purchase | Custom, rules: Rules) -> EventRules:
    return rules.by_event.get(PURCHASE if isinstance(event, Purchase) else event.name, _NO_RULES)


class _Earning:
    """One event on its way through the rules."""

    def __init__(
        self,
        event: Purchase | Custom,
        at: datetime,
        program: EarningProgram,
        member: MemberFacts,
        state: EarningState,
        room: Mapping[str, int],
    ) -> None:
        self.rewards: list[Reward] = []
        self.skipped: list[Skipped] = []
        self.draws: dict[str, int] = {}
        self._event = event
        self._at = at
        self._local = at.astimezone(program.zone)
        self._day = self._local.date()
        self._program = program
        self._rules = program.rules
        self._of_kind = _rules_of(event, program.rules)
        self._member = member
        self._before = state
        self._room = room
        self._basket = basket_of(event, program.rules.spend)
        self._lines = self._basket.ids if isinstance(event, Purchase) else ()  # a custom event has none
        self._counters = Counters(state.counters, self._day)
        self._activation: Activation | None = None
        self._given: dict[str, list[int]] = {}
        self._winners: dict[str, str] = {}
        self._days: list[tuple[date, date] | None] = [None] * len(self._of_kind.terms)
        self._sum = 0

    def apply_all(self) -> None:
        """Go through the rules of this kind of event."""
        of_kind = self._of_kind
        if of_kind.rules and self._member.frozen:
            self.skipped.append(Skipped(rule="", why=FROZEN))
            return
        answers: Sequence[object] | None = None
        parts = [Parts(self._basket, each) for each in of_kind.lines]
        for applied in of_kind.rules:
            rule = applied.rule
            if not (rule.is_for_all or self._is_there(rule)):
                continue
            if rule.condition is not None:
                if answers is None:
                    answers = self._asked_together()
                answer = None if applied.asked is None else answers[applied.asked]
                if answer is False or (answer is not True and not self._holds(rule.code, rule.condition)):
                    continue
            worth = FORMULAS[type(rule.formula)](rule.formula, parts[applied.lines], self._given)
            if worth is not None:
                self._apply(applied, worth)

    def _apply(self, applied: Applied, worth: Worth) -> None:
        """Add what a rule gives that comes to something, or why it gives nothing."""
        rule = applied.rule
        if rule.group in self._winners:
            self.skipped.append(Skipped(rule=rule.code, why=EXCLUDED, detail=self._winners[rule.group]))
            return
        amount = rounded(worth.top, worth.denominator, rule.rounding)
        self._sum += amount
        if self._sum > MAX_AMOUNT:
            raise AmountOverflow(unit=rule.unit)
        if not amount:
            return
        cuts: list[Cut] = []
        rows = self._counters.rows(applied.counters)
        left = cut_by_caps(amount, applied.limits, rows, cuts)
        if rule.budget:
            room = self._room[rule.budget] - self.draws.get(rule.budget, 0)
            left = cut_by_budget(left, self._rules.budgets[rule.budget], room, cuts)
        shares = share_out(left, worth.weights, self._basket.places)
        if applied.is_multiplied and (left or not rule.group):
            whole = shares if left == amount else share_out(amount, worth.weights, self._basket.places)
            self._given[rule.code] = whole
        if not left:
            self.skipped.append(Skipped(rule=rule.code, why=CUT, detail=cuts[-1].what))
            return
        if rule.group:
            self._winners[rule.group] = rule.code
        count(left, rows)
        if rule.budget:
            drawn = draw_of(self._rules.budgets[rule.budget], left)
            self.draws[rule.budget] = self.draws.get(rule.budget, 0) + drawn
        self.rewards.append(self._reward(applied, worth, amount, left, shares, cuts))

    def state_after(self) -> EarningState:
        """What the event leaves behind."""
        return _with_event(self._event, self._at, self._before, self._counters)

    def _is_there(self, rule: Rule) -> bool:
        """Whether a rule is there for this member at this moment."""
        return (
            is_open(rule.window, self._at, self._local)
            and not (rule.tiers and rule.tiers.isdisjoint(self._member.tiers))
            and not (rule.memberships and rule.memberships.isdisjoint(self._member.memberships))
        )

    def _asked_together(self) -> Sequence[object]:
        """The answers of the conditions that can be asked at once, in their order."""
        answers: list[object] = []
        for together in self._of_kind.together:
            answers += together.answers(self._variables())
        return answers

    def _holds(self, rule: str, condition: Condition) -> bool:
        try:
            return condition.holds(self._variables())
        except ConditionFailed as failure:
            self.skipped.append(Skipped(rule=rule, why=FAILED, detail=failure.detail))
            return False

    def _variables(self) -> Activation:
        if self._activation is None:
            seen = Seen(self._event, self._local, self._basket, self._member, self._before)
            self._activation = activation(variables_of(self._of_kind.reads, seen, VARIABLES))
        return self._activation

    def _reward(
        self, applied: Applied, worth: Worth, amount: int, left: int, shares: list[int], cuts: list[Cut]
    ) -> Reward:
        rule = applied.rule
        days = self._days[applied.terms]
        if days is None:
            days = self._days[applied.terms] = self._days_under(self._of_kind.terms[applied.terms])
        lines = self._lines
        shared: dict[str, int] = {}
        for place, share in enumerate(shares if lines else ()):
            if share:
                shared[lines[place]] = share
        return Reward(  # in the order of its fields: told by name it takes twice as long
            rule.code,
            rule.unit,
            rule.fund,
            left,
            days[0],
            days[1],
            worth.base,
            worth.numerator,
            worth.denominator,
            _fraction(worth.top, worth.denominator),
            amount,
            tuple(cuts) if cuts else (),
            shared,
        )

    def _days_under(self, terms: Terms) -> tuple[date, date]:
        """The last day of spending, and the day of vesting."""
        unit = self._program.units[terms.unit]
        if terms.vesting_days is None:
            vests_on = unit.vests_on(self._day)
        else:
            vests_on = after_days(self._day, terms.vesting_days) if terms.vesting_days else None
        return unit.expires_on(self._day, terms.fund), vests_on or VESTED


def _fraction(top: int, bottom: int) -> str:
    """In lowest terms: "731/100", or "7" where it is whole."""
    common = gcd(top, bottom)
    return f"{top // bottom}" if common == bottom else f"{top // common}/{bottom // common}"
