"""The choices of a program document that differ in what they need to know. Pure: no clock, no database.

Each choice is a model with a `kind`, and is turned into what the ledger runs on by the function that follows.
A new kind is a model and a case.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from tallybook.programs import expiry
from tallybook.programs.section import Section
from tallybook.programs.words import Day, Days, DeclaredFund, Months, PlusMonths, without_repeats

# --- when units lapse ------------------------------------------------------------------------------------


class Never(Section):
    """The units do not lapse."""

    kind: Literal["never"]


class AfterDays(Section):
    """The units lapse `days` after the local date of earning."""

    kind: Literal["after_days"]
    days: Days


class AfterMonths(Section):
    """The units lapse `months` after the local date of earning; 31 January + 1 month is 28/29 February."""

    kind: Literal["after_months"]
    months: Months


class EndOfPeriod(Section):
    """The units lapse at the end of the month, quarter or year that lies `plus_months` after earning."""

    kind: Literal["end_of_month", "end_of_quarter", "end_of_year"]
    plus_months: PlusMonths = 0


class OnDate(Section):
    """All units lapse at the end of one date. What is earned later lapses at once."""

    kind: Literal["on_date"]
    date: Day


class AfterIdleMonths(Section):
    """All units of a member lapse when the member has done nothing for `months`."""

    kind: Literal["after_idle_months"]
    months: Months


Expiry = Annotated[
    Never | AfterDays | AfterMonths | EndOfPeriod | OnDate | AfterIdleMonths, Field(discriminator="kind")
]

_END_OF: Final = {
    "end_of_month": expiry.end_of_month,
    "end_of_quarter": expiry.end_of_quarter,
    "end_of_year": expiry.end_of_year,
}


def expiry_rule(policy: Expiry) -> expiry.ExpiryRule:
    """The function from the date of earning to the last day of spending."""
    match policy:
        case Never() | AfterIdleMonths():
            return expiry.never
        case AfterDays(days=days):
            return partial(expiry.after_days, days=days)
        case AfterMonths(months=months):
            return partial(expiry.after_months, months=months)
        case EndOfPeriod(kind=kind, plus_months=plus_months):
            return partial(_END_OF[kind], plus_months=plus_months)
        case OnDate(date=day):
            return lambda earned_on: day


# --- when units become usable ----------------------------------------------------------------------------


class AtOnce(Section):
    """The units are available from the moment they are earned."""

    kind: Literal["at_once"]


class VestAfterDays(Section):
    """The units are pending until `days` after the local date of earning."""

    kind: Literal["after_days"]
    days: Days


Vesting = Annotated[AtOnce | VestAfterDays, Field(discriminator="kind")]


def vesting_days(policy: Vesting) -> int:
    """Days from earning until the units are available; 0 is at once."""
    match policy:
        case AtOnce():
            return 0
        case VestAfterDays(days=days):
            return days


# --- what is spent first ---------------------------------------------------------------------------------


class SoonestExpiry(Section):
    """What lapses first is spent first, whoever paid for it."""

    kind: Literal["soonest_expiry"]


class FundOrder(Section):
    """The funds are spent in this order, each by soonest expiry; funds not named come last."""

    kind: Literal["fund_order"]
    funds: Annotated[tuple[DeclaredFund, ...], Field(min_length=1), AfterValidator(without_repeats)]


SpendOrder = Annotated[SoonestExpiry | FundOrder, Field(discriminator="kind")]


def fund_ranks(order: SpendOrder) -> dict[str, int]:
    """The place of each fund that the order names; empty where it names none."""
    match order:
        case SoonestExpiry():
            return {}
        case FundOrder(funds=funds):
            return {fund: rank for rank, fund in enumerate(funds)}


# --- what becomes of units given back after they lapsed ---------------------------------------------------


class KeepExpired(Section):
    """They come back and lapse at once."""

    kind: Literal["keep_expired"]


class GraceDays(Section):
    """They can be spent for `days` more."""

    kind: Literal["grace_days"]
    days: Days


class Reissue(Section):
    """They lapse as if earned on the day they come back."""

    kind: Literal["reissue"]


Lapsed = Annotated[KeepExpired | GraceDays | Reissue, Field(discriminator="kind")]
