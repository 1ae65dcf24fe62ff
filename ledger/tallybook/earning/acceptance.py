"""Whether a program takes an event at all. Pure: no clock, no database."""

from __future__ import annotations

from tallybook.earning.events import Custom, Event, Purchase
from tallybook.errors import UnknownEventType, WrongCurrency
from tallybook.programs.program import Program


def check_accepted(event: Event, program: Program) -> None:
    """Raise `UnknownEventType` for an event that the program does not declare, and `WrongCurrency` for money
    that earns nothing in it where other money does.
    """
    currencies = program.rules.currencies
    match event:
        case Custom(name=name) if name not in program.rules.events:
            raise UnknownEventType(program=program.code, event=name, revision=program.revision)
        case Purchase(currency=currency) if currencies and currency not in currencies:
            raise WrongCurrency(currency=currency, expected=", ".join(sorted(currencies)))
