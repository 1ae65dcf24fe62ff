"""What a task asks for, as a document says it: so many events, pieces, days. Pure: no clock, no database.

Each goal is a model with a `kind`, and is turned into what the ledger runs on by `goal_of`. A new kind is a
model and a case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from tallybook.journal.accounts import MAX_AMOUNT
from tallybook.programs import tasks
from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.section import Section
from tallybook.programs.tasks import Of
from tallybook.programs.words import PURCHASE, Amount, Currency, check_minor_units, mistake

TIMES_MAX: Final = 1_000_000
DIFFERENT_MAX: Final = 100
"""The values are remembered one by one."""

_OF: Final = {
    "lines.sku": Of.SKU,
    "lines.category": Of.CATEGORY,
    "lines.brand": Of.BRAND,
    "store": Of.STORE,
    "channel": Of.CHANNEL,
}
_LINES: Final = frozenset((Of.SKU, Of.CATEGORY, Of.BRAND))
_ATTRIBUTE: Final = re.compile(r"attributes\.([!-~](?:[ -~]{0,126}[!-~])?)", re.ASCII)

Reach = Annotated[int, Field(ge=1, le=TIMES_MAX)]


def _attribute(value: str) -> str:
    if not _ATTRIBUTE.fullmatch(value):
        raise mistake("must be an attribute of the event, such as attributes.steps")
    return value


def _counted(value: str) -> str:
    if value not in _OF and not _ATTRIBUTE.fullmatch(value):
        raise mistake(f"must be one of {', '.join(_OF)}, or such as attributes.helper", _OF)
    return value


class Count(Section):
    """So many events. An order counts until all of it that counts has come back."""

    kind: Literal["count"]
    reach: Reach = 1
    """How many."""


class Spent(Section):
    """So much money spent on what counts."""

    kind: Literal["spend"]
    currency: Currency
    """The ISO 4217 code of the money."""
    reach: Amount
    """How much, such as "100.00"."""


class Pieces(Section):
    """So many pieces bought of what counts."""

    kind: Literal["quantity"]
    reach: Reach
    """How many."""


class Sum(Section):
    """A number that events carry as an attribute, added up. What is below 1 does not count."""

    kind: Literal["sum"]
    of: Annotated[str, AfterValidator(_attribute)]
    """The attribute, such as attributes.steps."""
    reach: Annotated[int, Field(ge=1, le=MAX_AMOUNT)]
    """What they must come to."""


class Distinct(Section):
    """So many different ones: categories bought in, stores visited, friends who helped."""

    kind: Literal["distinct"]
    of: Annotated[str, AfterValidator(_counted)]
    """Of what: lines.sku, lines.category, lines.brand, store, channel, or such as attributes.helper."""
    reach: Annotated[int, Field(ge=1, le=DIFFERENT_MAX)]
    """How many."""


Goal = Annotated[Count | Spent | Pieces | Sum | Distinct, Field(discriminator="kind")]


def check_goal(goal: Goal, event: str, events: Mapping[str, Mapping[str, str]]) -> None:
    """Refuse what the kind of event cannot show. A purchase may carry any attribute."""
    of_lines = isinstance(goal, Distinct) and _OF.get(goal.of) in _LINES
    if event == PURCHASE:
        if isinstance(goal, Spent):
            check_minor_units(goal.reach, goal.currency, (goal.kind, "reach"))
        return
    if isinstance(goal, Spent | Pieces) or of_lines:
        raise mistake(f"is for purchases: {event} has no lines and no money")
    if isinstance(goal, Sum | Distinct) and goal.of not in _OF:
        kinds = events[event]
        name = attribute_in(goal.of)
        if name not in kinds:
            names = [f"attributes.{each}" for each in kinds]
            raise mistake(f"is not an attribute of {event}", names, at=(goal.kind, "of"))
        if isinstance(goal, Sum) and kinds[name] != "number":
            raise mistake(f"is a {kinds[name]}, and only numbers add up", at=(goal.kind, "of"))


def attribute_in(of: str) -> str:
    """The attribute that is named, or nothing."""
    found = _ATTRIBUTE.fullmatch(of)
    return found[1] if found else ""


def goal_of(goal: Goal) -> tasks.Goal:
    """The goal as the ledger runs on it."""
    match goal:
        case Count(reach=reach):
            return tasks.CountGoal(reach)
        case Spent(reach=money, currency=currency):
            return tasks.SpendGoal(int(money * 10 ** MINOR_UNIT_DECIMALS[currency]), currency)
        case Pieces(reach=reach):
            return tasks.QuantityGoal(reach)
        case Sum(reach=reach, of=of):
            return tasks.SumGoal(reach, attribute_in(of))
        case Distinct(reach=reach, of=of):
            return tasks.DistinctGoal(reach, _OF.get(of, Of.ATTRIBUTE), attribute_in(of))


def what_counts(goal: Goal) -> Goal:
    """The goal without how much it takes."""
    return goal.model_copy(update={"reach": 1})
