"""What rules gave and refunds took, in words, sentence by sentence. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from tallybook.earning.explain import Decision, Earned, Explanation, Reclaimed, Since
from tallybook.earning.results import Reward, Skipped
from tallybook.earning.wording import (
    ROUNDED,
    counted_text,
    decimal_text,
    exact_text,
    money_text,
    rate_text,
    units_text,
)
from tallybook.journal.accounts import HOUSE_FUND
from tallybook.programs.program import Program, Unit
from tallybook.programs.rules import Fixed, Multiplier, PerMoney, PerQuantity, Rule, StepTable

LINES_MAX: Final = 10
"""Of so many lines a sentence tells the shares."""

PERIODS: Final = {
    "event": "an event",
    "day": "the day",
    "week": "the week",
    "month": "the month",
    "year": "the year",
    "life": "a lifetime",
}

Units = Mapping[str, Unit]


def events_told(
    explanation: Explanation, program_of: Callable[[int], Program], units: Units
) -> Iterator[str]:
    """What rules made of an event, of others because of it, and what became of it since.

    `program_of` gives a revision of the program, and `units` are all that it has.
    """
    for decision in explanation.decisions:
        if decision.before is None:
            yield from _own_told(decision, program_of(decision.revision), units)
        else:
            yield from _anew_told(decision, decision.before, program_of(decision.revision), units)
        for taken in decision.taken:
            yield _taken_told(taken, decision.event, units[taken.unit])
    for back in explanation.given_back:
        amount = units_text(units[back.unit], back.amount)
        yield f"{amount} that entry {back.spent_by} had spent came back, by entry {back.entry}."
    if explanation.awaited:
        yield f"order {explanation.awaited} is not known yet: the refund waits for it."
    for refund, problem in explanation.rejected.items():
        yield f"refund {refund} had waited and could not be applied: {problem}"
    if explanation.since is not None:
        yield from _since_told(explanation.since, units)


def _own_told(decision: Decision, program: Program, units: Units) -> Iterator[str]:
    for earned in decision.rewards:
        yield from _earned_told(earned, program, units)
    for skipped in decision.skipped:
        yield _skipped_told(skipped, program, units)
    if not decision.rewards and not decision.skipped:
        yield f"no rule of revision {decision.revision} gives anything for {decision.event}."


def _anew_told(decision: Decision, before: Sequence[Reward], program: Program, units: Units) -> Iterator[str]:
    """What another event came to, rule by rule where that has changed."""
    was = {reward.rule: reward for reward in before}
    for earned in decision.rewards:
        reward = earned.reward
        old = was.pop(reward.rule, None)
        if reward != old:
            amount = "nothing" if old is None else units_text(units[reward.unit], old.amount)
            yield f"{decision.event} was decided anew; {reward.rule} gave {amount} before."
            yield from _earned_told(earned, program, units)
    for old in was.values():
        amount = units_text(units[old.unit], old.amount)
        yield f"{decision.event} was decided anew; {old.rule} gave {amount} before, and now nothing."


# --- rewards ---------------------------------------------------------------------------------------------


def _earned_told(earned: Earned, program: Program, units: Units) -> Iterator[str]:
    reward = earned.reward
    unit = units[reward.unit]
    fund = "" if reward.fund == HOUSE_FUND else f", paid by {reward.fund}"
    rule = next((each for each in program.rules.rules if each.code == reward.rule), None)
    if rule is None or not earned.formula:
        yield f"{reward.rule}: {units_text(unit, reward.rounded)}{fund}."
    else:
        yield f"{reward.rule}: {_inputs_told(earned, rule, unit)}{_result_told(reward, rule, unit)}{fund}."
    for cut in reward.cuts:
        yield f"{reward.rule}: {_bound_told(cut.what, unit)}: {units_text(unit, cut.by)} less."
    if reward.cuts:
        yield f"{reward.rule}: that leaves {units_text(unit, reward.amount)}."
    shared = [line for line in earned.lines if line.share]
    if len(shared) > 1:
        told = [f"{decimal_text(line.share, unit.scale)} for line {line.line_id}" for line in shared]
        more = f" and more for {counted_text(len(told) - LINES_MAX, 'line')}" if len(told) > LINES_MAX else ""
        yield f"{reward.rule}: of it {', '.join(told[:LINES_MAX])}{more}."


def _inputs_told(earned: Earned, rule: Rule, unit: Unit) -> str:
    """What a formula was applied to."""
    reward = earned.reward
    lines = f" of {counted_text(len(earned.lines), 'line')}" if earned.lines else ""
    match rule.formula:
        case PerMoney(steps=steps, per_minor_units=per, currency=currency):
            rate = rate_text(unit, steps, per, currency)
            return f"{money_text(reward.base, currency)}{lines} at {rate} comes to "
        case PerQuantity(steps=steps, per=per):
            pieces = counted_text(reward.base, "piece")
            return f"{pieces}{lines} at {units_text(unit, steps)} for {per} comes to "
        case StepTable(rows=rows, currency=currency):
            reached = max((spend for spend, _ in rows if spend <= reward.base), default=0)
            step = money_text(reached, currency)
            return f"{money_text(reward.base, currency)}{lines} reaches the step of {step}: "
        case Multiplier(numerator=numerator, denominator=denominator, of=of):
            base = units_text(unit, reward.base)
            times = exact_text(Fraction(numerator, denominator), 0)
            return f"{base} of {', '.join(sorted(of))}{lines}, {times} times on top, comes to "
        case Fixed():
            return ""


def _result_told(reward: Reward, rule: Rule, unit: Unit) -> str:
    exact = Fraction(reward.exact)
    whole = units_text(unit, reward.rounded)
    if exact == reward.rounded:
        return whole
    return f"{exact_text(exact, unit.scale)}, {ROUNDED[rule.rounding]} {whole}"


def _bound_told(what: str, unit: Unit) -> str:
    """A cap or a budget, from how a cut names it."""
    kind, _, name = what.partition(":")
    match kind:
        case "cap":
            return f"cap of {PERIODS[name]}"
        case "unit_cap":
            return f"cap of {PERIODS[name]} on all {unit.display_name}"
        case _:
            return f"{kind} {name}"


def _skipped_told(skipped: Skipped, program: Program, units: Units) -> str:
    rule = next((each for each in program.rules.rules if each.code == skipped.rule), None)
    match skipped.why:
        case "failed":
            return f"{skipped.rule}: its condition failed: {skipped.detail}."
        case "frozen":
            return "the member is frozen and earns nothing."
        case "excluded":
            return f"{skipped.rule}: {skipped.detail} goes before it in their group."
        case "cut" if rule is not None:
            return f"{skipped.rule}: {_bound_told(skipped.detail, units[rule.unit])} leaves nothing."
        case _:
            return f"{skipped.rule}: {skipped.why} {skipped.detail}".rstrip() + "."


# --- refunds ---------------------------------------------------------------------------------------------


def _taken_told(taken: Reclaimed, event: str, unit: Unit) -> str:
    """How much of a reward a refund took, and why so much."""
    if not taken.reward:
        amount = units_text(unit, taken.before)
        return f"{taken.rule} of {event}: refunds had taken {amount} of it; this entry gives that back."
    part = Fraction(taken.part)
    due, in_all = part * taken.reward, taken.before + taken.amount
    back = "all" if part == 1 else f"{part}"
    sentence = f"{taken.rule} of {event}: {back} of what earned {units_text(unit, taken.reward)} is back"
    if due != in_all:
        sentence += f", {exact_text(due, unit.scale)}, rounded down"
    sentence += f": {units_text(unit, in_all)} in all"
    if taken.before:
        sentence += f", {units_text(unit, taken.before)} of it before"
    if taken.amount < 0:
        return f"{sentence}; this entry gives {units_text(unit, -taken.amount)} back."
    return f"{sentence}; this entry takes {units_text(unit, taken.amount)}."


def _since_told(since: Since, units: Units) -> Iterator[str]:
    if since.rewards is not None:
        given = [f"{each.rule} gives {units_text(units[each.unit], each.amount)}" for each in since.rewards]
        yield f"since then decided anew: {', '.join(given) or 'nothing is given'}."
    for each in since.taken:
        yield f"by now refunds have taken {units_text(units[each.unit], each.amount)} of {each.rule}."
